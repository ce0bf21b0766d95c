"""The metrics: their definitions against the lines, and where and why they are undefined."""

import math

import numpy as np
import pytest
from hypothesis import assume, given

from model.assumptions import ASSUMPTIONS
from model.finance import irr_each, npv, payback
from model.lines import LINES
from model.metrics import BRIDGE, COUNTERFACTUALS, HEADLINES, KEY_FIGURES, LISTED, METRICS, OUTCOMES, OUTLAYS, RATIOS
from model.presets import PRESETS
from model.projection import appraise, inputs_of, project, run
from model.sheet import GIVEN
from model.telling.explain import evaluate
from tests import reference
from tests.scenarios import draws, random_scenarios, scenario_of

SPECIFIED = list(reference.project({})["metrics"])


def test_the_metrics_are_those_specified_in_their_order():
    assert list(project(PRESETS["hold"]).metrics) == SPECIFIED


@pytest.mark.parametrize("item", METRICS.values(), ids=lambda item: item.name)
def test_a_metric_is_documented_and_uses_only_what_is_known(item):
    assert item.label
    assert item.unit.name
    assert item.meaning.endswith(".")
    above = {*GIVEN, *LINES, *COUNTERFACTUALS, *list(METRICS)[: list(METRICS).index(item.name)], *ASSUMPTIONS}
    assert set(item.precedents) <= above
    for condition in item.undefined:
        assert condition.reason
        assert set(condition.when.precedents) <= above | {item.name}


def test_labels_are_unique():
    labels = [item.label for item in METRICS.values()]
    assert len(labels) == len(set(labels))


def test_what_is_told_apart_is_listed_and_told_once():
    apart = (*KEY_FIGURES, *RATIOS, *OUTCOMES)
    assert len(apart) == len(set(apart))
    assert set(HEADLINES) < set(KEY_FIGURES) < set(apart) < set(LISTED)


@pytest.mark.parametrize("values_and_path", random_scenarios(12, seed=77), ids=lambda pair: pair[0]["ramp_shape"])
def test_every_metric_is_what_its_tree_says(values_and_path):
    known = run(inputs_of(scenario_of(*values_and_path)))
    figures, _ = appraise(known)
    with np.errstate(divide="ignore", invalid="ignore"):
        for name, item in METRICS.items():
            from_tree = np.broadcast_to(evaluate(item.expression, known | figures), (1, 1)).item()
            if not np.isnan(figures[name].item()):
                assert figures[name].item() == from_tree, name


# Definitions, from the lines of the default plan


def test_each_metric_follows_from_the_lines():
    for preset in PRESETS:
        projection = project(PRESETS[preset])
        lines, found = projection.lines, projection.metrics
        rate = 1.10 ** (1 / 12) - 1
        assert found["npv"] == pytest.approx(npv(rate, lines["net_cash"], first_period=1), abs=1e-6)
        assert found["pv_benefits"] == pytest.approx(npv(rate, lines["benefits"], first_period=1))
        assert found["pv_costs"] == pytest.approx(npv(rate, lines["costs"], first_period=1))
        assert found["payback_month"] == payback(lines["net_cash"], first_period=1)
        assert found["discounted_payback_month"] == payback(lines["present_value"], first_period=1)
        assert found["peak_funding"] == max(0.0, -min(np.cumsum(lines["net_cash"])))
        assert found["final_social_share"] == lines["social_share"][-1]
        assert found["final_competent_share"] == lines["competent_share"][-1]
        assert found["final_revenue_per_employee"] == lines["plan_revenue_per_employee"][-1]
        assert found["total_extra_social_spend"] == pytest.approx(lines["extra_social_spend"].sum())


# All that is paid is training, first of all: the money needed is much of what it costs.
TRAINING_ONLY = PRESETS["hold"].with_values(training_programme=True, causal_share=0.08)


def test_the_irr_brings_the_value_to_zero_at_months():
    projection = project(TRAINING_ONLY)
    rate = projection.metrics["irr"]
    months = np.arange(1, projection.months + 1)
    value = np.sum(projection.lines["net_cash"] * (1 + rate) ** (-months / 12))
    assert value == pytest.approx(0, abs=1e-6)
    at_that_rate = project(TRAINING_ONLY.with_values(discount_rate=rate))
    assert at_that_rate.metrics["npv"] == pytest.approx(0, abs=1e-6)


def test_the_programme_is_what_the_plan_has_more_than_without_it():
    plan = project(PRESETS["seat-at-the-table"])
    without = project(PRESETS["bigger-budget-same-skills"])
    added = plan.metrics["npv"] - without.metrics["npv"]
    assert plan.metrics["programme_npv"] == pytest.approx(added)
    cost = plan.lines["training_cost"] + plan.lines["partner_fee"] + plan.lines["leadership_cost"]
    assert plan.metrics["total_programme_cost"] == pytest.approx(cost.sum())
    assert plan.metrics["programme_roi"] == pytest.approx(added / np.sum(cost * plan.lines["discount_factor"]))


def test_at_the_break_even_causal_share_the_value_is_zero():
    found = 0
    for values, path in random_scenarios(150, seed=12):
        values |= {"benefit_route": "per_employee", "training_programme": True}
        values["plan_delivery"] /= 10  # or what is moved outweighs any training
        projection = project(scenario_of(values, path))
        share = projection.metrics["break_even_causal_share"]
        if share is None or not 0 <= share <= 1:
            continue
        at_share = project(scenario_of(values | {"causal_share": share}, path)).metrics
        scale = abs(at_share["pv_benefits"]) + abs(at_share["pv_costs"])
        assert at_share["npv"] == pytest.approx(0, abs=1e-9 * scale)
        found += 1
    assert found > 10


def test_a_break_even_outside_what_is_possible_is_told_as_it_is():
    pays_anyway = project(PRESETS["social-plan"].with_values(social_relative_return=1.7))
    assert pays_anyway.metrics["break_even_causal_share"] < 0
    never_pays = project(PRESETS["social-plan"].with_values(social_relative_return=0.0, headline_uplift=0.1))
    assert never_pays.metrics["break_even_causal_share"] > 1
    training_pays = project(PRESETS["social-plan"].with_values(causal_share=1.0, headline_uplift=10.0))
    assert training_pays.metrics["break_even_relative_return"] < 0


@pytest.mark.parametrize("basis", ["relative", "platform"])
def test_at_the_break_even_relative_return_the_value_is_zero(basis):
    found = 0
    for values, path in random_scenarios(80, seed=13):
        values |= {"social_return_basis": basis}
        before = project(scenario_of(values, path)).metrics
        needed = before["break_even_relative_return"]
        if needed is None:
            continue
        if basis == "relative":
            again = {"social_relative_return": needed}
        else:
            times = needed / before["relative_return"]
            again = {"social_reported_roas": values["social_reported_roas"] * times}
        ((name, value),) = again.items()
        low, high = ASSUMPTIONS[name].bounds
        if not low <= value <= high:
            continue
        there = project(scenario_of(values | again, path)).metrics
        size = abs(there["pv_benefits"]) + abs(there["pv_costs"])
        assert there["npv"] == pytest.approx(0, abs=1e-9 * size)
        assert there["relative_return"] == pytest.approx(needed)
        found += 1
    assert found > 20


def test_the_relative_return_of_the_platforms_figures():
    # 1 − 4 × 88,040 / 1,280,125 of today's social budget buys media.
    platform = project(PRESETS["social-plan"].with_values(social_return_basis="platform")).metrics
    media = 1 - 4 * 88_040 / 1_280_125
    assert platform["relative_return"] == pytest.approx(4 * 0.6 * 2 * media / 4)
    assert platform["relative_return"] == pytest.approx(0.87, abs=0.005)
    assert project(PRESETS["social-plan"]).metrics["relative_return"] == pytest.approx(1.2)


def test_the_next_unit_earns_what_the_curves_slope_says():
    plan = PRESETS["bigger-budget-same-skills"].with_values(
        reallocated_share=0.0, ramp_shape="immediate", carryover_half_life=0.01, revenue_growth=0.0
    )
    more = project(plan.with_values(social_share_target=0.133 + 1e-7))
    earned = more.lines["social_contribution"] / more.lines["extra_social_spend"]
    assert more.metrics["social_marginal_contribution"] == pytest.approx(earned[-1], rel=1e-5)
    assert more.metrics["social_marginal_contribution"] == pytest.approx(0.35 * 1.2 * 4 * 0.7)
    moved = project(plan.with_values(social_share_target=0.133 + 1e-7, reallocated_share=1.0))
    lost = moved.lines["lost_other_contribution"] / moved.lines["moved_money"]
    assert moved.metrics["other_marginal_contribution"] == pytest.approx(lost[-1], rel=1e-5)
    assert moved.metrics["other_marginal_contribution"] == pytest.approx(0.35 * 4 * 0.7)


@pytest.mark.parametrize(
    ("preset", "values"),
    [
        ("social-plan", {}),
        ("social-plan", {"programme_years": 2.0, "tax_rate": 0.3, "horizon_years": 3}),
        ("headline-claim", {"revenue_growth": 0.5, "discount_rate": 0.0, "skill_half_life": 50.0}),
        # Growth makes up for what is forgotten, exactly.
        ("social-plan", {"revenue_growth": 1.0, "discount_rate": 0.0, "team_turnover": 0.0, "skill_half_life": 1.0}),
        ("social-plan", {"benefit_route": "media_efficiency"}),
    ],
)
def test_the_run_off_is_sixty_months_of_fading_training(preset, values):
    projection = project(PRESETS[preset].with_values(**values))
    a, lines = projection.scenario.values, projection.lines
    kept_a_year = (1 - a["team_turnover"]) * 0.5 ** (1 / a["skill_half_life"])
    rate = kept_a_year * (1 + a["revenue_growth"]) / (1 + a["discount_rate"])
    last = lines["training_contribution"][-1] * (1 - a["tax_rate"]) * lines["discount_factor"][-1]
    worth = sum(last * rate ** (month / 12) for month in range(1, 61))
    assert projection.metrics["run_off_value"] == pytest.approx(worth, rel=1e-9)
    both = projection.metrics["npv"] + projection.metrics["run_off_value"]
    assert projection.metrics["npv_with_run_off"] == both


def test_the_run_off_is_the_plan_run_on_without_programme():
    # A team that stays as it is, so that what comes after the horizon is only training that fades.
    steady = {"team_target": 4.0, "team_turnover": 0.2}
    short = project(PRESETS["social-plan"].with_values(horizon_years=5, **steady))
    long = project(PRESETS["social-plan"].with_values(horizon_years=10, programme_years=5.0, **steady))
    after = long.lines["training_contribution"][60:] * long.lines["discount_factor"][60:]
    assert short.metrics["run_off_value"] == pytest.approx(float(after.sum()), rel=1e-9)


def test_at_the_programme_break_even_the_programme_is_worth_nothing():
    for preset in ("social-plan", "plan-with-partner", "seat-at-the-table", "sceptical-cfo"):
        share = project(PRESETS[preset]).metrics["programme_break_even_causal_share"]
        at_share = project(PRESETS[preset].with_values(causal_share=share))
        assert at_share.metrics["programme_npv"] == pytest.approx(0, abs=1e-6)


@given(draws())
def test_ratios_agree_with_each_other(values_and_path):
    found = project(scenario_of(*values_and_path)).metrics
    assume(found["roi"] is not None)
    assert found["bcr"] == pytest.approx(found["pv_benefits"] / found["pv_costs"])
    # ROI and benefit–cost ratio differ by exactly one; the classic mistake is to print one for the other.
    assert found["bcr"] - found["roi"] == pytest.approx(1, rel=1e-6, abs=1e-6 * abs(found["bcr"]))
    assert (found["npv"] > 0) == (found["roi"] > 0)


def test_the_return_on_the_outlay_leaves_out_what_other_channels_lose():
    for values, path in random_scenarios(40, seed=31):
        plan = project(scenario_of(values, path))
        lost, found = plan.bridge["lost_other_contribution"], plan.metrics
        assert found["pv_costs"] == pytest.approx(found["pv_outlay"] - lost, rel=1e-9, abs=1e-6)
        if found["roi_on_outlay"] is not None:
            assert found["npv"] == pytest.approx(found["roi_on_outlay"] * found["pv_outlay"], rel=1e-9)
            assert (found["roi_on_outlay"] > 0) == (found["npv"] > 0)


def test_nothing_but_moved_money_is_no_outlay_to_the_last_digit():
    plan = project(PRESETS["bigger-budget-same-skills"].with_values(tax_rate=0.22))
    assert plan.metrics["pv_outlay"] == 0
    assert plan.metrics["roi_on_outlay"] is None


def test_all_of_it_new_money_and_both_returns_are_one():
    plan = project(PRESETS["seat-at-the-table"].with_values(reallocated_share=0.0, tax_rate=0.3))
    assert plan.metrics["roi_on_outlay"] == pytest.approx(plan.metrics["roi"], rel=1e-12)


def test_the_commitment_is_that_of_the_dearest_plan_year():
    # A plan year is twelve months of the plan, whatever month it starts in and whatever the fiscal year.
    plan = project(PRESETS["social-plan"].changed(start_month="2027-07", fiscal_year_start=4))
    spent = plan.lines["extra_social_spend"] + plan.lines["training_fees"]
    assert plan.metrics["yearly_commitment"] == pytest.approx(spent[-12:].sum())
    at_once = project(
        PRESETS["social-plan"].with_values(ramp_shape="immediate", programme_years=1.0, horizon_years=1)
    )
    first = at_once.lines["extra_social_spend"] + at_once.lines["training_fees"]
    assert at_once.metrics["yearly_commitment"] == pytest.approx(first.sum())


def test_a_year_is_counted_whole_though_its_first_months_ask_for_more():
    # Training for half a year, then only savings: no month of the second half gives the year's sum.
    saving = PRESETS["social-plan"].with_values(
        social_share_target=0.12,
        ramp_shape="immediate",
        programme_years=0.5,
        training_hours=1000.0,
        training_fee_per_hour=200.0,
        horizon_years=2,
    )
    lines = project(saving).lines
    so_far = lines["commitment_to_date"]
    assert so_far[:12].max() > so_far[11] > 0 > so_far[23]
    assert project(saving).metrics["yearly_commitment"] == so_far[11]
    assert project(saving.with_values(training_programme=False)).metrics["yearly_commitment"] == 0


# Undefined, and why


NO_PROGRAMME = {"programme_npv": "no programme cost", "programme_roi": "no programme cost"}
NOTHING_CAUSAL = {"break_even_causal_share": "does not depend"}
NEITHER = NO_PROGRAMME | NOTHING_CAUSAL | {"programme_break_even_causal_share": "no programme cost"}
NOT_BACK = {"payback_month": "not back", "discounted_payback_month": "not back"}
NO_OUTLAY = {"roi_on_outlay": "nothing is laid out"}
NO_CHANGE = {"irr": "never changes sign"}
LITTLE_MONEY = {"irr": "less than a tenth of the costs"}
NOTHING_OF_SOCIAL = {"break_even_relative_return": "contributes nothing"}
NOTHING_ELSEWHERE = {"relative_return": "return nothing", "break_even_relative_return": "return nothing"}


@pytest.mark.parametrize(
    ("preset", "values", "reasons"),
    [
        ("hold", {"training_programme": True, "causal_share": 0.08}, NOTHING_OF_SOCIAL),
        ("social-plan", {}, {"irr": "more than once"}),
        ("smaller-step", {}, LITTLE_MONEY),
        (
            "hold",
            {},
            NEITHER
            | NO_CHANGE
            | NOTHING_OF_SOCIAL
            | NO_OUTLAY
            | {"bcr": "not above zero", "roi": "not above zero", "roi_undiscounted": "do not add"},
        ),
        ("bigger-budget-same-skills", {}, NEITHER | LITTLE_MONEY | NO_OUTLAY),
        ("sceptical-cfo", {}, NOT_BACK | NO_CHANGE),
        (
            "social-plan",
            {"causal_share": 0.08, "programme_years": 1.0, "social_relative_return": 1.05},
            NOT_BACK | {"irr": "more than once"},  # a loss while training is paid for, a gain while it lasts, a loss
        ),
        (
            "headline-claim",
            {"benefit_route": "media_efficiency", "media_waste": 0.9},
            NO_CHANGE | {"break_even_causal_share": "media effi", "programme_break_even_causal_share": "media effi"},
        ),
        (
            "social-plan",
            {"social_relative_return": 2.0, "headline_uplift": 0.0},
            LITTLE_MONEY | NOTHING_CAUSAL | {"programme_break_even_causal_share": "does not depend"},
        ),
        ("plan-with-partner", {"programme_years": 0.0}, NEITHER | LITTLE_MONEY | NO_OUTLAY),
        (
            "plan-with-partner",  # the partner has a cost, but nobody is trained
            {"training_programme": False, "partner_cost": 10.0},
            NOTHING_CAUSAL | {"programme_break_even_causal_share": "does not depend"} | LITTLE_MONEY,
        ),
        ("social-plan", {"other_incremental_roas": 0.0}, NOT_BACK | NO_CHANGE | NOTHING_ELSEWHERE),
        ("social-plan", {"social_relative_return": 0.0}, NOT_BACK | NO_CHANGE | NOTHING_OF_SOCIAL),
    ],
)
def test_what_is_undefined_says_why(preset, values, reasons):
    projection = project(PRESETS[preset].with_values(**values))
    assert projection.undefined.keys() == reasons.keys()
    assert {name: told for name, told in projection.undefined.items() if reasons[name] not in told} == {}


def test_the_rate_of_return_says_something_from_a_tenth_of_the_costs_on():
    # The money needed is that of the first months; what is paid later brings the costs up.
    told = [project(TRAINING_ONLY.with_values(causal_share=share)) for share in np.linspace(0.06, 0.5, 45).tolist()]
    told = [one for one in told if "sign" not in one.undefined.get("irr", "")]
    parts = [one.metrics["peak_funding"] / one.metrics["pv_costs"] for one in told]
    assert min(parts) < 0.1 < max(parts)
    assert [one.metrics["irr"] is not None for one in told] == [part >= 0.1 for part in parts]


def test_more_than_one_sign_change_has_no_unique_irr():
    flows = np.array([[-100.0, 230.0, -132.0], [-100.0, 60.0, 60.0]])
    found = irr_each(flows)
    assert math.isnan(found[0, 0])
    assert found[1, 0] == pytest.approx(0.13066, abs=1e-5)


@given(draws())
def test_a_metric_without_a_value_has_a_reason_and_no_other_has(values_and_path):
    projection = project(scenario_of(*values_and_path))
    for name, value in projection.metrics.items():
        assert (value is None) == (name in projection.undefined)
        assert value is None or math.isfinite(value)
    for name in ("npv", "pv_benefits", "pv_costs", "peak_funding", "total_programme_cost"):
        assert projection.metrics[name] is not None


def test_a_quotient_beyond_all_numbers_is_no_value():
    # Costs that are as good as nothing, and benefits.
    almost_free = {"training_fee_per_hour": 5e-324, "annual_pay": 0.0, "plan_delivery": 0.0}
    for value in project(PRESETS["social-plan"].with_values(**almost_free)).metrics.values():
        assert value is None or math.isfinite(value)


def test_payback_metrics():
    projection = project(PRESETS["social-plan"])
    month = projection.metrics["payback_month"]
    running = projection.lines["cumulative_cash"]
    assert (running[int(month) - 1 :] >= 0).all()
    assert running[int(month) - 2] < 0
    assert projection.metrics["discounted_payback_month"] >= month


# The bridge


def test_the_bridge_has_every_part_of_benefits_and_costs():
    parts = {name for line in ("benefits", "costs", "outlay") for name in LINES[line].precedents if name in LINES}
    assert BRIDGE.keys() == parts - {"outlay"}
    assert BRIDGE.keys() - set(OUTLAYS) == {*LINES["benefits"].precedents, "lost_other_contribution"} - {"tax_rate"}
    assert set(BRIDGE.values()) == {1, -1}
