"""Words on their way to the page: what a person typed or looks for, and a metric's value."""

from __future__ import annotations

import re

from model.metrics import METRICS
from model.projection import Projection
from model.units import MONTH, NO_BREAK


def literal(text: str, limit: int = 80) -> str:
    """User text with everything escaped that Markdown reads as markup, cut to `limit` characters."""
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    # Addresses would become links even so; an invisible joiner keeps them text.
    shown = re.sub(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", "\u2060", shown, flags=re.IGNORECASE)
    # A number and its sign stay on one line.
    shown = re.sub(r"(?<=\d) (?=%)", NO_BREAK, shown)
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>$~:^&])", r"\\\1", shown)


def metric_text(projection: Projection, name: str) -> str:
    """A metric's value as a person reads it, not yet escaped; a dash where it has none."""
    value, unit = projection.metrics[name], METRICS[name].unit
    if value is None:
        return "–"
    if unit is MONTH:
        return f"month {value:.0f}" if value else "from the start"
    return projection.scenario.format.rounded(value, unit)
