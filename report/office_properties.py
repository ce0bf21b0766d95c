"""What the properties of an Office file say: which numbers it holds, in texts as short as Office takes."""

from __future__ import annotations

from datetime import date

from model.projection import Projection
from report.words.stamp import ABOUT, MADE_BY, SEPARATOR, identity, in_one_line, listed, shortened

# The most letters that a property of an Office file holds.
MOST_LETTERS = 255
# Of a name, in narrow letters and in signs (some have no width): as much as leaves room for the facts beside it.
_TITLE, _KEYWORD, _KEYWORD_SIGNS = 120, 80, 90


def office_properties(projection: Projection, today: date) -> dict[str, str]:
    """The properties by the name that all three programs know them by, each of at most `MOST_LETTERS`.

    Of the keywords a long name is cut, never the facts that tell the file's numbers from others.
    """
    scenario = projection.scenario
    name = _within(shortened(scenario.name, _KEYWORD), _KEYWORD_SIGNS)
    told = {
        "title": f"{ABOUT}{SEPARATOR}{shortened(scenario.name, _TITLE)}",
        "subject": scenario.hash,
        "author": MADE_BY,
        "keywords": listed(identity(scenario, today) | {"Scenario": name}),
        "comments": in_one_line(projection, today),
    }
    return {name: _within(text, MOST_LETTERS) for name, text in told.items()}


def _within(text: str, most: int) -> str:
    """The start of a text, its signs counted as Office does: two for one beyond the first 65,536."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
