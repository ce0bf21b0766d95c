"""Net present value over two inputs at a time, live: the sides of the tables, the runs behind them, the sheet."""
