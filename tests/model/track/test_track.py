"""Tracking is true: closed forms, identities, a second method, and firms whose truth is known."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
from scipy import stats

from model.gates.noise import Noise
from model.history.checks import Diagnostic, Trust
from model.learning.learned import learn
from model.learning.observation import Observation
from model.learning.quantity import Quantity
from model.presets import PRESETS
from model.projection import inputs_of
from model.reading.faults import ScenarioError
from model.track import beliefs
from model.track.actuals import Actual, actuals_data, actuals_from, checked
from model.track.beliefs import learnt
from model.track.checks import checks, fails
from model.track.departures import follow
from model.track.forecasts import Forecast, Record, mixture_percentiles, record, warnings
from model.track.measures import MEASURES, Takes
from model.track.tracked import same_plan, track
from model.track.variances import VarianceCause
from model.track.words import alarming, answer, shown_parts, shown_unit, verdicts, warned, warning_words
from model.track.worlds import Tracking, tracking
from model.uncertainty.simulation import simulate
from model.units import MONEY
from tests.model.track.simulated import firm
from tests.model.track.study import WORLDS, tracked

PLAN = PRESETS["social-plan"]
FEW = 1024


@pytest.fixture(scope="module")
def followed():
    return tracked(1, 12)[1]


# What departs from the model


@pytest.mark.parametrize("kept", [0.0, 0.7, 1.0])
def test_months_are_as_likely_as_their_joint_normal_distribution_says(kept):
    measure = replace(MEASURES["revenue"], noise=Noise(0.3, 0.5, kept, "D", ""))
    months, unit = [1, 2, 5, 9], np.linspace(1, 2, 9)
    actuals = [Actual(month, "revenue", 2.0 + month / 7) for month in months]
    modelled = np.vstack([np.full(9, 2.0), np.linspace(1, 3, 9)])
    found = follow(measure, actuals, modelled, unit)
    at = np.array(months) - 1
    lags = np.abs(np.subtract.outer(at, at))
    covariance = np.outer(unit[at], unit[at]) * (0.5**2 * kept**lags + 0.3**2 * np.eye(4))
    for row in (0, 1):
        joint = stats.multivariate_normal(modelled[row, at], covariance).logpdf([item.value for item in actuals])
        assert found.logs[:, row].sum() - 2 * math.log(2 * math.pi) == pytest.approx(joint, abs=1e-12)


def test_what_lasts_is_known_as_a_normal_mean_is():
    measure = replace(MEASURES["revenue"], noise=Noise(0.2, 0.4, 1.0, "D", ""))
    values = [1.1, 1.3, 0.9, 1.25]
    actuals = [Actual(month, "revenue", value) for month, value in enumerate(values, start=1)]
    found = follow(measure, actuals, np.ones((1, 5)), np.ones(5))
    precision = 1 / 0.4**2 + 4 / 0.2**2
    assert found.variance[0, 4] == pytest.approx(1 / precision)
    assert found.expected[0, 4] == pytest.approx(sum(value - 1 for value in values) / 0.2**2 / precision)


def test_a_trial_teaches_what_the_same_observation_teaches():
    actual = Actual(18, "training_test", 0.05, standard_error=0.01)
    found, _ = learnt(tracking(PLAN, [actual], 18), FEW, 2027)
    same = learn(PLAN, [Observation(Quantity("productivity_gain", (18, 18)), 0.05, 0.01)], FEW, 2027)
    np.testing.assert_allclose(found.weights, same.weights, rtol=1e-9)


def test_spend_as_planned_changes_no_line():
    bare = Tracking(PLAN, (), 0)
    planned = bare.planned
    actuals = [
        Actual(month, name, float(planned[name][month - 1]))
        for month in range(1, 7)
        for name in ("social_spend", "training_hours")
    ]
    inputs = inputs_of(PLAN)
    known = tracking(PLAN, actuals, 6).worlds(inputs, ("cumulative_cash",)).known
    as_planned = bare.worlds(inputs, ("cumulative_cash",)).known
    np.testing.assert_allclose(known["cumulative_cash"], as_planned["cumulative_cash"], rtol=1e-9)


# Identities


def test_with_nothing_measured_all_is_as_it_was_planned():
    found = track(PLAN, (), count=FEW)
    assert found.before == found.now
    assert found.now.odds == simulate(PLAN, FEW, only=("npv",)).odds_of_gain
    assert (found.forecasts, found.variances, found.record, found.checks) == ((), (), None, ())
    assert "as when it was planned" in answer(found)


def test_the_same_actuals_give_the_same_digits_in_whatever_order():
    actuals = firm(3).until(5)
    one, other = (track(PLAN, items, count=FEW) for items in (actuals, actuals[::-1]))
    assert (one.now, one.forecasts, one.record, one.checks) == (
        other.now, other.forecasts, other.record, other.checks,
    )  # fmt: skip
    np.testing.assert_array_equal(one.ahead["revenue"].low, other.ahead["revenue"].low)
    # And what came later does not change what was forecast before it.
    assert track(PLAN, firm(3).until(9), 5, FEW).now == one.now


def test_causes_add_up_to_the_variance(followed):
    for item in followed.variances:
        parts = sum(item.parts.values())
        np.testing.assert_allclose(parts, item.delta, atol=1e-9 * np.nanmax(np.abs(item.plan)))
        shown = shown_parts(item)
        unit = shown_unit(item)
        assert sum(shown.values()) == unit.as_shown(item.total(item.actual)) - unit.as_shown(item.total(item.plan))
    subjects = {item.subject: item for item in followed.variances}
    assert subjects["net_cash"].parts[VarianceCause.UNEXPLAINED] == pytest.approx(0, abs=1e-6)
    # What was spent is known: beside the revenue base only the share explains it.
    spend = subjects["social_spend"].parts
    for cause in (VarianceCause.SKILLS, VarianceCause.RESPONSE, VarianceCause.UNEXPLAINED):
        assert spend[cause] == pytest.approx(0, abs=1e-6)


def test_half_of_the_hours_is_a_matter_of_skills_alone():
    planned = Tracking(PLAN, (), 0).planned["training_hours"]
    found = track(PLAN, [Actual(month, "training_hours", float(planned[month - 1]) / 2) for month in range(1, 7)])
    cash = next(item for item in found.variances if item.subject == "net_cash")
    assert cash.total(cash.parts[VarianceCause.SKILLS]) == pytest.approx(cash.total(cash.delta))
    assert cash.total(cash.parts[VarianceCause.SHARE]) == 0
    # Half the hours are then expected to go on, and fade back to the plan.
    ahead = found.ahead["training_hours"].middle / planned
    assert 0.5 < ahead[6] < 0.75 < ahead[40] < 1.05


# Bands, scores, records


def test_percentiles_of_one_normal_and_of_two_far_apart():
    one = mixture_percentiles(np.array([3.0]), np.array([2.0]), np.array([1.0]))
    assert one == pytest.approx(stats.norm(3, 2).ppf([0.1, 0.5, 0.9]), abs=1e-8)
    low, middle, high = mixture_percentiles(np.array([0.0, 100.0]), np.ones(2), np.array([0.3, 0.7]))
    assert low == pytest.approx(stats.norm.ppf(1 / 3), abs=1e-8)
    assert middle == pytest.approx(100 + stats.norm.ppf(2 / 7), abs=1e-8)
    assert high == pytest.approx(100 + stats.norm.ppf(6 / 7), abs=1e-8)


def test_the_interval_score_is_that_of_gneiting_and_raftery():
    def score(value):
        return Forecast(Actual(1, "revenue", value), 4.0, 5.0, 6.0, 0.5, 1.0).score

    # The width, and 2/α = 10 for each unit outside.
    assert [score(value) for value in (5.0, 3.5, 6.25)] == pytest.approx([2.0, 7.0, 4.5])


@pytest.mark.parametrize("held", [0, 3, 8, 10])
def test_a_record_s_interval_is_the_exact_one(held):
    made = [Forecast(Actual(1, "revenue", float(place >= held)), -0.5, 0.0, 0.5, 0.5, 1.0) for place in range(10)]
    found = record(made)
    exact = stats.binomtest(held, 10).proportion_ci(0.9, "exact")
    assert (found.part, found.low, found.high) == pytest.approx((held / 10, exact.low, exact.high))


# Other worlds


@pytest.mark.parametrize(("world", "named"), [("level shift of 20 %", "tails"), ("scatter of 2.5 times", "spread")])
def test_another_world_is_told(world, named):
    made = firm(2, **WORLDS[world])
    found = track(PLAN, made.until(18), count=FEW)
    assert named in {item.name for item in fails(found.checks)}
    assert any("cannot be relied on" in sentence for sentence in verdicts(found))


def test_a_single_actual_that_no_plan_could_have_is_told():
    found = track(PLAN, [Actual(3, "training_test", 0.9, standard_error=0.01)], count=FEW)
    assert "tails" in {item.name for item in fails(found.checks)}
    assert "so far out lie fewer than 1 in 100" in list(warned(found))[1]


def test_actuals_that_contradict_each_other_are_refused_with_the_mend(monkeypatch):
    monkeypatch.setattr(beliefs, "FEWEST_EFFECTIVE", 4_000)
    with pytest.raises(ScenarioError, match=r"up to month 5 contradict the plan's ranges.*widen the ranges"):
        track(PLAN, [Actual(5, "revenue", 1e7)], count=FEW)


def test_few_draws_are_drawn_anew_where_actuals_tell_nothing_of_beliefs():
    found = track(PLAN, [Actual(1, "training_hours", 10.0)], count=128)
    assert found.now.odds == pytest.approx(found.before.odds, abs=0.1)


def test_a_plan_without_ranges_is_tracked():
    certain = PLAN.changed(ranges=dict.fromkeys(PLAN.effective_ranges))
    found = track(certain, [item for item in firm(1).until(7) if not item.of.decided], count=FEW)
    assert found.now.low == found.now.high
    assert len(found.forecasts) == 15


# Words


def test_warnings_say_what_left_its_band_and_how_many_do_by_chance(followed):
    told = list(warned(followed))
    out = warnings(followed.forecasts)
    near = [item for item in out if not item.far]
    assert near
    assert told[0].startswith(f"{len(out)} of {len(followed.forecasts)} actuals left P10–P90;")
    assert all("where 8 in 10 were forecast" in sentence for sentence in told[1:-1])
    assert len(told) == 2 + len(out) - len(near)
    assert told[-1].startswith("Outside, but not far: ")
    assert sum(map(str.isdigit, re.sub(r"\d+", "1", told[-1]))) == len(near)


def test_numbers_are_written_as_the_scenarios_locale_writes_them():
    danish = PLAN.changed(locale="da").format
    told = Record(1234, 1000, 0.7876, 0.8321, 1.5, 3).words(danish).replace("\u00a0", " ")
    assert told.startswith(
        "1.000 of 1.234 actuals lay within bands that should hold 8 in 10: 81 %, 78,8 % to 83,2 %"
    )


def test_the_answer_says_that_its_worth_is_the_median(followed):
    value = PLAN.format.rounded(followed.now.middle, MONEY)
    assert f"now worth {value} at the median" in answer(followed)


def test_a_warning_has_no_more_figures_than_tell_it_from_its_band():
    item = Forecast(Actual(3, "revenue", 10_712_292.0), 9_954_110.91, 10_300_000.0, 10_683_839.71, 0.93, 1e7)
    told = warning_words(item, PLAN.format).replace("\u00a0", " ")
    assert "10,710,000 USD lies above 9,954,000 USD … 10,680,000 USD" in told
    plain = warning_words(replace(item, actual=Actual(3, "revenue", 12.3456e6)), PLAN.format).replace("\u00a0", " ")
    assert "12.3 m USD lies above 9.95 m USD … 10.7 m USD" in plain
    near = warning_words(replace(item, high=10_712_291.0), PLAN.format).replace("\u00a0", " ")
    assert "10,712,292 USD lies above" in near


def test_only_a_failed_check_or_a_far_actual_alarms(followed):
    near = tuple(item for item in followed.forecasts if not item.far)
    calm = replace(followed, forecasts=near, checks=())
    assert warnings(near)
    assert not alarming(calm)
    assert alarming(replace(calm, forecasts=(*near, replace(near[0], below=0.001))))
    assert alarming(replace(calm, checks=(Diagnostic("level", Trust.NO, "Its level has shifted", {}),)))


def test_too_few_actuals_tell_nothing_of_the_world():
    found = track(PLAN, firm(1).until(1), count=FEW)
    assert fails(checks(found.forecasts)) == ()
    assert list(verdicts(found)) == [
        "Too few actuals to tell whether the world is as the plan and its noise have it."
    ]


# What cannot be


def test_every_fault_of_actuals_is_told_at_once():
    wrong = [
        Actual(0, "revenue", 1.0),
        Actual(1, "revenu", 1.0),
        Actual(1, "revenue", math.nan),
        Actual(2, "revenue", -1.0),
        Actual(3, "revenue", 1.0, tested=3),
        Actual(4, "competent_share", 0.5),
        Actual(4, "competent_share", 0.5, tested=0),
        Actual(5, "training_test", 0.5, standard_error=0.0),
        Actual(6, "revenue", 1.0),
        Actual(6, "revenue", 2.0),
    ]
    with pytest.raises(ScenarioError) as refused:
        checked(PLAN, wrong)
    told = [fault.message for fault in refused.value.faults]
    assert len(told) == 9
    for part, words in zip(
        ("its months are 1 … 60", "did you mean 'revenue'", "finite number", "must lie within 0", "leave that out",
         "give tested", "a whole number within 1", "must lie above 0", "stands twice"),
        told,
        strict=True,
    ):  # fmt: skip
        assert part in words


def test_a_lift_test_of_no_spend_is_refused():
    wrong = [Actual(2, "social_spend", 0.0), Actual(2, "social_return_test", 4.0, standard_error=1.0)]
    with pytest.raises(ScenarioError, match="there is no social spend in its month"):
        track(PLAN, wrong)


def test_until_lies_within_the_plan():
    with pytest.raises(ScenarioError, match="until: is 61, out of bounds: must lie within 0 … 60"):
        track(PLAN, (), 61)


def test_another_plan_than_the_approved_one_is_refused_with_the_mend():
    same_plan(PLAN, PLAN.hash)
    with pytest.raises(ScenarioError, match=f"is {PLAN.hash}, but .* was approved.*Open that version"):
        same_plan(PLAN, "0" * 12)


def test_actuals_come_back_from_plain_data():
    actuals = checked(PLAN, firm(1).until(18))
    assert actuals_from(PLAN, actuals_data(actuals)) == actuals
    with pytest.raises(ScenarioError) as refused:
        actuals_from(PLAN, [{"month": 1}, {"month": 1, "measure": "revenue", "value": 1, "note": ""}, 3])
    assert [fault.key for fault in refused.value.faults] == [
        "actuals.1.measure", "actuals.1.value", "actuals.2", "actuals.3",
    ]  # fmt: skip


def test_every_measure_is_declared_whole():
    for measure in MEASURES.values():
        assert measure.noise.help
        assert measure.noise.grade in "ABCD"
        assert measure.noise.scatter + measure.noise.lasting > 0 or measure.takes is Takes.STANDARD_ERROR
    assert isinstance(MEASURES, MappingProxyType)
