"""The workbook defends itself: any changed formula turns the master check, whatever the inputs are."""

import random
import re
from collections import Counter

import pytest
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter, range_boundaries

from model.assumptions import ASSUMPTIONS
from model.presets import PRESETS
from report.workbook import build
from report.workbook.book import FAILED, NOT_COMPARED, PASSED
from report.workbook.defence.areas import FAR_COLUMN, FAR_ROW, areas
from report.workbook.defence.fingerprints import DIFFER, OF_NAMES, OF_SHEET, PLACE, SHEET, TOP, TWIN
from tests.materials import materials
from tests.report.workbook.delivered import Delivered
from tests.report.workbook.recalculation import (
    AS_EXCEL,
    BY_NUMBERS,
    changed_by_sheet,
    edit,
    named_cell,
    recalculated_after,
    row_of,
    scenario_column,
)

FAR = get_column_letter(FAR_COLUMN + 1)


@pytest.fixture(scope="module")
def two():
    """A workbook of two scenarios."""
    return Delivered(build(materials(PRESETS["social-plan"], PRESETS["hold"], draws=128)))


@pytest.fixture(scope="module")
def formulas(two):
    """Its formulas."""
    return two.book


def rows_of(book):
    """The rows of the sheet Fingerprints that compare formulas of other sheets: sheet, area, twin's formula."""
    for row in book[SHEET].iter_rows(min_row=TOP + 4):
        if row[OF_SHEET].value != OF_NAMES:
            twin = re.fullmatch(r'=IF\(1,"",(.*)\)', row[TWIN].value, flags=re.S)
            yield row[OF_SHEET].value, row[PLACE].value, "=" + twin[1]


def cells_of(area):
    """The cells of an area."""
    left, top, right, bottom = range_boundaries(area)
    return [(row, col) for row in range(top, bottom + 1) for col in range(left, right + 1)]


class TestFingerprints:
    def test_each_twin_is_the_formula_of_all_cells_of_its_area(self, formulas):
        for sheet, area, twin in rows_of(formulas):
            for row, col in (cells := cells_of(area)):
                cell = formulas[sheet].cell(row, col)
                down = cells[0][1] == cells[-1][1]
                far = f"{get_column_letter(col)}{FAR_ROW}" if down else f"{FAR}{row}"
                moved = Translator(twin, origin=far).translate_formula(cell.coordinate) if len(cells) > 1 else twin
                assert cell.value == moved, (sheet, cell.coordinate)

    def test_every_formula_is_in_one_area_but_those_that_show_the_verdict(self, formulas):
        areas_of = {}
        for sheet, area, _ in rows_of(formulas):
            areas_of.setdefault(sheet, []).extend(cells_of(area))
        for sheet in formulas:
            if sheet.title == SHEET:
                continue
            found = {(c.row, c.column): c.value for row in sheet.iter_rows() for c in row if c.data_type == "f"}
            assert len(set(areas_of[sheet.title])) == len(areas_of[sheet.title])
            for cell in found.keys() - set(areas_of[sheet.title]):
                assert found[cell].startswith(("=IF(AND(master_check=1,", f"=SUMIF({SHEET}!")), (sheet.title, cell)
            assert set(areas_of[sheet.title]) <= found.keys()

    def test_few_twins_stand_for_many_formulas(self, formulas):
        twins = list(rows_of(formulas))
        assert 25 * len(twins) < sum(len(cells_of(area)) for _, area, _ in twins)

    def test_every_defined_name_is_compared(self, formulas):
        compared = {row[PLACE].value for row in formulas[SHEET].iter_rows() if row[OF_SHEET].value == OF_NAMES}
        own = {name for name, item in formulas.defined_names.items() if item.attr_text.startswith(f"{SHEET}!")}
        assert compared == set(formulas.defined_names) - own


def test_formulas_that_look_alike_but_move_otherwise_stand_apart():
    alike = {(0, 2): "=A1&$A1", (0, 3): "=B1&$A1", (0, 4): "=C1&$B1", (0, 5): '=D1&"A1"', (0, 6): '=E1&"B1"'}
    found = [(area.first, area.last) for area in areas(alike)]
    assert found == [((0, 2), (0, 3)), ((0, 4), (0, 4)), ((0, 5), (0, 5)), ((0, 6), (0, 6))]


def halve(line, months=range(1, 121)):
    """An edit that halves a line of Months, and an input with it."""

    def change(book):
        row = row_of(book["Months"], line)
        for month in months:
            cell = book["Months"].cell(row, 5 + month)
            cell.value = f"=({cell.value[1:]})/2"
        edit(book, {"discount_rate": 0.11})

    return change


def rewrite(sheet, name, column, old, new):
    """An edit of a formula in the row of a public name."""

    def change(book):
        cell = book[sheet].cell(row_of(book[sheet], name), column)
        assert old in cell.value, cell.value
        cell.value = cell.value.replace(old, new, 1)

    return change


def wrap_one_of_each_sheet(book):
    """On each sheet some formula written otherwise, with the same result."""
    drawn = random.Random(3)  # noqa: S311
    places = {}
    for sheet, area, _ in rows_of(book):
        places.setdefault(sheet, []).extend(cells_of(area))
    del places["Checks"]
    for sheet, cells in places.items():
        cell = book[sheet].cell(*drawn.choice(cells))
        cell.value = f"=IF(TRUE,{cell.value[1:]})"


def pass_whatever_happens(book):
    """One month of a line halved, and the master check told to hold."""
    halve("training_cost", [40])(book)
    named_cell(book, "master_check").value = "=1"
    sheet = book["Checks"]
    sheet.cell(row_of(sheet, "formulas_as_delivered"), 5).value = "=1"


def silence(book):
    """A row halved, and what the comparison found there typed over with nothing."""
    halve("training_cost")(book)
    for row in book[SHEET].iter_rows():
        if row[OF_SHEET].value == "Months":
            row[DIFFER].value = 0


def rename(book):
    """A defined name that points to another cell."""
    book.defined_names["causal_share"].attr_text = book.defined_names["media_waste"].attr_text


# What each sheet counts, where all are changed at once.
AT_ONCE = (
    (halve("training_cost"), {"Months": 120}),
    (rewrite("Months", "skill_retention", 20, "0.5", "0.6"), {"Months": 1}),
    (rewrite("hold", "plan_delivery", 5, "0", "1"), {"hold": 1}),
    (rewrite("Checks", "cash_adds_up", 3, "=", "=0*"), {"Checks": 1}),
    (rewrite("Checks", "check_tolerance", 3, "0.000000001", "1"), {"Checks": 1}),
    (rewrite("Inputs", "causal_share", 3, "=", "=0.5*"), {"Inputs": 1}),
    (rename, {OF_NAMES: 1}),
)


def change_all(book):
    """Every change at once."""
    for change, _ in AT_ONCE:
        change(book)


@pytest.fixture(scope="module")
def single():
    """A workbook of one scenario."""
    return Delivered(build(materials(PRESETS["social-plan"])))


@pytest.fixture(scope="module")
def results(single, two, program, tmp_path_factory):
    """The workbook of one scenario after each edit, and that of two with a formula of each sheet changed."""
    changes = {"the verdict": pass_whatever_happens, "at once": change_all, "silenced": silence}
    each = {"each sheet": wrap_one_of_each_sheet}
    return recalculated_after(changes, single, program, tmp_path_factory.mktemp("single")) | recalculated_after(
        each, two, program, tmp_path_factory.mktemp("two")
    )


class TestInjected:
    def test_each_changed_formula_is_counted_on_its_sheet(self, results):
        values, expected = results["at once"], Counter()
        for _, counts in AT_ONCE:
            expected.update(counts)
        changed = changed_by_sheet(values)
        assert changed == dict.fromkeys(changed, 0) | expected
        assert values.named("master_check") == 0
        assert {sheet["B3"].value for sheet in values.book} == {FAILED}

    def test_what_changes_a_formula_alone_is_found_by_nothing_else(self, results):
        values = results["each sheet"]
        changed = changed_by_sheet(values)
        assert changed == dict.fromkeys(changed, 1) | {"Checks": 0, OF_NAMES: 0}
        failed = {name for name, row in values.by_name("Checks").items() if row[4].value == 0}
        assert failed == {"formulas_as_delivered"}
        assert values.named("master_check") == 0
        assert {sheet["B3"].value for sheet in values.book} == {FAILED}

    def test_a_comparison_that_is_typed_over_is_counted_itself(self, results):
        values = results["silenced"]
        assert (values.named("master_check"), values.named("formulas_changed") > 0) == (0, True)

    def test_a_master_check_that_was_told_to_hold_fools_no_sheet(self, results):
        values = results["the verdict"]
        assert values.named("master_check") == 1
        assert (values.named("formulas_changed"), values.named("verdict_changed")) == (1, 2)
        for sheet in values.book:
            assert sheet["B3"].value == FAILED


class TestPrintedOtherwise:
    """A program prints formulas in its user's language and manner."""

    def test_the_comparison_does_not_depend_on_it(self, single, program, tmp_path):
        changes = {"row": halve("training_cost")}
        values = recalculated_after(changes, single, program, tmp_path, AS_EXCEL)["row"]
        assert (values.named("formulas_compared"), values.named("master_check")) == (1, 0)
        changed = changed_by_sheet(values)
        assert changed == dict.fromkeys(changed, 0) | {"Months": 120}

    def test_where_no_comparison_is_possible_that_is_said(self, single, program, tmp_path):
        changes = {"nothing": lambda _: None}
        values = recalculated_after(changes, single, program, tmp_path, BY_NUMBERS)["nothing"]
        assert (values.named("formulas_compared"), values.named("master_check")) == (0, 1)
        assert values.by_name("Checks")["formulas_as_delivered"][4].value == "not compared"
        for sheet in values.book:
            assert sheet["B3"].value == f"{PASSED}; {NOT_COMPARED}"


class TestProtection:
    def test_every_sheet_is_protected_without_a_password(self, formulas):
        for sheet in formulas:
            protection = sheet.protection
            assert (protection.sheet, protection.password) == (True, None)
            # In the file each of these says whether it is forbidden.
            assert not any((protection.formatCells, protection.formatColumns, protection.formatRows))

    def test_what_may_be_typed_is_open_and_nothing_else(self, formulas):
        for sheet in formulas:
            cells = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
            assert bool(cells) == (sheet.title in ("Inputs", "Flat", "Sensitivities")), sheet.title
            assert all(cell.data_type != "f" for cell in cells) or sheet.title == "Inputs", sheet.title
        sheet = formulas["Inputs"]
        columns = [scenario_column(sheet, number) for number in (1, 2)]
        opened = {(c.row, c.column) for row in sheet.iter_rows(min_row=9) for c in row if not c.protection.locked}
        typed = [
            row_of(sheet, name) for name in (*ASSUMPTIONS, "name", "currency", "start_month", "fiscal_year_start")
        ]
        assert {(row, column) for row in typed for column in columns} <= opened
        assert {column for _, column in opened} == set(columns)
        assert not named_cell(formulas, "selected_scenario").protection.locked
