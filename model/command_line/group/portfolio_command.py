"""The command `python -m model portfolio`: a group from a table, on this machine or a cluster."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from model.command_line.arguments import add_draw_arguments, add_scenario_arguments, number_in, read_scenario
from model.command_line.group.kept_run import check_out, forget_run, kept_run, told_where
from model.reading.faults import Fault, Faults, Refused, ScenarioError, shown
from model.units import MONEY, SHARE

if TYPE_CHECKING:
    from model.portfolio.allocation.limits import SplitLimits
    from model.portfolio.allocation.result import Allocation
    from model.portfolio.business_unit import Portfolio
    from model.portfolio.consolidated import Consolidated, Counted
    from model.portfolio.rates import Rate
    from model.portfolio.running.pool import Pool
    from model.scenario import Scenario

_TODAY = "today"
# How often the progress is told where no terminal overwrites it.
_TOLD_EVERY = 10.0


def add_portfolio_arguments(parser: argparse.ArgumentParser) -> None:
    """UNITS, SCENARIO and the options of the command."""
    add_group_arguments(parser)
    parser.add_argument("--out", metavar="FILE", help="write to this file instead of the standard output")
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    parser.set_defaults(done=forget_run)


def add_group_arguments(parser: argparse.ArgumentParser) -> None:
    """UNITS, SCENARIO, and all options but those of where the answer goes."""
    from model.portfolio.shared_beliefs import MOST_DRAWS

    parser.add_argument("units", metavar="UNITS", help="a table with a row for each unit: see docs/portfolio.md")
    add_scenario_arguments(parser)
    parser.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook; guessed if not given")
    parser.add_argument("--correlation", type=number_in(SHARE), default=1.0, metavar="R",
        help="how far units share their beliefs: 0 worlds apart, 1 the same world; default 1")  # fmt: skip
    parser.add_argument("--currency", help="the group's currency; default that of the scenario")
    parser.add_argument("--rate", action="append", default=[], metavar="EUR=1.08@2026-11-01",
        help="what one unit of a currency is in the group's, and of which day")  # fmt: skip
    parser.add_argument("--budget", metavar="MONEY",
        help="allocate this social budget over the plan among the units, or that of today: today")  # fmt: skip
    parser.add_argument("--limit", action="append", default=[], metavar="NAME=LEAST..MOST",
        help="what a unit, or all of a tag, may have of the budget: Nordics=5m..12m, Nordics=..12m")  # fmt: skip
    parser.add_argument("--min-odds", type=number_in(SHARE), help="odds of a gain of the group, at least: 60%%")
    add_draw_arguments(parser, at_most=MOST_DRAWS)
    parser.add_argument("--workers", type=int, metavar="N", help="processes; default one for each core")
    parser.add_argument("--dask", metavar="ADDRESS", help="a Dask scheduler whose workers do the work instead")
    parser.add_argument("--resume", metavar="FILE", help="keep the run in this file, and go on with what it holds")


def portfolio_output(options: argparse.Namespace) -> str:
    """Run the command; returns what it prints, after which `forget_run` is due. Raises ScenarioError."""
    from model.command_line.csv_text import csv_text
    from model.command_line.group.portfolio_output import portfolio_data, portfolio_rows, portfolio_table
    from model.command_line.output import as_json
    from model.command_line.whole_file import write_whole

    result, allocation = consolidated(options, read_scenario(options.scenario, options.set))
    if options.format == "json":
        output = as_json(portfolio_data(result, allocation))
    elif options.format == "csv":
        output = csv_text(portfolio_rows(result, allocation))
    else:
        output = portfolio_table(result, allocation)
    if options.out:
        try:
            write_whole(Path(options.out), output.encode())
        except OSError as error:
            raise ScenarioError([Fault(options.out, f"cannot be written: {error.strerror}")]) from None
        output = f"{options.out} is written\n"
    return output


def consolidated(options: argparse.Namespace, base: Scenario) -> tuple[Consolidated, Allocation | None]:
    """The group that the options name, and the best split of its budget where one is asked. Raises ScenarioError.

    `base` says what the units have where their rows say nothing. Where the run is kept (`--resume`), it is so until
    `forget_run`.
    """
    from model.portfolio.allocation.allocate import allocate
    from model.portfolio.allocation.limits import check_limits
    from model.portfolio.consolidated import consolidate
    from model.portfolio.shared_beliefs import Drawing

    resume = kept_run(options)
    check_out(options, resume)
    group, limits = _group(options, base), _limits(options)
    how = Drawing(options.draws, options.seed).checked(len(group.units))
    if limits:
        check_limits(group, limits)
    pool = _pool(options, len(group.units))
    with told_where(resume):
        result = consolidate(group, how, pool, _progress("units"), resume)
        if not limits:
            return result, None
        told = _progress("units, allocated")
        return result, allocate(group, limits, how, pool, told, resume, result.failed)


def _group(options: argparse.Namespace, base: Scenario) -> Portfolio:
    from model.history.importing.data_file import data_file
    from model.portfolio.business_unit import portfolio
    from model.portfolio.rates import Rated, currency_code
    from model.portfolio.table import units_of

    try:
        currency = currency_code(options.currency or base.currency)
    except Refused as refusal:
        raise ScenarioError([Fault("--currency", str(refusal))]) from None
    rates = _rates(options.rate)
    rated = Rated(currency, frozenset(rate.currency for rate in rates))
    units = units_of(data_file(Path(options.units)), base, options.sheet, rated)
    return portfolio(units, currency, rates, options.correlation)


def _rates(texts: list[str]) -> list[Rate]:
    from model.portfolio.rates import rate_of

    faults, rates = Faults(), []
    for text in texts:
        try:
            rates.append(rate_of(text))
        except Refused as refusal:
            faults.append(Fault("--rate", str(refusal)))
    if faults:
        raise ScenarioError(faults)
    return rates


def _limits(options: argparse.Namespace) -> SplitLimits | None:
    """What an allocation is to keep within; None where none is asked for."""
    from model.portfolio.allocation.limits import SplitLimits, totals_of

    if options.budget is None and not options.limit and options.min_odds is None:
        return None
    budget = None
    if options.budget not in (None, _TODAY):
        try:
            budget = float(MONEY.parse(options.budget))
        except ValueError as error:
            raise ScenarioError([Fault("--budget", f"{error}, or {_TODAY} for that of the table")]) from None
    return SplitLimits(budget, totals_of(options.limit), options.min_odds)


def _pool(options: argparse.Namespace, units: int) -> Pool:
    """Who does the work: a cluster, or as many processes as are asked for and have something to do."""
    from model.portfolio.block import UNITS_IN_BLOCK
    from model.portfolio.running.cluster import cluster
    from model.portfolio.running.pool import MOST_WORKERS, cores, here, processes

    if options.workers is not None and not 1 <= options.workers <= MOST_WORKERS:
        told = f"is {shown(options.workers)}, out of bounds: must lie within 1 … {MOST_WORKERS}"
        raise ScenarioError([Fault("--workers", told)])
    if options.dask:
        if options.workers is not None:
            raise ScenarioError(
                [Fault("--workers", "is for processes here, and --dask has its own; leave one away")]
            )
        return cluster(options.dask)
    wanted = min(options.workers or cores(), -(-units // UNITS_IN_BLOCK))
    return here() if wanted == 1 else processes(wanted)


def _progress(what: str) -> Counted:
    """Tells on the standard error how many units are done: over itself on a terminal, else now and then."""
    told = time.monotonic()

    def tell(done: int, of: int) -> None:
        nonlocal told
        line = f"{done} of {of} {what}"
        if sys.stderr.isatty():
            print(f"\r{line}", end="\n" if done == of else "", file=sys.stderr, flush=True)
        elif time.monotonic() - told >= _TOLD_EVERY:
            told = time.monotonic()
            print(line, file=sys.stderr, flush=True)

    return tell
