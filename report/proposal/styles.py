"""An empty Word file with the styles that the proposal uses, so that what is added by hand looks like the rest."""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from report.charts.drawing.theme import LIGHT

FONT = "Arial"
# The words are British English whichever locale writes the numbers.
LANGUAGE = "en-GB"
TABLE = "Proposal Table"
NOTE, STAMP, CELL, GAP = "Note", "Stamp", "Table Text", "Gap"
CELL_ID, CELL_SIZE = CELL.replace(" ", ""), 8.5
# Centimetres: A4, and the room between its edges upright and lying.
PAGE, EDGE = (21.0, 29.7), 2.2
UPRIGHT, LYING = PAGE[0] - 2 * EDGE, PAGE[1] - 2 * EDGE


def blank_document() -> Any:
    """A Word file on A4 without content."""
    document: Any = Document()
    _forget_the_template(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(PAGE[0]), Cm(PAGE[1])
    section.left_margin = section.right_margin = Cm(EDGE)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1.1)
    _style(document, "Normal", 10, after=5)
    _style(document, "Title", 26, bold=True, after=4)
    _style(document, "Subtitle", 13, color=LIGHT.muted, after=8)
    _style(document, "Heading 1", 16, bold=True, before=18, after=6)
    _style(document, "Heading 2", 12, bold=True, color=LIGHT.accent, before=12, after=4)
    _style(document, "List Bullet", 10, after=3)
    _style(document, "Caption", 9, bold=True, color=LIGHT.muted, before=6, after=3)
    _style(document, "Header", 8, color=LIGHT.muted)
    _style(document, "Footer", 8, color=LIGHT.muted)
    for name, size, color, after in (
        (NOTE, 8.5, LIGHT.muted, 5), (STAMP, 8.5, LIGHT.muted, 1), (CELL, CELL_SIZE, LIGHT.text, 1.5),
        (GAP, 4, LIGHT.text, 0), ("TOC 1", 10, LIGHT.text, 2), ("TOC 2", 9, LIGHT.muted, 2),
    ):  # fmt: skip
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = document.styles["Normal"]
        _style(document, name, size, color=color, before=1.5 if name == CELL else 0, after=after)
    document.styles[CELL].paragraph_format.line_spacing = 1.0
    document.styles["TOC 2"].paragraph_format.left_indent = Cm(0.6)
    _table_style(document)
    return document


def _forget_the_template(document: Any) -> None:
    """Takes out a picture of a page that is not this file's, and the language of whoever made the template."""
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            package.rels.pop(key)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    language = OxmlElement("w:lang")
    for kind in ("val", "eastAsia"):
        language.set(qn(f"w:{kind}"), LANGUAGE)
    defaults.append(language)


def _style(
    document: Any, name: str, size: float, *, bold: bool = False, color: str = LIGHT.text, before: float = 0,
    after: float = 0,
) -> None:  # fmt: skip
    style = document.styles[name]
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(color.removeprefix("#").upper())
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # The theme's fonts would go before the font that is named.
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    for stops in style.element.get_or_add_pPr().findall(qn("w:tabs")):
        style.element.pPr.remove(stops)
    if name == "Title":
        for line in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(line)


def _table_style(document: Any) -> None:
    """Hairlines between the rows and a line below the headings."""
    line, strong = LIGHT.grid.removeprefix("#"), LIGHT.text.removeprefix("#")
    document.styles.element.append(parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ProposalTable">'
        f'<w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>'
        f'<w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="{line}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:color="{line}"/></w:tblBorders>'
        '<w:tblCellMar><w:left w:w="90" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
        f'<w:bottom w:val="single" w:sz="8" w:color="{strong}"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>'
    ))  # fmt: skip
