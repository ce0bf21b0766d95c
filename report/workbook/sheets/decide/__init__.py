"""The sheet of what tests before deciding are worth, as values, where that was ordered."""
