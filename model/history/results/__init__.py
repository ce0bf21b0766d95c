"""The result table of another marketing-mix tool, read and turned into beliefs of the model."""
