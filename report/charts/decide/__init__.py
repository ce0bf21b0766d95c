"""The charts of what to do next: the test that is worth running first, its sizes, and how a plan in stages ends."""
