"""Writing a proposal: headings, paragraphs, tables with captions, pictures, the page that is signed."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from model.reading.texts import as_shown
from report.material import Material
from report.office_bytes import settled
from report.office_properties import office_properties
from report.proposal.fields import Heading, bookmarked, contents, field, linked
from report.proposal.styles import (
    CELL_ID,
    CELL_SIZE,
    GAP,
    LANGUAGE,
    LYING,
    NOTE,
    PAGE,
    STAMP,
    TABLE,
    UPRIGHT,
    blank_document,
)
from report.signatories import SIGN_HERE, Signatories
from report.tables.document_tables import Cell, Table
from report.words.stamp import (
    SEPARATOR,
    runs_right_to_left,
    shortened,
    stamps,
)

_TITLE = 120
# Above so many columns a table is set smaller.
_MANY_COLUMNS, _SMALL = 7, 7.0
# Centimetres that a letter takes a point of its size, rather more than less, and the edges of a cell.
_LETTER, _PADDING = 0.0215, 0.3
# What a column of numbers gets where there is room, and how much wider its bold totals are.
_NUMBERS, _BOLD = 3.0, 1.2
# What Word wants to stand behind the direction of a paragraph.
_AFTER_DIRECTION = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr", "w:sectPr",
)  # fmt: skip


class ProposalFile:
    """The Word file being written."""

    def __init__(self, material: Material) -> None:
        self._file = blank_document()
        self._entries: list[Heading] = []
        self._counts = {"Table": 0, "Figure": 0}
        self._contents_before: Any = None
        self._room = UPRIGHT
        self._material = material
        self._describe()
        self._furnish()

    def title(self, text: str, subtitle: str) -> None:
        """The title, and what stands below it."""
        self._say(shortened(text, _TITLE), "Title")
        if subtitle:
            self._say(subtitle, "Subtitle")

    def stamp(self) -> None:
        """Which numbers these are, and whether they hold."""
        for line in stamps(self._material.projection, self._material.today):
            paragraph = self._file.add_paragraph(style=STAMP)
            for place, fact in enumerate(line):
                run = paragraph.add_run((SEPARATOR if place else "") + fact.text)
                run.bold = fact.alarming

    def contents(self) -> None:
        """Where the table of contents is to stand."""
        self._say("Contents", NOTE)
        self._contents_before = self._file.add_paragraph()

    def heading(self, text: str, level: int = 1, *, new_page: bool = False) -> None:
        """A heading that the contents list."""
        paragraph = self._say(text or "Proposal", f"Heading {level}")
        if new_page:
            paragraph.paragraph_format.page_break_before, paragraph.paragraph_format.space_before = True, Pt(0)
        bookmark = f"_Toc{len(self._entries) + 1:08d}"
        bookmarked(paragraph, bookmark, len(self._entries) + 1)
        self._entries.append(Heading(text or "Proposal", level, bookmark))

    def paragraphs(self, texts: Iterable[str], style: str = "Normal") -> None:
        """Paragraphs of one style, whatever they say as text."""
        for text in texts:
            self._say(text, style)

    def table(self, table: Table, caption: str) -> None:
        """A native table below its numbered caption; its headings come again on every page."""
        self._caption("Table", caption).paragraph_format.keep_with_next = True
        if table.caption:
            self._say(table.caption, NOTE).paragraph_format.keep_with_next = True
        columns = len(table.headings)
        made = self._file.add_table(rows=0, cols=columns, style=TABLE)
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        _describe_table(made, caption)
        size = _SMALL if columns > _MANY_COLUMNS else CELL_SIZE
        widths = self._widths(table, size)
        head = tuple(Cell(heading) for heading in table.headings)
        strong = table.marked | table.heads | table.totals
        for place, cells in enumerate((head, *table.rows)):
            row = made.add_row()
            _keep_together(row, head=place == 0)
            bold = place == 0 or place - 1 in strong
            for index, (cell, target) in enumerate(zip(cells, row.cells, strict=True)):
                target.width = Cm(widths[index])
                _fill(target, cell, size, bold=bold, number=_is_number(table, index), plain=place > 0)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Cm(width)
        self._file.add_paragraph(style=GAP)

    def picture(self, content: bytes, caption: str, alt: str) -> None:
        """A picture as wide as the page, above its numbered caption."""
        paragraph = self._file.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run().add_picture(BytesIO(content), width=Cm(self._room))
        properties = paragraph._p.find(f".//{qn('wp:docPr')}")
        properties.set("descr", alt)
        properties.set("name", f"Figure {self._counts['Figure'] + 1}")
        self._caption("Figure", caption)

    def lines_to_sign(self, signatories: Signatories, signed: str) -> None:
        """What is signed, and on the same page who prepared, reviewed and approved it, with lines to sign on."""
        self._say(signed, NOTE).paragraph_format.keep_with_next = True
        lines = signatories.lines
        made = self._file.add_table(rows=2, cols=len(lines))
        _describe_table(made, "Lines to sign on")
        for index, (label, name) in enumerate(lines):
            who, line = (made.cell(row, index) for row in (0, 1))
            _write(who.paragraphs[0], f"{label}: ", None, bold=True)
            _write(who.paragraphs[0], name, None)
            _write(line.paragraphs[0], "_" * 26, None)
            _write(line.add_paragraph(), SIGN_HERE, 8)
            line.paragraphs[0].paragraph_format.space_before = Pt(14)
            for paragraph in (*who.paragraphs, line.paragraphs[0]):
                paragraph.paragraph_format.keep_with_next = True
        for row in made.rows:
            _keep_together(row, head=False)

    def appendices(self, title: str, told: str) -> None:
        """A page that parts the proposal from what backs it; the pages after it lie, as wide tables need."""
        section = self._file.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(PAGE[1]), Cm(PAGE[0])
        self._room = LYING
        for part in (section.header, section.footer):
            part.is_linked_to_previous = False
        self._furnish()
        self.heading(title)
        self._say(told, "Subtitle")

    def finish(self) -> bytes:
        """The file's bytes."""
        if self._contents_before is not None:
            contents(self._contents_before, self._entries)
        file = BytesIO()
        self._file.save(file)
        return settled(file.getvalue(), self._material.today)

    def _say(self, text: str, style: str) -> Any:
        paragraph = self._file.add_paragraph(style=style)
        _write(paragraph, text, None)
        return paragraph

    def _caption(self, kind: str, text: str) -> Any:
        self._counts[kind] += 1
        paragraph = self._file.add_paragraph(f"{kind} ", style="Caption")
        field(paragraph, f"SEQ {kind} \\* ARABIC", str(self._counts[kind]))
        paragraph.add_run(f": {text}")
        return paragraph

    def _widths(self, table: Table, size: float) -> list[float]:
        """Centimetres for each column: numbers get what they need, words share what is left by how many they are."""
        letter = size * _LETTER
        columns = [[row[index] for row in table.rows] for index in range(len(table.headings))]
        words = [not _is_number(table, index) for index in range(len(columns))]
        needed = [
            letter * max(_longest(cells, whole=not wordy), len(max(heading.split() or [""], key=len))) + _PADDING
            for heading, cells, wordy in zip(table.headings, columns, words, strict=True)
        ]
        least = min(_NUMBERS, self._room / (len(columns) + 1))
        needed = [need if wordy else _BOLD * need for need, wordy in zip(needed, words, strict=True)]
        roomy = [need if wordy else max(least, need) for need, wordy in zip(needed, words, strict=True)]
        needed = roomy if sum(roomy) < self._room else needed
        weights = [
            sum(len(cell.text) + len(cell.small) for cell in cells) ** 0.5 if wordy else 0.0
            for cells, wordy in zip(columns, words, strict=True)
        ]
        left = self._room - sum(needed)
        if left < 0 or not sum(weights):
            return [self._room * part / sum(needed) for part in needed]
        return [need + left * weight / sum(weights) for need, weight in zip(needed, weights, strict=True)]

    def _describe(self) -> None:
        about = self._file.core_properties
        for name, text in office_properties(self._material.projection, self._material.today).items():
            setattr(about, name, text)
        about.last_modified_by, about.language, about.revision, about.category = about.author, LANGUAGE, 1, ""

    def _furnish(self) -> None:
        """Header and footer of the last section: scenario, hash and date above; method and page below."""
        section, scenario, today = self._file.sections[-1], self._material.scenario, self._material.today
        above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
        for paragraph in (above, below):
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(self._room), WD_TAB_ALIGNMENT.RIGHT)
        above.add_run(f"{shortened(scenario.name)}\t{scenario.hash}{SEPARATOR}{scenario.format.day(today)}")
        _, method = stamps(self._material.projection, today)
        below.add_run(SEPARATOR.join(fact.text for fact in method) + "\tPage ")
        field(below, "PAGE", "1")
        below.add_run(" of ")
        field(below, "NUMPAGES", "1")


def _is_number(table: Table, index: int) -> bool:
    return table.values_from <= index < table.values_to + 1


def _longest(cells: Iterable[Cell], *, whole: bool) -> int:
    """Letters of the longest text, or of the longest word."""
    texts = [text for cell in cells for text in (cell.text, cell.small)]
    return max((len(part) for text in texts for part in ([text] if whole else text.split(" "))), default=0)


def _fill(target: Any, cell: Cell, size: float, *, bold: bool, number: bool, plain: bool) -> None:
    """A cell: its text with its unit, and smaller below it what else there is to say."""
    first = target.paragraphs[0]
    # By its identity: python-docx looks a name up in all styles, which takes minutes for thousands of cells.
    first._p.style = CELL_ID
    text = f"{cell.text}, {cell.unit}" if cell.unit else cell.text
    _write(first, text, None if size == CELL_SIZE else size, bold=bold or None)
    if number:
        first.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for more in filter(None, (cell.small, cell.address) if plain else ()):
        paragraph = target.add_paragraph()
        paragraph._p.style = CELL_ID
        paragraph.alignment = first.alignment
        _write(paragraph, more, _SMALL)
        if more == cell.address:
            linked(paragraph, f"https://{more}")


def _write(paragraph: Any, text: str, size: float | None, *, bold: bool | None = None) -> None:
    run = paragraph.add_run(" ".join(as_shown(text).splitlines()))
    run.bold = bold
    if size is not None:
        run.font.size = Pt(size)
    if runs_right_to_left(text):
        paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *_AFTER_DIRECTION)


def _keep_together(row: Any, *, head: bool) -> None:
    """No page breaks within the row; a head comes again on the next page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _describe_table(table: Any, words: str) -> None:
    """What the table shows, for those who do not see it."""
    properties = table._tbl.tblPr
    for tag in ("w:tblCaption", "w:tblDescription"):
        element = OxmlElement(tag)
        element.set(qn("w:val"), words)
        properties.append(element)
