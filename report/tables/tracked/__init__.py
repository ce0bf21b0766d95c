"""What came of a plan as the monthly variance report tells it: sentences, and lines with their differences."""
