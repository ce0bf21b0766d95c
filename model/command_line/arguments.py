"""What the command lines have in common: naming scenarios, setting assumptions in them, asking for draws."""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from model.assumptions import ASSUMPTIONS, Value
from model.presets import DEFAULT_PRESET, PRESETS, on_company
from model.reading.faults import Fault, ScenarioError, nearest
from model.reading.number_rules import rule_of, with_sign
from model.reading.texts import tellable
from model.reading.value_validation import bounds_text
from model.scenario import Scenario, parse_value
from model.units import Format, Unit

# The exit code where the input is refused.
REFUSED = 2
_LONGEST = 2_000


class Parser(argparse.ArgumentParser):
    """Reads a command line; what it refuses it quotes as a message can show it."""

    def error(self, message: str) -> NoReturn:
        """End with what is wrong, whatever was typed."""
        super().error(tellable(message, _LONGEST))


def add_scenario_arguments(parser: argparse.ArgumentParser, *, several: bool = False) -> None:
    """The arguments that name a scenario, or several, and set assumptions: SCENARIO and --set."""
    parser.add_argument(
        "scenario",
        metavar="SCENARIO",
        nargs="*" if several else "?",
        default=[DEFAULT_PRESET] if several else DEFAULT_PRESET,
        help=f"a preset ({', '.join(PRESETS)}) or a scenario file; default {DEFAULT_PRESET}",
    )
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help=f"set an assumption{' in every scenario' if several else ''}, for example causal_share=3%% or "
        "strategic_partner=on",
    )


def add_draw_arguments(
    parser: argparse.ArgumentParser, *, or_none: bool = False, at_most: int | None = None
) -> None:
    """--draws and --seed; with `or_none`, 0 draws ask for no simulation; `at_most` where fewer can be had."""
    from model.uncertainty.sampling import DEFAULT_DRAWS, DEFAULT_SEED, MAX_DRAWS, MIN_DRAWS

    bounds = f"{MIN_DRAWS} to {at_most or MAX_DRAWS}{', or 0 for no simulation' if or_none else ''}"
    parser.add_argument("--draws", type=int, default=DEFAULT_DRAWS, help=f"{bounds}; default {DEFAULT_DRAWS}")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help=f"default {DEFAULT_SEED}")


def parsed(parser: argparse.ArgumentParser, arguments: Sequence[str] | None) -> argparse.Namespace:
    """The arguments as options; a negative number after an option is its value, however it is written: -5%, -1e5."""
    given: list[str] = []
    for argument in sys.argv[1:] if arguments is None else arguments:
        if given and re.fullmatch("--[a-z-]+", given[-1]) and re.match(r"-[\d.]", argument):
            given[-1] += f"={argument}"
        else:
            given.append(argument)
    return parser.parse_args(given)


def number_in(unit: Unit) -> Callable[[str], float]:
    """Reads the number of an option, in model units: "50000", "1.5m", "30%" of a share."""

    def read(text: str) -> float:
        try:
            return float(unit.parse(text))
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read


def read_scenario(name: str, settings: Sequence[str]) -> Scenario:
    """The scenario a command line names, with its settings; a preset for the company that they are about.

    Raises ScenarioError. What an older file was read as is told on the standard error.
    """
    return read_scenarios([name], settings)[0]


def read_scenarios(names: Sequence[str], settings: Sequence[str]) -> list[Scenario]:
    """Several scenarios, all with the settings; presets are plans of the company that the first of all is about.

    Raises ScenarioError.
    """
    values = _parse_settings(settings)
    first = _from_file(names[0]) if names[0] not in PRESETS else PRESETS[DEFAULT_PRESET]
    company = first.with_values(**values)
    found = []
    for name in names:
        scenario = PRESETS[name] if name in PRESETS else first if name == names[0] else _from_file(name)
        if name in PRESETS:
            scenario = on_company(scenario, company, PRESETS[DEFAULT_PRESET])
        found.append(scenario.with_values(**values) if values else scenario)
    return found


def read_rival(name: str, scenario: Scenario, named: str) -> Scenario:
    """What a scenario is compared with: a preset as a plan of the same company, or a file. Raises ScenarioError.

    `named` is what the command line calls the scenario.
    """
    if name not in PRESETS:
        return _from_file(name)
    return on_company(PRESETS[name], scenario, PRESETS.get(named, PRESETS[DEFAULT_PRESET]))


def _from_file(name: str) -> Scenario:
    """The scenario of a file; what an older one was read as is told on the standard error. Raises ScenarioError."""
    path = Path(name)
    try:
        found = path.exists()
    except OSError:  # for example a name that is too long for a file
        found = False
    if not found:
        mend = nearest(name, PRESETS) or f"; presets are {', '.join(PRESETS)}"
        raise ScenarioError([Fault(name, f"is neither a preset nor a file{mend}")])
    try:
        scenario = Scenario.from_file(path)
    except ScenarioError as error:
        raise ScenarioError(Fault(_within(name, fault.key), fault.message) for fault in error.faults) from None
    for sentence in scenario.translation:
        print(f"{name}: {sentence}", file=sys.stderr)
    return scenario


def _within(file: str, key: str) -> str:
    """A fault's key with the file it stands in, as several may be given."""
    return key if key == file else f"{file}: {key}"


def speak_plainly() -> None:
    """Let nothing that a command says die of its encoding: in a file or pipe UTF-8, and else spelt out."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _parse_settings(settings: Sequence[str]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    faults = []
    for setting in settings:
        name, equals, text = setting.partition("=")
        name = name.strip()
        if not equals:
            faults.append(Fault(f"--set {setting}", "must be written NAME=VALUE"))
        elif name not in ASSUMPTIONS:
            faults.append(Fault(name, f"is not an assumption{nearest(name, ASSUMPTIONS)}"))
        else:
            try:
                values[name] = _value(name, text)
            except ValueError as error:
                faults.append(Fault(name, str(error)))
    if faults:
        raise ScenarioError(faults)
    return values


def _value(name: str, text: str) -> Value:
    """The value of a setting. Raises ValueError, with both readings where a fraction may be meant for a per cent."""
    value, item = parse_value(name, text), ASSUMPTIONS[name]
    if isinstance(value, bool | str):
        return value
    rule = rule_of(item)
    other = rule.other_reading(value)
    # A number without sign is in model units: that is taken as it stands, if it can be.
    if other is not None and ("%" in text or not rule.takes(value)):
        is_, meant = (with_sign(number, item.unit, Format()) for number in (value, other))
        mend = f"Write {other:g} for {meant}" + (f", {value:g} for {is_}" if rule.takes(value) else "")
        told = f"'{text.strip()}' is {is_}; did you mean {meant}?"
        raise ValueError(f"{told} {mend}; bounds are {bounds_text(item)}")
    if item.unit.counted and value % 1:
        raise ValueError(f"is {text.strip()}, but must be a whole number within {bounds_text(item)}")
    return value
