"""What is best: the levers that serve an aim most, under limits.

`model.choice.search` finds them on one set of draws; here the optimum is judged on fresh ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.assumptions import ASSUMPTIONS, Value
from model.choice.aims import LIMITS, Aim, Limit, Limits, Standing, excess
from model.choice.reliance import Reliance, reliances
from model.choice.search import LEVERS, Search, mean_of
from model.formula import Array
from model.metrics import FURTHER_COSTS
from model.reading.faults import Fault, ScenarioError
from model.reading.numerals import brief
from model.scenario import Scenario
from model.uncertainty.sampling import DEFAULT_DRAWS, DEFAULT_SEED, MAX_SEED, check_size
from model.uncertainty.simulation import Progress, Simulation, odds_better, simulate
from model.uncertainty.summaries import standard_error

# How often a limit that fresh draws break is held more strictly before it counts as one that cannot be met.
_TRIES = 5
_JUDGED = ("npv", "total_extra_social_spend", "total_programme_cost", "peak_funding")
_SHARES = ASSUMPTIONS["social_share_target"].bounds or (0.0, 1.0)
_BOUNDS = {"lowest_share": _SHARES, "highest_share": _SHARES, "least_odds": (0.0, 1.0)}


@dataclass(frozen=True)
class Optimum:
    """The best plan found, judged on fresh draws; the present plan where none was better.

    `scenario` has its levers set, `searched` is the present plan; `standing` and `present` are their figures,
    `gain` the difference of their means, with its sampling error, and `odds` the part of the draws in which the
    optimum is better. `map_values[i, j]` is the aim at `map_shares[i]`, `map_hours[j]`, the other levers at the
    optimum; NaN where a limit is broken or the plan impossible. `reliances` are its decisions that only one weak
    belief makes pay; `fastest` says that its share changes as fast as the search allows.
    """

    scenario: Scenario
    searched: Scenario
    aim: Aim
    levers: Mapping[str, Value]
    standing: Standing
    present: Standing
    gain: float
    gain_error: float
    odds: float
    limits: tuple[Limit, ...]
    map_shares: Array
    map_hours: Array
    map_values: Array
    simulation: Simulation
    reliances: tuple[Reliance, ...]
    fastest: bool

    @property
    def improves(self) -> bool:
        """Whether it is another plan than the present one."""
        return self.scenario.values != self.searched.values


def optimise(
    scenario: Scenario,
    aim: Aim,
    limits: Limits | None = None,
    count: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    progress: Progress | None = None,
) -> Optimum:
    """Find the levers that serve the aim best within the limits, which it keeps on fresh draws.

    Raises ScenarioError for limits that make no sense, or that no plan meets (it names them).
    """
    check_size(count, seed)
    if scenario.values["ramp_shape"] == "custom":
        raise ScenarioError([Fault("ramp_shape", "is custom, which leaves no target to vary; choose another shape")])
    given = _active(limits or Limits(), aim)
    search = Search(scenario, aim, given, seed)
    fresh = (seed + 1) % (MAX_SEED + 1)
    for _ in range(_TRIES):
        best = search.best(progress or (lambda _: None))
        chosen = scenario.with_values(**search.decisions(best))
        simulation = _simulated(chosen, count, fresh)
        standing = _judged(simulation)
        if not search.tighten(standing):
            break
    else:
        names = ", ".join(given)
        raise ScenarioError([Fault(names, "kept on the draws searched, but not on fresh ones; loosen them")])
    present = _simulated(scenario, count, fresh)
    today = _judged(present)
    if today.score(aim) >= standing.score(aim) and not any(excess(name, given[name], today) for name in given):
        best, chosen, simulation, standing = search.present, scenario, present, today
    gained = simulation.metrics["npv"] - present.metrics["npv"]
    shares, hours, values = search.map(best)
    return Optimum(
        scenario=chosen,
        searched=scenario,
        aim=aim,
        levers={lever.name: chosen.values[lever.name] for lever in LEVERS},
        standing=standing,
        present=today,
        gain=float(gained.mean()),
        gain_error=float(standard_error(gained)),
        odds=odds_better(simulation, present),
        limits=search.limits_at(best, standing),
        map_shares=shares,
        map_hours=hours,
        map_values=values,
        simulation=simulation,
        reliances=reliances(chosen, count, fresh),
        fastest=_fastest(chosen, scenario),
    )


def _fastest(chosen: Scenario, present: Scenario) -> bool:
    """Whether the chosen plan's share changes, and as fast as the search allows."""
    ramp = next(lever for lever in LEVERS if lever.name == "ramp_years")
    moves = chosen.number("social_share_target") != chosen.number("social_share_start")
    stepwise = chosen.values["ramp_shape"] != "immediate"
    return moves and stepwise and chosen.number(ramp.name) == ramp.values(present.number(ramp.name))[0]


def _active(limits: Limits, aim: Aim) -> dict[str, float]:
    """The limits that are set, by name, after refusing those that make no sense."""
    given = {name: value for name in LIMITS if (value := getattr(limits, name)) is not None}
    faults = [
        *(_not_finite(name, value) for name, value in given.items() if not np.isfinite(value)),
        *(
            Fault(name, f"is {brief(given[name])}, out of bounds: money allowed is 0 or more")
            for name in ("new_money", "peak_funding")
            if given.get(name, 0) < 0
        ),
        *(
            Fault(name, f"is {brief(given[name])}, out of bounds: must lie within {brief(low)} … {brief(high)}")
            for name, (low, high) in _BOUNDS.items()
            if name in given and not low <= given[name] <= high
        ),
    ]
    if given.get("lowest_share", 0) > given.get("highest_share", 1):
        faults.append(Fault("lowest_share", "is above the highest share; lower one or raise the other"))
    if aim is Aim.LOWEST_SPEND and "target_npv" not in given:
        faults.append(Fault("target_npv", "is missing: the lowest spend needs a target to reach"))
    if faults:
        raise ScenarioError(faults)
    return given


def _not_finite(name: str, value: float) -> Fault:
    return Fault(name, f"is {value}, but must be a finite number")


def _simulated(scenario: Scenario, count: int, seed: int) -> Simulation:
    return simulate(scenario, count, seed, lines=("new_money", *FURTHER_COSTS), only=_JUDGED)


def _judged(simulation: Simulation) -> Standing:
    """The figures of a plan from a full simulation."""
    values, bands = simulation.metrics, simulation.bands
    npv = simulation.spread("npv")
    low = npv.percentile(10)
    assert low is not None
    errors = {
        "expected_npv": npv.error or 0.0,
        "p10_npv": low.error,
        "spend": float(standard_error(values["total_extra_social_spend"] + values["total_programme_cost"]))
        + sum(float(simulation.band_errors[name][0].sum()) for name in FURTHER_COSTS),
        "new_money": float(simulation.band_errors["new_money"][0].sum()),
        "peak_funding": float(standard_error(values["peak_funding"])),
    }
    return Standing(
        expected_npv=mean_of(values["npv"]),
        p10_npv=float(np.quantile(values["npv"], 0.10)),
        odds_of_gain=simulation.odds_of_gain,
        spend=mean_of(values["total_extra_social_spend"])
        + mean_of(values["total_programme_cost"])
        + sum(float(bands[name][0].sum()) for name in FURTHER_COSTS),
        new_money=float(bands["new_money"][0].sum()),
        peak_funding=mean_of(values["peak_funding"]),
        share=simulation.scenario.number("social_share_target"),
        errors=errors,
    )
