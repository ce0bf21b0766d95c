"""What charts and files of a group are made of, and its answer in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from model.portfolio.allocation.result import Allocation
from model.portfolio.business_unit import Portfolio
from model.portfolio.consolidated import Consolidated
from model.portfolio.rates import Rate
from model.projection import Projection
from model.scenario import Scenario
from model.units import MONEY, RATIO, SHARE, Format
from report.words.odds import cases_in_100, odds_in_100
from report.words.stamp import shortened

# So many do not fit in a line.
_MANY_RATES = 2


class Grouped(NamedTuple):
    """A group's results, and the best split of its budget where one was found.

    `projection` is of what the units have where their rows say nothing, under the group's name and in its currency.
    """

    group: Consolidated
    allocation: Allocation | None
    projection: Projection

    @property
    def text(self) -> Format:
        """How amounts of the group are written."""
        return self.group.portfolio.format

    @property
    def currency(self) -> str:
        """The group's currency."""
        return self.group.portfolio.currency


def defaults_of(portfolio: Portfolio, base: Scenario) -> Scenario:
    """What units have where their rows say nothing, under the group's name with its hash and in its currency."""
    return base.changed(
        name=f"{units_in_words(len(portfolio.units))}, {portfolio.hash}", currency=portfolio.currency
    )


def units_in_words(count: int) -> str:
    """So many units: "1 unit", "8 units"."""
    return f"{count} {'unit' if count == 1 else 'units'}"


def footer(of: Grouped, today: date | None = None) -> tuple[str, str]:
    """Which numbers these are, in two lines."""
    portfolio, how, text = of.group.portfolio, of.group.how, of.text
    rates = sorted({rate.words(of.currency) for rate in _rates(portfolio)})
    told = rates if len(rates) < _MANY_RATES else [f"{len(rates)} dated rates"]
    when = text.day(today or date.today())
    return (
        f"{units_in_words(len(of.group.outcomes))} · {portfolio.hash} · {when} · {of.currency}",
        " · ".join([f"{text.number(how.count, 0)} draws, correlation {text.plain(how.correlation, RATIO)}", *told]),
    )


def _rates(portfolio: Portfolio) -> Iterator[Rate]:
    for unit in portfolio.units:
        rate = unit.rate or portfolio.rates.get(unit.scenario.currency)
        if rate is not None:
            yield rate


def what_the_group_is_worth(of: Grouped) -> str:
    """The answer: what the plan is worth, how sure that is, and what moving the budget adds."""
    spread, text = of.group.spread, of.text
    mean, error = spread.mean or 0.0, spread.error or 0.0
    odds = cases_in_100(of.group.odds_of_gain)
    worth = f"The group’s plan is worth {text.rounded(mean, MONEY, error)} on average and gains in {odds}"
    moved = what_moving_adds(of)
    return f"{worth}; {moved}" if moved else worth


def what_moving_adds(of: Grouped) -> str:
    """What the best split of the budget adds to today's; nothing where none was found."""
    best = of.allocation
    if best is None:
        return ""
    if abs(best.gain) <= best.gain_error:
        return "moving the budget adds nothing that can be told from chance"
    gained = of.text.rounded(abs(best.gain), MONEY, best.gain_error)
    if best.gain < 0:
        return f"keeping the limits costs {gained}"
    return f"moving the budget adds {gained}"


def who_drives(of: Grouped) -> str:
    """Which unit drives the variance most, and which beliefs, in a sentence."""
    shares, bars = of.group.variance_shares, of.group.bars
    if not shares or not bars:
        return "Nothing of the group is uncertain."
    name = max(shares, key=lambda one: shares[one])
    return f"{shortened(name)} drives {of.text.rounded(shares[name], SHARE)} of the group’s variance"


def odds_of_group(of: Grouped) -> str:
    """The odds of the group in a line."""
    spread, text = of.group.spread, of.text
    low, high = (text.rounded(at.value, MONEY, at.error) for at in map(spread.percentile, (10, 90)) if at)
    return f"{odds_in_100(of.group.odds_of_gain)} of a gain; eight in ten cases between {low} and {high}"
