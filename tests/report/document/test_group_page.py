"""The page of a group: its answer, tables and pictures in one file; hostile names are text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from report.document.portfolio.group_page import build
from report.tables.portfolio.grouped import what_the_group_is_worth
from tests.report.groups import grouped, with_one_failed_and_many_warned

DAY = date(2026, 11, 22)


def test_it_has_the_answer_and_everything_inside() -> None:
    of = grouped()
    text = build(of, DAY).decode()
    assert f"<h1>{what_the_group_is_worth(of)}</h1>" in text
    assert text.count('class="chart"') == 5
    assert "default-src &#39;none&#39;" in text
    assert build(of._replace(allocation=None), DAY).decode().count('class="chart"') == 4
    assert build(of, DAY).decode() == text


def test_a_hostile_name_is_text() -> None:
    of = grouped()
    first, *others = of.group.outcomes
    name = "<img src=x onerror=alert(1)></script>"
    text = build(of._replace(group=replace(of.group, outcomes=(replace(first, name=name), *others))), DAY).decode()
    assert name not in text
    assert "<img src=x" not in text
    assert "&lt;img src=x" in text


def test_it_says_who_failed_and_what_to_beware_of() -> None:
    text = build(with_one_failed_and_many_warned(), DAY).decode()
    assert "Not in these figures, as they failed: 1<" in text
    assert "Atlantis: sank" in text
    assert "4 units: Not converted: Revenue per employee" in text


def test_its_amounts_have_no_cents_and_two_figures_have_two_names() -> None:
    of = grouped()
    text = build(of, DAY).decode()
    mean = of.group.by_next_unit[0].npv.mean * of.group.by_next_unit[0].factor
    assert f">{of.text.number(mean, 0)}<" in text
    assert "Mean net present value, USD" in text
    assert ">Next unit of money returns<" in text
    assert ">Next unit earns, as allocated<" in text
