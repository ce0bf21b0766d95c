"""File names made from scenarios: plain letters, digits and hyphens, with the content hash."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from model.scenario import Scenario
from report.material import Material

_NAME_LETTERS = 50


def stem(scenario: Scenario) -> str:
    """A file name's stem from the scenario's name and hash: plain letters, digits and hyphens only."""
    words = re.sub(r"[^a-z0-9]+", "-", scenario.name.lower()).strip("-")[:_NAME_LETTERS].strip("-")
    return f"{words or 'scenario'}-{scenario.hash}"


def by_stem(materials: Sequence[Material]) -> Mapping[str, Material]:
    """The results by their scenarios' stems, numbered where there are several, so that none hides another."""
    if len(materials) == 1:
        return {stem(materials[0].scenario): materials[0]}
    return {f"{place}-{stem(one.scenario)}": one for place, one in enumerate(materials, 1)}
