"""The files that a run keeps on the way are its own: nothing else is removed, overwritten or read as one."""

import errno
import io

import pytest

from model.command_line.program.commands import run
from model.command_line.whole_file import write_whole
from model.portfolio import consolidated
from model.portfolio.checkpoint import Resumed
from model.portfolio.consolidated import consolidate
from model.portfolio.shared_beliefs import Drawing
from model.reading.faults import ScenarioError
from report.files.subjects.command_line import make_of
from tests.model.portfolio.groups import group, linear

FEW = ("--draws", "128", "--workers", "1")


@pytest.fixture
def table(tmp_path):
    """A table of two units, the only file there."""
    file = tmp_path / "units.csv"
    file.write_text("name,employees\nA,500\nB,800\n", encoding="utf-8")
    return file


class Full(io.StringIO):
    """As a standard output whose disk is full."""

    def flush(self):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_the_run_is_removed_only_once_the_answer_is_where_it_belongs(table, tmp_path, capsys, monkeypatch):
    kept = tmp_path / "run"
    arguments = ["portfolio", str(table), *FEW, "--resume", str(kept)]
    with monkeypatch.context() as full:
        full.setattr("sys.stdout", Full())
        assert run(arguments) == 2
    assert "The output cannot be written" in capsys.readouterr().err
    assert kept.exists()
    assert run(arguments) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["units.csv"]


@pytest.mark.parametrize("own", ["run", "run.draws", "run.split", "RUN"])
def test_an_answer_never_takes_the_place_of_the_run(table, tmp_path, capsys, own):
    arguments = [str(table), *FEW, "--resume", str(tmp_path / "run"), "--out", str(tmp_path / own)]
    assert run(["portfolio", *arguments]) == 2
    assert "--out: names a file that --resume keeps the run in; name another" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["units.csv"]


def test_nor_does_a_file_of_the_report(table, tmp_path, capsys):
    out = str(tmp_path / "run.xlsx")
    assert make_of("portfolio", [str(table), *FEW, "--resume", out, "--out", out]) == 2
    assert "--out: names a file that --resume keeps the run in" in capsys.readouterr().err


@pytest.mark.parametrize(("place", "why"), [("", "it is a folder"), ("none/answer.json", "its folder is not there")])
def test_a_place_where_nothing_can_be_written_is_told_before_the_work(table, tmp_path, capsys, place, why):
    kept = tmp_path / "run"
    arguments = [str(table), *FEW, "--resume", str(kept), "--out", str(tmp_path / place)]
    assert run(["portfolio", *arguments]) == 2
    assert f"cannot be written: {why}" in capsys.readouterr().err
    assert not kept.exists()


def test_a_foreign_file_beside_the_run_is_refused_at_once_and_stays(table, tmp_path, capsys):
    beside = tmp_path / "run.split"
    beside.write_text("precious", encoding="utf-8")
    assert run(["portfolio", str(table), *FEW, "--resume", str(tmp_path / "run")]) == 2
    assert "run.split: is something else than what a run keeps there; move it" in capsys.readouterr().err
    assert beside.read_text(encoding="utf-8") == "precious"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.split", "units.csv"]


def test_a_folder_beside_the_run_is_refused_at_once(table, tmp_path, capsys):
    (tmp_path / "run.split").mkdir()
    assert run(["portfolio", str(table), *FEW, "--resume", str(tmp_path / "run")]) == 2
    assert "run.split: cannot be used: Is a directory" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_a_file_that_is_no_state_is_refused_without_advice_to_remove_it(table, capsys):
    assert run(["portfolio", str(table), *FEW, "--resume", str(table)]) == 2
    told = capsys.readouterr().err
    assert "units.csv: is something else than the state of a run; name another file" in told
    assert "remove" not in told


def test_the_mend_names_all_files_of_another_run_and_it_is_enough(tmp_path):
    many, resumed = group(linear(100.0), linear(101.0)), Resumed(tmp_path / "run", write_whole)
    consolidate(many, Drawing(128, 3), resume=resumed)
    resumed.split.write_bytes(f"{'0' * 64} 64\n{'1' * 64}".encode())
    with pytest.raises(ScenarioError, match=r"remove it and run\.draws and run\.split to begin anew"):
        consolidate(many, Drawing(128, 4), resume=resumed)
    resumed.done()
    consolidate(many, Drawing(128, 4), resume=resumed)


def test_an_interrupted_run_tells_where_it_is_kept(table, tmp_path, capsys, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("model.portfolio.consolidated.in_order", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(["portfolio", str(table), *FEW, "--resume", str(tmp_path / "run")])
    assert f"The run is kept in {tmp_path / 'run'}; the same command goes on" in capsys.readouterr().err


def test_a_run_of_another_version_is_refused(monkeypatch):
    many, how = group(linear(100.0)), Drawing(128, 3)
    key = consolidated.run_key(many, how)
    assert consolidated.run_key(many, how) == key
    monkeypatch.setattr(consolidated, "_versions", lambda: ("another",))
    assert consolidated.run_key(many, how) != key


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--dask", "tcp://127.0.0.1:1"],
            "--workers: is for processes here, and --dask has its own; leave one away",
        ),
        (["--min-odds", "60"], "out of bounds: must lie within 0 … 1; write 60% or 0.6"),
    ],
)
def test_options_that_do_not_go_are_refused_with_their_mend(table, capsys, arguments, message):
    assert run(["portfolio", str(table), *FEW, *arguments]) == 2
    assert message in capsys.readouterr().err


def test_help_tells_the_most_draws_of_a_group(capsys):
    with pytest.raises(SystemExit):
        run(["portfolio", "--help"])
    assert "128 to 65536" in " ".join(capsys.readouterr().out.split())
