"""The gates of a plan in stages as they are declared: what each looks at, the threshold, what happens below it."""
