"""The plans that a counter-offer is chosen from: parts of what was asked for, all on the same draws.

They are the same whatever the terms, so that wider terms never give a worse answer. Between a few shares that are
worked out, figures are interpolated draw by draw; between the two team sizes they are straight lines, as every line
that the team enters is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from model.assumptions import MEASURES, Value
from model.choice.counter.terms import TERMS, excess
from model.choice.reruns import Reruns
from model.finance import payback_each
from model.formula import Array
from model.metrics import METRICS
from model.projection import inputs_of, lines_behind, run
from model.reading.faults import Fault, ScenarioError
from model.scenario import Scenario
from model.uncertainty.sampling import draws

SEARCH_DRAWS = 512
# Years of the rise that are tried beside those asked for.
PACES = (0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0)
# Parts of the training asked for.
_PARTS = (0.0, 0.25, 0.5, 1.0)
_NODES, _MOST_SHARES, _MOST_TEAMS = 6, 120, 5
_STEPS = (0.001, 0.0025, 0.005, 0.01)
_LEVERS = frozenset({"social_share_target", "ramp_years", "team_target", "training_hours", *MEASURES})
_NEEDED = frozenset({"npv", "yearly_commitment"}), frozenset({"net_cash", "new_money"})
_FIGURES = ("mean", "odds", "payback", "people", "yearly", "new_money")


@dataclass(frozen=True)
class Plan:
    """A plan of the catalogue: where it stands there, and the decisions that it sets."""

    place: int
    values: Mapping[str, Value]


class Catalogue:
    """All plans with their figures, each an array of one value a plan; see `Deal` for what they are."""

    def __init__(self, scenario: Scenario, people: float | None, seed: int) -> None:
        if scenario.values["ramp_shape"] == "custom":
            mend = "is custom, which leaves no target to give a part of; choose another shape"
            raise ScenarioError([Fault("ramp_shape", mend)])
        _, drawn = next(draws(scenario, SEARCH_DRAWS, seed))
        start, target = (scenario.number(f"social_share_{end}") for end in ("start", "target"))
        self._scenario = scenario
        self._runs = Reruns(run(inputs_of(scenario) | dict(drawn)), _LEVERS, lines_behind(*_NEEDED))
        self._nodes = _lobatto(start, target)
        self._shares = _shares(start, target)
        self._ends = tuple(sorted({scenario.number("team_start"), scenario.number("team_target")}))
        self._teams = _teams(self._ends, people)
        self._weights = _lagrange(self._nodes, self._shares), _lagrange(self._ends, self._teams)
        self._columns = tuple(self._settings())
        parts = [self._column(setting) for setting in self._columns]
        self.figures = {name: np.concatenate([part[name] for part in parts]) for name in _FIGURES}

    @property
    def size(self) -> int:
        """How many plans there are."""
        return int(self.figures["mean"].size)

    def plan(self, place: int) -> Plan:
        """The plan at a place."""
        column, rest = divmod(place, len(self._shares) * len(self._teams))
        share, team = divmod(rest, len(self._teams))
        values: dict[str, Value] = {
            **{name: bool(value) if name in MEASURES else value for name, value in self._columns[column].items()},
            "social_share_target": float(self._shares[share]),
            "team_target": float(self._teams[team]),
        }
        return Plan(place, values)

    def kept(self, terms: Mapping[str, float]) -> npt.NDArray[np.bool_]:
        """Which plans keep all of the terms."""
        within = np.ones(self.size, dtype=bool)
        for name, allowed in terms.items():
            within &= self.over(name, allowed) == 0
        return within

    def over(self, name: str, allowed: float) -> Array:
        """By how much each plan passes a term; see `excess`."""
        used = self.figures[name]
        values, places = np.unique(used, return_inverse=True)
        found: Array = np.array([excess(name, allowed, float(value)) for value in values])[places]
        return found

    def best(self, terms: Mapping[str, float]) -> int | None:
        """The place of the plan with the highest mean that keeps the terms; None where none does."""
        within = self.kept(terms)
        return int(np.argmax(np.where(within, self.figures["mean"], -np.inf))) if within.any() else None

    def nearest(self, terms: Mapping[str, float]) -> int:
        """The place of the plan that passes the terms least, each relative to its size; of several the best."""
        total = np.zeros(self.size)
        for name, allowed in terms.items():
            # Never coming back is worse than coming back late, but not beyond all.
            over = np.minimum(self.over(name, allowed), TERMS[name].most)
            total += over / max(abs(allowed), TERMS[name].step or 1.0)
        least = total <= total.min() * (1 + 1e-9)
        return int(np.argmax(np.where(least, self.figures["mean"], -np.inf)))

    def _settings(self) -> Iterator[dict[str, float]]:
        """Pace, hours and measures of every column; what was not asked for is in none."""
        asked = self._scenario
        own = asked.number("ramp_years")
        paces = sorted({*PACES, own}) if asked.values["ramp_shape"] != "immediate" else [own]
        hours = asked.number("training_hours") if asked.values["training_programme"] else 0.0
        taken = sorted({round(part * hours, 2) for part in _PARTS})
        switches = [name for name in MEASURES if name != "training_programme"]
        choices = [(False, True) if asked.values[name] else (False,) for name in switches]
        for pace, time, *on in product(paces, taken, *choices):
            others = {name: float(one) for name, one in zip(switches, on, strict=True)}
            yield {"ramp_years": pace, "training_hours": time, "training_programme": float(time > 0)} | others

    def _column(self, setting: Mapping[str, float]) -> dict[str, Array]:
        """The figures of all shares and team sizes at one setting of the rest."""
        known = [
            self._runs.rerun({**setting, "social_share_target": share, "team_target": team})
            for share, team in product(self._nodes, self._ends)
        ]
        npv = self._between(np.array([METRICS["npv"].compute(one)[:, 0] for one in known]))
        cash = self._between(np.array([np.mean(one["net_cash"], axis=0) for one in known]))
        spent = np.array([[METRICS["yearly_commitment"].compute(one).mean(), one["new_money"].sum(axis=1).mean()]
                          for one in known])  # fmt: skip
        yearly, new = self._between(spent).T
        return {
            "mean": npv.mean(axis=1),
            "odds": np.mean(npv > 0, axis=1),
            "payback": payback(np.cumsum(cash, axis=1)),
            "people": np.tile(self._teams, len(self._shares)),
            "yearly": yearly,
            "new_money": new,
        }

    def _between(self, at_nodes: Array) -> Array:
        """Values `(nodes · ends, …)` at all shares and team sizes, `(shares · teams, …)`."""
        by_share, by_team = self._weights
        shaped = at_nodes.reshape(len(self._nodes), len(self._ends), -1)
        found = np.einsum("gn,he,nek->ghk", by_share, by_team, shaped, optimize=True)
        return np.asarray(found.reshape(len(self._shares) * len(self._teams), -1), dtype=float)


def payback(cumulative: Array) -> Array:
    """The month from which cumulative cash `(…, T)` stays at or above zero; infinite where it ends below."""
    month = payback_each(cumulative)[:, 0]
    return np.where(np.isnan(month) | (cumulative[:, -1] < 0), np.inf, month)


def _lobatto(one: float, other: float) -> tuple[float, ...]:
    """Shares that are worked out: dense at both ends, so that a curve through them swings nowhere."""
    if one == other:
        return (one,)
    inner = np.cos(np.pi * np.arange(_NODES) / (_NODES - 1))
    return tuple(map(float, (one + other) / 2 - (other - one) / 2 * inner))


def _shares(one: float, other: float) -> Array:
    """Shares from today's to the one asked for, in steps that a person would say; both ends among them."""
    low, high = min(one, other), max(one, other)
    step = next((step for step in _STEPS if (high - low) / step <= _MOST_SHARES), _STEPS[-1])
    inner = np.round(np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step, 6)
    return np.unique(np.clip(np.concatenate([[low], inner, [high]]), low, high))


def _teams(ends: Sequence[float], people: float | None) -> Array:
    """Team sizes between today's and the one asked for: whole people, or few with those the term speaks of."""
    low, high = ends[0], ends[-1]
    whole = np.arange(np.ceil(low), np.floor(high) + 1)
    if whole.size > _MOST_TEAMS:
        spoken = [] if people is None else [np.floor(people), np.floor(people) + 1]
        whole = np.clip(np.array(spoken), low, high)
    return np.unique(np.concatenate([[low], whole, [high]]))


def _lagrange(nodes: Sequence[float], points: Array) -> Array:
    """The weights `(points, nodes)` by which values at nodes make the polynomial through them at each point."""
    at = np.array(nodes)
    weights = np.ones((len(points), len(at)))
    for place, node in enumerate(at):
        for other in np.delete(at, place):
            weights[:, place] *= (points - other) / (node - other)
    return weights
