"""What came of a plan as one slide."""
