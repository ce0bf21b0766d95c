"""The charts of what to do next: which test is worth running first, at which size, and where a plan in stages ends."""
