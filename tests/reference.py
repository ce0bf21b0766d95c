"""A second, independent engine for the tests, of version 2 of the model: plain loops, standard library only.

It shares no code with the model; it was written from the specification alone. Two sums are written so that
nothing is lost to rounding where nothing changes: a carry-over moves towards its input (`towards`), and the
response to an unchanged ratio is 1 (`response`). So holding gives exact zeros here as well.
"""

import math
import random

Value = float | bool | str
Month = dict[str, float]
Lines = dict[str, list[float]]

DEFAULTS: dict[str, Value] = {
    # Company
    "employees": 500,
    "revenue_per_employee": 250_000.0,
    "revenue_growth": 0.03,
    "contribution_margin": 0.35,
    "marketing_share_of_revenue": 0.077,
    "discount_rate": 0.10,
    "tax_rate": 0.0,
    "cost_inflation": 0.02,
    # Social budget
    "social_share_start": 0.133,
    "social_share_target": 0.245,
    "ramp_years": 5.0,
    "ramp_shape": "linear",
    "plan_delivery": 1.0,
    "reallocated_share": 1.0,
    # Response
    "social_return_basis": "relative",
    "social_relative_return": 1.2,
    "social_reported_roas": 4.0,
    "social_incremental_share": 0.60,
    "social_long_run_multiplier": 2.0,
    "social_returns_exponent": 0.7,
    "other_incremental_roas": 4.0,
    "other_returns_exponent": 0.7,
    "saturation": 0.5,
    "social_return_drift": 0.0,
    "carryover_half_life": 1.0,
    # Team and skills
    "team_start": 4,
    "team_target": 6,
    "team_pay_in_budget": True,
    "hired_share": 1.0,
    "competent_share_start": 0.37,
    "competent_share_reference": 0.37,
    "training_programme": True,
    "training_hours": 40.0,
    "hours_to_competence": 100.0,
    "skill_half_life": 2.5,
    "team_turnover": 0.15,
    "training_fee_per_hour": 30.0,
    "training_admin": 0.10,
    "annual_pay": 62_000.0,
    "on_cost": 1.42,
    "productive_hours": 1_600.0,
    "programme_years": 5.0,
    "headline_uplift": 2.18,
    "causal_share": 0.05,
    "retained_share": 0.67,
    "benefit_route": "per_employee",
    "media_waste": 0.10,
    # Support
    "strategic_partner": False,
    "partner_cost": 30_000.0,
    "partner_learning_boost": 0.25,
    "leadership_seat": False,
    "leadership_hours": 4.0,
    "leadership_hourly_cost": 150.0,
    "alignment_gain": 0.02,
    # Frame
    "horizon_years": 5,
}

# Low, likely, high of the PERT distribution of each assumption that is uncertain by default.
RANGES: dict[str, tuple[float, float, float]] = {
    "revenue_growth": (0.0, 0.03, 0.06),
    "contribution_margin": (0.30, 0.35, 0.40),
    "cost_inflation": (0.015, 0.02, 0.035),
    "social_relative_return": (0.8, 1.2, 1.7),
    "social_reported_roas": (2.0, 4.0, 6.0),
    "social_incremental_share": (0.30, 0.60, 1.0),
    "social_long_run_multiplier": (1.0, 2.0, 2.5),
    "social_returns_exponent": (0.5, 0.7, 0.9),
    "other_incremental_roas": (1.6, 4.0, 6.0),
    "other_returns_exponent": (0.5, 0.7, 0.9),
    "saturation": (0.0, 0.5, 1.0),
    "social_return_drift": (-0.04, 0.0, 0.02),
    "carryover_half_life": (0.1, 1.0, 2.5),
    "competent_share_start": (0.20, 0.37, 0.55),
    "hours_to_competence": (60.0, 100.0, 160.0),
    "skill_half_life": (1.0, 2.5, 5.0),
    "team_turnover": (0.10, 0.15, 0.30),
    "training_admin": (0.05, 0.10, 0.20),
    "causal_share": (0.0, 0.05, 0.12),
    "retained_share": (0.50, 0.67, 0.80),
    "media_waste": (0.0, 0.10, 0.25),
    "partner_learning_boost": (0.0, 0.25, 0.50),
    "alignment_gain": (0.0, 0.02, 0.05),
}

# What each preset changes in the default company.
PRESETS: dict[str, dict[str, Value]] = {
    "social-plan": {},
    "hold": {"social_share_target": 0.133, "training_programme": False, "team_target": 4},
    "smaller-step": {"social_share_target": 0.16},
    "bigger-budget-same-skills": {"training_programme": False},
    "plan-with-partner": {"strategic_partner": True},
    "seat-at-the-table": {"strategic_partner": True, "leadership_seat": True},
    "sceptical-cfo": {
        "plan_delivery": 0.44,
        "social_relative_return": 1.0,
        "saturation": 1.0,
        "causal_share": 0.013,
    },
    "headline-claim": {"causal_share": 1.0},
}

# The net present values that the specification states.
STATED_NPV: dict[str, float] = {
    "social-plan": 102_042.479,
    "hold": 0.0,
    "smaller-step": 59_920.690,
    "bigger-budget-same-skills": 123_559.983,
    "plan-with-partner": -14_826.564,
    "seat-at-the-table": 163_168.341,
    "sceptical-cfo": -129_996.487,
    "headline-claim": 1_069_042.497,
}

# The other metrics of `social-plan` that it states.
STATED_OF_PLAN: dict[str, float] = {"break_even_relative_return": 1.146, "run_off_value": 23_498.126}

# Odds of a gain, in 100.
STATED_ODDS: dict[str, int] = {"social-plan": 57, "smaller-step": 67}

STATED = ("other_costs", "other_benefits")
RAMP_SHAPES = ["linear", "s_curve", "front_loaded", "immediate", "custom"]
BENEFIT_ROUTES = ["per_employee", "media_efficiency"]
RETURN_BASES = ["relative", "platform"]
LOWEST_SHARE = 0.001
HIGHEST_SHARE = 1.0
RUN_OFF_MONTHS = 60
LEAST_FUNDING = 0.10  # of the costs' present value: an irr on less money says nothing
NO_PROGRAMME: dict[str, Value] = {"training_programme": False, "strategic_partner": False, "leadership_seat": False}

# Month 0 of the lines that look back.
OPENING: Month = {
    "competence_gain": 0.0,
    "social_carryover": 1.0,
    "other_carryover": 1.0,
    "commitment_to_date": 0.0,
    "cumulative_cash": 0.0,
    "cumulative_present_value": 0.0,
}


def presets() -> dict[str, dict[str, Value]]:
    """The eight presets of the default company, each with the value of every assumption."""
    return {name: {**DEFAULTS, **changes} for name, changes in PRESETS.items()}


def project(values: dict, path: list[float] | None = None) -> dict:
    """Project one scenario.

    `values` overrides DEFAULTS, and may hold rows of other costs and benefits, each a list of amounts by plan year;
    `path` holds one planned share per year-end for the custom ramp shape.
    Returns {"lines": {name: [value for t = 1..T]}, "metrics": {name: value, or None when undefined}}.
    """
    for name in values:
        if name not in DEFAULTS and name not in STATED:
            raise ValueError(f"unknown assumption: {name}")
    a = {**DEFAULTS, **values}
    check_choices(a)
    check_shares(a, path)
    lines = calculate_lines(a, path)
    return {"lines": lines, "metrics": calculate_metrics(a, path, lines)}


def check_choices(a: dict) -> None:
    """Refuse a choice that does not exist."""
    choices = {"ramp_shape": RAMP_SHAPES, "benefit_route": BENEFIT_ROUTES, "social_return_basis": RETURN_BASES}
    for name, allowed in choices.items():
        if a[name] not in allowed:
            raise ValueError(f"unknown {name}: {a[name]}")


def check_shares(a: dict, path: list[float] | None) -> None:
    """Refuse a scenario whose delivered share leaves 0.1 ... 100 % (a hair of rounding is let through)."""
    planned = [a["social_share_target"]]
    if a["ramp_shape"] == "custom":
        if path is None or len(path) != a["horizon_years"]:
            raise ValueError("the custom ramp shape needs one share per year of the horizon")
        planned = path
    for share in planned:
        delivered = a["social_share_start"] + a["plan_delivery"] * (share - a["social_share_start"])
        if delivered < LOWEST_SHARE - 1e-12 or delivered > HIGHEST_SHARE + 1e-12:
            raise ValueError(f"the delivered social share {delivered} is outside 0.1 ... 100 %")


# Lines


def calculate_lines(a: dict, path: list[float] | None) -> Lines:
    """Every line item, month by month, in the order of the specification."""
    lines: Lines = {}
    previous = OPENING
    for t in range(1, 12 * a["horizon_years"] + 1):
        month: Month = {}
        add_company(month, a, t)
        add_budget(month, a, t, path)
        add_skills(month, a, t, previous)
        add_carryover(month, a, t, previous)
        add_returns(month, a)
        add_revenue_gains(month, a, t)
        add_contributions(month, a)
        add_costs(month, a)
        add_stated(month, a, t)
        add_benefits(month, a)
        add_outlay(month, t, previous)
        add_cash(month, a, previous)
        add_per_employee(month, a)
        for name, value in month.items():
            lines.setdefault(name, []).append(value)
        previous = month
    return lines


def add_company(m: Month, a: dict, t: int) -> None:
    """Growth, prices, discounting, and the company's revenue and marketing budget."""
    m["growth_factor"] = (1 + a["revenue_growth"]) ** (t / 12)
    m["cost_factor"] = (1 + a["cost_inflation"]) ** (t / 12)
    m["discount_factor"] = (1 + a["discount_rate"]) ** (-t / 12)
    m["company_revenue"] = a["employees"] * a["revenue_per_employee"] / 12 * m["growth_factor"]
    m["marketing_budget"] = m["company_revenue"] * a["marketing_share_of_revenue"]


def add_budget(m: Month, a: dict, t: int, path: list[float] | None) -> None:
    """The ramp, and the social and other spend of the plan and of holding."""
    start = a["social_share_start"]
    m["ramp_progress"] = ramp(a["ramp_shape"], min(1.0, t / (12 * a["ramp_years"])))
    if a["ramp_shape"] == "custom":
        m["social_share"] = start + a["plan_delivery"] * (share_on_path(start, path or [], t) - start)
    else:
        rise = (a["social_share_target"] - start) * a["plan_delivery"]
        m["social_share"] = start + rise * m["ramp_progress"]
    m["social_spend"] = m["social_share"] * m["marketing_budget"]
    m["hold_social_spend"] = start * m["marketing_budget"]
    m["extra_social_spend"] = m["social_spend"] - m["hold_social_spend"]
    m["moved_money"] = a["reallocated_share"] * m["extra_social_spend"]
    m["new_money"] = m["extra_social_spend"] - m["moved_money"]
    m["hold_other_spend"] = m["marketing_budget"] - m["hold_social_spend"]
    # Below 0 by rounding only, when the share reaches 100 %.
    m["other_spend"] = max(0.0, m["hold_other_spend"] - m["moved_money"])


def ramp(shape: str, x: float) -> float:
    """Progress of the ramp at x, the elapsed part of it (custom: the linear shape, for the team)."""
    if shape in ("linear", "custom"):
        return x
    if shape == "s_curve":
        return 3 * x**2 - 2 * x**3
    if shape == "front_loaded":
        return 1 - (1 - x) ** 2
    if shape == "immediate":
        return 1.0
    raise ValueError(f"unknown ramp shape: {shape}")


def share_on_path(start: float, path: list[float], t: int) -> float:
    """The planned share at month t, linear from the start share through each year-end."""
    year = (t - 1) // 12  # 0 in the first year
    month = t - 12 * year  # 1 ... 12
    before = start if year == 0 else path[year - 1]
    return before + (path[year] - before) * month / 12


def add_skills(m: Month, a: dict, t: int, previous: Month) -> None:
    """The team, its training and its competence."""
    start = a["competent_share_start"]
    support_active = 1.0 if t <= 12 * a["programme_years"] else 0.0
    m["team"] = a["team_start"] + (a["team_target"] - a["team_start"]) * m["ramp_progress"]
    m["programme_active"] = support_active if a["training_programme"] else 0.0
    m["support_active"] = support_active
    speed = 1 + a["partner_learning_boost"] if a["strategic_partner"] else 1.0
    hours = m["programme_active"] * a["training_hours"] / 12
    m["learning_rate"] = 1 - math.exp(-hours * speed / a["hours_to_competence"])
    kept_in_a_year = (1 - a["team_turnover"]) * 0.5 ** (1 / a["skill_half_life"])
    m["skill_retention"] = kept_in_a_year ** (1 / 12)
    kept = m["skill_retention"] * previous["competence_gain"]
    m["competence_gain"] = kept + m["learning_rate"] * (1 - start - kept)
    m["competent_share"] = start + m["competence_gain"]


def add_carryover(m: Month, a: dict, t: int, previous: Month) -> None:
    """What spend works on in the month, beside holding (1), and the alignment that leadership brings."""
    skill_ratio = spend_quality(a, m["competent_share"]) / spend_quality(a, a["competent_share_start"])
    m["effective_spend_ratio"] = m["social_spend"] / m["hold_social_spend"] * skill_ratio
    other_ratio = m["other_spend"] / m["hold_other_spend"] if m["hold_other_spend"] > 0 else 1.0
    weight = 0.5 ** (1 / a["carryover_half_life"])
    m["carryover_weight"] = weight
    m["social_carryover"] = towards(m["effective_spend_ratio"], previous["social_carryover"], weight)
    m["other_carryover"] = towards(other_ratio, previous["other_carryover"], weight)
    seat = m["support_active"] if a["leadership_seat"] else 0.0
    m["alignment"] = seat * a["alignment_gain"] * min(1.0, t / 12)


def spend_quality(a: dict, competent_share: float) -> float:
    """The part of the spend that is not wasted: less than 1 on the media_efficiency route only."""
    if a["benefit_route"] == "media_efficiency":
        return 1 - a["media_waste"] * (1 - competent_share)
    return 1.0


def towards(now: float, before: float, weight: float) -> float:
    """The sum weight · before + (1 − weight) · now, without rounding where nothing changes."""
    return now + weight * (before - now)


def add_returns(m: Month, a: dict) -> None:
    """The return of social today and both responses."""
    social_budget = month_0_social_budget(a)
    m["team_pay"] = a["annual_pay"] * a["on_cost"] / 12
    payroll = a["team_start"] * m["team_pay"] if a["team_pay_in_budget"] else 0.0
    m["hold_pay_share"] = payroll / social_budget
    m["hold_media_share"] = max(0.0, 1 - m["hold_pay_share"])
    if a["social_return_basis"] == "platform":
        seen = a["social_reported_roas"] * a["social_incremental_share"]
        m["social_return"] = seen * a["social_long_run_multiplier"] * m["hold_media_share"]
    else:
        m["social_return"] = a["social_relative_return"] * a["other_incremental_roas"]
    m["social_response"] = response(m["social_carryover"], a["social_returns_exponent"], a["saturation"])
    m["other_response"] = response(m["other_carryover"], a["other_returns_exponent"], a["saturation"])


def month_0_social_budget(a: dict) -> float:
    """The social budget of a month today."""
    revenue = a["employees"] * a["revenue_per_employee"] / 12
    return a["social_share_start"] * a["marketing_share_of_revenue"] * revenue


def response(ratio: float, exponent: float, saturation: float) -> float:
    """Between a power curve (saturation 0) and a Hill curve (1); both are 1 at ratio 1, the exponent their slope."""
    if ratio == 1:
        return 1.0
    power = ratio**exponent
    hill = ratio / (exponent + (1 - exponent) * ratio)
    return (1 - saturation) * power + saturation * hill


def add_revenue_gains(m: Month, a: dict, t: int) -> None:
    """Revenue of the plan beyond that of holding."""
    drift = (1 + a["social_return_drift"]) ** (t / 12)
    m["social_base_revenue"] = m["social_return"] * m["hold_social_spend"] * drift
    m["social_revenue_gain"] = m["social_base_revenue"] * ((1 + m["alignment"]) * m["social_response"] - 1)
    other_base_revenue = a["other_incremental_roas"] * m["hold_other_spend"]
    m["other_revenue_gain"] = other_base_revenue * (m["other_response"] - 1)
    trained = m["competence_gain"] / (1 - a["competent_share_reference"])
    m["productivity_gain"] = a["headline_uplift"] * a["causal_share"] * trained
    m["training_revenue_gain"] = 0.0
    if a["benefit_route"] == "per_employee":
        team_revenue = m["team"] * a["revenue_per_employee"] / 12 * m["growth_factor"]
        m["training_revenue_gain"] = team_revenue * m["productivity_gain"]
    m["revenue_gain"] = m["social_revenue_gain"] + m["other_revenue_gain"] + m["training_revenue_gain"]


def add_contributions(m: Month, a: dict) -> None:
    """What the extra revenue contributes."""
    margin = a["contribution_margin"]
    m["social_contribution"] = margin * m["social_revenue_gain"]
    m["training_contribution"] = margin * a["retained_share"] * m["training_revenue_gain"]
    m["training_wages"] = margin * m["training_revenue_gain"] - m["training_contribution"]
    m["lost_other_contribution"] = -margin * m["other_revenue_gain"]


def add_costs(m: Month, a: dict) -> None:
    """Training, pay, partner and leadership, before tax."""
    in_budget = 1 if a["team_pay_in_budget"] else 0
    partner = m["support_active"] if a["strategic_partner"] else 0.0
    seat = m["support_active"] if a["leadership_seat"] else 0.0
    working_hour = a["annual_pay"] * a["on_cost"] / a["productive_hours"]
    course_hour = a["training_fee_per_hour"] * (1 + a["training_admin"])
    hours = m["programme_active"] * m["team"] * a["training_hours"] / 12
    m["trained_hours"] = hours
    m["training_time"] = hours * working_hour * m["cost_factor"]
    m["training_fees"] = hours * course_hour * m["cost_factor"]
    m["training_cost"] = hours * (working_hour + course_hour) * m["cost_factor"]
    m["team_payroll"] = m["team"] * m["team_pay"] * m["cost_factor"]
    m["budget_payroll"] = m["team_payroll"] if a["team_pay_in_budget"] else 0.0
    m["hold_team_payroll"] = a["team_start"] * m["team_pay"] * m["cost_factor"]
    m["hold_budget_payroll"] = m["hold_team_payroll"] if a["team_pay_in_budget"] else 0.0
    m["pay_share"] = m["budget_payroll"] / m["social_spend"]
    m["working_media"] = m["social_spend"] - m["budget_payroll"]
    added_people = m["team"] - a["team_start"]
    m["staff_cost"] = (1 - in_budget) * added_people * m["team_pay"] * m["cost_factor"]
    m["partner_fee"] = partner * a["partner_cost"] / 12 * m["cost_factor"]
    m["leadership_cost"] = seat * a["leadership_hours"] * a["leadership_hourly_cost"] * m["cost_factor"]


def add_stated(m: Month, a: dict, t: int) -> None:
    """Other costs and benefits as stated by plan year, in equal parts in its months."""
    year = (t - 1) // 12
    for name in STATED:
        m[name] = sum(row[year] / 12 for row in a.get(name, []) if year < len(row))


def add_benefits(m: Month, a: dict) -> None:
    """Contribution gained, after tax."""
    m["benefits"] = (m["social_contribution"] + m["training_contribution"] + m["other_benefits"]) * (
        1 - a["tax_rate"]
    )


def add_outlay(m: Month, t: int, previous: Month) -> None:
    """What is newly paid, and what is to be spent beyond holding since the plan year began, before tax."""
    programme = m["training_cost"] + m["partner_fee"] + m["leadership_cost"]
    m["outlay"] = m["new_money"] + programme + m["staff_cost"] + m["other_costs"]
    m["commitment"] = m["outlay"] + m["moved_money"] - m["training_time"] - m["leadership_cost"]
    earlier = previous["commitment_to_date"] if t % 12 != 1 else 0.0
    m["commitment_to_date"] = earlier + m["commitment"]


def add_cash(m: Month, a: dict, previous: Month) -> None:
    """Costs and cash, after tax."""
    kept = 1 - a["tax_rate"]
    programme = m["training_cost"] + m["partner_fee"] + m["leadership_cost"]
    further = m["staff_cost"] + m["other_costs"]
    m["costs"] = (m["new_money"] + m["lost_other_contribution"] + programme + further) * kept
    m["net_cash"] = m["benefits"] - m["costs"]
    m["cumulative_cash"] = previous["cumulative_cash"] + m["net_cash"]
    m["present_value"] = m["net_cash"] * m["discount_factor"]
    m["cumulative_present_value"] = previous["cumulative_present_value"] + m["present_value"]


def add_per_employee(m: Month, a: dict) -> None:
    """Revenue per employee, a year, of holding and of the plan."""
    m["hold_revenue_per_employee"] = 12 * m["company_revenue"] / a["employees"]
    m["plan_employees"] = max(1.0, a["employees"] + a["hired_share"] * (m["team"] - a["team_start"]))
    m["plan_revenue_per_employee"] = 12 * (m["company_revenue"] + m["revenue_gain"]) / m["plan_employees"]


# Metrics


def calculate_metrics(a: dict, path: list[float] | None, lines: Lines) -> dict[str, float | None]:
    """Every metric of the specification; None when it is undefined."""
    npv = sum(lines["present_value"])
    run_off = run_off_value(a, lines)
    return {
        "npv": npv,
        **value_metrics(a, npv, lines),
        **totals(lines),
        **programme_metrics(a, path, lines),
        **return_metrics(a, npv, lines),
        "run_off_value": run_off,
        "npv_with_run_off": npv + run_off,
    }


def value_metrics(a: dict, npv: float, lines: Lines) -> dict[str, float | None]:
    """Value, ratios, payback and rate of return."""
    pv_costs = discounted(lines["costs"], lines)
    pv_outlay = (1 - a["tax_rate"]) * discounted(lines["outlay"], lines)
    pv_benefits = discounted(lines["benefits"], lines)
    costs = sum(lines["costs"])
    peak_funding = max(0.0, -min(lines["cumulative_cash"]))
    little = peak_funding < LEAST_FUNDING * pv_costs
    return {
        "pv_benefits": pv_benefits,
        "pv_costs": pv_costs,
        "pv_outlay": pv_outlay,
        "bcr": pv_benefits / pv_costs if pv_costs > 0 else None,
        "roi": npv / pv_costs if pv_costs > 0 else None,
        "roi_on_outlay": npv / pv_outlay if pv_outlay > 0 else None,
        "roi_undiscounted": sum(lines["net_cash"]) / costs if costs > 0 else None,
        "payback_month": payback_month(lines["cumulative_cash"]),
        "discounted_payback_month": payback_month(lines["cumulative_present_value"]),
        "peak_funding": peak_funding,
        "yearly_commitment": yearly_commitment(lines),
        "irr": None if little or lines["net_cash"][-1] < 0 else irr(lines["net_cash"]),
    }


def totals(lines: Lines) -> dict[str, float | None]:
    """Ends and sums of lines."""
    return {
        "final_social_share": lines["social_share"][-1],
        "final_competent_share": lines["competent_share"][-1],
        "final_revenue_per_employee": lines["plan_revenue_per_employee"][-1],
        "total_extra_social_spend": sum(lines["extra_social_spend"]),
        "total_programme_cost": sum(programme_cost_by_month(lines)),
    }


def programme_metrics(a: dict, path: list[float] | None, lines: Lines) -> dict[str, float | None]:
    """Value of the programme, and the causal shares at which the plan and the programme break even."""
    found: dict[str, float | None] = {
        "programme_npv": None,
        "programme_roi": None,
        "break_even_causal_share": None,
        "programme_break_even_causal_share": None,
    }
    cost = programme_cost_by_month(lines)
    per_employee = a["benefit_route"] == "per_employee"
    none_causal = {**a, "causal_share": 0.0}
    all_causal = {**a, "causal_share": 1.0}
    if per_employee:
        found["break_even_causal_share"] = zero_of_line(npv_of(none_causal, path), npv_of(all_causal, path))
    if sum(cost) > 0:
        value = npv_of_programme(a, path)
        found["programme_npv"] = value
        found["programme_roi"] = value / (discounted(cost, lines) * (1 - a["tax_rate"]))
        if per_employee:
            at_0, at_1 = npv_of_programme(none_causal, path), npv_of_programme(all_causal, path)
            found["programme_break_even_causal_share"] = zero_of_line(at_0, at_1)
    return found


def return_metrics(a: dict, npv: float, lines: Lines) -> dict[str, float | None]:
    """What a unit of budget returns in social and elsewhere, and the return at which the plan breaks even."""
    social_return = lines["social_return"][0]
    other_return = a["other_incremental_roas"]
    relative = None if other_return == 0 else social_return / other_return
    gain = discounted(lines["social_contribution"], lines) * (1 - a["tax_rate"])
    margin = a["contribution_margin"]
    return {
        "relative_return": relative,
        "break_even_relative_return": None if relative is None or gain == 0 else relative * (1 - npv / gain),
        "social_marginal_contribution": margin * social_return * a["social_returns_exponent"],
        "other_marginal_contribution": margin * other_return * a["other_returns_exponent"],
    }


def run_off_value(a: dict, lines: Lines) -> float:
    """Present value of the training contribution after the horizon, as competence fades, over 60 months."""
    growth = ((1 + a["revenue_growth"]) / (1 + a["discount_rate"])) ** (1 / 12)
    fading = lines["skill_retention"][-1] * growth
    value = lines["training_contribution"][-1] * (1 - a["tax_rate"]) * lines["discount_factor"][-1]
    total = 0.0
    for _ in range(RUN_OFF_MONTHS):
        value *= fading
        total += value
    return total


def discounted(line: list[float], lines: Lines) -> float:
    """The sum of a line times the discount factor."""
    total = 0.0
    for value, factor in zip(line, lines["discount_factor"], strict=True):
        total += value * factor
    return total


def programme_cost_by_month(lines: Lines) -> list[float]:
    """Training, partner and leadership, before tax."""
    months = zip(lines["training_cost"], lines["partner_fee"], lines["leadership_cost"], strict=True)
    return [training + partner + leadership for training, partner, leadership in months]


def yearly_commitment(lines: Lines) -> float:
    """The largest sum of a plan year's extra social spend and of what is paid beside it; 0 at least."""
    paid = ("extra_social_spend", "training_fees", "partner_fee", "staff_cost", "other_costs")
    parts = [lines[name] for name in paid]
    months = [sum(month) for month in zip(*parts, strict=True)]
    return max(0.0, *(sum(months[start : start + 12]) for start in range(0, len(months), 12)))


def npv_of(a: dict, path: list[float] | None) -> float:
    """The npv of a scenario; `a` holds every assumption."""
    return sum(calculate_lines(a, path)["present_value"])


def npv_of_programme(a: dict, path: list[float] | None) -> float:
    """The npv of a scenario less that of the same plan with the three switches off."""
    return npv_of(a, path) - npv_of({**a, **NO_PROGRAMME}, path)


def zero_of_line(at_0: float, at_1: float) -> float | None:
    """Where the straight line through (0, at_0) and (1, at_1) is zero; None if it is level."""
    slope = at_1 - at_0
    return None if slope == 0 else -at_0 / slope


def payback_month(cumulative: list[float]) -> int | None:
    """First month from which the line stays at or above 0 after having been below; 0 if it never is below."""
    if cumulative[-1] < 0:
        return None
    last_negative = 0
    for t, value in enumerate(cumulative, start=1):
        if value < 0:
            last_negative = t
    return last_negative + 1 if last_negative else 0


def irr(flows: list[float]) -> float | None:
    """Effective annual internal rate of return of monthly flows at t = 1..T, by bisection.

    None unless the flows, zeros skipped, change sign exactly once: then there is exactly one root.
    The search is over g = ln(1 + irr)/12, so that rates near -100 % and huge ones are found as well.
    """
    signs = [flow > 0 for flow in flows if flow != 0]
    changes = sum(signs[i] != signs[i - 1] for i in range(1, len(signs)))
    if changes != 1:
        return None
    # At a very high rate only the first flow counts, at a very low one only the last.
    low, high = -0.01, 0.01
    while at_log_rate(flows, low) == 0 or (at_log_rate(flows, low) > 0) != signs[-1]:
        low *= 2
    while at_log_rate(flows, high) == 0 or (at_log_rate(flows, high) > 0) != signs[0]:
        high *= 2
    while True:
        middle = (low + high) / 2
        if middle <= low or middle >= high:
            return math.expm1(12 * middle)
        if (at_log_rate(flows, middle) > 0) == signs[-1]:
            low = middle
        else:
            high = middle


def at_log_rate(flows: list[float], g: float) -> float:
    """Value of the flows at g a month, discounted to whichever end keeps every factor at or below 1."""
    total = 0.0
    for t, flow in enumerate(flows, start=1):
        total += flow * math.exp(-g * t if g >= 0 else g * (len(flows) - t))
    return total


# Odds


def odds(values: dict, draws: int, seed: int) -> float:
    """Share of plain random draws in which npv is above 0.

    Every assumption of RANGES is drawn, independently, from its default range; one that `values` names keeps
    the value given there.
    """
    rng = random.Random(seed)  # noqa: S311 - no secret
    gains = 0
    for _ in range(draws):
        drawn = {name: pert(rng, *ends) for name, ends in RANGES.items() if name not in values}
        gains += npv_of({**DEFAULTS, **values, **drawn}, None) > 0
    return gains / draws


def pert(rng: random.Random, low: float, likely: float, high: float) -> float:
    """One draw of the PERT distribution with λ = 4."""
    rise = 1 + 4 * (likely - low) / (high - low)
    fall = 1 + 4 * (high - likely) / (high - low)
    return low + (high - low) * rng.betavariate(rise, fall)


# Random scenarios


def random_values(rng: random.Random) -> tuple[dict, list[float] | None]:
    """A random legal scenario: every assumption varied, and a path of planned shares for the custom shape."""
    values = {
        **random_company(rng),
        **random_response(rng),
        **random_team(rng),
        **random_training(rng),
        **random_support(rng),
        "horizon_years": rng.randint(1, 10),
    }
    path = add_random_shares(rng, values)
    return values, path


def random_company(rng: random.Random) -> dict[str, Value]:
    """The company, and how the rise runs."""
    return {
        "employees": rng.randint(5, 20_000),
        "revenue_per_employee": rng.uniform(30_000, 1_000_000),
        "revenue_growth": rng.uniform(-0.20, 0.40),
        "contribution_margin": rng.uniform(0.05, 0.95),
        "marketing_share_of_revenue": rng.uniform(0.005, 0.40),
        "discount_rate": or_zero(rng, rng.uniform(0.0, 0.40)),
        "tax_rate": or_zero(rng, rng.uniform(0.0, 0.60)),
        "cost_inflation": rng.uniform(-0.05, 0.20),
        "ramp_years": rng.choice([1 / 12, 1.0, 5.0, 10.0, rng.uniform(1 / 12, 10.0)]),
        "ramp_shape": rng.choice(RAMP_SHAPES),
        "reallocated_share": rng.choice([0.0, 1.0, rng.uniform(0.0, 1.0), rng.uniform(0.0, 1.0)]),
    }


def random_response(rng: random.Random) -> dict[str, Value]:
    """Returns of both blocks, and their curves."""
    return {
        "social_return_basis": rng.choice(RETURN_BASES),
        "social_relative_return": or_zero(rng, rng.uniform(0.1, 4.0)),
        "social_reported_roas": or_zero(rng, rng.uniform(0.2, 12.0)),
        "social_incremental_share": or_zero(rng, rng.uniform(0.05, 2.0)),
        "social_long_run_multiplier": rng.choice([1.0, rng.uniform(0.1, 4.0), rng.uniform(0.1, 10.0)]),
        "social_returns_exponent": rng.choice([1.0, rng.uniform(0.1, 1.0), rng.uniform(0.1, 1.0)]),
        "other_incremental_roas": or_zero(rng, rng.uniform(0.2, 8.0)),
        "other_returns_exponent": rng.choice([1.0, rng.uniform(0.1, 1.0), rng.uniform(0.1, 1.0)]),
        "saturation": rng.choice([0.0, 1.0, rng.uniform(0.0, 1.0), rng.uniform(0.0, 1.0)]),
        "social_return_drift": rng.choice([0.0, rng.uniform(-0.10, 0.10), rng.uniform(-0.50, 0.50)]),
        "carryover_half_life": rng.choice([rng.uniform(0.05, 3.0), rng.uniform(3.0, 24.0)]),
    }


def random_team(rng: random.Random) -> dict[str, Value]:
    """The team, its pay and its skills."""
    return {
        "team_start": rng.choice([rng.randint(1, 10), rng.randint(1, 200)]),
        "team_target": rng.choice([rng.randint(1, 20), rng.randint(1, 400)]),
        "team_pay_in_budget": rng.random() < 0.5,
        "hired_share": rng.choice([0.0, 1.0, rng.uniform(0.0, 1.0), rng.uniform(0.0, 1.0)]),
        "competent_share_start": or_zero(rng, rng.uniform(0.0, 0.95)),
        "competent_share_reference": or_zero(rng, rng.uniform(0.0, 0.95)),
        "skill_half_life": rng.uniform(0.2, 20.0),
        "team_turnover": or_zero(rng, rng.uniform(0.0, 0.80)),
        "annual_pay": or_zero(rng, rng.uniform(10_000, 300_000)),
        "on_cost": rng.uniform(1.0, 2.5),
        "productive_hours": rng.uniform(800.0, 2_400.0),
    }


def random_training(rng: random.Random) -> dict[str, Value]:
    """The programme and what it is believed to do."""
    return {
        "training_programme": rng.random() < 0.7,
        "training_hours": or_zero(rng, rng.uniform(1.0, 300.0)),
        "hours_to_competence": rng.uniform(10.0, 1_000.0),
        "training_fee_per_hour": or_zero(rng, rng.uniform(1.0, 300.0)),
        "training_admin": or_zero(rng, rng.uniform(0.0, 1.0)),
        "programme_years": rng.choice([0.0, 2.0, 5.0, 10.0, rng.uniform(0.1, 10.0), rng.uniform(0.1, 10.0)]),
        "headline_uplift": or_zero(rng, rng.uniform(0.05, 5.0)),
        "causal_share": or_zero(rng, rng.uniform(0.0, 1.0)),
        "retained_share": or_zero(rng, rng.uniform(0.05, 1.0)),
        "benefit_route": rng.choice(BENEFIT_ROUTES),
        "media_waste": or_zero(rng, rng.uniform(0.0, 0.80)),
    }


def random_support(rng: random.Random) -> dict[str, Value]:
    """The partner and the seat at the leadership table."""
    return {
        "strategic_partner": rng.random() < 0.5,
        "partner_cost": or_zero(rng, rng.uniform(100.0, 300_000.0)),
        "partner_learning_boost": or_zero(rng, rng.uniform(0.0, 2.0)),
        "leadership_seat": rng.random() < 0.5,
        "leadership_hours": or_zero(rng, rng.uniform(0.5, 100.0)),
        "leadership_hourly_cost": or_zero(rng, rng.uniform(10.0, 1_000.0)),
        "alignment_gain": or_zero(rng, rng.uniform(0.0, 0.30)),
    }


def add_random_shares(rng: random.Random, values: dict) -> list[float] | None:
    """Add the shares, planned and delivered clearly inside 0.1 ... 100 %; return the path of the custom shape."""
    start = rng.uniform(0.02, 0.90)
    delivery = rng.choice([0.0, 1.0, rng.uniform(0.0, 1.0), rng.uniform(1.0, 1.5)])
    target = random_share(rng, start, delivery)
    edge = rng.random()
    if edge < 0.03:  # everything goes to social; a steep exponent would only magnify rounding at zero spend
        delivery = target = 1.0
        values["other_returns_exponent"] = rng.uniform(0.8, 1.0)
    elif edge < 0.06:  # everything is social already: no other spend to hold
        start, delivery, target = 1.0, rng.uniform(0.0, 1.0), rng.uniform(0.05, 1.0)
    values.update(social_share_start=start, social_share_target=target, plan_delivery=delivery)
    if values["ramp_shape"] != "custom":
        return None
    path = [random_share(rng, start, delivery) for _ in range(values["horizon_years"])]
    if edge < 0.03:
        path[-1] = 1.0
    return path


def random_share(rng: random.Random, start: float, delivery: float) -> float:
    """A planned share whose delivered share is legal as well."""
    while True:
        share = rng.uniform(0.002, 0.999)
        delivered = start + delivery * (share - start)
        if 0.002 <= delivered <= 0.999 or (start == 1 and delivered >= 0.002):
            return share


def or_zero(rng: random.Random, value: float) -> float:
    """The value, but now and then 0: the end of the range where things switch off."""
    return 0.0 if rng.random() < 0.05 else value


# Self-check


def check_stated_values() -> bool:
    """Print the values that the specification states beside those found here; do all agree?"""
    agree = True
    for name, values in presets().items():
        agree &= agrees(f"npv {name}", project(values)["metrics"]["npv"], STATED_NPV[name], 3)
    metrics = project({})["metrics"]
    for name, stated in STATED_OF_PLAN.items():
        agree &= agrees(f"{name} social-plan", metrics[name], stated, 3)
    return agree


def agrees(what: str, found: float, stated: float, decimals: int) -> bool:
    """Print a line of the table; is the value found the stated one, as rounded?"""
    fits = abs(found - stated) <= 0.5000001 * 10**-decimals
    print(f"{what:45}{found:22,.6f}{stated:18,.{decimals}f}  {'agrees' if fits else 'DIFFERS'}")
    return fits


def check_stated_odds(draws: int, seed: int) -> bool:
    """Print the odds of a gain, in 100, beside those that the specification states; do all agree?"""
    agree = True
    for name, stated in STATED_ODDS.items():
        agree &= agrees(f"odds {name}", 100 * odds(PRESETS[name], draws, seed), stated, 0)
    return agree


if __name__ == "__main__":
    stated_values_agree = check_stated_values()
    stated_odds_agree = check_stated_odds(20_000, seed=1)
    raise SystemExit(0 if stated_values_agree and stated_odds_agree else 1)
