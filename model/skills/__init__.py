"""The social team by skill area, and where an hour of training closes most of what is missing."""
