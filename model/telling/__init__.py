"""Results made ready to be told: where a number comes from, what must be said beside it, how scenarios differ."""
