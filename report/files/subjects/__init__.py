"""What is no scenario and has files of its own: a group of units, and what came of a plan."""
