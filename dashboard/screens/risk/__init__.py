"""The Risk screen."""
