"""Results of scenarios for the tests, as an order of files gathers them."""

from datetime import date

from model.scenario import Scenario
from report.files.order import Order
from report.material import Material

TODAY = date(2026, 11, 22)


def materials(*scenarios: Scenario, draws: int = 0, seed: int = 7, today: date = TODAY) -> tuple[Material, ...]:
    """The scenarios' results on a day, with the odds if any draws are asked for."""
    return Order(scenarios, today, draws, seed).materials
