"""What `python -m model` reads and prints."""
