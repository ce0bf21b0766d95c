"""Actuals beside the approved versions of the library: posted by whoever may edit, never overwritten."""
