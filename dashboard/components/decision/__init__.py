"""What is asked about a decision on more than one screen: finance's limits, and what the tests' designs assume."""
