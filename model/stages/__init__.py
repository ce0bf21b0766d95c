"""A plan in stages: what its gates see, which way it goes then, what being able to stop is worth, the contract."""
