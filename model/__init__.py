"""The numbers: assumptions, line items, metrics, projections. No screens, and of file formats a history's alone."""
