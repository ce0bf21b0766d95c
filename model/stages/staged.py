"""What a plan in stages comes to: with its own thresholds, with the best for an aim, and if it never stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.choice.aims import Aim
from model.formula import Array
from model.gates.indicators import INDICATORS
from model.gates.stage_gate import Below, StageGate
from model.projection import Projection
from model.reading.faults import Fault, ScenarioError
from model.scenario import Scenario
from model.stages.branches import Branches, branches
from model.stages.policy import AIMS, ALWAYS, NEVER, Policy, best_policy, ends, results, served, unseeing
from model.uncertainty.sampling import DEFAULT_DRAWS, DEFAULT_SEED, MAX_SEED, check_size
from model.uncertainty.summaries import standard_error
from model.units import LEAST_MONEY

# On how many draws of their own thresholds are found, and on how many others they must prove themselves. An exact
# search of two gates takes the square of it.
_SEARCHED_ALONE, _SEARCHED, _PROVED = 8192, 2048, 8192
# By how many standard errors a threshold must be better on those than looking at nothing.
_SURE = 2.0
_HIGH = 0.90


@dataclass(frozen=True)
class GateEnd:
    """What happens at a gate under a policy, as parts of all draws; amounts are nominal.

    `reached` is how often the plan gets there, `stopped` how often it ends there. Of the draws that get there,
    `pocket` is the most that nine in ten have been out of pocket by then and `most` the most in any; `committed` is
    the mean money paid by then beyond holding. The last three are 0 where none gets there.
    """

    gate: StageGate
    threshold: float
    reached: float
    stopped: float
    pocket: float
    most: float
    committed: float

    @property
    def below(self) -> float:
        """Of the draws that get there the part that is measured below the threshold."""
        return self.stopped / self.reached if self.reached else 0.0


@dataclass(frozen=True)
class Valued:
    """A policy valued on draws that it was not found on; amounts are present values.

    `value` is the value of being able to stop: the mean gain on never stopping, with its sampling error. `values`
    are the net present values of the draws.
    """

    policy: Policy
    values: Array
    mean: float
    error: float
    p10: float
    p50: float
    p90: float
    odds: float
    value: float
    value_error: float
    ends: tuple[GateEnd, ...]

    @property
    def can_be_told(self) -> bool:
        """Whether the value of being able to stop exceeds two standard errors: what the draws can tell."""
        return abs(self.value) > max(LEAST_MONEY, 2 * self.value_error)

    @property
    def goes_on(self) -> float:
        """How often the plan runs to its end."""
        return 1.0 - sum(one.stopped for one in self.ends)


@dataclass(frozen=True)
class Staged:
    """A plan in stages: never stopping, with the gates' own thresholds, and with those best for `aim`.

    `blind` is the best for it of those that look at nothing: going on, or stopping at one gate whatever is seen. All
    are valued on the same draws, the plan's own; `best` and `blind` were found on others, and are the same where no
    threshold proved itself.
    """

    scenario: Scenario
    gates: tuple[StageGate, ...]
    draws: int
    seed: int
    aim: Aim
    never: Valued
    planned: Valued
    best: Valued
    blind: Valued

    @property
    def seen(self) -> float:
        """What the best thresholds' mean owes to what is seen, rather than to stopping at a gate in any case."""
        return self.best.mean - self.blind.mean


def staged(
    scenario: Scenario,
    gates: Sequence[StageGate] | None = None,
    aim: Aim = Aim.EXPECTED_NPV,
    count: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
) -> Staged:
    """Value a plan in stages, by default the scenario's own gates. The same arguments give the same digits.

    Raises ScenarioError for a number of draws or a seed out of bounds, where no gate lies within the horizon, and
    for an aim that is no property of a result.
    """
    check_size(count, seed)
    given = scenario.gates if gates is None else tuple(gates)
    if not given or any(gate.month >= 12 * scenario.horizon_years for gate in given):
        last = 12 * scenario.horizon_years - 1
        raise ScenarioError([Fault("stages", f"must have a gate, and each within month 1 … {last} of the plan")])
    if aim not in AIMS:
        raise ScenarioError([Fault("aim", f"is {aim}, but must be one of {', '.join(AIMS)}")])
    found = branches(scenario, given, count, seed)
    best, blind = found_policies(scenario, given, aim, seed)
    return Staged(
        scenario=scenario,
        gates=given,
        draws=count,
        seed=seed,
        aim=aim,
        never=valued(found, (NEVER,) * len(given)),
        planned=valued(found, tuple(gate.threshold for gate in given)),
        best=valued(found, best),
        blind=valued(found, blind),
    )


def found_policies(scenario: Scenario, gates: Sequence[StageGate], aim: Aim, seed: int) -> tuple[Policy, Policy]:
    """The thresholds that serve an aim best, found on draws of their own and proved on others; the best unseeing.

    Where they are not better there than looking at nothing, beyond doubt, both are the best way to look at nothing.
    """
    first, second = ((seed + further) % (MAX_SEED + 1) for further in (1, 2))
    one = branches(scenario, gates, _SEARCHED_ALONE if len(gates) == 1 else _SEARCHED, first)
    policy = best_policy(one.npv, one.paid, one.observed, aim)
    blind = max(unseeing(len(gates)), key=lambda item: served(results(one.npv, one.paid, one.observed, item), aim))
    if policy == blind:
        return blind, blind
    other = branches(scenario, gates, _PROVED, second)
    seeing, unseen = (results(other.npv, other.paid, other.observed, item) for item in (policy, blind))
    return (policy, blind) if _better(seeing, unseen, aim) else (blind, blind)


def _better(one: Array, other: Array, aim: Aim) -> bool:
    """Whether results of the same draws serve an aim better, beyond doubt."""
    if aim is Aim.EXPECTED_NPV:
        gained = one - other
    else:
        level = 0.0 if aim is Aim.ODDS_OF_GAIN else served(other, aim)
        gained = np.where(one > level, 1.0, 0.0) - np.where(other > level, 1.0, 0.0)
    return float(gained.mean()) > _SURE * float(standard_error(gained))


def valued(found: Branches, policy: Policy) -> Valued:
    """A policy on these draws."""
    values = results(found.npv, found.paid, found.observed, policy)
    gained = values - found.npv[0]
    p10, p50, p90 = map(float, np.quantile(values, (0.1, 0.5, 0.9)))
    return Valued(
        policy=policy,
        values=values,
        mean=float(values.mean()),
        error=float(standard_error(values)),
        p10=p10,
        p50=p50,
        p90=p90,
        odds=float(np.mean(values > 0)),
        value=float(gained.mean()),
        value_error=float(standard_error(gained)),
        ends=_ends(found, policy),
    )


def _ends(found: Branches, policy: Policy) -> tuple[GateEnd, ...]:
    end = ends(found.observed, policy)
    listed = []
    for place, (gate, threshold) in enumerate(zip(found.gates, policy, strict=True)):
        there = (end == 0) | (end > place)
        pocket, committed = found.pocket[place][there], found.committed[place][there]
        some = bool(there.any())
        listed.append(
            GateEnd(
                gate=gate,
                threshold=threshold,
                reached=float(there.mean()),
                stopped=float(np.mean(end == place + 1)),
                pocket=float(np.quantile(pocket, _HIGH)) if some else 0.0,
                most=float(pocket.max()) if some else 0.0,
                committed=float(committed.mean()) if some else 0.0,
            )
        )
    return tuple(listed)


def proposed_gate(plan: Projection) -> StageGate:
    """A gate for a plan that has none: after a year, or half of a short plan, at the break-even relative return."""
    needed = plan.metrics["break_even_relative_return"]
    threshold = 1.0 if needed is None else min(max(needed, 0.0), INDICATORS["relative_return"].bounds[1])
    return StageGate(min(12, plan.months // 2), "relative_return", round(threshold, 2), Below.BACK)


def with_best(found: Staged) -> Scenario | None:
    """The scenario with the best thresholds in its gates, without those that go on whatever is seen.

    None where one stops whatever is seen: no threshold says that, and without the gate the plan would never stop.
    """
    if ALWAYS in found.best.policy:
        return None
    pairs = zip(found.gates, found.best.policy, strict=True)
    kept = tuple(replace(gate, threshold=threshold) for gate, threshold in pairs if np.isfinite(threshold))
    return found.scenario.changed(stages=kept)
