"""The counter-offer against brute force: single plans simulated on the same draws, one by one."""

from __future__ import annotations

from functools import cache
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.choice.counter import catalogue
from model.choice.counter.catalogue import Catalogue
from model.choice.counter.offer import counter
from model.choice.counter.terms import TERMS, Terms, excess, relaxed
from model.choice.counter.words import counter_in_words, decided
from model.presets import PRESETS
from model.reading.faults import ScenarioError
from model.uncertainty.simulation import simulate

COUNT, SEED = 1024, 5
PLAN = PRESETS["social-plan"].with_values(
    horizon_years=2, ramp_years=2, reallocated_share=0.6, team_pay_in_budget=False
)
TIGHT = Terms(odds=0.6, payback=20, people=5, yearly=300_000, new_money=200_000)


@pytest.fixture(autouse=True, scope="module")
def few_plans():
    """Fewer paces and draws, so that the catalogue is quick to make."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "PACES", (0.25, 1.0))
        patch.setattr(catalogue, "SEARCH_DRAWS", 256)
        yield


@cache
def known():
    return Catalogue(PLAN, None, SEED + 1)


@cache
def figures(*decided):
    """The figures of a plan by a simulation of it alone."""
    scenario = PLAN.with_values(**dict(decided))
    found = simulate(scenario, 256, SEED + 1, lines=("net_cash", "new_money"), only=("npv", "yearly_commitment"))
    cash = np.cumsum(found.bands["net_cash"][0])
    below = np.flatnonzero(cash < 0)
    month = 0 if not below.size else np.inf if below[-1] == cash.size - 1 else below[-1] + 2
    return {
        "mean": found.metrics["npv"].mean(),
        "odds": found.odds_of_gain,
        "payback": month,
        "people": scenario.number("team_target"),
        "yearly": found.metrics["yearly_commitment"].mean(),
        "new_money": found.bands["new_money"][0].sum(),
    }


def test_the_figures_of_plans_are_those_of_a_simulation_of_each():
    rng = np.random.default_rng(1)
    for place in rng.integers(0, known().size, 12):
        alone = figures(*known().plan(int(place)).values.items())
        for name in ("mean", "yearly", "new_money"):
            assert known().figures[name][place] == pytest.approx(alone[name], rel=1e-4, abs=5), name
        assert known().figures["odds"][place] == pytest.approx(alone["odds"], abs=0.005)
        assert known().figures["people"][place] == alone["people"]
        assert known().figures["payback"][place] == alone["payback"]


def brute(terms):
    """The highest mean of a coarse grid of plans that keep the terms."""
    most = -np.inf
    grid = product((0.133, 0.16, 0.2, 0.245), (0.25, 1.0, 2.0), (0.0, 20.0, 40.0), (4.0, 5.0, 6.0))
    for share, pace, hours, team in grid:
        values = {"social_share_target": share, "ramp_years": pace, "training_hours": hours}
        one = figures(*values.items(), ("training_programme", hours > 0), ("team_target", team))
        if not any(excess(name, allowed, one[name]) for name, allowed in terms.given.items()):
            most = max(most, one["mean"])
    return most


@pytest.mark.parametrize(
    "terms", [Terms(), TIGHT, Terms(yearly=150_000), Terms(odds=0.65), Terms(people=4, payback=6)]
)
def test_never_worse_than_the_best_of_a_grid(terms):
    place = known().best(terms.given)
    most = brute(terms)
    reached = -np.inf if place is None else known().figures["mean"][place]
    assert reached >= most - 20


@given(
    st.fixed_dictionaries(
        {
            "odds": st.floats(0, 1), "payback": st.integers(0, 24), "people": st.integers(4, 6),
            "yearly": st.floats(0, 1e6), "new_money": st.floats(0, 1e6),
        }
    ),
    st.sampled_from(tuple(TERMS)),
    st.floats(0, 1),
)  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_a_wider_term_never_gives_a_worse_plan(terms, name, by):
    way = -1 if TERMS[name].lowest else 1
    wider = terms | {name: terms[name] + way * by * max(1.0, terms[name])}
    narrow, wide = known().best(terms), known().best(wider)
    if narrow is not None:
        assert wide is not None
        assert known().figures["mean"][wide] >= known().figures["mean"][narrow]


def test_the_offer_keeps_its_terms_on_fresh_draws():
    found = counter(PLAN, TIGHT, COUNT, SEED)
    assert found.fits
    for price in found.prices:
        assert excess(price.name, price.allowed, price.used) == 0
    again = simulate(found.scenario, COUNT, SEED + 9, lines=("new_money",), only=("npv", "yearly_commitment"))
    assert again.odds_of_gain >= 0.6 - 0.02
    assert again.metrics["yearly_commitment"].mean() <= 300_000 * 1.01


def test_money_a_year_costs_and_more_of_it_is_worth_more():
    found = [counter(PLAN, Terms(yearly=yearly), COUNT, SEED) for yearly in (60_000, 120_000, 240_000, 1e6)]
    for one, other in pairwise(found):
        assert other.offered.mean >= one.offered.mean - 3 * other.offered.error / 10
    first = found[0].prices[0]
    assert first.binding
    assert 0 < first.worth < first.dropped
    assert first.relaxed == 61_000
    assert not found[-1].prices[0].binding
    assert found[-1].prices[0].worth == 0


def test_the_price_of_a_term_is_what_solving_again_gives():
    terms = Terms(yearly=60_000)
    [price] = counter(PLAN, terms, COUNT, SEED).prices
    mean = known().figures["mean"]
    places = [known().best({"yearly": allowed}) for allowed in (60_000, price.relaxed)]
    assert price.worth == pytest.approx(mean[places[1]] - mean[places[0]])
    assert price.dropped == pytest.approx(mean[known().best({})] - mean[places[0]])


def test_the_edge_of_a_term_is_where_nothing_worth_doing_is_left():
    found = counter(PLAN, Terms(odds=0.5), COUNT, SEED)
    edge = found.prices[0].edge
    worth = known().figures["mean"] >= 0.005
    assert not (known().kept({"odds": edge + 0.002}) & worth).any()
    assert (known().kept({"odds": edge}) & worth).any()


def test_more_odds_than_any_plan_has_are_named_with_the_nearest_plan():
    found = counter(PLAN, Terms(odds=1.0, yearly=1e6), COUNT, SEED)
    assert (found.fits, found.worth_doing, found.ruled_out_by) == (False, False, ("odds",))
    told = counter_in_words(found)
    assert told[0] == "No part of the ask keeps this limit: odds of a gain at least 100 in 100."
    assert told[1].startswith("The plan that comes nearest: ")


def test_terms_that_clash_are_named_together():
    kept = known().figures
    highest = float(kept["odds"].max())
    least = float(kept["yearly"][kept["odds"] >= highest].min())
    terms = {"odds": highest, "yearly": least / 2}
    assert known().best(terms) is None
    assert all(known().best({name: value}) is not None for name, value in terms.items())
    near = known().nearest(terms)
    assert sum(known().over(name, value)[near] / max(abs(value), 0.01) for name, value in terms.items()) > 0


def test_fewer_people_than_there_are_is_no_part_of_the_ask():
    assert counter(PLAN, Terms(people=3), COUNT, SEED).ruled_out_by == ("people",)


def test_holding_is_better_where_social_returns_too_little():
    poor = PLAN.with_values(social_relative_return=0.6).changed(ranges={"social_relative_return": None})
    found = counter(poor, Terms(yearly=100_000), COUNT, SEED)
    assert not found.worth_doing
    assert found.offered.mean == 0
    assert counter_in_words(found)[0] == "Nothing inside these limits is worth more than holding: holding is better."


def test_nothing_beyond_the_ask_is_offered():
    whole = Catalogue(PRESETS["seat-at-the-table"].with_values(horizon_years=1), None, SEED)
    for place in range(0, whole.size, 97):
        values = whole.plan(place).values
        assert 0.133 <= values["social_share_target"] <= 0.245
        assert 4 <= values["team_target"] <= 6
        assert values["training_hours"] <= 40
    assert not any(known().plan(place).values["leadership_seat"] for place in range(0, known().size, 31))


def test_a_falling_share_and_a_shrinking_team_have_parts_too():
    falling = PLAN.with_values(social_share_target=0.05, team_target=3)
    found = counter(falling, Terms(people=4), COUNT, SEED)
    assert 0.05 <= found.scenario.values["social_share_target"] <= 0.133


@pytest.mark.parametrize(
    ("name", "allowed", "wider"),
    [("odds", 0.7, 0.69), ("payback", 18, 19), ("people", 4, 5), ("yearly", 200_000, 210_000), ("yearly", 95, 96)],
)
def test_a_unit_is_what_a_person_would_say(name, allowed, wider):
    assert relaxed(name, allowed, 0) == pytest.approx(wider)


def test_the_unit_of_no_money_follows_the_ask():
    assert relaxed("new_money", 0, 340_000) == 10_000
    assert relaxed("new_money", 0, 0) == 0.1


@pytest.mark.parametrize(
    ("terms", "keys"),
    [
        (Terms(odds=1.2), ["odds"]),
        (Terms(payback=-1, people=float("nan")), ["payback", "people"]),
        (Terms(yearly=float("inf")), ["yearly"]),
    ],
)
def test_terms_that_make_no_sense_are_refused(terms, keys):
    with pytest.raises(ScenarioError) as refused:
        counter(PLAN, terms, COUNT, SEED)
    assert [fault.key for fault in refused.value.faults] == keys


def test_a_custom_path_is_refused():
    custom = PLAN.changed(social_share_path=(0.2, 0.3), assumptions={**PLAN.assumptions, "ramp_shape": "custom"})
    with pytest.raises(ScenarioError, match="ramp_shape: is custom"):
        counter(custom, Terms(), COUNT, SEED)


@pytest.mark.parametrize(
    ("years", "told"), [(0.25, "3 months"), (1 / 12, "1 month"), (1.0, "1 year"), (1.5, "1.5 years"), (2, "2 years")]
)
def test_a_rise_within_a_year_is_told_in_months(years, told):
    assert f" social in {told}, " in decided(PLAN.with_values(ramp_years=years))


def test_without_limits_the_best_part_of_the_ask_is_found():
    found = counter(PLAN, Terms(), COUNT, SEED)
    assert found.fits
    assert counter_in_words(found)[0].startswith("Best part of the ask: ")
    assert found.prices == ()


def test_the_words_have_the_offer_the_ask_and_each_limit():
    told = counter_in_words(counter(PLAN, Terms(yearly=60_000, payback=24), COUNT, SEED))
    assert told[0].startswith("Best part of the ask inside these limits: ")
    assert told[1].startswith("The ask (24.5 % social in 2 years".replace(" %", "\u00a0%"))
    assert any(line.startswith("Money a year at most 60,000") and "binding" in line for line in told)


def test_the_ask_has_the_figures_of_its_own_draws_and_seed():
    found = counter(PLAN, Terms(), COUNT, SEED)
    own = simulate(PLAN, COUNT, SEED, lines=(), only=("npv",)).metrics["npv"]
    assert found.asked.mean == pytest.approx(own.mean())
    assert found.asked.p10 == pytest.approx(np.quantile(own, 0.1))


def test_half_a_month_of_payback_is_refused():
    with pytest.raises(ScenarioError, match="must be a whole month within 0 … 120"):
        counter(PLAN, Terms(payback=1.5), COUNT, SEED)
