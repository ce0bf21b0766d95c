"""Sentences written from the numbers."""
