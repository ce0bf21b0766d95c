"""A group of units as a workbook: its figures as they were drawn, its budget before and after, live sums."""
