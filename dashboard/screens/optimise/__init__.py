"""The Optimise screen."""
