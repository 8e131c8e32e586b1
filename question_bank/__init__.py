"""The content: what is asked, what a good answer is, and why. Nothing of the web or the database."""
