"""The command `pilot`: which test to run before deciding, if any."""

from __future__ import annotations

import argparse

from model.command_line.arguments import add_draw_arguments, add_scenario_arguments, read_scenario


def add_pilot_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    add_scenario_arguments(parser)
    parser.add_argument("--test", metavar="NAME", nargs="+", default=[], help="only these tests; default all")
    add_assumed_argument(parser)
    add_draw_arguments(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table")


def add_assumed_argument(parser: argparse._ActionsContainer) -> None:
    """The option that sets what the tests' designs assume."""
    parser.add_argument(
        "--assume",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="set a figure that the tests' designs assume, for example regions=20 or regional_noise=8%%",
    )


def priced(options: argparse.Namespace) -> str:
    """Run the command. Raises ScenarioError."""
    from model.command_line.decide.pilot_output import pilot_data, pilot_table
    from model.command_line.output import as_json
    from model.pilot.assumed import read_assumed
    from model.pilot.pilots import pilots

    scenario = read_scenario(options.scenario, options.set)
    found = pilots(scenario, options.test, options.draws, options.seed, read_assumed(options.assume))
    return as_json(pilot_data(found)) if options.format == "json" else pilot_table(found)
