"""What a comparison says in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model.projection import Projection
from model.scenario import Scenario
from model.telling.caveats import at_foreign_prices, caveats, is_defensible
from model.telling.comparison import RESULT, best_of, differing_beliefs, odds_between, reservations
from model.uncertainty.simulation import Simulation
from model.units import DEFAULT_CURRENCY, LEAST_MONEY, MONEY
from report.material import Material
from report.words.narrative import answer
from report.words.odds import odds_in_100
from report.words.stamp import shortened, told_apart

_NAME = 30


def comparison_message(everything: Sequence[Projection]) -> str:
    """Which scenario is worth most, of those that can be defended; none where they count different things."""
    best = best_of(everything)
    sound = [item for item in everything if is_defensible(item.scenario)]
    if not sound:
        return f"{len(everything)} scenarios side by side, none of which can be defended"
    if best is None:
        return f"{len(everything)} scenarios side by side; they differ in {_what_differs(everything)}"
    among = "" if len(sound) == len(everything) else " of those that can be defended"
    worth = best.scenario.format.signed(_worth(best), MONEY)
    reserve = f", with amounts still in {DEFAULT_CURRENCY}" if at_foreign_prices(best.scenario) else ""
    return f"{_leader(best, sound)}{among}: {worth}{reserve}"


def _what_differs(everything: Sequence[Projection]) -> str:
    """What keeps values from being compared: the currency, the horizon or both."""
    counts = {
        "currency": len({item.scenario.currency for item in everything}),
        "horizon": len({item.scenario.horizon_years for item in everything}),
    }
    return " and ".join(kind for kind, count in counts.items() if count > 1)


def _leader(best: Projection, sound: Sequence[Projection]) -> str:
    """Who is worth most, as the beginning of a sentence; what differs by less than a table shows is alike."""
    alike = [item for item in sound if _worth(best) - _worth(item) < LEAST_MONEY]
    if len(alike) == 1:
        verdict = "loses least" if _worth(best) < 0 else "is worth most"
        return f"“{shortened(best.scenario.name, _NAME)}” {verdict}"
    if len(alike) == len(sound):
        return f"All {len(sound)} are worth the same"
    return f"{len(alike)} are worth alike, and most"


def _worth(projection: Projection) -> float:
    return projection.metrics[RESULT] or 0.0


def others_in_words(materials: Sequence[Material]) -> tuple[str, ...]:
    """Paragraphs on what the text of the first scenario leaves out: the others, and how they compare with it."""
    scenarios = [one.scenario for one in materials]
    first, *others = (f"“{name}” [{one.hash}]" for name, one in zip(told_apart(scenarios), scenarios, strict=True))
    told = (
        " ".join((f"{name}: {answer(one.projection, today=one.today).sentence}", *caveats(one.projection)))
        for name, one in zip(others, materials[1:], strict=True)
    )
    return (
        f"Proposed is {first}: what is said elsewhere in this text is about it alone.",
        *told,
        f"{comparison_message([one.projection for one in materials])}.",
        *beats_in_words([one.simulation for one in materials if one.simulation]),
        *reservations(scenarios),
    )


def beats_in_words(simulations: Sequence[Simulation]) -> tuple[str, ...]:
    """For each scenario but the first, the odds that it is worth more than the first, where they mean anything."""
    if not simulations:
        return ()
    first, *others = simulations
    named, *names = told_apart([simulation.scenario for simulation in simulations])
    found = []
    for name, other in zip(names, others, strict=True):
        odds = odds_between(other, first)
        if odds is not None:
            reserve = _reserve({name: other.scenario, named: first.scenario})
            found.append(f"{odds_in_100(odds)} that “{name}” is worth more than “{named}”{reserve}.")
    return tuple(found)


def _reserve(pair: Mapping[str, Scenario]) -> str:
    """What to say beside odds between two that believe different things, or one goes beyond its evidence."""
    said = ", each in the world as it believes it to be" if differing_beliefs([*pair.values()]) else ""
    beyond = [f"“{name}”" for name, scenario in pair.items() if not is_defensible(scenario)]
    return f"{said}, but {' and '.join(beyond)} cannot be defended" if beyond else said
