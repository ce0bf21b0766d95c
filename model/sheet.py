"""What a line item is, how one is declared, and the series that are given to the lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from model import units as u
from model.formula import Formula
from model.other.amounts import SIDES


@dataclass(frozen=True)
class Cause:
    """Something that moves the value of a plan: its public name, its label, and in words what belongs to it."""

    name: str
    label: str
    meaning: str


SPEND = Cause("spend", "Social spend", "the contribution that social brings, less the new money it takes")
TRAINING = Cause("training", "Training", "the contribution of a more competent team")
OTHER_CHANNELS = Cause("other_channels", "Other channels", "the contribution that the other channels lose or gain")
PEOPLE = Cause(
    "people", "People added", "the pay of people added to the team, where it is not part of the social budget"
)
# What costs nothing where no measure of the programme is taken; the programme's own metrics count it.
PROGRAMME = Cause("costs", "Programme costs", "what training, the partner and the leadership seat cost")


@dataclass(frozen=True)
class Line(Formula):
    """A line item of a section of the sheet; `opening` is its value at month 0 where it runs along time.

    `cause` is what a benefit or cost is put down to; None is a cause of its own.
    """

    section: str = ""
    opening: float | None = None
    cause: Cause | None = None


class Sheet:
    """Line items in the order of their declaration, which is the order of calculation."""

    def __init__(self) -> None:
        self._lines: dict[str, Line] = {}
        self._section = ""

    @property
    def lines(self) -> Mapping[str, Line]:
        """The line items by name."""
        return MappingProxyType(self._lines)

    def section(self, heading: str) -> None:
        """Put the lines declared from here on under a heading."""
        self._section = heading

    def line(
        self, label: str, unit: u.Unit, *, opening: float | None = None, cause: Cause | None = None
    ) -> Callable[[Callable[..., Any]], Line]:
        """Declare the function below as the next line item."""

        def declare(function: Callable[..., Any]) -> Line:
            name: str = function.__name__
            self._lines[name] = Line(name, label, unit, function, self._section, opening, cause)
            return self._lines[name]

        return declare


@dataclass(frozen=True)
class Given:
    """A series that the calendar or the scenario gives: not computed from other quantities."""

    name: str
    label: str
    unit: u.Unit
    meaning: str


GIVEN: Mapping[str, Given] = MappingProxyType(
    {
        given.name: given
        for given in (
            Given("t", "Month", u.MONTH, "Months since today; 1 is the first month of the plan."),
            Given("path_from", "Path: share at the last year-end", u.SHARE,
                "Where the last plan year ended on the custom path."),
            Given("path_to", "Path: share at this year-end", u.SHARE,
                "Where this plan year ends on the custom path; the target where no path is given."),
            Given("path_month", "Month of the plan year", u.MONTH, "1 to 12, from the start of the plan."),
            *(
                Given(name, side.numbered(number), u.MONEY_FLOW,
                    "A twelfth of what the scenario states for the plan year, nominal and before tax.")
                for side in SIDES.values()
                for number, name in enumerate(side.series, start=1)
            ),
        )
    }
)  # fmt: skip
