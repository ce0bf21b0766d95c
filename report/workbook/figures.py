"""The computed values that stand in the workbook's cells: the model's own runs over all months of the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np

from model.assumptions import MOST_YEARS
from model.checks import HOLD_ZEROS
from model.formula import Array
from model.lines import LINES
from model.metrics import COUNTERFACTUALS
from model.projection import HOLD, Projection, affected, ancestors, inputs_of, rerun, run
from model.scenario import Scenario
from model.sheet import GIVEN
from model.telling.caveats import beyond_evidence
from model.telling.one_line import beside_the_answer
from model.telling.tables import fiscal_start
from report.material import Material
from report.words.evidence import caveat

MONTHS = 12 * MOST_YEARS


@dataclass(frozen=True)
class Run:
    """The model run again with some assumptions, or a line, changed; a word takes the value of what it names.

    `lines` are those that stand on its sheet, in order; `values` says whether its net present value does too.
    """

    name: str
    label: str
    changes: Mapping[str, float | str]
    lines: tuple[str, ...]
    values: bool = True


# Net present value is a straight line in the return of social: these two runs give it at any. They give the line
# itself, so that they hold on whatever basis it is stated.
NO_RETURN, SAME_RETURN = "npv_no_social_return", "npv_same_social_return"
_RETURNS: Mapping[str, tuple[str, float | str]] = {
    NO_RETURN: ("Net present value if social returned nothing", 0.0),
    SAME_RETURN: ("Net present value if social returned what the other channels do", "other_incremental_roas"),
}


def _runs() -> Mapping[str, Run]:
    changed: dict[str, tuple[str, Mapping[str, float | str]]] = {
        name: (item.label, item.changes) for name, item in COUNTERFACTUALS.items()
    }
    changed |= {name: (label, {"social_return": value}) for name, (label, value) in _RETURNS.items()}
    runs = {
        name: Run(name, label, changes, affected(frozenset(changes), towards="present_value"))
        for name, (label, changes) in changed.items()
    }
    shown = set().union(*(ancestors(name) for name in HOLD_ZEROS))
    held = tuple(name for name in affected(frozenset(HOLD)) if name in shown)
    hold = Run("hold", "Holding: no rise, the team as it is, no programme", HOLD, held, values=False)
    return MappingProxyType(runs | {"hold": hold})


RUNS: Mapping[str, Run] = _runs()


@dataclass(frozen=True)
class Figures:
    """A scenario's results for the cells: within the horizon the projection's own, beyond it the same formulas.

    `months` hold every line and given series over all months of the sheet, `runs` the same for the runs with
    changed assumptions; arrays of shape (MONTHS,). `known` is the run itself, as the engine gives it. `caveat` says
    how weak the evidence is.
    """

    projection: Projection
    today: date
    months: Mapping[str, Array]
    runs: Mapping[str, Mapping[str, Array]]
    caveat: str
    known: Mapping[str, Any] = field(repr=False)

    @property
    def scenario(self) -> Scenario:
        """The scenario these are the results of."""
        return self.projection.scenario

    @property
    def horizon(self) -> int:
        """Number of months that count."""
        return self.projection.months

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """First day of each month of the sheet."""
        return replace(self.scenario, assumptions={"horizon_years": MOST_YEARS}).calendar(self.today)

    @cached_property
    def fiscal_years(self) -> tuple[int, ...]:
        """For each month the calendar year in which its fiscal year begins."""
        return tuple(fiscal_start(day, self.scenario.fiscal_year_start) for day in self.dates)

    def fiscal_month(self, first: int, place: int) -> date:
        """First day of a month of the fiscal year that begins in the year `first`; its own first month is 0."""
        month = self.scenario.fiscal_year_start - 1 + place
        return date(first + month // 12, month % 12 + 1, 1)

    @cached_property
    def beside_the_answer(self) -> str:
        """What must be true for the answer, and what the social budget pays."""
        return " ".join(beside_the_answer(self.projection))

    @cached_property
    def beyond_evidence(self) -> str:
        """Claims beyond their evidence and spend beyond what was observed; empty where there is none."""
        return beyond_evidence(self.projection)

    def rerun(self, changes: Mapping[str, Any]) -> Mapping[str, Any]:
        """The run over all months of the sheet with some assumptions changed, as far as the present value."""
        return rerun(self.known, changes, towards="present_value")

    def run_npv(self, run: str) -> float:
        """The net present value of a run with changed assumptions."""
        known = self.projection.counterfactuals
        return known[run] if run in known else float(self.runs[run]["present_value"][: self.horizon].sum())

    @property
    def money_at_stake(self) -> float:
        """Present values of benefits and costs, each without its sign: of which rounding is a part."""
        return sum(abs(self.figure(name) or 0.0) for name in ("pv_benefits", "pv_costs"))

    def figure(self, name: str) -> float | None:
        """A metric, or a part that only other metrics are made of; None where undefined."""
        projection = self.projection
        return projection.metrics[name] if name in projection.metrics else projection.counterfactuals[name]


def figures_of(material: Material) -> Figures:
    """All results of a scenario."""
    projection = material.projection
    known = run(inputs_of(_longest(material.scenario)))
    months = {name: _series(known[name]) for name in (*GIVEN, *LINES)}
    for name, series in projection.lines.items():
        months[name][: projection.months] = series
    runs = {}
    for name, item in RUNS.items():
        again = rerun(known, item.changes)
        runs[name] = {line: _series(again[line]) for line in LINES}
    return Figures(projection, material.today, months, runs, caveat(projection, material.bars), known)


def _longest(scenario: Scenario) -> Scenario:
    """The scenario over all months of the sheet; a custom path stays at its last year-end."""
    path = scenario.social_share_path
    values = {**scenario.assumptions, "horizon_years": MOST_YEARS}
    return replace(
        scenario,
        assumptions=values,
        social_share_path=path and (path + path[-1:] * MOST_YEARS)[:MOST_YEARS],
    )


def _series(values: Any) -> Array:
    series: Array = np.broadcast_to(np.asarray(values, dtype=float), (1, MONTHS))[0].copy()
    return series
