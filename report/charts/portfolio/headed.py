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
# The row of the others, so many times as long as the longest bar of a unit, would leave the units unreadable.
_MOST_TIMES = 5
Item = TypeVar("Item")


def headed(of: Grouped, theme: Theme, message: str, unit: str, today: date | None) -> Figure:
    """An empty figure with the group's heading and footer; the words are plain text."""
    subtitle = f"{unit}{SEPARATOR}{units_in_words(len(of.group.outcomes))}"
    return framed(theme, escaped(message), escaped(subtitle), [*map(escaped, footer(of, today))], of.text)


def name_in_chart(name: str, letters: int = NAME_LETTERS) -> str:
    """A unit's name as a chart has room for it, as markup."""
    return escaped(shortened(name, letters))


def others_scale(own: Sequence[float], others: float) -> float:
    """What the bar of the others is shortened by: 1 to scale, less where it would dwarf the units' own bars."""
    longest = max(map(abs, own), default=0.0)
    return longest / abs(others) if longest and abs(others) > _MOST_TIMES * longest else 1.0


def others_label(name: str, scale: float) -> str:
    """The name of a row, which says where its bar is not to scale."""
    return name if scale == 1 else f"{name}, not to scale"


def largest(items: Sequence[Item], size: Callable[[Item], float]) -> tuple[list[Item], list[Item]]:
    """The items that have a row each, the largest first, and those that share the last one."""
    ordered = sorted(items, key=lambda item: -size(item))
    most = MOST_ROWS if len(ordered) <= MOST_ROWS else MOST_ROWS - 1
    return ordered[:most], ordered[most:]
