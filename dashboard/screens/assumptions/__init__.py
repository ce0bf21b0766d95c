"""The Assumptions screen."""
