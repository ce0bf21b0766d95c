"""What differs between two scenarios, as a table."""

from __future__ import annotations

from dashboard.components.tables import all_that_differs
from model.presets import PRESETS

PLAN = PRESETS["social-plan"]


def test_differences_are_told_for_everything_a_scenario_holds() -> None:
    other = PLAN.changed(
        name="Other", description="d", currency="DKK", locale="da", start_month="2028-02", fiscal_year_start=4,
        assumptions={"ramp_shape": "custom"}, social_share_path=(0.1, 0.2, 0.3, 0.4, 0.5),
        ranges={"causal_share": None}, notes={"causal_share": "n"},
        correlations=(("skill_half_life", "team_turnover", 0.5),),
    )  # fmt: skip
    told = {row[0].text for row in all_that_differs(PLAN, other).rows}
    assert {
        "Name", "Description", "Currency", "Locale of numbers and dates", "First month",
        "First month of the fiscal year", "Shape of the rise", "Social share at each year's end",
        "Part of the quoted uplift that training causes: range",
        "Part of the quoted uplift that training causes: note",
        "Drawn together",
    } <= told  # fmt: skip
    assert all_that_differs(PLAN, PLAN).rows == ()
