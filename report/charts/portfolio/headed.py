"""What the charts of a group share: their heading and footer, and rows of the largest with the others in one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from report.charts.drawing.figure import escaped, framed
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import Theme
from report.tables.portfolio.grouped import Grouped, footer, units_in_words
from report.words.stamp import SEPARATOR, shortened

MOST_ROWS, NAME_LETTERS = 8, 40
# A bar so many times as long as the longest of the others leaves these unreadable: it stands in words alone.
_MOST_TIMES = 5
Item = TypeVar("Item")


def headed(of: Grouped, theme: Theme, message: str, unit: str, today: date | None) -> Figure:
    """An empty figure with the group's heading and footer; the words are plain text."""
    subtitle = f"{unit}{SEPARATOR}{units_in_words(len(of.group.outcomes))}"
    return framed(theme, escaped(message), escaped(subtitle), [*map(escaped, footer(of, today))], of.text)


def name_in_chart(name: str, letters: int = NAME_LETTERS) -> str:
    """A unit's name as a chart has room for it, as markup."""
    return escaped(shortened(name, letters))


def drawn_lengths(lengths: Sequence[float]) -> list[float]:
    """How long the bars of rows are drawn: the last, of those in one row, not at all where it dwarfs others."""
    *own, last = lengths
    dwarfs = bool(own) and abs(last) > _MOST_TIMES * max(map(abs, own))
    return [*own, 0.0 if dwarfs else last]


def largest(items: Sequence[Item], size: Callable[[Item], float]) -> tuple[list[Item], list[Item]]:
    """The items that have a row each, the largest first, and those that share the last one."""
    ordered = sorted(items, key=lambda item: -size(item))
    most = MOST_ROWS if len(ordered) <= MOST_ROWS else MOST_ROWS - 1
    return ordered[:most], ordered[most:]
