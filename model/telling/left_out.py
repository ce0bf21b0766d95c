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
        "The net present value has no terminal value: competence left at the end of the horizon is shown beside it "
        "(run-off), never in it.",
        Direction.UNDERSTATES,
    ),
    Omission("Competitors do not react.", Direction.OVERSTATES),
    Omission(
        "Moving money has no friction: no ramp of learning, no half-used contracts, so that a faster rise always "
        "looks better.",
        Direction.OVERSTATES,
    ),
    Omission("Joiners arrive with the team's competence of the day.", Direction.OVERSTATES),
    Omission("Tax is symmetric: a loss is relieved at once.", Direction.EITHER),
    Omission("The team is valued at the company's average revenue per employee.", Direction.EITHER),
    Omission("All other channels are one block with one response.", Direction.EITHER),
    Omission(
        "A unit of social budget returns the same whether it pays media or people, as does one of the other "
        "channels.",
        Direction.EITHER,
    ),
    Omission("Brand effects count only as far as the returns are long-run ones.", Direction.EITHER),
    Omission(
        "On the platform basis the return of social and that of the other channels are taken to be on the same "
        "footing, both long-run.",
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
