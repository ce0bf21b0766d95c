"""What the model leaves out, and which way that turns its result: the one list of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """Which way an omission turns the result."""

    UNDERSTATES = "Understates the plan"
    OVERSTATES = "Overstates the plan"
    EITHER = "Either way"
    BEYOND = "Not in the numbers"


@dataclass(frozen=True)
class Omission:
    """A sentence that says what is left out, and the direction in which that turns the result."""

    sentence: str
    direction: Direction


LEFT_OUT: tuple[Omission, ...] = (
    Omission(
        "There is no terminal value: competence left at the end of the horizon counts for nothing.",
        Direction.UNDERSTATES,
    ),
    Omission("Brand effects beyond the carry-over of advertising are not counted.", Direction.UNDERSTATES),
    Omission("Competitors do not react.", Direction.OVERSTATES),
    Omission("Tax is symmetric: a loss is relieved at once.", Direction.EITHER),
    Omission("The team is valued at the company's average revenue per employee.", Direction.EITHER),
    Omission(
        "On the per-employee route the whole uplift belongs to whatever competence is missing today: how large that "
        "part is changes no amount of money.",
        Direction.EITHER,
    ),
    Omission("All other channels are one block with one response.", Direction.EITHER),
    Omission(
        "The pay of people added to the social team is part of the social budget; people who join arrive with the "
        "team's competence of the day.",
        Direction.EITHER,
    ),
    Omission(
        "The odds are those of the ranges: they say nothing about what the model itself leaves out.",
        Direction.BEYOND,
    ),
    Omission("Many inputs rest on judgement (grade D); no calculation makes them certain.", Direction.BEYOND),
)


def by_direction() -> dict[Direction, tuple[str, ...]]:
    """The sentences under their directions."""
    return {
        direction: tuple(item.sentence for item in LEFT_OUT if item.direction is direction)
        for direction in Direction
    }


def left_out_markdown() -> str:
    """The list as it stands in docs/model.md."""
    return "".join(f"- {item.sentence} *{item.direction}.*\n" for item in LEFT_OUT)
