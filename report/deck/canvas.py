"""The slides themselves, and what stands on each: title, what is shown, footer, mark and number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from model.projection import Projection
from model.telling.caveats import NOT_DEFENSIBLE, is_defensible
from report.charts.drawing.theme import LIGHT
from report.deck.master import FOOTER_BOX, LOWER_BOX, NUMBER_BOX, OPENING_BOX, TITLE, TITLE_BOX, blank_deck, place
from report.deck.text import clipped, plain, width
from report.deck.write import EDGE, ROOM, TINY, WIDE, Box, TextRun, fill_in, flat, rgb, write
from report.office_bytes import settled
from report.office_properties import office_properties
from report.words.stamp import SEPARATOR, Stamp, stamps

_TITLE_LINES, _SUBTITLE = 2, 1.28
_MARK = (1.75, 0.34)


class Deck:
    """The deck being made: every slide carries the footer of one projection, or the lines that are given for it."""

    def __init__(self, projection: Projection, today: date, footer: Sequence[str] | None = None) -> None:
        self.projection, self.today = projection, today
        self._footer = stamps(projection, today) if footer is None else [[Stamp(line)] for line in footer]
        self._file, *self._layouts = blank_deck()
        self._describe()

    @property
    def scenario_line(self) -> str:
        """The scenario's name as it stands under a slide's title."""
        return clipped(self.projection.scenario.name, 14, 5.2)

    def slide(self, title: str, kicker: str = "", subtitle: str = "") -> Any:
        """A new slide: what it is about, the message as its title, and below it what is shown, in which unit."""
        slide = self._file.slides.add_slide(self._layouts[1])
        marked = not is_defensible(self.projection.scenario)
        room = ROOM - (_MARK[0] + 0.2 if marked else 0.0)
        self._title(slide, title, room)
        if kicker:
            write(slide, Box(EDGE, 0.36, room, 0.24), [TextRun(clipped(kicker, 12, room), True, LIGHT.accent)], 12,
                  name="Kicker")  # fmt: skip
        if subtitle:
            size = next((size for size in (14, 13, 12) if width(plain(subtitle), size) <= ROOM), 11)
            words = TextRun(clipped(subtitle, size, ROOM), color=LIGHT.muted)
            write(slide, Box(EDGE, _SUBTITLE, ROOM, 0.26), [words], size, name="Subtitle")
        self._furnish(slide)
        return slide

    def opening(self, title: str, subtitle: str, kicker: str) -> Any:
        """The title slide."""
        slide = self._file.slides.add_slide(self._layouts[0])
        wide = OPENING_BOX.width
        place(slide.shapes.title, OPENING_BOX)
        size = 38.0 if width(title, 38, True) <= 2 * 0.9 * wide else 28.0
        _fill_placeholder(slide.shapes.title, TextRun(clipped(title, size, wide, 2, True), True), size)
        lower = slide.placeholders[1]
        place(lower, LOWER_BOX)
        _fill_placeholder(lower, TextRun(clipped(subtitle, 18, wide, 3), color=LIGHT.muted), 18)
        bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *Box(EDGE, 1.4, 0.09, 4.6).emu)
        bar.name = "Accent"
        bar.fill.solid()
        bar.fill.fore_color.rgb = rgb(LIGHT.accent)
        bar.line.fill.background()
        flat(bar)
        write(slide, Box(1.1, 1.42, 9.0, 0.32), [TextRun(kicker, True, LIGHT.accent)], 16, name="Kicker")
        self._furnish(slide)
        return slide

    def divider(self, title: str, told: str) -> None:
        """A slide that parts the story from what backs it."""
        slide = self._file.slides.add_slide(self._layouts[1])
        place(slide.shapes.title, OPENING_BOX)
        _fill_placeholder(slide.shapes.title, TextRun(title, True), 38)
        write(slide, LOWER_BOX, [TextRun(clipped(told, 18, LOWER_BOX.width, 3), color=LIGHT.muted)], 18)
        self._furnish(slide)

    def finish(self) -> bytes:
        """The file's bytes."""
        file = BytesIO()
        self._file.save(file)
        return settled(file.getvalue(), self.today)

    def _title(self, slide: Any, text: str, room: float) -> None:
        place(slide.shapes.title, Box(EDGE, TITLE_BOX.top, room, TITLE_BOX.height))
        size = next((size for size in (TITLE, 24.0, 22.0) if width(text, size, True) <= room), 20.0)
        _fill_placeholder(slide.shapes.title, TextRun(clipped(text, size, room, _TITLE_LINES, True), True), size)

    def _furnish(self, slide: Any) -> None:
        """Footer, slide number and, where the numbers are not defensible, the mark that says so."""
        footer = write(slide, FOOTER_BOX, [_stamped(line) for line in self._footer], TINY, name="Footer")
        for paragraph in footer.text_frame.paragraphs:
            paragraph.space_before = Pt(0)
        _as_placeholder(footer, "ftr", 11)
        number = write(slide, NUMBER_BOX, [""], TINY, name="Number")
        _number(number, len(self._file.slides))
        if not is_defensible(self.projection.scenario):
            _mark(slide)

    def _describe(self) -> None:
        about = self._file.core_properties
        for name, text in office_properties(self.projection, self.today).items():
            setattr(about, name, text)
        about.last_modified_by, about.revision, about.category = about.author, 1, ""


def _stamped(line: Sequence[Any]) -> list[TextRun]:
    """A line of the footer; what alarms stands out."""
    runs: list[TextRun] = []
    for stamp in line:
        if runs:
            runs.append(TextRun(SEPARATOR, color=LIGHT.muted))
        runs.append(TextRun(stamp.text, stamp.alarming, LIGHT.warning if stamp.alarming else LIGHT.muted))
    return runs


def _mark(slide: Any) -> None:
    """The mark of a scenario that takes a claim at face value, at the top right."""
    wide, tall = _MARK
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *Box(WIDE - EDGE - wide, 0.4, wide, tall).emu)
    shape.name = NOT_DEFENSIBLE
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(LIGHT.warning)
    shape.line.fill.background()
    flat(shape)
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    fill_in(frame.paragraphs[0], TextRun(NOT_DEFENSIBLE, True, LIGHT.background), 14)
    frame.paragraphs[0].alignment = PP_ALIGN.CENTER


def _fill_placeholder(shape: Any, words: TextRun, size: float) -> None:
    fill_in(shape.text_frame.paragraphs[0], words, size)


def _as_placeholder(shape: Any, kind: str, index: int) -> None:
    """Makes a text box the slide's own footer or number, so that the program it is opened in knows it as such."""
    properties = shape._element.nvSpPr
    properties.nvPr.append(parse_xml(f'<p:ph {nsdecls("p")} type="{kind}" sz="quarter" idx="{index}"/>'))
    properties.find(qn("p:cNvSpPr")).attrib.pop("txBox", None)


def _number(shape: Any, number: int) -> None:
    paragraph = shape.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    run = paragraph.runs[0]._r
    field = parse_xml(f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"/>')
    field.append(run.find(qn("a:rPr")))
    etree.SubElement(field, qn("a:t")).text = str(number)
    run.getparent().replace(run, field)
    _as_placeholder(shape, "sldNum", 12)
