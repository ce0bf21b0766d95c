"""Command line: begin a library, verify it, back it up into a file, restore it from one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from library.backup import Finding, back_up, restore, verified
from library.errors import LibraryError, told_plainly
from library.health import ask
from library.place import engine_at, engine_here
from library.store import Library
from model.command_line.arguments import REFUSED, speak_plainly
from model.command_line.interrupt import unless_interrupted

# The exit code where a library was read and is damaged.
DAMAGED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0, 1 where the library is damaged, 2 where nothing was done."""
    speak_plainly()
    options = _parser().parse_args(arguments)
    try:
        found: Finding | None = options.run(_library(options), options)
    except LibraryError as error:
        print(" ".join(" ".join(error.reasons).split()), file=sys.stderr)
        return REFUSED
    damage = found.damage if found else ()
    for fault in damage:
        print(fault, file=sys.stderr)
    return DAMAGED if damage else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m library", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    new = commands.add_parser("create", help="begin a library where there is none")
    new.set_defaults(run=_create, begins=True)

    look = commands.add_parser("verify", help="hold every version against its checksum; exit code 1 names damage")
    look.set_defaults(run=_verify, begins=False)

    quick = commands.add_parser("health", help="whether the library answers; exit code 2 says why not")
    quick.set_defaults(run=_health, begins=False)

    out = commands.add_parser("backup", help="copy the library into a file")
    out.add_argument("file", metavar="FILE", type=Path, help="the backup: a library in SQLite itself")
    out.set_defaults(run=_backup, begins=False)

    back = commands.add_parser("restore", help="put a backup back, into a library that holds nothing")
    back.add_argument("file", metavar="FILE", type=Path, help="a backup, of this or an earlier program")
    back.set_defaults(run=_restore, begins=True)

    for command in (new, look, quick, out, back):
        command.add_argument(
            "--library",
            metavar="PLACE",
            help="the path of a SQLite file or an address such as postgresql://user@host/database; default that of "
            "the app when started here",
        )
    for command, what in ((out, "a file that is there"), (back, "what the library holds")):
        command.add_argument("--overwrite", action="store_true", help=f"replace {what}")
    return parser


def _library(options: argparse.Namespace) -> Library:
    with told_plainly(options.library or ""):
        if options.library:
            return Library(engine_at(options.library, begins=options.begins))
        return Library(engine_here(begins=options.begins))


def _create(library: Library, _options: argparse.Namespace) -> Finding:
    library.begin()
    return _told("The library is", library, verified(library))


def _verify(library: Library, _options: argparse.Namespace) -> Finding:
    return _told("Verified:", library, verified(library))


def _health(library: Library, _options: argparse.Namespace) -> None:
    ask(library)
    print(f"The library {library.where} answers.")


def _backup(library: Library, options: argparse.Namespace) -> Finding:
    found = back_up(library, options.file, overwrite=options.overwrite)
    return _told(f"Backed up into {options.file}:", library, found)


def _restore(library: Library, options: argparse.Namespace) -> Finding:
    found = restore(library, options.file, overwrite=options.overwrite)
    return _told(f"Restored from {options.file}:", library, found)


def _told(done: str, library: Library, found: Finding) -> Finding:
    """Say what was done to what; the same finding."""
    lost = f", of them {found.lost:,} marked as lost" if found.lost else ""
    damage = f"; faults found: {len(found.damage):,}" if found.damage else ""
    print(f"{done} {library.where}, with {found.versions:,} versions of {found.entries:,} scenarios{lost}{damage}.")
    return found


if __name__ == "__main__":
    sys.exit(unless_interrupted(main))
