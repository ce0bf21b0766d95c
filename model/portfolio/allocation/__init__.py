"""One social budget split among the units of a portfolio, within limits."""
