"""Tables on slides: rows measured before they are placed, so that none is overfull; hairlines instead of boxes."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches

from model.units import NO_BREAK
from report.charts.drawing.theme import LIGHT
from report.deck.text import LINE, POINTS, clipped, wrapped
from report.deck.write import PALE, SMALL, Box, TextRun, fill_in

_STEPS = 7
_PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
SIDE, _UPPER = 0.1, 0.045


@dataclass(frozen=True)
class SlideColumn:
    """A column: its heading, its width in inches, whether it holds numbers, and how many lines a cell may have."""

    heading: str
    width: float
    number: bool = False
    lines: int = 3


@dataclass(frozen=True)
class SlideCell:
    """A cell's text and how it stands out; at its end may stand an address of ours, which is then a link."""

    text: str
    bold: bool = False
    color: str = LIGHT.text
    address: str = ""

    @property
    def runs(self) -> tuple[TextRun, ...]:
        """Its text, apart from the address, which leads there even where it is cut off."""
        if not self.address:
            # An empty cell would take the default type size, and its row with it.
            return (TextRun(self.text or NO_BREAK, self.bold, self.color),)
        said = self.text.removesuffix(self.address)
        told, linked = (said, self.address) if said != self.text else ("", self.text)
        link = TextRun(linked, self.bold, self.color, link=f"https://{self.address}")
        return (TextRun(told, self.bold, self.color), link) if told else (link,)


@dataclass(frozen=True)
class Row:
    """A row; a heading within the table is shaded."""

    cells: tuple[SlideCell, ...]
    shaded: bool = False


def row(*texts: str | SlideCell, bold: bool = False, shaded: bool = False) -> Row:
    """A row of texts."""
    return Row(tuple(text if isinstance(text, SlideCell) else SlideCell(text, bold) for text in texts), shaded)


def fitted(found: Row, columns: Sequence[SlideColumn], size: float = SMALL) -> Row:
    """The row with every text cut to what its column can hold."""
    cells = (
        SlideCell(
            clipped(cell.text, size, column.width - 2 * SIDE, column.lines, cell.bold),
            cell.bold,
            cell.color,
            cell.address,
        )
        for cell, column in zip(found.cells, columns, strict=True)
    )
    return Row(tuple(cells), found.shaded)


def row_height(found: Row, columns: Sequence[SlideColumn], size: float = SMALL) -> float:
    """Inches that a fitted row takes."""
    lines = max(
        len(wrapped(cell.text, size, column.width - 2 * SIDE, cell.bold))
        for cell, column in zip(found.cells, columns, strict=True)
    )
    return lines * LINE * size / POINTS + 2 * _UPPER


def table_height(rows: Sequence[Row], columns: Sequence[SlideColumn], size: float = SMALL) -> float:
    """Inches that a table of fitted rows takes, its head included."""
    return sum(row_height(item, columns, size) for item in [_head(columns, size), *rows])


def table_pages(
    rows: Sequence[Row], columns: Sequence[SlideColumn], tall: float, size: float = SMALL
) -> list[list[Row]]:
    """Rows, fitted, shared out evenly over as few tables of a height as it takes; none ends with a heading."""
    each = _measured(rows, columns, size)
    head = row_height(_head(columns, size), columns, size)
    found = _shared(each, head, tall)
    low = 0.0
    for _ in range(_STEPS):
        middle = (low + tall) / 2
        shorter = _shared(each, head, middle)
        if len(shorter) > len(found):
            low = middle
        else:
            tall, found = middle, shorter
    return found


def first_page(rows: Sequence[Row], columns: Sequence[SlideColumn], tall: float, size: float = SMALL) -> list[Row]:
    """As many of the first rows, fitted, as one table of a height can hold."""
    head = row_height(_head(columns, size), columns, size)
    return _shared(_measured(rows, columns, size), head, tall)[0]


def _measured(rows: Sequence[Row], columns: Sequence[SlideColumn], size: float) -> list[tuple[Row, float]]:
    """The rows, fitted, with the inches that each takes."""
    each = (fitted(item, columns, size) for item in rows)
    return [(item, row_height(item, columns, size)) for item in each]


def _shared(rows: Sequence[tuple[Row, float]], head: float, tall: float) -> list[list[Row]]:
    """Measured rows shared out over tables of a height, each with a head of so many inches."""
    found: list[list[tuple[Row, float]]] = [[]]
    used = head
    for item, needed in rows:
        if found[-1] and used + needed > tall:
            moved = [found[-1].pop()] if found[-1][-1][0].shaded and len(found[-1]) > 1 else []
            found.append(moved)
            used = head + sum(height for _, height in moved)
        found[-1].append((item, needed))
        used += needed
    return [[item for item, _ in page] for page in found]


def add_table(
    slide: Any, place: Box, rows: Sequence[Row], columns: Sequence[SlideColumn], alt: str, size: float = SMALL
) -> float:
    """A native table of fitted rows; returns the inches it takes."""
    everything = [_head(columns, size), *rows]
    heights = [row_height(item, columns, size) for item in everything]
    box = Box(place.left, place.top, sum(column.width for column in columns), sum(heights))
    frame = slide.shapes.add_table(len(everything), len(columns), *box.emu)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    frame.name = "Table"
    table = frame.table
    properties = table._tbl.tblPr
    properties.set("bandRow", "0")
    properties.find(qn("a:tableStyleId")).text = _PLAIN_STYLE
    for index, column in enumerate(columns):
        table.columns[index].width = Inches(column.width)
    for index, (line, item, tall) in enumerate(zip(table.rows, everything, heights, strict=True)):
        line._tr.h = Inches(tall)
        if item.shaded:
            table.cell(index, 0).merge(table.cell(index, len(columns) - 1))
        for cell, content, column in zip(line.cells, item.cells, columns, strict=True):
            if not cell.is_spanned:
                _write_cell(cell, content, column, size, head=index == 0, shaded=item.shaded)
    table.notify_height_changed()
    return box.height


def _head(columns: Sequence[SlideColumn], size: float) -> Row:
    return fitted(Row(tuple(SlideCell(column.heading, True, LIGHT.text) for column in columns)), columns, size)


def _write_cell(
    cell: Any, content: SlideCell, column: SlideColumn, size: float, *, head: bool, shaded: bool
) -> None:
    paragraph = cell.text_frame.paragraphs[0]
    fill_in(paragraph, content.runs, size)
    if column.number:
        paragraph.alignment = PP_ALIGN.RIGHT
    tc = cell._tc
    tc.replace(tc.get_or_add_tcPr(), deepcopy(_look(head, shaded)))


@cache
def _look(head: bool, shaded: bool) -> Any:
    """The properties of a cell; copied, they are there many times faster than set one by one."""
    side, upper = Inches(SIDE), Inches(_UPPER)
    color, wide = (LIGHT.text, 12700) if head else (LIGHT.grid, 9525)
    return parse_xml(
        f'<a:tcPr {nsdecls("a")} marL="{side}" marR="{side}" marT="{upper}" marB="{upper}" '
        f'anchor="{"b" if head else "t"}"><a:lnB w="{wide}">{_solid(color)}</a:lnB>'
        f"{_solid(PALE) if shaded else '<a:noFill/>'}</a:tcPr>"
    )


def _solid(color: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{color.removeprefix("#")}"/></a:solidFill>'
