"""Experiments beside a history or alone: what they tell, how they are graded, and where they contradict."""

from dataclasses import replace

import numpy as np
import pytest

from model.assumptions import Distribution, Range
from model.history.agreement import _source
from model.history.checks import Trust
from model.history.experiments.lift import lift
from model.history.experiments.spec import read_spec
from model.history.importing.columns import Named
from model.history.importing.data_file import DataFile
from model.history.importing.history import read_history
from model.history.own_data import learn
from model.history.prior import FITTED
from model.history.ranges import before_own_data
from model.reading.faults import ScenarioError
from model.scenario import Scenario
from tests.model.history.simulated import SCENARIO, simulated, written

SEED = 2027


def spec(revenue, se=10_000, *, channel="social", extra=200_000, when="2024-01-01..2024-06-30"):
    """An experiment whose spend was 200,000."""
    return read_spec(f"{channel},{when},spend=200000,extra={extra},revenue={revenue},se={se}")


def history_of(made):
    """A simulated history as its file tells it."""
    return read_history(DataFile("history.csv", written(made).encode()), Named())


@pytest.fixture(scope="module")
def alone():
    """What a test of other marketing that is good tells by itself."""
    return learn(None, SCENARIO, SEED, [spec(-450_000, channel="other", extra=-200_000)])


def by_name(own):
    """The checks by name."""
    return {check.name: check for check in own.checks}


def test_one_good_test_without_a_history_works(alone):
    assert alone.read is None
    assert list(by_name(alone)) == ["draws", "within_ranges", "told", "experiments"]
    assert alone.gate.trust is Trust.CARE
    assert "other_incremental_roas" in alone.tested
    told = {item.name for item in alone.findings if item.told}
    assert told == alone.tested == alone.scenario.ranges.keys()
    after = next(item for item in alone.findings if item.name == "other_incremental_roas")
    assert after.posterior[95] - after.posterior[5] < 0.7 * (after.prior[95] - after.prior[5])
    with pytest.raises(ValueError, match="without a history"):
        alone.history  # noqa: B018


def test_what_an_experiment_tells_is_graded_so(alone):
    note = alone.scenario.notes["other_incremental_roas"]
    assert note == "Own data, experiment of 2024-01-01 to 2024-06-30; grade A: experiment"
    assert before_own_data(alone.scenario) == SCENARIO
    assert Scenario.from_json(alone.scenario.to_json()) == alone.scenario
    again = learn(None, alone.scenario, SEED, [spec(-450_000, channel="other", extra=-200_000)])
    assert again.scenario == alone.scenario
    assert again.told[-1].endswith("so that no history counts twice")


def test_an_experiment_as_expected_agrees_and_one_that_is_not_contradicts():
    expected = learn(None, SCENARIO, SEED, [spec(500_000, 50_000)]).experiments[0]
    assert abs(expected.z) < 1
    both = learn(None, SCENARIO, SEED, [spec(500_000, 20_000), spec(1_500_000, 20_000)])
    check = by_name(both)["experiments"]
    assert check.trust is Trust.CARE
    assert "they contradict each other by" in check.verdict
    assert "where the ranges and the other experiments expect" in check.verdict
    assert abs(check.figures["z_2"]) > 2.6
    [one, _] = both.experiments
    assert one.z == pytest.approx((500_000 - one.predicted) / np.hypot(20_000, one.spread))


def test_z_is_a_standard_normal_where_the_truth_is_drawn_from_the_ranges():
    """Closed form: what a flat enough test finds of a normal belief lies about its mean by both errors."""
    certain = dict.fromkeys(FITTED)
    plan = SCENARIO.with_values(
        social_relative_return=1.0, social_returns_exponent=1.0, saturation=0.0, carryover_half_life=0.01
    )
    plan = plan.changed(ranges={**certain, "other_incremental_roas": Range(2, 4, 6, Distribution.NORMAL)})
    [one] = learn(None, plan, SEED, [spec(1_000_000, 100_000)]).experiments
    spread = 200_000 * 2 / 1.6448536
    assert one.predicted == pytest.approx(800_000, rel=0.01)
    assert one.z == pytest.approx(200_000 / np.hypot(spread, 100_000), rel=0.02)


def test_an_experiment_enters_the_fit_of_a_history():
    made = simulated(3, periods=104, noise=0.03)
    history = history_of(made)
    before = learn(history, SCENARIO, SEED)
    truth = {name: np.array([[value]]) for name, value in made.truth.items()}
    test = spec(0, channel="other", extra=-200_000)
    found = float(lift(test, (1.0, 1.0)).expected(truth)[0])
    own = learn(history, SCENARIO, SEED, [replace(test, revenue=found)])
    for name in ("other_incremental_roas",):
        wide, narrow = (next(item for item in one.findings if item.name == name) for one in (before, own))
        assert narrow.posterior[95] - narrow.posterior[5] < wide.posterior[95] - wide.posterior[5]
        assert narrow.posterior[5] <= made.truth[name] <= narrow.posterior[95]
    assert "other_incremental_roas" in own.tested
    assert own.scenario.notes["other_incremental_roas"] == (
        "Own data, experiment of 2024-01-01 to 2024-06-30, with the history 2021-01-04 to 2022-12-26, 104 weeks; "
        "grade A: experiment"
    )
    assert by_name(own)["experiments"].trust is Trust.YES
    assert not before.tested
    assert not before.experiments
    assert "experiments" not in by_name(before)


def test_spend_that_never_changes_is_told_of_by_the_experiment_alone():
    flat = replace(simulated(3, periods=104), social=np.full(104, 1e4), other=np.full(104, 6e4))
    own = learn(history_of(flat), SCENARIO, SEED, [spec(-450_000, channel="other", extra=-200_000)])
    check = by_name(own)["collinear"]
    assert check.trust is Trust.CARE
    assert check.verdict.endswith("only the experiment tells of it")
    assert own.gate.trust is Trust.CARE
    assert own.tested == {item.name for item in own.findings if item.told}


def test_nothing_and_too_much_are_refused():
    with pytest.raises(ScenarioError, match="give a history, experiments, or both"):
        learn(None, SCENARIO, SEED)
    with pytest.raises(ScenarioError, match="are 21; at most 20 are taken"):
        learn(None, SCENARIO, SEED, [spec(1)] * 21)


def test_a_test_far_beyond_the_ranges_is_refused():
    with pytest.raises(ScenarioError, match=r"experiment: cannot be fitted reliably|would have to lie beyond"):
        learn(None, SCENARIO, SEED, [spec(50_000_000, 100)])


def test_a_source_names_a_few_periods():
    lifts = [lift(spec(1, when=f"{weeks} weeks"), (1.0, 1.0)) for weeks in (4, 5, 6, 7, 8)]
    assert _source(lifts, None) == "experiments of 4 weeks and 5 weeks and 6 weeks and 2 more"
