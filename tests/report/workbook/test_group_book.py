"""The workbook of a group: its sheets, sums that are live and right, hostile names as text, the same bytes again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from report.workbook.portfolio.group_book import build
from tests.report.groups import grouped, with_one_failed_and_many_warned

DAY = date(2026, 11, 22)


def opened(of, values=False):
    return openpyxl.load_workbook(BytesIO(build(of, DAY)), data_only=values)


def test_it_says_that_values_are_simulated_and_sums_are_live_and_right():
    of = grouped()
    live, values = opened(of), opened(of, values=True)
    assert live.sheetnames == ["Group", "Units", "Allocation"]
    for name in live.sheetnames:
        assert "simulated" in live[name]["B3"].value
    sums = [cell for row in live["Allocation"].iter_rows() for cell in row if str(cell.value).startswith("=SUM(")]
    assert len(sums) == 3
    cell = next(cell for cell in sums if cell.column_letter == "D")
    stored = values["Allocation"][cell.coordinate].value
    assert stored == pytest.approx(sum(one.budget for one in of.allocation.parts))
    first, last = (int(part[3:]) for part in str(cell.value)[5:-1].split(":"))
    assert stored == pytest.approx(sum(values["Allocation"][f"D{row}"].value for row in range(first, last + 1)))


def test_months_stand_beside_their_heading():
    sheet = opened(grouped())["Group"]
    (row,) = (cell.row for cell in sheet["B"] if cell.value == "Month")
    assert sheet[f"B{row + 1}"].alignment.horizontal == "left"


def test_without_an_allocation_it_has_no_sheet_of_it():
    assert opened(grouped()._replace(allocation=None)).sheetnames == ["Group", "Units"]


def test_a_hostile_name_is_text_and_the_same_results_give_the_same_bytes():
    of = grouped()
    first, *others = of.group.outcomes
    hostile = of._replace(group=replace(of.group, outcomes=(replace(first, name='=HYPERLINK("x")'), *others)))
    cells = [cell for row in opened(hostile)["Units"].iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert [cell.data_type for cell in cells] == ["s"]
    assert build(hostile, DAY) == build(hostile, DAY)


def test_the_count_of_units_is_no_part_of_the_size_of_the_footer():
    with ZipFile(BytesIO(build(grouped(), DAY))) as file:
        told = unescape(file.read("xl/worksheets/sheet1.xml").decode())
    assert '&L&8&"Arial,Regular"3 units' in told
    assert not re.search(r"&8\d", told)


def test_it_says_who_failed_and_what_to_beware_of():
    words = [str(cell.value) for row in opened(with_one_failed_and_many_warned())["Group"] for cell in row]
    assert "Not in these figures, as they failed: 1" in words
    assert "Atlantis: sank" in words
    assert any(text.startswith("4 units: Not converted: Revenue per employee") for text in words)
