"""Workbooks are read as openpyxl reads them, with what it leaves out, and none makes the reader large or slow."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.history.spreadsheets.workbook import Workbook, shows_dates
from model.history.spreadsheets.worksheet import MergedCells, as_date, column_letters, column_number
from tests.model.history.workbooks import RELATION, RELATIONS, book_of, parts, saved, zipped

ALL = 100_000
ROOT = Path(__file__).parents[3]


def sheet_of(content, name="Data", rows=ALL, cells=ALL):
    """A sheet of a workbook of these bytes."""
    return Workbook(content).sheet(name, rows, cells)


def cells_of(content, name="Data"):
    """The filled cells of a sheet by row and column."""
    rows = sheet_of(content, name).rows
    return {(row, column): value for row, cells in rows.items() for column, value in cells.items()}


VALUES = st.one_of(
    st.none(),
    st.floats(-1e300, 1e300),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.text(st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]), max_size=12).filter(
        lambda text: not text.startswith("=") and "_x" not in text
    ),
)


@given(st.lists(st.lists(VALUES, min_size=1, max_size=6), min_size=1, max_size=8))
@settings(deadline=None, max_examples=40)
def test_cells_are_read_as_openpyxl_reads_them(rows):
    content = saved(book_of(*rows))
    read = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)["Data"]
    expected = {}
    for row in read.iter_rows():
        for cell in row:
            if cell.value is not None and (as_ours := ours(cell.value)) != "":
                expected[cell.row, cell.column] = as_ours
    assert cells_of(content) == expected


def ours(value):
    """A value of openpyxl as this reader has it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date()
    return " ".join(value.split()) if isinstance(value, str) else float(value)


def test_formulas_errors_hidden_rows_and_merged_cells_are_told_apart():
    book = book_of(["a", 1], ["=1+1", "#REF!"])
    sheet = book.active
    sheet["B2"].data_type = "e"
    sheet["C3"], sheet["D4"] = "merged", 5
    sheet.merge_cells("C3:D3")
    sheet.row_dimensions[2].hidden = sheet.column_dimensions["D"].hidden = True
    found = sheet_of(saved(book))
    assert found.rows == {1: {1: "a", 2: 1.0}, 2: {1: "=1+1", 2: "#REF!"}, 3: {3: "merged"}, 4: {4: 5.0}}
    assert found.merged == (MergedCells(3, 3, 3, 4),)
    assert (found.hidden_rows, found.hidden_columns) == ({2}, {4})


SHEET = """<cols><col min="2" max="2" hidden="1"/></cols><sheetData>
<row><c t="s"><v>1</v></c><c s="1"><f>TODAY()</f><v>44564.4</v></c><c t="str"><f>A1</f><v></v></c></row>
<row r="5" hidden="1">
<c r="C5" t="inlineStr"><is><r><t>in</t></r><r><t>line_x000D_</t></r><rPh><t>x</t></rPh></is></c>
<c t="d"><v>2024-02-29T00:00:00</v></c><c t="e"><v>#N/A</v></c><c><f t="shared" si="0"/></c>
<c s="1"><v>0.5</v></c></row>
</sheetData><mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="nonsense"/></mergeCells>"""
TEXTS = """<sst><si><t>zero</t></si>
<si><r><t>o</t></r><r><t xml:space='preserve'>ne </t></r><rPh><t>x</t></rPh></si></sst>"""
STYLES = """<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"""


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_what_other_programs_write_is_read(prefix):
    sheet = f"<worksheet>{SHEET}</worksheet>"
    if prefix:
        sheet = sheet.replace("</", "</x:").replace("<", "<x:").replace("<x:/", "</").replace("</x:x:", "</x:")
        sheet = sheet.replace("<x:worksheet>", '<x:worksheet xmlns:x="x">')
    content = zipped(
        parts("", **{"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": TEXTS, "XL/Styles.xml": STYLES})
    )
    found = sheet_of(content)
    assert found.rows == {
        1: {1: "one", 2: date(2022, 1, 3)},
        5: {3: "inline", 4: date(2024, 2, 29), 5: "#N/A", 6: "=", 7: 0.5},
    }
    assert (found.hidden_rows, found.hidden_columns) == ({5}, {2})
    assert found.merged == (MergedCells(1, 1, 2, 2),)


@pytest.mark.parametrize(
    ("form", "is_date"),
    [
        ("yyyy-mm-dd", True), ("mmm yy", True), ("[$-409]d/m/yy h:mm;@", True), ("mm", True), ("General", False),
        ("#,##0.00", False), ('#,##0 "dy"', False), ("h:mm", False), ("mm:ss", False), ("[Red]0", False),
        ("0.0\\d", False), ("#,##0\\ [$kr-406]", False), ("", False),
    ],
)  # fmt: skip
def test_formats_that_show_dates(form, is_date):
    assert shows_dates(form) == is_date


@given(st.dates(date(1900, 3, 1), date(2150, 1, 1)))
@settings(max_examples=50)
def test_days_are_counted_as_excel_counts_them(day):
    serial = openpyxl.utils.datetime.to_excel(day)
    assert as_date(serial, date(1899, 12, 30)) == day
    assert as_date(serial + 0.999, date(1899, 12, 30)) == day
    assert as_date((day - date(1904, 1, 1)).days, date(1904, 1, 1)) == (
        day if day.year > 1904 else as_date((day - date(1904, 1, 1)).days, date(1904, 1, 1))
    )


def test_the_first_days_of_1900_are_those_before_the_leap_day_that_was_none():
    assert [as_date(day, date(1899, 12, 30)) for day in (1, 59, 61)] == [
        date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1),
    ]  # fmt: skip


@given(st.integers(1, 16_384))
def test_columns_have_letters(number):
    assert column_letters(number) == openpyxl.utils.get_column_letter(number)
    assert column_number(column_letters(number)) == number


def test_a_sheet_is_read_as_far_as_is_asked():
    content = saved(book_of(*[[row, row] for row in range(9)]))
    assert (len(sheet_of(content, rows=4).rows), sheet_of(content, rows=4).cut) == (4, True)
    assert (len(sheet_of(content, cells=5).rows), sheet_of(content, cells=5).cut) == (3, True)
    assert not sheet_of(content, rows=9, cells=18).cut


def row_of(cell, count):
    """A row of so many equal cells."""
    return f"<row>{cell * count}</row>"


def cut_off():
    """A workbook of which the end is missing."""
    content = saved(book_of(["a", 1]))
    return content[: len(content) // 2]


def damaged():
    """A workbook in whose sheet some packed bytes are others."""
    content = bytearray(sheet(row_of("<c><v>1</v></c>", 9), 99))
    place = content.index(b"sheet1.xml") + 20
    content[place : place + 40] = bytes(40)
    return bytes(content)


def with_flag():
    """A workbook whose parts say that they are encrypted."""
    content = bytearray(zipped(parts("")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 1)
    return bytes(content)


def of_kind(part):
    """An archive whose document is another part."""
    return zipped({"_rels/.rels": RELATIONS.format(RELATION.format("r", "officeDocument", part)), part: "<x/>"})


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(9)
) + "]><worksheet><sheetData><row><c t='str'><v>&j;</v></c></row></sheetData></worksheet>"  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
TEXT_OF_LIST = "<row><c t='s'><v>7</v></c></row>"
NAMES = "xl/_rels/workbook.xml.rels"


def sheet(row, count=1, **others):
    """A workbook with so many equal rows."""
    return zipped(parts(f"<sheetData>{row * count}</sheetData>", **others))


def names(relations):
    """A workbook that refers to other parts than the usual."""
    return zipped(parts("", **{NAMES: RELATIONS.format(relations)}))


# Each is made when it is needed, and says why it is refused.
HOSTILE = {
    "ten million cells": (lambda: sheet(row_of("<c><v>1</v></c>", 10_000), 1_000), "at most 20000000 are read"),
    "a bomb of zeros": (lambda: zipped(parts("0" * 100_000_000)), "at most 20000000 are read"),
    "a bomb of texts": (
        lambda: sheet(TEXT_OF_LIST, **{"xl/sharedStrings.xml": b" " * 50_000_000}), "at most 20000000 are read",
    ),
    "a million rows": (lambda: sheet("<row><c/></row>", 1_000_000), "holds more than 800,000 elements"),
    "blank columns": (lambda: sheet(row_of("<c/>", 16_000), 70), "holds more than 800,000 elements"),
    "texts beside": (
        lambda: sheet(TEXT_OF_LIST, **{"xl/sharedStrings.xml": f"<sst>{'<si/>' * 900_000}</sst>"}),
        "holds more than 800,000 elements",
    ),
    "nothing but depth": (lambda: zipped(parts("<a>" * 5_000_000)), "is nested deeper"),
    "a long tag": (
        lambda: zipped(parts("<c " + " ".join(f'a{number}=""' for number in range(1_000_000)) + "/>")),
        "a tag that is longer",
    ),
    "billion laughs": (lambda: zipped(parts("", **{"xl/worksheets/sheet1.xml": LAUGHS})), "declares entities"),
    "a file outside": (lambda: zipped(parts("", **{"xl/workbook.xml": OUTSIDE})), "declares entities"),
    "many parts": (lambda: zipped(dict.fromkeys(map(str, range(3_000)), b""), zipfile.ZIP_STORED), "2000 parts"),
    "a packing of its own": (lambda: zipped(parts(""), zipfile.ZIP_LZMA), "in a way that Excel does not use"),
    "cut off": (cut_off, "is cut off or damaged"),
    "damaged": (damaged, "is damaged"),
    "encrypted parts": (with_flag, "is protected by a password"),
    "no XML": (lambda: zipped(parts("<row>")), "its XML cannot be read"),
    "a cell that is none": (lambda: sheet("<row><c r='1A'><v>1</v></c></row>"), "a cell of it cannot be read"),
    "a number that is none": (lambda: sheet("<row><c><v>1e999</v></c></row>"), "a cell of it cannot be read"),
    "a row that is none": (lambda: sheet("<row r='0'/>"), "a cell of it cannot be read"),
    "a text that is missing": (lambda: sheet(TEXT_OF_LIST), "a text of it is missing"),
    "a Word document": (lambda: of_kind("word/document.xml"), "is a Word document; save the sheet as .xlsx"),
    "a binary workbook": (lambda: of_kind("xl/workbook.bin"), "is a binary workbook (.xlsb)"),
    "an OpenDocument file": (lambda: zipped({"mimetype": "x", "content.xml": "<x/>"}), "is an OpenDocument file"),
    "another archive": (lambda: zipped({"data.csv": "a,b"}), "is no workbook of Excel"),
    "no sheet": (lambda: names(""), "has no sheet of cells"),
    "no part": (lambda: names(RELATION.format("s1", "worksheet", "x.xml")), "lacks its part xl/x.xml"),
    "many sheets": (
        lambda: zipped(parts("", **{"xl/workbook.xml": f"<workbook>{'<sheet/>' * 101}</workbook>"})),
        "has more than 100 sheets",
    ),
    "many merged cells": (lambda: zipped(parts("<mergeCell ref='A1:B2'/>" * 6_000)), "5000 merged cells"),
}  # fmt: skip
# Reads files in a program of its own, and says of each why it was refused and after what time, and how much more
# memory was used in all.
READS = """
import json, sys, time
from pathlib import Path
from model.history.importing.data_file import data_file
from model.history.importing.read import read_table
from model.reading.faults import ScenarioError

def peak():
    # What the system tells of resources counts the program that started this one too.
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024

before, told = peak(), {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    begun = time.process_time()
    try:
        read_table(data_file(path))
    except ScenarioError as error:
        told[path.stem] = [str(error), time.process_time() - begun]
print(json.dumps([told, peak() - before]))
"""
# Of the processor, which a busy machine gives late; in megabytes.
MOST_SECONDS, MOST_MEMORY = 2, 300


def test_what_is_no_workbook_of_figures_is_refused_soon_and_small(tmp_path):
    for name, (make, _) in HOSTILE.items():
        (tmp_path / f"{name}.xlsx").write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", READS, tmp_path], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    told, memory = json.loads(done.stdout)
    assert {name: message for name, (_, message) in HOSTILE.items() if message not in told.get(name, [""])[0]} == {}
    assert {name: seconds for name, (_, seconds) in told.items() if seconds > MOST_SECONDS} == {}
    assert memory < MOST_MEMORY
