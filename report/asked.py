"""What can be asked about a decision beside its odds, each of which takes seconds, and what answers it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from model.choice.counter.offer import Counteroffer, counter
from model.choice.counter.terms import Terms
from model.operation.log import timed
from model.pilot.assumed import OwnFigures
from model.pilot.pilots import Pilots, pilots
from model.reading.faults import Fault, ScenarioError
from model.scenario import Scenario
from model.stages.staged import Staged, staged

# What charts can need beside the subjects that are asked about.
ODDS = "odds"


@dataclass(frozen=True)
class Asked:
    """What is to be told about a decision, by subject; nothing if nothing is said.

    `tests`: what each test before deciding is worth, by a company's own figures of their designs, which may be none;
    `stages`: what being able to stop at the plan's gates is worth; `counter`: the limits inside which finance is
    offered the best part of the plan.
    """

    tests: OwnFigures | None = None
    stages: bool = False
    counter: Terms | None = None

    @property
    def names(self) -> frozenset[str]:
        """The subjects that are asked about."""
        return frozenset(one.name for one in fields(self) if getattr(self, one.name) not in (False, None))

    def only(self, names: Collection[str]) -> Asked:
        """Of what is asked that about some subjects."""
        return Asked(**{name: getattr(self, name) for name in self.names.intersection(names)})


@dataclass(frozen=True)
class Answers:
    """What was found about a decision, by subject as in `Asked`; None where it was not asked."""

    tests: Pilots | None = None
    stages: Staged | None = None
    counter: Counteroffer | None = None

    @property
    def names(self) -> frozenset[str]:
        """The subjects that are answered."""
        return frozenset(one.name for one in fields(self) if getattr(self, one.name) is not None)


NOTHING_ASKED, NO_ANSWERS = Asked(), Answers()


def _staged(scenario: Scenario, count: int, seed: int) -> Staged:
    """The plan in stages by its own gates. Raises ScenarioError that says how to add one where it has none."""
    if not scenario.gates:
        told = (
            f"has no gate within month 1 … {12 * scenario.horizon_years - 1} of the plan: add one under "
            "Stages on the screen, or as “stages” in the scenario's file"
        )
        raise ScenarioError([Fault("stages", told)])
    return staged(scenario, count=count, seed=seed)


# How each subject is answered, from a scenario, what was asked, the number of draws and their seed.
_FOUND_BY: Mapping[str, Callable[[Scenario, Asked, int, int], Any]] = MappingProxyType(
    {
        "tests": lambda scenario, asked, count, seed: pilots(scenario, (), count, seed, dict(asked.tests or ())),
        "stages": lambda scenario, _, count, seed: _staged(scenario, count, seed),
        "counter": lambda scenario, asked, count, seed: counter(scenario, asked.counter or Terms(), count, seed),
    }
)


def answered(scenario: Scenario, asked: Asked, count: int, seed: int) -> Answers:
    """Answer what is asked of a scenario; takes seconds for each subject. The same arguments give the same digits.

    Raises ScenarioError as `pilots`, `staged` and `counter` do: for stages also where the plan has no gate.
    """
    found = {}
    for name, find in _FOUND_BY.items():
        if name in asked.names:
            with timed(name, scenario.hash, draws=count, seed=seed):
                found[name] = find(scenario, asked, count, seed)
    return Answers(**found)
