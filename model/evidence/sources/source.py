"""What a source is, and how figures are written in its words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from model.evidence.series import CURRENCY
from model.units import Format

UNKNOWN = "date not stated"


@dataclass(frozen=True)
class Source:
    """One piece of evidence: what it found, of whom, when, how good it is, and what to beware of.

    `address` is the page where it was seen, without "https://", empty where none is known; `part_of` is the id of
    the source that takes it in, where it stands behind the model through that one.
    """

    id: str
    title: str
    finding: str
    of_whom: str
    when: str
    grade: str
    warning: str
    address: str = ""
    part_of: str = ""

    @property
    def link(self) -> str:
        """The address as a link; empty where there is none."""
        return f"https://{self.address}" if self.address else ""

    def told(self, text: Format) -> Source:
        """The same with the numbers in its words as a reader's locale writes them."""
        words = ("title", "finding", "of_whom", "when", "warning")
        return replace(self, **{name: text.localised(getattr(self, name)) for name in words})


def percent(share: float | None) -> str:
    """A share in the sources' own notation: "24.5 %"."""
    return f"{100 * (share or 0):.3g} %"


def dollars(amount: float) -> str:
    """An amount in the currency of the sources: "1,208 USD"."""
    return f"{amount:,.0f} {CURRENCY}"
