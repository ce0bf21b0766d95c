"""Command line: scenarios in, a file out; the kind of file follows from its suffix."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from model.__main__ import read_scenario
from model.presets import DEFAULT_PRESET, PRESETS
from model.sampling import DEFAULT_DRAWS, DEFAULT_SEED, MAX_DRAWS, MIN_DRAWS
from model.scenario import Scenario
from model.uncertainty import Simulation, simulate

REFUSED = 2


@dataclass(frozen=True)
class Order:
    """What a file is to be made of; `draws` 0 asks for no simulation."""

    scenarios: tuple[Scenario, ...]
    today: date
    draws: int
    seed: int

    @cached_property
    def simulations(self) -> tuple[Simulation, ...]:
        """The scenarios' simulations, without bands by month. Raises ScenarioError."""
        if not self.draws:
            return ()
        return tuple(simulate(scenario, self.draws, self.seed, lines=()) for scenario in self.scenarios)


def _workbook(order: Order) -> bytes:
    from report.workbook import build

    return build(order.scenarios, today=order.today, simulations=order.simulations)


def _deck(order: Order) -> bytes:
    from report.deck import build

    return build(order.scenarios, today=order.today, simulations=order.simulations)


# A kind of file and what makes it; a new kind is a line here.
WRITERS: Mapping[str, Callable[[Order], bytes]] = MappingProxyType({".xlsx": _workbook, ".pptx": _deck})


def main(arguments: Sequence[str] | None = None) -> int:
    """Make one file; returns the exit code: 0, or 2 where the input is refused."""
    options = _parser().parse_args(arguments)
    try:
        names = options.scenario or [DEFAULT_PRESET]
        order = Order(
            scenarios=tuple(read_scenario(name, options.set) for name in names),
            today=options.date,
            draws=options.draws,
            seed=options.seed,
        )
        options.out.write_bytes(WRITERS[options.out.suffix.lower()](order))
    except ValueError as error:
        print(f"The input cannot be used:\n{error}", file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"{options.out} cannot be written: {error.strerror}", file=sys.stderr)
        return REFUSED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m report", description=__doc__)
    parser.add_argument(
        "scenario",
        metavar="SCENARIO",
        nargs="*",
        help=f"presets ({', '.join(PRESETS)}) or scenario files; default {DEFAULT_PRESET}",
    )
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="set an assumption in every scenario, for example causal_share=3%% or strategic_partner=on",
    )
    kinds = ", ".join(suffix.removeprefix(".") for suffix in WRITERS)
    parser.add_argument("--out", metavar="FILE", type=_file, required=True, help=f"kinds by suffix: {kinds}")
    parser.add_argument("--date", type=_date, default=date.today(), help="YYYY-MM-DD; default today")
    draws = f"{MIN_DRAWS} to {MAX_DRAWS}, or 0 for no simulation; default {DEFAULT_DRAWS}"
    parser.add_argument("--draws", type=int, default=DEFAULT_DRAWS, help=draws)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help=f"default {DEFAULT_SEED}")
    return parser


def _file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in WRITERS:
        known = ", ".join(WRITERS)
        raise argparse.ArgumentTypeError(f"'{text}' has no suffix of a kind of file that can be made: {known}")
    return path


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date like 2026-11-30") from None


if __name__ == "__main__":
    sys.exit(main())
