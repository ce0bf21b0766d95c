"""What came of the work of a run, block after block, in a file from which another run takes it again."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np

from model.formula import Array
from model.portfolio.running.pool import Pool
from model.portfolio.running.runner import Work, in_order
from model.reading.faults import Fault, ScenarioError

T = TypeVar("T")
R = TypeVar("R")
_LONGEST_LINE = 100
# Of a SHA-256, which a run's key is.
_DIGITS = 64
# What the record of a result begins with, and that of a stage does not.
_RESULT = b"["


@dataclass(frozen=True)
class Form(Generic[R]):
    """How a result becomes plain data and arrays, and is read again."""

    write: Callable[[R], tuple[Any, Sequence[Array]]]
    read: Callable[[Any, Sequence[Array]], R]


class Journal:
    """Records one after the other, each with its length and SHA-256; what stands behind a broken one is dropped."""

    def __init__(self, path: Path, key: str) -> None:
        """Of a run with this key: gone on with, or begun.

        Raises ScenarioError where the file is that of another run or of none; it stays as it is.
        """
        check_journal(path, key)
        self._path, begun = path, _record(key.encode())
        try:
            self._file = path.open("r+b" if path.exists() else "x+b")
            found = self._file.read(len(begun))
        except OSError as error:
            raise _refused(path, f"cannot be used: {error.strerror}") from None
        self._ends = found != begun
        if self._ends:
            self._cut(0)
            self._append(begun)

    def begin(self, stage: str) -> None:
        """What follows is of this stage: the records of another one are dropped."""
        at, found = self._file.tell(), self._next()
        if found != stage.encode():
            self._cut(at)
            self._append(_record(stage.encode()))

    def replayed(self) -> Iterator[tuple[Any, list[Array]]]:
        """The results that the stage has so far."""
        while True:
            at, body = self._file.tell(), self._next()
            if body is None:
                return
            if not body.startswith(_RESULT):
                # The next stage begins: this one is whole.
                self._file.seek(at)
                return
            told, _, content = body.partition(b"\n")
            plain, count = json.loads(told)
            file = io.BytesIO(content)
            yield plain, [np.load(file, allow_pickle=False) for _ in range(count)]

    def add(self, plain: Any, arrays: Sequence[Array]) -> None:
        """One more result. Raises ScenarioError where there is no room for it."""
        file = io.BytesIO()
        file.write(json.dumps([plain, len(arrays)]).encode() + b"\n")
        for array in arrays:
            np.save(file, array, allow_pickle=False)
        self._append(_record(file.getvalue()))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _next(self) -> bytes | None:
        """The next record; None at the end, and where one is broken, which is dropped with all that follows."""
        if self._ends:
            return None
        at = self._file.tell()
        digest, _, length = self._file.readline(_LONGEST_LINE).partition(b" ")
        left = self._path.stat().st_size - self._file.tell()
        body = self._file.read(min(int(length), left)) if length.strip().isdigit() else b""
        if hashlib.sha256(body).hexdigest().encode() != digest:
            self._cut(at)
            return None
        return body

    def _cut(self, at: int) -> None:
        self._file.truncate(at)
        self._file.seek(at)
        self._ends = True

    def _append(self, record: bytes) -> None:
        try:
            self._file.write(record)
            self._file.flush()
        except OSError as error:
            raise _refused(self._path, f"has no room: {error.strerror}") from None


def check_journal(path: Path, key: str) -> None:
    """Refuse a file that is there and none of the run with this key; it stays as it is. Raises ScenarioError."""
    begun = _record(key.encode())
    try:
        found = _head(path, len(begun))
    except OSError as error:
        raise _refused(path, f"cannot be used: {error.strerror}") from None
    if begun.startswith(found):
        return
    if _is_begun(found):
        raise _refused(path, "is of another run; remove it to begin its part anew, or name another file for the run")
    raise _refused(path, "is something else than what a run keeps there; move it, or name another file for the run")


def is_journal(path: Path) -> bool:
    """Whether a file is there that begins as one that a run keeps."""
    try:
        return _is_begun(_head(path, len(_record(bytes(_DIGITS)))))
    except OSError:
        return False


def _head(path: Path, length: int) -> bytes:
    """The first bytes of a file, none where there is none. Raises OSError."""
    if not path.exists():
        return b""
    with path.open("rb") as file:
        return file.read(length)


def _is_begun(found: bytes) -> bool:
    return re.fullmatch(rb"[0-9a-f]{64} 64\n[0-9a-f]{64}", found) is not None


def _refused(path: Path, message: str) -> ScenarioError:
    return ScenarioError([Fault(str(path), message)])


def _record(body: bytes) -> bytes:
    return f"{hashlib.sha256(body).hexdigest()} {len(body)}\n".encode() + body


def remembered(
    journal: Journal | None, stage: str, pool: Pool, work: Work[T, R], form: Form[R], pieces: Iterable[T]
) -> Iterator[R]:
    """The result of each piece in their order: those that the journal has, then the others, which it then has."""
    left = iter(pieces)
    if journal is not None:
        journal.begin(stage)
        for plain, arrays in journal.replayed():
            next(left, None)
            yield form.read(plain, arrays)
    for result in in_order(pool, work, left):
        if journal is not None:
            journal.add(*form.write(result))
        yield result
