"""The report's section that compares: its tables, its charts and its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from model.telling.caveats import caveats
from model.telling.comparison import CAUSES, best_of, comparable, reservations
from report.charts.comparison import BRIDGE, OVERLAYS, Between, Compared
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import LIGHT
from report.material import Material
from report.tables import comparison_tables
from report.words.comparison import beats_in_words
from report.words.narrative import answer
from report.words.stamp import shortened

NAME = 80


@dataclass(frozen=True)
class ChartOfSeveral:
    """A chart of several scenarios with its title and its words."""

    name: str
    title: str
    figure: Figure
    alt: str


def compared_pictures(materials: Sequence[Material]) -> tuple[ChartOfSeveral, ...]:
    """Cash over time, and the bridge from the first scenario to the best other one in its currency."""
    everything, today = Compared(tuple(one.projection for one in materials)), materials[0].today
    chart = OVERLAYS["compared_cash"]
    cash = ChartOfSeveral(chart.name, chart.title, chart.figure(everything, LIGHT, today), chart.alt(everything))
    first, *others = everything.projections
    alike = [one for one in others if comparable(first.scenario, one.scenario)]
    if not alike:
        return (cash,)
    other = best_of(alike) or alike[0]
    title = f"From {shortened(first.scenario.name)} to {shortened(other.scenario.name)}"
    ends = Between(first, other)
    return cash, ChartOfSeveral(BRIDGE.name, title, BRIDGE.figure(ends, LIGHT, today), BRIDGE.alt(ends))


def compared(materials: Sequence[Material]) -> dict[str, Any]:
    """What stands in the section that compares."""
    return {
        "comparison": comparison_tables.comparison(materials),
        "causes": comparison_tables.causes(materials),
        "meanings": [(cause.label, cause.meaning) for cause in CAUSES.values()],
        "beats": comparison_tables.odds(materials),
        "beats_told": beats_in_words([one.simulation for one in materials if one.simulation]),
        "reservations": reservations([one.scenario for one in materials]),
        "differences": comparison_tables.differences([one.scenario for one in materials]),
        "undefined": comparison_tables.reasons(materials),
        "answers": [
            {
                "name": shortened(one.scenario.name, NAME),
                "hash": one.scenario.hash,
                "sentence": answer(one.projection, today=one.today).sentence,
                "warnings": caveats(one.projection),
            }
            for one in materials
        ],
    }
