"""What a person typed, on its way to Markdown and to file names."""

from __future__ import annotations

import re

from model.scenario import Scenario


def literal(text: str, limit: int = 80) -> str:
    """User text with everything escaped that Markdown reads as markup, cut to `limit` characters."""
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    # Addresses would become links even so; an invisible joiner keeps them text.
    shown = re.sub(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", "\u2060", shown, flags=re.IGNORECASE)
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>$~:^&])", r"\\\1", shown)


def file_stem(scenario: Scenario) -> str:
    """A file name's stem from the scenario's name and hash: plain letters, digits and hyphens only."""
    words = re.sub(r"[^a-z0-9]+", "-", scenario.name.lower()).strip("-")[:50].strip("-")
    return f"{words or 'scenario'}-{scenario.hash}"
