"""The fastest yardstick: what Plan tells of a simulation, fused by hand into one loop that Numba compiles.

Each draw goes through all months at once, in as many threads as there are cores, and no line is kept. Numba is no
part of the project: `pip install numba`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numba import njit, prange  # type: ignore[import-not-found]

from model.scenario import Scenario


def told(scenario: Scenario, inputs: Mapping[str, np.ndarray]) -> np.ndarray:
    """Net present value, month of payback (0 where never below, NaN where never back) and peak funding of each draw.

    On the per-employee route, the relative basis and a linear ramp, as the presets are.
    """
    names = [name for name, value in scenario.values.items() if not isinstance(value, str)]
    columns = [
        np.broadcast_to(inputs.get(name, float(scenario.values[name])), len(inputs["saturation"])) for name in names
    ]
    return _told(np.rec.fromarrays(columns, names=names), 12 * scenario.horizon_years)


@njit(parallel=True)
def _told(draws, months):
    found = np.empty((3, draws.size))
    for place in prange(draws.size):
        a = draws[place]
        found[0, place], found[1, place], found[2, place] = _walked(a, months)
    return found


@njit
def _walked(a, months):
    revenue = a.employees * a.revenue_per_employee / 12
    retention = ((1 - a.team_turnover) * 0.5 ** (1 / a.skill_half_life)) ** (1 / 12)
    boost = (1 + a.strategic_partner * a.partner_learning_boost) / a.hours_to_competence
    learning = 1 - np.exp(-a.training_programme * a.training_hours / 12 * boost)
    weight = 0.5 ** (1 / a.carryover_half_life)
    start = a.competent_share_start
    pay = a.annual_pay * a.on_cost
    hour = pay / a.productive_hours + a.training_fee_per_hour * (1 + a.training_admin)
    gain, social, other, value, cash, lowest, below = 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0
    for month in range(1, months + 1):
        growth, prices = (1 + a.revenue_growth) ** (month / 12), (1 + a.cost_inflation) ** (month / 12)
        budget = revenue * growth * a.marketing_share_of_revenue
        ramp = min(1.0, month / (12 * a.ramp_years))
        active = 1.0 if month <= 12 * a.programme_years else 0.0
        held = a.social_share_start * budget
        extra = (a.social_share_target - a.social_share_start) * a.plan_delivery * ramp * budget
        moved = a.reallocated_share * extra
        team = a.team_start + (a.team_target - a.team_start) * ramp
        kept = retention * gain
        gain = kept + active * learning * (1 - start - kept)
        social += (1 - weight) * ((held + extra) / held - social)
        other += (1 - weight) * ((budget - held - moved) / (budget - held) - other)
        aligned = a.leadership_seat * active * a.alignment_gain * min(1.0, month / 12)
        base = (
            a.social_relative_return * a.other_incremental_roas * held * (1 + a.social_return_drift) ** (month / 12)
        )
        won = base * ((1 + aligned) * _response(a.saturation, social, a.social_returns_exponent) - 1)
        lost = (
            -a.other_incremental_roas
            * (budget - held)
            * (_response(a.saturation, other, a.other_returns_exponent) - 1)
        )
        productive = a.headline_uplift * a.causal_share * gain / (1 - a.competent_share_reference)
        trained = a.retained_share * team * a.revenue_per_employee / 12 * growth * productive
        programme = (
            active
            * (
                a.training_programme * team * a.training_hours / 12 * hour
                + a.strategic_partner * a.partner_cost / 12
                + a.leadership_seat * a.leadership_hours * a.leadership_hourly_cost
            )
            * prices
        )
        staff = (1 - a.team_pay_in_budget) * (team - a.team_start) * pay / 12 * prices
        gained = a.contribution_margin * (won + trained - lost) - (extra - moved) - programme - staff
        net = gained * (1 - a.tax_rate)
        value += net * (1 + a.discount_rate) ** (-month / 12)
        cash += net
        lowest = min(lowest, cash)
        if cash < 0:
            below = month
    payback = np.nan if cash < 0 else (below + 1.0 if below else 0.0)
    return value, payback, -lowest


@njit
def _response(saturation, level, exponent):
    return (1 - saturation) * level**exponent + saturation * level / (exponent + (1 - exponent) * level)
