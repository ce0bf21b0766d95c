"""What `python -m model fit` reads beside a history, and what it prints."""
