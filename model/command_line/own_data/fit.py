"""The command `fit`: what the company's own history, tests or another tool's results make of a scenario."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from model.command_line.arguments import add_scenario_arguments, read_scenario
from model.reading.faults import Fault, ScenarioError

if TYPE_CHECKING:
    from model.history.own_data import OwnData
    from model.scenario import Scenario


def add_fit_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
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


def fitted(options: argparse.Namespace) -> str:
    """Run the command. Raises ScenarioError."""
    from model.command_line.output import as_json
    from model.command_line.own_data.evidence import read_evidence
    from model.command_line.own_data.fit_output import fit_data, fit_table
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


def _take_over(options: argparse.Namespace) -> str:
    from model.command_line.output import as_json
    from model.command_line.own_data.evidence import scenario_beside_results
    from model.command_line.own_data.results_output import results_data, results_table
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
