"""What came of an approved plan: actuals by month, what they teach, early warning, and how honest the bands were."""
