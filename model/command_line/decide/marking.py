"""Marks of a contract as they are typed, and the contract's file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from model.command_line.whole_file import write_whole
from model.gates.stage_gate import StageGate
from model.reading.faults import Fault, Refused, ScenarioError, finite, shown
from model.scenario import MAX_FILE_BYTES, Scenario
from model.stages.contract import Contract, check_observed
from model.units import MONEY

MARK = "MONTH=VALUE[@DAY]"
# No month has more.
_DIGITS = 9


def read_mark(typed: str, gates: Sequence[StageGate]) -> tuple[int, float, date | None]:
    """The month, the value in its gate's unit, and the day if one is given. Raises ScenarioError."""
    month, _, rest = (part.strip() for part in typed.partition("="))
    value, at, day = (part.strip() for part in rest.partition("@"))
    if not (month.isascii() and month.isdigit() and value):
        told = f"is {shown(typed)}, but must be {MARK}, such as 12=1.05 or 12=1.05@2028-01-05"
        raise ScenarioError([Fault("--mark", told)])
    number = int(month[:_DIGITS])
    gate = next((one for one in gates if one.month == number), None)
    try:
        measured = finite(float((gate.looks_at.unit if gate else MONEY).parse(value)))
        if gate:
            check_observed(gate, measured)
        return number, measured, read_day(day) if at else None
    except (ValueError, Refused) as error:
        raise ScenarioError([Fault("--mark", f"has a value that cannot be read: {error}")]) from None


def read_day(typed: str) -> date:
    """A day as a person or a file writes it. Raises Refused."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Refused(f"{shown(typed)} must be a day such as 2027-12-31") from None


def contract_of_file(file: str | None, scenario: Scenario, given: str) -> Contract:
    """The contract of a file, made for exactly this scenario; `given` says what to give. Raises ScenarioError."""
    if not file:
        raise ScenarioError([Fault("--mark", "needs the contract that is marked: --contract FILE.json")])
    try:
        with Path(file).open("rb") as opened:
            contract = Contract.from_json(opened.read(MAX_FILE_BYTES + 1))
    except FileNotFoundError:
        told = f"does not exist; make it first with: python -m model stages … --contract {file}"
        raise ScenarioError([Fault(file, told)]) from None
    except OSError as error:
        raise ScenarioError([Fault(file, f"cannot be read: {error.strerror}")]) from None
    if not contract.holds_for(scenario):
        told = (
            f"was made for the plan with the hash {contract.hash}, but this one has {scenario.hash}; give {given} "
            "that it was made with"
        )
        raise ScenarioError([Fault(file, told)])
    return contract


def write_contract(contract: Contract, file: str) -> None:
    """Write the contract's file, whole or not at all. Raises ScenarioError."""
    try:
        write_whole(Path(file), contract.to_json().encode())
    except OSError as error:
        raise ScenarioError([Fault(file, f"cannot be written: {error.strerror}")]) from None
