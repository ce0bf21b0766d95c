"""The databases that the library is kept in."""

from tests.databases import engines, library, postgres, server_address

__all__ = ["engines", "library", "postgres", "server_address"]
