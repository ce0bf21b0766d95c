"""Words on their way to the page: what a person typed or looks for, and a metric's value."""

from __future__ import annotations

import re

from model.metrics import METRICS
from model.projection import Projection
from model.reading.texts import as_cell, as_shown
from model.units import MONTH, NO_BREAK

# Streamlit looks for these in what Markdown has made of a text, where nothing is escaped any more: addresses, icons
# and emoji by their names, and signs that it sets as arrows, dashes and comparisons.
_DRAWN = re.compile(
    r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)|(?<=:)(?=(?:material[/_])?[\w+-]+:)"
    r"|(?:(?<=^[<~>-])|(?<=\s[<~>-]))(?=[->=]{1,2}(?:\s|$))",
    re.IGNORECASE | re.MULTILINE,
)


def literal(text: str, limit: int = 80) -> str:
    """User text as it is shown, cut to `limit` characters, with everything escaped that Markdown reads as markup."""
    shown = as_shown(text if len(text) <= limit else f"{text[: limit - 1]}…")
    # An invisible joiner keeps apart what would be drawn even so.
    shown = _DRAWN.sub("\u2060", shown)
    # A number and its sign stay on one line.
    shown = re.sub(r"(?<=\d) (?=%)", NO_BREAK, shown)
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>$~:^&])", r"\\\1", shown)


def in_a_table(text: str) -> str:
    """User text in a table that Streamlit offers to save as it is: as shown, and no formula there."""
    shown = as_shown(text)
    return f"\u2060{shown}" if as_cell(shown) != shown else shown


def metric_text(projection: Projection, name: str) -> str:
    """A metric's value as a person reads it, not yet escaped; a dash where it has none."""
    value, unit = projection.metrics[name], METRICS[name].unit
    if value is None:
        return "–"
    if unit is MONTH:
        return f"month {value:.0f}" if value else "from the start"
    return projection.scenario.format.rounded(value, unit)
