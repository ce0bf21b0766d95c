"""The Evidence screen."""
