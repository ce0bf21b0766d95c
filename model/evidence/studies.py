"""What studies found on training: differences between groups of firms, and causal effects on one scale.

The scale is the productivity of a person trained for 40 hours. Putting a study on it is a conversion of ours;
a study that does not say what it takes stays off it.
"""

from __future__ import annotations

from dataclasses import dataclass

SCALE_HOURS = 40.0
# Income per employee of the top quarter of training spenders above that of the bottom quarter.
HEADLINE_UPLIFT = 2.18


@dataclass(frozen=True)
class GroupDifference:
    """How much more the firms that train most have than those that train least; not an effect of training."""

    source: str
    measure: str
    difference: float


GROUP_DIFFERENCES: tuple[GroupDifference, ...] = (
    GroupDifference("astd-2000", "Income per employee", HEADLINE_UPLIFT),
    GroupDifference("astd-sister", "Sales per employee", 0.57),
    GroupDifference("astd-sister", "Gross profit per employee", 0.37),
    GroupDifference("astd-2000", "Profit margin", 0.24),
)


@dataclass(frozen=True)
class CausalStudy:
    """A study of what training causes: `effect` as a fraction per `per` ("10 hours of training").

    `hours` is how many hours that is, None where the study as reported does not say; `outcome` is what changed.
    """

    source: str
    name: str
    outcome: str
    effect: float
    per: str
    hours: float | None
    conversion: str

    @property
    def on_scale(self) -> float | None:
        """Productivity gained by 40 hours of training as a fraction, converted in proportion; None off the scale."""
        return None if self.hours is None else self.effect * SCALE_HOURS / self.hours


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
        "wage-meta-analysis", "Haelermans, Borghans: many studies", "wages", 0.026, "course", None,
        "wages, not productivity; hours not given",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """What the causal studies together support for about 40 hours: productivity gained, as fractions."""

    low: float
    likely: float
    high: float


READING = Reading(0.0, 0.03, 0.10)


def part_of_headline(productivity: float) -> float:
    """Which part of the 218 % a productivity gain at full competence is, as a fraction."""
    return productivity / HEADLINE_UPLIFT
