"""The sheet Fingerprints: every formula of the workbook compared with the one that was delivered.

A program prints formulas in its user's language, so none can be compared with a text that was written down. Each
area's formula therefore stands here once more, as a *twin* that is never computed, and both are compared as the
program at hand prints them. What moves along with a cell stands in the twin as a far column or row, and is put
back when they are compared. The mark @ is left out of both: Excel shows it by where a formula stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from report.workbook.book import (
    BAD_FILL,
    BAD_TEXT,
    CHANGED,
    COMPARED,
    MUTED,
    VERDICT_CHANGED,
    Book,
    Cell,
    Page,
    address,
    down,
)
from report.workbook.defence.areas import Area, areas, sign

SHEET, OF_NAMES = "Fingerprints", "Defined names"
OF_SHEET, PLACE, CELLS, DIFFER, PRINTED, TWIN, SAMPLE = range(1, 8)
COMPARED_ROW, CHANGED_ROW, VERDICT_ROW, BEFORE_ROW, HEADING_ROW, TOP = 3, 4, 5, 6, 8, 9
_BEFORE = 'IF(1,"",'
_PRINTED_WIDTH = 96
_WHERE = ("_xlfn.SHEET", "ROW", "COLUMN", "ROWS", "COLUMNS")
# Formulas below each other, side by side, and side by side with the second not as its twin has it.
_BELOW: Mapping[Cell, str] = {(4, SAMPLE): "=LEFT(A5,0)", (5, SAMPLE): "=LEFT(A6,0)"}
_BESIDE: Mapping[Cell, str] = {(4, SAMPLE + 1): "=LEFT(G5,0)", (4, SAMPLE + 2): "=LEFT(H5,0)"}
_SPOILED: Mapping[Cell, str] = {(5, SAMPLE + 1): "=LEFT(G6,0)", (5, SAMPLE + 2): "=LEFT(H6,0)"}
_SPOIL = (5, SAMPLE + 2), "=LEFT(G6,0)"


@dataclass(frozen=True)
class Fingerprint:
    """What is compared in a row: an area of a sheet; in a `live` one a value typed over a formula is no fault."""

    sheet: str
    area: Area
    live: bool = False


def write_fingerprints(book: Book) -> tuple[str, str]:
    """A row an area and a row a defined name; to be called once all other sheets are written.

    Returns the cells that name the sheet of each row, and those that say how many formulas are not as delivered.
    """
    others, names = list(book.pages), dict(book.names)
    page = book.page(SHEET, "Fingerprints: every formula is the one delivered", "calculation",
        [3, 24, 24, 10, 14, _PRINTED_WIDTH, 7, 7, 7, 7])  # fmt: skip
    _write_headings(book, page)
    row = _write_samples(page, TOP)
    verdicts = {f"{other.name}!{address(*cell)}" for other in others for cell in other.verdicts}
    end = _write_rows(page, row, [item for other in others for item in _rows(other)])
    end = _write_names(page, end, {name: place for name, place in names.items() if place not in verdicts})
    behind = [Fingerprint(other.name, area) for other in others for area in areas(other.verdicts)]
    last = _write_rows(page, end, behind)
    last = _write_names(page, last, {name: place for name, place in names.items() if place in verdicts})
    for at, name, (first, stop) in ((CHANGED_ROW, CHANGED, (row, end)), (VERDICT_ROW, VERDICT_CHANGED, (end, last))):
        found = down(DIFFER, first, stop - 1)
        typed_over = f"IF({COMPARED}=1,SUMPRODUCT(1-_xlfn.ISFORMULA({found})),0)"
        page.words(at, DIFFER, f"=SUM({found})+{typed_over}", 0, bold=True)
        book.name(name, page.cell(at, DIFFER))
    page.rule((TOP, OF_SHEET, last - 1, DIFFER), f"=${address(TOP, DIFFER, absolute=False)}>0",
        font_color=BAD_TEXT, bg_color=BAD_FILL)  # fmt: skip
    page.sheet.freeze_panes(HEADING_ROW + 1, PLACE)
    page.print_as(top=HEADING_ROW, last=(last - 1, PRINTED))
    return f"{SHEET}!{down(OF_SHEET, row, last - 1)}", f"{SHEET}!{down(DIFFER, row, last - 1)}"


def _rows(page: Page) -> Iterator[Fingerprint]:
    """The areas of a sheet's formulas, live ones apart."""
    live = {cell: formula for cell, formula in page.formulas.items() if cell in page.live}
    fixed = {cell: formula for cell, formula in page.formulas.items() if cell not in page.live}
    for formulas in (fixed, live):
        yield from (Fingerprint(page.name, area, formulas is live) for area in areas(formulas))


def _write_headings(book: Book, page: Page) -> None:
    labels = {
        COMPARED_ROW: "This program prints formulas, so that they can be compared",
        CHANGED_ROW: "Formulas and names that are not as delivered",
        VERDICT_ROW: "The same of what the master check makes of it",
        BEFORE_ROW: "Signs before the formula in a twin",
    }
    for row, label in labels.items():
        page.text(row, OF_SHEET, label)
    twin = f"={_BEFORE}0)"
    page.words(BEFORE_ROW, TWIN, twin, None)
    printed = _bare(f"_xlfn.FORMULATEXT({address(BEFORE_ROW, TWIN)})")
    page.words(BEFORE_ROW, DIFFER, f"=LEN({printed})-2", len(twin) - 2, font_color=MUTED)
    samples = [address(TOP + place, DIFFER) for place in range(3)]
    able = f"ISNUMBER(SUM({samples[0]}:{samples[-1]})+_xlfn.SHEET({samples[0]}))"
    page.words(COMPARED_ROW, DIFFER, f"=IF({able},({samples[0]}=0)*({samples[1]}=0)*({samples[2]}=1),0)", 1,
        num_format='"yes";;"no"', align="right", bold=True)  # fmt: skip
    book.name(COMPARED, page.cell(COMPARED_ROW, DIFFER))
    page.headings(HEADING_ROW, OF_SHEET, ["Sheet", "Cells, or name"])
    page.headings(HEADING_ROW, CELLS, ["Formulas", "Not as delivered"], align="right")
    own = f"{sign(0, along=True)} is the cell's own column, {sign(0, along=False)} its own row"
    page.headings(HEADING_ROW, PRINTED, [f"As delivered; {own}", "Twin"], indent=1)


def _write_samples(page: Page, row: int) -> int:
    """Three comparisons whose result is known: whether the program at hand can compare at all."""
    for found in (_BELOW, _BESIDE, _SPOILED):
        for cell, formula in found.items():
            page.words(*cell, formula, None)
        [area] = areas(found)
        _write_row(page, row, Fingerprint(SHEET, area), sample=True, differ=int(found is _SPOILED))
        row += 1
    cell, formula = _SPOIL
    page.words(*cell, formula, None)
    return row


def _write_rows(page: Page, row: int, rows: list[Fingerprint]) -> int:
    for item in rows:
        _write_row(page, row, item)
        row += 1
    return row


def _write_row(page: Page, row: int, item: Fingerprint, *, sample: bool = False, differ: int = 0) -> None:
    area, at, grey = item.area, f"'{item.sheet}'!{item.area.address}", {"font_color": MUTED}
    cells, printed, twin = (address(row, col) for col in (CELLS, PRINTED, TWIN))
    page.text(row, OF_SHEET, "A sample" if sample else item.sheet)
    page.text(row, PLACE, area.address.replace("$", ""))
    page.number(row, CELLS, area.cells, num_format="0", **grey)
    free = f"-SUMPRODUCT(1-_xlfn.ISFORMULA({at}))" if item.live else ""
    page.words(row, DIFFER, _where_able(f"{cells}-{_same(area, at, printed)}{free}", "0", sample), differ,
        num_format="0")  # fmt: skip
    bare = _bare(f"_xlfn.FORMULATEXT({twin})")
    before = address(BEFORE_ROW, DIFFER)
    shown = f'"="&MID({bare},{before}+1,LEN({bare})-{before}-1)'
    delivered = area.formula.replace("_xlfn.", "")
    page.words(row, PRINTED, _where_able(shown, '""', sample), delivered, text_wrap=True, indent=1, **grey)
    page.fit(row, (delivered, 0.8 * _PRINTED_WIDTH))
    page.words(row, TWIN, f"={_BEFORE}{area.formula[1:]})", None)


def _write_names(page: Page, row: int, names: Mapping[str, str]) -> int:
    """A row a defined name: whether it still is where it was."""
    for name, place in names.items():
        same = "/".join(f"({where}({name})={where}({place}))" for where in _WHERE)
        page.text(row, OF_SHEET, OF_NAMES)
        page.text(row, PLACE, name)
        page.number(row, CELLS, 1, num_format="0", font_color=MUTED)
        page.words(row, DIFFER, _where_able(f"1-ISNUMBER(1/{same})", "0"), 0, num_format="0")
        page.text(row, PRINTED, place.replace("$", ""), font_color=MUTED, indent=1)
        row += 1
    return row


def _same(area: Area, at: str, printed: str) -> str:
    """How many cells hold the area's formula, as the program prints it; nothing here is an error."""
    for move in sorted(area.moves):
        by = f"{move:+d}" if move else ""
        own = f'SUBSTITUTE(ADDRESS(1,COLUMN({at}){by},4),"1","")' if area.along else f"ROW({at}){by}"
        printed = f'SUBSTITUTE({printed},"{sign(move, along=area.along)}",{own})'
    return f"SUMPRODUCT(--ISNUMBER(1/EXACT({_bare(f'_xlfn.FORMULATEXT({at})')},{printed})))"


def _bare(text: str) -> str:
    return f'SUBSTITUTE({text},"@","")'


def _where_able(formula: str, otherwise: str, sample: bool = False) -> str:
    return f"={formula}" if sample else f"=IF({COMPARED}=1,{formula},{otherwise})"
