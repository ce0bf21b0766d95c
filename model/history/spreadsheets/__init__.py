"""Workbooks as Excel stores them (.xlsx), read with the standard library and bounded before the work."""
