"""Tests in regions: social raised in some of them with new money, or with money of the other channels."""

from __future__ import annotations

import numpy as np

from model.learning.quantity import Changes, Quantity
from model.pilot.design import HELD, Design, Setting, changed_from, ladder
from model.units import SHARE

_MONTHS = "regional_months"
_WEEKS_A_MONTH = 52 / 12
# Tests see weeks; of what follows later this belief tells.
SEEN = "social_long_run_multiplier"


def _sizes(setting: Setting) -> tuple[int, ...]:
    moves = setting.share != setting.scenario.number("social_share_start")
    return ladder(int(setting.assumed["regions"]), least=4, step=2) if moves else ()


def _changes(setting: Setting, reallocated: float) -> Changes:
    return changed_from({**HELD, **setting.moved(_MONTHS, setting.share), "reallocated_share": reallocated})


def _measures(setting: Setting, reallocated: float) -> Quantity:
    """Revenue gained within the test, beside the revenue of where it runs, as far as it is seen within weeks."""
    months = (1, setting.months(_MONTHS))
    return Quantity("revenue_gain", months, _changes(setting, reallocated), None, ("company_revenue", SEEN))


def _weeks(setting: Setting) -> float:
    return setting.months(_MONTHS) * _WEEKS_A_MONTH


def _power(setting: Setting, size: int) -> float:
    """Of the difference of two means over half of the regions each."""
    return float(setting.assumed["regional_noise"] * np.sqrt(2 / (size / 2) / _weeks(setting)))


def _words(setting: Setting, size: int) -> str:
    text = setting.scenario.format
    noise, error = (
        text.rounded(value, SHARE) for value in (setting.assumed["regional_noise"], _power(setting, size))
    )
    return (
        f"{size // 2} regions changed beside {size // 2} left as they are, {_weeks(setting):.0f} weeks: where a "
        f"region's revenue varies by {noise} from week to week, their difference is known to within {error} of "
        "revenue (one standard error)"
    )


def _part(setting: Setting, size: int) -> float:
    """The part of the company that is changed: half of the regions."""
    return size / 2 / setting.assumed["regions"]


def _hours(setting: Setting, _: int) -> float:
    return setting.assumed["regional_hours"]


_IMPOSSIBLE = "the plan moves no money to social, so there is nothing to try in a region"
_READS = "the revenue of the changed regions, beside that of the others,"
_USES = ("regions", "regional_noise", "regional_hours")

GEO_LIFT = Design(
    "geo-lift", "Geo lift on social",
    "what more social spend brings by itself: in some regions it is raised as far as the plan does, with new money",
    _READS, ("region", "regions"), _MONTHS, _USES, _IMPOSSIBLE, _sizes,
    lambda setting: _measures(setting, 0.0), _power, _words,
    lambda setting: _changes(setting, 0.0), _part, _hours, "the changed regions",
)  # fmt: skip
GEO_SWAP = Design(
    "geo-swap", "Geo swap between social and other channels",
    "what the plan itself does: in some regions the money it would move goes from other channels to social",
    _READS, ("region", "regions"), _MONTHS, _USES, _IMPOSSIBLE, _sizes,
    lambda setting: _measures(setting, 1.0), _power, _words,
    lambda setting: _changes(setting, 1.0), _part, _hours, "the changed regions",
)  # fmt: skip
