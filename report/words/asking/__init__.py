"""What is asked for on the page that is signed: the money, by fiscal year and in words."""
