"""What happens to a stranger's spreadsheet, in a process of its own that can do nothing else.

Nothing of the program is imported here: a file that takes this process over finds neither secrets
nor a database. What comes out is JSON, and what reads that trusts none of it.
"""
