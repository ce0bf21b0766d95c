"""What can go wrong with a library, in words that name the fault and the mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

if TYPE_CHECKING:
    from library.version import Version

DAMAGED = "is damaged. Put back a copy of it, or move the file away to begin anew"
_LOOK_FIRST = "See that it runs; look whether what was being saved is there before you save it again"
# What databases say, and what it means to a person. The first that fits is told.
_MEANINGS = (
    ("locked", "is in use by another program. Nothing is lost; try again in a moment"),
    ("readonly", "cannot be written. Ask for the right to write there, or keep it elsewhere"),
    ("read-only", "cannot be written. Ask for the right to write there, or keep it elsewhere"),
    ("unable to open", "cannot be opened. See that its folder exists and may be written, or keep it elsewhere"),
    ("not a database", "is no database or is damaged. Put back a copy of it, or move the file away to begin anew"),
    ("malformed", DAMAGED),
    ("disk is full", "cannot be written, the disk is full. Make room and try again"),
    ("no such", "lacks what this program keeps there. Put back a copy of it, or move it away to begin anew"),
    ("does not exist", "lacks what this program keeps there. Put back a copy of it, or move it away to begin anew"),
    ("statement timeout", "took too long. Nothing is changed; try again, and if it stays so, look at the database"),
    ("lock timeout", "is in use by another program. Nothing is lost; try again in a moment"),
    ("silent", f"does not answer: its server is frozen or overloaded. {_LOOK_FIRST}"),
    ("authentication", "refuses the user or the password. Mend its address in .streamlit/secrets.toml"),
    ("must be owner", "must be brought up to date by its owner: python -m library health, as that user"),
    ("disk i/o", "cannot be read or written. See that its disk is well and the file is where it was"),
    ("permission denied", "does not let this user read and write. Ask the database's owner for both rights"),
    ("queuepool", "does not answer in time, there are too many others. Try again in a moment"),
    ("connection", "cannot be reached. See that the database runs and that its address is right"),
)
_UNKNOWN = "does not answer as it should. Try again; if it stays so, look at the database"


class LibraryError(Exception):
    """The library cannot do what was asked; `reasons` name the faults and their mends."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__("\n".join(reasons))


class Conflict(LibraryError):
    """Someone else has saved since; `latest` is what they saved and `seen` the number that was built on."""

    def __init__(self, latest: Version, seen: int) -> None:
        self.latest, self.seen = latest, seen
        super().__init__(f"version {latest.number} was saved since version {seen} was opened")


class ImportFaults(LibraryError):
    """A library file that is refused as a whole; `reasons` lists everything that is wrong with it."""


@contextmanager
def told_plainly(where: str) -> Iterator[None]:
    """Turn what a database says into a LibraryError about the library at `where`."""
    try:
        yield
    except SQLAlchemyError as error:
        raise LibraryError(f"The library {where} {_meaning(error)}.") from error
    except UnicodeDecodeError as error:
        # What SQLite says of a file that is damaged where its tables are named.
        raise LibraryError(f"The library {where} {DAMAGED}.") from error
    except OSError as error:
        raise LibraryError(f"The library {where} cannot be opened: {error.strerror}.") from error


def _meaning(error: SQLAlchemyError) -> str:
    said = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    return next((meaning for sign, meaning in _MEANINGS if sign in said), _UNKNOWN)
