"""What is said beside the numbers: never too little, and not more than there is to say."""

import pytest

from model.assumptions import ASSUMPTIONS, Kind
from model.caveats import NOT_DEFENSIBLE, caveats, extrapolation, is_defensible, weak_beliefs
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.units import NO_BREAK

PLAN = PRESETS["social-plan"]


def said(scenario):
    """The caveats as one text with plain spaces."""
    return "\n".join(caveats(scenario)).replace(NO_BREAK, " ")


@pytest.mark.parametrize("name", [name for name in PRESETS if name != "headline-claim"])
def test_presets_within_the_evidence_carry_no_caveat(name):
    assert caveats(PRESETS[name]) == ()
    assert is_defensible(PRESETS[name])


def test_the_headline_claim_is_marked():
    assert not is_defensible(PRESETS["headline-claim"])
    assert said(PRESETS["headline-claim"]).startswith(NOT_DEFENSIBLE)


def test_the_mark_does_not_hang_on_the_name_of_the_preset():
    assert NOT_DEFENSIBLE in said(Scenario.from_data({"name": "Sound plan", "assumptions": {"causal_share": 1}}))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"causal_share": 0.2}, "Part of that uplift that training causes is 20 %, the evidence gives 0 % to 12 %"),
        ({"carryover_half_life": 5.0}, "is 5, the evidence gives 0.1 to 2.5"),
        ({"cost_inflation": -0.01}, "Cost inflation is −1 %, the evidence gives 1.5 % to 3.5 %"),
    ],
)
def test_what_goes_beyond_its_evidence_is_told(values, sentence):
    assert sentence in said(PLAN.with_values(**values))


@pytest.mark.parametrize("name", [n for n, a in ASSUMPTIONS.items() if a.range])
def test_the_ends_of_a_range_are_still_evidence(name):
    ends = ASSUMPTIONS[name].range
    assert caveats(PLAN.with_values(**{name: ends.low})) == ()
    assert caveats(PLAN.with_values(**{name: ends.high})) == ()


def test_several_are_told_in_one_sentence():
    found = caveats(PLAN.with_values(causal_share=0.3, retained_share=0.9))
    assert len(found) == 1
    assert found[0].count("the evidence gives") == 2


def test_caveats_follow_the_locale():
    assert "12,5" in "".join(caveats(PLAN.with_values(causal_share=0.125).changed(locale="da")))


def test_weak_beliefs_are_the_beliefs_graded_c_or_d():
    names = {item.name for item in weak_beliefs()}
    assert {"plan_delivery", "causal_share", "headline_uplift", "social_incremental_share"} <= names
    assert {"carryover_half_life", "team_turnover"}.isdisjoint(names)
    assert all(item.kind is Kind.BELIEF for item in weak_beliefs())


def test_extrapolation_of_the_default_plan():
    # 150 % of 13.3 % is 19.95 %, passed after 59.4 % of five years; 24.5 is 184 % of 13.3.
    sentence = extrapolation(PLAN, project(PLAN).lines).replace(NO_BREAK, " ")
    assert "social spend from month 36 on (at last 184 %)" in sentence
    assert "other channels" not in sentence


def test_no_extrapolation_near_what_was_observed():
    assert extrapolation(PRESETS["hold"], project(PRESETS["hold"]).lines) == ""
    near = PLAN.with_values(social_share_target=0.19)
    assert extrapolation(near, project(near).lines) == ""


def test_extrapolation_of_cuts():
    scenario = PLAN.with_values(social_share_start=0.6, social_share_target=0.9, ramp_shape="immediate")
    assert "other channels' spend from month 1 on (at last 25" in extrapolation(scenario, project(scenario).lines)
