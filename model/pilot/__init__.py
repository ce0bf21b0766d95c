"""Which test first: what each can tell, what that is worth before deciding, and what it costs, delay included."""
