"""What came of a plan as one HTML page that holds everything."""
