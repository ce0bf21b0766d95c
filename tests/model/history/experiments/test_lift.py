"""What the model expects of an experiment, and what the fit learns of it: closed forms where there are some."""

from dataclasses import replace

import numpy as np
import pytest

from model.assumptions import Distribution, Range
from model.history.experiments.experiment import Period, experiment
from model.history.experiments.lift import lift
from model.history.fit import fit
from model.history.prior import FITTED, Prior
from model.history.response.spend import Channel
from model.presets import PRESETS
from model.reading.faults import ScenarioError
from tests.model.history.simulated import SCENARIO, blend, pressure

WEEK = 12 * 7 / 365.2425
CERTAIN = {
    "social_relative_return": 1.0, "other_incremental_roas": 4.0, "social_returns_exponent": 1.0,
    "other_returns_exponent": 1.0, "saturation": 0.0, "carryover_half_life": 0.01,
}  # fmt: skip
COMPANY = (50_000.0, 300_000.0)


def an_experiment(channel=Channel.SOCIAL, weeks=8, **figures):
    """An experiment of so many weeks."""
    given = {"spend": 40_000.0, "extra": 20_000.0, "revenue": 60_000.0, "se": 15_000.0, **figures}
    return experiment("it", channel, Period.of_weeks(weeks), given)


def expected(one, **beliefs):
    """What is expected of an experiment where the beliefs are these."""
    values = {name: np.array([[value]]) for name, value in (CERTAIN | beliefs).items()}
    return float(lift(one, COMPANY).expected(values)[0])


def certain_but(**ranges):
    """A scenario whose beliefs are certain but for these; spend returns the same at every level."""
    return PRESETS["social-plan"].with_values(**CERTAIN).changed(ranges={**dict.fromkeys(CERTAIN), **ranges})


def test_spend_that_returns_the_same_at_once_brings_its_return():
    assert expected(an_experiment()) == pytest.approx(4 * 20_000)
    assert expected(an_experiment(extra=-40_000.0)) == pytest.approx(-4 * 40_000)
    assert expected(an_experiment(), social_relative_return=1.5) == pytest.approx(6 * 20_000)
    assert expected(an_experiment(Channel.OTHER), social_relative_return=1.5) == pytest.approx(4 * 20_000)


def test_diminishing_returns_are_the_curve_between_the_two_levels():
    assert expected(an_experiment(), social_returns_exponent=0.5) == pytest.approx(4 * 40_000 * (1.5**0.5 - 1))
    hill = 1.5 / (0.5 + 0.5 * 1.5) - 1
    assert expected(an_experiment(), social_returns_exponent=0.5, saturation=1.0) == pytest.approx(4 * 40_000 * hill)


def test_a_part_of_the_business_starts_from_where_it_stands_on_the_curve():
    today = 0.2 * COMPANY[0] * 8 * WEEK
    level = (40_000 / today, 60_000 / today)
    found = expected(an_experiment(share=0.2), social_returns_exponent=0.5)
    assert found == pytest.approx(4 * today * (level[1] ** 0.5 - level[0] ** 0.5))


@pytest.mark.parametrize("after", [0, 4, 52])
def test_what_is_felt_later_counts_as_far_as_it_was_measured(after):
    half_life = 1.5
    found = expected(an_experiment(weeks_after=float(after)), carryover_half_life=half_life)
    weight = 0.5 ** (WEEK / half_life)
    felt = sum(1 - weight ** (8 + after - week) for week in range(8)) / 8
    assert found == pytest.approx(4 * 20_000 * felt)


def test_the_response_is_that_of_the_second_engine():
    truth = {"saturation": 0.4}
    one = an_experiment(weeks_after=3.0, share=0.2)
    today = 0.2 * COMPANY[0] * WEEK
    steady = np.full(12, 5_000 / today)
    changed = np.where((np.arange(12) > 0) & (np.arange(12) <= 8), 7_500 / today, steady)
    weight = 0.5 ** (WEEK / 0.7)
    gained = blend(pressure(changed, weight), 0.6, truth) - blend(pressure(steady, weight), 0.6, truth)
    found = expected(one, saturation=0.4, social_returns_exponent=0.6, carryover_half_life=0.7)
    assert found == pytest.approx(4 * today * gained.sum())


def test_a_test_without_its_share_on_a_channel_without_spend_is_refused():
    with pytest.raises(ScenarioError, match="on which nothing is spent today"):
        lift(an_experiment(Channel.OTHER, share=0.1), (50_000.0, 0.0))


def test_a_normal_belief_and_a_linear_response_give_the_normal_posterior():
    scenario = certain_but(other_incremental_roas=Range(2, 4, 6, Distribution.NORMAL))
    spread = 2 / 1.6448536269514722
    posterior = fit(None, Prior(scenario), 1, [lift(an_experiment(), COMPANY)])
    found, error = 60_000 / 20_000, 15_000 / 20_000
    variance = 1 / (1 / spread**2 + 1 / error**2)
    mean = variance * (4 / spread**2 + found / error**2)
    assert posterior.names == ("other_incremental_roas",)
    assert posterior.mean("other_incremental_roas") == pytest.approx(mean, abs=0.01)
    ends = posterior.percentiles("other_incremental_roas")
    assert ends[95] - ends[5] == pytest.approx(2 * 1.6448536269514722 * variance**0.5, rel=0.02)


def test_two_equal_tests_are_one_of_half_the_variance():
    twice = fit(None, Prior(SCENARIO), 1, [lift(an_experiment(), COMPANY)] * 2)
    once = fit(None, Prior(SCENARIO), 1, [lift(an_experiment(se=15_000 / 2**0.5), COMPANY)])
    for name in FITTED:
        assert twice.percentiles(name) == pytest.approx(once.percentiles(name), rel=1e-6)


def test_a_test_that_says_nothing_leaves_the_ranges():
    posterior = fit(None, Prior(SCENARIO), 1, [lift(an_experiment(se=1e12), COMPANY)])
    nothing = fit(None, Prior(SCENARIO), 1)
    for name in FITTED:
        assert posterior.percentiles(name) == pytest.approx(nothing.percentiles(name), rel=1e-6)


def test_every_test_counts_and_none_is_changed():
    one = an_experiment()
    assert replace(one, told=()) == one
    posterior = fit(None, Prior(SCENARIO), 1, [lift(one, COMPANY)])
    assert posterior.lifts[0].experiment == one
    with pytest.raises(ValueError, match="no history was fitted"):
        posterior.regression.free  # noqa: B018
