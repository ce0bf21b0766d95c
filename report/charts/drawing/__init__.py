"""What every picture is made of: palette, empty figure, axes, labels, bridges, boxes and lines."""
