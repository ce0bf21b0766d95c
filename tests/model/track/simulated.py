"""Firms whose truth is drawn from the ranges, and what they would measure: by the tests' own engine, month by month.

Spend, hours and measurements depart from the lines as the declared noise says, written out here once more; a world
can be another than that: fatter tails, a level that shifts.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from model.track.actuals import Actual
from model.track.measures import MEASURES
from tests import reference

MONTHS = 60
PEOPLE_TESTED = 12
# What these firms have no test of.
UNTESTED = frozenset({"relative_return_test"})
LIFT_ERROR, TRIAL_ERROR = 0.8, 0.02


@dataclass(frozen=True)
class Firm:
    """What a firm measured in all months, and what its plan truly was worth with the spend and hours that came."""

    actuals: tuple[Actual, ...]
    npv: float
    truth: dict

    def until(self, month: int) -> list[Actual]:
        """What was measured up to a month."""
        return [item for item in self.actuals if item.month <= month]


def drawn(rng: random.Random) -> dict:
    """A truth: the default plan, each belief from its range."""
    values = dict(reference.DEFAULTS)
    for name, (low, likely, high) in reference.RANGES.items():
        peak = (likely - low) / (high - low)
        values[name] = low + (high - low) * rng.betavariate(1 + 4 * peak, 5 - 4 * peak)
    return values


class Departures:
    """How a measure departs from its line: what lasts, and a month's own."""

    def __init__(self, name: str, rng: random.Random, error: Callable[[random.Random], float], wider: float) -> None:
        self._noise, self._rng, self._error, self._wider = MEASURES[name].noise, rng, error, wider
        self._lasting = self._noise.lasting * rng.gauss(0, 1)

    def next(self) -> float:
        """The next month's departure, in parts of what was planned."""
        found = self._lasting + self._wider * self._noise.scatter * self._error(self._rng)
        kept = self._noise.kept
        self._lasting = kept * self._lasting + self._noise.lasting * math.sqrt(1 - kept**2) * self._rng.gauss(0, 1)
        return found


def normal(rng: random.Random) -> float:
    """An error as it is declared."""
    return rng.gauss(0, 1)


def fat(rng: random.Random) -> float:
    """An error with fat tails and the variance of a normal one: Student's t with 2.5 degrees of freedom, nearly."""
    return rng.gauss(0, 1) / math.sqrt(rng.gammavariate(1.25, 2) / 2.5) / math.sqrt(5)


def firm(seed: int, *, error: Callable[[random.Random], float] = normal, wider: float = 1.0, shift: float = 0.0,
         from_month: int = 13) -> Firm:  # fmt: skip
    """A firm; from a month on revenue is higher by the part `shift` of what was planned."""
    rng = random.Random(seed)  # noqa: S311 - a simulation
    truth = drawn(rng)
    plan = reference.calculate_lines(dict(reference.DEFAULTS), None)
    departures = {name: Departures(name, rng, error, wider) for name in MEASURES if name not in UNTESTED}
    actuals, present_value, previous = [], 0.0, dict(reference.OPENING)
    for t in range(1, MONTHS + 1):
        planned = {name: lines[t - 1] for name, lines in plan.items()}
        away = {name: one.next() for name, one in departures.items()}
        m, spent = month(truth, planned, away, t, previous)
        seen = measured(m, planned, away)
        if t >= from_month:
            seen["revenue"] += shift * (planned["company_revenue"] + planned["revenue_gain"])
        actuals += [Actual(t, name, value) for name, value in (spent | seen).items()]
        actuals += tests_of(m, away, t, rng)
        present_value += m["present_value"]
        previous = m
    return Firm(tuple(actuals), present_value, truth)


def month(truth: dict, planned: dict, away: dict, t: int, previous: dict) -> tuple[dict, dict]:
    """A month of the truth with spend and hours as they came, and these."""
    m: dict = {}
    reference.add_company(m, truth, t)
    reference.add_budget(m, truth, t, None)
    spent = {"social_spend": max(0.0, m["social_spend"] + away["social_spend"] * planned["social_spend"])}
    m |= spent
    m["extra_social_spend"] = m["social_spend"] - m["hold_social_spend"]
    m["moved_money"] = truth["reallocated_share"] * m["extra_social_spend"]
    m["new_money"] = m["extra_social_spend"] - m["moved_money"]
    m["other_spend"] = max(0.0, m["hold_other_spend"] - m["moved_money"])
    hours = planned["team"] * truth["training_hours"] / 12 * max(0.0, 1 + away["training_hours"])
    a = {**truth, "training_hours": hours * 12 / planned["team"]}
    reference.add_skills(m, a, t, previous)
    reference.add_carryover(m, a, t, previous)
    reference.add_returns(m, a)
    reference.add_revenue_gains(m, a, t)
    reference.add_contributions(m, a)
    reference.add_costs(m, a)
    reference.add_stated(m, a, t)
    reference.add_benefits(m, a)
    reference.add_outlay(m, t, previous)
    reference.add_cash(m, a, previous)
    return m, spent | {"training_hours": hours}


def measured(m: dict, planned: dict, away: dict) -> dict:
    """What is measured each month."""
    lines = {"revenue": ("company_revenue", "revenue_gain"), "social_revenue": BROUGHT}
    return {
        name: sum(m[line] for line in of) + away[name] * sum(planned[line] for line in of)
        for name, of in lines.items()
    }


def tests_of(m: dict, away: dict, t: int, rng: random.Random) -> list[Actual]:
    """What is tested: skills each half-year, the return of social each year, training once."""
    found = []
    if t % 6 == 0:
        share = min(1.0, max(0.0, m["competent_share"] + away["competent_share"]))
        passed = sum(rng.random() < share for _ in range(PEOPLE_TESTED))
        found.append(Actual(t, "competent_share", passed / PEOPLE_TESTED, tested=PEOPLE_TESTED))
    if t % 12 == 9:
        true = sum(m[line] for line in BROUGHT) / m["social_spend"]
        value = true + away["social_return_test"] * true + LIFT_ERROR * rng.gauss(0, 1)
        found.append(Actual(t, "social_return_test", value, standard_error=LIFT_ERROR))
    if t == 18:
        value = m["productivity_gain"] + TRIAL_ERROR * rng.gauss(0, 1)
        found.append(Actual(t, "training_test", value, standard_error=TRIAL_ERROR))
    return found


BROUGHT = ("social_base_revenue", "social_revenue_gain")


EXAMPLE, EXAMPLE_MONTHS = 3, 18
_COLUMNS = {
    "Social spend": ("social_spend", "value"),
    "Revenue": ("revenue", "value"),
    "Social revenue": ("social_revenue", "value"),
    "Training hours": ("training_hours", "value"),
    "Competent share": ("competent_share", "value"),
    "People tested": ("competent_share", "tested"),
    "Lift test": ("social_return_test", "value"),
    "Lift test standard error": ("social_return_test", "standard_error"),
}


def written(made: Firm, months: int) -> str:
    """A firm's actuals as a table of the documentation."""
    seen = {(item.month, item.measure): item for item in made.actuals}
    rows = [",".join(["Month", *_COLUMNS])]
    for month in range(1, months + 1):
        cells = [_cell(seen.get((month, name)), what) for name, what in _COLUMNS.values()]
        rows.append(",".join([str(month), *cells]))
    return "\n".join(rows) + "\n"


def _cell(item: Actual | None, what: str) -> str:
    if item is None:
        return ""
    value = getattr(item, what)
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.4g}"
