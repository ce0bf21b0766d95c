"""Whether the actuals are what the plan's model and its noise lead one to expect: checks of a misspecified world.

Where the forecasts are honest, the places of the actuals in them are independent and even (Dawid 1984; Diebold,
Gunther and Tay 1998); each check holds their normal deviates against one way in which they could not be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from model.formula import Array
from model.history.checks import Diagnostic, Trust
from model.track.forecasts import HELD, Forecast
from model.track.measures import MEASURES

# Odds of an alarm where there is nothing, for each check.
_SIGNIFICANCE = 0.01
# The fewest actuals of a measure that tell whether they stay on one side, or follow each other.
FEWEST = 6
_AS_DECLARED, _OVERSTATED = "as declared", "is overstated, and bands are wider than they need be"


def checks(made: Sequence[Forecast]) -> tuple[Diagnostic, ...]:
    """Every check of the actuals so far; none where there are none."""
    if not made:
        return ()
    rows = [(name, _deviates(made, name)) for name in MEASURES]
    rows = [(name, found) for name, found in rows if len(found)]
    every = np.concatenate([found for _, found in rows])
    return (
        _held(made),
        _check("level", _worst(rows, _level), "stay on one side of what was forecast: its level has shifted"),
        _spread(every),
        _check("tails", {"all": _furthest(every)}, "lie further out than a normal error goes: tails are fat"),
        _check("memory", _worst(rows, _memory), "follow each other: a departure goes on for longer than declared"),
    )  # fmt: skip


def fails(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The checks that say that the world is another."""
    return tuple(item for item in found if item.trust is Trust.NO)


def _deviates(made: Sequence[Forecast], measure: str) -> Array:
    return np.array([item.deviate for item in made if item.actual.measure == measure])


def _worst(rows: Iterable[tuple[str, Array]], odds: Callable[[Array], float]) -> dict[str, float]:
    return {name: odds(found) for name, found in rows if len(found) >= FEWEST}


def _check(name: str, odds: dict[str, float], wrong: str) -> Diagnostic:
    """A check by the odds of chance, each measure's with room for the others (Bonferroni)."""
    if not odds:
        return Diagnostic(name, Trust.YES, f"fewer than {FEWEST} actuals of each measure: nothing can be told", {})
    worst = min(odds, key=lambda key: odds[key])
    chance = min(1.0, odds[worst] * len(odds))
    label = "The actuals" if worst == "all" else f"The actuals of {MEASURES[worst].label.lower()}"
    if chance >= _SIGNIFICANCE:
        return Diagnostic(name, Trust.YES, _AS_DECLARED, {"chance": chance})
    return Diagnostic(name, Trust.NO, f"{label} {wrong}", {"chance": chance})


def _held(made: Sequence[Forecast]) -> Diagnostic:
    """Whether as many actuals lay within their bands as should, by the binomial distribution."""
    from scipy.special import bdtr, bdtrc

    count, held = len(made), sum(item.held for item in made)
    few, many = float(bdtr(held, count, HELD)), float(bdtrc(held - 1, count, HELD)) if held else 1.0
    chance = min(1.0, 2 * min(few, many))
    figures = {"chance": chance, "held": held / count}
    if chance >= _SIGNIFICANCE:
        return Diagnostic("held", Trust.YES, _AS_DECLARED, figures)
    if few < many:
        return Diagnostic("held", Trust.NO, "The actuals leave their bands too often", figures)
    return Diagnostic(
        "held", Trust.CARE, f"The actuals leave their bands too seldom: the noise {_OVERSTATED}", figures
    )


def _two_sided(deviate: float) -> float:
    from scipy.special import ndtr

    return float(2 * ndtr(-abs(deviate)))


def _level(found: Array) -> float:
    return _two_sided(found.mean() * np.sqrt(len(found)))


def _spread(found: Array) -> Diagnostic:
    """Whether they scatter as declared, by the chi-square distribution."""
    from scipy.special import chdtr, chdtrc

    total, count = float(found @ found), len(found)
    less, more = float(chdtr(count, total)), float(chdtrc(count, total))
    figures = {"chance": min(1.0, 2 * min(less, more))}
    if figures["chance"] >= _SIGNIFICANCE:
        return Diagnostic("spread", Trust.YES, _AS_DECLARED, figures)
    if more < less:
        return Diagnostic("spread", Trust.NO, "The actuals scatter more than the declared noise", figures)
    return Diagnostic(
        "spread", Trust.CARE, f"The actuals scatter less than declared: the noise {_OVERSTATED}", figures
    )


def _furthest(found: Array) -> float:
    """The odds that the furthest of so many independent deviates lies so far out."""
    from scipy.special import ndtr

    return float(-np.expm1(len(found) * np.log1p(-2 * ndtr(-np.abs(found).max()))))


def _memory(found: Array) -> float:
    """The odds of so strong a correlation of neighbours, each of mean 0 and variance 1 as declared."""
    products = found[:-1] * found[1:]
    return _two_sided(products.sum() / np.sqrt(len(products)))
