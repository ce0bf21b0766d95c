"""The Budget screen."""
