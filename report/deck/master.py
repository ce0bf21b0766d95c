"""The deck's master: size, fonts, colours and places, so that a slide added by hand looks like the others."""

from __future__ import annotations

from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches

from report.charts.drawing.theme import LIGHT
from report.deck.text import FONT
from report.deck.write import BODY_BOX, EDGE, ROOM, TALL, WIDE, Box

TITLE = 26.0
TITLE_BOX = Box(EDGE, 0.6, ROOM, 0.7)
OPENING_BOX, LOWER_BOX = Box(1.1, 2.0, 10.6, 1.5), Box(1.1, 3.65, 10.6, 1.0)
NUMBER_BOX = Box(WIDE - EDGE - 0.8, 6.9, 0.8, 0.42)
FOOTER_BOX = Box(EDGE, 6.9, ROOM - 1.0, 0.42)
_PLACES = {
    "title": TITLE_BOX, "ctrTitle": OPENING_BOX, "subTitle": LOWER_BOX, "body": BODY_BOX, "ftr": FOOTER_BOX,
    "sldNum": NUMBER_BOX,
}  # fmt: skip
_PALETTE = {
    "dk1": LIGHT.text, "lt1": LIGHT.background, "dk2": LIGHT.muted, "lt2": LIGHT.grid, "accent1": LIGHT.plan,
    "accent2": LIGHT.hold, "accent3": LIGHT.loss, "accent4": LIGHT.total, "accent5": LIGHT.muted,
    "accent6": LIGHT.warning, "hlink": LIGHT.accent, "folHlink": LIGHT.muted,
}  # fmt: skip
_OPENING, _TITLE_ONLY = 0, 5


def blank_deck() -> tuple[Any, Any, Any]:
    """A deck without slides, and its layouts for the opening and for all other slides."""
    file: Any = Presentation()
    file.slide_width, file.slide_height = Inches(WIDE), Inches(TALL)
    layouts = list(file.slide_layouts)
    kept = (layouts[_OPENING], layouts[_TITLE_ONLY])
    for layout in layouts:
        if layout not in kept:
            file.slide_layouts.remove(layout)
    for part in (file.part, file.part.package):  # a picture and a printer that are not this deck's
        for key, relation in list(part._rels.items()):
            if relation.reltype.endswith(("/thumbnail", "/printerSettings")):
                part._rels.pop(key)
    _restyle(file.slide_master)
    for page in (file.slide_master, *kept):
        for shape in list(page.placeholders):
            kind = shape._element.nvSpPr.nvPr.find(qn("p:ph")).get("type", "body")
            if kind == "dt":  # the footer holds the date
                shape._element.getparent().remove(shape._element)
            else:
                place(shape, _PLACES[kind])
    return file, *kept


def place(shape: Any, box: Box) -> None:
    """Puts a shape where it belongs."""
    shape.left, shape.top, shape.width, shape.height = box.emu


def _restyle(master: Any) -> None:
    """Fonts and colours of the theme, and titles that start at the top left."""
    part = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    theme = etree.fromstring(part.blob)
    for color in theme.iter(qn("a:clrScheme")):
        for slot in color:
            slot[:] = [etree.Element(qn("a:srgbClr"), val=_PALETTE[etree.QName(slot).localname].removeprefix("#"))]
    for latin in theme.iter(qn("a:latin")):
        latin.set("typeface", FONT)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
    for shape in master.placeholders:
        frame = shape.text_frame._txBody.find(qn("a:bodyPr"))
        for side in ("lIns", "tIns", "rIns", "bIns"):
            frame.set(side, "0")
        frame.set("anchor", "t")
        for fitting in list(frame):
            frame.remove(fitting)
    style = master._element.find(qn("p:txStyles")).find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    style.set("algn", "l")
    style.find(qn("a:defRPr")).set("sz", str(int(100 * TITLE)))
