"""What a scenario states year by year: the rows of Inputs below the assumptions, with what may be typed there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from model.assumptions import ASSUMPTIONS, MOST_YEARS
from model.other.amounts import LARGEST, SIDES, Stated
from model.scenario import Scenario
from model.units import MONEY, SHARE, Unit
from report.workbook.rules import rule

PATH = "social_share_path"
LOWEST_SHARE, HIGHEST_SHARE = "social_share_lowest", "social_share_highest"
_AMOUNT: Mapping[str, Any] = {
    "validate": "decimal", "criteria": "between", "minimum": -LARGEST, "maximum": LARGEST,
    "error_title": "Not a legal amount", "error_message": "Type a number, or leave the cell empty.",
}  # fmt: skip


@dataclass(frozen=True)
class ByYear:
    """A value for each plan year, under the defined name `name` of its live cells; the title of its rows.

    `label` names the row of a `{year}`; `value` gives what a scenario states, None for nothing; `fault` is 1 where
    the `{live}` cell, the `{years}`-th, is none that the app would take; `called` gives what the rows are called.
    """

    name: str
    title: str
    label: str
    unit: Unit
    meaning: str
    value: Callable[[Scenario, int], float | None]
    rule: Mapping[str, Any]
    fault: str
    called: Callable[[Scenario], str | None] | None = None

    @property
    def rows(self) -> tuple[str, ...]:
        """The public names of its rows on Inputs, from above."""
        first = (f"{self.name}_name",) if self.called else ()
        return (*first, *(f"{self.name}_{year}" for year in range(1, MOST_YEARS + 1)))


def _share(scenario: Scenario, year: int) -> float | None:
    path = scenario.social_share_path or ()
    return path[year - 1] if year <= len(path) else None


def _stated(side: Stated, place: int) -> ByYear:
    """The row at a place, counted from 0, of the costs or benefits that a scenario states itself."""
    title = f"{side.label} {place + 1}"

    def value(scenario: Scenario, year: int) -> float | None:
        rows = getattr(scenario, side.field)
        return (rows[place].in_year(year) or None) if place < len(rows) else None

    def called(scenario: Scenario) -> str | None:
        rows = getattr(scenario, side.field)
        return rows[place].name if place < len(rows) else None

    return ByYear(
        name=side.series[place],
        title=title,
        label=f"{title}, plan year {{year}}",
        unit=MONEY,
        meaning="Amount of the plan year, nominal, before tax, against holding, in equal parts in its months.",
        value=value,
        rule=_AMOUNT,
        fault=f'1-IF(ISNUMBER({{live}}),ABS({{live}})<={LARGEST:.0f},{{live}}="")',
        called=called,
    )


BY_YEAR: tuple[ByYear, ...] = (
    ByYear(
        name=PATH,
        title="Social share at each year-end, for the custom shape",
        label="Social share at the end of year {year}",
        unit=SHARE,
        meaning="Needed for as many years as the horizon where the shape is custom.",
        value=_share,
        rule=rule(ASSUMPTIONS["social_share_target"]),
        fault=(
            'IF(ramp_shape="custom",1-IF(ISNUMBER({live}),'
            f"AND({{live}}>={LOWEST_SHARE},{{live}}<={HIGHEST_SHARE}),({{years}})>horizon_years),0)"
        ),
    ),
    *(_stated(side, place) for side in SIDES.values() for place in range(len(side.series))),
)
