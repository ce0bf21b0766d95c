"""Text of a person on the page is text: no icon, no emoji, no arrow, nothing that turns what stands around it."""

import re

import pytest

from dashboard.components.text import in_a_table, literal

DRAWN = [
    ":material/verified: Approved", ":material_verified:", ":streamlit:", ":smile:", ":+1:", "a -> b", "<-", "<-> x",
    "x -- y", ">= 5", "<= 5", "~= 5", "->", "a :smile:\n->", ":MATERIAL/verified:",
]  # fmt: skip
# What Streamlit 1.67 looks for in texts whose escapes Markdown has already taken away.
ICONS = re.compile(r":material[/_]\w+:|:streamlit:|:[\w+-]+:", re.IGNORECASE)
ARROWS = re.compile(r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)")


@pytest.mark.parametrize("text", DRAWN)
def test_what_streamlit_draws_by_its_name_stays_text(text):
    assert ICONS.search(text) or ARROWS.search(text)
    unescaped = re.sub(r"\\(.)", r"\1", literal(text))
    assert not ICONS.search(unescaped)
    assert not ARROWS.search(unescaped)
    assert unescaped.replace("\u2060", "") == text


def test_a_directive_is_escaped_and_what_turns_is_spelt_out():
    assert literal(":red[x]") == r"\:red\[x\]"
    assert literal("\u202eevil") == r"⟨U\+202E⟩evil"
    assert "more marks" in literal("a" + "\u0301" * 499)
    assert literal("12:30 a: b") == r"12\:30 a\: b"


def test_a_cell_of_a_table_that_can_be_saved_is_no_formula():
    assert in_a_table("=1+41\u202e") == "\u2060=1+41⟨U+202E⟩"
    assert in_a_table("plain") == "plain"
