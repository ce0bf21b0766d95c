"""The workbook computes the same in programs of other makes: its formulas have no form that one of them refuses."""

import random
import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from report.workbook import build
from report.workbook.book import NOT_COMPARED, PASSED
from report.workbook.defence.fingerprints import SHEET
from tests import reference
from tests.materials import materials
from tests.report.workbook.delivered import Delivered
from tests.report.workbook.recalculation import differences, edit, same
from tests.report.workbook.third_engine import INSTALLED, number, recalculated

RANDOM = [reference.random_values(random.Random(seed)) for seed in (5, 17, 29)]  # noqa: S311
# What Excel, LibreOffice, Google Sheets, Numbers and HyperFormula all know. Only the sheet Fingerprints has more.
FUNCTIONS = {
    "ABS", "AND", "COUNT", "DATE", "EDATE", "EXP", "IF", "INDEX", "INT", "ISNUMBER", "ISTEXT", "LEFT", "LEN", "MAX",
    "MIN", "MOD", "MONTH", "N", "NOT", "OR", "PV", "RIGHT", "ROUND", "ROUNDUP", "ROW", "ROWS", "SIGN", "SUM",
    "SUMIF", "SUMPRODUCT", "YEAR",
}  # fmt: skip


@pytest.fixture(scope="module")
def content():
    """The bytes of a workbook of two scenarios."""
    return build(materials(PRESETS["social-plan"], PRESETS["hold"], draws=128))


@pytest.fixture(scope="module")
def editable(content):
    """The workbook that is edited."""
    return Delivered(content)


@pytest.fixture(scope="module")
def formulas(editable):
    """Its formulas."""
    return editable.book


@pytest.fixture(scope="module")
def delivered(content):
    """Its delivered values."""
    return load_workbook(BytesIO(content), data_only=True)


def formula_cells(book):
    """All cells with a formula, those of Fingerprints aside."""
    for sheet in book:
        if sheet.title != SHEET:
            yield from (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f")


def arguments(formula, start):
    """How many arguments the function has whose opening bracket ends at `start`."""
    depth, count = 1, 1
    for sign in formula[start:]:
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return count
        count += sign == "," and depth == 1
    raise AssertionError(formula)


class TestForms:
    def test_only_functions_that_all_programs_know(self, formulas):
        used = set()
        for cell in formula_cells(formulas):
            used |= set(re.findall(r"([A-Z][A-Z0-9.]*)\(", re.sub(r'"[^"]*"', "", cell.value)))
        assert used <= FUNCTIONS

    def test_index_always_has_a_row_and_a_column_and_ends_no_range(self, formulas):
        for cell in formula_cells(formulas):
            bare = re.sub(r'"[^"]*"', '""', cell.value)
            assert all(arguments(bare, found.end()) == 3 for found in re.finditer(r"\bINDEX\(", bare)), cell.value
            assert not re.search(r":\s*[A-Z]+\(", bare), cell.value

    def test_no_constant_arrays_and_no_exponents(self, formulas):
        for cell in formula_cells(formulas):
            assert not re.search(r"[{}]|\b\d+(\.\d+)?[eE]", re.sub(r'"[^"]*"', '""', cell.value)), cell.value


def typed(editable, values, path):
    """What an edit of the first scenario's inputs types where."""
    cells, _ = editable.typed(lambda book: edit(book, values, path))
    return {(cell.parent.title, cell.row, cell.column): value for cell, value in cells.items()}


@pytest.fixture(scope="module")
def computed(editable, formulas, program, tmp_path_factory):
    """What HyperFormula makes of the workbook: unedited, then after each random edit of inputs."""
    node = program("node", package="nodejs")
    if not INSTALLED.is_dir():
        pytest.skip(f"needs HyperFormula: npm ci --prefix {INSTALLED.parents[1]}")
    edits = [{}, *(typed(editable, values, path) for values, path in RANDOM)]
    return recalculated(node, formulas, edits, tmp_path_factory.mktemp("hyperformula"))


class TestHyperFormula:
    def test_every_computed_cell_agrees_with_the_delivered_value(self, formulas, delivered, computed):
        values, compared = computed[0].book, 0
        for cell in formula_cells(formulas):
            left = number(delivered[cell.parent.title][cell.coordinate].value)
            right = values[cell.parent.title][cell.coordinate].value
            if "formulas_compared" in cell.value:
                continue
            if isinstance(left, int | float) and isinstance(right, int | float):
                compared += 1
                assert same(left, right) or abs(left - right) <= rounding(delivered, cell), (cell, left, right)
            else:
                assert (left or "") == (right or ""), cell
        assert compared > 10_000

    def test_it_says_that_formulas_were_not_compared(self, computed):
        for values in computed:
            assert values.named("master_check") == 1
            assert values.by_name("Checks")["formulas_as_delivered"][4].value == "not compared"
            assert values.book["Cover"]["B3"].value == f"{PASSED}; {NOT_COMPARED}"

    @pytest.mark.parametrize("place", range(len(RANDOM)))
    def test_after_edited_inputs_it_gives_what_the_app_gives(self, computed, place):
        values, path = RANDOM[place]
        scenario = Scenario.from_data({"name": "edited", "assumptions": values, "social_share_path": path})
        assert list(differences(computed[place + 1], project(scenario))) == []


def rounding(delivered, cell):
    """What rounding may make of a number that would be nothing: of a check, or of a value near its root."""
    sheet = delivered[cell.parent.title]
    if sheet.title == "Checks":
        return sheet.cell(cell.row, 4).value or 0
    if sheet.title == "IRR":
        return 1e-9 * sum(abs(flow.value) for flow in sheet["C"] if isinstance(flow.value, int | float))
    return 0
