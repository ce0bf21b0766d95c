"""The optimiser against brute force: a grid of plans, each simulated on the same draws."""

import re
from datetime import date
from functools import cache
from itertools import product

import numpy as np
import pytest

from model.assumptions import ASSUMPTIONS
from model.choice import search as module
from model.choice.aims import Aim, Limits
from model.choice.optimise import optimise
from model.choice.reliance import reliances
from model.choice.search import LEVERS
from model.presets import PRESETS
from model.projection import project
from model.reading.faults import ScenarioError
from model.scenario import Scenario
from model.telling.best_plan import best_in_words, limit_in_words, looked_at, rests_on, rise_in_time
from model.uncertainty.simulation import PERCENTILES, odds_better, simulate
from model.units import NO_BREAK

# As few as a simulation takes, so that the grid and the search stand on the very same draws.
DRAWS, SEED = 128, 5
PLAN = PRESETS["social-plan"].with_values(horizon_years=2)
# Social pays so well that more of it is better, half of it with new money, which the limits then hold back.
GROWTH = Scenario.from_data(
    {
        "name": "Growth",
        "assumptions": {
            "horizon_years": 2,
            "reallocated_share": 0.5,
            "social_relative_return": 2.4,
            "ramp_years": 2.0,
        },
        "ranges": {"social_relative_return": {"low": 0.9, "likely": 2.4, "high": 3.3}},
    }
)
SCENARIOS = {scenario.name: scenario for scenario in (PLAN, GROWTH)}


STAND = module.Search._stand


@pytest.fixture(autouse=True, scope="module")
def few_draws():
    """The search on DRAWS draws, all of one seed: what was found out about a plan is not computed again."""
    known = {}

    def remembered(search, values):
        key = (search._scenario.hash, tuple(values.items()))
        if key not in known:
            known[key] = STAND(search, values)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SEARCH_DRAWS", DRAWS)
        patch.setattr(module.Search, "_stand", remembered)
        yield


def figures(scenario):
    """What aims and limits look at, from the simulation of the whole model."""
    simulation = simulate(scenario, DRAWS, SEED, lines=("new_money",))
    npv = simulation.metrics["npv"]
    spend = simulation.metrics["total_extra_social_spend"] + simulation.metrics["total_programme_cost"]
    return {
        "expected_npv": npv.mean(),
        "p10_npv": simulation.spread("npv").percentiles[PERCENTILES.index(10)],
        "odds_of_gain": np.mean(npv > 0),
        "lowest_spend": -spend.mean(),
        "new_money": simulation.bands["new_money"][0].sum(),
        "peak_funding": simulation.metrics["peak_funding"].mean(),
        "share": scenario.number("social_share_target"),
    }


@cache
def grid(name):
    """A few hundred plans over all levers, with their figures."""
    scenario = SCENARIOS[name]
    plans = []
    for share, ramp, hours, partner, seat in product(
        (0.05, 0.133, 0.2, 0.3, 0.5, 0.8), (0.25, 2), (0, 40, 160), (False, True), (False, True)
    ):
        plan = scenario.with_values(
            social_share_target=share, ramp_years=float(ramp), training_hours=float(hours),
            training_programme=hours > 0, strategic_partner=partner, leadership_seat=seat,
        )  # fmt: skip
        plans.append(figures(plan))
    return plans


def best(scenario, aim, **limits):
    """The optimiser's answer, found once."""
    return _best(scenario.name, aim, tuple(limits.items()))


@cache
def _best(name, aim, limits):
    return optimise(SCENARIOS[name], aim, Limits(**dict(limits)), DRAWS, SEED)


def kept(found, limits):
    """Whether figures keep the limits."""
    at_least = {"lowest_share": "share", "least_odds": "odds_of_gain", "target_npv": "expected_npv"}
    at_most = {"new_money": "new_money", "peak_funding": "peak_funding", "highest_share": "share"}
    return all(
        found[at_least[name]] >= value - 1e-9 if name in at_least else found[at_most[name]] <= value * (1 + 1e-9)
        for name, value in limits.items()
    )


CASES = [
    (GROWTH, Aim.EXPECTED_NPV, {}),
    (GROWTH, Aim.EXPECTED_NPV, {"new_money": 400_000.0}),
    (GROWTH, Aim.EXPECTED_NPV, {"peak_funding": 100_000.0}),
    (GROWTH, Aim.EXPECTED_NPV, {"lowest_share": 0.2, "highest_share": 0.35, "least_odds": 0.7}),
    (GROWTH, Aim.LOWEST_SPEND, {"target_npv": 200_000.0, "lowest_share": 0.05}),
    (PLAN, Aim.EXPECTED_NPV, {}),
    (PLAN, Aim.P10_NPV, {"lowest_share": 0.16}),
    (PLAN, Aim.ODDS_OF_GAIN, {"lowest_share": 0.2}),
]
IDS = [f"{scenario.name}-{aim.value}-{'-'.join(limits) or 'free'}" for scenario, aim, limits in CASES]


@pytest.mark.parametrize(("scenario", "aim", "limits"), CASES, ids=IDS)
def test_never_worse_than_the_best_of_the_grid(scenario, aim, limits):
    plans = grid(scenario.name)
    legal = [plan[aim.value] for plan in plans if kept(plan, limits)]
    assert len(legal) >= 3
    optimum = best(scenario, aim, **limits)
    found = figures(optimum.scenario)
    assert kept(found, limits)
    values = [plan[aim.value] for plan in plans]
    assert found[aim.value] >= max(legal) - 0.005 * (max(values) - min(values))
    # The present plan is one of those it may choose.
    present = figures(scenario)
    if kept(present, limits):
        assert found[aim.value] >= present[aim.value]


def test_levers_are_set_in_the_scenario():
    optimum = best(GROWTH, Aim.EXPECTED_NPV)
    levers = ("social_share_target", "ramp_years", "training_hours", "strategic_partner", "leadership_seat")
    assert tuple(optimum.levers) == levers
    changed = {name for name, value in optimum.scenario.values.items() if value != GROWTH.values[name]}
    assert changed <= {*levers, "training_programme"}
    assert all(optimum.scenario.values[name] == value for name, value in optimum.levers.items())
    assert optimum.scenario.values["training_programme"] == (optimum.levers["training_hours"] > 0)
    assert optimum.levers["social_share_target"] > GROWTH.number("social_share_target")


def test_judged_on_fresh_draws():
    limits = {"new_money": 400_000.0}
    optimum = best(GROWTH, Aim.EXPECTED_NPV, **limits)
    assert (optimum.simulation.draws, optimum.simulation.seed) == (DRAWS, SEED + 1)
    fresh = simulate(optimum.scenario, DRAWS, SEED + 1)
    present = simulate(GROWTH, DRAWS, SEED + 1)
    assert np.array_equal(fresh.metrics["npv"], optimum.simulation.metrics["npv"])
    assert optimum.standing.expected_npv == fresh.metrics["npv"].mean()
    assert optimum.standing.p10_npv == pytest.approx(np.quantile(fresh.metrics["npv"], 0.1))
    assert optimum.standing.odds_of_gain == fresh.odds_of_gain
    assert optimum.standing.new_money == pytest.approx(fresh.bands["new_money"][0].sum())
    assert optimum.standing.peak_funding == pytest.approx(fresh.metrics["peak_funding"].mean())
    assert optimum.present.expected_npv == present.metrics["npv"].mean()
    assert optimum.gain == pytest.approx(fresh.metrics["npv"].mean() - present.metrics["npv"].mean())
    assert optimum.odds == odds_better(fresh, present)
    gained = fresh.metrics["npv"] - present.metrics["npv"]
    assert optimum.gain_error == pytest.approx(gained.std() / np.sqrt(DRAWS))
    assert optimum.standing.expected_npv != figures(optimum.scenario)["expected_npv"]


def test_the_same_again_in_every_digit(monkeypatch):
    one, seen = best(GROWTH, Aim.EXPECTED_NPV, new_money=400_000.0), []
    monkeypatch.setattr(module.Search, "_stand", STAND)
    two = optimise(GROWTH, Aim.EXPECTED_NPV, Limits(new_money=400_000.0), DRAWS, SEED, progress=seen.append)
    assert two.levers == one.levers
    assert two.standing == one.standing
    assert two.limits == one.limits
    assert np.array_equal(two.map_values, one.map_values, equal_nan=True)
    assert seen == sorted(seen)
    assert seen[-1] == 1


# Limits


def test_binding_limits_and_unspent_money():
    optimum = best(GROWTH, Aim.EXPECTED_NPV, new_money=400_000.0)
    (limit,) = optimum.limits
    assert (limit.name, limit.allowed, limit.binding) == ("new_money", 400_000, True)
    # As it was searched: one step of the share more would be too much.
    searched = figures(optimum.scenario)["new_money"]
    assert searched <= 400_000
    step = optimum.scenario.with_values(social_share_target=optimum.levers["social_share_target"] + 0.001)
    assert figures(step)["new_money"] > 400_000
    # As it was judged, on other draws.
    assert limit.used == optimum.standing.new_money == pytest.approx(searched, rel=0.01)
    # What is left buys no better plan: no money stands idle beside a limit that binds.
    assert limit.unspent is None
    assert "binding" in limit_in_words(limit, GROWTH.format)
    assert "unspent" not in limit_in_words(limit, GROWTH.format)


def test_limits_that_leave_room_do_not_bind():
    optimum = best(GROWTH, Aim.EXPECTED_NPV, new_money=1e9, peak_funding=1e9, least_odds=0.0, target_npv=-1e9)
    free = best(GROWTH, Aim.EXPECTED_NPV)
    assert optimum.levers == free.levers
    assert [limit.binding for limit in optimum.limits] == [False] * 4
    unspent = {limit.name: limit.unspent for limit in optimum.limits}
    assert unspent["new_money"] == 1e9 - optimum.standing.new_money
    assert unspent["peak_funding"] == 1e9 - optimum.standing.peak_funding
    assert unspent["least_odds"] is None
    assert unspent["target_npv"] is None
    for limit in optimum.limits:
        assert "binding, as" not in limit_in_words(limit, GROWTH.format)


def test_share_bounds_bind():
    optimum = best(GROWTH, Aim.EXPECTED_NPV, lowest_share=0.2, highest_share=0.35, least_odds=0.7)
    limits = {limit.name: limit for limit in optimum.limits}
    assert limits["highest_share"].used == optimum.levers["social_share_target"] == 0.35
    assert limits["highest_share"].binding
    assert not limits["lowest_share"].binding


LADDERS = [
    [{"lowest_share": 0.18, "highest_share": 0.18}, {"lowest_share": 0.16, "highest_share": 0.21}, {}],
    [{"new_money": 60_000.0}, {"new_money": 150_000.0}, {}],
    [{"peak_funding": 60_000.0}, {}],
    [{"least_odds": 0.7, "highest_share": 0.3}, {}],
]


@pytest.mark.parametrize("aim", Aim)
@pytest.mark.parametrize("ladder", LADDERS, ids=["share", "new money", "peak funding", "odds"])
def test_wider_limits_never_give_a_worse_answer(aim, ladder):
    # The lowest spend has a target, and less of it is a wider limit.
    target = {"target_npv": 20_000.0} if aim is Aim.LOWEST_SPEND else {}
    scores = [score(aim, **limits, **target) for limits in ladder]
    assert scores == sorted(scores)
    assert np.isfinite(scores[-1])


def test_a_lower_target_never_costs_more():
    scores = [score(Aim.LOWEST_SPEND, target_npv=target) for target in (150_000.0, 20_000.0)]
    assert scores == sorted(scores)


@cache
def score(aim, **limits):
    """How well the plan that is found serves the aim on the draws searched; minus infinity where there is none."""
    search = module.Search(GROWTH, aim, limits, SEED)
    try:
        best = search.best(lambda _: None)
    except ScenarioError:
        return -np.inf
    found = search._at(best)
    assert kept({"share": found.share, **vars(found)}, limits)
    return found.score(aim)


# Narrow and far limits of the share


@pytest.mark.parametrize("band", [(0.18, 0.18), (0.1805, 0.1805), (0.18, 0.183), (0.1802, 0.1807), (0.001, 0.001),
                                  (0.997, 1.0)])  # fmt: skip
def test_a_narrow_band_of_the_share_is_searched_inside(band):
    optimum = best(PLAN, Aim.EXPECTED_NPV, lowest_share=band[0], highest_share=band[1])
    assert band[0] <= optimum.levers["social_share_target"] <= band[1]
    inside = (optimum.map_shares >= band[0] - 1e-9) & (optimum.map_shares <= band[1] + 1e-9)
    assert np.isfinite(optimum.map_values[inside]).all()
    assert np.isnan(optimum.map_values[~inside]).all()


def test_the_share_is_searched_as_far_as_its_hard_bounds_and_other_ends_are_named_with_their_reason():
    for lever in LEVERS:
        item = ASSUMPTIONS[lever.name]
        if item.numeric:
            assert lever.why or (lever.low, lever.high) == item.bounds
            assert lever.why in looked_at(PLAN)
    assert "social share the plan aims for from 0.1 to 100" in looked_at(PLAN)


def test_the_present_plan_stays_where_nothing_better_is_found():
    found = best(PLAN, Aim.EXPECTED_NPV).scenario
    again = optimise(found, Aim.EXPECTED_NPV, None, DRAWS, SEED)
    assert again.scenario == found
    assert not again.improves
    assert again.gain == 0
    assert best_in_words(again, project(found)).startswith("No better plan than the present one was found: worth ")


def test_the_answer_names_what_changes_what_it_is_worth_and_how_sure_that_is():
    optimum = best(GROWTH, Aim.EXPECTED_NPV, highest_share=0.35)
    told = best_in_words(optimum, project(optimum.scenario), date(2026, 6, 1)).replace(NO_BREAK, " ")
    assert told.startswith("Best within your limits: 35 % social by Mar 2027, ")
    assert "a leadership seat – worth " in told
    assert "partner" not in told
    assert re.search(r"positive in \d+ of 100 cases\.$", told)


def test_a_rise_that_outlasts_the_horizon_is_told_by_what_it_reaches():
    slow = PLAN.with_values(social_share_target=0.152, ramp_years=6.75, horizon_years=5)
    told = rise_in_time(project(slow)).replace(NO_BREAK, " ")
    assert told == (
        "Of the 15.2 % social aimed for, 14.7 % is reached within the 5 years: the rise takes 6.75 years."
    )
    assert rise_in_time(project(slow.with_values(ramp_years=5.0))) == ""
    partly = project(slow.with_values(ramp_years=5.0, plan_delivery=0.5))
    assert rise_in_time(partly).endswith("not all of it is delivered.")


def test_a_limit_that_no_plan_meets_is_named():
    with pytest.raises(ScenarioError) as refusal:
        optimise(PLAN, Aim.EXPECTED_NPV, Limits(target_npv=1e12, highest_share=0.5), DRAWS, SEED)
    (fault,) = refusal.value.faults
    assert fault.key == "target_npv"
    assert "1\N{NO-BREAK SPACE}tn\N{NO-BREAK SPACE}USD is met by no plan; the nearest any comes is" in fault.message


def test_limits_that_cannot_be_met_together_are_named():
    with pytest.raises(ScenarioError) as refusal:
        optimise(GROWTH, Aim.EXPECTED_NPV, Limits(new_money=10_000, lowest_share=0.5), DRAWS, SEED)
    (fault,) = refusal.value.faults
    assert fault.key == "new_money, lowest_share"
    assert "cannot be met together" in fault.message


def test_what_each_limit_allows_alone_is_looked_for():
    """Each is kept by few plans, none of them among the first tried; only together do they leave none."""
    odds = figures(best(PLAN, Aim.ODDS_OF_GAIN).scenario)["odds_of_gain"]
    with pytest.raises(ScenarioError) as refusal:
        optimise(PLAN, Aim.EXPECTED_NPV, Limits(least_odds=float(odds), lowest_share=0.9), DRAWS, SEED)
    assert [fault.key for fault in refusal.value.faults] == ["lowest_share, least_odds"]


@pytest.mark.parametrize(
    ("limits", "aim", "keys"),
    [
        ({"new_money": -1.0}, Aim.EXPECTED_NPV, ["new_money"]),
        ({"peak_funding": float("nan")}, Aim.EXPECTED_NPV, ["peak_funding"]),
        ({"peak_funding": float("inf")}, Aim.EXPECTED_NPV, ["peak_funding"]),
        ({"least_odds": 1.1, "lowest_share": -0.1}, Aim.EXPECTED_NPV, ["lowest_share", "least_odds"]),
        ({"highest_share": 0.0005}, Aim.EXPECTED_NPV, ["highest_share"]),
        ({"lowest_share": 0.4, "highest_share": 0.3}, Aim.EXPECTED_NPV, ["lowest_share"]),
        ({}, Aim.LOWEST_SPEND, ["target_npv"]),
    ],
)
def test_limits_that_make_no_sense_are_refused_before_any_work(limits, aim, keys, monkeypatch):
    monkeypatch.setattr(module, "run", None)
    with pytest.raises(ScenarioError) as refusal:
        optimise(PLAN, aim, Limits(**limits))
    assert [fault.key for fault in refusal.value.faults] == keys


@pytest.mark.parametrize(("count", "seed"), [(0, 1), (127, 1), (10**9, 1), (128, -1)])
def test_draws_out_of_bounds_are_refused_before_any_work(count, seed, monkeypatch):
    monkeypatch.setattr(module, "run", None)
    with pytest.raises(ScenarioError, match="out of bounds"):
        optimise(PLAN, Aim.EXPECTED_NPV, None, count, seed)


def test_a_custom_path_has_no_target_to_vary():
    custom = Scenario.from_data(
        {"name": "x", "assumptions": {"ramp_shape": "custom"}, "social_share_path": [0.2] * 5}
    )
    with pytest.raises(ScenarioError, match="custom, which leaves no target"):
        optimise(custom, Aim.EXPECTED_NPV)


# What the best rests on


def test_a_slow_rise_is_not_taken_for_the_best():
    """Rises that outlast the horizon are nearly one plan: a walk could end there, though haste is better."""
    plan = PRESETS["social-plan"]
    optimum = optimise(plan, Aim.EXPECTED_NPV, None, DRAWS, SEED)
    fast = [
        figures(optimum.scenario.with_values(social_share_target=share, ramp_years=0.25))["expected_npv"]
        for share in (0.17, 0.19, 0.21)
    ]
    assert figures(optimum.scenario)["expected_npv"] >= max(fast)
    assert optimum.fastest
    said = rests_on(optimum)
    assert said[-1].startswith("The fastest rise (0.25 years) is best because moving money has no friction here")
    # A limit that asks for no rise leaves no haste to tell of.
    start = plan.number("social_share_start")
    held = optimise(plan, Aim.EXPECTED_NPV, Limits(lowest_share=start, highest_share=start), DRAWS, SEED)
    assert not held.fastest
    assert "social_share_target" not in {item.decision for item in held.reliances}


def test_a_seat_rests_on_its_own_assumption():
    seat = PLAN.with_values(leadership_seat=True)
    found = {item.decision: item for item in reliances(seat, DRAWS, SEED)}
    item = found["leadership_seat"]
    assert (item.belief, item.end, item.own) == ("alignment_gain", 0.0, True)
    nothing = seat.with_values(alignment_gain=0.0).changed(ranges={"alignment_gain": None})
    without = [figures(nothing.with_values(leadership_seat=on))["expected_npv"] for on in (True, False)]
    assert without[0] < without[1]


def test_a_measure_that_costs_nothing_or_never_pays_rests_on_no_belief():
    free = PLAN.with_values(leadership_seat=True, leadership_hours=0.0)
    assert "leadership_seat" not in {item.decision for item in reliances(free, DRAWS, SEED)}
    dear = PLAN.with_values(leadership_seat=True, leadership_hours=1000.0)
    assert "leadership_seat" not in {item.decision for item in reliances(dear, DRAWS, SEED)}


def test_what_the_best_rests_on_is_said_with_the_belief_its_value_and_grade():
    optimum = best(GROWTH, Aim.EXPECTED_NPV)
    assert optimum.levers["leadership_seat"]
    told = " ".join(rests_on(optimum)).replace(NO_BREAK, " ")
    assert (
        "The leadership seat pays only by its own assumption: “Extra social revenue from alignment” is 2 % (grade "
        "D); at 0 %, an end of its range, the plan is worth more without it."
    ) in told


# The map


def test_the_map_is_the_aim_about_the_optimum():
    limits = {"peak_funding": 100_000.0}
    optimum = best(GROWTH, Aim.EXPECTED_NPV, **limits)
    assert optimum.map_values.shape == (optimum.map_shares.size, optimum.map_hours.size)
    row = list(optimum.map_shares).index(optimum.levers["social_share_target"])
    column = list(optimum.map_hours).index(optimum.levers["training_hours"])
    assert optimum.map_values[row, column] == np.nanmax(optimum.map_values)
    assert np.isnan(optimum.map_values).any()
    for i, j in [(row, column), (0, 0), (row // 2, -1)]:
        hours = float(optimum.map_hours[j])
        there = figures(
            optimum.scenario.with_values(
                social_share_target=float(optimum.map_shares[i]), training_hours=hours, training_programme=hours > 0
            )
        )
        shown = optimum.map_values[i, j]
        assert np.isnan(shown) if not kept(there, limits) else shown == pytest.approx(there["expected_npv"])


# Plans beyond the lattice, ranges that reach far


def test_a_present_plan_beyond_the_lattice_is_not_made_worse():
    """Training so many hours and so exact a share are none of the optimiser's own steps."""
    scenario = PLAN.with_values(
        training_hours=600.0, causal_share=0.9, training_fee_per_hour=0.0, team_start=200.0,
        social_share_target=0.24567,
    )  # fmt: skip
    optimum = optimise(scenario, Aim.EXPECTED_NPV, Limits(lowest_share=0.24567, highest_share=0.24567), DRAWS, SEED)
    assert optimum.levers["social_share_target"] == 0.24567
    assert figures(optimum.scenario)["expected_npv"] >= figures(scenario)["expected_npv"]


def test_shares_that_a_range_could_take_out_of_bounds_are_left_out():
    scenario = Scenario.from_data(
        GROWTH.to_data() | {"ranges": {"plan_delivery": {"low": 0.6, "likely": 1.0, "high": 1.4}}}
    )
    optimum = optimise(scenario, Aim.EXPECTED_NPV, Limits(lowest_share=0.6), DRAWS, SEED)
    furthest = 0.133 + 1.4 * (optimum.levers["social_share_target"] - 0.133)
    assert furthest <= 1
