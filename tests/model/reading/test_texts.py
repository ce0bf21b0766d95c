"""Texts of people: what no file can hold is refused or left out at every door, what looks the same is the same."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.reading.faults import Refused, ScenarioError, checked_text
from model.reading.pasted_skills import pasted_areas
from model.reading.texts import (
    alike,
    as_cell,
    as_lines,
    as_shown,
    can_be_seen,
    from_cell,
    has_words,
    is_writable,
    one_of_each,
    writable,
)
from model.scenario import Scenario

NO_CHARACTERS = ("\x00", "\x0b", "\x7f", "\x85", "\x9f", "\ud800", "\ufdd0", "\ufffe", "\uffff", "\U0001ffff")
UNSEEN = ("\u200b", "\u2060\ufeff", "\u00ad", "\u3164", "\u2800", "\u00a0\u2003", "\u202e", "\ufe0f", "\u034f")


@pytest.mark.parametrize("sign", NO_CHARACTERS, ids=ascii)
def test_what_is_no_character_comes_in_by_no_door(sign):
    text = f"a{sign}b"
    assert not is_writable(text)
    assert writable(text) == "ab"
    for field in (
        {"name": text}, {"description": text}, {"notes": {"tax_rate": text}},
        {"skills": [{"area": text, "importance": 1, "competent": 0, "wanted": 1}]},
    ):  # fmt: skip
        with pytest.raises(ScenarioError, match="control characters; remove them"):
            Scenario.from_data(field)


def test_all_noncharacters_and_no_letters_are_left_out():
    lost = [sign for sign in map(chr, range(sys.maxunicode + 1)) if writable(sign) == ""]
    assert len([sign for sign in lost if unicodedata.category(sign) == "Cn"]) == 66
    assert {unicodedata.category(sign) for sign in lost} == {"Cc", "Cn", "Cs", "Cf"}
    assert [sign for sign in "\t\n\r é\u200d\U0001f600" if sign in lost] == []


@pytest.mark.parametrize("name", UNSEEN, ids=ascii)
def test_a_name_that_cannot_be_seen_is_refused(name):
    assert not can_be_seen(name)
    with pytest.raises(ScenarioError, match=r"give it at least one character"):
        Scenario.from_data({"name": name})
    with pytest.raises(ScenarioError, match=r"Row 1.*give it at least one character"):
        pasted_areas(f"{name}\t3\t40\t80")
    with pytest.raises(Refused, match="nothing that can be seen"):
        checked_text("\u200b", 10, required=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Caf\u00e9", "cafe\u0301"),
        ("\u212b", "\u00e5"),
        ("Straße", "STRASSE"),
        ("a\u200bb", "ab"),
        ("a\u00a0 b", "A b"),
    ],
)
def test_what_looks_the_same_is_the_same(one, other):
    assert alike(one) == alike(other)
    assert has_words(other, f"x {one} y")
    with pytest.raises(ScenarioError, match="second time"):
        pasted_areas(f"{one}\t3\t40\t80\n{other}\t3\t40\t80")


@given(st.lists(st.text(max_size=5)))
def test_one_of_each_is_left(texts):
    kept = one_of_each(texts)
    assert len({alike(text) for text in kept}) == len(kept)
    assert {alike(text) for text in kept} == {alike(text) for text in texts}


@given(st.text(st.sampled_from(" '=+-@＝\t\n\u00a0a1"), max_size=6) | st.text(max_size=8))
def test_a_cell_is_no_formula_and_gives_its_words_back(words):
    cell = as_cell(words)
    assert not cell.strip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not cell.startswith(("\t", "\n", "\r"))
    assert from_cell(cell) == as_lines(words)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Plan – 10 %\nΔ “x”", None),
        ("\u202eevil", "⟨U+202E⟩evil"),
        ("a\u2066b\u2069c", "a⟨U+2066⟩b⟨U+2069⟩c"),
        ("a\u2068b\u2069c", None),
        ("a\u2069b\u2068c", "a⟨U+2069⟩b⟨U+2068⟩c"),
        ("\u200fשלום\u200e\u061c", "שלום"),
        ("\x01\x85\ufffe", "⟨U+0001⟩⟨U+0085⟩⟨U+FFFE⟩"),
        ("a" + "\u0301" * 499 + "b", "a" + "\u0301" * 6 + "⟨493 more marks⟩b"),
        ("👩\u200d👩\u200d👧 ❤\ufe0f ก็่ é", None),
    ],
    ids=ascii,
)
def test_a_text_is_shown_without_what_turns_or_covers_others(text, shown):
    assert as_shown(text) == (text if shown is None else shown)


@given(st.text(st.sampled_from("ab \u202e\u202c\u2066\u2068\u2069\u200f\u0301\u0489\x01א\ud800"), max_size=30))
def test_what_is_shown_is_shown_alike_again_and_every_isolate_in_it_ends(text):
    shown = as_shown(text)
    assert as_shown(shown) == shown
    assert is_writable(shown)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u200e\u200f\u061c") & set(shown)
    depth = 0
    for sign in shown:
        depth += (sign == "\u2068") - (sign == "\u2069")
        assert depth >= 0
    assert depth == 0


def test_line_ends_are_of_one_kind():
    assert as_lines("a\rb\r\nc\nd") == "a\nb\nc\nd"


def table(text):
    """The areas of a pasted text as plain rows."""
    return [(area.name, area.importance, area.competent, area.wanted) for area in pasted_areas(text)]


PLAIN_ROWS = [("Crisis", 3.0, 0.4, 0.8), ("Video", 2.5, 0.1, 0.6)]


@pytest.mark.parametrize(
    "text",
    [
        "Crisis\t3\t40\t80\rVideo\t2.5\t10\t60\r",
        "area;weight;today;wanted\rCrisis;3;40;80\rVideo;2,5;10;60",
        "sep=;\r\nCrisis;3;40;80\r\nVideo;2,5;10;60\r\n",
        "\ufeffSEP=;\nCrisis;3;40;80\nVideo;2,5;10;60",
        '"sep=,"\nCrisis,3,40,80\nVideo,"2,5",10,60',
        "sep=|\nCrisis|3|40|80\nVideo|2.5|10|60",
        "sep=\t\nCrisis\t3\t40\t80\nVideo\t2.5\t10\t60",
        "Crisis;3;40 %;80\u202f%\nVideo;2,5;10;60",
    ],
)
def test_tables_are_read_however_they_were_saved(text):
    assert table(text) == PLAIN_ROWS


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('"Crisis; PR",3,40,80\nVideo,2.5,10,60', "Crisis; PR"),
        ("Crisis; PR,3,40,80\nVideo,2.5,10,60", "Crisis; PR"),
        ('"Crisis\tPR";3;40;80\nVideo;2,5;10;60', "Crisis PR"),
        ("Crisis, PR;3;40;80\nVideo;2,5;10,0;60,0", "Crisis, PR"),
        ("Crisis, PR; news\t3\t40\t80\nVideo\t2,5\t10\t60", "Crisis, PR; news"),
    ],
)
def test_a_sign_that_stands_in_some_cells_only_sets_no_columns_apart(text, name):
    assert table(text) == [(name, *PLAIN_ROWS[0][1:]), PLAIN_ROWS[1]]
