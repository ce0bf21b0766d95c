"""What finance's own systems take in: a flat table, a row a month and account."""
