"""Command line: project a scenario, simulate it, optimise it, seek a goal, fit a history, list the assumptions."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from model.assumptions import ASSUMPTIONS
from model.command_line.arguments import (
    REFUSED,
    Parser,
    add_draw_arguments,
    add_scenario_arguments,
    number_in,
    parsed,
    read_rival,
    read_scenario,
    speak_plainly,
)
from model.metrics import METRICS
from model.reading.faults import Fault, ScenarioError
from model.telling.caveats import caveats
from model.uncertainty.freed_memory import keep_freed_memory
from model.units import MONEY, SHARE

if TYPE_CHECKING:
    from model.history.own_data import OwnData


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0, or 2 where the input is refused."""
    speak_plainly()
    options = parsed(_parser(), arguments)
    keep_freed_memory()
    try:
        output = options.run(options)
    except ScenarioError as error:
        print(f"The input cannot be used:\n{error}", file=sys.stderr)
        return REFUSED
    try:
        sys.stdout.write(output)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        print(f"The output cannot be written: {error.strerror}", file=sys.stderr)
        return REFUSED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m model", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    one = commands.add_parser("project", help="project a scenario: metrics, lines by month, checks")
    add_scenario_arguments(one)
    one.add_argument("--format", choices=("table", "json", "csv"), default="table")
    one.set_defaults(run=_project)

    odds = commands.add_parser("simulate", help="the odds: percentiles, what matters, what must be true")
    add_scenario_arguments(odds)
    odds.add_argument(
        "--against",
        metavar="SCENARIO",
        action="append",
        default=[],
        help="also tell the odds of a higher net present value than this preset or file, on the same draws",
    )
    add_draw_arguments(odds)
    odds.add_argument("--format", choices=("table", "json"), default="table")
    odds.set_defaults(run=_simulate)

    best = commands.add_parser("optimise", help="the levers that serve an aim best, under limits")
    add_scenario_arguments(best)
    _add_optimise_arguments(best)
    add_draw_arguments(best)
    best.add_argument("--format", choices=("table", "json"), default="table")
    best.set_defaults(run=_optimise)

    goal = commands.add_parser("seek", help="the values of one assumption at which a metric meets a target")
    add_scenario_arguments(goal)
    goal.add_argument("--metric", default="npv", help="default npv")
    goal.add_argument("--target", default="0", help="in the metric's unit, for example 50000 or 10%%; default 0")
    goal.add_argument("--vary", metavar="NAME", required=True, help="the assumption to vary")
    goal.add_argument("--format", choices=("table", "json"), default="table")
    goal.set_defaults(run=_seek)

    own = commands.add_parser("fit", help="what the company's own history tells of the beliefs, as ranges")
    _add_fit_arguments(own)
    own.set_defaults(run=_fit)

    listing = commands.add_parser("assumptions", help="list every assumption with its evidence")
    listing.add_argument("--format", choices=("table", "json", "markdown"), default="table")
    listing.set_defaults(run=_assumptions)

    pages = commands.add_parser("docs", help="bring the parts of pages that the declarations write up to date")
    pages.add_argument("files", metavar="FILE", nargs="+", help="a page of the documentation")
    pages.set_defaults(run=_docs)
    return parser


def _add_fit_arguments(parser: argparse.ArgumentParser) -> None:
    from model.uncertainty.sampling import DEFAULT_SEED

    parser.add_argument(
        "file", metavar="FILE", help="a CSV file or Excel workbook, with a row for each week or month"
    )
    add_scenario_arguments(parser)
    parser.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook; guessed if not given")
    for option, help_ in (("--date", "the column of dates"), ("--revenue", "the column of revenue")):
        parser.add_argument(option, metavar="COLUMN", help=f"{help_}; guessed if not given")
    for option, help_ in (
        ("--social", "spend on social"),
        ("--other", "spend on other marketing"),
        ("--control", "what else moves revenue: prices, promotions, competitors, events"),
    ):
        parser.add_argument(
            option, metavar="COLUMN", nargs="*", help=f"columns of {help_}; guessed if not given, none if empty"
        )
    parser.add_argument(
        "--people", metavar="COLUMN", nargs="?", const="", help="the column of employees; guessed if not given"
    )
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help=f"default {DEFAULT_SEED}")
    parser.add_argument("--figures", action="store_true", help="put the company's own figures into the scenario too")
    parser.add_argument("--out", metavar="SCENARIO.json", help="write the scenario with the new ranges to this file")
    parser.add_argument("--format", choices=("table", "json"), default="table")


def _add_optimise_arguments(parser: argparse.ArgumentParser) -> None:
    from model.choice.aims import Aim

    aims = [aim.value for aim in Aim]
    parser.add_argument("--aim", choices=aims, default=Aim.EXPECTED_NPV.value, help=f"default {aims[0]}")
    for option, unit, help_ in (
        ("--max-new-money", MONEY, "new money in all over the horizon, at most"),
        ("--max-peak-funding", MONEY, "mean peak funding, at most"),
        ("--min-share", SHARE, "social share target, at least: 0.3 or 30%%"),
        ("--max-share", SHARE, "social share target, at most: 0.3 or 30%%"),
        ("--min-odds", SHARE, "odds of a gain, at least: 0.6 or 60%%"),
        ("--target-npv", MONEY, "mean net present value, at least; needed for lowest_spend"),
    ):
        parser.add_argument(option, type=number_in(unit), default=None, help=help_)


def _project(options: argparse.Namespace) -> str:
    from model.command_line.output import as_json, projection_data, projection_table
    from model.projection import project

    projection = project(read_scenario(options.scenario, options.set))
    if options.format == "json":
        return as_json(projection_data(projection))
    if options.format == "csv":
        from model.command_line.csv_text import csv_text
        from model.telling.tables import monthly_file

        for sentence in caveats(projection):
            print(sentence, file=sys.stderr)
        return csv_text(monthly_file(projection, projection.scenario, date.today()))
    return projection_table(projection)


def _simulate(options: argparse.Namespace) -> str:
    from model.command_line.output import as_json, simulation_data, simulation_table
    from model.lines import LINES
    from model.telling.comparison import odds_between
    from model.uncertainty.simulation import simulate

    scenario = read_scenario(options.scenario, options.set)
    rivals = [read_rival(name, scenario, options.scenario) for name in options.against]
    lines = tuple(LINES) if options.format == "json" else ()
    simulation = simulate(scenario, options.draws, options.seed, lines=lines)
    beats = [
        (rival, odds_between(simulation, simulate(rival, options.draws, options.seed, lines=(), only=("npv",))))
        for rival in rivals
    ]
    if options.format == "json":
        return as_json(simulation_data(simulation, beats))
    return simulation_table(simulation, beats)


def _optimise(options: argparse.Namespace) -> str:
    from model.choice.aims import Aim, Limits
    from model.choice.optimise import optimise
    from model.command_line.output import as_json, optimum_data, optimum_table

    limits = Limits(
        new_money=options.max_new_money,
        peak_funding=options.max_peak_funding,
        lowest_share=options.min_share,
        highest_share=options.max_share,
        least_odds=options.min_odds,
        target_npv=options.target_npv,
    )
    scenario = read_scenario(options.scenario, options.set)
    optimum = optimise(scenario, Aim(options.aim), limits, options.draws, options.seed)
    return as_json(optimum_data(optimum)) if options.format == "json" else optimum_table(optimum)


def _seek(options: argparse.Namespace) -> str:
    from model.choice.goal_seek import break_even
    from model.command_line.output import as_json, seek_data, seek_text

    scenario = read_scenario(options.scenario, options.set)
    target = _target(options.metric, options.target)
    found = break_even(scenario, options.vary, options.metric, target)
    if options.format == "json":
        sought = {"metric": options.metric, "target": target, "vary": options.vary}
        return as_json(seek_data(scenario, {**sought, "values": list(found)}))
    return seek_text(scenario, options.vary, options.metric, target, found)


def _fit(options: argparse.Namespace) -> str:
    from model.command_line.fit_output import fit_data, fit_table
    from model.command_line.output import as_json
    from model.history.importing.columns import Named
    from model.history.importing.data_file import data_file
    from model.history.importing.history import read_history
    from model.history.own_data import learn
    from model.uncertainty.sampling import MIN_DRAWS, check_size

    check_size(MIN_DRAWS, options.seed)
    roles = options.date, options.revenue, options.social, options.other, options.control, options.people
    history = read_history(data_file(Path(options.file)), Named(*roles), options.sheet)
    own = learn(history, read_scenario(options.scenario, options.set), options.seed)
    if options.figures:
        own = own.with_figures()
    if options.out:
        _write_scenario(options.out, own)
    return as_json(fit_data(own)) if options.format == "json" else fit_table(own)


def _write_scenario(name: str, own: OwnData) -> None:
    """Write a scenario with own data, unless that is not usable. Raises ScenarioError."""
    from model.command_line.whole_file import write_whole

    if own.gate.trust == "no":
        raise ScenarioError([Fault(name, f"is not written: {own.gate.words} Leave --out away to see everything")])
    try:
        write_whole(Path(name), own.scenario.to_json().encode())
    except OSError as error:
        raise ScenarioError([Fault(name, f"cannot be written: {error.strerror}")]) from None


def _target(metric: str, text: str) -> float:
    try:
        unit = METRICS[metric].unit if metric in METRICS else MONEY
        return float(unit.parse(text))
    except ValueError as error:
        raise ScenarioError([Fault("--target", str(error))]) from None


def _assumptions(options: argparse.Namespace) -> str:
    from model.command_line.output import as_json, assumption_data, assumptions_markdown, assumptions_table

    if options.format == "json":
        return as_json([assumption_data(item) for item in ASSUMPTIONS.values()])
    return assumptions_markdown() if options.format == "markdown" else assumptions_table()


def _docs(options: argparse.Namespace) -> str:
    from model.command_line.pages import renew

    return "".join(f"{file} is renewed\n" for file in renew(options.files)) or "All pages are up to date\n"
