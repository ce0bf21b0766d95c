"""Fields of a Word file, each with what it last came to, so that it reads right before Word has counted itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


class Heading(NamedTuple):
    """A line of the contents: heading, level, and the bookmark that stands at the heading."""

    text: str
    level: int
    bookmark: str


def field(paragraph: Any, code: str, cached: str) -> None:
    """A field within a paragraph: what Word works out, and what stands there until it does."""
    _mark(paragraph, "begin")
    _code(paragraph, code)
    _mark(paragraph, "separate")
    paragraph.add_run(cached)
    _mark(paragraph, "end")


def linked(paragraph: Any, address: str) -> None:
    """All that a paragraph holds as a link to an address on the web."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    runs = paragraph._p.findall(qn("w:r"))
    paragraph._p.append(link)
    link.extend(runs)


def bookmarked(paragraph: Any, name: str, number: int) -> None:
    """A bookmark around all that a paragraph holds."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    first = paragraph._p.find(qn("w:r"))
    first.addprevious(start)
    paragraph._p.append(end)


def contents(before: Any, entries: Sequence[Heading]) -> None:
    """A table of contents in front of a paragraph: one field over as many paragraphs as there are headings.

    Without page numbers, which only the program that lays the pages out can know; a click leads to the heading.
    """
    for place, entry in enumerate(entries):
        line = before.insert_paragraph_before(style=f"TOC {entry.level}")
        if place == 0:
            _mark(line, "begin")
            _code(line, 'TOC \\o "1-2" \\n \\h \\z')
            _mark(line, "separate")
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), entry.bookmark)
        link.set(qn("w:history"), "1")
        line._p.append(link)
        run = line.add_run(entry.text)._r
        link.append(run)
        if place == len(entries) - 1:
            _mark(line, "end")


def _mark(paragraph: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _code(paragraph: Any, code: str) -> None:
    element = OxmlElement("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = f" {code} "
    paragraph.add_run()._r.append(element)
