"""The command `stages`: a plan with gates, its contract, as plain data and as aligned text."""

from __future__ import annotations

import argparse
import math
from datetime import date
from typing import Any

from model.choice.aims import Aim
from model.command_line.arguments import add_draw_arguments, add_scenario_arguments, read_scenario
from model.command_line.decide.marking import MARK, contract_of_file, read_mark, write_contract
from model.command_line.output import as_json, columns
from model.gates.indicators import INDICATORS
from model.gates.stage_gate import Below, StageGate
from model.projection import project
from model.reading.faults import Fault, Refused, ScenarioError
from model.reading.row_validation import check_stages, stages_data
from model.scenario import Scenario
from model.stages.contract import Contract, contract_of
from model.stages.policy import AIMS
from model.stages.staged import GateEnd, Staged, Valued, proposed_gate, staged
from model.stages.words import policy_in_words, staged_in_words
from model.units import MONEY, NO_BREAK, Format

_GATE = ("month", "indicator", "threshold", "below")
# No month has more.
_DIGITS = 9


def add_stages_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    add_scenario_arguments(parser)
    ends = " or ".join(item.value for item in Below)
    parser.add_argument(
        "--gate",
        metavar="MONTH:INDICATOR:THRESHOLD:BELOW",
        action="append",
        default=[],
        help="a gate in place of the scenario's own, for example 12:relative_return:1.1:back; indicators are "
        f"{', '.join(INDICATORS)}; below it {ends}",
    )
    aims = [aim.value for aim in AIMS]
    parser.add_argument(
        "--aim", choices=aims, default=aims[0], help=f"what thresholds are to serve; default {aims[0]}"
    )
    parser.add_argument("--contract", metavar="FILE.json", help="write what would change our mind to this file")
    parser.add_argument(
        "--mark",
        metavar=MARK,
        action="append",
        default=[],
        help="mark the gate of a month in the contract of --contract by what was measured, for example "
        "12=1.05@2028-01-05; the scenario, settings and gates must be those that it was made for",
    )
    add_draw_arguments(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table")


def stages(options: argparse.Namespace) -> str:
    """Run the command. Raises ScenarioError."""
    scenario, told = _with_gates(read_scenario(options.scenario, options.set), options.gate)
    if options.mark:
        return _marked(scenario, options)
    found = staged(scenario, None, Aim(options.aim), options.draws, options.seed)
    contract = contract_of(found.scenario, found.planned.ends, found.draws, found.seed, date.today())
    if options.contract:
        write_contract(contract, options.contract)
    if options.format == "json":
        return as_json(stages_data_of(found, contract))
    return _table(found, contract, told)


def _marked(scenario: Scenario, options: argparse.Namespace) -> str:
    """Mark the contract's clauses by what was measured, write it, and tell it. Raises ScenarioError."""
    contract = contract_of_file(options.contract, scenario, "the scenario, --set and --gate")
    gates = [one.gate for one in contract.clauses]
    for typed in options.mark:
        month, observed, day = read_mark(typed, gates)
        contract = contract.marked(month, observed, day or contract.on(month, date.today()))
    write_contract(contract, options.contract)
    if options.format == "json":
        return as_json(contract.to_data())
    heading = f"{contract.scenario}  [{contract.hash}]  fixed on {scenario.format.day(contract.made_on)}"
    clauses = (f"- {one.sentence(scenario.format)}".replace(NO_BREAK, " ") for one in contract.clauses)
    return "\n".join([heading, *clauses]) + "\n"


def _with_gates(scenario: Scenario, typed: list[str]) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario with the gates that were typed, or its own, or a proposed one; and what is to be said of that."""
    if typed:
        return scenario.changed(stages=_typed(typed)), ()
    if scenario.stages:
        return scenario, ()
    gate = proposed_gate(project(scenario))
    return scenario.changed(stages=(gate,)), ("The scenario has no stages: one gate is tried.",)


def _typed(typed: list[str]) -> tuple[StageGate, ...]:
    """The gates of the option. Raises ScenarioError."""
    faults: list[Fault] = []
    entries = [_entry(text, faults) for text in typed]
    try:
        gates = check_stages("--gate", entries, faults) if not faults else ()
    except Refused as refusal:
        faults.append(Fault("--gate", str(refusal)))
    if faults:
        raise ScenarioError(faults)
    return gates


def _entry(text: str, faults: list[Fault]) -> dict[str, Any]:
    parts = [part.strip() for part in text.split(":")]
    if len(parts) != len(_GATE):
        faults.append(Fault(f"--gate {text}", "must be written MONTH:INDICATOR:THRESHOLD:BELOW"))
        return {}
    entry: dict[str, Any] = dict(zip(_GATE, parts, strict=True))
    try:
        entry["month"] = int(parts[0])
    except ValueError:
        faults.append(Fault("--gate", f"has the month '{parts[0]}', which is no whole number"))
    unit = INDICATORS[parts[1]].unit if parts[1] in INDICATORS else MONEY
    try:
        entry["threshold"] = float(unit.parse(parts[2]))
    except ValueError as error:
        faults.append(Fault("--gate", f"has a threshold that cannot be read: {error}"))
    return entry


def stages_data_of(found: Staged, contract: Contract) -> dict[str, Any]:
    """A plan in stages: what it comes to under each policy, and the contract."""
    kinds = {"never": found.never, "planned": found.planned, "best": found.best, "blind": found.blind}
    return {
        "scenario": found.scenario.to_data(),
        "hash": found.scenario.hash,
        "draws": found.draws,
        "seed": found.seed,
        "aim": found.aim.value,
        "in_short": list(staged_in_words(found)),
        **{name: _valued_data(valued) for name, valued in kinds.items()},
        "seen": found.seen,
        "contract": contract.to_data(),
    }


def _valued_data(valued: Valued) -> dict[str, Any]:
    figures = ("mean", "error", "p10", "p50", "p90", "odds", "value", "value_error", "goes_on")
    return {name: getattr(valued, name) for name in figures} | {"ends": [_end_data(one) for one in valued.ends]}


def _end_data(one: GateEnd) -> dict[str, Any]:
    """A gate's end; a threshold is null where nothing is looked at, `stops` then says which way it goes."""
    looks = math.isfinite(one.threshold)
    figures = ("reached", "stopped", "pocket", "most", "committed")
    return {
        "gate": stages_data([one.gate])[0],
        "threshold": one.threshold if looks else None,
        "stops": "below" if looks else "always" if one.threshold > 0 else "never",
    } | {name: getattr(one, name) for name in figures}


def _table(found: Staged, contract: Contract, told: tuple[str, ...]) -> str:
    scenario, text = found.scenario, found.scenario.format
    heading = f"{scenario.name}  [{scenario.hash}]  {found.draws} draws, seed {found.seed}"
    rows: list[tuple[str, ...]] = [("PLAN", "MEAN NPV", "±", "P10", "P50", "P90", "ODDS OF A GAIN", "TO THE END")]
    for label, valued in (
        ("never stopping", found.never), ("these thresholds", found.planned),
        (f"best for {found.aim.value}", found.best), ("best that looks at nothing", found.blind),
    ):  # fmt: skip
        rows.append((label, *_figures(valued, text)))
    gates: list[tuple[str, ...]] = [("GATE", "LOOKED AT", "ERROR", "COST", "BELOW", "BEST")]
    pairs = zip(found.gates, found.best.policy, strict=True)
    gates += [_gate_row(gate, threshold, text) for gate, threshold in pairs]
    clauses = ["What would change our mind:", *(f"- {one.sentence(text)}" for one in contract.clauses)]
    lines = [heading, *told, *staged_in_words(found), "", *columns(rows), "", *columns(gates), "", *clauses]
    return "\n".join(line.replace(NO_BREAK, " ") for line in lines) + "\n"


def _figures(valued: Valued, text: Format) -> tuple[str, ...]:
    money = (text.rounded(one, MONEY, valued.error) for one in (valued.mean, valued.p10, valued.p50, valued.p90))
    mean, *percentiles = money
    odds = (f"{text.number(100 * one, 0)} %" for one in (valued.odds, valued.goes_on))
    return mean, text.within(valued.error, MONEY), *percentiles, *odds


def _gate_row(gate: StageGate, threshold: float, text: Format) -> tuple[str, ...]:
    item = gate.looks_at
    stop = f"below {text.plain(gate.threshold, item.unit)}: {gate.below.value}"
    best = policy_in_words(gate, threshold, text).partition(": ")[2]
    return (
        f"month {gate.month}", item.name, f"{gate.deviation:g} {item.error_of}", text.plain(gate.price, MONEY), stop,
        best,
    )  # fmt: skip
