"""Command line: project, simulate, optimise, seek a goal, fit a history, price tests, track, add up units."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

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

# What adds a command's arguments, and what runs it.
Command = tuple[Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], str]]


def _counter() -> Command:
    from model.command_line.decide.counter_command import add_counter_arguments, counter_offer

    return add_counter_arguments, counter_offer


def _stages() -> Command:
    from model.command_line.decide.stages_command import add_stages_arguments, stages

    return add_stages_arguments, stages


def _fit() -> Command:
    from model.command_line.own_data.fit import add_fit_arguments, fitted

    return add_fit_arguments, fitted


def _track() -> Command:
    from model.command_line.decide.track import add_track_arguments, tracked

    return add_track_arguments, tracked


def _pilot() -> Command:
    from model.command_line.decide.pilot import add_pilot_arguments, priced

    return add_pilot_arguments, priced


def _portfolio() -> Command:
    from model.command_line.group.portfolio_command import add_portfolio_arguments, portfolio_output

    return add_portfolio_arguments, portfolio_output


# Commands that are loaded when they are asked for: by name, what they are for.
_LOADED: Mapping[str, tuple[str, Callable[[], Command]]] = {
    "fit": ("what the company's own history and tests tell of the beliefs, as ranges", _fit),
    "pilot": ("which test to run before deciding, if any", _pilot),
    "stages": ("a plan in stages: what being able to stop is worth, and the contract", _stages),
    "counter": ("the best part of the plan inside what finance could accept", _counter),
    "track": ("a plan beside what came of it: odds, variances, warnings, forecast", _track),
    "portfolio": ("a group of units: its odds, and one budget allocated", _portfolio),
}


class _OnUse(Parser):
    """A command's arguments, added when it is the one that is asked for."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As every parser does, once it knows its arguments."""
        if load := self.get_default("load"):
            add, run = load()
            add(self)
            self.set_defaults(load=None, run=run)
        return super().parse_known_args(args, namespace)


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
    else:
        # What a command has left to do once its answer is where it belongs.
        if done := getattr(options, "done", None):
            done(options)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m model", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_OnUse)

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

    for name, (told, load) in _LOADED.items():
        commands.add_parser(name, help=told).set_defaults(load=load)

    listing = commands.add_parser("assumptions", help="list every assumption with its evidence")
    listing.add_argument("--format", choices=("table", "json", "markdown"), default="table")
    listing.set_defaults(run=_assumptions)

    pages = commands.add_parser("docs", help="bring the parts of pages that the declarations write up to date")
    pages.add_argument("files", metavar="FILE", nargs="+", help="a page of the documentation")
    pages.set_defaults(run=_docs)
    return parser


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
    from model.command_line.program.pages import renew

    return "".join(f"{file} is renewed\n" for file in renew(options.files)) or "All pages are up to date\n"
