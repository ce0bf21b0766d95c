"""A hostile name on the screens that show it is text, told apart from the app's own marks, and turns nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from library.store import Library
from model.other.amounts import OtherAmount
from model.presets import PRESETS
from model.skills.areas import SkillArea
from tests.dashboard.app import library_screen, opened
from tests.dashboard.components.test_text import ARROWS, ICONS

NAME = "✓ Approved \u202eby CFO :material/verified: :smile: -> :red[x] e" + "\u0301" * 40 + " \u2066<b>"
HOSTILE = PRESETS["social-plan"].changed(
    name=NAME,
    description=NAME,
    notes={"employees": NAME},
    skills=(SkillArea(NAME[:60], 1, 0.2, 0.8),),
    other_costs=(OtherAmount(NAME[:60], (10.0,)),),
)
TURNS = re.compile("[\u202a-\u202e\u2066\u2067]|\u0301{7}")


def drawn(test: AppTest) -> Iterator[str]:
    """Every text that Markdown is read in: what stands on the page, labels, help."""
    assert not test.exception
    for kind in ("markdown", "caption", "error", "warning", "info", "success", "title", "header", "subheader"):
        yield from (item.value for item in getattr(test, kind))
    for kind in ("button", "toggle", "checkbox", "selectbox", "multiselect", "metric"):
        for item in getattr(test, kind):
            yield from (item.label, getattr(item, "help", "") or "")


def check(test: AppTest) -> None:
    texts = [text for text in drawn(test) if "Approved" in text]
    assert texts
    for text in texts:
        assert not TURNS.search(text), ascii(text)
        at = text.index("Approved")
        own = re.sub(r"\\(.)", r"\1", text[max(at - 3, 0) : at + 120])
        assert not ICONS.search(own), ascii(own)
        assert not ARROWS.search(own), ascii(own)


@pytest.mark.parametrize("screen", ["plan", "assumptions", "skills", "export", "budget", "own_data", "portfolio"])
def test_on_a_screen(screen: str) -> None:
    check(opened(HOSTILE, screen))


def test_in_the_library_a_tag_carries_the_sign_of_tags_and_a_name_none(library: Library) -> None:
    library.save_new(HOSTILE, author="\u202eAda :smile:", note=NAME, tags=["✓ Approved", ":material/check:"])
    test = library_screen()
    check(test)
    (card,) = [item.value for item in test.markdown if "Approved" in item.value and "badge" in item.value]
    assert ":gray-badge[:material/label: ✓ Approved]" in card
    assert card.count(":material/") == card.count(":gray-badge[") == 2
    assert library.everything()[0].scenario.name == NAME
