"""The counter-offer: found in the catalogue, judged on fresh draws, with the price of every term."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.choice.counter.catalogue import Catalogue, payback
from model.choice.counter.terms import TERMS, Deal, Terms, excess, relaxed
from model.projection import project
from model.reading.faults import Fault, ScenarioError
from model.scenario import Scenario
from model.uncertainty.sampling import DEFAULT_DRAWS, DEFAULT_SEED, MAX_SEED, check_size
from model.uncertainty.simulation import Simulation, simulate
from model.uncertainty.summaries import standard_error
from model.units import LEAST_MONEY

# How often a term that fresh draws break is held more strictly, by how much of what broke it, before it counts as
# one that cannot be kept.
_TRIES, _CAUTION = 6, 1.25


@dataclass(frozen=True)
class Price:
    """One term: what it allows, what the offer uses, and what it costs, as mean net present values.

    `relaxed` is the term one unit wider and `worth` what the best plan gains by that, by solving again; `dropped`
    what it gains without the term. It binds where that is anything. `edge` is the strictest that the term could be,
    all others as they are, for a plan worth doing to be left; None where there is none in any case, or always one.
    """

    name: str
    allowed: float
    used: float
    relaxed: float
    worth: float
    dropped: float
    edge: float | None

    @property
    def binding(self) -> bool:
        """Whether a better plan would break it, and it alone."""
        return self.dropped >= LEAST_MONEY


@dataclass(frozen=True)
class Counteroffer:
    """What finance could be offered beside the ask; both judged on the same fresh draws.

    `scenario` is the offer, or the nearest plan where nothing fits. `gives_up` is by how much its mean net present
    value is below the ask's, with its sampling error: negative where it is the better plan. `ruled_out_by` names the
    terms that no plan keeps: each alone where one alone does it, else all of which dropping one would help. `plans`
    is how many were looked at, `break_even` the relative return below which the offer is worth less than holding.
    """

    ask: Scenario
    scenario: Scenario
    asked: Deal
    offered: Deal
    gives_up: float
    gives_up_error: float
    prices: tuple[Price, ...]
    fits: bool
    ruled_out_by: tuple[str, ...]
    plans: int
    break_even: float | None
    draws: int
    seed: int

    @property
    def told_apart(self) -> bool:
        """Whether ask and offer differ in worth by more than two standard errors: by what the draws can tell."""
        return abs(self.gives_up) > 2 * self.gives_up_error

    @property
    def worth_doing(self) -> bool:
        """Whether something fits that is worth more than holding, on average."""
        return self.fits and self.offered.mean >= LEAST_MONEY


def counter(scenario: Scenario, terms: Terms, count: int = DEFAULT_DRAWS, seed: int = DEFAULT_SEED) -> Counteroffer:
    """The part of what a scenario asks for that is worth most and keeps the terms, on fresh draws.

    Share, people, training and measures are at most those asked for; the pace of the rise is free. Where nothing
    fits, the plan that comes nearest. Raises ScenarioError for terms or draws that make no sense, for a custom path,
    and for terms that are kept on the draws searched, but not on fresh ones. Searched are draws of the next seed,
    so that what is told of the ask is what every other answer tells of it.
    """
    check_size(count, seed)
    given = terms.given
    known = Catalogue(scenario, given.get("people"), (seed + 1) % (MAX_SEED + 1))
    by = given.get("payback", 12.0 * scenario.horizon_years)
    held, place, fits = dict(given), known.best(given), True
    if place is None:
        place, fits = known.nearest(given), False
    for _ in range(_TRIES):
        offer = scenario.with_values(**known.plan(place).values)
        simulation = _simulated(offer, count, seed)
        offered = _deal(simulation, by)
        over = {
            name: past for name, asked in given.items() if (past := excess(name, asked, TERMS[name].used(offered)))
        }
        if not fits or not over:
            break
        held |= {name: _stricter(name, held[name], past) for name, past in over.items()}
        again = known.best(held)
        if again is None:
            raise ScenarioError(
                [Fault(", ".join(over), "kept on the draws searched, but not on fresh ones; loosen it")]
            )
        place = again
    else:
        raise ScenarioError(
            [Fault(", ".join(given), "kept on the draws searched, but not on fresh ones; loosen them")]
        )
    ask = _simulated(scenario, count, seed)
    gone = ask.metrics["npv"] - simulation.metrics["npv"]
    return Counteroffer(
        ask=scenario,
        scenario=offer,
        asked=(asked := _deal(ask, by)),
        offered=offered,
        gives_up=float(gone.mean()),
        gives_up_error=float(standard_error(gone)),
        prices=tuple(_price(known, held, given, name, offered, asked) for name in given),
        fits=fits,
        ruled_out_by=() if fits else _ruled_out(known, given),
        plans=known.size,
        break_even=project(offer).metrics["break_even_relative_return"],
        draws=count,
        seed=seed,
    )


def _stricter(name: str, allowed: float, past: float) -> float:
    way = 1.0 if TERMS[name].lowest else -1.0
    # Payback is infinite where the money never comes back: a month is then as much as can be asked.
    return allowed + way * _CAUTION * (past if np.isfinite(past) else 1.0)


def _price(
    known: Catalogue, held: Mapping[str, float], given: Mapping[str, float], name: str, offered: Deal, asked: Deal
) -> Price:
    """What a term costs: the best plans of the catalogue with it, with it a unit wider, and without it."""
    wider = relaxed(name, given[name], TERMS[name].used(asked))
    others = {other: allowed for other, allowed in held.items() if other != name}
    base = _best_mean(known, held)
    return Price(
        name=name,
        allowed=given[name],
        used=TERMS[name].used(offered),
        relaxed=wider,
        # As much wider as asked, from where fresh draws had it held.
        worth=_best_mean(known, others | {name: held[name] + wider - given[name]}) - base,
        dropped=_best_mean(known, others) - base,
        edge=_edge(known, others, name),
    )


def _best_mean(known: Catalogue, terms: Mapping[str, float]) -> float:
    """The mean of the best plan within terms; holding's where none is, as holding is always open."""
    place = known.best(terms)
    return 0.0 if place is None else max(0.0, float(known.figures["mean"][place]))


def _edge(known: Catalogue, others: Mapping[str, float], name: str) -> float | None:
    """The strictest value of a term that leaves a plan worth doing; None where even the strictest of all does."""
    paying = known.kept(others) & (known.figures["mean"] >= LEAST_MONEY)
    used = known.figures[name][paying]
    used = used[np.isfinite(used)]
    if not used.size:
        return None
    edge = float(used.max() if TERMS[name].lowest else used.min())
    return edge if TERMS[name].lowest or edge > known.figures[name].min() else None


def _ruled_out(known: Catalogue, given: Mapping[str, float]) -> tuple[str, ...]:
    """The terms that no plan keeps."""
    alone = tuple(name for name, allowed in given.items() if not known.kept({name: allowed}).any())
    if alone:
        return alone
    helps = (name for name in given if known.kept({other: given[other] for other in given if other != name}).any())
    return tuple(helps) or tuple(given)


def _simulated(scenario: Scenario, count: int, seed: int) -> Simulation:
    only = ("npv", "payback_month", "yearly_commitment")
    return simulate(scenario, count, seed, lines=("net_cash", "new_money"), only=only)


def _deal(simulation: Simulation, by: float) -> Deal:
    """The figures of a simulated plan."""
    values, bands = simulation.metrics, simulation.bands
    scenario = simulation.scenario
    return Deal(
        mean=float(values["npv"].mean()),
        error=float(standard_error(values["npv"])),
        p10=float(np.quantile(values["npv"], 0.10)),
        odds=simulation.odds_of_gain,
        payback=float(payback(np.cumsum(bands["net_cash"][:1], axis=1))[0]),
        paid_back=float(np.mean(values["payback_month"] <= by)),
        people=max(scenario.number("team_start"), scenario.number("team_target")),
        yearly=float(values["yearly_commitment"].mean()),
        new_money=float(bands["new_money"][0].sum()),
    )
