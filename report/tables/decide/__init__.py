"""What was found about a decision as every file tells it: in sentences, tables for readers, rows for programs."""
