"""The Model screen."""
