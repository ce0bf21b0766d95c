"""File names made from scenarios: plain letters, digits and hyphens, with the content hash."""

from __future__ import annotations

import re
from collections.abc import Sequence

from model.scenario import Scenario

_NAME_LETTERS = 50


def stem(scenario: Scenario) -> str:
    """A file name's stem from the scenario's name and hash: plain letters, digits and hyphens only."""
    words = re.sub(r"[^a-z0-9]+", "-", scenario.name.lower()).strip("-")[:_NAME_LETTERS].strip("-")
    return f"{words or 'scenario'}-{scenario.hash}"


def stems(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """A stem for each scenario, numbered where there are several, so that none hides another."""
    names = [stem(scenario) for scenario in scenarios]
    return tuple(names) if len(names) == 1 else tuple(f"{place}-{name}" for place, name in enumerate(names, 1))
