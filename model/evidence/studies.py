"""What studies found on training: differences between groups of firms, and causal effects on one scale.

The scale is the productivity of a person trained for 40 hours. Putting a study on it is a conversion of ours;
a study that does not say what it takes stays off it.
"""

from __future__ import annotations

from dataclasses import dataclass

SCALE_HOURS = 40.0
# The standard deviation of people's output in the same job, beside its mean (source schmidt-hunter).
OUTPUT_SPREAD = 0.20
# Income per employee of the top quarter of training spenders above that of the bottom quarter.
HEADLINE_UPLIFT = 2.18


@dataclass(frozen=True)
class GroupDifference:
    """How much more the firms that train most have than those that train least; not an effect of training.

    `reading` says what becomes of the model where this difference stands in it.
    """

    source: str
    measure: str
    difference: float
    reading: str = ""

    @property
    def beside_headline(self) -> float:
        """What training is worth with this difference, as a part of what it is worth with the 218 %."""
        return self.difference / HEADLINE_UPLIFT


GROUP_DIFFERENCES: tuple[GroupDifference, ...] = (
    GroupDifference(
        "astd-2000", "Income per employee", HEADLINE_UPLIFT,
        "The article's figure, and the largest. Income is not revenue, which the model multiplies it into.",
    ),
    GroupDifference(
        "astd-sister", "Sales per employee", 0.57,
        "Measures what the model multiplies: revenue for each person employed.",
    ),
    GroupDifference(
        "astd-sister", "Gross profit per employee", 0.37,
        "What sales leave after the cost of what is sold. The model takes its margin off once more: careful.",
    ),
    GroupDifference("astd-2000", "Profit margin", 0.24),
)  # fmt: skip
# What may stand for the difference per employee that training is said to make.
HEADLINE_CHOICES = tuple(group for group in GROUP_DIFFERENCES if group.reading)


@dataclass(frozen=True)
class CausalStudy:
    """A study of what training causes: `effect` as a fraction per `per` ("10 hours of training"), None where unseen.

    `hours` is how many hours that is, None where the study as reported does not say; `outcome` is what changed;
    `at_least` whether the effect is a lower bound.
    """

    source: str
    name: str
    outcome: str
    effect: float | None
    per: str
    hours: float | None
    conversion: str
    at_least: bool = False

    @property
    def on_scale(self) -> float | None:
        """Productivity gained by 40 hours of training as a fraction, converted in proportion; None off the scale."""
        return None if self.hours is None or self.effect is None else self.effect * SCALE_HOURS / self.hours

    @property
    def published(self) -> str:
        """The effect as published: "+0.6 % productivity per 10 hours of training"."""
        if self.effect is None:
            return f"{self.outcome}, {self.per}"
        bound = "at least " if self.at_least else ""
        return f"{bound}+{100 * self.effect:.3g} % {self.outcome} per {self.per}"


CAUSAL_STUDIES: tuple[CausalStudy, ...] = (
    CausalStudy(
        "almeida-2009", "Almeida, Carneiro: Portuguese firms", "productivity", 0.006, "10 hours of training", 10,
        "four times the published effect",
    ),
    CausalStudy(
        "lopes-teixeira", "Lopes, Teixeira: Portuguese firms", "productivity", 0.0009, "hour of training", 1,
        "40 times the published effect",
    ),
    CausalStudy(
        "call-centre-trial", "De Grip, Sauermann: call-centre trial", "productivity", 0.10, "week of training", 40,
        "the week read as 40 hours; the effect of the first weeks, which fades",
    ),
    CausalStudy(
        "dearden-2006", "Dearden, Reed, Van Reenen: UK industries", "value added an hour", 0.006,
        "point more of workers trained", None, "hours behind a point of workers not given",
    ),
    CausalStudy(
        "adhvaryu-trial", "Adhvaryu and others: trial in India", "productivity", 0.135, "programme", None,
        "hours of the programme not given",
    ),
    CausalStudy(
        "martins-2021", "Martins: training grants in Portugal", "sales and productivity", 0.05, "grant won", None,
        "hours behind a grant not given", at_least=True,
    ),
    CausalStudy(
        "konings-2009", "Konings, Vanormelingen: Belgian firms", "productivity", 0.23, "worker trained", None,
        "hours of a trained worker not given",
    ),
    CausalStudy(
        "trained-peers", "De Grip, Sauermann: trained peers", "productivity", 0.0051,
        "10 points more of trained colleagues", None, "of colleagues, not of the person trained",
    ),
    CausalStudy(
        "wage-meta-analysis", "Haelermans, Borghans: many studies", "wages", 0.026, "course", None,
        "wages, not productivity; hours not given",
    ),
    CausalStudy(
        "garavan-2021", "Garavan and others: 119 studies", "company results", None, "no size seen", None,
        "a direction without a size",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """What the causal studies together support for about 40 hours: productivity gained, as fractions."""

    low: float
    likely: float
    high: float


READING = Reading(0.0, 0.03, 0.10)
