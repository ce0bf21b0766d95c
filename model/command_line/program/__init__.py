"""The commands of `python -m model`, and the pages that the declarations write."""
