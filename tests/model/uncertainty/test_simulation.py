"""The simulation: against an independent Monte Carlo, against plain percentiles, and its own promises."""

import json
import os
import pickle
import random
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from dashboard.session.compute import DRAWS
from model.assumptions import ASSUMPTIONS
from model.lines import LINES
from model.metrics import METRICS
from model.presets import PRESETS
from model.projection import inputs_of, lines_behind, project, run
from model.reading.faults import ScenarioError
from model.scenario import Scenario
from model.uncertainty.sampling import DEFAULT_DRAWS, draws
from model.uncertainty.sensitivity import evpi, evpi_error
from model.uncertainty.simulation import BAND_DRAWS, PERCENTILES, Simulation, _draws_in_bands, odds_better, simulate
from tests import reference
from tests.benchmarks import plain as yardstick

ROOT = Path(__file__).parents[3]
PLAN = PRESETS["social-plan"]
CERTAIN = PLAN.changed(ranges={name: None for name, item in ASSUMPTIONS.items() if item.range})


def simulation_of(npv):
    """A simulation of the social plan by hand."""
    nothing = MappingProxyType({})
    return Simulation(PLAN, npv.size, 1, MappingProxyType({"npv": npv}), nothing, nothing)


@pytest.fixture(scope="module")
def plan():
    """The default simulation of the social plan."""
    return simulate(PLAN)


# Against an independent Monte Carlo: plain random numbers, plain loops

PLAIN_DRAWS = 2_500


def plain_npvs(scenario, seed):
    """Net present values of plain random draws, from the reference engine alone."""
    rng = random.Random(seed)  # noqa: S311 - the same in every run
    found = []
    for _ in range(PLAIN_DRAWS):
        values = dict(scenario.assumptions)
        for name, item in scenario.effective_ranges.items():
            width = item.high - item.low
            a, b = 1 + 4 * (item.likely - item.low) / width, 1 + 4 * (item.high - item.likely) / width
            values[name] = item.low + width * rng.betavariate(a, b)
        found.append(reference.npv_of({**reference.DEFAULTS, **values}, None))
    return np.array(found)


@pytest.mark.parametrize("preset", ["social-plan", "seat-at-the-table", "sceptical-cfo"])
def test_mean_and_percentiles_of_an_independent_monte_carlo(preset):
    scenario = PRESETS[preset].with_values(horizon_years=3)
    plain = np.sort(plain_npvs(scenario, seed=5))
    simulation = simulate(scenario)
    spread = simulation.spread("npv")
    error = plain.std(ddof=1) / np.sqrt(plain.size)
    assert abs(spread.mean - plain.mean()) < 3 * error
    assert simulation.metrics["npv"].std() == pytest.approx(plain.std(), rel=0.06)
    for percentile, value in zip(PERCENTILES, spread.percentiles, strict=True):
        # The number of draws below a percentile is binomial; three standard errors of it on either side.
        part = percentile / 100
        room = 3 * np.sqrt(part * (1 - part) * plain.size)
        low, high = (plain[int(np.clip(part * plain.size + side * room, 0, plain.size - 1))] for side in (-1, 1))
        assert low < value < high
    odds = np.mean(plain > 0)
    assert abs(simulation.odds_of_gain - odds) < 3 * np.sqrt(max(odds * (1 - odds), 1e-3) / plain.size)


@pytest.mark.parametrize(("preset", "stated"), reference.STATED_ODDS.items())
def test_odds_of_a_gain_are_those_stated_and_those_of_plain_draws(preset, stated):
    odds = simulate(PRESETS[preset], lines=()).odds_of_gain
    assert abs(100 * odds - stated) < 1
    assert abs(odds - yardstick.odds(PRESETS[preset], 60_000, seed=2)) < 0.01


def test_each_draw_is_the_reference_engines():
    """Draw for draw: every line's and metric's value is that of the second engine with the drawn inputs."""
    scenario = PRESETS["seat-at-the-table"].with_values(tax_rate=0.2, reallocated_share=0.5)
    simulation = simulate(scenario, 128, 3)
    undefined = 0
    for draw in range(0, 128, 8):
        values = {name: float(column[draw]) for name, column in simulation.inputs.items()}
        expected = reference.project({**scenario.assumptions, **values})["metrics"]
        for name, column in simulation.metrics.items():
            if expected[name] is None:
                undefined += 1
                assert np.isnan(column[draw]), name
            else:
                assert column[draw] == pytest.approx(expected[name], rel=1e-8, abs=1e-6), name
    assert undefined


# Percentiles


@pytest.mark.parametrize("count", [128, 129, 1000, 2048, 2049, 3000, 4097])
def test_bands_and_spreads_are_numpys_percentiles(count):
    """Whatever the number of draws, also where the last block holds a single one."""
    simulation = simulate(PLAN, count, 11, lines=("cumulative_present_value", "marketing_budget"))
    _, first = next(draws(PLAN, 128, 11))
    assert np.array_equal(simulation.inputs["causal_share"][:128], first["causal_share"][:, 0])
    for name, values in simulation.metrics.items():
        assert values.shape == (count,)
        defined = values[~np.isnan(values)]
        spread = simulation.spread(name)
        assert spread.defined == defined.size / count
        mean = defined.mean() if defined.size and METRICS[name].averages else None
        assert spread.mean == (None if mean is None else pytest.approx(mean, rel=1e-12, abs=1e-9)), name
        most = np.percentile(defined, PERCENTILES) if defined.size >= count / 2 else None
        assert spread.percentiles == (None if most is None else pytest.approx(most, rel=1e-12, abs=1e-9)), name
    value = simulation.bands["cumulative_present_value"]
    spread = simulation.spread("npv")
    assert value[:, -1] == pytest.approx([spread.mean, *spread.percentiles], rel=1e-9)
    growth = simulation.inputs["revenue_growth"]
    exact = np.percentile(500 * 250_000 / 12 * 0.077 * (1 + growth) ** (60 / 12), PERCENTILES)
    assert [simulation.band("marketing_budget", p)[-1] for p in PERCENTILES] == pytest.approx(exact, rel=1e-12)


def test_bands_agree_with_metrics(plan):
    shown = plan.bands["plan_revenue_per_employee"][:, -1]
    spread = plan.spread("final_revenue_per_employee")
    assert shown == pytest.approx([spread.mean, *spread.percentiles], rel=1e-12)
    assert plan.bands["present_value"][0].sum() == pytest.approx(plan.spread("npv").mean, rel=1e-9)


# Sampling errors


def test_errors_are_what_other_draws_move_the_figures_by():
    """Plain random draws, many times over: their scatter is the error that each tells of itself."""
    rng = np.random.default_rng(5)
    drawn = [simulation_of(rng.gamma(2.0, 1000.0, 2000) - 1500) for _ in range(400)]
    spreads = [one.spread("npv") for one in drawn]
    for figures, errors in (
        ([spread.mean for spread in spreads], [spread.error for spread in spreads]),
        ([one.expected_shortfall for one in drawn], [one.shortfall_error for one in drawn]),
        *(
            ([spread.percentiles[at] for spread in spreads], [spread.percentile_errors[at] for spread in spreads])
            for at in range(len(PERCENTILES))
        ),
        ([evpi(one) for one in drawn], [evpi_error(one) for one in drawn]),
    ):
        assert np.mean(errors) == pytest.approx(np.std(figures), rel=0.12)


def test_errors_of_the_plan_are_at_least_what_its_evenly_spread_draws_move_by():
    few = [simulate(PLAN, 1024, seed, lines=("cumulative_cash",)) for seed in range(1, 9)]
    spreads = [one.spread("npv") for one in few]
    assert np.std([spread.mean for spread in spreads]) < spreads[0].error
    medians = [one.band("cumulative_cash", 50)[-1] for one in few]
    assert np.std(medians) < few[0].band_error("cumulative_cash", 50)[-1]


def test_errors_by_month_agree_with_those_of_metrics(plan):
    spread, shown = plan.spread("final_revenue_per_employee"), plan.band_errors["plan_revenue_per_employee"][:, -1]
    assert shown == pytest.approx([spread.error, *spread.percentile_errors], rel=1e-9)
    assert not plan.band_errors["discount_factor"].any()


def test_percentiles_rise(plan):
    assert set(plan.bands) == set(LINES)
    for name, rows in plan.bands.items():
        assert rows.shape == (8, 60)
        assert np.isfinite(rows).all()
        assert np.all(np.diff(rows[1:], axis=0) >= 0), name
    for name in plan.metrics:
        percentiles = plan.spread(name).percentiles or ()
        assert list(percentiles) == sorted(percentiles), name


def test_lines_that_no_draw_changes_are_as_projected(plan):
    lines = project(PLAN).lines
    for name in ("discount_factor", "social_share", "team"):
        assert all(np.array_equal(row, lines[name]) for row in plan.bands[name])


def test_bands_of_many_draws_are_of_the_first(monkeypatch):
    assert BAND_DRAWS >= DEFAULT_DRAWS
    monkeypatch.setattr("model.uncertainty.simulation.BAND_VALUES", 0)
    monkeypatch.setattr("model.uncertainty.simulation.BAND_DRAWS", 512)
    monkeypatch.setattr("model.uncertainty.sampling.BLOCK", 256)
    many = simulate(PLAN, 1000, 4, lines=("net_cash",))
    few = simulate(PLAN, 512, 4, lines=("net_cash",))
    assert np.array_equal(many.bands["net_cash"], few.bands["net_cash"])


@pytest.mark.parametrize(("lines", "years", "most"), [(74, 5, 8_192), (74, 1, 37_786), (1, 5, 559_240), (0, 5, 0)])
def test_bands_are_of_as_many_draws_as_have_room(lines, years, most):
    assert _draws_in_bands(lines, 12 * years) == most


def test_bands_of_a_single_line_are_of_all_draws_a_person_can_have_drawn():
    count = max(DRAWS)
    assert count > BAND_DRAWS
    band = simulate(PLAN, count, 4, lines=("net_cash",), only=("npv",)).bands["net_cash"]
    values = np.concatenate(
        [run(inputs_of(PLAN) | dict(block), lines_behind(frozenset(), frozenset({"net_cash"})))["net_cash"][:, -1]
         for _, block in draws(PLAN, count, 4)]
    )  # fmt: skip
    assert band[0, -1] == pytest.approx(values.mean())
    assert band[1:, -1] == pytest.approx(np.percentile(values, PERCENTILES))


# Odds


def test_odds_and_shortfall_are_counts_of_the_draws(plan):
    npv = plan.metrics["npv"]
    assert plan.odds_of_gain == np.count_nonzero(npv > 0) / 8192
    assert 0.3 < plan.odds_of_gain < 0.7
    assert plan.expected_shortfall == pytest.approx(np.sort(npv)[:819].mean())
    months = plan.metrics["payback_month"]
    assert plan.odds_of_payback(36) == np.count_nonzero(months <= 36) / 8192
    assert plan.odds_of_payback(60) == plan.spread("payback_month").defined
    odds = [plan.odds_of_payback(month) for month in range(61)]
    assert odds == sorted(odds)


@pytest.mark.parametrize("count", [128, 135, 1001, 8192])
def test_expected_shortfall_is_not_above_p10(count):
    simulation = simulate(PLAN, count, lines=())
    assert simulation.expected_shortfall <= simulation.spread("npv").percentiles[PERCENTILES.index(10)]


def test_better_than_itself_never_happens(plan):
    assert odds_better(plan, plan) == 0
    assert odds_better(plan, simulate(PLAN)) == 0


def test_all_scenarios_share_the_same_draws(plan):
    other = simulate(PRESETS["seat-at-the-table"])
    assert all(np.array_equal(plan.inputs[name], other.inputs[name]) for name in plan.inputs)
    one, two = odds_better(other, plan), odds_better(plan, other)
    assert 0 < one < 1
    assert one + two <= 1
    # A seat changes little beside what is uncertain in common: the comparison sees it all the same.
    cheaper = simulate(PLAN.with_values(training_fee_per_hour=29.9))
    assert odds_better(cheaper, plan) == 1
    assert odds_better(plan, cheaper) == 0


def test_unlike_draws_are_not_compared(plan):
    with pytest.raises(ValueError, match="same number of draws and the same seed"):
        odds_better(plan, simulate(PLAN, 128))
    with pytest.raises(ValueError, match="same number of draws and the same seed"):
        odds_better(plan, simulate(PLAN, seed=1))


# Nothing uncertain, nothing decided


def test_without_any_range_every_draw_is_the_projection():
    simulation = simulate(CERTAIN, 200)
    assert dict(simulation.inputs) == {}
    point = project(CERTAIN)
    for name, value in point.metrics.items():
        spread = simulation.spread(name)
        assert spread.defined == (value is not None)
        assert spread.mean == (pytest.approx(value, rel=1e-12) if METRICS[name].averages else None)
        assert set(spread.percentiles or ()) == ({value} - {None})
    assert simulation.odds_of_gain == 1
    assert simulation.expected_shortfall == pytest.approx(point.metrics["npv"])
    for name, rows in simulation.bands.items():
        assert np.array_equal(rows[1:], np.broadcast_to(point.lines[name], (7, 60))), name


def test_holding_is_nothing_in_every_draw():
    simulation = simulate(PRESETS["hold"], 256)
    assert not simulation.metrics["npv"].any()
    assert simulation.odds_of_gain == 0
    assert simulation.expected_shortfall == 0
    assert simulation.odds_of_payback(0) == 1
    spread = simulation.spread("roi")
    assert (spread.mean, spread.percentiles, spread.defined) == (None, None, 0)


# Reproducible, frozen, refused


def digits(simulation):
    """All numbers of a simulation, as text."""
    return json.dumps(
        [
            {name: array.tolist() for name, array in part.items()}
            for part in (simulation.metrics, simulation.inputs, simulation.bands)
        ]
    )


def test_the_same_seed_gives_every_digit_in_another_process():
    code = (
        "import sys; sys.path.insert(0, '.')\n"
        "from tests.model.uncertainty.test_simulation import PLAN, digits, simulate\n"
        "print(digits(simulate(PLAN, 300, 9)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
        env=os.environ | {"PYTHONHASHSEED": "5"},
    )  # fmt: skip
    assert done.stdout.strip() == digits(simulate(PLAN, 300, 9))
    assert done.stdout.strip() != digits(simulate(PLAN, 300, 10))


def test_a_simulation_cannot_be_changed(plan):
    for part in (plan.metrics, plan.inputs, plan.bands):
        with pytest.raises(TypeError):
            part["npv"] = 1
        with pytest.raises(ValueError, match="read-only"):
            next(iter(part.values()))[...] = 0


def test_a_simulation_survives_pickling():
    simulation = simulate(PLAN, 128)
    again = pickle.loads(pickle.dumps(simulation))  # noqa: S301 - its own
    assert digits(again) == digits(simulation)
    assert again.scenario.hash == simulation.scenario.hash
    with pytest.raises(ValueError, match="read-only"):
        again.metrics["npv"][0] = 1


def test_progress_rises_to_one():
    seen = []
    simulate(PLAN, 5000, progress=seen.append, lines=())
    assert seen == sorted(seen)
    assert seen[-1] == 1
    assert len(seen) == 3


@pytest.mark.parametrize(
    ("count", "seed", "data"),
    [
        (0, 1, {}),
        (-1, 1, {}),
        (127, 1, {}),
        (10**9, 1, {}),
        (128, -1, {}),
        (
            10**6,
            1,
            {
                "assumptions": {"social_share_target": 0.8},
                "ranges": {"plan_delivery": {"low": 0.5, "likely": 0.6, "high": 1.5}},
            },
        ),
        (
            10**6,
            1,
            {
                "correlations": [
                    ["causal_share", "retained_share", 1],
                    ["causal_share", "media_waste", 1],
                    ["retained_share", "media_waste", -1],
                ]
            },
        ),
    ],
)
def test_refused_before_any_work(count, seed, data, monkeypatch):
    def worked(*_):
        raise AssertionError("work was begun")

    for name in ("run", "inputs_of", "appraise"):
        monkeypatch.setattr(f"model.uncertainty.simulation.{name}", worked)
    with pytest.raises(ScenarioError):
        simulate(Scenario.from_data({"name": "x"} | data), count, seed, progress=worked)
