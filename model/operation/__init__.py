"""What whoever runs the program learns of it: a line for each thing that was done, none of which holds a value."""
