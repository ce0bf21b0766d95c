"""What a projection amounts to: every metric, once, as a function of lines and of counterfactual runs.

Metrics have shape `(S, 1)`. Each says when it is undefined, and why; there it is NaN (None in results).
"""
# A formula's arguments need no annotation each: all are arrays (see above).
# mypy: disable-error-code="no-untyped-def, no-untyped-call"
# ruff: noqa: ANN001, ANN201

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from model import units as u
from model.assumptions import WITHOUT_PROGRAMME
from model.finance import annuity_factor, irr_each, payback_each, sign_changes
from model.formula import Formula, given_sum, highest, last, total
from model.lines import LINES
from model.sheet import PROGRAMME

# For how long after the horizon training's after-effect is followed.
RUN_OFF_MONTHS = 60
# Money needed below this part of the costs is too little for a rate of return to say anything.
LITTLE_MONEY = 0.1


@dataclass(frozen=True)
class Undefined:
    """A condition under which a metric has no value, and the reason to tell."""

    reason: str
    when: Formula


@dataclass(frozen=True)
class Metric(Formula):
    """A figure that sums a projection up; `undefined` are the conditions under which it has no value.

    `listed` is off where it is told nowhere by itself, `averages` where its mean over many draws means nothing, as
    that of a rate.
    """

    undefined: tuple[Undefined, ...] = ()
    listed: bool = True
    averages: bool = True


@dataclass(frozen=True)
class Counterfactual:
    """The same scenario with some assumptions changed; only its net present value is used."""

    name: str
    label: str
    changes: Mapping[str, float]


COUNTERFACTUALS: Mapping[str, Counterfactual] = MappingProxyType(
    {
        item.name: item
        for item in (
            Counterfactual("npv_without_programme", "Net present value without programme and support",
                WITHOUT_PROGRAMME),
            Counterfactual("npv_none_causal", "Net present value if none of the uplift is causal",
                {"causal_share": 0.0}),
            Counterfactual("npv_all_causal", "Net present value if all of the uplift is causal",
                {"causal_share": 1.0}),
        )
    }
)  # fmt: skip

# What is laid out, before tax; the other cost is the contribution that other channels lose.
OUTLAYS: tuple[str, ...] = LINES["outlay"].precedents
# The steps of the value bridge, in order: what makes up the benefits, then the costs. They add up to the NPV.
BRIDGE: Mapping[str, int] = MappingProxyType(
    {name: +1 for name in LINES["benefits"].precedents if name in LINES}
    | {name: -1 for name in (*LINES["costs"].precedents, *OUTLAYS) if name in LINES and name != "outlay"}
)
PROGRAMME_COSTS: tuple[str, ...] = tuple(name for name in OUTLAYS if LINES[name].cause is PROGRAMME)
# What is laid out beside new money and the programme.
FURTHER_COSTS: tuple[str, ...] = tuple(name for name in OUTLAYS if name not in {"new_money", *PROGRAMME_COSTS})

_metrics: dict[str, Metric] = {}


def metric(
    label: str,
    unit: u.Unit,
    *undefined: tuple[str, Callable[..., Any]],
    listed: bool = True,
    averages: bool = True,
) -> Callable[[Callable[..., Any]], Metric]:
    """Declare the function below as the next metric; see `Metric` for `listed` and `averages`."""

    def declare(function: Callable[..., Any]) -> Metric:
        name: str = function.__name__
        conditions = tuple(
            Undefined(reason, Formula(f"{name}_undefined", reason, u.SWITCH, when)) for reason, when in undefined
        )
        _metrics[name] = Metric(name, label, unit, function, conditions, listed, averages)
        return _metrics[name]

    return declare


@metric("Net present value", u.MONEY)
def npv(present_value):
    """What the plan is worth today, above holding: the present values of all months."""
    return total(present_value)


@metric("Present value of benefits", u.MONEY)
def pv_benefits(benefits, discount_factor):
    """Contribution gained and other benefits over the horizon, after tax, valued today."""
    return total(benefits * discount_factor)


@metric("Present value of costs", u.MONEY)
def pv_costs(costs, discount_factor):
    """Contribution lost on other channels and the outlay over the horizon, after tax, valued today."""
    return total(costs * discount_factor)


@metric("Present value of outlay", u.MONEY)
def pv_outlay(outlay, tax_rate, discount_factor):
    """What is laid out over the horizon in money and working time, after tax, valued today.

    All costs but the contribution that other channels lose.
    """
    return total(outlay * (1 - tax_rate) * discount_factor)


NO_COSTS = "the present value of costs is not above zero, so there is nothing to relate the benefits to"


@metric("Benefit–cost ratio", u.RATIO, (NO_COSTS, lambda pv_costs: pv_costs <= 0))
def bcr(pv_benefits, pv_costs):
    """Benefits for each unit of costs, both valued today. 1 is break-even; it is not the ROI."""
    return pv_benefits / pv_costs


@metric("ROI on all costs", u.SHARE, (NO_COSTS, lambda pv_costs: pv_costs <= 0))
def roi(npv, pv_costs):
    """Net present value for each unit of costs valued today, contribution lost on other channels included.

    0 % is break-even.
    """
    return npv / pv_costs


NO_OUTLAY = "nothing is laid out, or less than is saved, so there is nothing to relate the value to"


@metric("ROI on the outlay", u.SHARE, (NO_OUTLAY, lambda pv_outlay: pv_outlay <= 0))
def roi_on_outlay(npv, pv_outlay):
    """Net present value for each unit laid out in money and working time, valued today.

    What other channels lose lowers the value, but is no outlay. 0 % is break-even.
    """
    return npv / pv_outlay


@metric(
    "ROI on all costs, undiscounted",
    u.SHARE,
    ("the costs do not add up to more than zero", lambda costs: total(costs) <= 0),
)
def roi_undiscounted(net_cash, costs):
    """Net cash over costs, neither discounted: the form used for training programmes (Phillips)."""
    return total(net_cash) / total(costs)


STILL_BELOW = "the money is not back by the end of the horizon"


@metric("Payback", u.MONTH, (STILL_BELOW, lambda cumulative_cash: last(cumulative_cash) < 0))
def payback_month(cumulative_cash):
    """First month from which cumulative cash stays at or above zero; 0 if it is never below."""
    return payback_each(cumulative_cash)


@metric(
    "Discounted payback",
    u.MONTH,
    (STILL_BELOW, lambda cumulative_present_value: last(cumulative_present_value) < 0),
)
def discounted_payback_month(cumulative_present_value):
    """First month from which cumulative present value stays at or above zero; 0 if it is never below."""
    return payback_each(cumulative_present_value)


@metric("Peak funding", u.MONEY)
def peak_funding(cumulative_cash):
    """The most money the plan is ever out of pocket, not discounted, working time counted as if it were paid for."""
    return np.maximum(0, -np.min(cumulative_cash, axis=-1, keepdims=True))


@metric("Yearly commitment", u.MONEY)
def yearly_commitment(commitment_to_date, path_month):
    """The most money to be paid beyond holding in any plan year, not discounted and before tax.

    Extra social spend, whether new money or moved from other channels, fees, people added and other costs. Working
    time is left out, as pay already covers it; what other channels no longer spend is not taken off. 0 where no
    year asks for any.
    """
    return highest(commitment_to_date * (path_month == 12))


@metric(
    "Internal rate of return",
    u.RATE,
    (
        "net cash never changes sign, so no rate brings it to zero",
        lambda net_cash: sign_changes(net_cash) < 1,
    ),
    (
        "net cash changes sign more than once, so the rate is not unique",
        lambda net_cash: sign_changes(net_cash) > 1,
    ),
    (
        "the money needed is less than a tenth of the costs: a rate on so little says nothing",
        lambda peak_funding, pv_costs: peak_funding < LITTLE_MONEY * pv_costs,
    ),
    ("money comes first and is paid back later: the rate would be a loan's", lambda net_cash: last(net_cash) < 0),
    averages=False,
)
def irr(net_cash):
    """Effective annual rate at which the net present value would be zero."""
    return (1 + irr_each(net_cash)) ** 12 - 1


@metric("Social share at the end", u.SHARE)
def final_social_share(social_share):
    """Social share of the marketing budget in the last month."""
    return last(social_share)


@metric("Team competent at the end", u.SHARE)
def final_competent_share(competent_share):
    """Competent part of the team in the last month."""
    return last(competent_share)


@metric("Revenue per employee at the end", u.MONEY_YEAR)
def final_revenue_per_employee(plan_revenue_per_employee):
    """Annual rate of revenue per employee under the plan in the last month."""
    return last(plan_revenue_per_employee)


@metric("Extra social spend in all", u.MONEY)
def total_extra_social_spend(extra_social_spend):
    """Spend on social above holding, added up over the horizon."""
    return total(extra_social_spend)


@metric("Programme cost in all", u.MONEY)
@given_sum(programme_cost=PROGRAMME_COSTS)
def total_programme_cost(programme_cost):
    """Training, partner and leadership seat over the horizon, before tax."""
    return total(programme_cost)


@metric("Present value of programme cost", u.MONEY, listed=False)
@given_sum(programme_cost=PROGRAMME_COSTS)
def pv_programme_cost(programme_cost, tax_rate, discount_factor):
    """Training, partner and leadership seat over the horizon, after tax, valued today."""
    return total(programme_cost * (1 - tax_rate) * discount_factor)


NO_PROGRAMME = "there is no programme cost: training, partner and leadership seat are off or free"
NOT_CAUSAL = (
    "the result does not depend on the causal share: no one is trained, or training pays through media efficiency"
)


@metric(
    "Programme net present value",
    u.MONEY,
    (NO_PROGRAMME, lambda total_programme_cost: total_programme_cost == 0),
)
def programme_npv(npv, npv_without_programme):
    """What training, partner and leadership seat add to the plan's net present value."""
    return npv - npv_without_programme


@metric("Programme ROI", u.SHARE, (NO_PROGRAMME, lambda total_programme_cost: total_programme_cost == 0))
def programme_roi(npv, npv_without_programme, pv_programme_cost):
    """The programme's net present value for each unit of its cost, valued today, after tax."""
    return (npv - npv_without_programme) / pv_programme_cost


@metric(
    "Break-even causal share",
    u.SHARE,
    (NOT_CAUSAL, lambda npv_none_causal, npv_all_causal: npv_all_causal == npv_none_causal),
)
def break_even_causal_share(npv_none_causal, npv_all_causal):
    """The part of the uplift that must be causal for the plan to break even.

    Net present value is a straight line in it. Below 0 % the plan pays even if training has no effect; above
    100 % no effect of training is enough.
    """
    return npv_none_causal / (npv_none_causal - npv_all_causal)


@metric(
    "Programme break-even",
    u.SHARE,
    (NO_PROGRAMME, lambda total_programme_cost: total_programme_cost == 0),
    (NOT_CAUSAL, lambda npv_none_causal, npv_all_causal: npv_all_causal == npv_none_causal),
)
def programme_break_even_causal_share(npv_none_causal, npv_all_causal, npv_without_programme):
    """The part of the uplift that must be causal for the programme to pay for itself."""
    return (npv_none_causal - npv_without_programme) / (npv_none_causal - npv_all_causal)


@metric(
    "Relative return",
    u.RATIO,
    (
        "the other channels return nothing, so there is nothing to compare with",
        lambda other_incremental_roas: other_incremental_roas == 0,
    ),
)
def relative_return(social_return, other_incremental_roas):
    """What a unit of social budget returns today beside a unit of the other channels' budget; 1 is the same."""
    return last(social_return) / other_incremental_roas


@metric("Present value of the contribution from social", u.MONEY, listed=False)
def pv_social_contribution(social_contribution, tax_rate, discount_factor):
    """Contribution that social brings above holding over the horizon, after tax, valued today."""
    return total(social_contribution * (1 - tax_rate) * discount_factor)


@metric(
    "Break-even relative return",
    u.RATIO,
    (
        "the other channels return nothing, so there is nothing to compare with",
        lambda other_incremental_roas: other_incremental_roas == 0,
    ),
    (
        "social contributes nothing above holding from which it could be reckoned",
        lambda pv_social_contribution: pv_social_contribution == 0,
    ),
)
def break_even_relative_return(relative_return, npv, pv_social_contribution):
    """The relative return at which the plan breaks even, all else as assumed.

    Net present value is a straight line in it. Below 0 the plan pays even if social returns nothing.
    """
    return relative_return * (1 - npv / pv_social_contribution)


@metric("Next unit of social budget earns", u.RATIO)
def social_marginal_contribution(contribution_margin, social_return, social_returns_exponent):
    """Contribution that one more unit of social budget earns today; below 1 it costs more than it brings."""
    return contribution_margin * last(social_return) * social_returns_exponent


@metric("Next unit of other budget earns", u.RATIO)
def other_marginal_contribution(contribution_margin, other_incremental_roas, other_returns_exponent):
    """Contribution that one more unit of the other channels' budget earns today.

    Below 1 it costs more than it brings.
    """
    return contribution_margin * other_incremental_roas * other_returns_exponent


@metric("Value of training after the horizon", u.MONEY)
def run_off_value(training_contribution, tax_rate, discount_factor, skill_retention, revenue_growth, discount_rate):
    """What training still brings in five more years, nothing added and competence fading, valued today.

    It is not part of the net present value.
    """
    fading = ((1 + discount_rate) / (1 + revenue_growth)) ** (1 / 12) / last(skill_retention) - 1
    months = annuity_factor(fading, RUN_OFF_MONTHS)
    return last(training_contribution) * (1 - tax_rate) * last(discount_factor) * months


@metric("Net present value with run-off", u.MONEY)
def npv_with_run_off(npv, run_off_value):
    """Net present value with training's after-effect, its value after the horizon; never instead of the first."""
    return npv + run_off_value


METRICS: Mapping[str, Metric] = MappingProxyType(_metrics)
LISTED: tuple[str, ...] = tuple(name for name, item in METRICS.items() if item.listed)

# What is told apart from the tables of all, in this order: what an answer rests on, of which the headlines come
# first of all; the ratios beside it; what the plan comes to in all.
HEADLINES: tuple[str, ...] = ("npv", "payback_month", "break_even_relative_return", "break_even_causal_share")
KEY_FIGURES: tuple[str, ...] = (
    *HEADLINES[:2], "roi", "roi_on_outlay", "irr", "peak_funding", "yearly_commitment", *HEADLINES[2:]
)  # fmt: skip
RATIOS: tuple[str, ...] = ("bcr", "programme_roi", "programme_break_even_causal_share")
OUTCOMES: tuple[str, ...] = (
    "npv_with_run_off", "programme_npv", "total_extra_social_spend", "total_programme_cost", "final_social_share",
    "final_competent_share",
)  # fmt: skip
