"""Work that is given away: workers that are killed, runs that are stopped and gone on with, damaged files."""

import os
import runpy
import signal
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import replace
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from model.command_line.whole_file import write_whole
from model.portfolio import block
from model.portfolio.block import work
from model.portfolio.checkpoint import Checkpoint, Resumed
from model.portfolio.consolidated import consolidate, run_key
from model.portfolio.running.draws_on_disk import DrawsOnDisk
from model.portfolio.running.pool import Pool, here, processes
from model.portfolio.running.runner import Work, in_order
from model.portfolio.shared_beliefs import Drawing
from model.reading.faults import ScenarioError
from tests.model.portfolio.groups import group, linear

FEW = Drawing(128, 3)
# Three blocks of units.
GROUP = group(*(linear(100.0 + place) for place in range(17)), correlation=0.5)


def doubled(piece: list[tuple[int, str]]) -> list[int]:
    """Twice each number; the worker is killed at one that is lethal, or as long as its file is not there."""
    for _, how in piece:
        if how == "lethal" or (how and not Path(how).exists()):
            if how != "lethal":
                Path(how).touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return [2 * number for number, _ in piece]


WORK = Work(doubled, lambda piece: [[one] for one in piece], lambda found: [*chain(*found)], lambda _: [-1])


def test_a_worker_killed_in_the_middle_loses_nothing_and_one_that_kills_is_found(tmp_path):
    pieces = [[(0, ""), (1, "")], [(2, str(tmp_path / "once"))], [(3, ""), (4, "lethal"), (5, "")], [(6, "")]]
    assert list(in_order(processes(1), WORK, pieces)) == [[0, 2], [4], [6, -1, 10], [12]]


class Breaks(Executor):
    """Does what it is given, and breaks where its fate is False, as a pool whose process is killed does."""

    def __init__(self, fates: list[bool]) -> None:
        self.fates = fates

    def submit(self, function, *arguments, **_):
        future: Future = Future()
        if self.fates and not self.fates.pop(0):
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(function(*arguments))
        return future

    def shutdown(self, **_):
        """Nothing runs."""


def test_a_group_whose_workers_break_comes_out_the_same():
    # The second block breaks, and again when it is tried alone.
    fates = [True, False, True, False]
    pool = Pool(lambda: Breaks(fates), 2)
    assert np.array_equal(consolidate(GROUP, FEW, pool).npv, consolidate(GROUP, FEW).npv)
    assert fates == []


def test_a_unit_that_ends_its_workers_is_told_and_the_others_stay(monkeypatch):
    def lethal(task):
        if any(unit.name == "K" for unit in task.units):
            raise BrokenExecutor
        return work(task)

    monkeypatch.setattr("model.portfolio.consolidated._WORK", replace(_work(), do=lethal))
    found = consolidate(GROUP, FEW)
    assert [(item.name, "ended each worker" in item.reason) for item in found.failed] == [("K", True)]
    others = replace(GROUP, units=tuple(unit for unit in GROUP.units if unit.name != "K"))
    np.testing.assert_allclose(found.npv, consolidate(others, FEW).npv)


def _work():
    return Work(work, block.parts, block.together, block.lost)


class Stopped(Exception):
    """As Ctrl-C, at a place that is known."""


def _stop_after(units):
    def told(done, _):
        if done >= units:
            raise Stopped

    return told


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path, monkeypatch):
    file = tmp_path / "run.state"
    with pytest.raises(Stopped):
        consolidate(GROUP, FEW, here(), _stop_after(16), Resumed(file, write_whole))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.state", "run.state.draws"]
    done = []
    monkeypatch.setattr(
        "model.portfolio.consolidated._WORK",
        replace(_work(), do=lambda task: done.extend(unit.name for unit in task.units) or work(task)),
    )
    resumed = Resumed(file, write_whole)
    found = consolidate(GROUP, FEW, here(), None, resumed)
    assert done == ["Q"]
    whole = consolidate(GROUP, FEW)
    assert np.array_equal(found.npv, whole.npv)
    assert np.array_equal(found.fan, whole.fan)
    assert (found.outcomes, found.bars, found.variance_shares) == (
        whole.outcomes, whole.bars, whole.variance_shares,
    )  # fmt: skip
    # Nothing is left behind once the run is at its end.
    resumed.done()
    assert list(tmp_path.iterdir()) == []


def _stopped(file):
    with pytest.raises(Stopped):
        consolidate(GROUP, FEW, here(), _stop_after(8), Resumed(file, write_whole))


def test_what_was_written_after_the_last_state_is_done_again(tmp_path):
    file = tmp_path / "run.state"
    _stopped(file)
    with (tmp_path / "run.state.draws").open("ab") as draws:
        draws.write(b"half a row that a kill left")
    found = consolidate(GROUP, FEW, here(), None, Resumed(file, write_whole))
    assert np.array_equal(found.npv, consolidate(GROUP, FEW).npv)


def test_a_file_that_is_none_of_the_run_is_refused_and_stays(tmp_path):
    other = tmp_path / "run.draws"
    other.write_text("something else", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"is not there, but run\.draws is"):
        consolidate(GROUP, FEW, here(), None, Resumed(tmp_path / "run", write_whole))
    assert other.read_text(encoding="utf-8") == "something else"
    assert list(tmp_path.iterdir()) == [other]


def test_a_run_that_is_killed_at_once_can_be_gone_on_with(tmp_path):
    file, how = tmp_path / "run", replace(FEW, correlation=GROUP.correlation)
    Checkpoint(Resumed(file, write_whole), run_key(GROUP, how)).load(how, GROUP.months).draws.close()
    found = consolidate(GROUP, FEW, here(), None, Resumed(file, write_whole))
    assert np.array_equal(found.npv, consolidate(GROUP, FEW).npv)


def test_a_state_that_cannot_be_kept_leaves_nothing(tmp_path):
    def full(_path, _content):
        raise OSError(28, "No space left on device")

    with pytest.raises(ScenarioError, match="cannot be written: No space left"):
        consolidate(GROUP, FEW, here(), None, Resumed(tmp_path / "run", full))
    assert list(tmp_path.iterdir()) == []


def test_a_refused_state_leaves_the_draws_as_they_are(tmp_path):
    file, draws = tmp_path / "run.state", tmp_path / "run.state.draws"
    _stopped(file)
    for content in (b"x" * 28_000, b"short", b""):
        draws.write_bytes(content)
        with pytest.raises(ScenarioError, match=r"does not fit run\.state\.draws"):
            consolidate(GROUP, FEW, here(), None, Resumed(file, write_whole))
        assert draws.read_bytes() == content
    draws.unlink()
    with pytest.raises(ScenarioError, match=r"has no run\.state\.draws beside it"):
        consolidate(GROUP, FEW, here(), None, Resumed(file, write_whole))
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("other", "how"),
    [
        (replace(GROUP, correlation=0.4), FEW),
        (GROUP, replace(FEW, seed=4)),
        (replace(GROUP, units=GROUP.units[1:]), FEW),
        (replace(GROUP, units=(replace(GROUP.units[0], weight=2.0), *GROUP.units[1:])), FEW),
    ],
)
def test_the_state_of_another_run_is_refused(tmp_path, other, how):
    file = tmp_path / "run.state"
    _stopped(file)
    with pytest.raises(ScenarioError, match="is of another run"):
        consolidate(other, how, here(), None, Resumed(file, write_whole))


def test_damaged_states_are_refused(tmp_path):
    file, draws = tmp_path / "run.state", tmp_path / "run.state.draws"
    _stopped(file)
    kept = draws.read_bytes()
    draws.write_bytes(kept[:100] + b"\1" + kept[101:])
    with pytest.raises(ScenarioError, match=r"does not fit run\.state\.draws"):
        consolidate(GROUP, FEW, here(), None, Resumed(file, write_whole))
    state = file.read_bytes()
    for damaged, told in (
        (b"", "is something else than the state of a run"),
        (b"no archive", "is something else than the state of a run"),
        (state[: len(state) // 2], r"is damaged; remove it and run\.state\.draws to begin anew"),
    ):
        draws.write_bytes(kept)
        file.write_bytes(damaged)
        with pytest.raises(ScenarioError, match=told):
            consolidate(GROUP, FEW, here(), None, Resumed(file, write_whole))
        assert draws.read_bytes() == kept


def test_a_state_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(ScenarioError, match="cannot be used: No such file"):
        consolidate(GROUP, FEW, here(), None, Resumed(tmp_path / "none" / "run.state", write_whole))


def test_a_full_disk_is_told():
    full = DrawsOnDisk(2)
    full.close()
    with (
        Path("/dev/full").open("wb", buffering=0) as full._file,
        pytest.raises(ScenarioError, match="has no room for the draws: No space left on device"),
    ):
        full.append(np.zeros((100_000, 2)))


def test_rows_on_the_disk_come_back_in_order():
    rows = np.arange(200.0).reshape(100, 2)
    kept = DrawsOnDisk(2)
    kept.append(rows[:3])
    kept.append(rows[3:])
    assert np.array_equal(np.concatenate(list(kept.blocks())), rows)
    assert kept.rows == 100
    kept.close()


def test_a_worker_that_loads_the_page_serves_nobody():
    # Processes that a server of the page starts load its file under this name.
    loaded = runpy.run_path(str(Path(__file__).parents[3] / "roi_app.py"), run_name="__mp_main__")
    assert "app" not in loaded
