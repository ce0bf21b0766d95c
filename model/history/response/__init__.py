"""What spend brings by the model's own lines, period by period: one statement for histories and experiments."""
