"""What a workbook lists beside its sheets: their names, the parts it refers to, shared texts and formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from model.history.spreadsheets.archive import Unreadable
from model.history.spreadsheets.markup import Enough
from model.history.spreadsheets.worksheet import whole

_MOST_SHEETS = 100


@dataclass(frozen=True)
class Link:
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    relation: str


class Listed:
    """What a workbook's own part lists."""

    def __init__(self) -> None:
        self.links: list[Link] = []
        self.of_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "workbookPr":
            self.of_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.links.append(Link(attributes.get("name", ""), hidden, relation))
            if len(self.links) > _MOST_SHEETS:
                raise Unreadable(f"has more than {_MOST_SHEETS} sheets; keep the one with the table")

    def text(self, words: str) -> None:
        """Some text within the element."""

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "sheets":
            raise Enough


class Related:
    """The targets of relations of one kind."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        inside = attributes.get("TargetMode", "Internal") == "Internal"
        if name == "Relationship" and inside and attributes.get("Type", "").endswith(self._kind):
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def text(self, words: str) -> None:
        """Some text within the element."""

    def end(self, name: str) -> None:
        """An element ends."""


class Texts:
    """Shared texts: of each its runs one after the other, without how they are pronounced."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._runs: list[str] = []
        self._spoken = self._inside = False

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "rPh":
            self._spoken = True
        elif name == "t":
            self._inside = not self._spoken

    def text(self, words: str) -> None:
        """Some text within the element."""
        if self._inside:
            self._runs.append(words)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "t":
            self._inside = False
        elif name == "rPh":
            self._spoken = False
        elif name == "si":
            self.found.append("".join(self._runs))
            self._runs = []


class Formats:
    """The number formats that are written out, by number, and the number that each format of cells uses."""

    def __init__(self) -> None:
        self.written: dict[int, str] = {}
        self.used: list[int] = []
        self._of_cells = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "numFmt":
            self.written[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._of_cells = True
        elif name == "xf" and self._of_cells:
            self.used.append(whole(attributes.get("numFmtId")))

    def text(self, words: str) -> None:
        """Some text within the element."""

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "cellXfs":
            self._of_cells = False
