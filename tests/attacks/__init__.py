"""Hostile input at every door: a short form in the tests, the long one by `python tests/attacks/run.py`."""
