"""A second, independent engine for the tests: plain loops, standard library only; shares no code
with the model.
"""

import math
import random

DEFAULTS: dict[str, float | bool | str | int] = {
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
    "social_reported_roas": 4.0,
    "social_incremental_share": 0.60,
    "social_returns_exponent": 0.7,
    "other_incremental_roas": 2.0,
    "other_returns_exponent": 0.7,
    "carryover_half_life": 1.0,
    # Team and skills
    "team_start": 12,
    "team_target": 18,
    "competent_share_start": 0.37,
    "training_programme": True,
    "training_hours": 40.0,
    "hours_to_competence": 100.0,
    "skill_half_life": 2.5,
    "team_turnover": 0.15,
    "training_fee": 1_200.0,
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

PRESETS: dict[str, dict] = {
    "social-plan": {},
    "hold": {"social_share_target": 0.133, "training_programme": False},
    "bigger-budget-same-skills": {"training_programme": False},
    "plan-with-partner": {"strategic_partner": True},
    "seat-at-the-table": {"strategic_partner": True, "leadership_seat": True},
    "sceptical-cfo": {"plan_delivery": 0.44, "social_incremental_share": 0.3, "causal_share": 0.013},
    "headline-claim": {"causal_share": 1.0},
}

RAMP_SHAPES = ["linear", "s_curve", "front_loaded", "immediate", "custom"]
BENEFIT_ROUTES = ["per_employee", "media_efficiency"]
LOWEST_SHARE = 0.001
HIGHEST_SHARE = 1.0
NO_PROGRAMME = {"training_programme": False, "strategic_partner": False, "leadership_seat": False}


def project(values: dict, path: list[float] | None = None) -> dict:
    """Project one scenario.

    `values` overrides DEFAULTS; `path` holds one planned share per year-end for the custom ramp shape.
    Returns {"lines": {name: [value for t = 1..T]}, "metrics": {name: value, or None when undefined}}.
    """
    for name in values:
        if name not in DEFAULTS:
            raise ValueError(f"unknown assumption: {name}")
    a = {**DEFAULTS, **values}
    check_shares(a, path)
    lines = calculate_lines(a, path)
    return {"lines": lines, "metrics": calculate_metrics(a, path, lines)}


def check_shares(a: dict, path: list[float] | None) -> None:
    """Refuse a scenario whose delivered share leaves 0.1 ... 100 % (a hair of rounding is let through)."""
    if a["ramp_shape"] == "custom":
        if path is None or len(path) != a["horizon_years"]:
            raise ValueError("the custom ramp shape needs one share per year of the horizon")
        planned = path
    else:
        planned = [a["social_share_target"]]
    for share in planned:
        delivered = a["social_share_start"] + a["plan_delivery"] * (share - a["social_share_start"])
        if delivered < LOWEST_SHARE - 1e-12 or delivered > HIGHEST_SHARE + 1e-12:
            raise ValueError(f"the delivered social share {delivered} is outside 0.1 ... 100 %")


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
    after = path[year]
    return before + (after - before) * month / 12


def calculate_lines(a: dict, path: list[float] | None) -> dict[str, list[float]]:
    """Every line item, month by month, in the order of the specification."""
    start = a["social_share_start"]
    competent_start = a["competent_share_start"]
    per_employee = a["benefit_route"] == "per_employee"
    if not per_employee and a["benefit_route"] != "media_efficiency":
        raise ValueError(f"unknown benefit route: {a['benefit_route']}")
    training_on = 1.0 if a["training_programme"] else 0.0
    partner_on = 1.0 if a["strategic_partner"] else 0.0
    seat_on = 1.0 if a["leadership_seat"] else 0.0

    # Openings, at month 0.
    competence_gain = 0.0
    social_carryover = 1.0
    other_carryover = 1.0
    cumulative_cash = 0.0
    cumulative_present_value = 0.0

    lines: dict[str, list[float]] = {}
    for t in range(1, 12 * a["horizon_years"] + 1):
        # Factors and the company
        growth_factor = (1 + a["revenue_growth"]) ** (t / 12)
        cost_factor = (1 + a["cost_inflation"]) ** (t / 12)
        discount_factor = (1 + a["discount_rate"]) ** (-t / 12)
        company_revenue = a["employees"] * a["revenue_per_employee"] / 12 * growth_factor
        marketing_budget = company_revenue * a["marketing_share_of_revenue"]

        # Social budget
        x = min(1.0, t / (12 * a["ramp_years"]))
        ramp_progress = ramp(a["ramp_shape"], x)
        if a["ramp_shape"] == "custom":
            social_share = start + a["plan_delivery"] * (share_on_path(start, path, t) - start)
        else:
            social_share = start + (a["social_share_target"] - start) * a["plan_delivery"] * ramp_progress
        social_spend = social_share * marketing_budget
        hold_social_spend = start * marketing_budget
        extra_social_spend = social_spend - hold_social_spend
        moved_money = a["reallocated_share"] * extra_social_spend
        new_money = extra_social_spend - moved_money
        hold_other_spend = marketing_budget - hold_social_spend
        other_spend = max(0.0, hold_other_spend - moved_money)  # rounding only, when the share reaches 100 %

        # Team and skills
        team = a["team_start"] + (a["team_target"] - a["team_start"]) * ramp_progress
        support_active = 1.0 if t <= 12 * a["programme_years"] else 0.0
        programme_active = training_on * support_active
        boost = 1 + partner_on * a["partner_learning_boost"]
        monthly_hours = programme_active * a["training_hours"] / 12
        learning_rate = 1 - math.exp(-monthly_hours * boost / a["hours_to_competence"])
        skill_retention = ((1 - a["team_turnover"]) * 0.5 ** (1 / a["skill_half_life"])) ** (1 / 12)
        kept = skill_retention * competence_gain
        competence_gain = kept + learning_rate * (1 - competent_start - kept)
        competent_share = competent_start + competence_gain

        # Response
        if per_employee:
            q_now = 1.0
            q_start = 1.0
        else:
            q_now = 1 - a["media_waste"] * (1 - competent_share)
            q_start = 1 - a["media_waste"] * (1 - competent_start)
        effective_spend_ratio = social_spend / hold_social_spend * q_now / q_start
        other_spend_ratio = other_spend / hold_other_spend if hold_other_spend > 0 else 1.0
        carryover_weight = 0.5 ** (1 / a["carryover_half_life"])
        social_carryover = carryover_weight * social_carryover + (1 - carryover_weight) * effective_spend_ratio
        other_carryover = carryover_weight * other_carryover + (1 - carryover_weight) * other_spend_ratio
        alignment = seat_on * support_active * a["alignment_gain"] * min(1.0, t / 12)
        social_base_revenue = a["social_reported_roas"] * a["social_incremental_share"] * hold_social_spend
        social_response = (1 + alignment) * social_carryover ** a["social_returns_exponent"]
        social_revenue_gain = social_base_revenue * (social_response - 1)
        other_base_revenue = a["other_incremental_roas"] * hold_other_spend
        other_revenue_gain = other_base_revenue * (other_carryover ** a["other_returns_exponent"] - 1)
        if per_employee:
            team_revenue = team * a["revenue_per_employee"] / 12 * growth_factor
            uplift = a["headline_uplift"] * a["causal_share"]
            training_revenue_gain = team_revenue * uplift * competence_gain / (1 - competent_start)
        else:
            training_revenue_gain = 0.0
        revenue_gain = social_revenue_gain + other_revenue_gain + training_revenue_gain

        # Contribution and costs
        social_contribution = a["contribution_margin"] * social_revenue_gain
        training_contribution = a["contribution_margin"] * a["retained_share"] * training_revenue_gain
        lost_other_contribution = -a["contribution_margin"] * other_revenue_gain
        hours_cost = a["training_hours"] * a["annual_pay"] * a["on_cost"] / a["productive_hours"]
        cost_per_person = (hours_cost + a["training_fee"]) / 12 * (1 + a["training_admin"])
        training_cost = programme_active * team * cost_per_person * cost_factor
        partner_fee = partner_on * support_active * a["partner_cost"] / 12 * cost_factor
        executive_time = a["leadership_hours"] * a["leadership_hourly_cost"]
        leadership_cost = seat_on * support_active * executive_time * cost_factor
        programme_cost = training_cost + partner_fee + leadership_cost

        # Cash
        benefits = (social_contribution + training_contribution) * (1 - a["tax_rate"])
        costs = (new_money + lost_other_contribution + programme_cost) * (1 - a["tax_rate"])
        net_cash = benefits - costs
        cumulative_cash = cumulative_cash + net_cash
        present_value = net_cash * discount_factor
        cumulative_present_value = cumulative_present_value + present_value
        hold_revenue_per_employee = 12 * company_revenue / a["employees"]
        plan_revenue_per_employee = 12 * (company_revenue + revenue_gain) / a["employees"]

        month = {
            "growth_factor": growth_factor,
            "cost_factor": cost_factor,
            "discount_factor": discount_factor,
            "company_revenue": company_revenue,
            "marketing_budget": marketing_budget,
            "ramp_progress": ramp_progress,
            "social_share": social_share,
            "social_spend": social_spend,
            "hold_social_spend": hold_social_spend,
            "extra_social_spend": extra_social_spend,
            "moved_money": moved_money,
            "new_money": new_money,
            "hold_other_spend": hold_other_spend,
            "other_spend": other_spend,
            "team": team,
            "programme_active": programme_active,
            "support_active": support_active,
            "learning_rate": learning_rate,
            "skill_retention": skill_retention,
            "competence_gain": competence_gain,
            "competent_share": competent_share,
            "effective_spend_ratio": effective_spend_ratio,
            "carryover_weight": carryover_weight,
            "social_carryover": social_carryover,
            "other_carryover": other_carryover,
            "alignment": alignment,
            "social_base_revenue": social_base_revenue,
            "social_revenue_gain": social_revenue_gain,
            "other_revenue_gain": other_revenue_gain,
            "training_revenue_gain": training_revenue_gain,
            "revenue_gain": revenue_gain,
            "social_contribution": social_contribution,
            "training_contribution": training_contribution,
            "lost_other_contribution": lost_other_contribution,
            "training_cost": training_cost,
            "partner_fee": partner_fee,
            "leadership_cost": leadership_cost,
            "benefits": benefits,
            "costs": costs,
            "net_cash": net_cash,
            "cumulative_cash": cumulative_cash,
            "present_value": present_value,
            "cumulative_present_value": cumulative_present_value,
            "hold_revenue_per_employee": hold_revenue_per_employee,
            "plan_revenue_per_employee": plan_revenue_per_employee,
        }
        for name, value in month.items():
            lines.setdefault(name, []).append(value)
    return lines


def calculate_metrics(a: dict, path: list[float] | None, lines: dict[str, list[float]]) -> dict[str, float | None]:
    """Every metric of the specification; None when it is undefined."""
    npv = sum(lines["present_value"])
    pv_benefits = discounted(lines["benefits"], lines)
    pv_costs = discounted(lines["costs"], lines)
    total_costs = sum(lines["costs"])

    programme_cost = programme_cost_by_month(lines)
    total_programme_cost = sum(programme_cost)
    has_programme_cost = total_programme_cost > 0
    programme_npv = None
    programme_roi = None
    if has_programme_cost:
        programme_npv = npv_of_programme(a, path)
        programme_roi = programme_npv / (discounted(programme_cost, lines) * (1 - a["tax_rate"]))

    break_even = None
    programme_break_even = None
    if a["benefit_route"] == "per_employee":
        without = {**a, "causal_share": 0.0}
        full = {**a, "causal_share": 1.0}
        break_even = zero_of_line(npv_of(without, path), npv_of(full, path))
        if has_programme_cost:
            programme_break_even = zero_of_line(npv_of_programme(without, path), npv_of_programme(full, path))

    return {
        "npv": npv,
        "pv_benefits": pv_benefits,
        "pv_costs": pv_costs,
        "bcr": pv_benefits / pv_costs if pv_costs > 0 else None,
        "roi": npv / pv_costs if pv_costs > 0 else None,
        "roi_undiscounted": sum(lines["net_cash"]) / total_costs if total_costs > 0 else None,
        "payback_month": payback_month(lines["cumulative_cash"]),
        "discounted_payback_month": payback_month(lines["cumulative_present_value"]),
        "peak_funding": max(0.0, -min(lines["cumulative_cash"])),
        "irr": irr(lines["net_cash"]),
        "final_social_share": lines["social_share"][-1],
        "final_competent_share": lines["competent_share"][-1],
        "final_revenue_per_employee": lines["plan_revenue_per_employee"][-1],
        "total_extra_social_spend": sum(lines["extra_social_spend"]),
        "total_programme_cost": total_programme_cost,
        "programme_npv": programme_npv,
        "programme_roi": programme_roi,
        "break_even_causal_share": break_even,
        "programme_break_even_causal_share": programme_break_even,
    }


def discounted(line: list[float], lines: dict[str, list[float]]) -> float:
    """The sum of a line times the discount factor."""
    total = 0.0
    for value, factor in zip(line, lines["discount_factor"], strict=True):
        total += value * factor
    return total


def programme_cost_by_month(lines: dict[str, list[float]]) -> list[float]:
    """Training, partner and leadership, before tax."""
    months = zip(lines["training_cost"], lines["partner_fee"], lines["leadership_cost"], strict=True)
    return [training + partner + leadership for training, partner, leadership in months]


def npv_of(a: dict, path: list[float] | None) -> float:
    """The npv of a scenario."""
    return sum(calculate_lines(a, path)["present_value"])


def npv_of_programme(a: dict, path: list[float] | None) -> float:
    """The npv of a scenario less that of the same plan with the three switches off."""
    return npv_of(a, path) - npv_of({**a, **NO_PROGRAMME}, path)


def zero_of_line(at_0: float, at_1: float) -> float | None:
    """Where the straight line through (0, at_0) and (1, at_1) is zero; None if it is level."""
    slope = at_1 - at_0
    if slope == 0:
        return None
    return -at_0 / slope


def payback_month(cumulative: list[float]) -> int | None:
    """First month from which the line stays at or above 0 after having been below; 0 if it never is below."""
    if cumulative[-1] < 0:
        return None
    last_negative = 0
    for t, value in enumerate(cumulative, start=1):
        if value < 0:
            last_negative = t
    if last_negative == 0:
        return 0
    return last_negative + 1


def irr(flows: list[float]) -> float | None:
    """Effective annual internal rate of return of monthly flows at t = 1..T, by bisection.

    None unless the flows, zeros skipped, change sign exactly once: then there is exactly one root.
    The search is over g = ln(1 + irr)/12, so that rates near -100 % and huge ones are found as well.
    """
    signs = [flow > 0 for flow in flows if flow != 0]
    changes = 0
    for i in range(1, len(signs)):
        if signs[i] != signs[i - 1]:
            changes += 1
    if changes != 1:
        return None

    def value(g: float) -> float:
        # Discounted to whichever end keeps every factor at or below 1; the sign is the same.
        total = 0.0
        for t, flow in enumerate(flows, start=1):
            total += flow * math.exp(-g * t if g >= 0 else g * (len(flows) - t))
        return total

    # At a very high rate only the first flow counts, at a very low one only the last.
    low, high = -0.01, 0.01
    while value(low) == 0 or (value(low) > 0) != signs[-1]:
        low *= 2
    while value(high) == 0 or (value(high) > 0) != signs[0]:
        high *= 2
    while True:
        middle = (low + high) / 2
        if middle <= low or middle >= high:
            break
        if (value(middle) > 0) == signs[-1]:
            low = middle
        else:
            high = middle
    return math.expm1(12 * middle)


def random_values(rng: random.Random) -> tuple[dict, list[float] | None]:
    """A random legal scenario: every assumption varied, and a path of planned shares for the custom shape."""
    horizon_years = rng.randint(1, 10)
    values: dict[str, float | bool | str | int] = {
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
        "social_reported_roas": or_zero(rng, rng.uniform(0.2, 12.0)),
        "social_incremental_share": or_zero(rng, rng.uniform(0.05, 1.0)),
        "social_returns_exponent": rng.uniform(0.1, 1.0),
        "other_incremental_roas": or_zero(rng, rng.uniform(0.2, 8.0)),
        "other_returns_exponent": rng.uniform(0.1, 1.0),
        "carryover_half_life": rng.choice([rng.uniform(0.05, 3.0), rng.uniform(3.0, 24.0)]),
        "team_start": rng.randint(1, 200),
        "team_target": rng.randint(1, 400),
        "competent_share_start": or_zero(rng, rng.uniform(0.0, 0.95)),
        "training_programme": rng.random() < 0.7,
        "training_hours": or_zero(rng, rng.uniform(1.0, 300.0)),
        "hours_to_competence": rng.uniform(10.0, 1_000.0),
        "skill_half_life": rng.uniform(0.2, 20.0),
        "team_turnover": or_zero(rng, rng.uniform(0.0, 0.80)),
        "training_fee": or_zero(rng, rng.uniform(10.0, 10_000.0)),
        "training_admin": or_zero(rng, rng.uniform(0.0, 1.0)),
        "annual_pay": rng.uniform(10_000, 300_000),
        "on_cost": rng.uniform(1.0, 2.5),
        "productive_hours": rng.uniform(800.0, 2_400.0),
        "programme_years": rng.choice([0.0, 2.0, 5.0, 10.0, rng.uniform(0.1, 10.0), rng.uniform(0.1, 10.0)]),
        "headline_uplift": or_zero(rng, rng.uniform(0.05, 5.0)),
        "causal_share": or_zero(rng, rng.uniform(0.0, 1.0)),
        "retained_share": or_zero(rng, rng.uniform(0.05, 1.0)),
        "benefit_route": rng.choice(BENEFIT_ROUTES),
        "media_waste": or_zero(rng, rng.uniform(0.0, 0.80)),
        "strategic_partner": rng.random() < 0.5,
        "partner_cost": or_zero(rng, rng.uniform(100.0, 300_000.0)),
        "partner_learning_boost": or_zero(rng, rng.uniform(0.0, 2.0)),
        "leadership_seat": rng.random() < 0.5,
        "leadership_hours": or_zero(rng, rng.uniform(0.5, 100.0)),
        "leadership_hourly_cost": or_zero(rng, rng.uniform(10.0, 1_000.0)),
        "alignment_gain": or_zero(rng, rng.uniform(0.0, 0.30)),
        "horizon_years": horizon_years,
    }

    # Shares: the planned ones, and what is delivered of them, all clearly inside 0.1 ... 100 %.
    start = rng.uniform(0.02, 0.90)
    delivery = rng.choice([0.0, 1.0, rng.uniform(0.0, 1.0), rng.uniform(1.0, 1.5)])
    target = random_share(rng, start, delivery)
    edge = rng.random()
    if edge < 0.03:  # everything goes to social; a steep exponent would only magnify rounding at zero spend
        delivery = 1.0
        target = 1.0
        values["other_returns_exponent"] = rng.uniform(0.8, 1.0)
    elif edge < 0.06:  # everything is social already: no other spend to hold
        start = 1.0
        delivery = rng.uniform(0.0, 1.0)
        target = rng.uniform(0.05, 1.0)
    values["social_share_start"] = start
    values["social_share_target"] = target
    values["plan_delivery"] = delivery

    path = None
    if values["ramp_shape"] == "custom":
        path = [random_share(rng, start, delivery) for _ in range(horizon_years)]
        if edge < 0.03:
            path[-1] = 1.0
    return values, path


def random_share(rng: random.Random, start: float, delivery: float) -> float:
    """A planned share whose delivered share is legal as well."""
    while True:
        share = rng.uniform(0.002, 0.999)
        delivered = start + delivery * (share - start)
        if 0.002 <= delivered <= 0.999 or start == 1.0:
            return share


def or_zero(rng: random.Random, value: float) -> float:
    """The value, but now and then 0: the end of the range where things switch off."""
    return 0.0 if rng.random() < 0.05 else value
