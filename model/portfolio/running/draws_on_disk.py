"""Each unit's draws on the disk instead of in memory, for what can only be told once the group's are known."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np

from model.formula import Array
from model.reading.faults import Fault, ScenarioError

# Rows, and bytes, that are read at once.
_AT_ONCE = 64
_BYTES = 2**22


class DrawsOnDisk:
    """Rows of `width` numbers, one after the other; in a file that goes with it, or in one that stays.

    `checksum` is the SHA-256 of all rows.
    """

    def __init__(self, width: int, path: Path | None = None, rows: int | None = None) -> None:
        """In a new file, or after so many rows of one, which is left as it is until `drop_rest`.

        Raises OSError, also where the file is to be new and there is one.
        """
        self._width, self.path = width, path
        self.rows = rows or 0
        self._file: IO[bytes] = (
            tempfile.TemporaryFile() if path is None else path.open("x+b" if rows is None else "r+b")  # noqa: SIM115
        )
        self._digest = hashlib.sha256()
        left = self.rows * width * 8
        while content := self._file.read(min(left, _BYTES)):
            self._digest.update(content)
            left -= len(content)

    def drop_rest(self) -> None:
        """Drop what stands beyond the rows. Raises OSError."""
        self._file.truncate(self.rows * self._width * 8)
        self._file.seek(0, 2)

    @property
    def checksum(self) -> str:
        """What tells these rows from others."""
        return self._digest.hexdigest()

    def append(self, rows: Array) -> None:
        """Add rows, shape (n, width). Raises ScenarioError where the disk has no room for them."""
        content = np.ascontiguousarray(rows, dtype="<f8").tobytes()
        try:
            self._file.write(content)
            self._file.flush()
        except OSError as error:
            place = self.path.parent if self.path else tempfile.gettempdir()
            raise ScenarioError([Fault(str(place), f"has no room for the draws: {error.strerror}")]) from None
        self._digest.update(content)
        self.rows += len(rows)

    def blocks(self) -> Iterator[Array]:
        """All rows in order, some at once."""
        self._file.seek(0)
        for start in range(0, self.rows, _AT_ONCE):
            count = min(_AT_ONCE, self.rows - start)
            content = self._file.read(count * self._width * 8)
            yield np.frombuffer(content, dtype="<f8").reshape(count, self._width)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
