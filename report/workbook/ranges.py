"""The ranges of the scenarios on Inputs: what their odds are drawn from, as delivered.

The ranges of all scenarios stand right of the delivered values, a block of columns for each part; the live ones
follow the selector.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from model.scenario import Scenario
from report.workbook.book import MUTED, Page, Value, across, in_row
from report.workbook.fields import SELECTED

# What is told of a range, in the order of its columns.
PARTS = ("Drawn from", "Drawn to", "Drawn as")


def write_ranges(
    page: Page, row: int, name: str, scenarios: Sequence[Scenario], *, live: int, stored: int, look: dict[str, Any]
) -> None:
    """An assumption's live range from column `live` on, and all of them from column `stored` on."""
    if not any(name in scenario.effective_ranges for scenario in scenarios):
        return
    every = [_parts(scenario, name) for scenario in scenarios]
    for part, _ in enumerate(PARTS):
        first = stored + part * len(scenarios)
        for place, parts in enumerate(every):
            page.value(row, first + place, parts[part], **look, font_color=MUTED)
        chosen = in_row(across(row, first, first + len(scenarios) - 1, absolute=False), SELECTED)
        page.formula(row, live + part, f'=IF({chosen}="","",{chosen})', every[0][part], **look, font_color=MUTED)


def stored_headings(count: int) -> list[str]:
    """The headings of the stored ranges of so many scenarios."""
    return [f"{part} {number}" for part in PARTS for number in range(1, count + 1)]


def _parts(scenario: Scenario, name: str) -> tuple[Value, Value, Value]:
    """Low, high and distribution; empty where the scenario takes the assumption as certain."""
    known = scenario.effective_ranges.get(name)
    return (known.low, known.high, known.distribution.words) if known else (None, None, None)
