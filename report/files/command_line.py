"""Command line: scenarios in, a file out; the kind of file follows from its suffix."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from model.choice.counter.terms import Terms
from model.command_line.arguments import (
    REFUSED,
    Parser,
    add_draw_arguments,
    add_scenario_arguments,
    read_scenarios,
    speak_plainly,
)
from model.command_line.decide.counter_command import add_term_arguments, terms_of
from model.command_line.decide.pilot import add_assumed_argument
from model.command_line.whole_file import write_whole
from model.pilot.assumed import read_assumed
from model.uncertainty.freed_memory import keep_freed_memory
from model.uncertainty.sampling import DEFAULT_DRAWS, MIN_DRAWS
from report.asked import Asked
from report.charts.catalogue import CHARTS, chart_named
from report.files.browser import NoBrowser
from report.files.file_kinds import KINDS
from report.files.order import FileKind, Order
from report.files.zip_file import left_out
from report.signatories import ROLES, Signatories
from report.tables.decide.told import SUBJECTS
from report.words.proposal import Section, from_text

_MOST_TEXT = 1_000_000
# The forms of CSV, the usual one first.
_TOOLS, _SPREADSHEET = "tools", "spreadsheet"


def make(arguments: Sequence[str] | None = None) -> int:
    """Make one file; returns the exit code: 0, or 2 where the input is refused."""
    speak_plainly()
    options = _parser().parse_args(arguments)
    keep_freed_memory()
    try:
        kind = _kind(options)
        _refuse(options, kind)
        order = Order(
            scenarios=tuple(read_scenarios(options.scenario, options.set)),
            today=options.date,
            draws=options.draws,
            seed=options.seed,
            text=_proposal(options, kind),
            chart=options.chart,
            width=options.width,
            signatories=Signatories(*(getattr(options, role) for role in ROLES)),
            spreadsheet=options.csv == _SPREADSHEET,
            asked=_asked(options),
        )
        made = order.file(kind)
    except ValueError as error:
        return refused(error)
    except NoBrowser as error:
        print(f"{options.out} cannot be made here.\n{error}", file=sys.stderr)
        return REFUSED
    if code := written(options.out, made):
        return code
    if kind is KINDS["everything"]:
        sys.stderr.write(left_out(made))
    return 0


def refused(error: ValueError) -> int:
    """Tell why the input cannot be used; returns the exit code."""
    print(f"The input cannot be used:\n{error}", file=sys.stderr)
    return REFUSED


def written(path: Path, content: bytes) -> int:
    """Write a file; returns the exit code, after telling why where it cannot be written."""
    try:
        write_whole(path, content)
    except OSError as error:
        told = f"{path} cannot be written: {error.strerror}; what stood there before is unchanged"
        print(told, file=sys.stderr)
        return REFUSED
    return 0


def _kind(options: argparse.Namespace) -> FileKind:
    """The kind of file that is named, else the one that suffix and chart ask for.

    A suffix that several kinds share is an image if of a chart, else the first of them. Raises ValueError where name
    and suffix do not go together.
    """
    found = [kind for kind in KINDS.values() if kind.suffix == options.out.suffix.lower()]
    if options.kind is None:
        return next((kind for kind in found if kind.is_image == (options.chart is not None)), found[0])
    named = KINDS[options.kind]
    if named not in found:
        raise ValueError(f"--kind {options.kind} makes a {named.suffix} file, and {options.out} is none")
    return named


def _refuse(options: argparse.Namespace, kind: FileKind) -> None:
    """Raise ValueError where the options do not go together."""
    count = len(options.scenario)
    if options.chart is not None:
        chart_named(options.chart)
        if not kind.is_image:
            raise ValueError(f"--chart makes an image ({_suffixes(is_image=True)}), and {options.out} is none")
    if options.width is not None and not kind.is_image:
        raise ValueError(f"--width is for images, made by --chart, and {options.out} is none")
    if options.csv != _TOOLS and not kind.holds_csv:
        raise ValueError(f"--csv is for files with tables as CSV ({_suffixes(holds_csv=True)})")
    if options.text and not kind.holds_text:
        raise ValueError(f"--text is for files with the proposal ({_suffixes(holds_text=True)})")
    if not kind.is_signed and any(getattr(options, role) for role in ROLES):
        raise ValueError(f"names are for files with lines to sign on ({_suffixes(is_signed=True)})")
    if names := _asked(options).names:
        named = ", ".join(f"--{name}" for name in SUBJECTS if name in names)
        if not kind.tells_answers and not kind.is_image:
            if options.kind:
                raise ValueError(f"--kind {options.kind} does not tell {named}; {_telling()} do, and its charts")
            raise ValueError(
                f"{named} is for files that tell it ({_suffixes(tells_answers=True)}) and for its charts"
            )
        if options.draws == 0:
            raise ValueError(f"{named} needs a simulation: leave out --draws 0")
    if options.compare and count < 2:
        raise ValueError("--compare needs two scenarios or more")
    if kind.is_image and count > 1:
        raise ValueError("a chart shows one scenario: make an image of each, or a .zip of all")
    if kind.one_by_one and count > 1 and not options.compare:
        raise ValueError(f"a {kind.suffix} file holds one scenario; with --compare it holds several")


def _telling() -> str:
    """The names of the kinds of files that tell answers."""
    return ", ".join(name for name, kind in KINDS.items() if kind.tells_answers)


def _suffixes(**having: bool) -> str:
    """The suffixes of all kinds of files that have some attributes: ".pptx, .html"."""
    found = (kind for kind in KINDS.values() if all(getattr(kind, name) == value for name, value in having.items()))
    return ", ".join(dict.fromkeys(kind.suffix for kind in found))


def _asked(options: argparse.Namespace) -> Asked:
    """What is to be told about the decision; a limit asks for the counter-offer, a figure of theirs for tests."""
    own = tuple(read_assumed(options.assume).items())
    terms = terms_of(options)
    wanted = options.counter or terms != Terms()
    return Asked(
        tests=own if own or options.tests else None, stages=options.stages, counter=terms if wanted else None
    )


def _proposal(options: argparse.Namespace, kind: FileKind) -> tuple[Section, ...] | None:
    """The edited proposal text, if any. Raises ValueError where a file of nothing but text would hold none."""
    text = _text(options.text) if options.text else None
    if kind is KINDS["proposal"] and text == ():
        raise ValueError(
            f"{options.text} is empty: write a text there, or leave out --text for the one of the numbers"
        )
    if kind is KINDS["proposal"] and text is None and options.draws == 0:
        raise ValueError(
            "with --draws 0 there is no text: it tells the odds, which need a simulation; leave out --draws for "
            f"{DEFAULT_DRAWS} draws, ask for {MIN_DRAWS} or more, or give a text of your own with --text"
        )
    return text


def _text(path: Path) -> tuple[Section, ...]:
    """The edited proposal text of a file. Raises ValueError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from None
    if len(content) > _MOST_TEXT:
        raise ValueError(f"{path} has {len(content)} bytes; a proposal text has at most {_MOST_TEXT}")
    try:
        return from_text(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not text in UTF-8") from None


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m report",
        description=__doc__,
        epilog="Of a tracked plan and of a group: python -m report track, python -m report portfolio.",
    )
    add_scenario_arguments(parser, several=True)
    parser.add_argument("--out", metavar="FILE", type=_file, required=True, help=f"kinds by suffix: {_suffixes()}")
    parser.add_argument(
        "--kind",
        choices=KINDS,
        help="which kind, where several share a suffix; a .pdf without it is the report",
    )
    parser.add_argument(
        "--compare", action="store_true",
        help="put several scenarios into one csv or json; xlsx, pptx, html, pdf, txt and zip always compare them",
    )  # fmt: skip
    parser.add_argument("--chart", metavar="NAME", help=f"for {_suffixes(is_image=True)}: {', '.join(CHARTS)}")
    parser.add_argument(
        "--width", metavar="PIXELS", type=int, help="of an image, 320 to 4000; its height is 9/16 of it"
    )
    parser.add_argument(
        "--csv", choices=(_TOOLS, _SPREADSHEET), default=_TOOLS,
        help="form of CSV: decimal points and commas, or as a spreadsheet in the scenario's locale opens it, with "
        "decimal commas and semicolons where these are usual there",
    )  # fmt: skip
    for name, subject in SUBJECTS.items():
        parser.add_argument(f"--{name}", action="store_true", help=f"tell {subject.asked}; takes some seconds more")
    add_assumed_argument(parser)
    limits = parser.add_argument_group(
        "limits of finance", "each asks for a counter-offer inside it, as --counter does"
    )
    add_term_arguments(limits)
    parser.add_argument("--text", metavar="FILE", type=Path, help="the edited proposal text, headings marked by #")
    for role, label in ROLES.items():
        parser.add_argument(
            f"--{role.replace('_', '-')}",
            metavar="NAME",
            default="",
            help=f"stands at “{label}” over a line to sign",
        )
    parser.add_argument("--date", type=day, default=date.today(), help="YYYY-MM-DD; default today")
    add_draw_arguments(parser, or_none=True)
    return parser


def _file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in {kind.suffix for kind in KINDS.values()}:
        raise argparse.ArgumentTypeError(f"'{text}' has no suffix of a kind of file that can be made: {_suffixes()}")
    return path


def day(text: str) -> date:
    """Reads the day of an option: "2026-11-30"."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date like 2026-11-30") from None
