"""The Budget screen without a browser: every statement of each kind of plan."""

from __future__ import annotations

import re

import pytest

from model.presets import PRESETS
from model.projection import project
from model.telling.budget import budget_of
from report.tables.budget_tables import statement_tables
from tests.dashboard.app import opened, shown
from tests.materials import materials

PLAN = PRESETS["seat-at-the-table"].changed(start_month="2027-04", fiscal_year_start=7)


@pytest.mark.parametrize("id_", ["social-plan", "hold", "headline-claim"])
def test_each_kind_of_plan_has_its_budget(id_: str) -> None:
    test = opened(PRESETS[id_], "budget")
    assert not test.exception
    assert PRESETS[id_].hash in shown(test)


def test_the_answer_is_what_is_to_be_paid_and_each_statement_stands_in_full() -> None:
    test = opened(PLAN, "budget")
    text = shown(test).replace("\u00a0", " ")
    assert "# 10.1 m USD to be paid over 5 years, 340,000 USD of it in FY26/27" in text
    assert "Whole people: +1 in Apr 2027, +1 in Oct 2029; then the team is 6." in text
    material = materials(PLAN)[0]
    for table, statement in zip(test.table, budget_of(project(PLAN)).statements, strict=True):
        (expected,) = statement_tables(statement, material)
        assert statement.basis in text
        found = [[plain(cell) for cell in (label, *cells)] for label, *cells in table.value.reset_index().to_numpy()]
        assert found == [[plain(cell.text) for cell in row] for row in expected.rows]


def plain(cell: object) -> str:
    """A cell of the page as the table has it: without what makes it bold or keeps signs as they are."""
    text = re.sub(r":primary\[(.*)\]", r"\1", str(cell))
    return re.sub(r"\\(.)|\*\*|\u200b", r"\1", text).strip()
