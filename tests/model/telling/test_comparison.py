"""Scenarios side by side: differences that reconcile, causes that add up, odds that are odds."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.lines import LINES
from model.metrics import BRIDGE, METRICS
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.telling.comparison import (
    CAUSES,
    OTHER_CURRENCY,
    Aspect,
    best_of,
    changes,
    contributions,
    differences,
    odds_between,
    odds_table,
    reservations,
    shown_by_cause,
    worth_by_cause,
)
from model.uncertainty.simulation import simulate
from model.units import MONEY, Format, Style
from tests.scenarios import draws, legal_data, scenario_of

PLAN, HOLD, CFO = (PRESETS[name] for name in ("social-plan", "hold", "sceptical-cfo"))
PROJECTIONS = {name: project(scenario) for name, scenario in PRESETS.items()}


def of_presets(*names):
    """The projections of some presets."""
    return [PROJECTIONS[name] for name in names]


def as_number(text):
    """What a reader makes of a number in a table."""
    return Decimal(text.replace(",", "").replace("−", "-").replace("±", "").removeprefix("+"))


# Differences of metrics


@settings(max_examples=25)
@given(draws(), draws())
def test_shown_differences_are_those_of_the_shown_values(one, other):
    first, second = project(scenario_of(*one)), project(scenario_of(*other))
    text = Format()
    for name, (base, change) in changes([first, second]).items():
        unit = METRICS[name].unit
        if change.by is None:
            continue
        before, after = (as_number(text.number(item.value * unit.scale, unit.decimals)) for item in (base, change))
        assert after - before == as_number(text.signed_number(change.by * unit.scale, unit.decimals)), name


@settings(max_examples=25)
@given(draws())
def test_against_itself_nothing_changes(values):
    projection = project(scenario_of(*values))
    for name, row in changes([projection, projection]).items():
        for change in row:
            assert change.by == (None if projection.metrics[name] is None else 0)
            assert change.part in (None, 0)
    assert set(contributions(projection, projection).values()) == {0}
    assert differences([projection.scenario, projection.scenario]) == ()


def test_differences_of_the_presets_are_the_published_values():
    npv = changes(of_presets("social-plan", "bigger-budget-same-skills"))["npv"][1]
    assert npv.by == pytest.approx(123_559.98 - 102_042.48)
    assert npv.part == pytest.approx(21_517.50 / 102_042.48)


def test_a_part_of_nothing_or_of_a_loss_is_not_told():
    for name in ("hold", "sceptical-cfo"):
        change = changes(of_presets(name, "social-plan"))["npv"][1]
        assert change.by is not None
        assert change.part is None


def test_a_missing_value_says_why_and_a_missing_base_too():
    rows = changes(of_presets("social-plan", "hold"))
    assert rows["roi"][1].value is None
    assert "nothing to relate" in rows["roi"][1].reason
    back = changes(of_presets("hold", "social-plan"))["roi"][1]
    assert back.value is not None
    assert back.by is None
    assert "the first scenario has no value: the present value of costs" in back.reason


def test_money_in_another_currency_is_not_subtracted_but_shares_are():
    krone = project(CFO.changed(currency="DKK"))
    for name, (_, change) in changes([PROJECTIONS["social-plan"], krone]).items():
        money = METRICS[name].unit.style is Style.MONEY
        assert (change.reason == OTHER_CURRENCY) == money, name
        assert change.by is None or not money
    assert changes([PROJECTIONS["social-plan"], krone])["final_social_share"][1].by == pytest.approx(-0.0627)
    with pytest.raises(ValueError, match="no difference between USD and DKK"):
        contributions(PROJECTIONS["social-plan"], krone)


# What is told beside them


def test_reservations_name_what_hampers_a_comparison():
    assert reservations([PLAN, PRESETS["seat-at-the-table"]]) == ()
    told = " ".join(reservations([PLAN, CFO.changed(currency="DKK"), HOLD.with_values(horizon_years=3)]))
    for words in ("USD, DKK", "3, 5 years", "How strongly returns saturate"):
        assert words in told


def test_best_is_the_highest_that_can_be_defended():
    assert best_of(of_presets("social-plan", "headline-claim", "hold")) is PROJECTIONS["social-plan"]
    assert best_of(of_presets("headline-claim")) is None
    assert best_of([PROJECTIONS["hold"], project(PLAN.changed(currency="DKK"))]) is None


# Causes


def test_what_is_declared_as_a_cause_is_a_step_of_the_bridge():
    declared = {name for name, item in LINES.items() if item.cause}
    assert declared <= BRIDGE.keys()
    assert {LINES[name].cause.name for name in declared} <= CAUSES.keys()


def test_causes_are_told_in_the_order_of_the_bridge():
    benefits, costs = ["spend", "training", "other_benefits"], ["other_channels", "costs", "people", "other_costs"]
    assert list(CAUSES) == benefits + costs


@pytest.mark.parametrize("missing", [0.05, -1.0, 88_038.0])
def test_a_value_that_the_causes_do_not_explain_is_never_taken_for_rounding(missing):
    plan = PROJECTIONS["social-plan"]
    wrong = replace(plan, metrics={**plan.metrics, "npv": plan.metrics["npv"] + missing})
    with pytest.raises(ArithmeticError, match="unexplained"):
        shown_by_cause(wrong)


@settings(max_examples=25)
@given(draws(), draws())
def test_causes_add_up_to_the_difference_in_value(one, other):
    first, second = project(scenario_of(*one)), project(scenario_of(*other))
    size = sum(abs(part) for projection in (first, second) for part in projection.bridge.values())
    rise = second.metrics["npv"] - first.metrics["npv"]
    assert sum(contributions(first, second).values()) == pytest.approx(rise, abs=1e-12 * size)
    assert contributions(second, first) == {name: -part for name, part in contributions(first, second).items()}


@settings(max_examples=25)
@given(legal_data())
def test_rounded_causes_add_up_to_the_rounded_value(data):
    projection = project(Scenario.from_data(data))
    shown, exact = shown_by_cause(projection), worth_by_cause(projection)
    assert sum(shown.values()) == MONEY.as_shown(projection.metrics["npv"])
    size = sum(abs(part) for part in projection.bridge.values())
    assert all(float(shown[name]) == pytest.approx(exact[name], abs=0.05 + 1e-12 * size) for name in CAUSES)


def test_each_cause_is_moved_by_what_it_is_named_for():
    moved = {
        "training": {"causal_share": 0.06},
        "costs": {"strategic_partner": True, "partner_learning_boost": 0.0},
        "other_channels": {"other_returns_exponent": 0.8},
        "spend": {"social_relative_return": 1.3},
        "people": {"team_pay_in_budget": False},
    }
    for cause, values in moved.items():
        parts = contributions(PROJECTIONS["social-plan"], project(PLAN.with_values(**values)))
        assert {name for name, part in parts.items() if part} == {cause}


# Assumptions that differ


def test_presets_differ_in_what_they_set():
    found = {item.of: item.values for item in differences([PLAN, PRESETS["seat-at-the-table"]])}
    assert found == {"strategic_partner": (False, True), "leadership_seat": (False, True)}


def test_ranges_notes_path_pairs_and_frame_differ_too():
    other = PLAN.changed(
        currency="DKK",
        fiscal_year_start=7,
        ranges={"team_turnover": None},
        notes={"employees": "counted in May"},
        social_share_path=(0.15, 0.17, 0.19, 0.21, 0.23),
        correlations=(("causal_share", "retained_share", 0.5),),
    )
    found = {(item.aspect, item.of): item.values for item in differences([PLAN, other])}
    assert found[Aspect.RANGE, "team_turnover"] == (PLAN.effective_ranges["team_turnover"], None)
    assert found[Aspect.NOTE, "employees"] == (None, "counted in May")
    assert found[Aspect.PATH, ""] == (None, other.social_share_path)
    assert found[Aspect.CORRELATIONS, ""] == ((), other.correlations)
    assert [item.label for item in differences([PLAN, other]) if item.aspect is Aspect.FRAME] == [
        "Currency",
        "First month of the fiscal year",
    ]


def test_a_default_range_that_follows_its_value_is_no_further_difference():
    moved = PLAN.with_values(social_incremental_share=0.5)
    assert [item.aspect for item in differences([PLAN, moved])] == [Aspect.VALUE]


@settings(max_examples=25)
@given(legal_data(), legal_data())
def test_scenarios_differ_in_something_unless_they_are_one(one, other):
    first, second = Scenario.from_data(one), Scenario.from_data(other)
    second = second.changed(name=first.name, description=first.description)
    assert bool(differences([first, second])) == (first.hash != second.hash)


# Odds


@pytest.fixture(scope="module")
def simulations():
    names = ("social-plan", "hold", "bigger-budget-same-skills")
    return [simulate(PRESETS[name], 256, 7, lines=()) for name in names]


def test_wins_losses_and_ties_are_all_cases(simulations):
    twin = simulate(PLAN.changed(name="Twin"), 256, 7, lines=())
    everything = [*simulations, twin]
    table = odds_table(everything)
    for one, row in enumerate(table):
        for other, odds in enumerate(row):
            ties = np.mean(everything[one].metrics["npv"] == everything[other].metrics["npv"])
            assert odds + table[other][one] + ties == 1
    assert table[0][3] == table[3][0] == 0, "twins are never worth more than each other"


def test_none_beats_itself(simulations):
    assert {row[place] for place, row in enumerate(odds_table(simulations))} == {0.0}


def test_odds_against_holding_are_the_odds_of_a_gain(simulations):
    plan, hold, _ = simulations
    assert odds_between(plan, hold) == plan.odds_of_gain


def test_no_odds_across_currencies_or_other_draws(simulations):
    krone = simulate(PLAN.changed(currency="DKK"), 256, 7, lines=())
    assert odds_between(krone, simulations[1]) is None
    assert odds_between(simulate(PLAN, 128, 7, lines=()), simulations[1]) is None


@given(st.floats(-1e9, 1e9))
def test_a_value_is_rounded_as_it_is_written(value):
    assert as_number(Format().number(value, MONEY.decimals)) == MONEY.as_shown(value)
