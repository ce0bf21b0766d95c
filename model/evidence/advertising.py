"""What was found on the returns of advertising: social beside other media, elasticities of sales, carry-over."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from model.units import Unit

# How long advertising is said to work, in months, and the part of its effect that is then over: our reading.
FADED_AFTER = (6.0, 9.0)
FADED = 0.9
# The standard deviation of what customers buy during a campaign, beside its mean (source lewis-rao).
CUSTOMER_SPREAD = 10.0


@dataclass(frozen=True)
class MediaProfit:
    """Profit per unit of money spent on a medium: within 13 weeks, and in full."""

    early: float
    full: float

    @property
    def long_run(self) -> float:
        """Profit in full per unit of that within 13 weeks."""
        return self.full / self.early


ALL_MEDIA = MediaProfit(1.87, 4.11)
PAID_SOCIAL = MediaProfit(1.62, 3.20)


@dataclass(frozen=True)
class RelativeReturn:
    """What a unit of social spend returned beside a unit of something else: 1 is the same."""

    source: str
    name: str
    ratio: float
    measures: str


RELATIVE_RETURNS: tuple[RelativeReturn, ...] = (
    RelativeReturn(
        "profit-ability-2", "Paid social beside all media, 13 weeks", round(PAID_SOCIAL.early / ALL_MEDIA.early, 2),
        "profit per pound, as far as it came within 13 weeks",
    ),
    RelativeReturn(
        "profit-ability-2", "Paid social beside all media, in full", round(PAID_SOCIAL.full / ALL_MEDIA.full, 2),
        "profit per pound, all that came of it",
    ),
    RelativeReturn(
        "nielsen-2022", "Social beside television alone", 1.7, "return on investment; other media were not compared",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Elasticity:
    """By how many per cent sales rise with 1 % more advertising; `of_all` of it, or of one medium alone."""

    source: str
    name: str
    value: float
    measures: str
    of_all: bool = True


ELASTICITY = Unit("per cent for one per cent", decimals=3)
ELASTICITIES: tuple[Elasticity, ...] = (
    Elasticity("elasticity-2011", "Many studies, long run", 0.24, "sales over the years"),
    Elasticity("elasticity-2011", "Many studies, short run", 0.12, "sales of the period"),
    Elasticity("elasticity-henningsen", "Many studies, current period", 0.09, "sales of the period"),
    Elasticity("elasticity-tv", "Television, mean of 288 brands", 0.023, "sales, long run too", of_all=False),
    Elasticity("elasticity-tv", "Television, median of 288 brands", 0.014, "sales, long run too", of_all=False),
)


def return_per_unit(elasticity: float, share_of_revenue: float, exponent: float) -> float:
    """Revenue per unit of a budget, on average, at which 1 % more of it brings `elasticity` % more revenue.

    `share_of_revenue` is the budget's, `exponent` how quickly returns diminish.
    """
    return elasticity / (share_of_revenue * exponent)


def half_life(duration: float, over: float = FADED) -> float:
    """Half-life of an effect that fades evenly, of which the part `over` is over after `duration`; in its unit."""
    return duration * log(0.5) / log(1 - over)
