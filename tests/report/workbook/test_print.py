"""The workbook on paper: type that can be read, no column cut, labels and headings on every page."""

from io import BytesIO
from itertools import pairwise

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from model.presets import PRESETS
from report.workbook import build
from report.workbook.printing import Strip, layout
from tests.materials import materials

SMALLEST_TYPE = 7
# A4 on its long side, and how wide a digit of the default font is at most: that of a font in place of it.
PAPER, DIGIT = 841.9, 6.4


@pytest.fixture(scope="module")
def book():
    """A workbook of three scenarios, one of them simulated."""
    return load_workbook(BytesIO(build((*materials(PRESETS["social-plan"], draws=128),
        *materials(PRESETS["hold"], PRESETS["sceptical-cfo"])))))  # fmt: skip


def printed(sheet):
    """First and last column and row of what is printed."""
    return range_boundaries(sheet.print_area.split("!")[-1].replace("$", ""))


def scale(sheet):
    """How much smaller than on the screen it is printed."""
    return (sheet.page_setup.scale or 100) / 100


def widths(sheet):
    """The width of each printed column on paper, in points, by its number."""
    left, _, right, _ = printed(sheet)
    sizes = {}
    for item in sheet.column_dimensions.values():
        sizes |= dict.fromkeys(range(item.min, item.max + 1), item.width)
    return {col: scale(sheet) * DIGIT * sizes[col] for col in range(left, right + 1)}


def test_nothing_is_printed_in_smaller_type_than_can_be_read(book):
    for sheet in book:
        left, top, right, bottom = printed(sheet)
        assert not sheet.sheet_properties.pageSetUpPr or not sheet.sheet_properties.pageSetUpPr.fitToPage
        for row in sheet.iter_rows(top, bottom, left, right):
            for cell in row:
                if cell.value not in (None, ""):
                    assert cell.font.size * scale(sheet) >= SMALLEST_TYPE, (sheet.title, cell.coordinate)


def test_the_foot_keeps_its_size_whatever_the_scale(book):
    for sheet in book:
        assert sheet.HeaderFooter.scaleWithDoc is False
        assert sheet.oddFooter.left.size >= SMALLEST_TYPE


def test_the_columns_of_each_page_fit_the_paper(book):
    for sheet in book:
        sizes = widths(sheet)
        room = PAPER - 72 * (sheet.page_margins.left + sheet.page_margins.right)
        left, _, right, _ = printed(sheet)
        repeated = sheet.print_title_cols and range_boundaries(sheet.print_title_cols.replace("$", ""))
        labels = sum(sizes[col] for col in range(repeated[0], repeated[2] + 1)) if repeated else 0
        begins = [left, *(item.id + 1 for item in sheet.col_breaks.brk), right + 1]
        for start, end in pairwise(begins):
            own = sum(sizes[col] for col in range(start, end))
            assert own + (labels if start > left else 0) <= room, (sheet.title, get_column_letter(start))


def test_headings_and_labels_are_on_every_page_of_a_table(book):
    for sheet in book:
        assert sheet.print_title_rows or sheet.title in ("Cover", "Summary")
        assert sheet.print_title_cols or not sheet.col_breaks.brk or sheet.title == "Chart data"


class TestStrip:
    def test_pages_are_as_few_and_as_even_as_there_is_room_for(self):
        assert Strip([10] * 12).breaks(100) == [6]
        assert Strip([10] * 10).breaks(100) == []
        assert Strip([10] * 21).breaks(100) == [7, 14]

    def test_what_is_repeated_takes_its_room_on_each(self):
        assert Strip([20, *[10] * 16], repeated=1).breaks(100) == [9]

    def test_a_chapter_begins_a_page(self):
        assert Strip([10] * 14, chapters=(3,)).breaks(100) == [3, 9]

    def test_what_is_larger_than_a_page_stands_alone(self):
        assert Strip([10, 300, 10]).breaks(100) == [1, 2]

    def test_the_largest_type_that_takes_no_more_pages(self):
        few, many = layout(Strip([15] * 10), Strip([60] * 10)), layout(Strip([15] * 40), Strip([60] * 10))
        assert (few.scale, few.rows) == (100, [])
        assert (many.rows, many.columns) == ([], [])
        assert 70 <= many.scale < 100
