"""What is said beside the numbers: never too little, and not more than there is to say."""

import numpy as np
import pytest

from model.assumptions import ASSUMPTIONS, MEASURES, Kind, Range
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.telling.caveats import (
    NOT_DEFENSIBLE,
    beliefs_behind,
    beyond_evidence,
    caveats,
    extrapolated_from,
    extrapolation,
    is_defensible,
)
from model.uncertainty.sensitivity import tornado
from model.units import NO_BREAK, Style

PLAN = PRESETS["social-plan"]


def said(scenario):
    """The caveats as one text with plain spaces."""
    return "\n".join(caveats(project(scenario))).replace(NO_BREAK, " ")


@pytest.mark.parametrize("name", [name for name in PRESETS if name != "headline-claim"])
def test_presets_within_the_evidence_carry_no_caveat(name):
    assert caveats(project(PRESETS[name])) == ()
    assert is_defensible(PRESETS[name])


def test_the_headline_claim_is_marked():
    assert not is_defensible(PRESETS["headline-claim"])
    assert said(PRESETS["headline-claim"]).startswith(NOT_DEFENSIBLE)


def test_the_mark_does_not_hang_on_the_name_of_the_preset():
    assert NOT_DEFENSIBLE in said(Scenario.from_data({"name": "Sound plan", "assumptions": {"causal_share": 1}}))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"causal_share": 0.2},
            "Part of the quoted uplift that training causes is 20 %, the evidence gives 0 % to 12 %",
        ),
        ({"carryover_half_life": 5.0}, "is 5, the evidence gives 0.1 to 2.5"),
        ({"cost_inflation": -0.01}, "Cost inflation is −1 %, judgement gives 1.5 % to 3.5 %"),
    ],
)
def test_what_goes_beyond_its_evidence_is_told(values, sentence):
    assert sentence in said(PLAN.with_values(**values))


@pytest.mark.parametrize("name", [n for n, a in ASSUMPTIONS.items() if a.range])
def test_the_ends_of_a_range_are_still_evidence(name):
    ends = ASSUMPTIONS[name].range
    assert "range" not in said(PLAN.with_values(**{name: ends.low}))
    assert "range" not in said(PLAN.with_values(**{name: ends.high}))


def test_a_team_larger_than_its_company_is_implausible():
    elsewhere = PLAN.with_values(team_pay_in_budget=False)
    assert "Implausible" not in said(elsewhere.with_values(employees=6))
    told = said(elsewhere.with_values(employees=5))
    assert told == "Implausible: Social team the plan aims for is 6 people, but the company has only 5."
    assert "Social team today is 30 people" in said(elsewhere.with_values(employees=20, team_start=30))


def test_several_are_told_in_one_sentence():
    found = caveats(project(PLAN.with_values(causal_share=0.02, retained_share=0.9, carryover_half_life=5.0)))
    assert len(found) == 1
    assert found[0].count("the evidence gives") == 2


@pytest.mark.parametrize(("share", "sound"), [(0.12, True), (0.13, False), (0.99, False), (1.0, False)])
def test_a_causal_share_beyond_the_evidence_cannot_be_defended(share, sound):
    scenario = PLAN.with_values(causal_share=share)
    assert is_defensible(scenario) == sound
    assert (NOT_DEFENSIBLE in said(scenario)) == (not sound)
    if share == 0.99:
        assert "it takes 99 % of 218 % as an effect of training" in said(scenario)


def test_a_belief_drawn_from_beyond_its_evidence_is_told():
    beyond = said(PLAN.changed(ranges={"causal_share": Range(0.2, 0.25, 0.3)}))
    assert "Drawn from beyond the plausible range: Part of the quoted uplift" in beyond
    assert "from 20 % to 30 %, the evidence gives 0 % to 12 %" in beyond
    assert "Outside its own range, so that the odds are not those of this plan: Part of the quoted uplift" in beyond
    assert "is 5 %, drawn from 20 % to 30 %" in beyond
    narrower, own_figure = {"causal_share": Range(0.01, 0.05, 0.1)}, {"discount_rate": Range(0.05, 0.1, 0.3)}
    assert said(PLAN.changed(ranges=narrower)) == said(PLAN.changed(ranges=own_figure)) == ""


def test_amounts_that_nobody_converted_are_told():
    kroner = PLAN.changed(currency="DKK")
    assert said(kroner).startswith("Not converted: Revenue per employee; ")
    assert "an amount in USD taken as DKK" in said(kroner)
    amounts = {name: 1_000.0 for name, item in ASSUMPTIONS.items() if item.unit.style is Style.MONEY}
    assert len(amounts) >= 5
    assert "Not converted" not in said(kroner.with_values(**amounts))
    # What is not bought need not be converted.
    all_but_one = kroner.with_values(
        **{name: value for name, value in amounts.items() if name != "leadership_hourly_cost"}
    )
    assert "Not converted" not in said(all_but_one)
    told = said(all_but_one.with_values(leadership_seat=True))
    assert "Not converted: Executive hour. Left at the default" in told


@pytest.mark.parametrize(
    ("amount", "measure"),
    [("training_fee_per_hour", "training_programme"),
     ("partner_cost", "strategic_partner"), ("leadership_hourly_cost", "leadership_seat")],
)  # fmt: skip
def test_an_amount_of_the_programme_counts_with_its_measure_alone(amount, measure):
    measures = {name: name == measure for name in MEASURES}
    label = ASSUMPTIONS[amount].label
    assert label in said(PLAN.changed(currency="DKK").with_values(**measures))
    others = {name: not on for name, on in measures.items()}
    assert label not in said(PLAN.changed(currency="DKK").with_values(**others))


def test_caveats_follow_the_locale():
    assert "12,5" in said(PLAN.with_values(causal_share=0.125).changed(locale="da"))


@pytest.mark.parametrize(
    ("values", "blocks"),
    [
        # 0.35 · 1.2 · 2.3 = 0.966 and 0.35 · 2.3 = 0.805; 0.35 · 1.2 · 2.5 = 1.05 and 0.35 · 2.5 = 0.875.
        ({"other_incremental_roas": 2.3}, "social media and of the other channels"),
        ({"other_incremental_roas": 2.5}, "the other channels"),
        ({"social_relative_return": 0.7}, "social media"),
    ],
)
def test_a_block_whose_every_unit_loses_money_is_told(values, blocks):
    sentence = (
        f"At these returns every unit of {blocks} loses money: a smaller budget would earn more than any split"
    )
    assert sentence in said(PLAN.with_values(**values))
    assert "loses money" not in said(PLAN)


@pytest.mark.parametrize(
    ("team", "told"),
    [
        # Today's social budget is 1,280,125; a person costs 88,040.
        ((7, 7), ""),
        ((8, 8), "The team's pay is 55 % of the social budget today: media get less than half of it."),
        ((4, 16), "The team's pay is 56.9 % of the social budget at the end: media get less than half of it."),
        (
            (15, 15),
            "Implausible: the team's pay comes to 103 % of the social budget today; nothing is left for media.",
        ),
    ],
)
def test_pay_that_crowds_media_out_is_told(team, told):
    start, target = map(float, team)
    assert said(PLAN.with_values(team_start=start, team_target=target)) == told
    elsewhere = PLAN.with_values(team_start=start, team_target=target, team_pay_in_budget=False)
    assert said(elsewhere) == ""


def test_the_platform_basis_asks_for_the_same_footing():
    told = said(PLAN.with_values(social_return_basis="platform"))
    assert told.endswith("put the other channels on the same footing, both long-run.")


def test_all_stands_in_one_text():
    projection = project(PLAN.with_values(other_incremental_roas=2.0))
    assert beyond_evidence(projection).startswith("At these returns")
    assert beyond_evidence(projection).endswith(extrapolation(projection.scenario, projection.lines))


def test_beliefs_behind_a_plan_are_those_that_move_it():
    bars = tornado(PLAN)
    names = [item.name for item in beliefs_behind(bars)]
    assert names[0] == "social_relative_return"
    assert set(names) == {bar.name for bar in bars if bar.swing and ASSUMPTIONS[bar.name].kind is Kind.BELIEF}
    assert "partner_learning_boost" not in names
    assert "partner_learning_boost" in {item.name for item in beliefs_behind(tornado(PRESETS["plan-with-partner"]))}


def test_extrapolation_of_the_default_plan():
    # 150 % of 13.3 % is 19.95 %, passed after 59.4 % of five years; 24.5 is 184 % of 13.3.
    sentence = extrapolation(PLAN, project(PLAN).lines).replace(NO_BREAK, " ")
    assert "social spend from month 36 on (up to 184 % of it)" in sentence
    assert "other channels" not in sentence


def test_the_month_from_which_the_plan_is_extrapolated_is_that_of_the_sentence():
    lines = project(PLAN).lines
    assert extrapolated_from(lines) == 36
    assert "from month 36 on" in extrapolation(PLAN, lines).replace(NO_BREAK, " ")
    assert extrapolated_from(project(PRESETS["hold"]).lines) is None


def test_no_extrapolation_near_what_was_observed():
    assert extrapolation(PRESETS["hold"], project(PRESETS["hold"]).lines) == ""
    near = PLAN.with_values(social_share_target=0.19)
    assert extrapolation(near, project(near).lines) == ""


@pytest.mark.parametrize(("reached", "told"), [(1.5038, "just above 150 %"), (1.62, "up to 162 %"),
                                                (0.4999, "just below 50 %"), (0.25, "down to 25 %")])  # fmt: skip
def test_extrapolation_never_tells_the_bound_as_what_lies_beyond_it(reached, told):
    lines = dict.fromkeys(("hold_social_spend", "other_spend", "hold_other_spend"), np.ones(2))
    sentence = extrapolation(PLAN, lines | {"social_spend": np.array([1.0, reached])})
    assert f"social spend from month 2 on ({told} of it)" in sentence.replace(NO_BREAK, " ")


def test_extrapolation_of_cuts():
    scenario = PLAN.with_values(social_share_start=0.6, social_share_target=0.9, ramp_shape="immediate")
    assert "other channels' spend from month 1 on (down to 25" in extrapolation(scenario, project(scenario).lines)


def test_money_moved_to_channels_that_had_none_is_said_to_bring_nothing():
    moved = PRESETS["social-plan"].with_values(social_share_start=1.0, social_share_target=0.5)
    assert "taken to bring nothing" in " ".join(caveats(project(moved)))
    some = moved.with_values(social_share_start=0.99)
    assert "taken to bring nothing" not in " ".join(caveats(project(some)))
