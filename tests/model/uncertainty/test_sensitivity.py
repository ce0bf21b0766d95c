"""What matters, what must be true, what is worth finding out: against closed forms and direct re-runs."""

import math
import pickle
from itertools import permutations
from types import MappingProxyType

import numpy as np
import pytest
from scipy import stats

from model import scenario as scenario_module
from model.assumptions import ASSUMPTIONS
from model.choice.findings import findings
from model.choice.goal_seek import break_even
from model.choice.must_be_true import what_must_be_true
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.uncertainty.sensitivity import evpi, evpi_error, evppi, evppi_errors, importance, tornado
from model.uncertainty.simulation import Simulation, simulate
from model.units import LEAST_MONEY

PLAN = PRESETS["social-plan"]


def simulation_of(npv, **inputs):
    """A simulation by hand: some inputs and the results in them."""
    return Simulation(
        PLAN, npv.size, 1, MappingProxyType({"npv": npv}), MappingProxyType(inputs), MappingProxyType({})
    )


def normals(count, *, seed=1, width=4):
    """Independent standard normal draws, evenly spread."""
    points = stats.qmc.Sobol(width, scramble=True, rng=seed).random(count)
    return stats.norm.ppf(points).T


# First-order shares of the variance


@pytest.mark.parametrize("count", [1024, 8192])
def test_importance_of_a_linear_model(count):
    a, b, c, idle = normals(count)
    shares = importance(simulation_of(3 * a - 2 * b + 1 * c + 50, a=a, b=b, c=c, idle=idle))
    assert list(shares)[:3] == ["a", "b", "c"]
    assert shares["a"] == pytest.approx(9 / 14, abs=0.02)
    assert shares["b"] == pytest.approx(4 / 14, abs=0.02)
    assert shares["c"] == pytest.approx(1 / 14, abs=0.02)
    assert shares["idle"] == pytest.approx(0, abs=0.01)


def test_importance_of_plain_random_draws():
    rng = np.random.default_rng(3)
    a, b, idle = rng.uniform(-1, 1, (3, 8192))
    shares = importance(simulation_of(a + 0.5 * b, a=a, b=b, idle=idle))
    assert shares["a"] == pytest.approx(0.8, abs=0.02)
    assert shares["b"] == pytest.approx(0.2, abs=0.02)
    assert shares["idle"] < 0.003


def test_importance_of_the_ishigami_function():
    """The standard test of sensitivity: curved, and an input that acts only together with another."""
    x, y, z = np.pi * (2 * stats.qmc.Sobol(3, scramble=True, rng=2).random(8192).T - 1)
    shares = importance(simulation_of(np.sin(x) + 0.1 * z**4 * np.sin(x) + 0.3 * y**2, x=x, y=y, z=z))
    variance_y = 0.09 * np.pi**4 * 4 / 45
    first_x = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2
    both = 0.01 * 0.5 * np.pi**8 * (1 / 9 - 1 / 25)
    total = first_x + variance_y + both
    assert shares["x"] == pytest.approx(first_x / total, abs=0.02)
    assert shares["y"] == pytest.approx(variance_y / total, abs=0.02)
    assert shares["z"] == pytest.approx(0, abs=0.01)


def test_importance_of_curved_but_even_inputs():
    # A straight line would see nothing of an even function.
    a, b, *_ = normals(8192)
    shares = importance(simulation_of(a**2 + b, a=a, b=b))
    assert shares["a"] == pytest.approx(2 / 3, abs=0.03)


def test_importance_where_nothing_varies():
    a, b, *_ = normals(256)
    assert dict(importance(simulation_of(np.full(256, 7.0), a=a))) == {"a": 0}
    shares = importance(simulation_of(a, a=a, fixed=np.full(256, 3.0), b=b))
    assert shares["a"] == pytest.approx(1)
    assert shares["fixed"] == 0


def test_importance_of_inputs_held_at_few_values():
    a, b, *_ = normals(512)
    held = np.where(a > 0, 1.0, 0.0)
    shares = importance(simulation_of(held + 0.01 * b, held=held, b=b))
    assert shares["held"] == pytest.approx(1, abs=0.01)
    ends = np.where(a > 1, 0.05 + 1e-17, np.where(a < -1, np.nextafter(0.05, 0), 0.05))
    assert importance(simulation_of(b, ends=ends))["ends"] < 0.05


def test_importance_of_the_plan():
    shares = importance(simulate(PLAN, lines=()))
    assert list(shares.values()) == sorted(shares.values(), reverse=True)
    assert set(shares) == set(PLAN.effective_ranges)
    assert shares["media_waste"] == pytest.approx(0, abs=2e-3)  # not used on this route
    assert shares["alignment_gain"] == pytest.approx(0, abs=2e-3)  # no seat
    assert 0.9 < sum(shares.values()) <= 1.02
    assert next(iter(shares)) in [bar.name for bar in tornado(PLAN)[:2]]


# Value of information


def loss(mean, deviation):
    """Expected gain of knowing a normal result before deciding: unit normal loss integral."""
    z = abs(mean) / deviation
    return deviation * stats.norm.pdf(z) - abs(mean) * stats.norm.cdf(-z)


@pytest.mark.parametrize("mean", [-1.5, -0.4, 0.0, 0.4, 1.5])
def test_evpi_of_a_normal_decision(mean):
    a, b, *_ = normals(8192)
    simulation = simulation_of(1000 * (mean + 0.8 * a + 0.6 * b), a=a, b=b)
    assert evpi(simulation) == pytest.approx(loss(1000 * mean, 1000), abs=3)


@pytest.mark.parametrize("mean", [-1.5, -0.4, 0.0, 0.4, 1.5])
def test_evppi_of_one_of_two_normal_inputs(mean):
    a, b, idle, _ = normals(8192)
    simulation = simulation_of(1000 * (mean + 0.8 * a + 0.6 * b), a=a, b=b, idle=idle)
    worth = evppi(simulation)
    assert worth["a"] == pytest.approx(loss(1000 * mean, 800), abs=8)
    assert worth["b"] == pytest.approx(loss(1000 * mean, 600), abs=8)
    assert worth["idle"] < 8
    assert all(0 <= value <= evpi(simulation) + 1e-9 for value in worth.values())
    assert next(iter(worth)) == "a"


def test_what_cannot_change_the_decision_is_worth_nothing():
    a, b, *_ = normals(1024)
    sure = simulation_of(100 + a + b, a=a, b=b)
    assert evpi(sure) == 0
    assert set(evppi(sure).values()) == {0}
    never = simulation_of(-100 + a + b, a=a, b=b)
    assert evpi(never) == 0
    assert set(evppi(never).values()) == {0}


def test_errors_of_what_one_input_is_worth():
    """Plain random draws, many times over: their scatter is the error that each tells of itself."""
    rng = np.random.default_rng(8)
    drawn = []
    for _ in range(300):
        a, b = rng.normal(size=(2, 2000))
        drawn.append(simulation_of(1000 * (0.6 * a + 0.8 * b) + 300, a=a, b=b))
    scatter = np.std([evppi(one)["a"] for one in drawn])
    assert np.mean([evppi_errors(one)["a"] for one in drawn]) == pytest.approx(scatter, rel=0.15)


def test_evppi_of_the_plan():
    simulation = simulate(PLAN, lines=())
    worth, everything = evppi(simulation), evpi(simulation)
    assert list(worth.values()) == sorted(worth.values(), reverse=True)
    assert 0 < max(worth.values()) < everything
    scale = simulation.metrics["npv"].std()
    assert worth["media_waste"] < 0.01 * scale
    assert everything == pytest.approx(
        np.maximum(simulation.metrics["npv"], 0).mean() - max(simulation.metrics["npv"].mean(), 0)
    )


# Tornado


@pytest.mark.parametrize("preset", list(PRESETS))
def test_bars_are_direct_re_runs(preset):
    scenario = PRESETS[preset]
    bars = tornado(scenario)
    assert {bar.name for bar in bars} == set(scenario.effective_ranges)
    for bar in bars:
        item = scenario.effective_ranges[bar.name]
        assert (bar.low, bar.high) == (item.low, item.high)
        assert bar.npv_low == project(scenario.with_values(**{bar.name: bar.low})).metrics["npv"]
        assert bar.npv_high == project(scenario.with_values(**{bar.name: bar.high})).metrics["npv"]
        apart = abs(bar.npv_high - bar.npv_low)
        assert bar.swing == (apart if apart >= LEAST_MONEY else 0)
    assert [bar.swing for bar in bars] == sorted((bar.swing for bar in bars), reverse=True)


def test_bars_of_own_figures_and_shapes():
    data = {
        "name": "x",
        "assumptions": {"ramp_shape": "custom", "plan_delivery": 0.8, "tax_rate": 0.2},
        "social_share_path": [0.2, 0.1, 0.3, 0.3, 0.2],
        "ranges": {
            "social_share_start": {"low": 0.1, "likely": 0.133, "high": 0.2},
            "plan_delivery": {"low": 0.3, "likely": 0.8, "high": 1.0},
            "discount_rate": {"low": 0.05, "likely": 0.1, "high": 0.2},
            "tax_rate": {"low": 0.0, "likely": 0.2, "high": 0.4},
        },
    }
    scenario = Scenario.from_data(data)
    for bar in tornado(scenario):
        assert bar.npv_low == project(scenario.with_values(**{bar.name: bar.low})).metrics["npv"], bar.name
        assert bar.npv_high == project(scenario.with_values(**{bar.name: bar.high})).metrics["npv"], bar.name


def test_the_ranking_does_not_depend_on_the_order_of_declaration(monkeypatch):
    expected = tornado(PLAN)
    monkeypatch.setattr(scenario_module, "ASSUMPTIONS", dict(reversed(ASSUMPTIONS.items())))
    backwards = Scenario.from_data(PLAN.to_data())
    assert list(backwards.effective_ranges) == list(reversed(PLAN.effective_ranges))
    assert tornado(backwards) == expected
    idle = [bar.name for bar in expected if bar.swing == 0]
    assert len(idle) > 1
    assert idle == sorted(idle)


def test_importance_does_not_depend_on_the_order_of_inputs():
    a, b, c, _ = normals(512)
    inputs, npv = {"a": a, "b": b, "c": c}, a + 2 * b - c
    ranked = [
        tuple(importance(simulation_of(npv, **{n: inputs[n] for n in order}))) for order in permutations("abc")
    ]
    assert len(set(ranked)) == 1
    assert ranked[0][0] == "b"


# What must be true


def test_break_even_beside_the_range():
    items = what_must_be_true(PLAN)
    assert [item.name for item in items] == list(PLAN.effective_ranges)
    for item in items:
        assert item.range == PLAN.effective_ranges[item.name]
        assert item.value == PLAN.number(item.name)
        assert item.break_even == break_even(PLAN, item.name)
        inside = [root for root in item.break_even if item.range.low <= root <= item.range.high]
        assert item.within_range == bool(inside)
    by_name = {item.name: item for item in items}
    assert by_name["social_relative_return"].within_range
    assert not by_name["media_waste"].break_even


# Findings


@pytest.mark.parametrize("preset", ["social-plan", "sceptical-cfo", "hold"])
def test_findings_are_what_the_functions_say(preset):
    simulation = simulate(PRESETS[preset], 256, lines=())
    found = findings(simulation)
    scenario = simulation.scenario
    assert found.bars == tornado(scenario)
    assert dict(found.importance) == dict(importance(simulation))
    assert found.must_be_true == what_must_be_true(scenario)
    assert found.evpi == evpi(simulation)
    assert dict(found.evppi) == dict(evppi(simulation))
    assert found.evpi_error == evpi_error(simulation)
    assert dict(found.evppi_errors) == {name: evppi_errors(simulation)[name] for name in found.evppi}
    assert found.plan.metrics == project(scenario).metrics
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - its own
    assert (again.bars, again.must_be_true, again.evpi) == (found.bars, found.must_be_true, found.evpi)


@pytest.mark.parametrize("preset", ["social-plan", "sceptical-cfo"])
def test_the_stretches_that_pay_are_those_where_npv_is_positive(preset):
    scenario = PRESETS[preset]
    found = findings(simulate(scenario, 128, lines=()))
    checked = 0
    for name, item in scenario.effective_ranges.items():
        stretches = found.pays(name)
        for value in np.linspace(item.low, item.high, 7):
            npv = project(scenario.with_values(**{name: float(value)})).metrics["npv"]
            if abs(npv) > 1:
                checked += 1
                assert any(low < value < high for low, high in stretches) == (npv > 0), (name, value)
    assert checked > 100
    assert math.isinf(found.pays("causal_share")[-1][1])


def test_no_stretch_pays_where_there_is_nothing_to_decide():
    found = findings(simulate(PRESETS["hold"], 128, lines=()))
    assert all(found.pays(name) == () for name in found.evppi)


@pytest.mark.parametrize(
    ("low", "high", "distribution"), [(5e-324, 0.9999999999999999, "lognormal"), (0.0, 5e-324, "pert")]
)
def test_a_range_of_all_magnitudes_or_of_none_is_ranked_without_a_warning(low, high, distribution):
    ends = {"low": low, "likely": high if distribution == "lognormal" else low, "high": high}
    data = {"name": "extreme", "ranges": {"causal_share": ends | {"distribution": distribution}}}
    simulation = simulate(Scenario.from_data(data), 128, lines=())
    assert 0 <= importance(simulation)["causal_share"] <= 1
    assert evppi(simulation)["causal_share"] >= 0
