"""A workbook: its sheets, and what their cells refer to: shared texts, and which formats are dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property

from model.history.spreadsheets.archive import Archive, Unreadable, part_name
from model.history.spreadsheets.lists import Formats, Listed, Related, Texts
from model.history.spreadsheets.markup import Allowance, read
from model.history.spreadsheets.worksheet import SheetCells, SheetReader

# Bytes of a list of parts, of the shared texts and of a sheet, unpacked; elements of all that is read.
_MOST_OF_LISTS, _MOST_OF_TEXTS, _MOST_OF_SHEET = 2_000_000, 20_000_000, 20_000_000
_MOST_ELEMENTS = 800_000
# The number formats that are dates without being spelt out in the workbook.
_DATES = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58))
# What of a number format says nothing of dates: texts, signs set apart, colours and currencies.
_NO_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_LONGEST_FORMAT = 255
# Day 0 of the two calendars that a workbook may count its days by.
DAY_ZERO, DAY_ZERO_OF_1904 = date(1899, 12, 30), date(1904, 1, 1)
_OTHERS: Mapping[str, str] = {
    "word/document.xml": "is a Word document",
    "ppt/presentation.xml": "is a presentation",
    "xl/workbook.bin": "is a binary workbook (.xlsb)",
    "content.xml": "is an OpenDocument file",
    "index/document.iwa": "is a file of Apple's programs",
}


class Workbook:
    """An .xlsx file. Raises Unreadable where it is none."""

    def __init__(self, content: bytes) -> None:
        self._archive, self._allowance = Archive(content), Allowance(_MOST_ELEMENTS)
        self._name = next(iter(self._relations("", "/officeDocument").values()), "")
        if self._name not in self._archive or self._name.casefold() in _OTHERS:
            raise Unreadable(self._what_else())
        listed = Listed()
        read(self._archive.chunks(self._name, _MOST_OF_LISTS), listed, self._allowance)
        self.day_zero = DAY_ZERO_OF_1904 if listed.of_1904 else DAY_ZERO
        parts = self._relations(self._name, "/worksheet")
        self._parts = {link.name: parts[link.relation] for link in listed.links if link.relation in parts}
        self.sheets = tuple(self._parts)
        self.hidden = frozenset(link.name for link in listed.links if link.hidden)
        if not self._parts:
            raise Unreadable("has no sheet of cells; give a workbook with a table")

    def sheet(self, name: str, rows: int, cells: int) -> SheetCells:
        """The filled cells of one of `sheets`: of its first rows and cells, at most so many. Raises Unreadable."""
        reader = SheetReader(self._text, self._is_date, self.day_zero, rows, cells)
        read(self._archive.chunks(self._parts[name], _MOST_OF_SHEET), reader, self._allowance)
        return reader.sheet()

    def _what_else(self) -> str:
        """What kind of file it is instead of a workbook, with the mend."""
        found = next((words for part, words in _OTHERS.items() if part in self._archive), "is no workbook of Excel")
        return f"{found}; save the sheet as .xlsx or CSV (UTF-8) and give that"

    def _relations(self, part: str, kind: str) -> dict[str, str]:
        """The parts that a part refers to by relations of a kind, by the relation's name."""
        folder, _, name = part.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels".lstrip("/")
        if relations not in self._archive:
            return {}
        found = Related(kind)
        read(self._archive.chunks(relations, _MOST_OF_LISTS), found, self._allowance)
        return {relation: part_name(part, target) for relation, target in found.targets.items()}

    @cached_property
    def _texts(self) -> list[str]:
        """The texts that cells share."""
        parts = [*self._relations(self._name, "/sharedStrings").values()]
        reader = Texts()
        if parts and parts[0] in self._archive:
            read(self._archive.chunks(parts[0], _MOST_OF_TEXTS), reader, self._allowance)
        return reader.found

    @cached_property
    def _styles(self) -> list[bool]:
        """Of each format of cells, by its place, whether it shows dates."""
        parts = [*self._relations(self._name, "/styles").values()]
        reader = Formats()
        if parts and parts[0] in self._archive:
            read(self._archive.chunks(parts[0], _MOST_OF_TEXTS), reader, self._allowance)
        dates = _DATES | {number for number, form in reader.written.items() if shows_dates(form)}
        return [number in dates for number in reader.used]

    def _text(self, place: int) -> str:
        if place >= len(self._texts):
            raise Unreadable("is damaged: a text of it is missing; save it anew and give that")
        return self._texts[place]

    def _is_date(self, style: int) -> bool:
        return style < len(self._styles) and self._styles[style]


def shows_dates(form: str) -> bool:
    """Whether a number format shows days, months or years."""
    tokens = _NO_FORMAT.sub("", form[:_LONGEST_FORMAT].partition(";")[0]).casefold()
    if "general" in tokens:
        return False
    return bool(re.search("[yd]", tokens)) or ("m" in tokens and not re.search("[hs]", tokens))
