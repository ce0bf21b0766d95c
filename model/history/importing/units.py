"""In what amounts are written: thousands and millions as headings and cells name them, and their currency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from model.formula import Array

_SIGNS = "€$£"
_CODES = "eur|usd|gbp|chf|dkk|sek|nok|pln|cad|aud"
_CURRENCY = re.compile(rf"(?<![a-z])(?:[kmt])?({_CODES})(?![a-z])|([{_SIGNS}])", re.IGNORECASE)
_OF_SIGNS = {"€": "eur", "$": "usd", "£": "gbp"}
# Words for a thousand and a million in the languages of finance departments, and letters beside a currency.
_THOUSAND = (
    r"thousands?|tsd\.?|tausend|tusinde?|tusen|duizend|milliers|migliaia|miles de|tkr|t\.?\s?kr\.?|"
    rf"[kt]\s?(?:[{_SIGNS}]|(?:{_CODES})\b)|(?:[{_SIGNS}]|\b(?:{_CODES})|\bkr)\s?k\b|\(k\)"
)
# Zeros stand for thousands in a name only.
_ZEROS = r"(?:in |i |x ?|× ?|\* ?)1[.,' ]?000|(?<![\d.,])['’]?000s?(?!\d)"
_MILLION = (
    r"millions?|mio\.?|mln\.?|mn|mill\.|millionen|millioner|miljoner|miljoen|milioni|millones|mkr|"
    rf"m\s?(?:[{_SIGNS}]|(?:{_CODES})\b)|(?:[{_SIGNS}]|\b(?:{_CODES})|\bkr)\s?m\b"
)
_BILLION = "bn|mrd\\.?|milliarden?|milliarder|billions?"


def _alone(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])", re.IGNORECASE)


_SCALES = tuple((_alone(words), factor) for words, factor in ((f"{_THOUSAND}|{_ZEROS}", 1e3), (_MILLION, 1e6)))
_OF_CELLS = (
    *((_alone(f"{words}|(?<=\\d)\\s?{letter}"), factor)
      for words, letter, factor in ((_THOUSAND, "k", 1e3), (_MILLION, "m", 1e6))),
    (_alone(_BILLION), 1e9),
)  # fmt: skip
# What makes of such a word above a heading a statement about the amounts below it.
_STATES = re.compile(r"\b(?:in|i|en)\s+(?:\w{1,3}\s+)?$|[(\[]\s*$", re.IGNORECASE)
_BESIDE = 5
_WORDS = {1e3: "thousands", 1e6: "millions"}
_LONGEST = 300
# What all spend may be beside revenue before units are doubted: less than a small part, or more than all of it.
_LEAST_SPEND, _MOST_SPEND = 0.0005, 1.0


@dataclass(frozen=True)
class Multiple:
    """What amounts are to be multiplied by, and what said so."""

    factor: float
    source: str

    @property
    def words(self) -> str:
        """As a person calls it."""
        return _WORDS[self.factor]


def scale_of(name: str) -> Multiple | None:
    """The scale that a column's name tells: thousands of "Revenue (k€)"."""
    found = _found(name)
    return Multiple(found[1], name) if found else None


def scale_above(titles: Iterable[str]) -> Multiple | None:
    """The scale that a text above the heading states of all amounts: "in TEUR", "(in thousands)"."""
    for title in titles:
        found = _found(title)
        if found and _states(title, found[0].start(), found[0].end()):
            return Multiple(found[1], title)
    return None


def _states(title: str, start: int, end: int) -> bool:
    """Whether a word in a title states in what amounts are: after "in", in brackets, beside a currency, or alone."""
    beside = title[max(0, start - _BESIDE) : end + _BESIDE]
    alone = title.strip() == title[start:end]
    return alone or bool(_STATES.search(title[:start]) or _CURRENCY.search(beside))


def _found(text: str) -> tuple[re.Match[str], float] | None:
    for pattern, factor in _SCALES if len(text) <= _LONGEST else ():
        if match := pattern.search(text):
            return match, factor
    return None


def without_scale(cell: str) -> tuple[str, float]:
    """A cell without the word for a power of ten in it, and that power: "1.2 Mio. €" is "1.2 €" millions."""
    for pattern, factor in _OF_CELLS:
        rest, count = pattern.subn(lambda found: _kept(found[0]), cell, count=1)
        if count:
            return rest, factor
    return cell, 1.0


def _kept(words: str) -> str:
    """What of a word for a power of ten is a currency."""
    found = _CURRENCY.search(words)
    return f" {found[1] or found[2]} " if found else " "


def currencies(names: Sequence[str]) -> list[str]:
    """The currencies that names of columns tell, by their codes."""
    found = (match for name in names for match in _CURRENCY.finditer(name[:_LONGEST]))
    return sorted({(match[1] or _OF_SIGNS[match[2]]).upper() for match in found})


def doubts(revenue: Array, spend: Array) -> str:
    """Why revenue and all spend may be in different units, in a sentence; empty where they may not."""
    earned, spent = float(revenue.mean()), float(spend.mean())
    if spent <= 0 or _LEAST_SPEND * earned <= spent <= _MOST_SPEND * earned:
        return ""
    beside = f"{spent / earned:,.1f} times" if spent > earned > 0 else "more than" if spent > earned else "less than"
    part = f"{beside} revenue" if spent > earned else f"{spent / earned:.3%} of revenue"
    return (
        f"spend is {part}, as where one of them is in thousands: check that both are in the same money, and name "
        "the unit in the heading, such as “Revenue (k€)”"
    )
