"""File names made from scenarios: letters and digits of any script and hyphens, with the content hash."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from model.reading.texts import can_be_seen
from model.scenario import Scenario
from report.material import Material

# Of the name, in UTF-8: with hash and kind it stays well below the 255 that systems take.
_MOST_BYTES = 90


def stem(scenario: Scenario) -> str:
    """A file name's stem from the scenario's name and hash: small letters, digits and hyphens.

    The hash keeps it from being a name that Windows reserves.
    """
    signs = "".join(map(_kept, unicodedata.normalize("NFC", scenario.name.lower())))
    words = "-".join(part for part in signs.split() if not unicodedata.category(part[0]).startswith("M"))
    return f"{_cut(words) or 'scenario'}-{scenario.hash}"


def _kept(sign: str) -> str:
    """A letter, a mark on one or a digit as it is; nothing for what does not show, a blank for all else."""
    kind = unicodedata.category(sign)
    if kind == "Cf":
        return ""
    return sign if (kind[0] in "LM" or kind == "Nd") and can_be_seen(sign) else " "


def _cut(words: str) -> str:
    """The start of a name that takes no more bytes than it may, never ending within a letter with its marks."""
    end = len(words)
    while len(words[:end].encode()) > _MOST_BYTES or (
        end < len(words) and unicodedata.category(words[end])[0] == "M"
    ):
        end -= 1
    return words[:end].strip("-")


def by_stem(materials: Sequence[Material]) -> Mapping[str, Material]:
    """The results by their scenarios' stems, numbered where there are several, so that none hides another."""
    if len(materials) == 1:
        return {stem(materials[0].scenario): materials[0]}
    return {f"{place}-{stem(one.scenario)}": one for place, one in enumerate(materials, 1)}
