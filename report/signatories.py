"""Who prepares, reviews and approves a proposal: names to stand over the lines that are signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from model.reading.texts import writable
from report.words.stamp import shortened

# As wide as a line to sign on has room for.
NAME_WIDTH = 60
MOST_LETTERS = 120
SIGN_HERE = "Signature and date"

ROLES: Mapping[str, str] = MappingProxyType(
    {"prepared_by": "Prepared by", "reviewed_by": "Reviewed by", "approved_by": "Approved by"}
)


@dataclass(frozen=True)
class Signatories:
    """The names of those who sign, each on one line; empty where the line is to be filled in by hand.

    No part of a scenario: they change neither its numbers nor its content hash. Raises ValueError for a name that is
    too long.
    """

    prepared_by: str = ""
    reviewed_by: str = ""
    approved_by: str = ""

    def __post_init__(self) -> None:
        for role, label in ROLES.items():
            letters = len(getattr(self, role))
            if letters > MOST_LETTERS:
                raise ValueError(f"“{label}” has {letters} letters; a name has at most {MOST_LETTERS}")

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Each role with the name that was given for it."""
        return tuple((label, shortened(writable(getattr(self, role)), NAME_WIDTH)) for role, label in ROLES.items())


NOBODY = Signatories()
