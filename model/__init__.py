"""The numbers: assumptions, line items, metrics, projections. Knows no screens; of file formats those of a history."""
