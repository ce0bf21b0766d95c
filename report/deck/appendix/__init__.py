"""What stands behind the deck's divider: everything that backs its story."""
