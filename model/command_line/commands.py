"""Command line: project, simulate, optimise, seek a goal, fit a history, price tests, track, add up units."""

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
from model.command_line.portfolio_command import add_portfolio_arguments
from model.metrics import METRICS
from model.reading.faults import Fault, ScenarioError
from model.telling.caveats import caveats
from model.uncertainty.freed_memory import keep_freed_memory
from model.units import MONEY, SHARE

if TYPE_CHECKING:
    from model.history.own_data import OwnData
    from model.scenario import Scenario


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

    less = commands.add_parser("counter", help="the best part of the plan inside what finance could accept")
    _add_counter_arguments(less)
    less.set_defaults(run=_counter)

    gates = commands.add_parser(
        "stages", help="a plan in stages: what being able to stop is worth, and the contract"
    )
    _add_stages_arguments(gates)
    gates.set_defaults(run=_stages)

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

    came = commands.add_parser("track", help="a plan beside what came of it: odds, variances, warnings, forecast")
    _add_track_arguments(came)
    came.set_defaults(run=_track)

    tests = commands.add_parser("pilot", help="which test to run before deciding, if any")
    _add_pilot_arguments(tests)
    tests.set_defaults(run=_pilot)

    group = commands.add_parser("portfolio", help="a group of units: its odds, and one budget allocated")
    add_portfolio_arguments(group)

    listing = commands.add_parser("assumptions", help="list every assumption with its evidence")
    listing.add_argument("--format", choices=("table", "json", "markdown"), default="table")
    listing.set_defaults(run=_assumptions)

    pages = commands.add_parser("docs", help="bring the parts of pages that the declarations write up to date")
    pages.add_argument("files", metavar="FILE", nargs="+", help="a page of the documentation")
    pages.set_defaults(run=_docs)
    return parser


def _add_counter_arguments(parser: argparse.ArgumentParser) -> None:
    from model.command_line.counter_command import add_counter_arguments

    add_counter_arguments(parser)


def _add_stages_arguments(parser: argparse.ArgumentParser) -> None:
    from model.command_line.stages_command import add_stages_arguments

    add_stages_arguments(parser)


def _add_fit_arguments(parser: argparse.ArgumentParser) -> None:
    from model.uncertainty.sampling import DEFAULT_SEED

    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="a CSV file or Excel workbook, with a row for each week or month; none for experiments alone",
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
    parser.add_argument(
        "--experiment", metavar="FILE|SPEC", action="append", default=[],
        help="a test of spend: a table with a row for each, or social,2024-03-04..2024-04-28,spend=40000,"
        "extra=20000,revenue=30000,se=9000; may be given several times",
    )  # fmt: skip
    parser.add_argument(
        "--results", metavar="FILE", help="take over the result table of another marketing-mix tool instead"
    )
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help=f"default {DEFAULT_SEED}")
    parser.add_argument("--figures", action="store_true", help="put the company's own figures into the scenario too")
    parser.add_argument("--out", metavar="SCENARIO.json", help="write the scenario with the new ranges to this file")
    parser.add_argument("--format", choices=("table", "json"), default="table")


def _add_track_arguments(parser: argparse.ArgumentParser) -> None:
    add_scenario_arguments(parser)
    parser.add_argument("file", metavar="ACTUALS", help="a CSV file or workbook with a row for each month")
    parser.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook; guessed if not given")
    parser.add_argument(
        "--until", metavar="MONTH", type=int, help="as it was known after this month; default the last"
    )
    parser.add_argument("--hash", metavar="HASH", help="of the plan that was approved: another scenario is refused")
    add_draw_arguments(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table")


def _add_pilot_arguments(parser: argparse.ArgumentParser) -> None:
    add_scenario_arguments(parser)
    parser.add_argument("--test", metavar="NAME", nargs="+", default=[], help="only these tests; default all")
    parser.add_argument(
        "--assume",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="set a figure that the tests' designs assume, for example regions=20 or regional_noise=8%%",
    )
    add_draw_arguments(parser)
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


def _counter(options: argparse.Namespace) -> str:
    from model.command_line.counter_command import counter_offer

    return counter_offer(options)


def _stages(options: argparse.Namespace) -> str:
    from model.command_line.stages_command import stages

    return stages(options)


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
    from model.command_line.evidence import read_evidence
    from model.command_line.fit_output import fit_data, fit_table
    from model.command_line.output import as_json
    from model.history.importing.columns import Named
    from model.history.own_data import learn
    from model.uncertainty.sampling import MIN_DRAWS, check_size

    if options.results:
        return _take_over(options)
    check_size(MIN_DRAWS, options.seed)
    roles = options.date, options.revenue, options.social, options.other, options.control, options.people
    given = read_evidence(options, Named(*roles))
    own = learn(given.history, read_scenario(given.scenario, options.set), options.seed, given.experiments)
    if options.figures:
        own = own.with_figures()
    if options.out:
        _write_usable(options.out, own)
    return as_json(fit_data(own)) if options.format == "json" else fit_table(own)


def _track(options: argparse.Namespace) -> str:
    from model.command_line.output import as_json
    from model.command_line.track_output import track_data, track_table
    from model.history.importing.data_file import data_file
    from model.track.importing import read_actuals
    from model.track.tracked import same_plan, track

    scenario = read_scenario(options.scenario, options.set)
    if options.hash is not None:
        same_plan(scenario, options.hash)
    read = read_actuals(data_file(Path(options.file)), scenario, options.sheet)
    found = track(scenario, read.actuals, options.until, options.draws, options.seed)
    told = read.told
    return as_json(track_data(found, told)) if options.format == "json" else track_table(found, told)


def _pilot(options: argparse.Namespace) -> str:
    from model.command_line.output import as_json
    from model.command_line.pilot_output import pilot_data, pilot_table
    from model.pilot.assumed import read_assumed
    from model.pilot.pilots import pilots

    scenario = read_scenario(options.scenario, options.set)
    found = pilots(scenario, options.test, options.draws, options.seed, read_assumed(options.assume))
    return as_json(pilot_data(found)) if options.format == "json" else pilot_table(found)


def _take_over(options: argparse.Namespace) -> str:
    from model.command_line.evidence import scenario_beside_results
    from model.command_line.output import as_json
    from model.command_line.results_output import results_data, results_table
    from model.history.importing.data_file import data_file
    from model.history.results.table import read_results
    from model.history.results.taken_over import take_over

    scenario = read_scenario(scenario_beside_results(options), options.set)
    over = take_over(read_results(data_file(Path(options.results))), scenario)
    if options.out:
        _write_scenario(options.out, over.scenario)
    return as_json(results_data(over)) if options.format == "json" else results_table(over)


def _write_usable(name: str, own: OwnData) -> None:
    """Write a scenario with own data, unless that is not usable. Raises ScenarioError."""
    if own.gate.trust == "no":
        raise ScenarioError([Fault(name, f"is not written: {own.gate.words} Leave --out away to see everything")])
    _write_scenario(name, own.scenario)


def _write_scenario(name: str, scenario: Scenario) -> None:
    """Write a scenario. Raises ScenarioError."""
    from model.command_line.whole_file import write_whole

    try:
        write_whole(Path(name), scenario.to_json().encode())
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
