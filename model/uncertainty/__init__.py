"""Draws of what is uncertain, what comes of them, what matters most, and the conservative case."""
