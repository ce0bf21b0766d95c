"""The yardstick of the benchmark: the same simulation as one plain vectorised NumPy script.

No engine, no named lines, no blocks: arrays of all draws and months, one after the other, with NumPy's own
random numbers and percentiles. It has the same lines, metrics, bands and number of draws as the program.
"""

from __future__ import annotations

import numpy as np

from model.scenario import Scenario

PERCENTILES = (5, 10, 25, 50, 75, 90, 95)


def simulate(scenario: Scenario, draws: int, seed: int) -> dict[str, np.ndarray]:
    """Percentiles of every line by month and of every metric.

    On the per-employee route, the relative basis and a linear ramp, as the presets are.
    """
    return summed_up(drawn(scenario, draws, np.random.default_rng(seed)))


def summed_up(a: dict) -> dict[str, np.ndarray]:
    """Percentiles of every line by month and of every metric, from the draws."""
    lines = project(a)
    metrics = appraise(a, lines)
    bands = {name: np.percentile(np.atleast_2d(x), PERCENTILES, axis=0) for name, x in lines.items()}
    return bands | {name: percentiles(x[~np.isnan(x)]) for name, x in metrics.items()}


def percentiles(defined: np.ndarray) -> np.ndarray:
    """Percentiles of the draws that have a value, NaN where none has."""
    return np.percentile(defined, PERCENTILES) if defined.size else np.full(len(PERCENTILES), np.nan)


def drawn(scenario: Scenario, draws: int, rng: np.random.Generator) -> dict:
    """Every assumption, those that are uncertain drawn from their PERT distributions, one by one."""
    a = dict(scenario.values)
    for name, r in scenario.effective_ranges.items():
        peak = (r.likely - r.low) / (r.high - r.low)
        a[name] = r.low + (r.high - r.low) * rng.beta(1 + 4 * peak, 5 - 4 * peak, (draws, 1))
    return a


def odds(scenario: Scenario, draws: int, seed: int, block: int = 5_000) -> float:
    """Part of the draws with a net present value above zero."""
    rng = np.random.default_rng(seed)
    blocks = (project(drawn(scenario, block, rng))["present_value"] for _ in range(draws // block))
    return float(np.mean([np.sum(block, axis=1) > 0 for block in blocks]))


def project(a: dict) -> dict[str, np.ndarray]:
    """All lines."""
    t = np.arange(1.0, 12 * a["horizon_years"] + 1)[None]
    n = t.shape[1]
    growth_factor = (1 + a["revenue_growth"]) ** (t / 12)
    cost_factor = (1 + a["cost_inflation"]) ** (t / 12)
    discount_factor = (1 + a["discount_rate"]) ** (-t / 12)
    company_revenue = a["employees"] * a["revenue_per_employee"] / 12 * growth_factor
    marketing_budget = company_revenue * a["marketing_share_of_revenue"]
    ramp_progress = np.minimum(1, t / (12 * a["ramp_years"]))
    social_share = a["social_share_start"] + (
        (a["social_share_target"] - a["social_share_start"]) * a["plan_delivery"] * ramp_progress
    )
    social_spend = social_share * marketing_budget
    hold_social_spend = a["social_share_start"] * marketing_budget
    extra_social_spend = social_spend - hold_social_spend
    moved_money = a["reallocated_share"] * extra_social_spend
    new_money = extra_social_spend - moved_money
    hold_other_spend = marketing_budget - hold_social_spend
    other_spend = hold_other_spend - moved_money
    team = a["team_start"] + (a["team_target"] - a["team_start"]) * ramp_progress
    active = 1.0 * (t <= 12 * a["programme_years"])
    programme_active = a["training_programme"] * active
    boost = 1 + a["strategic_partner"] * a["partner_learning_boost"]
    learning_rate = 1 - np.exp(-programme_active * a["training_hours"] / 12 * boost / a["hours_to_competence"])
    skill_retention = ((1 - a["team_turnover"]) * 0.5 ** (1 / a["skill_half_life"])) ** (1 / 12)
    weight = 0.5 ** (1 / a["carryover_half_life"])
    start = a["competent_share_start"]
    draws = max(np.shape(x)[0] for x in a.values() if np.ndim(x) == 2)
    competence_gain, social_carryover, other_carryover = (np.empty((draws, n)) for _ in range(3))
    spend_ratio, other_ratio = social_spend / hold_social_spend, other_spend / hold_other_spend
    gain, social, other = np.zeros((draws, 1)), np.ones((draws, 1)), np.ones((draws, 1))
    for month in range(n):
        now = slice(month, month + 1)
        kept = skill_retention * gain
        gain = kept + learning_rate[:, now] * (1 - start - kept)
        social = weight * social + (1 - weight) * spend_ratio[:, now]
        other = weight * other + (1 - weight) * other_ratio[:, now]
        competence_gain[:, now], social_carryover[:, now], other_carryover[:, now] = gain, social, other
    competent_share = start + competence_gain
    alignment = a["leadership_seat"] * active * a["alignment_gain"] * np.minimum(1, t / 12)
    social_response = response(a["saturation"], social_carryover, a["social_returns_exponent"])
    other_response = response(a["saturation"], other_carryover, a["other_returns_exponent"])
    social_return = a["social_relative_return"] * a["other_incremental_roas"]
    social_base_revenue = social_return * hold_social_spend * (1 + a["social_return_drift"]) ** (t / 12)
    social_revenue_gain = social_base_revenue * ((1 + alignment) * social_response - 1)
    other_revenue_gain = a["other_incremental_roas"] * hold_other_spend * (other_response - 1)
    caught_up = competence_gain / (1 - a["competent_share_reference"])
    productivity_gain = a["headline_uplift"] * a["causal_share"] * caught_up
    training_revenue_gain = team * a["revenue_per_employee"] / 12 * growth_factor * productivity_gain
    revenue_gain = social_revenue_gain + other_revenue_gain + training_revenue_gain
    margin, kept_share, after_tax = a["contribution_margin"], a["retained_share"], 1 - a["tax_rate"]
    social_contribution = margin * social_revenue_gain
    training_contribution = margin * kept_share * training_revenue_gain
    training_wages = margin * (1 - kept_share) * training_revenue_gain
    lost_other_contribution = -margin * other_revenue_gain
    hourly = a["annual_pay"] * a["on_cost"] / a["productive_hours"]
    trained_hours = programme_active * team * a["training_hours"] / 12
    training_time = trained_hours * hourly * cost_factor
    training_fees = trained_hours * a["training_fee_per_hour"] * (1 + a["training_admin"]) * cost_factor
    training_cost = training_time + training_fees
    pay = a["annual_pay"] * a["on_cost"] / 12
    team_payroll = team * pay * cost_factor
    budget_payroll = a["team_pay_in_budget"] * team_payroll
    hold_team_payroll = a["team_start"] * pay * cost_factor
    hold_budget_payroll = a["team_pay_in_budget"] * hold_team_payroll
    pay_share = budget_payroll / social_spend
    working_media = social_spend - budget_payroll
    staff_cost = (1 - a["team_pay_in_budget"]) * (team - a["team_start"]) * pay * cost_factor
    partner_fee = a["strategic_partner"] * active * a["partner_cost"] / 12 * cost_factor
    hours = a["leadership_hours"] * a["leadership_hourly_cost"]
    leadership_cost = a["leadership_seat"] * active * hours * cost_factor
    benefits = (social_contribution + training_contribution) * after_tax
    programme_cost = training_cost + partner_fee + leadership_cost
    outlay = new_money + programme_cost + staff_cost
    commitment = outlay + moved_money - training_time - leadership_cost
    of_year = commitment.reshape(len(commitment), -1, 12)
    commitment_to_date = np.cumsum(of_year, axis=2).reshape(commitment.shape)
    costs = (outlay + lost_other_contribution) * after_tax
    net_cash = benefits - costs
    cumulative_cash = np.cumsum(net_cash, axis=1)
    present_value = net_cash * discount_factor
    cumulative_present_value = np.cumsum(present_value, axis=1)
    hold_revenue_per_employee = 12 * company_revenue / a["employees"]
    plan_employees = np.maximum(1, a["employees"] + a["hired_share"] * (team - a["team_start"]))
    plan_revenue_per_employee = 12 * (company_revenue + revenue_gain) / plan_employees
    found = {name: x for name, x in locals().items() if isinstance(x, np.ndarray) and x.shape[-1] == n}
    return {name: x for name, x in found.items() if name not in ("gain", "social", "other", "caught_up")}


def response(saturation: np.ndarray, level: np.ndarray, exponent: np.ndarray) -> np.ndarray:
    """Between a power and a Hill curve, both 1 at today's level with the exponent as slope."""
    return (1 - saturation) * level**exponent + saturation * level / (exponent + (1 - exponent) * level)


def appraise(a: dict, lines: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """All metrics, NaN where undefined."""
    after_tax = (1 - a["tax_rate"]) * lines["discount_factor"]
    pv_benefits = np.sum(lines["benefits"] * lines["discount_factor"], axis=1)
    pv_costs = np.sum(lines["costs"] * lines["discount_factor"], axis=1)
    pv_outlay = np.sum(lines["outlay"] * after_tax, axis=1)
    npv = np.sum(lines["present_value"], axis=1)
    costs, net = lines["costs"].sum(axis=1), lines["net_cash"].sum(axis=1)
    cash, value = lines["cumulative_cash"], lines["cumulative_present_value"]
    peak_funding = -np.minimum(0, cash.min(axis=1))
    programme = lines["programme_cost"]
    pv_programme = np.sum(programme * after_tax, axis=1)
    pv_social = np.sum(lines["social_contribution"] * after_tax, axis=1)
    pv_training = np.sum(lines["training_contribution"] * after_tax, axis=1)
    none_causal, all_causal = npv - pv_training, npv - pv_training + pv_training / a["causal_share"][:, 0]
    plain = lines["social_base_revenue"] * (lines["social_response"] - 1)
    pv_plain = np.sum(a["contribution_margin"] * plain * after_tax, axis=1)
    others = lines["lost_other_contribution"] + lines["new_money"] + lines["staff_cost"]
    without = pv_plain - np.sum(others * after_tax, axis=1)
    own = npv - without
    slope = none_causal - all_causal
    relative_return = np.broadcast_to(a["social_relative_return"], (len(npv), 1))[:, 0]
    after = run_off(a, lines)
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "npv": npv,
            "pv_benefits": pv_benefits,
            "pv_costs": pv_costs,
            "pv_outlay": pv_outlay,
            "bcr": np.where(pv_costs > 0, pv_benefits / pv_costs, np.nan),
            "roi": np.where(pv_costs > 0, npv / pv_costs, np.nan),
            "roi_on_outlay": np.where(pv_outlay > 0, npv / pv_outlay, np.nan),
            "roi_undiscounted": np.where(costs > 0, net / costs, np.nan),
            "payback_month": payback(cash),
            "discounted_payback_month": payback(value),
            "peak_funding": peak_funding,
            "yearly_commitment": np.maximum(0, lines["commitment_to_date"][:, 11::12].max(axis=1)),
            "irr": np.where(
                (peak_funding < 0.1 * pv_costs) | (lines["net_cash"][:, -1] < 0), np.nan, irr(lines["net_cash"])
            ),
            "final_social_share": lines["social_share"][:, -1],
            "final_competent_share": lines["competent_share"][:, -1],
            "final_revenue_per_employee": lines["plan_revenue_per_employee"][:, -1],
            "total_extra_social_spend": lines["extra_social_spend"].sum(axis=1),
            "total_programme_cost": programme.sum(axis=1),
            "programme_npv": own,
            "programme_roi": own / pv_programme,
            "break_even_causal_share": none_causal / slope,
            "programme_break_even_causal_share": (none_causal - without) / slope,
            "relative_return": relative_return,
            "break_even_relative_return": relative_return * (1 - npv / pv_social),
            "social_marginal_contribution": marginal(a, "social_returns_exponent") * relative_return,
            "other_marginal_contribution": marginal(a, "other_returns_exponent"),
            "run_off_value": after,
            "npv_with_run_off": npv + after,
        }


def marginal(a: dict, exponent: str) -> np.ndarray:
    """What the next unit earns at the other channels' return and an exponent."""
    earned = a["contribution_margin"] * a["other_incremental_roas"] * a[exponent]
    return earned[:, 0]


def run_off(a: dict, lines: dict[str, np.ndarray]) -> np.ndarray:
    """Present value of sixty more months of training's contribution, nothing added and competence fading."""
    kept = (1 - a["team_turnover"]) * 0.5 ** (1 / a["skill_half_life"])
    rate = kept * (1 + a["revenue_growth"]) / (1 + a["discount_rate"])
    last = lines["training_contribution"][:, -1:] * (1 - a["tax_rate"]) * lines["discount_factor"][:, -1:]
    return np.sum(last * rate ** (np.arange(1, 61) / 12), axis=1)


def payback(running: np.ndarray) -> np.ndarray:
    """First month from which the running total stays at or above zero; NaN where it ends below."""
    below = running < 0
    after = running.shape[1] - np.argmax(below[:, ::-1], axis=1) + 1.0
    return np.where(below[:, -1], np.nan, np.where(below.any(axis=1), after, 0))


def irr(flows: np.ndarray) -> np.ndarray:
    """Effective annual rate of each row whose sign changes once, by bisection on the monthly discount factor."""
    signs = np.sign(flows)
    once = np.count_nonzero(signs[:, 1:] != signs[:, :-1], axis=1) == 1
    found = np.full(len(flows), np.nan)
    rows = flows[once]
    low, high = np.full(len(rows), -3.0), np.full(len(rows), 3.0)
    rising = rows[:, -1] > 0
    for _ in range(60):
        middle = (low + high) / 2
        factor = np.exp(middle)
        value = np.zeros(len(rows))
        for month in range(rows.shape[1] - 1, -1, -1):
            value = value * factor + rows[:, month]
        above = (value > 0) == rising
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    found[once] = np.exp(-(low + high) / 2 * 12) - 1
    return found
