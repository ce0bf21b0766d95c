"""The proposal text says what is proposed, in the words that fit the plan."""

import re

import pytest

from model.assumptions import Distribution, Range
from model.evidence.sources import SOURCES
from model.presets import PRESETS
from model.projection import project
from model.telling.caveats import caveats
from model.telling.one_line import beside_the_answer
from model.units import MONEY, SHARE
from report.words.proposal import Section, as_text, from_text, text_of
from tests.materials import materials

PLAN = PRESETS["social-plan"]


def told_of(plan):
    """The proposal as written from a plan's numbers."""
    (material,) = materials(plan, draws=128)
    return text_of(material, None)


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        (
            {"ramp_years": 1, "horizon_years": 1},
            None,
            "from 13.3 % to 24.5 % of the marketing budget within 1 year and",
        ),
        ({"social_share_target": 0.133}, None, "to keep social media at 13.3 % of the marketing budget and"),
        (
            {"ramp_shape": "custom", "horizon_years": 2},
            (0.2, 0.18),
            "from 13.3 % to 18 % of the marketing budget, year",
        ),
    ],
)
def test_the_question_names_what_is_proposed(changes, path, words):
    plan = PLAN.changed(assumptions=changes, social_share_path=path)
    question = told_of(plan)[0].paragraphs[0]
    assert words in question.replace("\u00a0", " ")


def test_holding_moves_no_money():
    told = as_text(told_of(PRESETS["hold"]))
    assert "Social media gets as much over the horizon as if the share is held." in told
    assert "0 USD more" not in told.replace("\u00a0", " ")


def sections_of(plan):
    """The paragraphs of the proposal under their headings, every space an ordinary one."""
    return {item.title: [words.replace("\u00a0", " ") for words in item.paragraphs] for item in told_of(plan)}


@pytest.mark.parametrize(
    ("plan", "opening"),
    [
        (PLAN, "Training costs "),
        (PLAN.with_values(strategic_partner=True), "Training and the partner cost "),
        (PRESETS["seat-at-the-table"], "Training, the partner and the leadership seat cost "),
        (PRESETS["hold"], None),
    ],
)
def test_only_what_is_bought_is_said_to_cost(plan, opening):
    told = [words for words in sections_of(plan)["What it costs"] if " cost" in words and "USD" in words]
    assert len(told) == (opening is not None)
    assert all(words.startswith(opening) for words in told)


def test_each_section_of_amounts_says_its_basis_once():
    plan = PRESETS["seat-at-the-table"].changed(start_month="2027-04").with_values(tax_rate=0.22, horizon_years=3)
    told = sections_of(plan)
    assert told["What it costs"][0] == (
        "All amounts of this section are undiscounted, before tax, over 3 years, against holding."
    )
    assert told["What it is worth"][0] == (
        "All amounts of this section are present values at 10 % a year, after 22 % tax, over 3 years, against "
        "holding, valued at 1 April 2027."
    )
    for title in ("What it costs", "What it is worth"):
        assert not any(word in " ".join(told[title][1:]) for word in ("tax", "discounted", "present value at"))


def test_what_other_channels_lose_stands_on_the_basis_of_its_section():
    plan = PLAN.with_values(tax_rate=0.3)
    projection, told = project(plan), sections_of(plan)
    lost = projection.lines["lost_other_contribution"]
    spent, worth = (
        plan.format.rounded(float(amount), MONEY).replace("\u00a0", " ")
        for amount in (lost.sum(), 0.7 * (lost * projection.lines["discount_factor"]).sum())
    )
    assert f"which then bring {spent} less contribution" in told["What it costs"][1]
    assert f"Contribution lost on other channels −{worth};" in told["What it is worth"][1]


def test_both_returns_are_told_with_what_they_are_on():
    told, found = sections_of(PLAN)["What it is worth"][2], project(PLAN).metrics
    for name, base in (("roi", "pv_costs"), ("roi_on_outlay", "pv_outlay")):
        on, value = PLAN.format.rounded(found[base], MONEY), PLAN.format.rounded(found[name], SHARE)
        assert f", {on}, is {value}.".replace("\u00a0", " ") in told
    (nothing_paid,) = sections_of(PRESETS["bigger-budget-same-skills"])["What it is worth"][2:]
    assert "There is no ROI on the outlay: nothing is laid out" in nothing_paid


def test_where_more_goes_to_other_channels_their_contribution_is_a_gain():
    told = sections_of(PLAN.with_values(social_share_target=0.05))
    assert re.search(
        r"given to other channels, which then bring [\d.]+ m USD more contribution", told["What it costs"][1]
    )
    assert "Contribution gained on other channels +" in told["What it is worth"][1]


def test_what_must_be_true_is_one_thing_where_the_plan_loses_and_each_where_it_pays():
    assert sections_of(PLAN)["What must be true"][0].startswith("Each of these must hold")
    losing = PRESETS["seat-at-the-table"].with_values(social_relative_return=1.0)
    assert project(losing).metrics["npv"] < 0
    opening = sections_of(losing)["What must be true"][0]
    assert opening.startswith("As assumed the plan does not pay. Any one of these would be enough")


def test_the_answer_says_what_must_be_true_and_what_the_budget_pays():
    for plan in (PLAN, PRESETS["hold"], PLAN.with_values(other_incremental_roas=2.0)):
        told = next(item.paragraphs for item in told_of(plan) if item.title == "The answer")
        projection = project(plan)
        assert [line for line in told if line in beside_the_answer(projection)] == [*beside_the_answer(projection)]
        assert told[1] == beside_the_answer(projection)[0]
        assert told[len(told) - len(caveats(projection)) :] == caveats(projection)


def test_the_warnings_are_those_of_the_basis():
    title = SOURCES["facebook-rcts"].title
    assert title not in as_text(told_of(PLAN))
    assert title in as_text(told_of(PLAN.with_values(social_return_basis="platform")))


def test_ranges_of_the_plan_s_own_and_correlations_are_told():
    plan = PLAN.changed(
        ranges={
            "discount_rate": Range(0.08, 0.1, 0.14, Distribution.UNIFORM),
            "cost_inflation": None,
            "team_turnover": Range(0.1, 0.15, 0.3, Distribution.NORMAL),
            "media_waste": Range(0.0, 0.1, 0.2, Distribution.TRIANGULAR),
        },
        correlations=(("social_reported_roas", "social_incremental_share", -0.3),),
    )
    told = " ".join(sections_of(plan)["Changes made to the assumptions, and why"])
    # A likely value is told where it shapes what is drawn, and normal tails reach beyond both ends.
    assert "Discount rate: 10 %. Drawn from 8 % to 14 % (uniform)." in told
    assert "Drawn from 10 % to 30 % in nine cases of ten (normal)." in told
    assert "Drawn from 0 % to 20 %, likely 10 % (triangular)." in told
    assert "Cost inflation: 2 %. Taken as certain." in told
    assert "drawn together, with a rank correlation of −0.30" in told


def test_a_text_from_any_system_is_read_without_what_no_file_can_hold():
    (section,) = from_text("# A\ufffe\r\rb\uffff\x00\r\rc")
    assert section == Section("A", ("b", "c"))
