"""Writing on slides: places, stretches of text, text boxes; everything in inches, type in points."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from model.reading.texts import as_shown
from report.charts.drawing.simulated import shade
from report.charts.drawing.theme import LIGHT
from report.deck.text import FONT, GAP
from report.words.stamp import runs_right_to_left

WIDE, TALL = 13.333, 7.5
EDGE = 0.6
ROOM = WIDE - 2 * EDGE
TOP, BOTTOM = 1.72, 6.72
BODY, SMALL, TINY = 16.0, 11.0, 10.0
PALE = shade(LIGHT.hold, LIGHT.background, 0.12)


@dataclass(frozen=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Inches, Inches, Inches, Inches]:
        """The place as python-pptx takes it."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


BODY_BOX = Box(EDGE, TOP, ROOM, BOTTOM - TOP)


@dataclass(frozen=True)
class TextRun:
    """A stretch of text of one look; `link` is where a click on it leads."""

    text: str
    bold: bool = False
    color: str = LIGHT.text
    size: float | None = None
    link: str = ""


def rgb(color: str) -> RGBColor:
    """A colour of the palette as python-pptx takes it."""
    made: RGBColor = RGBColor.from_string(color.removeprefix("#").upper())  # type: ignore[no-untyped-call]
    return made


def fill_in(paragraph: Any, words: str | TextRun | Sequence[TextRun], size: float) -> None:
    """Writes text of a size into an empty paragraph, as text whatever it says."""
    parts = [TextRun(words)] if isinstance(words, str) else [words] if isinstance(words, TextRun) else list(words)
    for part in parts:
        run = deepcopy(_run(part.size or size, part.bold, part.color))
        run.text = as_shown(part.text)
        paragraph._p.append(run)
        if part.link:
            paragraph.runs[-1].hyperlink.address = part.link
    paragraph._p.get_or_add_endParaRPr().set("sz", str(int(100 * size)))
    paragraph.alignment = PP_ALIGN.LEFT
    if runs_right_to_left("".join(part.text for part in parts)):
        paragraph._p.get_or_add_pPr().set("rtl", "1")
        paragraph.alignment = PP_ALIGN.RIGHT


@cache
def _run(size: float, bold: bool, color: str) -> Any:
    """A run without text; copied, its properties are there many times faster than set one by one."""
    return parse_xml(
        f'<a:r {nsdecls("a")}><a:rPr sz="{Pt(size).centipoints}" b="{int(bold)}" lang="en-GB">'
        f'<a:solidFill><a:srgbClr val="{rgb(color)}"/></a:solidFill><a:latin typeface="{FONT}"/></a:rPr><a:t/></a:r>'
    )


def write(
    slide: Any,
    box: Box,
    paragraphs: Sequence[str | TextRun | Sequence[TextRun]],
    size: float = BODY,
    *,
    name: str = "Text",
    middle: bool = False,
    bullets: bool = False,
) -> Any:
    """A text box without margins; what is written into it must have been measured to fit."""
    shape = slide.shapes.add_textbox(*box.emu)
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
    for place, words in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        if place:
            paragraph.space_before = Pt(GAP * size)
        fill_in(paragraph, words, size)
        if bullets:
            _bullet(paragraph, size)
    return shape


def _bullet(paragraph: Any, size: float) -> None:
    indent = str(int(Pt(1.1 * size)))
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", indent)
    properties.set("indent", f"-{indent}")
    properties.append(parse_xml(f'<a:buChar {nsdecls("a")} char="•"/>'))


def flat(shape: Any) -> None:
    """Takes the theme's shadow and rounding off a shape."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)
