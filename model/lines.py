"""Every line item, once, in calculation order: this file reads top to bottom like the sheet.

A line is a function of the names above it: assumptions, given series, earlier lines. Arrays are `(S, 1)` for
assumptions and `(S, T)` for lines, time last; month t runs from 1, cash falls at the end of the month. A line
that takes `previous` runs along time from its `opening` at month 0. Every amount is the difference against
holding, nominal, in the scenario's currency, unless the name says otherwise.
"""
# A formula's arguments need no annotation each: all are arrays (see above).
# mypy: disable-error-code="no-untyped-def, no-untyped-call"
# ruff: noqa: ANN001, ANN201

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model import units as u
from model.formula import given_sum, ratio
from model.other.amounts import SIDES
from model.sheet import OTHER_CHANNELS, PEOPLE, PROGRAMME, SPEND, TRAINING, Line, Sheet

sheet = Sheet()
line = sheet.line


def response(saturation, level, exponent):
    """Revenue at a level of spend relative to today: a blend of a power and a Hill curve.

    Both are 1 at a level of 1, with the exponent as slope there.
    """
    power = level**exponent
    hill = level / (exponent + (1 - exponent) * level)
    return (1 - saturation) * power + saturation * hill


sheet.section("Company if held")


@line("Growth factor", u.FACTOR)
def growth_factor(revenue_growth, t):
    """Company revenue without the plan, relative to today."""
    return (1 + revenue_growth) ** (t / 12)


@line("Cost factor", u.FACTOR)
def cost_factor(cost_inflation, t):
    """Prices of training, partner and executives' time, relative to today."""
    return (1 + cost_inflation) ** (t / 12)


@line("Discount factor", u.FACTOR)
def discount_factor(discount_rate, t):
    """Value today of one unit of money at the end of the month, by the effective annual rate."""
    return (1 + discount_rate) ** (-t / 12)


@line("Company revenue", u.MONEY_FLOW)
def company_revenue(employees, revenue_per_employee, growth_factor):
    """Revenue of the whole company if it holds."""
    return employees * revenue_per_employee / 12 * growth_factor


@line("Total marketing budget", u.MONEY_FLOW)
def marketing_budget(company_revenue, marketing_share_of_revenue):
    """All marketing spend if the company holds."""
    return company_revenue * marketing_share_of_revenue


sheet.section("Rise of the social share")


@line("Time into the ramp", u.SHARE)
def ramp_time(t, ramp_years):
    """Part of the ramp's time that has passed; 100 % from its end on."""
    return np.minimum(1, t / (12 * ramp_years))


@line("Ramp progress", u.SHARE)
def ramp_progress(ramp_shape, ramp_time):
    """Part of the planned change that is reached, by the shape of the rise; the custom shape uses time."""
    s_curve = 3 * ramp_time**2 - 2 * ramp_time**3
    front_loaded = 1 - (1 - ramp_time) ** 2
    return np.where(
        ramp_shape == "s_curve",
        s_curve,
        np.where(ramp_shape == "front_loaded", front_loaded, np.where(ramp_shape == "immediate", 1, ramp_time)),
    )


@line("Path: share where the plan year starts", u.SHARE)
def path_start(t, social_share_start, path_from):
    """Where the plan year starts on the custom path: today's share in the first, then the last year-end's."""
    return np.where(t <= 12, social_share_start, path_from)


@line("Planned rise of the social share", u.SHARE)
def planned_rise(
    ramp_shape, ramp_progress, social_share_start, social_share_target, path_start, path_to, path_month
):
    """How far the plan has moved the share: along the ramp, or straight between the path's year-ends."""
    return np.where(
        ramp_shape == "custom",
        path_start + (path_to - path_start) * path_month / 12 - social_share_start,
        (social_share_target - social_share_start) * ramp_progress,
    )


@line("Social share of the marketing budget", u.SHARE)
def social_share(social_share_start, plan_delivery, planned_rise):
    """Share of the held marketing budget that is spent on social, as far as the plan is delivered."""
    return social_share_start + plan_delivery * planned_rise


@line("Social spend", u.MONEY_FLOW)
def social_spend(social_share, marketing_budget):
    """Spend on social under the plan."""
    return social_share * marketing_budget


@line("Social spend if held", u.MONEY_FLOW)
def hold_social_spend(social_share_start, marketing_budget):
    """Spend on social if the share stays where it is."""
    return social_share_start * marketing_budget


@line("Extra social spend", u.MONEY_FLOW)
def extra_social_spend(social_spend, hold_social_spend):
    """Spend on social above holding; negative where the share falls."""
    return social_spend - hold_social_spend


@line("Money moved from other channels", u.MONEY_FLOW)
def moved_money(reallocated_share, extra_social_spend):
    """The part of the extra spend that other channels give up."""
    return reallocated_share * extra_social_spend


@line("New money", u.MONEY_FLOW, cause=SPEND)
def new_money(extra_social_spend, moved_money):
    """The part of the extra spend that raises the marketing budget."""
    return extra_social_spend - moved_money


@line("Other channels' spend if held", u.MONEY_FLOW)
def hold_other_spend(marketing_budget, hold_social_spend):
    """Spend on all other channels if the share stays where it is."""
    return marketing_budget - hold_social_spend


@line("Other channels' spend", u.MONEY_FLOW)
def other_spend(hold_other_spend, moved_money):
    """Spend on all other channels under the plan.

    Held at zero or above, since rounding can push a share of exactly 100 % a hair below zero, whose power is
    undefined.
    """
    return np.maximum(0, hold_other_spend - moved_money)


sheet.section("Team and skills")


@line("Social team", u.PEOPLE)
def team(team_start, team_target, ramp_progress):
    """People in the social team at the end of the month."""
    return team_start + (team_target - team_start) * ramp_progress


@line("Training programme active", u.RATIO)
def programme_active(training_programme, t, programme_years):
    """1 while the training programme runs, else 0."""
    return training_programme * (t <= 12 * programme_years)


@line("Support active", u.RATIO)
def support_active(t, programme_years):
    """1 while a partner or a leadership seat would run, else 0."""
    return 1 * (t <= 12 * programme_years)


@line("Monthly learning rate", u.SHARE)
def learning_rate(programme_active, training_hours, strategic_partner, partner_learning_boost, hours_to_competence):
    """Part of the still untrained who become competent in a month."""
    return 1 - np.exp(
        -programme_active
        * training_hours
        / 12
        * (1 + strategic_partner * partner_learning_boost)
        / hours_to_competence
    )


@line("Monthly skill retention", u.SHARE)
def skill_retention(team_turnover, skill_half_life):
    """Part of the competence gained that is still there a month later, after leavers and forgetting."""
    return ((1 - team_turnover) * 0.5 ** (1 / skill_half_life)) ** (1 / 12)


@line("Competence gained", u.SHARE, opening=0)
def competence_gain(previous, skill_retention, learning_rate, competent_share_start):
    """Part of the team made competent by the programme, above those who were already."""
    kept = skill_retention * previous
    return kept + learning_rate * (1 - competent_share_start - kept)


@line("Competent part of the team", u.SHARE)
def competent_share(competent_share_start, competence_gain):
    """Part of the team that is competent at the end of the month."""
    return competent_share_start + competence_gain


sheet.section("What the money brings")


@line("Media efficiency", u.RATIO)
def media_efficiency(benefit_route, media_waste, competent_share, competent_share_start):
    """Useful part of spend relative to holding; 1 unless training is taken to pay through media efficiency."""
    return np.where(
        benefit_route == "media_efficiency",
        (1 - media_waste * (1 - competent_share)) / (1 - media_waste * (1 - competent_share_start)),
        1,
    )


@line("Effective social spend relative to holding", u.RATIO)
def effective_spend_ratio(social_spend, hold_social_spend, media_efficiency):
    """Social spend over held social spend, weighted by how well it is spent."""
    return social_spend / hold_social_spend * media_efficiency


@line("Carry-over weight", u.SHARE)
def carryover_weight(carryover_half_life):
    """Part of last month's advertising pressure that is still felt."""
    return 0.5 ** (1 / carryover_half_life)


@line("Social advertising pressure", u.RATIO, opening=1)
def social_carryover(previous, carryover_weight, effective_spend_ratio):
    """Effective social spend relative to holding, with carry-over.

    The weighted mean of last month and now, written so that an unchanged ratio of 1 stays exactly 1.
    """
    return previous + (1 - carryover_weight) * (effective_spend_ratio - previous)


@line("Other channels' spend relative to holding", u.RATIO)
def other_spend_ratio(other_spend, hold_other_spend):
    """Other channels' spend over what it would be; 1 where holding spends nothing on them."""
    return ratio(other_spend, hold_other_spend, 1)


@line("Other channels' advertising pressure", u.RATIO, opening=1)
def other_carryover(previous, carryover_weight, other_spend_ratio):
    """Other channels' spend relative to holding, with carry-over."""
    return previous + (1 - carryover_weight) * (other_spend_ratio - previous)


@line("Alignment", u.SHARE)
def alignment(leadership_seat, support_active, alignment_gain, t):
    """Extra social revenue from the leadership seat, rising over the first year."""
    return leadership_seat * support_active * alignment_gain * np.minimum(1, t / 12)


@line("Pay of a member of the team", u.MONEY_FLOW)
def team_pay(annual_pay, on_cost):
    """What one person of the social team costs in a month, at today's prices."""
    return annual_pay * on_cost / 12


@line("Pay in the social budget today", u.SHARE)
def hold_pay_share(
    team_pay_in_budget, team_start, team_pay, social_share_start, marketing_share_of_revenue, employees,
    revenue_per_employee,
):  # fmt: skip
    """Part of today's social budget that is the team's pay; above 100 % the budget does not even pay the team."""
    return (
        team_pay_in_budget
        * team_start
        * team_pay
        / (social_share_start * marketing_share_of_revenue * employees * revenue_per_employee / 12)
    )


@line("Media in the social budget today", u.SHARE)
def hold_media_share(hold_pay_share):
    """Part of today's social budget that buys media, the rest being the team's pay."""
    return np.maximum(0, 1 - hold_pay_share)


@line("Return of social", u.RATIO)
def social_return(
    social_return_basis, social_reported_roas, social_incremental_share, social_long_run_multiplier,
    hold_media_share, social_relative_return, other_incremental_roas,
):  # fmt: skip
    """Incremental revenue over the years per unit of today's social budget, media and pay together."""
    return np.where(
        social_return_basis == "platform",
        social_reported_roas * social_incremental_share * social_long_run_multiplier * hold_media_share,
        social_relative_return * other_incremental_roas,
    )


@line("Response of social", u.RATIO)
def social_response(saturation, social_carryover, social_returns_exponent):
    """Social revenue relative to holding at this advertising pressure: between a power and a Hill curve."""
    return response(saturation, social_carryover, social_returns_exponent)


@line("Response of the other channels", u.RATIO)
def other_response(saturation, other_carryover, other_returns_exponent):
    """The other channels' revenue relative to holding at their advertising pressure, as for social."""
    return response(saturation, other_carryover, other_returns_exponent)


@line("Incremental social revenue if held", u.MONEY_FLOW)
def social_base_revenue(social_return, hold_social_spend, social_return_drift, t):
    """Revenue that today's social share truly brings, as prices of attention and fatigue let it."""
    return social_return * hold_social_spend * (1 + social_return_drift) ** (t / 12)


@line("Revenue gained on social", u.MONEY_FLOW)
def social_revenue_gain(social_base_revenue, alignment, social_response):
    """Incremental revenue of social above holding, with diminishing returns."""
    return social_base_revenue * ((1 + alignment) * social_response - 1)


@line("Revenue gained on other channels", u.MONEY_FLOW)
def other_revenue_gain(other_incremental_roas, hold_other_spend, other_response):
    """Incremental revenue of the other channels above holding; negative where they give up money."""
    return other_incremental_roas * hold_other_spend * (other_response - 1)


@line("Productivity gained by training", u.SHARE)
def productivity_gain(headline_uplift, causal_share, competence_gain, competent_share_reference):
    """What a member of the team achieves above holding: the causal part of the uplift, as far as competence came.

    A gain as large as what the firms behind the uplift lacked is worth the whole causal part.
    """
    return headline_uplift * causal_share * competence_gain / (1 - competent_share_reference)


@line("Revenue gained by training", u.MONEY_FLOW)
def training_revenue_gain(benefit_route, team, revenue_per_employee, growth_factor, productivity_gain):
    """Revenue of the social team above holding, the team valued at the company's revenue per employee."""
    return np.where(
        benefit_route == "per_employee", team * revenue_per_employee / 12 * growth_factor * productivity_gain, 0
    )


@line("Revenue gain", u.MONEY_FLOW)
def revenue_gain(social_revenue_gain, other_revenue_gain, training_revenue_gain):
    """Company revenue above holding."""
    return social_revenue_gain + other_revenue_gain + training_revenue_gain


sheet.section("Benefits, costs and results")


@line("Contribution from social", u.MONEY_FLOW, cause=SPEND)
def social_contribution(contribution_margin, social_revenue_gain):
    """What is left of the extra social revenue after the costs that rise with it."""
    return contribution_margin * social_revenue_gain


@line("Contribution from training", u.MONEY_FLOW, cause=TRAINING)
def training_contribution(contribution_margin, retained_share, training_revenue_gain):
    """What is left of training's revenue gain after variable costs and the part paid out in wages."""
    return contribution_margin * retained_share * training_revenue_gain


@line("Pay rises out of training's gain", u.MONEY_FLOW)
def training_wages(contribution_margin, retained_share, training_revenue_gain):
    """The part of what training brings, after variable costs, that is paid out in wages."""
    return contribution_margin * (1 - retained_share) * training_revenue_gain


@line("Contribution lost on other channels", u.MONEY_FLOW, cause=OTHER_CHANNELS)
def lost_other_contribution(contribution_margin, other_revenue_gain):
    """What the other channels no longer bring: a cost, so positive where they give up money."""
    return -contribution_margin * other_revenue_gain


@line("Trained hours", u.HOURS_MONTH)
def trained_hours(programme_active, team, training_hours):
    """Hours that the team learns in the month, all its people together."""
    return programme_active * team * training_hours / 12


@line("Training time", u.MONEY_FLOW)
def training_time(trained_hours, annual_pay, on_cost, productive_hours, cost_factor):
    """The trained people's paid hours."""
    return trained_hours * annual_pay * on_cost / productive_hours * cost_factor


@line("Training fees", u.MONEY_FLOW)
def training_fees(trained_hours, training_fee_per_hour, training_admin, cost_factor):
    """Courses and materials bought, with their administration."""
    return trained_hours * training_fee_per_hour * (1 + training_admin) * cost_factor


@line("Training cost", u.MONEY_FLOW, cause=PROGRAMME)
def training_cost(training_time, training_fees):
    """The trained people's paid hours, and fees with their administration."""
    return training_time + training_fees


@line("Team's payroll", u.MONEY_FLOW)
def team_payroll(team, team_pay, cost_factor):
    """What the social team costs, whoever's budget pays it."""
    return team * team_pay * cost_factor


@line("Pay in the social budget", u.MONEY_FLOW)
def budget_payroll(team_pay_in_budget, team_payroll):
    """The part of the team's payroll that the social budget pays: all of it, or none."""
    return team_pay_in_budget * team_payroll


@line("Team's payroll if held", u.MONEY_FLOW)
def hold_team_payroll(team_start, team_pay, cost_factor):
    """What today's team costs if the company holds, whoever's budget pays it."""
    return team_start * team_pay * cost_factor


@line("Pay in the social budget if held", u.MONEY_FLOW)
def hold_budget_payroll(team_pay_in_budget, hold_team_payroll):
    """The part of today's team's payroll that the social budget pays if the company holds."""
    return team_pay_in_budget * hold_team_payroll


@line("Pay's part of the social budget", u.SHARE)
def pay_share(budget_payroll, social_spend):
    """How much of the social budget is pay; above 100 % it does not even pay the team."""
    return budget_payroll / social_spend


@line("Working media", u.MONEY_FLOW)
def working_media(social_spend, budget_payroll):
    """What the social budget leaves for media; below zero it does not even pay the team, which is implausible."""
    return social_spend - budget_payroll


@line("Cost of people added", u.MONEY_FLOW, cause=PEOPLE)
def staff_cost(team_pay_in_budget, team, team_start, team_pay, cost_factor):
    """Pay of people added to the team where it is not part of the social budget; negative where the team shrinks."""
    return (1 - team_pay_in_budget) * (team - team_start) * team_pay * cost_factor


@line("Partner fee", u.MONEY_FLOW, cause=PROGRAMME)
def partner_fee(strategic_partner, support_active, partner_cost, cost_factor):
    """Fee of the strategic partner while it is engaged."""
    return strategic_partner * support_active * partner_cost / 12 * cost_factor


@line("Cost of the leadership seat", u.MONEY_FLOW, cause=PROGRAMME)
def leadership_cost(leadership_seat, support_active, leadership_hours, leadership_hourly_cost, cost_factor):
    """Executives' time for the seat at the table."""
    return leadership_seat * support_active * leadership_hours * leadership_hourly_cost * cost_factor


@line("Other costs", u.MONEY_FLOW)
@given_sum(stated=SIDES["other_costs"].series)
def other_costs(stated):
    """Costs that the scenario states in rows of its own, by plan year, before tax and as they will be paid."""
    return stated


@line("Other benefits", u.MONEY_FLOW)
@given_sum(stated=SIDES["other_benefits"].series)
def other_benefits(stated):
    """Benefits that the scenario states in rows of its own, by plan year, before tax and as they will come."""
    return stated


@line("Benefits", u.MONEY_FLOW)
def benefits(social_contribution, training_contribution, other_benefits, tax_rate):
    """Contribution gained and other benefits, after tax."""
    return (social_contribution + training_contribution + other_benefits) * (1 - tax_rate)


@line("Outlay", u.MONEY_FLOW)
def outlay(new_money, training_cost, partner_fee, leadership_cost, staff_cost, other_costs):
    """What the plan lays out in money and working time, before tax: new money, programme, people, other costs."""
    return new_money + training_cost + partner_fee + leadership_cost + staff_cost + other_costs


@line("Commitment", u.MONEY_FLOW)
def commitment(moved_money, new_money, training_fees, partner_fee, staff_cost, other_costs):
    """Money to be paid beyond holding, before tax: the outlay and the money moved from other channels.

    Working time is left out, as pay already covers it.
    """
    return moved_money + new_money + training_fees + partner_fee + staff_cost + other_costs


@line("Commitment of the plan year so far", u.MONEY, opening=0)
def commitment_to_date(previous, commitment, path_month):
    """The commitment added up since the plan year began; in its last month, all of the year's."""
    return np.where(path_month == 1, 0, previous) + commitment


@line("Costs", u.MONEY_FLOW)
def costs(lost_other_contribution, outlay, tax_rate):
    """Contribution lost on other channels and the outlay, after tax."""
    return (lost_other_contribution + outlay) * (1 - tax_rate)


@line("Net cash", u.MONEY_FLOW)
def net_cash(benefits, costs):
    """Benefits less costs, working time counted as if it were paid for."""
    return benefits - costs


@line("Cumulative cash", u.MONEY, opening=0)
def cumulative_cash(previous, net_cash):
    """Net cash added up since today."""
    return previous + net_cash


@line("Present value", u.MONEY_FLOW)
def present_value(net_cash, discount_factor):
    """Net cash of the month, valued today."""
    return net_cash * discount_factor


@line("Cumulative present value", u.MONEY, opening=0)
def cumulative_present_value(previous, present_value):
    """Present values added up since today."""
    return previous + present_value


@line("Revenue per employee if held", u.MONEY_YEAR)
def hold_revenue_per_employee(company_revenue, employees):
    """Annual rate of revenue per employee if the company holds."""
    return 12 * company_revenue / employees


@line("Employees under the plan", u.PEOPLE)
def plan_employees(employees, hired_share, team, team_start):
    """Everyone employed, with those hired for the social team; at least one."""
    return np.maximum(1, employees + hired_share * (team - team_start))


@line("Revenue per employee", u.MONEY_YEAR)
def plan_revenue_per_employee(company_revenue, revenue_gain, plan_employees):
    """Annual rate of revenue per employee under the plan, those hired for it included."""
    return 12 * (company_revenue + revenue_gain) / plan_employees


LINES: Mapping[str, Line] = sheet.lines
# A fiscal year has no figure of what starts anew with each plan year.
YEARLY: tuple[str, ...] = tuple(
    name for name, item in LINES.items() if item.opening is None or "path_month" not in item.precedents
)
