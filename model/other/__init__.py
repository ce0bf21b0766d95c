"""Costs and benefits of a plan that the model does not know: named rows of amounts by plan year."""
