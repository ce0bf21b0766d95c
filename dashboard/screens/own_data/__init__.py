"""The Own data screen."""
