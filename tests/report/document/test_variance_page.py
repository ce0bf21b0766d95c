"""The page of a tracked plan: everything in one file, in the order in which it is read; hostile names are text."""

from __future__ import annotations

from datetime import date

import pytest

from model.track.words import headline
from report.document.tracked.variance_page import build
from report.tables.tracked.variance_report import told
from tests.report.variances import PLAN, of_another_world, of_plan, reported

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def page() -> str:
    return build(reported(), DAY).decode()


def test_it_says_what_came_then_the_odds_then_what_is_due(page: str) -> None:
    assert f"<h1>{headline(reported().found)}</h1>" in page
    places = [page.index(f"<h2>{part.heading}</h2>") for part in told(reported())]
    assert places == sorted(places)
    assert all(page.count(f"<li dir=\"auto\">{sentence}</li>") for part in told(reported())
               for sentence in part.sentences)  # fmt: skip


def test_it_holds_every_line_and_how_to_have_it_again(page: str) -> None:
    found = reported().found
    assert page.count('class="chart"') == len(found.variances) + len(found.ahead)
    for item in found.variances:
        assert f"{item.label}, by month" in page
    assert f"--seed {found.learned.seed} --hash {found.scenario.hash}" in page
    assert "default-src &#39;none&#39;" in page


def test_another_world_stands_out() -> None:
    text = build(of_another_world(), DAY).decode()
    assert '<h1 class="alarm">' in text
    assert "cannot be relied on" in text.split("</h1>")[0]


def test_a_hostile_name_is_text() -> None:
    name = "<img src=x onerror=alert(1)></script>"
    of = of_plan(PLAN.changed(name=name), 2)
    text = build(of, DAY).decode()
    assert name not in text
    assert "<img src=x" not in text
    assert "&lt;img src=x" in text
    assert text == build(of, DAY).decode()
