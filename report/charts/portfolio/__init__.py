"""The charts of a group of units: return against risk, the budget before and after, cash, and what matters."""
