"""What is best, and what a number must be: the optimiser and goal seek."""
