"""A holdout: customers drawn by lot who are shown nothing paid on social for a while."""

from __future__ import annotations

import numpy as np

from model.learning.quantity import Changes, Quantity
from model.pilot.design import HELD, Design, Setting, changed_from, ladder
from model.pilot.regional import SEEN
from model.units import COUNT, RATIO, SHARE

_MONTHS = "holdout_months"
_FORTNIGHTS_A_MONTH = 26 / 12


def _customers(setting: Setting) -> int:
    return int(setting.assumed["customers_per_employee"] * setting.scenario.number("employees"))


def _sizes(setting: Setting) -> tuple[int, ...]:
    """Up to half of the customers."""
    return ladder(_customers(setting) // 2)


def _changes(setting: Setting) -> Changes:
    return changed_from({**HELD, **setting.moved(_MONTHS, 0.0), "reallocated_share": 0.0})


def _measures(setting: Setting) -> Quantity:
    """Revenue lost within the test, as a part of revenue, as far as it is seen within weeks."""
    months = (1, setting.months(_MONTHS))
    return Quantity("revenue_gain", months, _changes(setting), None, ("company_revenue", SEEN))


def _power(setting: Setting, size: int) -> float:
    """Of the difference of two means: those held out, and all others."""
    fortnights, others = setting.months(_MONTHS) * _FORTNIGHTS_A_MONTH, _customers(setting) - size
    return float(setting.assumed["customer_noise"] * np.sqrt((1 / size + 1 / max(others, 1)) / fortnights))


def _words(setting: Setting, size: int) -> str:
    text = setting.scenario.format
    held_out, others = (text.exact(count, COUNT) for count in (size, _customers(setting) - size))
    noise = text.plain(setting.assumed["customer_noise"], RATIO)
    return (
        f"{held_out} customers held out beside {others} others, {setting.months(_MONTHS)} months: where what a "
        f"customer buys in a fortnight varies by {noise} times its mean, their difference is known to within "
        f"{text.rounded(_power(setting, size), SHARE)} of revenue (one standard error)"
    )


HOLDOUT = Design(
    "holdout", "Holdout of customers",
    "what all of today's social spend brings: its mean return, not that of the next unit",
    "the revenue of the customers held out, beside that of the others,",
    ("customer held out", "customers held out"), _MONTHS,
    ("customers_per_employee", "customer_noise", "holdout_hours"),
    "there are too few customers to hold any out", _sizes, _measures, _power, _words, _changes,
    lambda setting, size: size / _customers(setting),
    lambda setting, _: setting.assumed["holdout_hours"], "the customers held out",
)  # fmt: skip
