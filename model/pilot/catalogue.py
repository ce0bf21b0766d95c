"""Every test that can be run before deciding, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from model.pilot.customers import HOLDOUT
from model.pilot.design import Design
from model.pilot.people import PARTNER, SKILLS, TRAINING
from model.pilot.regional import GEO_LIFT, GEO_SWAP
from model.reading.faults import Fault, ScenarioError, nearest

TESTS: Mapping[str, Design] = MappingProxyType(
    {test.name: test for test in (GEO_LIFT, GEO_SWAP, HOLDOUT, TRAINING, SKILLS, PARTNER)}
)


def named(names: Sequence[str]) -> tuple[Design, ...]:
    """The tests of these names, or all where none is named. Raises ScenarioError with the nearest name."""
    faults = [Fault(name, f"is no test{nearest(name, TESTS)}; tests are {', '.join(TESTS)}")
              for name in names if name not in TESTS]  # fmt: skip
    if faults:
        raise ScenarioError(faults)
    return tuple(TESTS[name] for name in dict.fromkeys(names)) or tuple(TESTS.values())
