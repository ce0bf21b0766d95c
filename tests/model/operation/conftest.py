"""What the tests of operation share."""

from tests.logs import lines

__all__ = ["lines"]
