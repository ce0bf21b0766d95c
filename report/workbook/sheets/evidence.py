"""The sheet Evidence: every source with what it found and what to beware of, and what the grades mean."""

from __future__ import annotations

from model.assumptions import resting_on
from model.evidence.sources import GRADES, SEEN_AT, SOURCES
from model.units import Format
from report.workbook.book import MUTED, RULE, Book, Page

HEADINGS = ("Source", "What it is", "What it found", "Of whom", "When", "Grade", "Warning", "Used by", "Seen at")
_WIDTHS = (3, 15, 22, 33, 16, 10, 6, 30, 20, 18)
_TOP = 5
_LOOK = {"text_wrap": True, "bottom": 4, "bottom_color": RULE}


def write_evidence(book: Book, text: Format) -> Page:
    """A row a source, then the grades."""
    page = book.page("Evidence", "Evidence: sources and warnings", "text", _WIDTHS)
    page.headings(_TOP - 1, 1, HEADINGS)
    row = _TOP
    for row, source in enumerate((source.told(text) for source in SOURCES.values()), start=_TOP):
        used = ", ".join(item.label for item in resting_on(source.id))
        what = (source.id, source.title, source.finding, source.of_whom, source.when)
        page.public_name(row, source.id)
        words = (*what, source.grade, source.warning, used)
        page.fit(row, *((word, _WIDTHS[col]) for col, word in enumerate((*words, source.address), start=1)))
        for col, word in enumerate(words, start=1):
            page.text(row, col, word, **_LOOK)
        page.link(row, len(HEADINGS), source.address, **_LOOK)
    page.section(row + 2, "Grades", len(HEADINGS))
    for place, (grade, meaning) in enumerate(GRADES.items(), start=row + 3):
        page.text(place, 1, grade, bold=True)
        page.text(place, 2, meaning, font_color=MUTED)
    page.text(row + 3 + len(GRADES), 1, SEEN_AT, font_color=MUTED)
    page.sheet.freeze_panes(_TOP, 2)
    page.print_as(top=_TOP - 1)
    return page
