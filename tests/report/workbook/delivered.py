"""A delivered workbook, opened once, and files of it with edits: the delivered file in all that was not typed."""

import re
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from openpyxl import load_workbook

WRONG = 987654.25
# Its place, its format, and its formula if it has one.
_CELL = re.compile(r'<c r="([A-Z]+\d+)"( s="\d+")?(?: t="\w+")?(?:/>|>(<f>[^<]*</f>)?.*?</c>)', re.S)


class Delivered:
    """A workbook by its bytes; `book` is what openpyxl reads of it, with formulas."""

    def __init__(self, content):
        self.book = load_workbook(BytesIO(content))
        self._parts = zipfile.ZipFile(BytesIO(content))
        self._cells = {
            cell: (cell.value, cell.data_type) for sheet in self.book for row in sheet.iter_rows() for cell in row
        }
        self._names = {name: item.attr_text for name, item in self.book.defined_names.items()}

    def typed(self, change):
        """What an edit of the book types: {cell: value}, and {defined name: place}; the book is as before then."""
        change(self.book)
        items = self.book.defined_names
        cells = {cell: cell.value for cell, (before, _) in self._cells.items() if cell.value != before}
        names = {name: items[name].attr_text for name, was in self._names.items() if items[name].attr_text != was}
        for cell in cells:
            # As they were: a text may begin like a formula.
            cell._value, cell.data_type = self._cells[cell]
        for name in names:
            items[name].attr_text = self._names[name]
        return cells, names

    def save(self, path, change):
        """Write the workbook after an edit, every formula with the same wrong computed value."""
        cells, names = self.typed(change)
        parts = {f"xl/worksheets/sheet{place}.xml": sheet for place, sheet in enumerate(self.book, start=1)}
        with zipfile.ZipFile(path, "w") as target:
            for part in self._parts.namelist():
                content = self._parts.read(part).decode() if part.endswith(".xml") else self._parts.read(part)
                if part in parts:
                    here = {cell.coordinate: value for cell, value in cells.items() if cell.parent is parts[part]}
                    content = _with_cells(content, here)
                elif part == "xl/workbook.xml":
                    content = _with_names(content, names)
                target.writestr(part, content)


def _with_cells(xml, typed):
    """A sheet with values typed into cells, by their places."""
    missing = set(typed)

    def written(found):
        place, style, formula = found.groups(default="")
        missing.discard(place)
        if place in typed:
            return f'<c r="{place}"{style}{_content(typed[place])}</c>'
        return f'<c r="{place}"{style}>{formula}<v>{WRONG}</v></c>' if formula else found[0]

    xml, count = _CELL.subn(written, xml)
    assert not missing
    assert count == xml.count("<c r=")
    assert f"</f><v>{WRONG}</v>" in xml or not re.search("<f[ >]", xml)
    return xml


def _content(value):
    """The end of a cell's first tag, and what the cell holds."""
    if isinstance(value, str) and value.startswith("="):
        return f"><f>{escape(value[1:])}</f><v>{WRONG}</v>"
    if isinstance(value, str):
        return f' t="inlineStr"><is><t>{escape(value)}</t></is>'
    return f"><v>{float(value)!r}</v>"


def _with_names(xml, places):
    """The workbook's list of sheets and names with other places of some names."""
    for name, place in places.items():
        xml, count = re.subn(rf'(<definedName name="{name}">)[^<]*', rf"\g<1>{escape(place)}", xml)
        assert count == 1
    return xml
