"""Many brands, markets and teams as units of one group: read, projected with shared draws, added up, allocated."""
