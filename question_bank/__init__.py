"""The content: what is asked, what a good answer is, and why; nothing of web or database."""
