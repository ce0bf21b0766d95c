"""How the units of a portfolio are worked on: on which machines, what is kept on the way, and how a run goes on."""
