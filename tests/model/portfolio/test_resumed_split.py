"""An allocation that was stopped, killed or damaged on the way goes on without a unit that is simulated again."""

import numpy as np
import pytest

from model.command_line.whole_file import write_whole
from model.portfolio.allocation import allocate as allocating
from model.portfolio.allocation.allocate import allocate
from model.portfolio.allocation.limits import SplitLimits
from model.portfolio.checkpoint import Resumed
from model.portfolio.running.pool import here
from model.portfolio.shared_beliefs import Drawing
from model.reading.faults import ScenarioError
from tests.model.portfolio.groups import PLAN, group

FEW, LIMITS = Drawing(128, 3), SplitLimits(budget=65e6)
# Two blocks; those of the first cannot vary, which makes them quick.
FIXED = PLAN.with_values(plan_delivery=0)
GROUP = group(*[FIXED] * 8, PLAN.with_values(employees=300))
CURVES, JUDGED = [[*"ABCDEFGH"], ["I"]], [[*"ABCDEFGH"], ["I"]]


class Stopped(Exception):
    """As Ctrl-C, at a place that is known."""


def stop_at(times):
    """Stops when so many blocks were told."""
    left = [times]

    def told(*_):
        left[0] -= 1
        if not left[0]:
            raise Stopped

    return told


@pytest.fixture
def worked(monkeypatch):
    """The names of the units that each step works on."""
    found = []
    for name in ("curves", "judge"):
        do = getattr(allocating, name)

        def noted(wanted, do=do):
            found.append([unit.name for unit in wanted.task.units])
            return do(wanted)

        monkeypatch.setattr(allocating, name, noted)
    return found


def alike(one, other):
    return one.parts == other.parts and np.array_equal(one.npv, other.npv) and one.bindings == other.bindings


@pytest.fixture(scope="module")
def whole():
    """The allocation in one go."""
    return allocate(GROUP, LIMITS, FEW)


@pytest.mark.parametrize(("blocks", "left"), [(1, [CURVES[1], *JUDGED]), (2, JUDGED), (3, JUDGED[1:]), (4, [])])
def test_what_was_done_before_a_stop_is_not_done_again(tmp_path, whole, worked, blocks, left):
    resumed = Resumed(tmp_path / "run", write_whole)
    with pytest.raises(Stopped):
        allocate(GROUP, LIMITS, FEW, here(), stop_at(blocks), resumed)
    # What was ahead of what was told is lost with the stop.
    worked.clear()
    assert alike(allocate(GROUP, LIMITS, FEW, here(), None, resumed), whole)
    assert worked == left


def test_other_limits_go_on_from_the_same_curves(tmp_path, worked):
    resumed = Resumed(tmp_path / "run", write_whole)
    allocate(GROUP, LIMITS, FEW, here(), None, resumed)
    worked.clear()
    other = SplitLimits(budget=62e6)
    assert alike(allocate(GROUP, other, FEW, here(), None, resumed), allocate(GROUP, other, FEW))
    assert worked[:2] == JUDGED


def test_what_is_broken_is_done_again_and_what_stands_before_it_is_not(tmp_path, whole, worked):
    resumed = Resumed(tmp_path / "run", write_whole)
    allocate(GROUP, LIMITS, FEW, here(), None, resumed)
    kept = resumed.split.read_bytes()
    worked.clear()
    for damaged, left in (
        (kept[:-9], JUDGED[1:]),
        (kept[:-9] + b"X" + kept[-8:], JUDGED[1:]),
        (kept[: len(kept) // 3] + b"X" + kept[len(kept) // 3 + 1 :], None),
        (kept[:20], CURVES + JUDGED),
        (b"", CURVES + JUDGED),
    ):
        resumed.split.write_bytes(damaged)
        assert alike(allocate(GROUP, LIMITS, FEW, here(), None, resumed), whole)
        assert left is None or worked == left
        assert resumed.split.read_bytes() == kept
        worked.clear()


def test_the_file_of_another_run_is_refused_and_stays(tmp_path):
    resumed = Resumed(tmp_path / "run", write_whole)
    resumed.split.write_bytes(b"something else")
    with pytest.raises(ScenarioError, match=r"run\.split: is something else than what a run keeps there"):
        allocate(GROUP, LIMITS, FEW, here(), None, resumed)
    assert resumed.split.read_bytes() == b"something else"
    resumed.split.unlink()
    with pytest.raises(Stopped):
        allocate(GROUP, LIMITS, FEW, here(), stop_at(1), resumed)
    with pytest.raises(ScenarioError, match="is of another run"):
        allocate(GROUP, LIMITS, Drawing(128, 4), here(), None, resumed)
