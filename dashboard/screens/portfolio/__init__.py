"""The Portfolio screen."""
