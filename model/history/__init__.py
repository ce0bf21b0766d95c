"""The company's own history, from a file to ranges: read, fitted to the model's own response, checked."""
