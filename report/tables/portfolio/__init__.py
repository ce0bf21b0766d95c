"""A group of units as sentences and as rows."""
