"""The command `track`: a plan beside what came of it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from model.command_line.arguments import add_draw_arguments, add_scenario_arguments, read_scenario
from model.command_line.decide.marking import MARK, contract_of_file, read_mark, write_contract

if TYPE_CHECKING:
    from model.scenario import Scenario
    from model.track.gates_due import GateMark
    from model.track.tracked import Tracked


def add_track_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    add_actuals_arguments(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table")


def add_actuals_arguments(parser: argparse.ArgumentParser) -> None:
    """The plan, its actuals, and all options but the form of the answer."""
    add_scenario_arguments(parser)
    parser.add_argument("file", metavar="ACTUALS", help="a CSV file or workbook with a row for each month")
    parser.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook; guessed if not given")
    parser.add_argument(
        "--until", metavar="MONTH", type=int, help="as it was known after this month; default the last"
    )
    parser.add_argument("--hash", metavar="HASH", help="of the plan that was approved: another scenario is refused")
    parser.add_argument(
        "--mark", metavar=MARK, action="append", default=[],
        help="what was measured at the gate of a month, for example 12=1.05@2028-01-05; it goes before "
        "what actuals tell",
    )  # fmt: skip
    parser.add_argument(
        "--contract", metavar="FILE.json",
        help="mark this contract of the plan by what its gates saw, and write it again",
    )  # fmt: skip
    add_draw_arguments(parser)


def tracked(options: argparse.Namespace) -> str:
    """Run the command. Raises ScenarioError."""
    from model.command_line.decide.track_output import track_data, track_table
    from model.command_line.output import as_json

    found, told = followed(options)
    return as_json(track_data(found, told)) if options.format == "json" else track_table(found, told)


def followed(options: argparse.Namespace) -> tuple[Tracked, tuple[str, ...]]:
    """What came of the plan that the options name, and which column was taken for what. Raises ScenarioError."""
    from model.history.importing.data_file import data_file
    from model.track.gates_due import marked_contract
    from model.track.importing import read_actuals
    from model.track.tracked import same_plan, track

    scenario = read_scenario(options.scenario, options.set)
    if options.hash is not None:
        same_plan(scenario, options.hash)
    read = read_actuals(data_file(Path(options.file)), scenario, options.sheet)
    contract = contract_of_file(options.contract, scenario, "the scenario and --set") if options.contract else None
    marks = [_mark(typed, scenario) for typed in options.mark]
    found = track(scenario, read.actuals, options.until, options.draws, options.seed, marks)
    if contract:
        write_contract(marked_contract(contract, found.gates), options.contract)
    return found, read.told


def _mark(typed: str, scenario: Scenario) -> GateMark:
    """A mark as it is typed, on its gate's day where none is given and that is past. Raises ScenarioError."""
    from model.stages.contract import day_of, marking_day
    from model.track.gates_due import GateMark

    month, observed, day = read_mark(typed, scenario.stages)
    today = date.today()
    gate = next((one for one in scenario.stages if one.month == month), None)
    return GateMark(month, observed, day or marking_day(day_of(gate, scenario, today) if gate else today, today))
