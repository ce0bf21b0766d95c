"""The numbers: assumptions, line items, metrics, projections. Knows no screens, and of file formats a history's."""
