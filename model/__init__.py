"""The numbers: assumptions, line items, metrics and projections. Knows nothing of screens or file formats."""
