"""Columns that are the sum of others: what is spent counts once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from model.formula import Array
from model.history.importing.columns import Columns

# Sums are rounded to the cent or the unit, and a cell or two may be corrected by hand.
_ROUNDED, _MOST_ROWS = 1e-3, 0.95


def without_totals(
    found: Columns, amounts: Mapping[str, Array], guessed: Sequence[str]
) -> tuple[Columns, list[str]]:
    """The columns without those guessed to be spend that are sums of other spend, and what is told of each.

    `amounts` are the columns' numbers by name, `guessed` the roles that no person named columns for.
    """
    told = []
    for name in [name for role in guessed for name in getattr(found, role)]:
        if parts := next(_parts(name, found, amounts), ()):
            social, other = (tuple(one for one in names if one != name) for names in (found.social, found.other))
            found = replace(found, social=social, other=other, unused=(*found.unused, name))
            told.append(f"{name} is not used: it is the sum of {', '.join(parts)}")
    return found, told


def _parts(name: str, found: Columns, amounts: Mapping[str, Array]) -> Iterator[tuple[str, ...]]:
    """Columns of spend, two at least, of which one is the sum: those of social, of other marketing, or all."""
    whole = amounts[name]
    for group in (found.social, found.other, (*found.social, *found.other)):
        parts = tuple(other for other in group if other != name)
        summed = sum((amounts[other] for other in parts), np.zeros(len(whole)))
        same = np.abs(summed - whole) <= _ROUNDED * np.abs(whole)
        if len(parts) > 1 and np.any(whole) and np.mean(same) >= _MOST_ROWS:
            yield parts
