"""What stands under every chart and in every document: which numbers these are, and whether they hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from model.projection import Projection
from model.reading.texts import as_shown, isolated, without_isolates
from model.scenario import Scenario
from model.telling.caveats import NOT_DEFENSIBLE, claim_in_words, is_defensible
from model.telling.measurement import Basis, valued_at

# What every file is about, and what made it.
ABOUT = "Social-media budget and return"
MADE_BY = "Budget and ROI projection for social media"

NAME_WIDTH = 40
# Of a name in the properties of a file, where nothing is cramped.
_WHOLE = 200
SEPARATOR = " · "

_JOINER = "\u200d"
_WIDEST = 2


@dataclass(frozen=True)
class Stamp:
    """One fact of the footer; an alarming one must stand out."""

    text: str
    alarming: bool = False


def stamps(projection: Projection, today: date | None = None) -> tuple[tuple[Stamp, ...], tuple[Stamp, ...]]:
    """The footer's two lines, fact by fact."""
    scenario = projection.scenario
    whose = (
        Stamp(shortened(scenario.name)),
        Stamp(scenario.hash),
        Stamp(scenario.format.day(today or date.today())),
        Stamp(years(scenario.horizon_years)),
        Stamp(_currency([scenario])),
    )
    method = (
        *_caveat(scenario),
        Stamp(_rate(scenario)),
        Stamp(_tax(scenario)),
        _checked(projection.sound),
    )
    return whose, method


def identity(scenario: Scenario, today: date) -> dict[str, str]:
    """What tells a file's numbers from all others, for its properties: fact by fact, the day as 2026-11-22."""
    return {
        "Scenario": shortened(scenario.name, _WHOLE),
        "Content hash": scenario.hash,
        "Made on": today.isoformat(),
        "Currency": scenario.currency,
        "Units": f"Amounts in {scenario.currency}; every other number with its unit beside it or in its heading",
    }


def listed(facts: Mapping[str, str]) -> str:
    """Facts as one line of a file's properties."""
    return "; ".join(f"{name}: {fact}" for name, fact in facts.items())


def in_one_line(projection: Projection, today: date) -> str:
    """What stands in the footers of charts, and the units, in one line."""
    facts = (stamp.text for line in stamps(projection, today) for stamp in line)
    return SEPARATOR.join((*facts, f"amounts in {projection.scenario.currency}, each other number with its unit"))


def shared_stamps(projections: Sequence[Projection], today: date | None = None) -> tuple[Stamp, ...]:
    """What the numbers of several scenarios have in common, fact by fact, and what they have not."""
    first = projections[0].scenario
    each = [one.scenario for one in projections]
    horizons, rates = {years(one.horizon_years) for one in each}, {_rate(one) for one in each}
    taxes = {_tax(one) for one in each}
    return (
        Stamp(first.format.day(today or date.today())),
        Stamp(_currency(each)),
        Stamp(horizons.pop() if len(horizons) == 1 else "horizons differ"),
        Stamp(rates.pop() if len(rates) == 1 else "discount rates differ"),
        Stamp(taxes.pop() if len(taxes) == 1 else "taxes differ"),
        _checked(all(one.sound for one in projections)),
    )


def years(count: int) -> str:
    """A horizon in words: "1 year", "5 years"."""
    return "1 year" if count == 1 else f"{count} years"


def shortened(name: str, width: int = NAME_WIDTH) -> str:
    """A name on one line, at most about `width` narrow letters wide, that cannot turn the text around it."""
    common = name.isascii() and name.isprintable()
    line = " ".join((name if common else as_shown(without_isolates(name))).split())
    if _WIDEST * len(line) > width and sum(map(_cells, line)) > width:
        line = _cut(line, width - 1) + "…"
    return line if common else isolated(line)


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction goes from right to left."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def told_apart(scenarios: Sequence[Scenario], width: int = NAME_WIDTH) -> tuple[str, ...]:
    """The scenarios' names, shortened; with their hash where two would read alike."""
    names = [shortened(scenario.name, width) for scenario in scenarios]
    return tuple(
        f"{name} ({scenario.hash})" if names.count(name) > 1 else name
        for name, scenario in zip(names, scenarios, strict=True)
    )


def _cut(line: str, width: int) -> str:
    """The start of a line, never ending in the middle of a joined sign."""
    widths = list(accumulate(map(_cells, line)))
    end = next(place for place, used in enumerate(widths) if used > width)
    while end and (_cells(line[end]) == 0 or line[end - 1] == _JOINER):
        end -= 1
    return line[:end].rstrip()


def _cells(sign: str) -> float:
    """Width of a sign in narrow letters: none for what joins its neighbour, two for ideographs and emoji."""
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    if unicodedata.east_asian_width(sign) in {"W", "F"}:
        return _WIDEST
    return 1.4 if sign.isupper() else 1


def _caveat(scenario: Scenario) -> tuple[Stamp, ...]:
    if is_defensible(scenario):
        return ()
    return (Stamp(f"{NOT_DEFENSIBLE}: {claim_in_words(scenario)}", alarming=True),)


def _checked(sound: bool) -> Stamp:
    return Stamp("model checks passed") if sound else Stamp("MODEL CHECK FAILED", alarming=True)


def _currency(scenarios: Sequence[Scenario]) -> str:
    currencies = {one.currency for one in scenarios}
    return f"in {currencies.pop()}" if len(currencies) == 1 else "currencies differ"


def _rate(scenario: Scenario) -> str:
    return f"{scenario.stated('discount_rate')} discount rate"


def _tax(scenario: Scenario) -> str:
    return f"after {scenario.stated('tax_rate')} tax" if scenario.number("tax_rate") else "pre-tax"


# On which basis amounts stand


def in_a_heading(basis: Basis, scenario: Scenario) -> str:
    """The basis with the period: "Present value at 10 % a year, before tax, over 5 years"."""
    words = f"{basis.words(scenario)}, over {years(scenario.horizon_years)}"
    return f"{words[0].upper()}{words[1:]}"


def in_full(basis: Basis, scenario: Scenario, today: date | None = None) -> str:
    """As in a heading, with what it is measured against and, for a present value, the day it is valued at.

    `today` dates a plan without a first month.
    """
    when = f", {valued_at(scenario, today)}" if basis.discounted else ""
    return f"{in_a_heading(basis, scenario)}, against holding{when}"


def all_amounts(basis: Basis, scenario: Scenario, today: date | None = None) -> str:
    """A section's first sentence, which says the basis of all its amounts once."""
    words = in_full(basis, scenario, today)
    plural = words.replace("Present value", "present values", 1).replace("Undiscounted", "undiscounted", 1)
    return f"All amounts of this section are {plural}."
