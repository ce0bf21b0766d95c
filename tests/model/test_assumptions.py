"""The table of assumptions, against a transcription of the specification."""

import dataclasses

import pytest

from model import lines, metrics
from model.assumptions import ASSUMPTIONS, MEASURES, SECTIONS, Distribution, Kind

D, O, B = Kind.DECISION, Kind.OWN_FIGURE, Kind.BELIEF  # noqa: E741 - the columns read better so
SHAPES = ("linear", "s_curve", "front_loaded", "immediate", "custom")
ROUTES = ("per_employee", "media_efficiency")
BASES = ("relative", "platform")

# Transcribed from the specification: name, kind, unit, default, (low, high) of the range, bounds, grade, sources.
SPECIFIED = {
    "Company": [
        ("employees", O, "people", 500, None, (1, 1e7), "U", ""),
        ("revenue_per_employee", O, "money/year", 250_000, None, (1, 1e9), "U", ""),
        ("revenue_growth", B, "rate/year", 0.03, (0, 0.06), (-0.5, 1), "U, D", ""),
        ("contribution_margin", B, "share", 0.35, (0.30, 0.40), (0.001, 1), "U, D", ""),
        ("marketing_share_of_revenue", O, "share of revenue", 0.077, None, (0.001, 1), "B", "gartner-2025"),
        ("discount_rate", O, "rate/year", 0.10, None, (0, 1), "C", "tei-method hurdle-rates"),
        ("tax_rate", O, "share", 0, None, (0, 0.9), "U", ""),
        ("cost_inflation", B, "rate/year", 0.02, (0.015, 0.035), (-0.1, 0.5), "D", ""),
    ],
    "Social budget": [
        ("social_share_start", O, "share", 0.133, None, (0.001, 1), "B", "cmo-2020-02 article"),
        ("social_share_target", D, "share", 0.245, None, (0.001, 1), "C", "article-2026-forecast"),
        ("ramp_years", D, "years", 5, None, (1 / 12, 10), "C", "article"),
        ("ramp_shape", D, "choice", "linear", None, SHAPES, "D", ""),
        ("plan_delivery", B, "share", 1, None, (0, 1.5), "C", "cmo-backtest"),
        ("reallocated_share", D, "share", 1, None, (0, 1), "U", ""),
    ],
    "Response": [
        ("social_return_basis", D, "choice", "relative", None, BASES, "", ""),
        ("social_relative_return", B, "ratio", 1.2, (0.8, 1.7), (0, 100), "C", "profit-ability-2 nielsen-2022"),
        ("social_reported_roas", B, "ratio", 4, (2, 6), (0, 1000), "U, C", "varos-2025"),
        ("social_incremental_share", B, "share", 0.6, (0.3, 1), (0, 2), "D", "facebook-rcts meta-2025"),
        ("social_long_run_multiplier", B, "ratio", 2, (1, 2.5), (0.1, 10), "C", "profit-ability-2"),
        ("social_returns_exponent", B, "exponent", 0.7, (0.5, 0.9), (0.01, 1), "D", ""),
        ("other_incremental_roas", B, "ratio", 4, (1.6, 6), (0, 1000), "B", "ad-elasticity profit-ability-2"),
        ("other_returns_exponent", B, "exponent", 0.7, (0.5, 0.9), (0.01, 1), "D", ""),
        ("saturation", B, "share", 0.5, (0, 1), (0, 1), "D", ""),
        ("social_return_drift", B, "rate/year", 0, (-0.04, 0.02), (-0.5, 0.5), "D, direction C", "meta-prices"),
        ("carryover_half_life", B, "months", 1, (0.1, 2.5), (0.01, 24), "C", "leone-1995 robyn-decay"),
    ],
    "Team and skills": [
        ("team_start", O, "people", 4, None, (1, 1e6), "U", "cmo-team"),
        ("team_target", D, "people", 6, None, (1, 1e6), "U", ""),
        ("team_pay_in_budget", O, "on/off", True, None, None, "U", ""),
        ("hired_share", O, "share", 1, None, (0, 1), "U", ""),
        ("competent_share_start", B, "share", 0.37, (0.20, 0.55), (0, 0.99), "C", "dmi-63 article"),
        ("competent_share_reference", B, "share", 0.37, None, (0, 0.99), "D", ""),
        ("training_programme", D, "on/off", True, None, None, "", "article"),
        ("training_hours", D, "hours/year", 40, None, (0, 1000), "", "atd-hours"),
        ("hours_to_competence", B, "hours", 100, (60, 160), (1, 5000), "D", ""),
        ("skill_half_life", B, "years", 2.5, (1, 5), (0.1, 50), "C", "skill-half-life"),
        ("team_turnover", B, "share/year", 0.15, (0.10, 0.30), (0, 0.95), "B", "linkedin-turnover"),
        ("training_fee_per_hour", O, "money/hour", 30, None, (0, 1e5), "U", "atd-spend"),
        ("training_admin", B, "share", 0.10, (0.05, 0.20), (0, 2), "D", ""),
        ("annual_pay", O, "money/year", 62_000, None, (0, 1e8), "B, U", "bls-pr"),
        ("on_cost", O, "ratio", 1.42, None, (1, 5), "B", "bls-on-cost"),
        ("productive_hours", O, "hours/year", 1_600, None, (100, 4000), "D", ""),
        ("programme_years", D, "years", 5, None, (0, 10), "U", ""),
        ("headline_uplift", B, "share", 2.18, None, (0, 10), "C", "astd-2000 article"),
        ("causal_share", B, "share", 0.05, (0, 0.12), (0, 1), "D from A", "training-causal"),
        ("retained_share", B, "share", 0.67, (0.50, 0.80), (0, 1), "A, D range", "lopes-teixeira"),
        ("benefit_route", D, "choice", "per_employee", None, ROUTES, "", ""),
        ("media_waste", B, "share", 0.10, (0, 0.25), (0, 0.95), "D", ""),
    ],
    "Support": [
        ("strategic_partner", D, "on/off", False, None, None, "", "article"),
        ("partner_cost", O, "money/year", 30_000, None, (0, 1e9), "U", ""),
        ("partner_learning_boost", B, "share", 0.25, (0, 0.50), (0, 5), "D", ""),
        ("leadership_seat", D, "on/off", False, None, None, "", "article"),
        ("leadership_hours", D, "hours/month", 4, None, (0, 10_000), "U", ""),
        ("leadership_hourly_cost", O, "money/hour", 150, None, (0, 1e5), "U", ""),
        ("alignment_gain", B, "share", 0.02, (0, 0.05), (0, 1), "D", ""),
    ],
    "Frame": [
        ("horizon_years", D, "whole years", 5, None, (1, 10), "U", ""),
    ],
}  # fmt: skip
ROWS = {row[0]: (section, *row) for section, rows in SPECIFIED.items() for row in rows}

LABELS = {
    "employees": "Employees",
    "revenue_per_employee": "Revenue per employee",
    "revenue_growth": "Revenue growth",
    "contribution_margin": "Contribution margin on extra revenue",
    "marketing_share_of_revenue": "Marketing budget",
    "discount_rate": "Discount rate",
    "tax_rate": "Tax on the net gain",
    "cost_inflation": "Cost inflation",
    "social_share_start": "Social share of marketing budget today",
    "social_share_target": "Social share the plan aims for",
    "ramp_years": "Years to reach the target",
    "ramp_shape": "Shape of the rise",
    "plan_delivery": "Share of the planned rise that is delivered",
    "reallocated_share": "Part of the extra social money taken from other channels",
    "social_return_basis": "What the return of social rests on",
    "social_relative_return": "Return of social beside other channels, per unit of budget (1 = the same)",
    "social_reported_roas": "Revenue the platforms report per unit of media spend, today (platform basis)",
    "social_incremental_share": "Incremental revenue per unit of reported revenue (platform basis)",
    "social_long_run_multiplier": "Revenue over the years per unit seen within weeks (platform basis)",
    "social_returns_exponent": "Diminishing returns, social (1 = none)",
    "other_incremental_roas": "Incremental revenue per unit of other marketing, over the years",
    "other_returns_exponent": "Diminishing returns, other channels",
    # What follows the colon there, "0 a power curve, 1 a Hill curve …", is its help: too long for a widget.
    "saturation": "How strongly returns saturate",
    "social_return_drift": "Yearly change of what a unit of social spend returns (prices of attention, fatigue)",
    "carryover_half_life": "Carry-over half-life of advertising",
    "team_start": "Social team today",
    "team_target": "Social team the plan aims for",
    "team_pay_in_budget": "The team's pay is part of the social budget",
    "hired_share": "Part of the added people who are hired, not moved from other jobs",
    "competent_share_start": "Part of the team already competent",
    "competent_share_reference": "Part competent in the firms behind the uplift, before their training",
    "training_programme": "Training in working hours",
    "training_hours": "Training per person",
    "hours_to_competence": "Hours that make an untrained person competent",
    "skill_half_life": "Half-life of a skill",
    "team_turnover": "Team turnover",
    "training_fee_per_hour": "Course fees per person and hour",
    "training_admin": "Administration on top of fees",
    "annual_pay": "Gross pay in the social team",
    "on_cost": "Employer cost per unit of pay",
    "productive_hours": "Productive hours per person",
    "programme_years": "Years the programme and its support run",
    "headline_uplift": "“Firms that train earn 218 % more per employee”",
    "causal_share": "Part of the quoted uplift that training causes",
    "retained_share": "Part of the gain not paid out in wages",
    "benefit_route": "How training pays",
    "media_waste": "Spend a wholly untrained team wastes",
    "strategic_partner": "Strategic partner",
    "partner_cost": "Partner fee",
    "partner_learning_boost": "Faster learning with a partner",
    "leadership_seat": "Seat at the leadership table",
    "leadership_hours": "Executive hours for it",
    "leadership_hourly_cost": "Executive hour",
    "alignment_gain": "Extra social revenue from alignment",
    "horizon_years": "Horizon",
}


def test_the_assumptions_are_those_specified_in_their_order():
    assert list(ASSUMPTIONS) == list(ROWS)
    assert list(SECTIONS) == list(SPECIFIED)


@pytest.mark.parametrize("name", ROWS)
def test_each_assumption_is_as_specified(name):
    section, _, kind, unit, default, ends, limits, grade, sources = ROWS[name]
    item = ASSUMPTIONS[name]
    assert item.name == name
    assert (item.section, item.kind, item.unit.name, item.label) == (section, kind, unit, LABELS[name])
    assert item.default == default
    assert isinstance(item.default, bool) == isinstance(default, bool)
    found = item.range and (item.range.low, item.range.likely, item.range.high, item.range.distribution)
    assert found == (ends and (ends[0], default, ends[1], Distribution.PERT))
    assert (item.choices or item.bounds) == (limits or None)
    assert item.grade_text == grade
    assert " ".join(item.source) == sources


@pytest.mark.parametrize("item", ASSUMPTIONS.values(), ids=lambda item: item.name)
def test_each_assumption_makes_sense_by_itself(item):
    assert item.help.endswith(".")
    assert item.label
    if item.bounds:
        low, high = item.bounds
        assert low <= item.default <= high
        if item.range:
            assert low <= item.range.low < item.range.high <= high
    if item.choices:
        assert item.default in item.choices
    assert item.numeric == (item.bounds is not None)


def test_a_decision_takes_no_range():
    assert not [name for name, item in ASSUMPTIONS.items() if item.range and not item.can_be_uncertain]
    assert {item.can_be_uncertain for item in ASSUMPTIONS.values() if item.kind is Kind.DECISION} == {False}
    assert ASSUMPTIONS["causal_share"].can_be_uncertain
    assert ASSUMPTIONS["discount_rate"].can_be_uncertain


def test_weak_evidence_is_grade_c_or_d():
    weak = {name for name, item in ASSUMPTIONS.items() if item.weak}
    assert {"causal_share", "headline_uplift", "retained_share", "social_relative_return", "saturation"} <= weak
    assert weak.isdisjoint({"employees", "other_incremental_roas", "team_turnover", "marketing_share_of_revenue"})


def test_measures_are_the_three_recommendations():
    assert set(MEASURES) == {"training_programme", "strategic_partner", "leadership_seat"}


def test_every_assumption_is_used():
    asked_for = {name for item in lines.LINES.values() for name in item.precedents}
    asked_for |= {name for item in metrics.METRICS.values() for name in item.precedents}
    # The horizon is the length of time itself.
    assert ASSUMPTIONS.keys() - asked_for == {"horizon_years"}


def test_assumptions_cannot_be_changed():
    with pytest.raises(TypeError):
        ASSUMPTIONS["employees"] = ASSUMPTIONS["team_start"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        ASSUMPTIONS["employees"].default = 1
