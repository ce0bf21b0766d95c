"""Files are written whole or not at all: beside the place where they belong, and then moved there."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that replaces an earlier one only once all of it is on the disk; else nothing is left of it.

    Raises OSError. What is no file, such as a named pipe, is written to as it is.
    """
    # Where a link leads, so that the link stays one.
    place = path.resolve()
    if place.exists() and not place.is_file():
        place.write_bytes(content)
        return
    if place.exists() and not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    part = place.with_name(f".{secrets.token_hex(8)}.part")
    try:
        _write(part, content)
        if place.exists():
            shutil.copymode(place, part)
        part.replace(place)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _settle(place.parent)


def _write(part: Path, content: bytes) -> None:
    with part.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Bring the file's new name to the disk as well, where the system opens folders and lets this one be opened."""
    if hasattr(os, "O_DIRECTORY"):
        with suppress(OSError):
            opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)
