"""The budget: it ties out to the model by other ways than its own, and says what happens to people and to profit."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.assumptions import MEASURES
from model.metrics import BRIDGE, PROGRAMME_COSTS
from model.other.amounts import OtherAmount
from model.presets import PRESETS
from model.projection import HOLD, project
from model.telling.budget import budget_of
from model.telling.budget.items import BUDGET, PROFIT
from model.telling.budget.statement import Weight
from model.telling.tables import yearly
from tests import reference
from tests.scenarios import draws, scenario_of

TODAY = date(2026, 11, 22)
PLAN = PRESETS["seat-at-the-table"].changed(start_month="2027-01")
OTHER_COSTS = (OtherAmount("Studio", (60_000.0, 0.0, -12_000.0)), OtherAmount("Move", (5_000.0,)))
OTHER_BENEFITS = (OtherAmount("Grant", (24_000.0,)),)
# Part years, pay outside the budget, new money, tax: all rows have a value.
RICH = PLAN.with_values(
    team_pay_in_budget=False, reallocated_share=0.4, tax_rate=0.25, hired_share=0.5, horizon_years=2
).changed(start_month="2027-02", fiscal_year_start=7, other_costs=OTHER_COSTS, other_benefits=OTHER_BENEFITS)


def held(scenario):
    """The scenario if the company holds."""
    without = {name: bool(value) for name, value in HOLD.items() if name in MEASURES}
    return scenario.changed(other_costs=(), other_benefits=()).with_values(
        plan_delivery=0, team_target=scenario.values["team_start"], **without
    )


def random_budget(drawn, starts, month):
    """A random scenario with any calendar, its projection and its budget."""
    scenario = scenario_of(*drawn).changed(
        start_month=f"2027-{month:02d}",
        fiscal_year_start=starts,
        other_costs=OTHER_COSTS,
        other_benefits=OTHER_BENEFITS,
    )
    projection = project(scenario)
    return projection, budget_of(projection)


def near(amounts, scale):
    """As large as these amounts, but for the rounding of sums of this size."""
    return pytest.approx(
        np.asarray(amounts, dtype=float), rel=1e-9, abs=1e-9 * max(1.0, float(np.max(np.abs(scale))))
    )


calendars = pytest.mark.parametrize("scenario", [PLAN, RICH], ids=["whole years", "part years"])


def any_plan(test):
    """The test for random scenarios in any calendar."""
    drawn = given(drawn=draws(), starts=st.integers(1, 12), month=st.integers(1, 12))
    return settings(max_examples=25)(drawn(test))


@any_plan
def test_media_and_pay_in_the_budget_are_the_social_spend(drawn, starts, month):
    projection, found = random_budget(drawn, starts, month)
    spend = yearly(projection, ["social_spend"])["social_spend"]
    assert found.plan.by_name["social_budget"].values == near(spend, spend)


@any_plan
def test_what_is_above_holding_is_extra_spend_programme_and_staff(drawn, starts, month):
    projection, found = random_budget(drawn, starts, month)
    others = [
        name for name, sign in BRIDGE.items() if sign < 0 and name not in ("new_money", "lost_other_contribution")
    ]
    assert {*PROGRAMME_COSTS, "staff_cost", "other_costs"} <= set(others)
    table = yearly(projection, ["extra_social_spend", "social_spend", "team_payroll", *others])
    expected = table[["extra_social_spend", *others]].sum(axis=1)
    scale = table[["social_spend", "team_payroll"]].sum(axis=1)
    assert found.against_holding.by_name["whole_cost"].values == near(expected, scale)


@any_plan
def test_the_money_is_paid_from_where_it_comes(drawn, starts, month):
    _, found = random_budget(drawn, starts, month)
    for view in found.views:
        rows = view.by_name
        assert rows["paid"].values == near(rows["money"].values, found.plan.by_name["money"].values)


@any_plan
def test_the_rows_of_profit_add_up_to_the_model_s_net_cash(drawn, starts, month):
    projection, found = random_budget(drawn, starts, month)
    parts = [row for row in found.profit.rows if row.weight is Weight.ITEM and row.name != "net_cash"]
    added = np.sum([row.values for row in parts], axis=0)
    scale = np.sum(np.abs([row.values for row in parts]), axis=0)
    table = yearly(projection, ["net_cash", "revenue_gain"])
    assert added == near(table["net_cash"], scale)
    assert found.profit.by_name["revenue"].values == near(table["revenue_gain"], scale)
    assert found.profit.by_name["left_over"].values == (0.0,) * len(added)


@any_plan
def test_totals_are_those_of_the_years_and_of_the_items_above(drawn, starts, month):
    _, found = random_budget(drawn, starts, month)
    for view in (*found.views, found.profit):
        for row in view.rows:
            assert row.total == pytest.approx(sum(row.values), rel=1e-9, abs=1e-6)
    for items, view in (*((BUDGET, view) for view in found.views), (PROFIT, found.profit)):
        for item in items:
            if item.sums and not item.less:
                parts = np.sum([view.by_name[name].values for name in item.sums], axis=0)
                assert view.by_name[item.name].values == pytest.approx(parts)


@calendars
def test_holding_is_the_budget_of_the_scenario_that_holds(scenario):
    plan, hold = budget_of(project(scenario)), budget_of(project(held(scenario)))
    for name, row in hold.plan.by_name.items():
        difference = np.subtract(plan.plan.by_name[name].values, row.values)
        if name not in ("held_budget", "moved", "new"):
            assert plan.against_holding.by_name[name].values == near(difference, row.values)
    assert plan.against_holding.by_name["base_money"].values == near(hold.plan.by_name["money"].values, 1)


@calendars
def test_the_year_before_is_the_plan_a_year_earlier_and_at_first_today_s_rate(scenario):
    still = {"revenue_growth": 0.0, "cost_inflation": 0.0}
    rate = budget_of(project(held(scenario).with_values(**still))).plan
    projection = project(scenario)
    found = budget_of(projection)
    months = by_month(projection)
    counts = found.plan.months
    for name, line in months.items():
        todays = np.full(12, rate.by_name[name].values[0] / counts[0])
        steps = line - np.concatenate((todays, line))[: len(line)]
        expected = np.add.reduceat(steps, np.cumsum((0, *counts[:-1])))
        assert found.against_year_before.by_name[name].values == near(expected, line)
        assert found.against_year_before.by_name[name].total == near(steps.sum(), line)


def by_month(projection):
    """Rows of the budget that lines of the model give by themselves, month by month."""
    lines = projection.lines
    outside = lines["team_payroll"] - lines["budget_payroll"]
    beside = outside + lines["training_fees"] + lines["partner_fee"] + lines["other_costs"]
    return {
        "media": lines["working_media"], "pay_in_budget": lines["budget_payroll"],
        "social_budget": lines["social_spend"], "money": lines["social_spend"] + beside,
    }  # fmt: skip


def test_the_year_before_by_hand():
    found = budget_of(project(PLAN))
    rows, planned = found.against_year_before.by_name, found.plan.by_name["money"].values
    assert rows["base_money"].values == pytest.approx([500 * 250_000 * 0.077 * 0.133, *planned[:-1]])
    assert rows["money"].values[1:] == pytest.approx(np.diff(planned))
    assert rows["money"].total == pytest.approx(planned[-1] - 500 * 250_000 * 0.077 * 0.133)


def test_a_plan_of_one_year_has_today_s_rate_before_it():
    found = budget_of(project(PLAN.with_values(horizon_years=1)))
    assert found.against_year_before.by_name["base_money"].values == pytest.approx([500 * 250_000 * 0.077 * 0.133])


def test_what_is_to_be_paid_above_holding_is_the_commitment():
    for scenario in (PLAN, RICH, *PRESETS.values()):
        projection = project(scenario)
        rows = budget_of(projection, TODAY).against_holding.by_name
        money = projection.lines["commitment"]
        assert rows["money"].total == near(money.sum(), projection.lines["social_spend"].sum())
    whole_years = project(PLAN)
    yearly_money = budget_of(whole_years).against_holding.by_name["money"].values
    assert whole_years.metrics["yearly_commitment"] == pytest.approx(max(yearly_money))


def test_a_shrinking_team_hires_nobody():
    rows = budget_of(project(PLAN.with_values(team_target=3.0, hired_share=0.5))).headcount.statement.by_name
    assert rows["added"].total == pytest.approx(-1)
    assert rows["hired"].values == rows["moved_here"].values == (0.0,) * 5


def test_part_years_are_headed_with_their_months():
    found = budget_of(project(RICH)).plan
    assert found.months == (5, 12, 7)
    assert found.headings == ("FY26/27 (5\u00a0mo.)", "FY27/28", "FY28/29 (7\u00a0mo.)")


def test_the_budget_by_the_other_engine():
    values = {"team_pay_in_budget": False, "strategic_partner": True, "leadership_seat": True, "horizon_years": 2}
    lines = reference.project(values)["lines"]
    found = budget_of(project(scenario_of(values).changed(start_month="2027-07", fiscal_year_start=10))).plan
    for name, line in (("media", "working_media"), ("pay_outside", "team_payroll"), ("partner_fee", "partner_fee")):
        months = lines[line]
        parts = [sum(months[:3]), sum(months[3:15]), sum(months[15:])]
        assert found.by_name[name].values == pytest.approx(parts)


def test_working_time_is_no_money_to_pay_out():
    rows = budget_of(project(PLAN)).plan.by_name
    costly = budget_of(project(PLAN.with_values(leadership_hourly_cost=1500))).plan.by_name
    assert costly["leadership_cost"].values == pytest.approx(np.multiply(10, rows["leadership_cost"].values))
    assert costly["money"] == rows["money"]
    assert costly["whole_cost"].total - rows["whole_cost"].total == pytest.approx(9 * rows["leadership_cost"].total)


def test_what_the_scenario_states_stands_under_its_own_name():
    found = budget_of(project(RICH))
    rows = found.plan.by_name
    assert [rows[f"other_cost_{number}"].label for number in (1, 2, 3)] == ["Studio", "Move", "Other cost 3"]
    # The plan begins in February: five months of its first year fall into the first fiscal year.
    assert rows["other_cost_1"].values == pytest.approx((25_000, 35_000, 0))
    assert found.against_holding.by_name["other_cost_2"].total == pytest.approx(5_000)
    assert found.profit.by_name["other_benefit_1"].values == pytest.approx((10_000, 14_000, 0))
    assert "other_cost_3" not in found.plan.told.by_name


def test_money_that_is_moved_costs_the_company_what_other_channels_lose():
    rows = budget_of(project(PLAN)).profit.by_name
    extra = np.add(rows["media"].values, rows["pay_in_budget"].values)
    assert rows["other_channels"].values == pytest.approx(-extra)
    assert max(rows["other_revenue_gain"].values) < 0


def test_what_is_not_there_is_not_told_but_totals_are():
    found = budget_of(project(PRESETS["hold"].changed(start_month="2027-01")))
    told = [row.name for row in found.against_holding.told.rows]
    assert told == ["social_budget", "money", "whole_cost", "paid", "plan_money", "base_money"]
    assert "partner_fee" in found.plan.by_name
    assert "partner_fee" not in found.plan.told.by_name


# People


def test_a_team_of_four_becomes_six_in_five_years():
    found = budget_of(project(PLAN)).headcount
    rows = found.statement.by_name
    assert rows["team_at_start"].values == pytest.approx([4, 4.4, 4.8, 5.2, 5.6])
    assert rows["team_at_end"].values == pytest.approx([4.4, 4.8, 5.2, 5.6, 6])
    assert [(item.month, item.day, item.people, item.team) for item in found.joinings] == [
        (1, date(2027, 1, 1), 1, 5),
        (31, date(2029, 7, 1), 1, 6),
    ]
    assert rows["whole_joining"].values == (1, 0, 1, 0, 0)
    assert rows["pay_a_head"].values[0] == pytest.approx(62_000 * 1.42 * np.mean(1.02 ** (np.arange(1, 13) / 12)))


@any_plan
def test_people_add_up(drawn, starts, month):
    projection, found = random_budget(drawn, starts, month)
    rows, joinings = found.headcount.statement.by_name, found.headcount.joinings
    start, end = projection.scenario.number("team_start"), projection.lines["team"][-1]
    assert start + rows["added"].total == pytest.approx(end)
    joined = np.add(rows["hired"].values, rows["moved_here"].values)
    assert joined == pytest.approx(np.maximum(rows["added"].values, 0))
    assert rows["whole_at_end"].total == np.ceil(round(float(end), 6))
    assert sum(item.people for item in joinings) == sum(rows["whole_joining"].values)
    pay = found.plan.by_name["pay_in_budget"].total + found.plan.by_name["pay_outside"].total
    assert rows["payroll"].total == pytest.approx(pay)
    assert rows["whole_payroll_extra"].total >= -1e-6 * pay


def test_a_team_that_shrinks_loses_whole_people_when_their_work_is_gone():
    found = budget_of(project(PLAN.with_values(team_start=6, team_target=4))).headcount
    assert [(item.month, item.people, item.team) for item in found.joinings] == [(30, -1, 5), (60, -1, 4)]


def test_a_whole_payroll_is_that_of_the_rounded_team():
    projection = project(PLAN)
    row = budget_of(projection).headcount.statement.by_name["whole_payroll_extra"]
    month = np.arange(1, 61)
    whole = np.where(month <= 30, 5, 6)
    a_person = 62_000 * 1.42 / 12 * 1.02 ** (month / 12)
    assert row.total == pytest.approx(((whole - projection.lines["team"]) * a_person).sum())


def test_a_plan_without_a_start_begins_after_today():
    scenario = PRESETS["seat-at-the-table"]
    assert budget_of(project(scenario), TODAY).plan.years[0] == "2027"
    assert budget_of(project(scenario), date(2030, 1, 1)).headcount.joinings[0].day == date(2031, 1, 1)
