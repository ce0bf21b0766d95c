"""The slide that sets the scenarios side by side, each with what its numbers rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.assumptions import ASSUMPTIONS
from model.metrics import KEY_FIGURES, METRICS, OUTCOMES
from model.projection import Projection
from model.telling.caveats import NOT_DEFENSIBLE, is_defensible
from model.telling.comparison import RESULT
from model.uncertainty.simulation import Simulation
from model.units import MONEY, Format
from report.charts.drawing.theme import LIGHT
from report.deck.canvas import Deck
from report.deck.odds import percentile
from report.deck.tables import Row, SlideCell, SlideColumn, add_table, row, table_pages
from report.deck.write import BODY_BOX, ROOM
from report.material import Material
from report.words.comparison import comparison_message
from report.words.odds import odds_in_100

# The key figures in the order of the table of all metrics, which compares them too.
_FURTHER = (*(name for name in METRICS if name in KEY_FIGURES and name != RESULT), *OUTCOMES)
_LABEL, _FEWEST = 2.6, 3
_LARGEST, _SMALLEST = 12.0, 8.0


@dataclass(frozen=True)
class ComparedPlan:
    """One of the scenarios: its projection, its simulation if any, and how its numbers are written."""

    plan: Projection
    drawn: Simulation | None
    text: Format

    def metric(self, name: str) -> str:
        """A metric in a few letters."""
        value, unit = self.plan.metrics[name], METRICS[name].unit
        if value is None:
            return "–"
        if unit.whole:
            return f"month {value:.0f}" if value else "never below zero"
        return self.text.rounded(value or 0.0, unit)

    @property
    def odds(self) -> str:
        """The odds of a gain."""
        if self.drawn is None or not self.drawn.metrics["npv"].any():
            return "–"
        return odds_in_100(self.drawn.odds_of_gain).removesuffix(" odds")

    @property
    def low(self) -> str:
        """What one case in ten falls below."""
        found = percentile(self.drawn, 10) if self.drawn else None
        return "–" if found is None else self.text.rounded(found.value, MONEY, found.error)

    @property
    def mark(self) -> SlideCell:
        """Whether it may be shown without being marked."""
        if is_defensible(self.plan.scenario):
            return SlideCell("yes", color=LIGHT.muted)
        return SlideCell(NOT_DEFENSIBLE, True, LIGHT.warning)

    @property
    def frame(self) -> str:
        """What it counts, and at which rate."""
        scenario = self.plan.scenario
        rate = self.text.plain(scenario.values["discount_rate"], ASSUMPTIONS["discount_rate"].unit)
        return f"{scenario.horizon_years} y, {rate}"

    @property
    def state(self) -> str:
        """Tax, and whether the model's checks hold."""
        tax = self.plan.scenario.number("tax_rate")
        taxed = f"{self.text.plain(tax, ASSUMPTIONS['tax_rate'].unit)} tax" if tax else "pre-tax"
        return f"{taxed}, {'passed' if self.plan.sound else 'CHECK FAILED'}"


def comparison_slide(deck: Deck, materials: Sequence[Material]) -> None:
    """The scenarios side by side."""
    locale = deck.projection.scenario.locale
    sides = [
        ComparedPlan(one.projection, one.simulation, Format(locale, one.scenario.currency)) for one in materials
    ]
    wide = (ROOM - _LABEL) / max(len(sides), _FEWEST)
    columns = (
        SlideColumn("Scenario", _LABEL),
        *(SlideColumn(side.plan.scenario.name, wide, number=True) for side in sides),
    )
    rows, size = _rows(sides), _LARGEST
    while size > _SMALLEST and len(table_pages(rows, columns, BODY_BOX.height, size)) > 1:
        size -= 0.5
    message = comparison_message([one.projection for one in materials])
    heading = "Each against holding its own share; money in each scenario's currency"
    found = table_pages(rows, columns, BODY_BOX.height, size)
    for shown in found:
        slide = deck.slide(message, "Scenarios side by side", heading)
        add_table(slide, BODY_BOX, shown, columns, f"{message}. Key metrics of each scenario.", size)


def _rows(sides: Sequence[ComparedPlan]) -> list[Row]:
    marks = []
    if not all(is_defensible(side.plan.scenario) for side in sides):
        marks = [row("Can be defended", *(side.mark for side in sides))]
    hashes = (SlideCell(side.plan.scenario.hash, color=LIGHT.muted) for side in sides)
    return [
        *marks,
        row("Content hash", *hashes),
        row(METRICS[RESULT].label, *(side.metric(RESULT) for side in sides), bold=True),
        row("Odds of a gain", *(side.odds for side in sides), bold=True),
        row("One case in ten ends below", *(side.low for side in sides)),
        *(row(METRICS[name].label, *(side.metric(name) for side in sides)) for name in _FURTHER),
        row("Horizon and discount rate", *(side.frame for side in sides)),
        row("Tax, model checks", *(side.state for side in sides)),
    ]
