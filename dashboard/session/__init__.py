"""One visitor's session: what is shown, what was computed for it, what can be undone. Draws nothing."""
