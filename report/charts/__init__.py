"""Every picture: data in, figure out."""
