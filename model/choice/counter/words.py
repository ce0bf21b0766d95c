"""The counter-offer in words: the answer, what it gives up, what each limit costs, and where holding is better."""

from __future__ import annotations

import math
from collections.abc import Iterator

from model.assumptions import MEASURES
from model.choice.counter.catalogue import PACES
from model.choice.counter.offer import Counteroffer, Price
from model.choice.counter.terms import TERMS, Deal, excess
from model.scenario import Scenario
from model.units import MONEY, RATIO, SHARE, Format, Style

_CALLED = {"training_programme": "training", "strategic_partner": "partner", "leadership_seat": "leadership seat"}


def counter_in_words(found: Counteroffer) -> tuple[str, ...]:
    """The answer first, then what it gives up, and each limit."""
    if not found.fits:
        return (_unmet(found), _offer(found, "The plan that comes nearest"))
    limits = (price_in_words(one, found.scenario.format) for one in found.prices)
    if not found.worth_doing:
        told = "Nothing inside these limits is worth more than holding: holding is better."
        return (told, _offer(found, "The best of it"), *limits)
    within = "Best part of the ask inside these limits" if found.prices else "Best part of the ask"
    return (_offer(found, within), _gives_up(found), *limits, *_not_worth_doing(found))


def _offer(found: Counteroffer, named: str) -> str:
    text, deal = found.scenario.format, found.offered
    worth = text.rounded(deal.mean, MONEY, deal.error)
    return (
        f"{named}: {decided(found.scenario)}. Worth {worth} on average, a gain in {_cases(deal, text)} of 100 cases."
    )


def decided(scenario: Scenario) -> str:
    """What a plan decides: "15.1 % social in 3 months, no training, 4 people"."""
    text = scenario.format
    share, start = scenario.stated("social_share_target"), scenario.number("social_share_start")
    if scenario.number("social_share_target") == start:
        parts = [f"social held at {share}"]
    elif scenario.values["ramp_shape"] == "immediate":
        parts = [f"{share} social at once"]
    else:
        parts = [f"{share} social in {_length(scenario.number('ramp_years'), text)}"]
    hours = scenario.number("training_hours") if scenario.values["training_programme"] else 0.0
    parts.append(f"{text.plain(hours, RATIO)} hours of training a head a year" if hours else "no training")
    parts += [_CALLED[name] for name in MEASURES if name != "training_programme" and scenario.values[name]]
    people = max(scenario.number("team_start"), scenario.number("team_target"))
    return ", ".join([*parts, f"{text.plain(people, RATIO)} people"])


def _length(years: float, text: Format) -> str:
    """How long a rise takes, below a year in months: "3 months", "2 years"."""
    number, unit = (round(12 * years, 2), "month") if years < 1 else (years, "year")
    return f"{text.plain(number, RATIO)} {unit}{'' if number == 1 else 's'}"


def _cases(deal: Deal, text: Format) -> str:
    return text.number(100 * deal.odds, 0)


def _gives_up(found: Counteroffer) -> str:
    """The ask beside the offer."""
    text, gone, error = found.scenario.format, found.gives_up, found.gives_up_error
    worth = text.rounded(found.asked.mean, MONEY, found.asked.error)
    ask = f"The ask ({decided(found.ask)}) is worth {worth}, a gain in {_cases(found.asked, text)} of 100 cases"
    if not found.told_apart:
        return f"{ask}: neither is worth more, as far as the draws can tell."
    less = "gives up" if gone > 0 else "is worth more by"
    return f"{ask}: the offer {less} {text.rounded(abs(gone), MONEY, error)} {text.within(error, MONEY)}."


def price_in_words(price: Price, text: Format) -> str:
    """A limit, what is used of it, and what it costs."""
    kind = TERMS[price.name]
    told = f"{kind.label} {shown(price.name, price.allowed, text)}: {_used(price, text)}"
    if not price.binding:
        return f"{told}; it costs nothing."
    whole = text.rounded(price.dropped, MONEY)
    wider = f"{text.rounded(price.worth, MONEY)} at {shown(price.name, price.relaxed, text)}"
    return f"{told}; binding: it costs {whole}, of which one step wider gives back {wider}."


def _used(price: Price, text: Format) -> str:
    if price.name == "payback":
        late = "never paid back" if math.isinf(price.used) else f"paid back in month {price.used:.0f}"
        return late if price.used else "paid back from the start"
    return f"{shown(price.name, price.used, text)} {'reached' if TERMS[price.name].lowest else 'used'}"


def shown(name: str, value: float, text: Format) -> str:
    """A figure that a term looks at."""
    if math.isinf(value):
        return "never"
    kind = TERMS[name]
    if kind.unit is SHARE:
        return f"{text.number(100 * value, 0)} in 100"
    if kind.unit.style is Style.MONEY:
        return f"{text.rounded(value, MONEY)} {kind.unit.per}".rstrip()
    return text.plain(value, RATIO)


def _not_worth_doing(found: Counteroffer) -> Iterator[str]:
    """How strict a single limit may become, and the return below which holding is better."""
    text = found.scenario.format
    edges = [
        f"{'above' if TERMS[one.name].lowest else 'below'} {shown(one.name, one.edge, text)} "
        f"({TERMS[one.name].label[0].lower()}{TERMS[one.name].label[1:]})"
        for one in found.prices
        if one.edge is not None
    ]
    if found.scenario.number("ramp_years") == PACES[0] and found.scenario.values["ramp_shape"] != "immediate":
        yield "The fastest rise is best only because moving money has no friction in the model."
    if edges:
        yield f"Nothing is worth doing any more, the other limits as they are, {'; '.join(edges)}."
    if found.break_even is not None:
        assumed = found.scenario.stated("social_relative_return")
        at = text.rounded(found.break_even, RATIO)
        yield (
            f"Holding is better where a unit moved to social returns less than {at} times what it returns "
            f"elsewhere; assumed {assumed}."
        )


def _unmet(found: Counteroffer) -> str:
    """Which limits nothing keeps."""
    text, allowed = found.scenario.format, {one.name: one.allowed for one in found.prices}
    named = [f"{TERMS[name].label.lower()} {shown(name, allowed[name], text)}" for name in found.ruled_out_by]
    if len(named) == 1:
        told = f"No part of the ask keeps this limit: {named[0]}."
    else:
        told = f"No part of the ask keeps these limits together: {'; '.join(named)}."
    missed = [one for one in found.prices if excess(one.name, one.allowed, one.used)]
    others = [f"{TERMS[one.name].label.lower()} {shown(one.name, one.allowed, text)}"
              for one in missed if one.name not in found.ruled_out_by]  # fmt: skip
    return f"{told} The plan that comes nearest passes others too: {'; '.join(others)}." if others else told
