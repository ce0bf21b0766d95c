"""Charts on a phone: every word is still there and within the figure, and no tick label touches another."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from itertools import pairwise
from typing import Any

import pytest

from model.presets import PRESETS
from model.projection import project
from report.charts.catalogue import CHARTS
from report.charts.comparison import OVERLAYS, Compared
from report.charts.drawing.narrow import WIDTH, broken, narrowed
from report.charts.drawing.theme import LIGHT
from report.material import Material
from tests.materials import EVERYTHING, in_stages, materials
from tests.report.charts.checked import checked

DAY = date(2026, 11, 22)
PLAN = PRESETS["social-plan"]
LONG = PLAN.changed(name="A rather long name that somebody gave to a plan of theirs", locale="da", currency="DKK")
# What a letter takes at least of its type size: no word may need more than the figure's width even so.
NARROW_LETTER = 0.42


@pytest.fixture(scope="module", params=[PLAN, LONG], ids=["plan", "long"])
def material(request: pytest.FixtureRequest) -> Material:
    (made,) = materials(in_stages(request.param), draws=256, seed=2027, today=DAY, asked=EVERYTHING)
    return made


def drawn(chart: Any, subject: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The chart as it is, and as it is on a phone."""
    figures = chart.figure(subject, LIGHT, DAY), narrowed(chart.figure(subject, LIGHT, DAY), chart.group.height)
    for figure in figures:
        checked(figure)
    return figures


def visible(markup: str) -> str:
    return unescape(re.sub("<[^>]*>", "", markup))


def width(markup: str, size: float) -> float:
    return max(len(visible(line)) for line in markup.split("<br>")) * NARROW_LETTER * size


def words(figure: dict[str, Any]) -> list[str]:
    layout = figure["layout"]
    texts = [layout["title"]["text"], layout["title"]["subtitle"]["text"]]
    return " ".join(visible(one.replace("<br>", " ")) for one in
                    [*texts, *(note["text"] for note in layout.get("annotations", ()))]).split()  # fmt: skip


@pytest.mark.parametrize("name", CHARTS)
def test_every_word_stays_and_the_heading_fits(name: str, material: Material) -> None:
    before, after = drawn(CHARTS[name], material)
    assert words(after) == words(before)
    title = after["layout"]["title"]
    assert width(title["text"], 16) <= WIDTH
    assert width(title["subtitle"]["text"], 12.5) <= WIDTH
    assert after["layout"]["height"] >= CHARTS[name].group.height


@pytest.mark.parametrize("name", CHARTS)
def test_what_stands_at_the_left_edge_ends_within_the_figure(name: str, material: Material) -> None:
    _, after = drawn(CHARTS[name], material)
    for note in after["layout"]["annotations"]:
        if note.get("xref") == "paper" and note.get("x") == 0:
            assert width(note["text"], note.get("font", {}).get("size", 12)) <= WIDTH, note["text"]


@pytest.mark.parametrize("name", CHARTS)
def test_no_tick_labels_touch(name: str, material: Material) -> None:
    _, after = drawn(CHARTS[name], material)
    layout = after["layout"]
    room = WIDTH - layout["margin"]["l"] - layout["margin"]["r"]
    for key, axis in layout.items():
        if key.startswith("xaxis") and axis.get("ticktext"):
            low, high = axis["range"]
            start, end = axis.get("domain", (0, 1))
            placed = [(value / (high - low) * (end - start) * room, width(text, 11) / 2)
                      for value, text in zip(axis["tickvals"], axis["ticktext"], strict=True)]  # fmt: skip
            assert all(right - left > one + other for (left, one), (right, other) in pairwise(placed)), axis[
                "ticktext"
            ]


def test_the_word_for_months_moves_on_to_the_first_number_that_stays() -> None:
    subject = Compared(tuple(project(PRESETS[name]) for name in ("social-plan", "hold")))
    _, after = drawn(next(iter(OVERLAYS.values())), subject)
    assert after["layout"]["xaxis"]["ticktext"] == ["start", "month 24", "48"]


def test_lines_are_broken_at_spaces_only_and_never_within_a_span() -> None:
    assert broken("one two three", 7) == "one two<br>three"
    assert (
        broken("one <span style='color:red'>two three</span>", 7)
        == "one<br><span style='color:red'>two three</span>"
    )
    assert broken("AT&amp;T one", 8) == "AT&amp;T one"
    assert broken("first<br>second", 3) == "first<br>second"
