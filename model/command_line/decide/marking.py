"""Marks of a contract as they are typed, and the contract's file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from model.command_line.whole_file import write_whole
from model.gates.stage_gate import StageGate
from model.reading.faults import Fault, Refused, ScenarioError, finite, shown
from model.reading.numerals import brief
from model.scenario import MAX_FILE_BYTES, Scenario
from model.stages.contract import Contract
from model.units import MONEY

MARK = "MONTH=VALUE"
# No month has more.
_DIGITS = 9


def read_mark(typed: str, gates: Sequence[StageGate]) -> tuple[int, float]:
    """The month and the value, in the unit of what its gate looks at. Raises ScenarioError."""
    month, _, value = (part.strip() for part in typed.partition("="))
    if not (month.isascii() and month.isdigit() and value):
        raise ScenarioError([Fault("--mark", f"is {shown(typed)}, but must be {MARK}, such as 12=1.05")])
    number = int(month[:_DIGITS])
    item = next((one.looks_at for one in gates if one.month == number), None)
    try:
        measured = finite(float((item.unit if item else MONEY).parse(value)))
        # A test may find less than nothing, but no more than all.
        if item and abs(measured) > item.bounds[1]:
            raise Refused(f"it is out of bounds: must lie within {brief(-item.bounds[1])} … {brief(item.bounds[1])}")
        return number, measured
    except (ValueError, Refused) as error:
        raise ScenarioError([Fault("--mark", f"has a value that cannot be read: {error}")]) from None


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
