"""A group of units as one HTML page that holds everything."""
