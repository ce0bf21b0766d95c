"""What each test is worth before deciding, what it costs, and which to run first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from model.formula import Array
from model.learning.learned import Learned, learn
from model.learning.quantity import changed
from model.metrics import METRICS
from model.pilot.assumed import assumed_values
from model.pilot.catalogue import named
from model.pilot.decided import ReadingRange, readings_of
from model.pilot.design import Design, Setting, setting_of
from model.pilot.options import OPTIONS, Option, OptionWorths, first_inputs, worth_of_options
from model.pilot.sample_information import Question, best_rule, informed, question, regret, rule_worth
from model.projection import lines_behind, run
from model.scenario import Scenario
from model.uncertainty.sampling import DEFAULT_DRAWS, DEFAULT_SEED
from model.uncertainty.side_by_side import side_by_side
from model.uncertainty.summaries import of_those, standard_error
from model.units import LEAST_MONEY

# What a test costs on average is found on so many draws.
_COST_DRAWS = 1_024


class Verdict(StrEnum):
    """Whether a test is to be run before deciding."""

    RUN = "run"
    NOT_WORTH = "not worth it"
    NOTHING = "tells nothing"
    IMPOSSIBLE = "cannot be run"


@dataclass(frozen=True)
class Rung:
    """A test of one size: how exact it is, what it is worth (EVSI), and what it costs, in money.

    `delay` is what waiting for it costs, `work` what the hours on it cost, `effect` what its changes lose while it
    runs, below zero where they earn; `net` is the worth less all three. `error` is the sampling error of worth and
    net. `odds_changed` is how likely it leads to another decision; `readings` say which one, begun after the test.
    """

    size: int
    standard_error: float
    worth: float
    error: float
    odds_changed: float
    delay: float
    work: float
    effect: float
    readings: tuple[ReadingRange, ...]

    @property
    def cost(self) -> float:
        """What running it costs: its work and what its changes lose meanwhile."""
        return self.work + self.effect

    @property
    def net(self) -> float:
        """What is left of its worth after its costs."""
        return self.worth - self.delay - self.cost


@dataclass(frozen=True)
class Pilot:
    """A test in a scenario: by size, smallest first, beside what knowing its quantity exactly is worth (EVPPI).

    `expected` and `spread` are mean and standard deviation of what it measures. Without rungs it cannot be run.
    """

    design: Design
    setting: Setting
    rungs: tuple[Rung, ...]
    known: float
    known_error: float
    expected: float
    spread: float

    @property
    def months(self) -> int:
        """How long it takes."""
        return self.setting.months(self.design.months)

    @property
    def best(self) -> Rung | None:
        """The size with the highest net benefit; of equal ones the smallest."""
        return max(self.rungs, key=lambda rung: rung.net, default=None)

    @property
    def is_largest(self) -> bool:
        """Whether the best size is the largest that it can have: what limits the size then binds."""
        return len(self.rungs) > 1 and self.best is self.rungs[-1]

    @property
    def verdict(self) -> Verdict:
        """Whether it is to be run."""
        if self.best is None:
            return Verdict.IMPOSSIBLE
        if self.known < LEAST_MONEY:
            return Verdict.NOTHING
        return Verdict.RUN if self.best.net > 0 else Verdict.NOT_WORTH


@dataclass(frozen=True)
class Pilots:
    """Every test of a scenario, the most worth running first; `means` and `errors` are the options', as of now.

    `everything` is what knowing all before deciding is worth (EVPI).
    """

    learned: Learned
    assumed: Mapping[str, float]
    means: tuple[float, ...]
    errors: tuple[float, ...]
    everything: float
    everything_error: float
    pilots: tuple[Pilot, ...]

    @property
    def scenario(self) -> Scenario:
        """What is to be decided on."""
        return self.learned.scenario

    @property
    def now(self) -> Option:
        """The option that is best without any test."""
        return OPTIONS[int(np.argmax(self.means))]

    @property
    def first(self) -> Pilot | None:
        """The test to run first; None where deciding at once is better."""
        return next((pilot for pilot in self.pilots if pilot.verdict is Verdict.RUN), None)


def pilots(
    scenario: Scenario,
    tests: Sequence[str] = (),
    count: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    assumed: Mapping[str, float] = MappingProxyType({}),
) -> Pilots:
    """What tests are worth in a scenario, by their names or all.

    `assumed` are figures of the designs that differ from those declared. Raises ScenarioError where a test or a
    figure is not known, a figure is out of bounds, and as `model.learning.learned.learn` does.
    """
    designs, setting = named(tests), setting_of(scenario, assumed_values(assumed))
    learned = learn(scenario, (), count, seed)
    worth = worth_of_options(learned, [setting.months(design.months) for design in designs])
    found = side_by_side(lambda design: _pilot(design, setting, learned, worth), designs)
    ordered = sorted(found, key=lambda pilot: -pilot.best.net if pilot.best else np.inf)
    means = worth.weights @ worth.now
    best = regret(worth.now, worth.weights)
    return Pilots(
        learned=learned,
        assumed=setting.assumed,
        means=tuple(means.tolist()),
        errors=tuple(standard_error(worth.now.T, worth.weights).tolist()),
        everything=float(worth.weights @ best),
        everything_error=float(standard_error(best, worth.weights)),
        pilots=tuple(ordered),
    )


def _pilot(design: Design, setting: Setting, learned: Learned, worth: OptionWorths) -> Pilot:
    sizes = design.sizes(setting)
    if not sizes:
        return Pilot(design, setting, (), 0.0, 0.0, 0.0, 0.0)
    measured = learned.of(design.measures(setting))
    asked = question(measured, worth.now, worth.weights)
    rungs = _rungs(design, setting, asked, worth, _spent(design, setting, learned, worth.weights))
    return Pilot(design, setting, rungs, asked.known, asked.known_error, *asked.spread)


def _rungs(design: Design, setting: Setting, asked: Question, worth: OptionWorths, spent: float) -> tuple[Rung, ...]:
    """A test by its sizes; `spent` is what running it in the whole company costs."""
    sizes, months = design.sizes(setting), setting.months(design.months)
    exact = [design.power(setting, size) for size in sizes]
    later = worth.delayed(asked.means, months)
    now = float(np.max(asked.weights @ asked.means))
    found = []
    for size, error, told in zip(sizes, exact, informed(asked, exact), strict=True):
        rule = best_rule(asked.places, asked.weights, later, error)
        after = rule_worth(asked.weights, later, rule.odds(asked.places, later.shape[1]))
        delay = now + told.worth - after
        work, effect = design.hours(setting, size) * setting.hour, spent * design.part(setting, size)
        readings = readings_of(rule, asked.places, asked.weights)
        found.append(Rung(size, error, told.worth, told.error, told.odds_changed, delay, work, effect, readings))
    return tuple(found)


def _spent(design: Design, setting: Setting, learned: Learned, weights: Array) -> float:
    """What a test costs if all of the company is under it: what its changes lose, on average, valued today."""
    part = slice(_COST_DRAWS)
    inputs = first_inputs(learned, _COST_DRAWS)
    given = changed(inputs, design.changes(setting))
    needed = lines_behind(frozenset({"npv"}))
    known = run(inputs | given, (name for name in needed if name not in given))
    counted = of_those(weights, part)
    assert counted is not None
    return -float(np.broadcast_to(METRICS["npv"].compute(known), (len(counted), 1))[:, 0] @ counted)
