"""The workbook of a tracked plan: LibreOffice finds what the model did, and what is typed is followed."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import numpy as np
import pytest
from openpyxl import load_workbook

from model.history.importing.data_file import DataFile
from model.track.forecasts import records
from model.track.importing import read_actuals
from model.track.measures import MEASURES
from report.tables.tracked.subjects import planned
from report.workbook.tracked.variance_book import build
from tests.report.variances import GATED, PLAN, of_another_world, of_plan, reported
from tests.report.workbook.delivered import Delivered
from tests.report.workbook.recalculation import recalculated_after, same

DAY = date(2026, 11, 22)
NEXT, SPENT, CHANGED = 19, 151_000.0, 99_000.0
SHEETS = ["Report", "Actuals", "Months", "Causes", "Forecast", "Record", "Recompute"]


@pytest.fixture(scope="module")
def content():
    return build(reported(), DAY)


def place_of(sheet, words):
    """The row and column of a cell that holds some words."""
    return next((cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.value == words)


def actual(book, measure, month):
    """The cell of Actuals that holds a measure of a month."""
    sheet = book["Actuals"]
    row, column = place_of(sheet, MEASURES[measure].label)
    return sheet.cell(row + month, column)


@pytest.fixture(scope="module")
def results(content, program, tmp_path_factory):
    def next_month(book):
        actual(book, "social_spend", NEXT).value = SPENT

    def corrected(book):
        actual(book, "social_spend", 1).value = CHANGED

    def earlier(book):
        row, column = place_of(book["Report"], "Month shown; type another over it")
        book["Report"].cell(row, column + 1).value = 6

    edits = {"as delivered": lambda _: None, "next month": next_month, "corrected": corrected, "earlier": earlier}
    return recalculated_after(edits, Delivered(content), program, tmp_path_factory.mktemp("variances"))


def test_recalculated_every_formula_gives_what_was_delivered(content, results):
    formulas, stored = load_workbook(BytesIO(content)), load_workbook(BytesIO(content), data_only=True)
    assert formulas.sheetnames == SHEETS
    found = results["as delivered"].book
    count, wrong = 0, []
    for sheet in formulas:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            here, there = (book[sheet.title][cell.coordinate].value for book in (stored, found))
            numbers = isinstance(here, int | float) and isinstance(there, int | float)
            # What is empty is stored as an empty text, or not at all.
            if not (same(here, there) if numbers else (here or None) == (there or None)):
                wrong.append((sheet.title, cell.coordinate, cell.value, here, there))
            count += 1
    assert wrong == []
    assert count > 2000


def table(sheet, heading, count):
    """The rows below a heading, by their first cell."""
    row, column = place_of(sheet, heading)
    return {
        cells[0]: cells[1:]
        for cells in sheet.iter_rows(row + 1, row + count, column, column + 11, values_only=True)
        if cells[0]
    }


def test_its_sums_causes_and_record_are_the_model_s(results):
    found, book = reported().found, results["as delivered"].book
    causes = table(book["Causes"], "Added up; of what does not, the last", len(found.variances))
    for item in found.variances:
        parts = [item.total(series) for series in item.parts.values()]
        expected = [item.total(item.actual), item.total(item.plan), item.total(item.delta), *parts]
        # What all causes leave over is an error of rounding of amounts a million times as large.
        least = 1e-9 * max(map(abs, expected))
        assert causes[item.label][1:9] == pytest.approx(expected, rel=1e-9, abs=least)
        assert causes[item.label][9] == 0
    kept = table(book["Record"], "By what was measured", len(records(found.forecasts)) + 1)
    known = {MEASURES[name].label: one for name, one in records(found.forecasts).items()} | {"All": found.record}
    assert set(kept) == set(known)
    for label, one in known.items():
        expected = (one.actuals, one.held, one.part, one.low, one.high, one.far, one.score)
        assert kept[label][:7] == pytest.approx(expected, rel=1e-9)
    odds = table(book["Report"], "What the plan is worth over its whole horizon", 6)
    assert odds["Odds of a gain"][:3] == pytest.approx(
        (found.before.odds, found.now.odds, found.now.odds - found.before.odds)
    )


def test_it_says_what_the_worth_still_hangs_on(results):
    bars = reported().found.matters
    rows = table(results["as delivered"].book["Report"], "What the worth still hangs on", 3)
    assert [cells[2:4] for cells in rows.values()] == [
        pytest.approx((bar.npv_low, bar.npv_high)) for bar in bars[: len(rows)]
    ]
    assert len(rows) == 3


def flows(book):
    """The rows of Report that add up, by what they are called."""
    return table(book["Report"], "Measured", 5)


def test_the_next_month_typed_is_shown_and_added_up(results):
    of = reported()
    spend = next(item for item in of.measured if item.subject == "social_spend")
    plan = planned(of.projection, "social_spend")[:NEXT]
    came = np.append(spend.actual, SPENT)
    found = flows(results["next month"].book)["Social spend (USD)"]
    assert found[:3] == pytest.approx((plan[-1], SPENT, SPENT - plan[-1]))
    assert found[3] == pytest.approx(SPENT / plan[-1] - 1)
    assert found[4:7] == pytest.approx((plan.sum(), came.sum(), came.sum() - plan.sum()))
    assert found[7] == pytest.approx(came.sum() / plan.sum() - 1)
    # Of what has no actual in that month, the months before it count.
    hours = flows(results["next month"].book)["Training hours of the team (hours)"]
    assert hours[1] is None
    assert hours[5] == pytest.approx(
        next(item for item in of.measured if item.subject == "training_hours").actual.sum()
    )


def test_an_earlier_month_can_be_shown(results):
    early = reported(until=6)
    spend = next(item for item in early.measured if item.subject == "social_spend")
    found = flows(results["earlier"].book)["Social spend (USD)"]
    assert found[1] == pytest.approx(spend.actual[-1])
    assert found[4:7] == pytest.approx([spend.total(one) for one in (spend.plan, spend.actual, spend.delta)])


def test_an_actual_that_was_changed_since_is_told_beside_its_causes(results):
    def told(name):
        sheet = results[name].book["Causes"]
        row, column = place_of(sheet, "By line and month")
        return [cells[0] for cells in sheet.iter_rows(row + 1, row + 18, column + 11, column + 11, values_only=True)]

    assert set(told("as delivered")) == {"yes"}
    assert told("corrected") == ["changed", *["yes"] * 17]


def test_only_what_is_typed_is_unlocked_and_it_is_bounded(content):
    book = load_workbook(BytesIO(content))
    sheet = book["Actuals"]
    assert sheet.protection.sheet
    assert not actual(book, "revenue", NEXT).protection.locked
    assert sheet.cell(9, 2).protection.locked
    assert len(sheet.data_validations.dataValidation) == 8
    assert book["Months"].protection.sheet


def test_it_is_read_as_the_actuals_it_was_made_of(content):
    read = read_actuals(DataFile("report.xlsx", content), GATED).actuals
    assert [(item.month, item.measure, item.tested) for item in read] == [
        (item.month, item.measure, item.tested) for item in reported().found.actuals
    ]
    assert [item.value for item in read] == pytest.approx(
        [item.value for item in reported().found.actuals], rel=1e-15
    )


def test_a_plan_with_dates_and_other_money_names_its_months():
    plan = PLAN.changed(start_month="2027-03", currency="DKK", locale="da")
    sheet = load_workbook(BytesIO(build(of_plan(plan, 2), DAY)), data_only=True)["Months"]
    row, column = place_of(sheet, "Calendar")
    assert sheet.cell(row + 1, column).value == plan.format.month(date(2027, 3, 1))
    assert any("DKK" in str(cell.value) for cell in sheet[row - 1])


def test_another_world_is_told_in_the_first_lines():
    sheet = load_workbook(BytesIO(build(of_another_world(), DAY)))["Report"]
    texts = [str(cell.value) for cell in sheet["B"] if cell.value]
    meant = texts.index("What it means for the odds")
    assert "Check this cell" in texts[meant + 1]
    assert "cannot be relied on" in texts[meant + 2]
    suspect = "Suspect, check the cell: month 18, company revenue; the odds cannot be relied on until that is done."
    assert sheet["B4"].value == suspect
    assert sheet["B4"].font.color.rgb == "FFA3400A"


def test_a_hostile_name_is_text_and_the_same_report_gives_the_same_bytes():
    of = of_plan(PLAN.changed(name='=HYPERLINK("x")'), 2)
    made = build(of, DAY)
    cells = [
        cell
        for sheet in load_workbook(BytesIO(made))
        for row in sheet.iter_rows()
        for cell in row
        if "HYPERLINK" in str(cell.value)
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    assert made == build(of, DAY)
