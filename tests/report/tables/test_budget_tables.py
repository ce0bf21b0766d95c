"""The budget as tables for a reader and as rows for a program."""

import json
from datetime import date

import pytest

from model.other.amounts import OtherAmount
from model.presets import PRESETS
from model.units import Style
from report.tables import data
from report.tables.budget_tables import WHOLE_PLAN, joinings, statement_tables
from tests.materials import materials

PLAN = PRESETS["seat-at-the-table"].changed(
    start_month="2027-04", fiscal_year_start=7, locale="da", currency="DKK",
    other_costs=(OtherAmount("=Studio", (60_000.0,)),),
)  # fmt: skip


@pytest.fixture(scope="module")
def material():
    """The material of a plan with part years and a cost of its own."""
    return materials(PLAN)[0]


def read(text):
    """A number as the Danish table writes it, to the last whole unit."""
    return 0.0 if text == "–" else float(text.replace(".", "").replace(",", ".").replace("−", "-"))


def test_every_told_row_stands_under_its_section_with_its_values_and_total(material):
    for statement in material.budget.statements:
        (table,) = statement_tables(statement, material)
        told = statement.told.rows
        assert table.headings[-1] == WHOLE_PLAN
        assert len(table.headings) == len(statement.years) + 2
        sections = [row[0].text for place, row in enumerate(table.rows) if place in table.heads]
        assert sections == list(dict.fromkeys(row.section for row in told))
        shown = [row for place, row in enumerate(table.rows) if place not in table.heads]
        assert [row[0].text for row in shown] == [row.label for row in told]
        for row, cells in zip(told, shown, strict=True):
            about = 0.5 if row.unit.style is Style.MONEY else 0.05
            for value, cell in zip((*row.values, row.total), cells[1:], strict=True):
                assert value is None or read(cell.text) == pytest.approx(value, abs=about + 1e-6)
        assert len(table.totals) == sum(row.weight == "total" for row in told)


def test_the_caption_says_currency_years_and_what_the_amounts_are(material):
    plan, people = material.budget.plan, material.budget.headcount.statement
    (table,) = statement_tables(plan, material)
    assert table.caption.startswith(f"DKK by fiscal year (jul.–jun.). {plan.basis}")
    (table,) = statement_tables(people, material)
    assert table.caption.startswith("People by fiscal year (jul.–jun.), pay in DKK. ")


def test_more_years_than_a_page_is_wide_stand_in_a_second_table():
    material = materials(PLAN.with_values(horizon_years=10))[0]
    parts = statement_tables(material.budget.plan, material)
    headings = [heading for table in parts for heading in table.headings[1:]]
    assert headings == [*material.budget.plan.headings, WHOLE_PLAN]
    assert len(parts) == 2
    assert all(table.rows[1][0].text == "Working media" for table in parts)
    assert [bool(table.caption) for table in parts] == [True, False]


def test_when_whole_people_come_is_said_in_words(material):
    text = material.scenario.format
    assert joinings(material.budget.headcount, text) == (
        "Whole people: +1 in apr. 2027, +1 in okt. 2029; then the team is 6."
    )
    hold = materials(PRESETS["hold"])[0]
    assert joinings(hold.budget.headcount, text) == "No whole person comes or goes."
    many = materials(PLAN.with_values(team_target=40))[0].budget.headcount
    assert f"and so on in {len(many.joinings)} months in all; then the team is 40." in joinings(many, text)


def test_the_files_hold_the_same_budget_in_full(material):
    rows = data.tables(material)["budget"]
    (results,) = json.loads(data.json([material]))["scenarios"]
    for statement in material.budget.statements:
        told = results["budget"][statement.name]
        assert told["years"] == list(statement.years)
        assert told["basis"] == statement.basis
        for row, as_data in zip(statement.rows, told["rows"], strict=True):
            assert (as_data["name"], as_data["values"]) == (row.name, list(row.values))
            found = rows[(rows["statement"] == statement.name) & (rows["row"] == row.name)]
            assert found["value"].tolist() == list(row.values)
            assert found["year"].tolist() == list(statement.years)
            assert set(found["unit"]) == {as_data["unit"]}
    assert set(rows[rows["row"] == "other_cost_1"]["label"]) == {"=Studio"}
    assert [item["day"] for item in results["budget"]["joinings"]] == ["2027-04-01", "2029-10-01"]
    assert data.tables(material)["joinings"]["date"].tolist() == [date(2027, 4, 1), date(2029, 10, 1)]
