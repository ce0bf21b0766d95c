"""The counter-offer: the best part of what was asked for that keeps finance's limits, and what each limit costs."""
