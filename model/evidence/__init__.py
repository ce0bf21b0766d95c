"""What is known from outside: sources, published series and studies. Imports nothing of the model but its units."""
