"""A history as finance and ad platforms write it, and what of it was understood, repaired and set aside."""
