"""The Decide screen."""
