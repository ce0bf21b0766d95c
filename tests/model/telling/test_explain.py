"""Explanations: the formula in words and in numbers, and that the numbers are the right ones."""

import math
import re

import pytest

from model.assumptions import ASSUMPTIONS
from model.lines import LINES
from model.metrics import COUNTERFACTUALS, METRICS
from model.notation import plain_text
from model.presets import PRESETS
from model.projection import project
from model.sheet import GIVEN
from model.telling.explain import explain, explainable, label_of
from model.units import NO_BREAK
from tests.scenarios import scenario_of

PLAN = PRESETS["seat-at-the-table"]
SCENARIOS = {
    **PRESETS,
    "custom": scenario_of(
        {"ramp_shape": "custom", "horizon_years": 3, "strategic_partner": True, "tax_rate": 0.22},
        [0.2, 0.12, 0.3],
    ),
    "media_efficiency": PLAN.with_values(benefit_route="media_efficiency", reallocated_share=0.4),
    "falling": PLAN.with_values(social_share_target=0.05, ramp_shape="s_curve", revenue_growth=-0.1),
    "front_loaded": PLAN.with_values(ramp_shape="front_loaded", programme_years=1.5, ramp_years=2.0),
    "immediate": PLAN.with_values(ramp_shape="immediate", plan_delivery=0.6, social_share_start=1.0),
}
PROJECTIONS = {name: project(scenario) for name, scenario in SCENARIOS.items()}
EVERYTHING = (*METRICS, *LINES, *ASSUMPTIONS, *GIVEN, *COUNTERFACTUALS)


def moments():
    """Each projection in the first two months, at a year's end and start, and in the last month."""
    return [(item, month) for item in PROJECTIONS.values() for month in (1, 2, 12, 13, item.months)]


def text_of(explanation):
    """All text of an explanation, as a person reads it."""
    pieces = [explanation.label, explanation.meaning, explanation.value, plain_text(explanation.words)]
    pieces += [plain_text(explanation.numbers), *explanation.facts]
    for item in explanation.precedents:
        pieces += [item.label, item.value, item.note]
    return "\n".join(pieces).replace(NO_BREAK, " ")


@pytest.mark.parametrize("name", EVERYTHING)
def test_everything_can_be_explained_in_plain_words(name):
    for projection, month in moments():
        explanation = explain(projection, name, month)
        text = text_of(explanation)
        assert explanation.label
        assert explanation.meaning
        assert "_" not in text
        assert not re.search(r"\b(nan|inf|None|True|False)\b|array|\[\[|\de[+-]\d\d", text)
        assert explanation.name == name
        linked = {token.name for token in (*explanation.words, *explanation.numbers) if token.name}
        assert all(label_of(item) for item in linked)


@pytest.mark.parametrize("name", [*METRICS, *LINES])
def test_the_words_name_every_precedent_once_or_more_and_nothing_else(name):
    explanation = explain(PROJECTIONS["social-plan"], name, 7)
    item = METRICS.get(name) or LINES[name]
    named = {token.name for token in explanation.words if token.name}
    assert named == set(item.precedents) | ({name} if "previous" in item.parameters else set())
    assert [precedent.name for precedent in explanation.precedents] == list(item.precedents)
    for token in explanation.words:
        if token.name and token.name != name:
            assert token.text == label_of(token.name)


# The numbers: reading the formula as printed and working it out gives the value as printed.


def worked_out(printed):
    """The value of a formula as printed, read as a person with a calculator would."""
    text = printed.replace(NO_BREAK, " ").replace(" USD", "").replace("−", "-")
    text = re.sub(r"^\((.+)\) ÷ \((.+)\), or if that is 0: (.+)$", r"(\3) if (\2) == 0 else (\1) ÷ (\2)", text)
    text = text.replace(",", "")
    text = re.sub(r"-?\d[\d.]* %", lambda found: f"({found[0][:-2]} * 0.01)", text)
    text = re.sub(r"\(the smaller of ([^()]+?) and ([^()]+)\)", r"min(\1, \2)", text)
    text = re.sub(r"^the smaller of (.+?) and (.+)$", r"min(\1, \2)", text)
    text = re.sub(r"^the larger of (.+?) and (.+)$", r"max(\1, \2)", text)
    text = re.sub(r"value of 1 a month discounted at (.+) a month over (\d+) months", r"annuity(\1, \2)", text)
    text = text.replace("e^(", "exp(").replace("^", "**").replace("×", "*").replace("÷", "/").replace("≤", "<=")
    functions = {"exp": math.exp, "min": min, "max": max, "annuity": lambda rate, n: (1 - (1 + rate) ** -n) / rate}
    return float(eval(text, {"__builtins__": {}, **functions}))  # noqa: S307 - digits


@pytest.mark.parametrize("name", LINES)
def test_the_numbers_of_a_line_give_its_value(name):
    for projection, month in moments():
        printed = plain_text(explain(projection, name, month).numbers)
        value = projection.lines[name][month - 1]
        # Printed to six decimals, money to the cent; small differences of large amounts lose digits.
        rounding = 0.5 if LINES[name].unit.name.startswith("money") else 2e-6
        if name == "other_revenue_gain":  # a response, printed to six decimals, of all that the others bring
            rounding += (
                5e-7
                * float(projection.scenario.values["other_incremental_roas"])
                * (projection.lines["hold_other_spend"][month - 1])
            )
        assert worked_out(printed) == pytest.approx(value, rel=2e-3, abs=rounding), printed


@pytest.mark.parametrize("name", METRICS)
def test_the_numbers_of_a_metric_give_its_value(name):
    for projection in PROJECTIONS.values():
        explanation = explain(projection, name, 1)
        value = (projection.metrics | projection.counterfactuals)[name]
        if value is None:
            assert explanation.numbers == ()
            assert explanation.value == "–"
            assert explanation.facts == (f"Undefined: {projection.undefined[name]}.",)
        else:
            printed = plain_text(explanation.numbers)
            assert worked_out(printed) == pytest.approx(value, rel=1e-3, abs=0.011), printed


def shown(scenario, name, month):
    """Words, numbers and value of an explanation, with plain spaces."""
    found = explain(PROJECTIONS[scenario], name, month)
    texts = (plain_text(found.words), plain_text(found.numbers), found.value)
    return tuple(text.replace(NO_BREAK, " ") for text in texts)


def test_some_explanations_by_hand():
    # 500 × 250,000 ÷ 12 in the first month of growth at 3 %.
    assert shown("social-plan", "company_revenue", 1) == (
        "Employees × Revenue per employee ÷ 12 × Growth factor",
        "500 × 250,000.00 USD ÷ 12 × 1.002466",
        "10,442,356.98 USD",
    )
    assert shown("social-plan", "discount_factor", 12) == (
        "(1 + Discount rate) ^ (−Month ÷ 12)",
        "(1 + 10 %) ^ (−12 ÷ 12)",
        "0.909091",
    )
    assert shown("social-plan", "social_share", 30) == (
        f"{label_of('social_share_start')} + {label_of('plan_delivery')} × Planned rise of the social share",
        "13.3 % + 100 % × 5.6 %",
        "18.90 %",
    )
    assert shown("custom", "planned_rise", 18)[1:] == ("20 % + (12 % − 20 %) × 6 ÷ 12 − 13.3 %", "2.70 %")
    assert shown("front_loaded", "ramp_progress", 6)[1:] == ("1 − (1 − 25 %) ^ 2", "43.75 %")
    assert shown("front_loaded", "programme_active", 18)[1:] == ("1 × (18 ≤ 12 × 1.5)", "1.00")
    assert shown("front_loaded", "programme_active", 19)[1:] == ("1 × (19 ≤ 12 × 1.5)", "0.00")
    assert shown("social-plan", "bcr", 1)[1:] == ("2,300,734.57 USD ÷ 2,198,692.09 USD", "1.05")


def test_a_line_along_time_shows_the_month_before_and_its_opening():
    first = explain(PROJECTIONS["social-plan"], "social_carryover", 1)
    assert plain_text(first.numbers).startswith("1 + (1 − 50")
    assert "At month 0 it is 1." in first.facts
    second = explain(PROJECTIONS["social-plan"], "social_carryover", 2)
    before = PROJECTIONS["social-plan"].lines["social_carryover"][0]
    assert plain_text(second.numbers).startswith(f"{before:.6f}"[:7])
    assert "Social advertising pressure, month before" in plain_text(second.words)


def test_a_choice_shows_only_the_branch_that_is_taken():
    for scenario, words in (("social-plan", "Time into the ramp"), ("falling", "s curve")):
        assert words in plain_text(explain(PROJECTIONS[scenario], "ramp_progress", 6).words)
    assert plain_text(explain(PROJECTIONS["immediate"], "ramp_progress", 6).numbers) == "1"
    assert plain_text(explain(PROJECTIONS["social-plan"], "media_efficiency", 6).numbers) == "1"
    assert "÷" in plain_text(explain(PROJECTIONS["media_efficiency"], "media_efficiency", 6).numbers)


def test_an_assumption_tells_its_evidence():
    scenario = PLAN.changed(notes={"causal_share": "Agreed with finance."}).with_values(causal_share=0.02)
    found = explain(project(scenario), "causal_share", 1)
    assert found.value.replace(NO_BREAK, " ") == "2 %"
    facts = " ".join(found.facts).replace(NO_BREAK, " ")
    for part in ("Default 5 %", "a belief", "0 % … 100 %", "0 % to 12 %", "D from A", "training-causal",
                 "Note: Agreed with finance."):  # fmt: skip
        assert part in facts


def test_precedents_that_are_assumptions_show_their_grade():
    found = {item.name: item for item in explain(PROJECTIONS["social-plan"], "learning_rate", 1).precedents}
    assert found["hours_to_competence"].note == "grade D"
    assert found["hours_to_competence"].value == "100"
    assert "grade" not in found["programme_active"].note


def test_every_precedent_can_be_walked_to_assumptions_or_the_calendar():
    projection = PROJECTIONS["seat-at-the-table"]

    def walk(name, seen):
        for item in explain(projection, name, 1).precedents:
            if item.name not in seen:
                walk(item.name, seen | {item.name})
                reached.add(item.name)

    reached: set[str] = set()
    walk("bcr", frozenset({"bcr"}))
    assert {"causal_share", "discount_rate", "social_reported_roas", "t", "net_cash"} - reached == {"net_cash"}


def test_explanations_follow_the_locale_and_currency():
    danish = project(PLAN.changed(locale="da", currency="DKK"))
    printed = plain_text(explain(danish, "company_revenue", 12).numbers).replace(NO_BREAK, " ")
    assert printed == "500 × 250.000,00 DKK ÷ 12 × 1,03"


def test_what_can_be_explained_is_every_metric_and_line():
    assert explainable() == (*PROJECTIONS["hold"].metrics, *LINES)


@pytest.mark.parametrize(
    ("name", "near"), [("net_prsent_value", "present_value"), ("nvp", "npv"), ("Casual_share", "causal")]
)
def test_an_unknown_name_is_refused_with_the_nearest(name, near):
    with pytest.raises(KeyError, match=f"{name}.*did you mean '{near}"):
        explain(PROJECTIONS["hold"], name, 1)
    with pytest.raises(KeyError, match="did you mean"):
        label_of(name)


@pytest.mark.parametrize("month", [0, -1, 61])
def test_a_month_outside_the_horizon_is_refused(month):
    with pytest.raises(ValueError, match="1 … 60"):
        explain(PROJECTIONS["social-plan"], "npv", month)
