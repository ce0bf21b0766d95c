"""The first words of the first screen: the amount, the odds, over what, and whose plan it is."""

import pytest

from model.metrics import METRICS
from model.presets import PRESETS
from model.projection import project
from model.uncertainty.sensitivity import tornado
from model.uncertainty.simulation import simulate
from model.units import NO_BREAK
from report.words.evidence import evidence_in_short
from report.words.headline import headline, whose_plan
from report.words.narrative import answer
from report.words.odds import cases_in_100, odds_in_100
from report.words.values import at_the_bounds

PLAN = PRESETS["social-plan"]
# What fits into a line of the first screen at 1366 pixels.
LINE, SMALLER = 88, 135


def plain(text):
    """Text with plain spaces."""
    return text.replace(NO_BREAK, " ")


def drawn(scenario):
    """A projection with its simulation."""
    return project(scenario), simulate(scenario, 512, lines=())


@pytest.mark.parametrize("name", PRESETS)
def test_each_line_of_the_first_screen_is_one_line(name):
    projection, simulation = drawn(PRESETS[name])
    said = headline(projection, simulation)
    assert len(said) <= LINE
    assert len(answer(projection, simulation).payback) <= SMALLER
    assert len(evidence_in_short(projection, tornado(projection.scenario))) <= SMALLER


def test_the_headline_is_amount_span_and_odds():
    projection, simulation = drawn(PLAN)
    odds = odds_in_100(simulation.odds_of_gain)
    assert plain(headline(projection)) == "Worth 102,000 USD more than holding over 5 years"
    assert headline(projection, simulation) == f"{headline(projection)}; {odds} of a gain"
    losing = project(PRESETS["sceptical-cfo"])
    assert plain(headline(losing)) == "Costs 130,000 USD more than it returns over 5 years"


def test_a_claim_beyond_its_evidence_is_not_sold():
    projection, simulation = drawn(PRESETS["headline-claim"])
    said = plain(headline(projection, simulation))
    assert said == "Cannot be defended: 1.07 m USD over 5 years, by taking 218 % at face value"
    assert "cannot be defended: it takes 218 % at face value" in plain(answer(projection).sentence)


def test_it_says_whose_plan_it_is():
    assert plain(whose_plan(project(PLAN))) == (
        "500 people · 125 m USD revenue · 9.62 m USD marketing · of it social 13.3 % → 24.5 % · social team 4 → 6"
    )
    held = whose_plan(project(PRESETS["hold"].changed(currency="DKK").with_values(employees=1200)))
    assert plain(held) == (
        "1,200 people · 300 m DKK revenue · 23.1 m DKK marketing · of it social 13.3 % · social team 4"
    )


def test_payback_and_money_have_their_odds():
    projection, simulation = drawn(PLAN)
    peak = simulation.spread("peak_funding").percentile(90)
    back = cases_in_100(simulation.odds_of_payback(60))
    assert plain(answer(projection, simulation).payback) == plain(
        f"It pays back in month 8, and within 5 years in {back}; it needs 2,190 USD, in one case of ten more than "
        f"{PLAN.format.rounded(peak.value, METRICS['peak_funding'].unit, peak.error)}."
    )
    assert plain(answer(projection).payback) == "It pays back in month 8 and needs 2,190 USD."


def test_a_plan_that_does_not_pay_back_may_in_some_cases():
    projection, simulation = drawn(PRESETS["sceptical-cfo"])
    assert "does not pay back as assumed, but within 5 years in" in plain(answer(projection, simulation).payback)
    sure = PLAN.changed(ranges=dict.fromkeys(PLAN.effective_ranges))
    assert answer(*drawn(sure)).payback == answer(project(sure)).payback


@pytest.mark.parametrize(
    ("values", "name", "said"),
    [
        ({}, "break_even_causal_share", "pays even if none is causal"),
        ({"social_relative_return": 0.3}, "break_even_causal_share", "no part of the 218 % is enough"),
        ({}, "break_even_relative_return", ""),
        ({"causal_share": 1.0, "social_share_target": 0.14}, "break_even_relative_return",
         "pays whatever social returns"),
        ({}, "programme_break_even_causal_share", ""),
    ],
)  # fmt: skip
def test_a_break_even_out_of_bounds_is_put_into_words(values, name, said):
    assert plain(at_the_bounds(project(PLAN.with_values(**values)), name)) == said
