"""Workbooks of results that are no model: sheets with a header, cells that hold text as text, formats."""
