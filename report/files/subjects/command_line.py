"""Command line: what came of a plan, or a group of units, as a file; its kind follows from its suffix."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from model.command_line.arguments import Parser, parsed, read_scenario, speak_plainly
from model.command_line.decide.track import add_actuals_arguments, followed
from model.command_line.group.kept_run import forget_run
from model.command_line.group.portfolio_command import add_group_arguments, consolidated
from model.uncertainty.freed_memory import keep_freed_memory
from report.files.command_line import day, refused, written
from report.files.subjects.subject_files import GROUP_FILES, VARIANCE_FILES, SubjectFile
from report.tables.portfolio.grouped import Grouped, defaults_of
from report.tables.tracked.variance_report import VarianceReport


class _Command(NamedTuple):
    """What is named, the arguments that say which, what they come to, its files, and what to do with one written."""

    about: str
    add: Callable[[argparse.ArgumentParser], None]
    found: Callable[[argparse.Namespace], Any]
    files: tuple[SubjectFile[Any], ...]
    done: Callable[[argparse.Namespace], None] = lambda _: None


def make_of(name: str, arguments: Sequence[str]) -> int:
    """Make a file of the subject of a name; returns the exit code: 0, or 2 where the input is refused."""
    speak_plainly()
    command = SUBJECTS[name]
    by_suffix = {f".{file.suffix}": file for file in command.files}
    parser = Parser(prog=f"python -m report {name}", description=command.about)
    command.add(parser)
    parser.add_argument(
        "--out", metavar="FILE", type=Path, required=True, help=f"kinds by suffix: {', '.join(by_suffix)}"
    )
    parser.add_argument("--date", type=day, default=date.today(), help="YYYY-MM-DD; default today")
    options = parsed(parser, arguments)
    keep_freed_memory()
    try:
        file = by_suffix.get(options.out.suffix.lower())
        if file is None:
            raise ValueError(f"{options.out} has no suffix of a file that can be made: {', '.join(by_suffix)}")
        made = file.build(command.found(options), options.date)
    except ValueError as error:
        return refused(error)
    if not (code := written(options.out, made)):
        command.done(options)
    return code


def _reported(options: argparse.Namespace) -> VarianceReport:
    from model.projection import project

    found, _ = followed(options)
    return VarianceReport(found, project(found.scenario), options.draws)


def _grouped(options: argparse.Namespace) -> Grouped:
    from model.projection import project

    base = read_scenario(options.scenario, options.set)
    group, allocation = consolidated(options, base)
    return Grouped(group, allocation, project(defaults_of(group.portfolio, base)))


SUBJECTS: Mapping[str, _Command] = MappingProxyType(
    {
        "track": _Command(
            "The monthly variance report of a plan beside its actuals.", add_actuals_arguments, _reported,
            VARIANCE_FILES,
        ),
        "portfolio": _Command(
            "A group of units: its odds, and one budget allocated.", add_group_arguments, _grouped, GROUP_FILES,
            forget_run,
        ),
    }
)  # fmt: skip
