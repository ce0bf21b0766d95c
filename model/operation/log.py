"""The log: a JSON object a line for each computation, file and operation of the library, and for what went wrong.

It says what was done to which content, never what that content is: no value, name, note, address or secret has a
place in it. It is off unless SOCIAL_ROI_LOG names a file, or "stderr" for standard error.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from pathlib import Path
from time import perf_counter
from typing import Any

VARIABLE, STANDARD_ERROR = "SOCIAL_ROI_LOG", "stderr"
_LOG = logging.getLogger("social_roi")
_FACTS = "facts"
# A line goes to the file in one piece, also where several processes write there: of an error that called itself a
# thousand times the innermost calls are told.
_MOST_ERRORS, _MOST_CALLS = 3, 20
_HASH = re.compile(r"[0-9a-f]{12}")


class LogError(ValueError):
    """The log cannot be written where the environment wants it; the message names the mend."""


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """A record as one line of JSON."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "time": at.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "process": record.process,
            **getattr(record, _FACTS),
        }
        return json.dumps(line)


def begin() -> None:
    """Write the log where the environment wants it, if it does. Raises LogError where that cannot be."""
    named = os.environ.get(VARIABLE, "").strip()
    if not named:
        return
    _LOG.handlers = [_handler(named)]
    _LOG.handlers[0].setFormatter(_Lines())
    _LOG.setLevel(logging.INFO)
    _LOG.propagate = False


class _File(WatchedFileHandler):
    """A log file; where it can no longer be written, what is logged goes on all the same."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, into a new file where the earlier one was moved away."""
        try:
            super().emit(record)
        except OSError:
            self.handleError(record)


def _handler(named: str) -> logging.Handler:
    if named == STANDARD_ERROR:
        return logging.StreamHandler(sys.stderr)
    path = Path(named).expanduser().absolute()
    try:
        # Opened anew where another program has moved the file away to begin the next.
        return _File(path, encoding="utf-8")
    except OSError as error:
        raise LogError(
            f"The log cannot be written: {VARIABLE} names {path} ({error.strerror}). Name a file in a folder that "
            f'is there and may be written, or "{STANDARD_ERROR}", or leave it out for no log.'
        ) from None


@contextmanager
def timed(event: str, *hashes: str, **facts: str | int) -> Iterator[dict[str, str | int]]:
    """One line for what is done meanwhile: which contents it is of, how long it took and how it ended.

    `facts` are draws, seed, a number of versions and the kind of file as the program calls it, nothing that a person
    typed; more of them can be added to what is given. It ends done, failed with the name of the error's class, or
    dropped, as its visitor no longer waits for it.
    """
    begun = perf_counter()
    ended: dict[str, str] = {"outcome": "dropped"}
    try:
        yield facts
        ended = {"outcome": "done"}
    except Exception as error:
        ended = {"outcome": "failed", "error": type(error).__name__}
        raise
    finally:
        seconds = round(perf_counter() - begun, 4)
        _write(logging.INFO, event, hashes=_sound(hashes), **facts, **ended, seconds=seconds)


def failed(event: str, error: BaseException) -> None:
    """A line for what failed in a way that was foreseen, and is told elsewhere."""
    _write(logging.WARNING, event, outcome="failed", error=type(error).__name__)


def unforeseen(event: str, error: BaseException) -> str:
    """Write down an error that nobody foresaw; the id by which who runs the program finds it there.

    The same error at the same place has the same id. Its message is left out, as it may quote what a person typed.
    """
    chain = _chain(error)
    name = hashlib.sha256(repr([(kind, places[-1:]) for kind, places in chain]).encode()).hexdigest()[:8]
    traced = [line for kind, places in chain for line in (kind, *places)]
    _write(logging.ERROR, event, error, id=name, error=type(error).__name__, traceback=traced)
    return name


def _write(level: int, event: str, cause: BaseException | None = None, /, **facts: Any) -> None:
    # Where the log is off, Python tells errors on standard error in these words and with the cause.
    words = f"{event}, error {facts['id']}" if cause else event
    _LOG.log(level, "%s", words, exc_info=cause, extra={_FACTS: {"event": event, **facts}})


def _sound(hashes: tuple[str, ...]) -> list[str]:
    """The hashes; of a library that is damaged they may be any text, which is not written down."""
    return [text if _HASH.fullmatch(text) else "damaged" for text in hashes]


def _chain(error: BaseException | None) -> list[tuple[str, list[str]]]:
    """An error's class with the calls it came through, the outermost first, and after it what it was raised from."""
    found: list[tuple[str, list[str]]] = []
    while error is not None and len(found) < _MOST_ERRORS:
        frames = traceback.extract_tb(error.__traceback__)[-_MOST_CALLS:]
        found.append(
            (type(error).__name__, [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames])
        )
        error = error.__cause__ or error.__context__
    return found
