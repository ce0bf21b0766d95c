"""Where training closes most: the law of learning, the optimum against a search, what may never happen."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import minimize

from model.lines import LINES
from model.presets import PRESETS
from model.projection import inputs_of, project, rerun, run
from model.scenario import Scenario
from model.skills.areas import SkillArea, competent_share, starting_areas, weighted_gap, weights
from model.skills.training_plan import HALF_HOURS, WHOLE_HOURS, TrainingPlan, learnt, plan_training, proposed

PLAN = PRESETS["social-plan"]
STEPS = pytest.mark.parametrize("step", [None, WHOLE_HOURS, HALF_HOURS])
SHARE = st.floats(0, 1).map(lambda share: round(share, 6))
TEAM = (
    SkillArea("content", 5, 0.2, 0.8),
    SkillArea("analytics", 3, 0.6, 0.7),
    SkillArea("crisis", 1, 0.1, 1),
    SkillArea("unimportant", 0, 0.1, 1),
    SkillArea("surplus", 4, 0.9, 0.5),
)


@st.composite
def teams(draw: st.DrawFn) -> tuple[SkillArea, ...]:
    count = draw(st.integers(1, 6))
    importance = [draw(st.floats(0, 100)) for _ in range(count)]
    assume(max(importance) > 0)
    return tuple(SkillArea(f"area {n}", importance[n], draw(SHARE), draw(SHARE)) for n in range(count))


def gap_after(team: tuple[SkillArea, ...], hours: np.ndarray) -> float:
    """The weighted gap after hours, restated from the law in plain words, for the default scenario."""
    left = 0.0
    for weight, area, own in zip(weights(team), team, hours, strict=True):
        taught = area.competent + (1 - area.competent) * (1 - np.exp(-own * len(team) / 100))
        left += weight * max(0.0, area.wanted - max(taught, area.competent))
    return left


def rate(hours: float) -> float:
    """The projection's learning in one month."""
    known = {**PLAN.values, "programme_active": 1, "training_hours": 12 * hours}
    return float(LINES["learning_rate"].compute(known))


def test_hours_spread_evenly_teach_what_the_projection_says():
    team = starting_areas(0.37)
    hours = np.full(len(team), 40 / len(team))
    assert learnt(PLAN, hours, len(team)) == pytest.approx(rate(40))
    plan = plan_training(PLAN, team, 40)
    assert plan.hours == pytest.approx(hours)
    assert plan.competent_share == pytest.approx(0.37 + 0.63 * rate(40))


def test_a_year_of_the_projection_without_loss_ends_where_the_plan_does():
    calm = PLAN.with_values(team_turnover=0.0, skill_half_life=50.0)
    plan = plan_training(calm, starting_areas(0.37), 40)
    after_a_year = project(calm).lines["competent_share"][11]
    # Half a skill is forgotten in 50 years: a hair within the year.
    assert after_a_year == pytest.approx(plan.competent_share, abs=0.002)
    assert after_a_year < plan.competent_share


def test_a_partner_speeds_learning_as_in_the_projection():
    helped = PLAN.with_values(strategic_partner=True)
    assert learnt(helped, np.array([8.0]), 8) == pytest.approx(learnt(PLAN, np.array([10.0]), 8))


@given(teams(), st.floats(0, 300))
def test_no_other_plan_closes_more(team, budget):
    plan = plan_training(PLAN, team, budget)
    assert plan.gap == pytest.approx(gap_after(team, np.array(plan.hours)), abs=1e-9)
    rng = np.random.default_rng(len(team))
    for other in rng.dirichlet(np.ones(len(team)), size=40) * budget:
        assert plan.gap <= gap_after(team, other) + 1e-9


@pytest.mark.parametrize("budget", [3.0, 17.5, 40.0, 90.0])
def test_the_optimum_is_what_a_general_optimiser_finds(budget):
    team = TEAM[:3]
    found = minimize(
        lambda hours: gap_after(team, hours), np.full(3, budget / 3), method="SLSQP", bounds=[(0, None)] * 3,
        constraints={"type": "ineq", "fun": lambda hours: budget - hours.sum()}, options={"ftol": 1e-12},
    )  # fmt: skip
    assert plan_training(PLAN, team, budget).gap <= found.fun + 1e-9
    assert plan_training(PLAN, team, budget).gap == pytest.approx(found.fun, abs=2e-3)


@given(teams(), st.integers(0, 9))
def test_the_best_whole_hours_are_found(team, budget):
    team = team[:3]
    assume(any(area.importance for area in team))
    plan = plan_training(PLAN, team, budget, WHOLE_HOURS)
    grid = np.stack(np.meshgrid(*[np.arange(budget + 1)] * len(team)), axis=-1).reshape(-1, len(team))
    best = min(gap_after(team, hours) for hours in grid if hours.sum() <= budget)
    assert plan.gap == pytest.approx(best, abs=1e-9)


@STEPS
@given(teams(), st.floats(0, 400))
def test_what_may_never_happen(step, team, budget):
    plan = plan_training(PLAN, team, budget, step)
    assert sum(plan.hours) <= budget * (1 + 1e-12) + 1e-9
    assert plan.left_over == pytest.approx(budget - sum(plan.hours), abs=1e-9)
    for area, hours, after in zip(team, plan.hours, plan.after, strict=True):
        assert hours >= 0
        assert area.competent - 1e-12 <= after <= max(area.competent, area.wanted)
        if not area.gap or not area.importance:
            assert hours == 0
        if step:
            assert hours % step == 0
    if plan.left_over > (step or 0) + 1e-6:
        assert plan.gap < 1e-9


@STEPS
@given(teams(), st.floats(0, 200), st.floats(0, 50))
def test_a_larger_budget_takes_hours_from_no_area_and_closes_no_less(step, team, budget, more):
    less, larger = (plan_training(PLAN, team, hours, step) for hours in (budget, budget + more))
    for one, other in zip(less.hours, larger.hours, strict=True):
        assert other >= one - 1e-6
    assert larger.gap <= less.gap + 1e-12


@given(teams(), st.floats(0, 300))
def test_a_further_hour_would_return_the_same_wherever_there_is_room(team, budget):
    plan = plan_training(PLAN, team, budget)
    returns = weights(team) * (1 - np.array(plan.after)) * np.array([area.gap > 1e-9 for area in team])
    full = [after >= area.wanted for area, after in zip(team, plan.after, strict=True)]
    trained = [r for r, hours, stop in zip(returns, plan.hours, full, strict=True) if hours > 1e-9 and not stop]
    waiting = [r for r, hours, stop in zip(returns, plan.hours, full, strict=True) if hours <= 1e-9 and not stop]
    if trained:
        assert max(trained) == pytest.approx(min(trained), rel=1e-6)
        assert max(waiting, default=0) <= min(trained) * (1 + 1e-6)


@given(teams(), st.sampled_from([1.0, 5000.0]), st.sampled_from([0.0, 5.0]))
def test_the_extremes_of_learning_leave_the_numbers_whole(team, hours_to_competence, boost):
    extreme = PLAN.with_values(
        hours_to_competence=hours_to_competence, strategic_partner=True, partner_learning_boost=boost
    )
    for step in (None, WHOLE_HOURS):
        plan = plan_training(extreme, team, 1000, step)
        earned = [value for value in plan.worth.hours_earn if value is not None]
        money = [*plan.worth.closing, plan.worth.hour_costs, *earned]
        assert np.isfinite([*plan.hours, *plan.after, *plan.first_hour, plan.gap, *money]).all()


def test_the_first_hour_goes_where_it_is_said_to_close_most():
    plan = plan_training(PLAN, TEAM, 1, WHOLE_HOURS)
    assert plan.ranked[0] == 0
    assert plan.hours == (1, 0, 0, 0, 0)
    assert weighted_gap(TEAM) - plan.gap == pytest.approx(plan.first_hour[0])
    assert plan.first_hour[3:] == (0, 0)


def test_all_gaps_closed_leaves_hours_over():
    team = (SkillArea("content", 2, 0.5, 0.75), SkillArea("crisis", 1, 0.9, 0.6))
    plan = plan_training(PLAN, team, 100)
    # Half of the untrained at 50 hours a fold: 50 · ln 2.
    assert plan.hours == (pytest.approx(50 * np.log(2)), 0)
    assert plan.gap == 0
    assert plan.after == (0.75, 0.9)
    assert plan.left_over == pytest.approx(100 - 50 * np.log(2))


def test_weighted_shares_and_gap():
    assert competent_share(TEAM) == pytest.approx((5 * 0.2 + 3 * 0.6 + 0.1 + 4 * 0.9) / 13)
    # What is too much in one area makes up for nothing in another.
    assert weighted_gap(TEAM) == pytest.approx((5 * 0.6 + 3 * 0.1 + 0.9) / 13)


def test_only_proportions_of_importance_count():
    tenfold = tuple(SkillArea(a.name, 10 * a.importance, a.competent, a.wanted) for a in TEAM)
    assert plan_training(PLAN, tenfold, 25).hours == pytest.approx(plan_training(PLAN, TEAM, 25).hours)


@pytest.mark.parametrize("budget", [-1.0, float("nan"), float("inf")])
def test_a_budget_that_is_none_is_refused(budget):
    with pytest.raises(ValueError, match="must be 0 or more"):
        plan_training(PLAN, TEAM, budget)


def test_the_proposal_keeps_to_the_training_hours_in_whole_hours():
    scenario: Scenario = PLAN.with_values(training_hours=25.5).changed(skills=TEAM)
    plan: TrainingPlan = proposed(scenario)
    assert plan == plan_training(scenario, TEAM, 25.5, WHOLE_HOURS)
    assert sum(plan.hours) == 25
    assert plan.left_over == 0.5


# What it is worth in money

ROUTES = pytest.mark.parametrize("route", ["per_employee", "media_efficiency"])


def test_closing_the_gap_is_worth_what_the_projection_says_of_so_much_competence():
    """A programme that gains any competence has the contribution of each part of it; the gap is so many parts."""
    team = (SkillArea("content", 1, 0.2, 0.5), SkillArea("crisis", 3, 0.4, 0.8))
    plan = PLAN.with_values(tax_rate=0.2)
    lines = project(plan).lines
    parts = 0.8 * lines["training_contribution"] / lines["competence_gain"] * weighted_gap(team)
    closing = plan_training(plan.with_values(training_programme=False), team, 40).worth.closing
    assert closing.over_the_horizon == pytest.approx((parts * lines["discount_factor"]).sum())
    assert closing.first_year == pytest.approx(parts[:12].sum())


def test_where_training_saves_media_closing_the_gap_saves_what_the_gap_wastes():
    team = starting_areas(0.3)
    plan = PLAN.with_values(benefit_route="media_efficiency", media_waste=0.2, competent_share_start=0.9)
    closing = plan_training(plan, team, 40).worth.closing
    # The same saving as money: held spend that is as much more effective, from the first month on.
    saved = (1 - 0.2 * 0.2) / (1 - 0.2 * 0.7)
    known = run(inputs_of(plan))
    given, held = (rerun(known, {"media_efficiency": each})["present_value"].sum() for each in (saved, 1.0))
    assert closing.over_the_horizon == pytest.approx(given - held)


def test_closing_no_gap_is_worth_nothing():
    team = (SkillArea("content", 1, 0.5, 0.5), SkillArea("surplus", 1, 0.9, 0.5))
    plan = plan_training(PLAN, team, 40)
    assert plan.worth.closing == (0, 0)
    assert plan.worth.hours_earn == (None, None)


@ROUTES
def test_the_last_hour_costs_and_earns_what_the_projection_says_of_an_hour_less(route):
    plan = PLAN.with_values(benefit_route=route, training_hours=40.0)
    full, short = (project(plan.with_values(training_hours=each)) for each in (40.0, 39.0))
    worth = plan_training(plan, starting_areas(0.37), 40).worth
    costs, benefits = (full.metrics[name] - short.metrics[name] for name in ("pv_costs", "pv_benefits"))
    assert worth.hour_costs == pytest.approx(costs)
    # An hour spread evenly over eight areas closes nearly what an hour in one of the eight does.
    assert worth.hours_earn == pytest.approx([benefits] * 8, rel=0.05)
    one_area = plan_training(plan, (SkillArea("all", 1, 0.37, 1),), 40).worth
    assert one_area.hours_earn == (pytest.approx(benefits),)


def test_an_hour_earns_as_much_more_as_it_closes_more():
    plan = plan_training(PLAN, TEAM, 40, WHOLE_HOURS)
    hours, one = np.array(plan.hours), np.eye(len(TEAM))
    closes = [gap_after(TEAM, hours - one[place]) - gap_after(TEAM, hours) for place in (0, 1)]
    first, second, *_ = plan.worth.hours_earn
    assert first / second == pytest.approx(closes[0] / closes[1])
    assert plan.worth.hours_earn[3:] == (None, None)


def test_a_more_competent_team_gains_less_from_training():
    better = PLAN.with_values(competent_share_start=0.6)
    assert project(better).metrics["programme_npv"] < project(PLAN).metrics["programme_npv"]
    shared = PLAN.with_values(training_hours=20.0)
    few, many = (plan_training(shared, starting_areas(share), 20).worth for share in (0.3, 0.6))
    assert few.hours_earn[0] > many.hours_earn[0]
    assert few.closing.over_the_horizon > many.closing.over_the_horizon
