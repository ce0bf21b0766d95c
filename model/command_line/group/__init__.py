"""The command about many units: `python -m model portfolio`."""
