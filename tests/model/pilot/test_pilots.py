"""The designer of tests: what each measures, what it is worth and costs in a scenario, and what is said of it."""

import numpy as np
import pytest

from model.assumptions import Range
from model.learning.learned import learn
from model.learning.quantity import changed
from model.pilot.assumed import ASSUMED, assumed_values, read_assumed
from model.pilot.catalogue import TESTS
from model.pilot.decided import readings_of
from model.pilot.design import ladder, setting_of
from model.pilot.options import OPTIONS, begun_later, worth_of_options
from model.pilot.pilots import Verdict, pilots
from model.pilot.sample_information import best_rule, informed, question
from model.pilot.words import answer, in_100, power, result_decides, size_of, verdict
from model.presets import PRESETS
from model.projection import inputs_of, lines_behind, project, run
from model.reading.faults import ScenarioError
from model.uncertainty.simulation import simulate
from model.units import MONEY, SHARE

PLAN = PRESETS["social-plan"]
EXACT = PLAN.changed(ranges=dict.fromkeys(PLAN.effective_ranges))
SETTING = setting_of(EXACT, assumed_values({}))


@pytest.fixture(scope="module")
def found():
    return pilots(PLAN, count=2048)


def by_name(found, name):
    return next(pilot for pilot in found.pilots if pilot.design.name == name)


def measured(name):
    return float(learn(EXACT, (), 128).of(TESTS[name].measures(SETTING))[0])


# What is measured


def test_a_swap_measures_what_the_plan_does_at_once():
    moved = EXACT.with_values(ramp_shape="immediate", training_programme=False)
    lines = project(moved).lines
    expected = lines["revenue_gain"][:3].mean() / lines["company_revenue"][:3].mean() / 2.0
    assert measured("geo-swap") == pytest.approx(expected)


def test_a_lift_measures_social_alone():
    lines = project(EXACT.with_values(ramp_shape="immediate", training_programme=False)).lines
    expected = lines["social_revenue_gain"][:3].mean() / lines["company_revenue"][:3].mean() / 2.0
    assert measured("geo-lift") == pytest.approx(expected)


def test_a_holdout_loses_what_social_brought_as_carry_over_fades():
    lines, left = project(EXACT).lines, 0.5 ** np.arange(1, 4)
    response = 0.5 * left**0.7 + 0.5 * left / (0.7 + 0.3 * left)
    lost = np.mean(lines["social_base_revenue"][:3] * (response - 1))
    assert measured("holdout") == pytest.approx(lost / np.mean(lines["company_revenue"][:3]) / 2.0)


def test_training_measures_productivity_and_the_partner_what_it_adds():
    assert measured("training") == pytest.approx(project(EXACT).lines["productivity_gain"][11])
    with_it = project(EXACT.with_values(strategic_partner=True)).lines["competence_gain"][2]
    assert measured("partner") == pytest.approx(with_it - project(EXACT).lines["competence_gain"][2])
    assert measured("skills-test") == EXACT.number("competent_share_start")


def test_where_today_s_share_is_uncertain_a_test_starts_from_each_draw_s():
    wide = PLAN.changed(ranges={"social_share_start": Range(0.01, 0.133, 0.5)})
    learned, setting = learn(wide, (), 256), setting_of(wide, assumed_values({}))
    inputs = inputs_of(wide) | dict(learned.values)
    # Nothing is spent on social in a holdout, whatever it is today; a swap ends where the plan does.
    for name, share in (("holdout", 0.0), ("geo-swap", 0.245)):
        given = changed(inputs, TESTS[name].changes(setting))
        needed = lines_behind(frozenset({"npv"}))
        known = run(inputs | given, [line for line in needed if line not in given])
        assert known["social_share"][:, 0] == pytest.approx(np.full(256, share), abs=1e-12)
        assert known["extra_social_spend"][:, 3] == pytest.approx(np.zeros(256), abs=1e-6)
    assert all(np.isfinite(rung.net) for pilot in pilots(wide, count=256).pilots for rung in pilot.rungs)


# How exactly


def test_power_calculations_have_their_closed_forms():
    assert TESTS["geo-swap"].power(SETTING, 20) == pytest.approx(0.05 * np.sqrt((1 / 10 + 1 / 10) / 13))
    assert TESTS["holdout"].power(SETTING, 10_000) == pytest.approx(10 * np.sqrt((1e-4 + 1 / 90_000) / 6.5))
    assert TESTS["training"].power(SETTING, 4) == pytest.approx(0.2)
    assert TESTS["partner"].power(SETTING, 4) == pytest.approx(0.2 * np.sqrt(2))
    # All of the team tested: only the test itself is off.
    assert TESTS["skills-test"].power(SETTING, 4) == pytest.approx(0.2 / 2)


@pytest.mark.parametrize("test", TESTS.values(), ids=lambda test: test.name)
def test_a_larger_test_is_more_exact_and_says_so(test):
    sizes = test.sizes(SETTING)
    exact = [test.power(SETTING, size) for size in sizes]
    assert list(sizes) == sorted(set(sizes))
    assert exact == sorted(exact, reverse=True)
    assert "one standard error" in test.words(SETTING, sizes[-1])


def test_a_ladder_has_ten_sizes_where_there_is_room():
    assert ladder(50, least=4, step=2) == (4, 10, 16, 20, 24, 30, 36, 40, 44, 50)
    assert ladder(4, least=2, step=2) == (2, 4)
    assert ladder(1, least=2, step=2) == ()


# What it is worth and costs


def test_the_laws_hold_in_every_test(found):
    for pilot in found.pilots:
        worth = [rung.worth for rung in pilot.rungs]
        assert worth[0] >= 0
        assert worth == sorted(worth)
        assert worth[-1] <= pilot.known <= found.everything


def test_options_are_worth_what_their_simulations_say():
    worth = worth_of_options(learn(PLAN, (), 1024), [3])
    means = dict(zip([option.name for option in OPTIONS], worth.now.mean(axis=0), strict=True))
    scenarios = {
        "plan_trained": PLAN,
        "plan": PLAN.with_values(training_programme=False),
        "plan_partner": PLAN.with_values(strategic_partner=True),
        "half_trained": PLAN.with_values(social_share_target=0.189, team_target=5.0),
        "hold_trained": PRESETS["hold"].with_values(training_programme=True),
    }
    for name, scenario in scenarios.items():
        expected = simulate(scenario, 1024, lines=(), only=("npv",)).spread("npv").mean
        assert means[name] == pytest.approx(expected, abs=1e-6 * 1e6)
    assert means["hold"] == 0


def test_begun_later_the_same_comes_later_within_the_horizon():
    known = run(inputs_of(EXACT))
    later = begun_later(known, 6)
    assert np.all(later["planned_rise"][0, :6] == 0)
    assert later["planned_rise"][0, 6:] == pytest.approx(known["planned_rise"][0, :-6])
    assert np.all(later["present_value"][0, :6] == 0)
    assert begun_later(known, 0) is known
    # Where nothing grows with the calendar, only discounting tells it from the same plan over fewer months.
    still = EXACT.with_values(revenue_growth=0.0, cost_inflation=0.0)
    moved, whole = begun_later(run(inputs_of(still)), 6)["net_cash"][0], run(inputs_of(still))["net_cash"][0]
    assert moved[6:] == pytest.approx(whole[:-6])


def test_a_delay_s_line_predicts_a_delayed_plan():
    learned = learn(PLAN, (), 1024)
    worth = worth_of_options(learned, [12])
    known = run(inputs_of(PLAN) | dict(learned.values))
    later = begun_later(known, 12)["present_value"].sum(axis=1)
    plan = [option.name for option in OPTIONS].index("plan_trained")
    told = worth.delayed(worth.now, 12)[:, plan]
    assert np.corrcoef(told, later)[0, 1] > 0.99
    assert told.mean() == pytest.approx(later.mean(), abs=0.02 * later.std())


def test_nested_simulation_agrees_on_the_swap_of_the_social_plan():
    learned = learn(PLAN, (), 8192)
    worth, places = (
        worth_of_options(learned, []),
        learned.of(TESTS["geo-swap"].measures(setting_of(PLAN, assumed_values({})))),
    )
    error, random = 0.004, np.random.default_rng(4)
    [told] = informed(question(places, worth.now, worth.weights), [error])
    gained = []
    for reading in places[random.integers(4096, size=500)] + error * random.normal(size=500):
        odds = np.exp(-0.5 * ((reading - places) / error) ** 2)
        gained.append(np.max(odds @ worth.now / odds.sum()))
    nested = np.mean(gained) - worth.now.mean(axis=0).max()
    assert told.worth == pytest.approx(nested, abs=3 * np.std(gained) / np.sqrt(500))


def test_settling_the_causal_share_is_worth_less_than_it_costs_at_default_size(found):
    pilot = by_name(found, "training")
    assert pilot.verdict is Verdict.NOT_WORTH
    assert verdict(pilot).startswith("Not worth it: the whole question is worth")
    assert "this test of it 0 USD" in verdict(pilot).replace("\u00a0", " ")
    assert pilot.known < pilot.best.delay


def test_less_noise_and_more_regions_make_a_swap_worth_more(found):
    better = pilots(PLAN, ["geo-swap"], 1024, assumed={"regional_noise": 0.02, "regions": 100.0}).pilots[0]
    usual = pilots(PLAN, ["geo-swap"], 1024).pilots[0]
    assert better.rungs[-1].worth > usual.rungs[-1].worth
    assert by_name(found, "geo-swap").verdict is Verdict.RUN
    assert found.first.design.name == "geo-swap"


@pytest.mark.parametrize(
    ("scenario", "impossible"),
    [
        (PRESETS["hold"], {"geo-lift", "geo-swap"}),
        (PLAN.with_values(team_start=1.0), {"training", "partner"}),
        (PLAN.with_values(employees=1.0, revenue_per_employee=1e7), set()),
    ],
)
def test_what_cannot_be_run_is_told(scenario, impossible):
    found = pilots(scenario, count=256)
    told = {pilot.design.name for pilot in found.pilots if pilot.verdict is Verdict.IMPOSSIBLE}
    assert told == impossible
    for pilot in found.pilots:
        assert verdict(pilot).startswith(("Cannot", "Not worth it", "Run this"))


@pytest.mark.parametrize("scenario", [
    EXACT, PRESETS["headline-claim"], PLAN.with_values(horizon_years=1),
    PLAN.with_values(benefit_route="media_efficiency"),
    PLAN.with_values(social_return_basis="platform"), PLAN.with_values(social_share_target=0.05),
    PLAN.changed(social_share_path=(0.2, 0.22, 0.24, 0.26, 0.3), assumptions={"ramp_shape": "custom"}),
])  # fmt: skip
def test_every_scenario_has_an_answer(scenario):
    found = pilots(scenario, count=256)
    assert answer(found).startswith(("Decide now", "Test before deciding"))
    assert all(np.isfinite(rung.net) for pilot in found.pilots for rung in pilot.rungs)
    if scenario is EXACT:
        assert found.first is None
        assert found.everything == 0


def test_words_tell_the_size_the_power_and_the_doubt(found):
    pilot = by_name(found, "geo-swap")
    told = power(pilot, pilot.best)
    assert "25 regions changed beside 25 left as they are, 13 weeks" in told
    assert "in 80 of 100 cases" in told
    assert answer(found).startswith("Test before deciding: run “Geo swap between social and other channels” first")
    # One size is told of: the one that is priced.
    told = power(by_name(found, "holdout"), by_name(found, "holdout").best)
    assert told.startswith("5,000 customers held out beside 95,000 others")
    assert size_of(by_name(found, "holdout"), by_name(found, "holdout").best) == "5,000 customers held out"
    assert [in_100(odds) for odds in (0.0, 0.001, 0.42, 0.999, 1.0)] == [
        "0 of 100", "fewer than 1 of 100", "42 of 100", "more than 99 of 100", "100 of 100",
    ]  # fmt: skip


def test_what_a_result_decides_is_told_between_readings_and_training_in_any_case(found):
    pilot = by_name(found, "geo-swap")
    readings = pilot.best.readings
    assert [one.option.name for one in readings] == ["hold", "half", "plan"]
    assert (readings[0].low, readings[-1].high) == (-np.inf, np.inf)
    assert [one.high for one in readings[:-1]] == [one.low for one in readings[1:]]
    assert sum(one.odds for one in readings) == pytest.approx(1, abs=0.01)
    told = result_decides(pilot, pilot.best).replace("\u00a0", " ")
    edges = [PLAN.format.rounded(one.low, SHARE, pilot.best.standard_error / 10) for one in readings[1:]]
    low, high = (edge.replace("\u00a0", " ") for edge in edges)
    assert (
        f"is measured below {low}: hold; from {low} to {high}: go half way; above {high}: go the whole way" in told
    )
    assert told.endswith("each without the plan's training and without a partner.")
    assert result_decides(by_name(found, "skills-test"), by_name(found, "skills-test").best).startswith("Whatever")
    assert "go the whole way, without the plan's training and without a partner" in answer(found)


def test_of_two_options_the_edge_is_where_they_are_worth_the_same():
    places, weights = np.linspace(-3, 3, 128), np.exp(-0.5 * np.linspace(-3, 3, 128) ** 2)
    weights /= weights.sum()
    means = np.full((128, len(OPTIONS)), -9.0)
    means[:, 0], means[:, -3] = 0.0, places
    told = readings_of(best_rule(places, weights, means, 0.5), places, weights)
    assert [one.option.name for one in told] == ["hold", "plan"]
    assert told[0].high == told[1].low == pytest.approx(0, abs=1e-4)
    assert told[0].odds == pytest.approx(0.5, abs=1e-4)


def test_the_largest_size_says_that_a_larger_test_might_be_worth_more(found):
    pilot = by_name(found, "geo-swap")
    assert pilot.is_largest
    assert "a larger test might be worth more" in power(pilot, pilot.best)
    assert "a larger test" not in power(by_name(found, "holdout"), by_name(found, "holdout").best)


def test_words_tell_the_work_apart_from_what_the_changes_bring_or_cost(found):
    rung, text = by_name(found, "geo-swap").best, PLAN.format
    assert rung.effect < 0 < rung.work == pytest.approx(200 * SETTING.hour)
    work, brought = text.rounded(rung.work, MONEY), text.rounded(-rung.effect, MONEY)
    assert f"200 hours of work cost {work}, and the changed regions bring {brought} meanwhile" in verdict(
        by_name(found, "geo-swap")
    )
    assert "80 hours of work cost" in verdict(by_name(found, "holdout"))
    assert "the customers held out cost" in verdict(by_name(found, "holdout"))
    # Nothing is changed while people are tested.
    assert "USD meanwhile" not in verdict(by_name(found, "skills-test"))


# What is assumed and refused


@pytest.mark.parametrize("item", ASSUMED.values(), ids=lambda item: item.name)
def test_every_figure_is_used_graded_and_within_its_bounds(item):
    from model.evidence.sources import GRADES, SOURCES

    assert item.grade in GRADES
    assert set(item.source) <= SOURCES.keys()
    assert item.bounds[0] <= item.value <= item.bounds[1]
    assert item.name in {name for test in TESTS.values() for name in (test.months, *test.uses)}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (["regions"], "must be written NAME=VALUE"),
        (["reigons=3"], "did you mean 'regions'"),
        (["regions=many"], "is not a number"),
    ],
)
def test_figures_are_read_or_refused(settings, words):
    with pytest.raises(ScenarioError, match=words):
        read_assumed(settings)
    assert read_assumed(["regional_noise=8%", "regions = 20"]) == {"regional_noise": 0.08, "regions": 20.0}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"regions": 1.0}, "must lie within 2 … 1000"),
        ({"regions": 2.5}, "must be a whole number"),
        ({"regional_months": 2.5}, "must be a whole number"),
        ({"regional_noise": float("nan")}, "finite"),
        ({"nothing": 1.0}, "is not what a test assumes"),
    ],
)
def test_figures_out_of_bounds_are_refused(given, words):
    with pytest.raises(ScenarioError, match=words):
        pilots(PLAN, count=256, assumed=given)


def test_a_test_named_twice_counts_once():
    assert [pilot.design.name for pilot in pilots(PLAN, ["training", "training"], 256).pilots] == ["training"]


def test_an_unknown_test_is_refused_with_the_nearest():
    with pytest.raises(ScenarioError, match="did you mean 'holdout'"):
        pilots(PLAN, ["holdouts"], 256)
