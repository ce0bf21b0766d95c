"""The sheets of what was asked about the decision, as values from the app: tests, counter-offer, stages."""
