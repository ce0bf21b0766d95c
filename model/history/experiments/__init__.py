"""Results of the company's own tests of spend, read from a file or a line, and what the model expects of them."""
