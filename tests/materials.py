"""Results of scenarios for the tests, as an order of files gathers them."""

from datetime import date

from model.choice.counter.terms import Terms
from model.gates.stage_gate import Below, StageGate
from model.scenario import Scenario
from report.asked import NOTHING_ASKED, ODDS, Asked
from report.charts.catalogue import drawable
from report.charts.drawing.chart import Chart
from report.files.order import Order
from report.material import Material

TODAY = date(2026, 11, 22)
EVERYTHING = Asked(tests=(), stages=True, counter=Terms(odds=0.5, yearly=400_000.0))


def materials(
    *scenarios: Scenario, draws: int = 0, seed: int = 7, today: date = TODAY, asked: Asked = NOTHING_ASKED
) -> tuple[Material, ...]:
    """The scenarios' results on a day, with the odds if any draws are asked for, and what is asked of the first."""
    return Order(scenarios, today, draws, seed, asked=asked).materials


def in_stages(scenario: Scenario) -> Scenario:
    """The same with a gate, so that everything can be asked of it."""
    return scenario.changed(stages=(StageGate(12, "relative_return", 1.1, Below.BACK),))


def charts_of(material: Material) -> tuple[Chart[Material], ...]:
    """Every chart that can be drawn of a material with its odds."""
    return drawable({ODDS, *material.answers.names})
