"""The sheet Budget: the budget in its views, the headcount plan, and profit and loss beside cash, all live."""
