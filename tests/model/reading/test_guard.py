"""Every door has one guard: whatever comes in is refused in words that can be shown, soon, and in few of them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.reading.faults import MOST_FAULTS, Fault, ScenarioError
from model.reading.links import read_link
from model.reading.texts import as_cell
from model.scenario import Scenario
from model.units import PLAIN

ROOT = Path(__file__).parents[3]
HALF = "\ud800"
# All signs, halves of characters among them.
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)
ANY_DATA = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=12,
)
KEYS = ("name", "description", "notes", "ranges", "assumptions", "correlations", "skills", "other_costs", "stages",
        "social_share_path", "start_month", "locale", "currency")  # fmt: skip


def told(data: object) -> str:
    """What is said of data that is refused; nothing where it is taken."""
    try:
        Scenario.from_data(data)
    except ScenarioError as error:
        return str(error)
    return ""


def can_be_shown(text: str) -> bool:
    return bool(text.encode("utf-8")) and not any("\u202a" <= sign <= "\u202e" for sign in text)


@given(st.dictionaries(st.sampled_from(KEYS) | ANY_TEXT, ANY_DATA, max_size=4))
def test_whatever_is_refused_is_told_in_words_that_can_be_shown(data: dict) -> None:
    words = told(data)
    assert words == "" or can_be_shown(words)


@given(st.lists(st.tuples(st.sampled_from(KEYS) | ANY_TEXT, ANY_TEXT), max_size=3))
def test_so_is_a_link(link: list[tuple[str, str]]) -> None:
    words = ""
    try:
        read_link([(key, text.encode("utf-8", "replace").decode()) for key, text in link])
    except ScenarioError as error:
        words = str(error)
    assert words == "" or can_be_shown(words)


@pytest.mark.parametrize("data", [{HALF: 1}, {"notes": {HALF: "x"}}, {"ranges": {HALF: {}}}, {"name": HALF},
                                  {"locale": "\u202eda"}, {"correlations": [[HALF, "x", 1]]}])  # fmt: skip
def test_half_a_character_is_spelt_out(data: dict) -> None:
    words = told(data)
    assert can_be_shown(words)
    assert any(part in words for part in ("\\ud800", "\\u202e", "nothing that can be seen"))


@pytest.mark.parametrize(
    "data",
    [
        {"social_share_path": [9] * 1_500_000},
        {"correlations": [9] * 1_500_000},
        {f"key_{place}": 1 for place in range(10_000)},
        {"assumptions": {f"social_share_target{place}": 1 for place in range(10_000)}},
        {"notes": {f"social_share_target{place}": "" for place in range(10_000)}},
        {"ranges": {f"social_share_target{place}": 1 for place in range(10_000)}},
        {"ranges": {"causal_share": {f"low{place}": 1 for place in range(10_000)}}},
        {"skills": [{f"area{place}": 1 for place in range(10_000)}] * 2},
        {"ranges": {"x" * 1_000_000: 1}},
    ],
    ids=lambda data: next(iter(data))[:20],
)
def test_a_hostile_file_costs_no_more_than_a_moment_and_few_words(data: dict) -> None:
    begun = time.process_time()
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_data(data)
    # A busy machine takes a tenth of this; without bounds it was minutes.
    assert time.process_time() - begun < 8
    assert len(refused.value.faults) <= MOST_FAULTS + 1
    assert len(str(refused.value)) < 100_000


@pytest.mark.parametrize("count", [MOST_FAULTS - 1, MOST_FAULTS, MOST_FAULTS + 1, 500])
def test_all_faults_are_told_unless_there_are_too_many(count: int) -> None:
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_data({f"key_{place}": 1 for place in range(count)})
    more = Fault("file", "has more than these 100 faults; mend these first")
    assert len(refused.value.faults) == min(count, MOST_FAULTS + 1)
    assert (refused.value.faults[-1] == more) == (count > MOST_FAULTS)


def test_a_fault_that_is_too_long_keeps_what_it_is_about_and_its_mend() -> None:
    fault = Fault("plans/" + "a" * 600 + ": employees", "is wrong " + "x" * 5_000 + "; mend it")
    assert fault.key.startswith("plans/")
    assert fault.key.endswith(": employees")
    assert fault.message.endswith("; mend it")
    assert len(str(fault)) < 3_000


def test_lines_end_alike_and_no_carriage_return_begins_a_formula() -> None:
    plan = Scenario.from_data({"name": "Plan\r=1+41", "notes": {"employees": "one\r\ntwo"}})
    assert plan.name == "Plan\n=1+41"
    assert plan.notes["employees"] == "one\ntwo"
    assert as_cell("a\r=1+41") == "a\n=1+41"
    assert [as_cell(f"{sign}1") for sign in "=+-@＝"] == [f"'{sign}1" for sign in "=+-@＝"]


@pytest.mark.parametrize("text", ["٢٤", "2٤.5", "१२", "1_0", "1_0%", "²"])
def test_a_number_is_written_in_the_digits_that_are_shown(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        PLAIN.read(text)


@pytest.mark.parametrize("month", ["20٢٧-01", "２027-01", "2027-0１"])
def test_so_is_a_month(month: str) -> None:
    assert "must be a month" in told({"start_month": month})


@pytest.mark.parametrize("command", ["model", "report"])
def test_a_command_line_says_what_it_refuses_in_any_encoding(command: str) -> None:
    arguments = {"model": ["project", "--set", "\udcff=1"], "report": ["--set", "ü\udcff=1", "--out", "x.json"]}
    done = subprocess.run(
        [sys.executable, "-m", command, *arguments[command]], cwd=ROOT, capture_output=True, check=False,
        env={"PYTHONIOENCODING": "ascii", "PATH": "", "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"udcff" in done.stderr


def test_a_file_with_half_a_character_is_refused_in_words() -> None:
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_json(json.dumps({"notes": {HALF: "x"}}))
    assert "\\ud800" in str(refused.value)
