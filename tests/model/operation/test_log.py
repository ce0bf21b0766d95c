"""The log: one JSON object a line, off unless it is asked for, and nothing in it that a person typed."""

from __future__ import annotations

import json
import logging

import pytest

from model.operation import log

TYPED = "geheim-äöü\n}{"
HASH = "0123456789ab"


def test_what_is_done_is_one_line(lines):
    with log.timed("simulation", HASH, draws=8, seed=1):
        pass
    (line,) = lines()
    assert line.pop("time").endswith("Z")
    assert line.pop("seconds") >= 0
    assert line.pop("process") > 0
    told = {"event": "simulation", "hashes": [HASH], "draws": 8, "seed": 1, "outcome": "done"}
    assert line == {"level": "info", **told}


@pytest.mark.parametrize(
    ("error", "ended"),
    [
        (ValueError(TYPED), {"outcome": "failed", "error": "ValueError"}),
        (KeyboardInterrupt(), {"outcome": "dropped"}),
    ],
)
def test_what_does_not_come_to_its_end_says_so(lines, error, ended):
    with pytest.raises(type(error)), log.timed("simulation", HASH):
        raise error
    assert lines()[0].items() >= ended.items()


def test_an_error_nobody_foresaw_has_an_id_and_where_it_came_from_but_not_its_message(lines):
    def inner():
        raise KeyError(TYPED)

    try:
        try:
            inner()
        except KeyError as cause:
            raise RuntimeError(TYPED) from cause
    except RuntimeError as error:
        name = log.unforeseen("script", error)
    (line,) = lines()
    assert (line["id"], line["error"], line["level"]) == (name, "RuntimeError", "error")
    assert line["traceback"][0] == "RuntimeError"
    assert "KeyError" in line["traceback"]
    assert line["traceback"][-1].startswith(__file__)
    assert line["traceback"][-1].endswith("in inner")
    assert "geheim" not in json.dumps(line)


def test_of_a_thousand_calls_the_innermost_are_told(lines):
    def deeper():
        deeper()

    try:
        deeper()
    except RecursionError as error:
        log.unforeseen("page", error)
    assert len(json.dumps(lines()[0])) < 8_192
    assert lines()[0]["traceback"][-1].endswith("in deeper")


def test_what_a_damaged_library_calls_a_hash_is_not_written_down(lines):
    with log.timed("saved", HASH, TYPED, HASH + "0"):
        pass
    assert lines()[0]["hashes"] == [HASH, "damaged", "damaged"]


def test_the_same_error_has_the_same_id_wherever_it_is_met():
    def inner(error):
        raise error

    def met(error):
        try:
            inner(error)
        except Exception as raised:
            return log.unforeseen("page", raised)

    assert met(KeyError("a")) == met(KeyError("b")) != met(IndexError("a"))


def test_it_is_off_by_itself_but_for_errors(monkeypatch, capsys):
    monkeypatch.delenv(log.VARIABLE, raising=False)
    logger = logging.getLogger("social_roi")
    log.begin()
    with log.timed("simulation", HASH):
        pass
    assert logger.handlers == []
    assert capsys.readouterr().err == ""
    assert logger.isEnabledFor(logging.ERROR)


def test_a_place_that_cannot_be_written_is_told_with_its_mend(monkeypatch, tmp_path):
    monkeypatch.setenv(log.VARIABLE, str(tmp_path / "none" / "log"))
    with pytest.raises(log.LogError, match=r"SOCIAL_ROI_LOG names .* Name a file"):
        log.begin()


def test_a_file_that_is_moved_away_is_begun_anew(lines, tmp_path):
    for name in ("first", "second"):
        with log.timed(name):
            pass
        (tmp_path / "log.jsonl").replace(tmp_path / name)
    with log.timed("third"):
        pass
    assert [line["event"] for line in lines()] == ["third"]
    assert json.loads((tmp_path / "second").read_text())["event"] == "second"


def test_a_log_that_can_no_longer_be_written_stops_nothing(lines, tmp_path):
    with log.timed("first"):
        pass
    assert [line["event"] for line in lines()] == ["first"]
    (tmp_path / "log.jsonl").unlink()
    (tmp_path / "log.jsonl").mkdir()
    done = []
    with log.timed("second"):
        done.append("second")
    assert done == ["second"]
