"""The Skills screen."""
