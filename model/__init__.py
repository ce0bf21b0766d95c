"""The numbers: assumptions, line items, metrics and projections. Knows no screens; of file formats those of a history."""
