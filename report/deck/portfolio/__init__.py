"""A group of units as one slide."""
