"""Where a run of a group is kept on the way (`--resume`), apart from where its answer goes (`--out`)."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from model.command_line.whole_file import write_whole
from model.reading.faults import Fault, ScenarioError

if TYPE_CHECKING:
    from model.portfolio.checkpoint import Resumed


def kept_run(options: argparse.Namespace) -> Resumed | None:
    """The files that a run is kept in, None where it is in none. Raises ScenarioError for what can be no file."""
    from model.portfolio.checkpoint import Resumed

    if not options.resume:
        return None
    path = Path(options.resume)
    if not path.name:
        raise ScenarioError([Fault("--resume", f"{path} is a folder; name a file")])
    return Resumed(path, write_whole)


def forget_run(options: argparse.Namespace) -> None:
    """Remove what is kept of a run, once what it came to is where it belongs; what cannot be removed is told."""
    kept = kept_run(options)
    try:
        if kept:
            kept.done()
    except OSError as error:
        print(f"{error.filename} cannot be removed: {error.strerror}", file=sys.stderr)


@contextmanager
def told_where(kept: Resumed | None) -> Iterator[None]:
    """Where the work is interrupted, tell that the run is kept, and where."""
    try:
        yield
    except KeyboardInterrupt:
        if kept and kept.path.exists():
            print(f"\nThe run is kept in {kept.path}; the same command goes on from there", file=sys.stderr)
        raise


def check_out(options: argparse.Namespace, kept: Resumed | None) -> None:
    """Refuse a place of the answer that is the run's own, or where nothing can be written. Raises ScenarioError."""
    if not options.out:
        return
    place = Path(options.out).resolve()
    if kept and any(_same(place, own) for own in kept.all):
        raise ScenarioError([Fault("--out", "names a file that --resume keeps the run in; name another")])
    if place.is_dir():
        raise ScenarioError([Fault(str(options.out), "cannot be written: it is a folder; name a file in it")])
    if not place.parent.is_dir():
        raise ScenarioError([Fault(str(options.out), "cannot be written: its folder is not there; make it first")])
    if not os.access(place if place.exists() else place.parent, os.W_OK):
        raise ScenarioError([Fault(str(options.out), "cannot be written: there is no right to; name another place")])


def _same(place: Path, own: Path) -> bool:
    """Whether two names are, or may become, one file: some systems take capitals and small letters for the same."""
    if place.exists() and own.exists() and place.samefile(own):
        return True
    return str(place).casefold() == str(own.resolve()).casefold()
