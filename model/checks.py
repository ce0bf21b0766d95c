"""The model's own checks: identities that every projection must satisfy."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from model.formula import Array, last, total
from model.lines import LINES
from model.metrics import BRIDGE, METRICS

TOLERANCE = 1e-9

CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "budget_balances": "Social and other spend together are the marketing budget and the new money.",
        "competence_is_a_share": "The competent part of the team lies between 0 and 100 %.",
        "cash_adds_up": "Net cash over all months is the final cumulative cash.",
        "npv_is_benefits_less_costs": "The net present value is the present value of benefits less that of costs.",
        "hold_changes_nothing": "Holding share and team without a programme gives differences of exactly zero.",
        "programme_and_rest_add_up": "The programme's net present value and the plan's without it add up.",
        "all_finite": "No value is missing or infinite.",
    }
)

# Lines of differences, which are zero where the company holds.
HOLD_ZEROS = (
    "extra_social_spend", "moved_money", "new_money", "competence_gain", "social_revenue_gain",
    "other_revenue_gain", "training_revenue_gain", "staff_cost", "benefits", "costs", "net_cash", "cumulative_cash",
)  # fmt: skip


def identities(
    known: Mapping[str, Any],
    held: Mapping[str, Any],
    without: Mapping[str, Any],
    figures: Mapping[str, Array],
) -> dict[str, bool]:
    """Each check by name, true where it holds for all draws.

    `known` is a run, `held` the run of the same company holding, `without` the run without programme and
    support, `figures` the run's metrics.
    """
    programme, steps = _programme_cash_value(known, without), _bridge_steps(known)
    results = {
        "budget_balances": _equal(
            known["social_spend"] + known["other_spend"], known["marketing_budget"] + known["new_money"]
        ),
        "competence_is_a_share": bool(
            np.all((known["competent_share"] >= 0) & (known["competent_share"] <= 1 + TOLERANCE))
        ),
        "cash_adds_up": _equal(
            total(known["net_cash"]), last(known["cumulative_cash"]), total(np.abs(known["net_cash"]))
        ),
        # Each benefit and cost by itself too: what is told by step or by cause must leave nothing over.
        "npv_is_benefits_less_costs": _equal(
            figures["npv"], figures["pv_benefits"] - figures["pv_costs"], _scale(figures)
        )
        and _equal(figures["npv"], sum(map(total, steps)), sum(total(np.abs(step)) for step in steps)),
        "hold_changes_nothing": all(not np.any(held[name]) for name in HOLD_ZEROS),
        "programme_and_rest_add_up": _equal(
            programme + figures["npv_without_programme"], figures["npv"], _scale(figures)
        ),
        "all_finite": _all_finite(known, figures),
    }
    assert results.keys() == CHECKS.keys()
    return results


def _programme_cash_value(known: Mapping[str, Any], without: Mapping[str, Any]) -> Array:
    """The programme's value from its own benefits and costs, month by month, rather than from the two NPVs."""
    gained = (known["benefits"] - without["benefits"]) - (known["costs"] - without["costs"])
    return total(gained * known["discount_factor"])


def _bridge_steps(known: Mapping[str, Any]) -> list[Array]:
    """What each step of the value bridge adds in each month, after tax, valued today."""
    worth = (1 - known["tax_rate"]) * known["discount_factor"]
    return [sign * known[name] * worth for name, sign in BRIDGE.items()]


def _scale(figures: Mapping[str, Array]) -> Array:
    return np.abs(figures["pv_benefits"]) + np.abs(figures["pv_costs"])


def _equal(left: Any, right: Any, scale: Any = 0.0) -> bool:
    size = np.maximum(np.maximum(np.abs(left), np.abs(right)), scale)
    return bool(np.all(np.abs(left - right) <= TOLERANCE * size))


def _all_finite(known: Mapping[str, Any], figures: Mapping[str, Array]) -> bool:
    always = (name for name, item in METRICS.items() if not item.undefined)
    return all(np.all(np.isfinite(np.asarray(known[name], dtype=float))) for name in LINES) and all(
        np.all(np.isfinite(figures[name])) for name in always
    )
