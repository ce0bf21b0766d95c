"""A group against the scenario it is made of, and against closed forms."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from model.portfolio.business_unit import BusinessUnit, of_scenarios, portfolio
from model.portfolio.consolidated import consolidate
from model.portfolio.next_unit import budgets, next_unit, npv_at
from model.portfolio.rates import Rate
from model.portfolio.running.pool import Pool
from model.portfolio.shared_beliefs import Drawing
from model.reading.faults import ScenarioError
from model.uncertainty.sampling import draws, normal_correlation
from model.uncertainty.sensitivity import tornado
from model.uncertainty.simulation import simulate
from tests.model.portfolio.groups import PLAN, group, linear, units

FEW = Drawing(256, 11)
MANY = Drawing(4096, 11)


@pytest.mark.parametrize("correlation", [0, 0.4, 1])
def test_one_unit_is_the_scenario_itself_to_the_last_digit(correlation):
    # More than a block of draws, and not a whole number of them.
    found = consolidate(group(PLAN, correlation=correlation), Drawing(2500, 7))
    alone = simulate(PLAN, 2500, 7, lines=("cumulative_cash",), only=("npv",))
    assert np.array_equal(found.npv, alone.metrics["npv"])
    assert found.spread == found.outcomes[0].npv == alone.spread("npv")
    assert np.array_equal(found.fan, alone.bands["cumulative_cash"])
    assert found.odds_of_gain == found.outcomes[0].odds == alone.odds_of_gain
    assert found.expected_shortfall == found.outcomes[0].shortfall == alone.expected_shortfall
    assert found.variance_shares["A"] == pytest.approx(1)
    bars = {bar.name: (bar.npv_low, bar.npv_high) for bar in tornado(PLAN)}
    assert {bar.name: (bar.npv_low, bar.npv_high) for bar in found.bars} == {
        name: pytest.approx(ends) for name, ends in bars.items()
    }


def test_two_equal_units_in_one_world_are_each_half():
    found, alone = consolidate(group(PLAN, PLAN), FEW), consolidate(group(PLAN), FEW)
    assert np.array_equal(found.npv, 2 * alone.npv)
    assert found.variance_shares == {"A": pytest.approx(0.5, abs=1e-14), "B": pytest.approx(0.5, abs=1e-14)}
    assert found.outcomes[0].npv == found.outcomes[1].npv


def test_in_worlds_apart_each_unit_keeps_its_own_spread():
    found, alone = consolidate(group(PLAN, PLAN, correlation=0), FEW), consolidate(group(PLAN), FEW)
    for one in found.outcomes:
        assert one.npv.percentiles == alone.spread.percentiles
        assert one.npv.mean == pytest.approx(alone.spread.mean)
        assert one.odds == alone.odds_of_gain


@pytest.mark.parametrize("correlation", [0, 0.5, 1])
def test_the_variance_of_a_sum_meets_its_closed_form(correlation):
    found = consolidate(group(linear(500), linear(1000), correlation=correlation), MANY)
    one, other = (outcome.deviation for outcome in found.outcomes)
    between = normal_correlation(correlation)
    expected = one**2 + other**2 + 2 * between * one * other
    # One standard error of a correlation of so many draws is 0.016.
    assert found.npv.var() == pytest.approx(expected, abs=2 * one * other * 0.06 if correlation < 1 else 1e-6)
    share = (other**2 + between * one * other) / expected
    assert found.variance_shares["B"] == pytest.approx(share, abs=0.03)
    assert sum(found.variance_shares.values()) == pytest.approx(1, abs=1e-12)


def test_equal_units_in_worlds_apart_spread_the_risk():
    found = consolidate(group(*[linear(500)] * 9, correlation=0), MANY)
    assert found.npv.std() == pytest.approx(3 * found.outcomes[0].deviation, rel=0.1)
    assert found.odds_of_gain >= found.outcomes[0].odds


def test_amounts_count_by_weight_and_rate():
    euros = PLAN.changed(currency="EUR")
    rate = Rate("EUR", 1.25, date(2026, 11, 1))
    mixed = portfolio([*units(PLAN, weights=[0.5]), BusinessUnit("E", euros, 2.0)], "USD", [rate])
    found, alone = consolidate(mixed, FEW), consolidate(group(PLAN), FEW)
    np.testing.assert_allclose(found.npv, (0.5 + 2 * 1.25) * alone.npv)
    assert mixed.told == ("Rates: 1 EUR = 1.25 USD (2026-11-01)",)
    own = portfolio([replace(unit, rate=rate) for unit in mixed.units[1:]], "USD")
    np.testing.assert_allclose(consolidate(own, FEW).npv, 2.5 * alone.npv)


def test_a_rate_that_would_change_nothing_is_refused_with_its_mend():
    euros, day = PLAN.changed(currency="EUR"), date(2026, 11, 1)
    rate = Rate("EUR", 1.25, day)
    mixed = [*units(PLAN), BusinessUnit("E", euros)]

    def refused(group, *rates, match):
        with pytest.raises(ScenarioError, match=match):
            portfolio(group, "USD", rates)

    krone, own = Rate("DKK", 0.15, day), Rate("USD", 0.9, day)
    refused(
        mixed,
        rate,
        krone,
        match="--rate DKK: is not used, as no unit is in DKK: they are in EUR, USD",
    )
    refused(mixed, rate, own, match="--rate USD: is 0.9, but USD is the group's own currency; leave the rate away")
    said = [*units(PLAN), BusinessUnit("E", euros, rate=rate)]
    refused(said, rate, match="--rate EUR: is not used, as each unit in EUR has a rate in its row")
    refused([BusinessUnit("A", PLAN, rate=own)], match="A: has a rate that is 0.9, but USD is the group")
    # One of it is one: that is true, and changes nothing.
    portfolio([BusinessUnit("A", PLAN, rate=Rate("USD", 1.0, day))], "USD", [Rate("USD", 1.0, day)])


def test_a_missing_rate_is_refused_by_name():
    with pytest.raises(ScenarioError, match="--rate EUR: is missing: units are in EUR, the group in USD"):
        portfolio(units(PLAN, PLAN.changed(currency="EUR")), "USD")


def test_two_units_of_one_name_are_refused():
    with pytest.raises(ScenarioError, match="is the name of two units"):
        portfolio(of_scenarios([PLAN, PLAN]))


def test_a_unit_s_draws_do_not_depend_on_the_others():
    three = group(linear(1), linear(2), linear(3), correlation=0.5)
    two = replace(three, units=three.units[1:])
    found = [consolidate(one, FEW).outcomes for one in (three, two)]
    assert found[0][1:] == found[1]


def test_a_shorter_plan_adds_nothing_after_its_end():
    short = PLAN.with_values(horizon_years=2)
    found = consolidate(group(PLAN, short), FEW)
    fans = [consolidate(group(one), FEW).fan[0] for one in (PLAN, short)]
    np.testing.assert_allclose(found.fan[0], fans[0] + np.pad(fans[1], (0, 36), mode="edge"))
    assert "Horizons differ, 2 to 5 years" in found.portfolio.told[-1]


def test_a_unit_that_fails_is_told_and_stops_no_other():
    contradicting = PLAN.changed(correlations=[
        ("social_returns_exponent", "other_returns_exponent", 0.95),
        ("social_returns_exponent", "saturation", 0.95),
        ("other_returns_exponent", "saturation", -0.95),
    ])  # fmt: skip
    found = consolidate(group(PLAN, contradicting, correlation=0.5), FEW)
    assert [item.name for item in found.failed] == ["B"]
    assert "contradict each other" in found.failed[0].reason
    assert [one.name for one in found.outcomes] == ["A"]
    with pytest.raises(ScenarioError, match="contradict each other"):
        consolidate(group(contradicting), FEW)


def test_whoever_does_the_work_the_digits_are_the_same():
    # Three blocks of units.
    many = group(*(linear(100.0 + place) for place in range(17)), correlation=0.3)
    told = []
    threads = Pool(lambda: ThreadPoolExecutor(3), 3)
    one = consolidate(many, FEW)
    other = consolidate(many, FEW, threads, lambda done, of: told.append((done, of)))
    assert np.array_equal(one.npv, other.npv)
    assert (one.outcomes, one.bars, one.variance_shares) == (other.outcomes, other.bars, other.variance_shares)
    assert np.array_equal(one.fan, other.fan)
    assert told == [(8, 17), (16, 17), (17, 17)]


def test_the_return_on_the_next_unit_is_the_slope_of_the_model_s_own_lines():
    share = PLAN.number("social_share_target")
    # A coarser step, of other draws.
    ends = (share - 0.004, share + 0.004)
    means = npv_at(PLAN, draws(PLAN, 1024, 2), ends).mean(axis=1)
    money = budgets(PLAN, ends)
    assert next_unit(PLAN, 1) == pytest.approx((means[1] - means[0]) / (money[1] - money[0]), abs=0.02)
    assert next_unit(PLAN.with_values(plan_delivery=0), 1) is None


def test_units_are_ranked_by_what_their_next_unit_returns():
    small, large = PLAN.with_values(social_share_target=0.15), PLAN.with_values(social_share_target=0.4)
    found = consolidate(group(large, small, PLAN.with_values(plan_delivery=0)), FEW)
    assert [one.name for one in found.by_next_unit] == ["B", "A", "C"]


def test_draws_out_of_bounds_are_refused_with_the_bounds_of_so_many_units():
    for count, many, most in ((65_536, 10_000, 26_843), (5, 10_000, 26_843), (100_000, 1, 65_536), (5, 1, 65_536)):
        with pytest.raises(ScenarioError, match=rf"draws: is {count}, out of bounds: must lie within 128 … {most}$"):
            Drawing(count).checked(many)
