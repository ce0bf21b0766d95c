"""What a simulation teaches, gathered once: what matters, what must be true, what is worth finding out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from model.choice.must_be_true import MustBeTrue, what_must_be_true
from model.projection import Projection, project
from model.uncertainty.sensitivity import (
    Bar,
    around,
    evpi,
    evpi_error,
    evppi,
    evppi_errors,
    importance,
    learned_tornado,
    means_given,
)
from model.uncertainty.simulation import Simulation


@dataclass(frozen=True)
class Findings:
    """What a simulation teaches, computed once: see the functions of this file; `plan` is the point projection.

    `bars` are the tornado's, widest first, and `around` the net present value that they start from, the plan's own
    where draws carry no weights; `must_be_true` stands in the order of declaration; the errors are the
    sampling errors of what knowing is worth.
    """

    plan: Projection
    bars: tuple[Bar, ...]
    importance: Mapping[str, float]
    must_be_true: tuple[MustBeTrue, ...]
    evpi: float
    evppi: Mapping[str, float]
    evpi_error: float
    evppi_errors: Mapping[str, float]
    around: float

    @property
    def truths(self) -> tuple[MustBeTrue, ...]:
        """Of the inputs that matter at all: first those whose range leaves it open, then the others, by swing."""
        swing = {bar.name: bar.swing for bar in self.bars}
        known = (item for item in self.must_be_true if item.break_even or swing[item.name] > 0)
        return tuple(sorted(known, key=lambda item: (not item.within_range, -swing[item.name], item.name)))

    def pays(self, name: str) -> tuple[tuple[float, float], ...]:
        """The stretches of an uncertain input's values in which the plan pays; see `MustBeTrue`."""
        return next(item.pays for item in self.must_be_true if item.name == name)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (
            self.plan, self.bars, dict(self.importance), self.must_be_true, self.evpi, dict(self.evppi),
            self.evpi_error, dict(self.evppi_errors), self.around,
        )  # fmt: skip


def findings(simulation: Simulation, plan: Projection | None = None) -> Findings:
    """All that a simulation teaches about its inputs; takes about as long as the simulation itself.

    `plan` saves projecting its scenario again.
    """
    means = means_given(simulation)
    return Findings(
        plan=plan or project(simulation.scenario),
        bars=learned_tornado(simulation),
        importance=importance(simulation, means),
        must_be_true=what_must_be_true(simulation.scenario),
        evpi=evpi(simulation),
        evppi=evppi(simulation, means),
        evpi_error=evpi_error(simulation),
        evppi_errors=evppi_errors(simulation, means),
        around=around(simulation),
    )


def _rebuilt(
    plan: Projection,
    bars: tuple[Bar, ...],
    shares: dict[str, float],
    truths: tuple[MustBeTrue, ...],
    everything: float,
    each: dict[str, float],
    error: float,
    errors: dict[str, float],
    middle: float,
) -> Findings:
    """Findings from their parts, frozen again."""
    each_worth, each_error = MappingProxyType(each), MappingProxyType(errors)
    return Findings(plan, bars, MappingProxyType(shares), truths, everything, each_worth, error, each_error, middle)
