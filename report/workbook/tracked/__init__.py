"""The monthly variance report as a workbook: actuals to type, differences that follow, what was learnt as values."""
