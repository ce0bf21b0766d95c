"""The commands about what to do next: tests, stages, the counter-offer, and what came of a plan."""
