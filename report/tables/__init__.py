"""Rows: results as text in the reader's locale, and at full precision for files."""
