"""What a test is: what it changes and for how long, what it measures, how exactly by its size, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from model.assumptions import WITHOUT_PROGRAMME
from model.learning.quantity import Changes, Quantity
from model.other.amounts import SIDES
from model.projection import project
from model.scenario import Scenario

# How many sizes a test is looked at in.
RUNGS = 10
# What is changed in the model so that the company holds; a test's own change then comes as it is set.
HELD: Mapping[str, float | str] = MappingProxyType(
    {
        "plan_delivery": 1.0,
        "ramp_shape": "linear",
        "ramp_progress": 0.0,
        "team_target": "team_start",
        **WITHOUT_PROGRAMME,
        **dict.fromkeys(SIDES, 0.0),
    }
)


@dataclass(frozen=True)
class Setting:
    """A scenario to be tested in, with what the designs assume; `share` is the furthest its plan goes."""

    scenario: Scenario
    assumed: Mapping[str, float]
    share: float

    @property
    def horizon(self) -> int:
        """Months of the plan."""
        return 12 * self.scenario.horizon_years

    @property
    def team(self) -> int:
        """Whole people in the team today."""
        return int(self.scenario.number("team_start"))

    @property
    def hour(self) -> float:
        """What an hour of one of the team costs, in money."""
        number = self.scenario.number
        return number("annual_pay") * number("on_cost") / number("productive_hours")

    def months(self, name: str) -> int:
        """A length that is assumed, within the horizon."""
        return min(int(self.assumed[name]), self.horizon)

    def moved(self, months: str, share: float) -> dict[str, float | tuple[float, ...]]:
        """What is changed in the model so that social has this share while the test runs, and today's afterwards."""
        return {"social_share_target": share, "ramp_progress": self.while_tested(self.months(months), 1.0)}

    def while_tested(self, months: int, value: float) -> tuple[float, ...]:
        """A line that has a value while the test runs, and 0 afterwards."""
        return (value,) * months + (0.0,) * (self.horizon - months)


@dataclass(frozen=True)
class Design:
    """A test that can be run before deciding.

    `settles` says in words what it tells, `reads` what is measured, a share in all of them; `months` is the assumed
    length, `uses` are the other figures it rests on; `counts` what its size is in, of one and of several. `sizes`
    are those it can have, smallest first, none where it cannot be run, for the reason in `impossible`. `measures`
    is the quantity, `power` its standard error by size and `words` the sentence of that calculation. While it runs,
    `part` of the company is under `changes`, called `changed`, and `hours` of work are spent on it.
    """

    name: str
    label: str
    settles: str
    reads: str
    counts: tuple[str, str]
    months: str
    uses: tuple[str, ...]
    impossible: str
    sizes: Callable[[Setting], tuple[int, ...]]
    measures: Callable[[Setting], Quantity]
    power: Callable[[Setting, int], float]
    words: Callable[[Setting, int], str]
    changes: Callable[[Setting], Changes]
    part: Callable[[Setting, int], float]
    hours: Callable[[Setting, int], float]
    changed: str


def setting_of(scenario: Scenario, assumed: Mapping[str, float]) -> Setting:
    """The setting of a scenario."""
    rise = project(scenario).lines["planned_rise"]
    return Setting(scenario, assumed, scenario.number("social_share_start") + float(rise[np.argmax(np.abs(rise))]))


def changed_from(changes: Mapping[str, float | str | tuple[float, ...]]) -> Changes:
    """Changes as a quantity takes them."""
    return tuple(sorted(changes.items()))


def ladder(most: int, least: int = 1, step: int = 1) -> tuple[int, ...]:
    """Up to ten sizes, evenly spaced up to the largest, each a multiple of `step` and at least `least`."""
    sizes = {step * round(most * rung / RUNGS / step) for rung in range(1, RUNGS + 1)}
    return tuple(sorted(size for size in sizes if least <= size <= most))
