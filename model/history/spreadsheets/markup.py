"""XML as it is met, element by element, without what can make a small file large: no entities, no depth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol
from xml.parsers import expat

from model.history.spreadsheets.archive import Unreadable

_DEEPEST = 50
# A tag with all its attributes, or a comment.
_LONGEST_TAG = 1_000_000


class Allowance:
    """How many more elements may be met, in all that is read: cells, filled or not, their values, rows, texts."""

    def __init__(self, elements: int) -> None:
        self.most = self.left = elements

    def exceeded(self) -> Unreadable:
        """What is raised where it is not enough."""
        return Unreadable(
            f"holds more than {self.most:,} elements, such as cells and texts; keep the rows and columns that "
            "count, or save the sheet as CSV (UTF-8) and give that"
        )


class Reader(Protocol):
    """What is told of elements, by their names without a prefix."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def text(self, words: str) -> None:
        """Some text within the element; there may be more."""

    def end(self, name: str) -> None:
        """An element ends."""


class Enough(Exception):
    """Raised by a reader that has what it needs."""


def read(chunks: Iterable[bytes], reader: Reader, allowance: Allowance) -> None:
    """Tell a reader of all elements of a part, or until it has enough. Raises Unreadable."""
    # Excel writes no document type, and without one there are no entities and nothing outside is asked for.
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        allowance.left -= 1
        if depth > _DEEPEST:
            raise Unreadable("is nested deeper than any workbook; save it anew and give that")
        if allowance.left < 0:
            raise allowance.exceeded()
        reader.start(name if ":" not in name else name.rpartition(":")[2], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(name if ":" not in name else name.rpartition(":")[2])

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refused
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                raise Unreadable("holds a tag that is longer than any of a workbook; save it anew and give that")
        parser.Parse(b"", True)
    except Enough:
        pass
    except expat.ExpatError:
        raise Unreadable("is damaged: its XML cannot be read; save it anew and give that") from None


def _refused(*_: object) -> None:
    raise Unreadable("declares entities, as no workbook does; save it anew in a spreadsheet program and give that")
