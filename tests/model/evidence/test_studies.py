"""The causal studies on one scale, and what a plan implies beside them."""

import math

import pytest

from model.evidence.studies import (
    CAUSAL_STUDIES,
    GROUP_DIFFERENCES,
    HEADLINE_CHOICES,
    HEADLINE_UPLIFT,
    READING,
    SCALE_HOURS,
)
from model.presets import PRESETS
from model.telling.implied import productivity

PLAN = PRESETS["social-plan"]


def test_studies_on_the_scale_of_40_hours():
    found = {study.source: study.on_scale for study in CAUSAL_STUDIES}
    assert SCALE_HOURS == 40
    assert {source: effect for source, effect in found.items() if effect is not None} == {
        "almeida-2009": pytest.approx(0.024),
        "lopes-teixeira": pytest.approx(0.036),
        "call-centre-trial": pytest.approx(0.10),
    }
    assert {source for source, effect in found.items() if effect is None} == {
        "dearden-2006", "wage-meta-analysis", "konings-2009", "martins-2021", "adhvaryu-trial", "trained-peers",
        "garavan-2021",
    }  # fmt: skip


def test_effects_as_published():
    assert {study.source: study.published for study in CAUSAL_STUDIES} == {
        "almeida-2009": "+0.6 % productivity per 10 hours of training",
        "lopes-teixeira": "+0.09 % productivity per hour of training",
        "call-centre-trial": "+10 % productivity per week of training",
        "dearden-2006": "+0.6 % value added an hour per point more of workers trained",
        "adhvaryu-trial": "+13.5 % productivity per programme",
        "martins-2021": "at least +5 % sales and productivity per grant won",
        "konings-2009": "+23 % productivity per worker trained",
        "trained-peers": "+0.51 % productivity per 10 points more of trained colleagues",
        "wage-meta-analysis": "+2.6 % wages per course",
        "garavan-2021": "company results, no size seen",
    }


def test_what_is_read_from_the_studies_covers_them():
    assert (READING.low, READING.likely, READING.high) == (0, 0.03, 0.10)
    for study in CAUSAL_STUDIES:
        assert study.on_scale is None or READING.low <= study.on_scale <= READING.high


def test_three_differences_may_stand_for_the_claim():
    assert [(group.measure, group.difference) for group in HEADLINE_CHOICES] == [
        ("Income per employee", 2.18), ("Sales per employee", 0.57), ("Gross profit per employee", 0.37),
    ]  # fmt: skip
    assert [group.difference for group in GROUP_DIFFERENCES] == [2.18, 0.57, 0.37, 0.24]
    # With 57 % the training is worth a quarter.
    assert HEADLINE_CHOICES[1].beside_headline == pytest.approx(0.25, abs=0.02)
    assert PLAN.number("headline_uplift") == HEADLINE_UPLIFT


def test_a_year_of_40_hours_implies_3_per_cent_and_five_years_5_2():
    year, end = productivity(PLAN)
    assert (year.month, year.hours) == (12, pytest.approx(40))
    assert (end.month, end.hours) == (60, pytest.approx(200))
    assert round(100 * year.gain, 1) == 3.0
    assert round(100 * end.gain, 1) == 5.2
    # 27.6 % of the gap are closed after a year; the range is 0 / 5 / 12 % of the claim.
    assert year.full == pytest.approx(2.18 * 0.276, abs=0.001)
    assert (year.low, year.high) == (0, pytest.approx(0.12 * year.full))


def test_what_is_implied_is_what_is_learnt_times_the_part_caused():
    # One year, nothing forgotten: 1 − exp(−40/100) of the untrained have become competent.
    kept = PLAN.with_values(horizon_years=1, team_turnover=0.0, skill_half_life=50.0)
    (year,) = productivity(kept)
    assert year.gain == pytest.approx(2.18 * 0.05 * (1 - math.exp(-0.4)), rel=0.01)


def test_the_reading_of_the_studies_lies_about_the_default():
    year = productivity(PLAN)[0]
    assert READING.low <= year.low <= year.gain <= year.high <= READING.high
    assert year.causal_share(READING.likely) == pytest.approx(0.05, abs=0.001)


def test_a_team_that_is_not_trained_gains_nothing():
    for found in productivity(PRESETS["bigger-budget-same-skills"]):
        assert (found.hours, found.gain, found.full) == (0, 0, 0)
        assert found.causal_share(READING.high) is None


def test_the_way_that_training_pays_does_not_change_what_is_implied():
    assert productivity(PLAN.with_values(benefit_route="media_efficiency")) == productivity(PLAN)


def test_more_is_learnt_with_more_hours_and_with_a_partner():
    for values in ({"training_hours": 200.0}, {"strategic_partner": True}):
        assert productivity(PLAN.with_values(**values))[0].gain > productivity(PLAN)[0].gain


def test_without_a_range_both_ends_are_the_value():
    for found in productivity(PLAN.changed(ranges={"causal_share": None})):
        assert found.low == found.gain == found.high
