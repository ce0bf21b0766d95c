"""Text for Markdown: what a person typed must arrive as text."""

from __future__ import annotations

import re


def literal(text: str, limit: int = 80) -> str:
    """User text with everything escaped that Markdown reads as markup, cut to `limit` characters."""
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>$~:^&])", r"\\\1", shown)
