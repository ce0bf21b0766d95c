"""What a posterior makes of a scenario: ranges, values, rank correlations and notes of what the history tells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

import numpy as np

from model.assumptions import ASSUMPTIONS, Distribution, Range
from model.formula import Array
from model.history.fit import PERCENTILES, Posterior
from model.history.prior import FITTED
from model.reading.faults import ScenarioError
from model.scenario import Scenario
from model.uncertainty.sampling import correlation_root, quantile

# A range that keeps more than this part of its width, and whose middle moves by less than this part, is untold.
_HARDLY_NARROWER, _HARDLY_MOVED = 0.9, 0.15
# Weaker correlations are not kept.
_WEAKEST = 0.05
OWN_DATA = "Own data, "
_OWN_SOURCE = re.compile(rf"{OWN_DATA}(?P<period>.+); grade (?P<grade>[A-D])\b")
# By how much correlations are weakened until draws can have all of them.
_WEAKENED = 0.95
_LEVELS: Array = np.array(PERCENTILES) / 100
_DIGITS = 4


@dataclass(frozen=True)
class BeliefUpdate:
    """A belief before and after the history, by percentiles; `told` where the history changes it."""

    name: str
    prior: Mapping[int, float]
    posterior: Mapping[int, float]
    mean: float
    told: bool
    range: Range | None


def findings(posterior: Posterior) -> tuple[BeliefUpdate, ...]:
    """Each fitted belief, with the range that comes of it where the history tells of it."""
    return tuple(_finding(posterior, name) for name in posterior.names)


def _finding(posterior: Posterior, name: str) -> BeliefUpdate:
    before = quantile(posterior.prior.scenario.effective_ranges[name])(_LEVELS)
    prior, after = dict(zip(PERCENTILES, before.tolist(), strict=True)), posterior.percentiles(name)
    width = prior[95] - prior[5]
    narrower = (after[95] - after[5]) / width < _HARDLY_NARROWER
    told = narrower or abs(after[50] - prior[50]) / width > _HARDLY_MOVED
    return BeliefUpdate(name, prior, after, posterior.mean(name), told, _range(name, after) if told else None)


def _range(name: str, after: Mapping[int, float]) -> Range:
    """The range whose distribution has nearly these percentiles: PERT, normal or lognormal, the nearest of them."""
    ends = after[5], after[50], after[95]
    candidates = [_pert(name, after), _shortened(ends, Distribution.NORMAL)]
    if ends[0] > 0:
        candidates.append(_shortened(ends, Distribution.LOGNORMAL))
    wanted = np.array([after[level] for level in PERCENTILES])
    return min(candidates, key=lambda item: float(np.max(np.abs(quantile(item)(_LEVELS) - wanted))))


def _pert(name: str, after: Mapping[int, float]) -> Range:
    """The PERT distribution with the percentiles nearest to these."""
    from scipy.optimize import least_squares
    from scipy.special import betaincinv

    low, high = ASSUMPTIONS[name].bounds or (-np.inf, np.inf)
    wanted, width = np.array([after[level] for level in PERCENTILES]), after[95] - after[5]

    def ends(shape: Array) -> tuple[float, float, float]:
        below, above, peak = shape
        start, stop = max(low, after[5] - below * width), min(high, after[95] + above * width)
        return start, start + peak * (stop - start), stop

    def away(shape: Array) -> Array:
        start, likely, stop = ends(shape)
        peak = (likely - start) / (stop - start)
        return np.asarray(
            (start + (stop - start) * betaincinv(1 + 4 * peak, 5 - 4 * peak, _LEVELS) - wanted) / width
        )

    found = least_squares(away, (0.3, 0.3, 0.5), bounds=((0, 0, 0), (3, 3, 1)))
    return _shortened(ends(found.x), Distribution.PERT)


def _shortened(ends: tuple[float, float, float], distribution: Distribution) -> Range:
    """A range with as many digits as a posterior has."""
    low, likely, high = (float(f"{end:.{_DIGITS}g}") for end in ends)
    return Range(low, likely, high, distribution)


def before_own_data(scenario: Scenario) -> Scenario:
    """The scenario without what an earlier fit put into it, so that no history counts twice."""
    fitted = {name for name in FITTED if _is_own(scenario.notes.get(name, ""))}
    return scenario.changed(
        assumptions={name: value for name, value in scenario.assumptions.items() if name not in fitted},
        ranges={name: item for name, item in scenario.ranges.items() if name not in fitted},
        correlations=tuple(pair for pair in scenario.correlations if not {*pair[:2]} & fitted),
        notes={name: without_own_data(note) if name in fitted else note for name, note in scenario.notes.items()},
    )


def _is_own(note: str) -> bool:
    return any(line.startswith(OWN_DATA) for line in note.splitlines())


def without_own_data(note: str) -> str:
    """A note without what was written there when own data were taken over."""
    return "\n".join(line for line in note.splitlines() if not line.startswith(OWN_DATA))


def own_source(scenario: Scenario, name: str) -> tuple[str, str] | None:
    """Grade and source of a belief that own data give; None where they do not, or its value was changed since."""
    known = scenario.ranges.get(name)
    lines = scenario.notes.get(name, "").splitlines()
    found = next((match for line in lines if (match := _OWN_SOURCE.match(line))), None)
    if found is None or known is None or scenario.number(name) != known.likely:
        return None
    return found["grade"], f"own data, {found['period']}"


def with_own_data(
    posterior: Posterior,
    found: tuple[BeliefUpdate, ...],
    period: str,
    tested: Mapping[str, str] = MappingProxyType({}),
) -> Scenario:
    """The scenario of the prior with what is told; `period` says from when to when, and how much, the history is.

    A belief that is told gets its range, the middle of it as its value and a note of where it comes from; `tested`
    says that for those that rest on experiments.
    """
    told = {item.name: item.range for item in found if item.range is not None}
    sources = dict.fromkeys(told, f"{period}; grade C: correlation, not experiment")
    sources |= {name: f"{source}; grade A: experiment" for name, source in tested.items() if name in told}
    return with_sources(posterior.prior.scenario, told, sources, _pairs(posterior, told))


def with_sources(
    scenario: Scenario,
    ranges: Mapping[str, Range],
    sources: Mapping[str, str],
    pairs: Sequence[tuple[str, str, float]],
) -> Scenario:
    """The scenario with these ranges of fitted beliefs, where each comes from, and their rank correlations."""
    notes = {
        name: "\n".join(filter(None, (f"{OWN_DATA}{source}", scenario.notes.get(name))))
        for name, source in sources.items()
    }
    changed = scenario.changed(
        assumptions={**scenario.assumptions, **{name: item.likely for name, item in ranges.items()}},
        ranges={**scenario.ranges, **ranges},
        notes={**scenario.notes, **notes},
    )
    return _correlated(changed, list(pairs))


def _pairs(posterior: Posterior, told: Mapping[str, Range]) -> list[tuple[str, str, float]]:
    """The rank correlations of pairs of which one at least is told."""
    matrix = posterior.rank_correlations
    return [
        (one, other, round(float(matrix[row, column]), 2))
        for (row, one), (column, other) in combinations(enumerate(posterior.names), 2)
        if {one, other} & told.keys() and abs(matrix[row, column]) >= _WEAKEST
    ]


def _correlated(scenario: Scenario, pairs: list[tuple[str, str, float]]) -> Scenario:
    """The scenario with these correlations in place of its own between the fitted beliefs.

    Beside others that a person gave they may contradict each other by a little: they are weakened until they do not.
    """
    others = [pair for pair in scenario.correlations if not {*pair[:2]} <= {*FITTED}]
    while True:
        changed = scenario.changed(correlations=(*others, *pairs))
        try:
            correlation_root(changed)
        except ScenarioError:
            pairs = [(one, other, round(strength * _WEAKENED, 4)) for one, other, strength in pairs]
        else:
            return changed
