"""An allocation in words: what it gains, what more money would earn, and which limits bind."""

from __future__ import annotations

from collections.abc import Iterator

from model.portfolio.allocation.result import Allocation
from model.reading.texts import tellable
from model.units import MONEY, SHARE

_LONGEST, _MOST_NAMES = 300, 20


def split_in_words(allocation: Allocation) -> list[str]:
    """Sentences without full stops: the money, the gain, what binds, and where returns are not concave."""
    text, currency = allocation.portfolio.format, allocation.portfolio.currency
    budget, unspent, overstated = (
        text.rounded(value, MONEY) for value in (allocation.budget, allocation.unspent, allocation.overstated)
    )
    money = (
        f"Social budget over the plan {budget}, of which unspent {unspent}; one {currency} more earns "
        f"{text.number(allocation.price, 3)}"
    )
    gain = (
        f"Gain over today's split {text.signed(allocation.gain, MONEY, allocation.gain_error)} "
        f"{text.within(allocation.gain_error, MONEY)}, odds of being better "
        f"{text.exact(allocation.odds_better, SHARE)}; odds of a gain of the group "
        f"{text.exact(allocation.odds_of_gain, SHARE)}, today {text.exact(allocation.odds_today, SHARE)}: on "
        "fresh draws"
    )
    told = (*_failures(allocation), *_binding(allocation))
    lines = [money, gain, *(tellable(line, _LONGEST) for line in told)]
    gaps = [part.name for part in allocation.parts if part.gaps]
    if gaps:
        where = f"Returns are not concave everywhere in {', '.join(gaps[:_MOST_NAMES])}"
        lines.append(tellable(f"{where}: no split is better than this one by more than {overstated}", _LONGEST))
    return lines


def _failures(allocation: Allocation) -> Iterator[str]:
    if names := allocation.left_out:
        some = ", ".join(names[:_MOST_NAMES])
        told = f"Left out of the split, as they failed ({len(names)}), and kept as they are outside its budget"
        yield f"{told}: {some}"
    if names := allocation.not_judged:
        some = ", ".join(names[:_MOST_NAMES])
        yield f"Gain and odds leave out, as they failed on fresh draws ({len(names)}): {some}"


def _binding(allocation: Allocation) -> Iterator[str]:
    text = allocation.portfolio.format
    for limit in allocation.bindings:
        price = "" if limit.price is None else f": one unit more of it would earn {text.number(limit.price, 3)}"
        yield f"Binding: {limit.name}{price}"
    for side in ("most", "least"):
        names = [part.name for part in allocation.parts if part.bound == side]
        if names:
            yield f"Kept at their {side}: {', '.join(names)}"
