"""The tornado after learning: its bars run as far as draws that carry weights still reach."""

import pytest

from model.assumptions import Distribution, Range
from model.choice.findings import findings
from model.learning.learned import learn
from model.learning.observation import Observation
from model.learning.quantity import belief
from model.presets import PRESETS
from model.projection import project
from model.track.tracked import track
from model.uncertainty.sensitivity import learned_tornado, tornado
from tests.model.track.simulated import firm

PLAN = PRESETS["social-plan"]
SOCIAL, DECILE = "social_relative_return", 1.2815515655446004
MIDDLE, SPREAD = 1.2, 0.2
REACH = 1.6448536269514722 * SPREAD
NORMAL = PLAN.changed(ranges={SOCIAL: Range(MIDDLE - REACH, MIDDLE, MIDDLE + REACH, Distribution.NORMAL)})


def test_bars_run_over_what_is_left_of_each_belief_with_all_others_at_their_medians():
    learned = learn(NORMAL, [Observation(belief(SOCIAL), 1.5, 0.1)])
    simulation = learned.simulate((), ("npv",))
    bars = {bar.name: bar for bar in learned_tornado(simulation)}
    precision = 1 / SPREAD**2 + 1 / 0.1**2
    mean, spread = (MIDDLE / SPREAD**2 + 1.5 / 0.1**2) / precision, precision**-0.5
    assert bars[SOCIAL].low == pytest.approx(mean - DECILE * spread, abs=0.1 * spread)
    assert bars[SOCIAL].high == pytest.approx(mean + DECILE * spread, abs=0.1 * spread)
    # All others in the middle, which draws of what nobody saw give.
    middle = {
        name: sorted(zip(column[:, 0], learned.weights, strict=True)) for name, column in learned.values.items()
    }
    at = {name: median(rows) for name, rows in middle.items()}
    for end, worth in ((bars[SOCIAL].low, bars[SOCIAL].npv_low), (bars[SOCIAL].high, bars[SOCIAL].npv_high)):
        there = project(NORMAL.with_values(**(at | {SOCIAL: end}))).metrics["npv"]
        assert worth == pytest.approx(there, abs=2_000)
    found = findings(simulation)
    assert found.bars == learned_tornado(simulation)
    assert found.around == pytest.approx(project(NORMAL.with_values(**at)).metrics["npv"], abs=2_000)


def median(rows):
    reached = 0.0
    for value, weight in rows:
        reached += weight
        if reached >= 0.5:
            return float(value)
    raise AssertionError("weights sum to 1")


def test_draws_without_weights_have_the_tornado_of_their_ranges():
    simulation = learn(PLAN, (), 256).simulate((), ("npv",))
    assert learned_tornado(simulation) == tornado(PLAN)
    assert findings(simulation).around == project(PLAN).metrics["npv"]


def test_what_is_tracked_hangs_on_what_is_still_open():
    before, after = (track(PLAN, firm(3).until(month), count=1024) for month in (1, 18))
    width = [{bar.name: bar.high - bar.low for bar in found.matters} for found in (before, after)]
    assert all(after.matters[place].swing >= after.matters[place + 1].swing for place in range(5))
    assert width[1]["competent_share_start"] < 0.95 * width[0]["competent_share_start"]
    # Of what nothing tells, as much is open as before.
    assert width[1]["contribution_margin"] == pytest.approx(width[0]["contribution_margin"], rel=0.1)
