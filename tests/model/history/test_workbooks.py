"""Workbooks as finance makes them: the sheet that was meant, what stands around the table, and what was told."""

import csv
import io
import os
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from model.history.importing.columns import Named
from model.history.importing.read import read_table
from model.reading.faults import ScenarioError
from tests.model.history.workbooks import DataFile, book_of, read, saved

WEEKS = [date(2022, 1, 3) + timedelta(days=7 * week) for week in range(90)]
REVENUE = [1_000_000.5 + 1000 * week for week in range(90)]
SOCIAL = [10_000.25 + 100 * (week % 7) for week in range(90)]
HEADING = ["Week", "Revenue", "Facebook spend", "TV spend", "Promotion"]
NUMBERS_OF_DAYS = ("Week has numbers of days, as spreadsheets count them: read as dates",)
EXAMPLE = Path(__file__).parents[3] / "docs" / "example-history.csv"


def rows(dated=lambda day: day):
    """The rows of a usual sheet below its heading."""
    return [
        [dated(day), revenue, social, 70_000, "no"]
        for day, revenue, social in zip(WEEKS, REVENUE, SOCIAL, strict=True)
    ]


def is_as_written(history):
    """Whether all that was written was read."""
    assert history.dates == tuple(WEEKS)
    assert history.revenue.tolist() == REVENUE
    assert history.social.tolist() == SOCIAL
    assert history.other.tolist() == [70_000] * 90


@pytest.mark.parametrize(
    ("dated", "told"),
    [
        (lambda day: day, ()),
        (lambda day: day.strftime("%d.%m.%Y"), ()),
        (lambda day: (day - date(1899, 12, 30)).days, NUMBERS_OF_DAYS),
        (lambda day: day if day.month % 2 else day.strftime("%d/%m/%Y"), ()),
    ],
)  # fmt: skip
def test_dates_as_dates_as_texts_as_numbers_and_mixed(dated, told):
    history = read(saved(book_of(HEADING, *rows(dated))))
    is_as_written(history)
    assert (history.told, history.set_aside) == (told, ())
    assert (history.encoding, history.sheet, history.sheets) == ("xlsx", "Data", ("Data",))


def test_days_that_are_counted_from_1904():
    book = book_of(HEADING, *rows(lambda day: (day - date(1904, 1, 1)).days))
    book.epoch = CALENDAR_MAC_1904
    is_as_written(read(saved(book)))


def test_numbers_as_texts_with_a_decimal_comma_beside_numbers():
    mixed = [[day, revenue, f"{social:,.2f}".translate(str.maketrans(",.", ".,")), *others]
             for day, revenue, social, *others in rows()]  # fmt: skip
    history = read(saved(book_of(HEADING, *mixed)))
    is_as_written(history)
    assert history.marks.comma


def several_sheets():
    """A workbook whose table stands on its second sheet."""
    book = book_of(["Channel", "Note"], ["Facebook", "paused in May"], name="Notes")
    tables = {"2024": [HEADING, *rows()], "Pivot": [["Product", "Q1", "Q2"], ["a", 1, 2], ["b", 3, 4]]}
    for name, table in tables.items():
        sheet = book.create_sheet(name)
        for row in table:
            sheet.append(row)
    book["Pivot"].sheet_state = "hidden"
    return saved(book)


def test_the_sheet_with_the_table_is_taken_and_that_is_told():
    history = read(several_sheets())
    is_as_written(history)
    assert history.sheet == "2024"
    assert history.sheets == ("Notes", "2024", "Pivot")
    assert history.told == ("The sheet “2024” was taken, not “Notes”, “Pivot” (hidden)",)


def test_a_pivot_table_is_taken_before_a_list_of_dates():
    book = book_of(*pivot(compact=True), name="Pivot")
    sheet = book.create_sheet("Log", 0)
    for row in (["Date", "Rows", "Errors"], *[[day, 1, 2] for day in WEEKS]):
        sheet.append(row)
    assert read(saved(book)).sheet == "Pivot"


def test_a_sheet_can_be_named():
    table = read_table(DataFile("book.xlsx", several_sheets()), "pivot")
    assert table.heading == ("Product", "Q1", "Q2")
    assert table.rows == ((2, ("a", "1", "2")), (3, ("b", "3", "4")))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (several_sheets, "--sheet: names '2023', which is no sheet of the file; did you mean '2024'?"),
        (lambda: b"a,b\n1,2\n", "--sheet: names '2023', but the file is no workbook with sheets"),
    ],
)
def test_a_sheet_that_is_not_there_is_refused(content, message):
    with pytest.raises(ScenarioError) as refused:
        read_table(DataFile("book.xlsx", content()), "2023")
    assert message in str(refused.value)


def test_titles_a_heading_of_three_rows_and_units():
    book = book_of(
        ["Marketing report", None], [], [None, None, "Social", None, "Other", None],
        ["Week", "Revenue", "Facebook", "TikTok", "TV", "Radio"], [None, "kEUR", "EUR", "EUR", "EUR", "EUR"],
        *[[day, revenue / 1000, social - 1, 1, 69_999, 1] for day, revenue, social, *_ in rows()],
    )  # fmt: skip
    for merged in ("A1:F1", "C3:D3", "E3:F3"):
        book.active.merge_cells(merged)
    history = read(saved(book))
    assert history.revenue == pytest.approx(REVENUE)
    assert history.social == pytest.approx(SOCIAL)
    assert history.other.tolist() == [70_000] * 90
    assert history.columns.social == ("Social Facebook EUR", "Social TikTok EUR")
    assert history.told == (
        "2 merged cells were taken apart: what stood in them stands in each",
        "The heading was put together from rows 3 to 5",
        "Revenue kEUR is in thousands, as “Revenue kEUR” says: it was multiplied by that",
    )
    assert [(item.row, item.reason) for item in history.set_aside] == [
        (1, "stands above the heading"),
        (2, "is empty"),
    ]


def test_what_a_sheet_has_beside_figures_is_told_and_no_cell_is_guessed():
    book = book_of(HEADING, *rows(), ["Grand Total", 9, 9, 9, None])
    sheet = book.active
    sheet["B5"], sheet["B6"], sheet["C7"] = "=B4*2", "#N/A", "#REF!"
    for cell in ("B6", "C7"):
        sheet[cell].data_type = "e"
    sheet.merge_cells("B20:B22")
    sheet["E30"] = "Easter"
    sheet.merge_cells("E30:E33")
    sheet.row_dimensions[9].hidden = sheet.column_dimensions["D"].hidden = True
    history = read(saved(book))
    without_value = (
        "has the formula “=B4*2” in Revenue without its value: open the file in a spreadsheet program, save it and "
        "give that"
    )
    merged = "has “1018000.5, merged over rows 20 to 22” in Revenue, which is no amount with a decimal point"
    assert [(item.row, item.reason) for item in history.set_aside] == [
        (5, without_value),
        (6, "has the error #N/A in Revenue"), (7, "has the error #REF! in Facebook spend"),
        (20, merged), (21, merged), (22, merged), (92, "is a total (“Grand Total”)"),
    ]  # fmt: skip
    assert np.flatnonzero(history.controls["Promotion: Easter"]).tolist() == [28, 29, 30, 31]
    assert history.told == (
        "2 merged cells were taken apart: what stood in them stands in each",
        "Hidden in the sheet, and used: 1 row and 1 column",
        "6 weeks are missing: their revenue is left out, their spend taken from their neighbours",
    )


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def pivot(compact):
    """What a pivot table of four years by month shows: years in a column of their own, or above their months."""
    yield [
        "Row Labels" if compact else "Year",
        *([] if compact else ["Month"]),
        "Facebook",
        "TV",
        "Grand Total",
        "Revenue",
    ]
    for year in range(2019, 2023):
        if compact:
            yield [str(year), 1, 2, 3, 4]
        for number, month in enumerate(MONTHS):
            label = [month] if compact else [year if number == 0 else None, month]
            yield [*label, 10 + number, 20, 30 + number, 1000 + number]
    yield ["Grand Total", *([] if compact else [None]), 1, 2, 3, 4]


@pytest.mark.parametrize("compact", [False, True])
def test_pivot_tables_that_write_a_year_once(compact):
    history = read(saved(book_of(*pivot(compact))))
    assert history.period_words == "2019-01-01 to 2022-12-01, 48 months"
    assert history.revenue.tolist() == [1000.0 + number for number in range(12)] * 4
    assert history.social.tolist() == [10.0 + number for number in range(12)] * 4
    assert history.other.tolist() == [20.0] * 48
    assert history.told[0].startswith("Dates were put together from ")
    assert history.set_aside[-1].reason == "is a total (“Grand Total”)"
    assert len(history.set_aside) == (5 if compact else 1)


def test_labels_that_a_pivot_table_leaves_out_are_refused():
    both = [[label, channel, 1, 2] for day in WEEKS for label, channel in ((day, "a"), (None, "b"))]
    with pytest.raises(ScenarioError, match="has 90 of 180 rows without a date in Date, as pivot tables leave out"):
        read(saved(book_of(["Date", "Channel", "Facebook", "Revenue"], *both)))


def test_sums_of_other_columns_count_once():
    heading = ["Date", "Net sales", "Facebook", "TikTok", "Total social", "TV", "Marketing spend"]
    table = [[day, 1000, 5 + place, 6, 11 + place, 70, 81 + place] for place, day in enumerate(WEEKS)]
    history = read(saved(book_of(heading, *table)))
    assert (history.columns.social, history.columns.other) == (("Facebook", "TikTok"), ("TV",))
    assert history.told == (
        "Total social is not used: it is the sum of Facebook, TikTok",
        "Marketing spend is not used: it is the sum of Facebook, TikTok, TV",
    )
    named = read(saved(book_of(heading, *table)), Named(social=["Total social"], other=["TV"]))
    assert named.columns.social == ("Total social",)


@pytest.mark.parametrize(
    ("book", "message"),
    [
        (book_of(), "has nothing in its sheet"),
        (book_of(HEADING), "has no rows below the heading in row 1"),
        (book_of(HEADING, *rows()[:1]), "has 1 row that can be used; at least 78 weeks or 30 months are needed"),
        (book_of(HEADING, *[[day, "=1+1", 1, 1, ""] for day in WEEKS]), "row 91 has the formula “=1+1” in Revenue"),
        (book_of(["a"] * 300, *[[1] * 300] * 3), "has 300 columns; at most 200 are read"),
        (book_of(["a", "b"], *[[1, 2]] * 3_001), "has more than 3000 rows or 200000 cells in its sheet"),
    ],
)
def test_sheets_that_cannot_be_used_are_refused(book, message):
    with pytest.raises(ScenarioError) as refused:
        read(saved(book))
    assert message in str(refused.value)


def test_a_cell_far_to_the_right_sets_its_row_aside():
    book = book_of(HEADING, *rows())
    book.active["XFD9"] = "note"
    history = read(saved(book))
    assert [(item.row, item.reason) for item in history.set_aside] == [
        (9, "has a cell in column XFD, beyond the 200 columns that are read")
    ]


def test_a_workbook_of_before_2007_and_one_with_a_password_are_told_apart():
    for content, message in (
        (b"\xd0\xcf\x11\xe0" + b"Workbook", "is an Office file of before 2007"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
    ):
        with pytest.raises(ScenarioError, match=message):
            read(content)


def values_of(text):
    """The cells of a CSV file as a person types them into a sheet."""
    for number, row in enumerate(csv.reader(io.StringIO(text))):
        yield row if number == 0 else [date.fromisoformat(row[0]), *map(float, row[1:])]


def is_the_same(one, other):
    """Whether two histories hold the same."""
    assert one.dates == other.dates
    assert one.columns == other.columns
    for name in ("revenue", "social", "other", "control_columns"):
        assert np.array_equal(getattr(one, name), getattr(other, name))


def test_a_csv_file_and_its_workbook_are_one_history():
    text = EXAMPLE.read_text(encoding="utf-8")
    is_the_same(read(saved(book_of(*values_of(text)))), read(text.encode()))


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_so_are_a_csv_file_and_the_workbook_that_libreoffice_makes_of_it(tmp_path):
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", tmp_path, EXAMPLE], env={**os.environ, "HOME": str(tmp_path)}, timeout=120,
        capture_output=True, check=True,
    )  # fmt: skip
    is_the_same(read((tmp_path / "example-history.xlsx").read_bytes()), read(EXAMPLE.read_bytes()))
