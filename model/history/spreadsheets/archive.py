"""The parts of a workbook, which is a ZIP archive of XML: none is read that is larger than it may be."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from posixpath import join, normpath

# A workbook of fifty sheets with pictures has some hundred parts.
_MOST_PARTS = 2_000
_CHUNK = 1 << 16
_ENTRY = b"PK\x01\x02"
_PROTECTED = 0x1


class Unreadable(ValueError):
    """A workbook that cannot be read; the message says why and gives the mend."""


class Archive:
    """The parts of an archive by name, whatever their case. Raises Unreadable where it is none or has too many."""

    def __init__(self, content: bytes) -> None:
        # Each part has such an entry, whatever the archive says of their number.
        if content.count(_ENTRY) > _MOST_PARTS:
            raise Unreadable(f"has more than {_MOST_PARTS} parts; save the sheet as CSV (UTF-8) and give that")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise Unreadable("is cut off or damaged; save it anew and give that") from None
        self._parts = {_plain(part.filename): part for part in self._zip.infolist()}

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    def chunks(self, name: str, most: int) -> Iterator[bytes]:
        """The bytes of a part, of at most so many. Raises Unreadable."""
        part = self._parts.get(_plain(name))
        if part is None:
            raise Unreadable(f"lacks its part {name}; save it anew and give that")
        if part.flag_bits & _PROTECTED:
            raise Unreadable("is protected by a password; save it without one and give that")
        # The others unpack with as much memory as the archive asks for.
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("is packed in a way that Excel does not use; save it anew and give that")
        # No more than this is unpacked, whatever the part really holds.
        if part.file_size > most:
            raise Unreadable(
                f"unpacks to {part.file_size} bytes in {name}, of which at most {most} are read; "
                "keep the rows and columns that count"
            )
        try:
            with self._zip.open(part) as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
            raise Unreadable(f"is damaged in its part {name}; save it anew and give that") from None


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def part_name(beside: str, target: str) -> str:
    """The name of a part that another part refers to: beside it, or from the root where it begins with a slash."""
    return normpath(join("/", beside.rpartition("/")[0], target)).lstrip("/")
