"""What the social team's competence is worth in money: the projection's own lines, run again with another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from model.projection import inputs_of, rerun, run
from model.scenario import Scenario

_FIRST_YEAR = 12


class Closing(NamedTuple):
    """What a team as competent as wanted is worth, in money after tax.

    Two runs of the scenario are compared that differ in the team's competence alone: as wanted from the first month
    to the last, and as it is today all along. `over_the_horizon` is the difference of their net present values,
    `first_year` that of their net cash in the first year, not discounted. What closing the gap costs is in neither.
    """

    over_the_horizon: float
    first_year: float


class LastHour(NamedTuple):
    """The last hour a year of training for each in the team: what it costs and earns, in money after tax.

    Present values over the horizon of the difference to the same programme with that hour less, the whole team's.
    """

    costs: float
    earns: float


@dataclass(frozen=True)
class Worth:
    """What a team's skills are worth: closing all of the gap, and the last hour a year of a plan, area by area.

    `hour_costs` is the price of an hour a year, `hours_earn` what the last one in each area earns, None where the
    plan has none; see `LastHour`. An area's hour is to the projection's, which is spread evenly, as what they close.
    """

    closing: Closing
    hour_costs: float
    hours_earn: tuple[float | None, ...]


def closing(scenario: Scenario, competent: float, gap: float) -> Closing:
    """The worth of closing a gap, from what part of the team is competent today; both weighted over its areas."""
    known, today = run(inputs_of(scenario)), {"competent_share_start": competent}
    held, closed = (
        rerun(known, {**today, "competence_gain": gained}, towards="present_value") for gained in (0.0, gap)
    )
    return Closing(
        float((closed["present_value"] - held["present_value"]).sum()),
        float((closed["net_cash"] - held["net_cash"])[..., :_FIRST_YEAR].sum()),
    )


def last_hour(scenario: Scenario, competent: float, hours: float) -> LastHour:
    """The last of so many hours a year, one at least, for a team of which that part is competent today."""
    known = run(inputs_of(scenario) | {"training_programme": 1.0})
    full, short = (
        rerun(known, {"competent_share_start": competent, "training_hours": each}, towards="present_value")
        for each in (hours, hours - 1)
    )

    def added(line: str) -> float:
        return float(((full[line] - short[line]) * known["discount_factor"]).sum())

    return LastHour(added("costs"), added("benefits"))
