"""What was observed changes the odds: draws weighted by how well each agrees with it, and redrawn where few do."""
