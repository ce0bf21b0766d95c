"""The sheet Budget: recalculated by LibreOffice after edits it gives the app's budget, people and result."""

import random
import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from model.other.amounts import OtherAmount
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.telling.budget import budget_of
from report.workbook import build
from report.workbook.book import serial
from tests import reference
from tests.materials import materials
from tests.report.workbook.delivered import Delivered
from tests.report.workbook.recalculation import edit, named_cell, recalculated_after

TODAY = date(2026, 11, 22)
LABEL, TOTAL, FIRST = 1, 3, 4
PLAN = PRESETS["seat-at-the-table"]
# Part years, all kinds of cost, tax, a team that shrinks.
RICH = PLAN.with_values(
    team_pay_in_budget=False, reallocated_share=0.4, tax_rate=0.25, hired_share=0.5, horizon_years=2,
    team_start=6.3, team_target=3.9,
).changed(
    name="Rich", start_month="2027-02", fiscal_year_start=7, currency="DKK",
    other_costs=(OtherAmount("=Studio", (60_000.0, -12_000.0)),),
    other_benefits=(OtherAmount("Grant", (24_000.0,)),),
)  # fmt: skip
VALUES, PATH = reference.random_values(random.Random(11))  # noqa: S311
MORE_PEOPLE = {"team_start": 2.5, "team_target": 30, "ramp_years": 2, "hired_share": 0.25, "reallocated_share": 0.5}


@pytest.fixture(scope="module")
def content():
    """The bytes of a workbook of both plans."""
    return build(materials(PLAN, RICH))


def select_second(book):
    """The other scenario selected, with more people."""
    edit(book, MORE_PEOPLE, column=2)
    named_cell(book, "selected_scenario").value = 2


TYPED = {"other_cost_1_1": 60_000.0, "other_cost_1_2": -12_000.0, "other_benefit_1_1": 24_000.0}
EDITS = {
    "other": (
        lambda book: edit(book, TYPED | {"other_cost_1_name": "Studio", "other_benefit_1_name": "Grant"}),
        PLAN.changed(
            other_costs=(OtherAmount("Studio", (60_000.0, -12_000.0)),), other_benefits=RICH.other_benefits
        ),
    ),
    "selected": (select_second, RICH.with_values(**MORE_PEOPLE)),
    "random": (
        lambda book: edit(book, VALUES, PATH),
        Scenario.from_data({"name": "edited", "assumptions": VALUES, "social_share_path": PATH}),
    ),
}


@pytest.fixture(scope="module")
def results(content, program, tmp_path_factory):
    """The workbook after each edit, recalculated, by the edit's name."""
    changes = {name: change for name, (change, _) in EDITS.items()}
    return recalculated_after(changes, Delivered(content), program, tmp_path_factory.mktemp("budgets"))


def rows_of(book):
    """The rows of the sheet by the public name in column A."""
    return {row[0].value: row for row in book["Budget"].iter_rows() if row[0].value}


def faults(book, scenario):
    """Where the sheet is not what the app says, and where it shows years that the plan does not touch."""
    rows = rows_of(book)
    for statement in budget_of(project(scenario), TODAY).statements:
        scale = max(abs(value) for row in statement.rows for value in row.values)
        for row in statement.rows:
            cells = rows[f"{statement.name}_{row.name}"]
            shown = [cells[TOTAL].value, *(cell.value for cell in cells[FIRST : FIRST + 11])]
            expected = [row.total, *row.values, *[None] * (11 - len(row.values))]
            for place, (left, right) in enumerate(zip(shown, expected, strict=True)):
                if right is None and left not in (None, ""):
                    yield statement.name, row.name, place, left
                elif right is not None and left != pytest.approx(right, rel=1e-9, abs=1e-9 * scale):
                    yield statement.name, row.name, place, left, right


@pytest.mark.parametrize("name", EDITS)
def test_after_edits_it_gives_what_the_app_gives(results, name):
    assert list(faults(results[name].book, EDITS[name][1])) == []
    assert results[name].named("master_check") == 1


@pytest.mark.parametrize("name", EDITS)
def test_the_months_in_which_whole_people_come(results, name):
    scenario = EDITS[name][1]
    joinings = budget_of(project(scenario), TODAY).headcount.joinings
    expected = [item.day for item in joinings for _ in range(abs(item.people))][:11]
    cells = rows_of(results[name].book)["headcount_joining_month"][FIRST : FIRST + 11]
    shown = [cell.value for cell in cells if cell.value]
    assert shown == [serial(day) for day in expected]
    assert len(expected) > 0


def test_it_shows_without_recalculation(content):
    assert list(faults(load_workbook(BytesIO(content), data_only=True), PLAN)) == []
    assert list(faults(load_workbook(BytesIO(build(materials(RICH))), data_only=True), RICH)) == []


def test_a_stated_row_bears_its_name_as_text(content, results):
    rows = rows_of(results["selected"].book)
    assert rows["plan_other_cost_1"][LABEL].value == "=Studio"
    assert rows["profit_other_benefit_1"][LABEL].value == "Grant"
    assert (
        rows_of(load_workbook(BytesIO(content), data_only=True))["plan_other_cost_1"][LABEL].value == "Other cost 1"
    )


def test_every_number_is_a_live_formula(content):
    sheet = load_workbook(BytesIO(content))["Budget"]
    statements = budget_of(project(PLAN), TODAY).statements
    rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value}
    for statement in statements:
        for row in statement.rows:
            cells = rows[f"{statement.name}_{row.name}"]
            assert all(cell.data_type == "f" for cell in cells[FIRST : FIRST + 11]), row.name
    assert not any(":INDEX(" in str(cell.value) for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("years", [1, 5, 10])
def test_it_prints_large_enough_with_all_its_years(years):
    plan = RICH.with_values(horizon_years=years)
    sheet = load_workbook(BytesIO(build(materials(plan))))["Budget"]
    assert sheet.page_setup.scale >= 70
    last = column_index_from_string(re.findall(r"\$([A-Z]+)\$", sheet.print_area)[-1])
    assert last == FIRST + years + 1
    sizes = {cell.font.sz for row in sheet.iter_rows(min_row=8, min_col=2) for cell in row if cell.value is not None}
    assert sizes == {10}
    tops = [row[1].row for row in sheet.iter_rows() if row[1].value in TITLES]
    # A page for each table; only the meanings of the rows, below the last, run on.
    assert [page.id + 1 for page in sheet.row_breaks.brk][: len(tops) - 1] == tops[1:]


TITLES = {statement.title for statement in budget_of(project(replace(PLAN, start_month="2027-01"))).statements} | {
    "Today: a month of holding, at month 0, the rate of the year before the plan"
}
