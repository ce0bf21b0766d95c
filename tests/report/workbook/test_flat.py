"""The flat table: a row a month and account, whose sums are those of the app."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from model.presets import PRESETS
from model.projection import project
from model.telling.budget import budget_of
from model.telling.budget.accounts import ACCOUNTS, EFFECT, PAYMENT
from report.workbook import build
from report.workbook.consolidation.flat import SHEET
from tests.materials import TODAY, materials

PLAN = PRESETS["seat-at-the-table"].with_values(horizon_years=2, team_pay_in_budget=False)


@pytest.fixture(scope="module")
def content():
    """The bytes of a workbook of the plan."""
    return build(materials(PLAN))


@pytest.fixture(scope="module")
def rows(content):
    """The rows of the table, as a viewer shows them."""
    book = load_workbook(BytesIO(content), data_only=True)
    return [[cell.value for cell in row[1:9]] for row in book[SHEET].iter_rows(min_row=9) if row[8].value]


def added(rows, statement):
    """All amounts of a statement."""
    return sum(row[6] for row in rows if row[1] == statement)


def test_a_row_a_month_and_account(rows):
    assert len(rows) == 120 * len(ACCOUNTS)
    assert len({(row[2], row[7]) for row in rows}) == len(rows)
    days = PLAN.calendar(TODAY)
    assert [row[4].date() for row in rows[:24]] == list(days)
    assert {row[5] for row in rows} == {"USD"}
    assert all(row[6] == 0 for row in rows if row[7] > 24)


def test_effects_add_up_to_net_cash_before_tax(rows):
    assert added(rows, EFFECT) == pytest.approx(
        project(PLAN).lines["net_cash"].sum() / (1 - PLAN.number("tax_rate"))
    )


def test_payments_add_up_to_the_money_to_be_paid_out(rows):
    money = budget_of(project(PLAN), TODAY).plan.by_name["money"]
    assert -added(rows, PAYMENT) == pytest.approx(money.total)


def test_entity_and_cost_centre_and_codes_are_typed_once(content):
    book = load_workbook(BytesIO(content))
    sheet = book[SHEET]
    typed = [sheet["C5"], sheet["C6"], *(sheet.cell(9 + place, 11) for place in range(len(ACCOUNTS)))]
    assert all(not cell.protection.locked for cell in typed)
    assert [cell.value for cell in typed[2:]] == [account.code for account in ACCOUNTS]
    assert sheet["B9"].value == '=IF(flat_entity="","",flat_entity)'
