"""Buttons for files that are made when they are asked for."""
