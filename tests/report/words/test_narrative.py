"""The answer in words: odds, what is worth finding out, and what the numbers must agree with."""

from types import MappingProxyType

import numpy as np
import pytest

from model.assumptions import ASSUMPTIONS, Kind
from model.presets import PRESETS
from model.projection import project
from model.telling.caveats import extrapolation
from model.telling.tables import WITHIN
from model.uncertainty.sensitivity import evppi, evppi_errors
from model.uncertainty.simulation import Simulation, simulate
from model.units import NO_BREAK
from report.words.narrative import (
    NOTHING_TO_DECIDE,
    ONE_DECISION,
    PILOTS,
    answer,
    bad_case,
    mean_in_words,
    odds_in_words,
    worth_finding_out,
)

PLAN = PRESETS["social-plan"]


def plain(text):
    """Text with plain spaces."""
    return text.replace(NO_BREAK, " ")


def simulation_of(npv, **inputs):
    """A simulation of the social plan by hand."""
    return Simulation(
        PLAN, npv.size, 1, MappingProxyType({"npv": npv}), MappingProxyType(inputs), MappingProxyType({})
    )


def test_odds_and_the_bad_case():
    values = np.linspace(-530_000, 470_000, 1001)
    words = plain(odds_in_words(simulation_of(values)))
    assert (
        words
        == "47 in 100 odds of a gain; the worst tenth of cases loses 480,000 USD of net present value on average."
    )
    sure = plain(odds_in_words(simulation_of(values + 1_000_000)))
    worst = "the worst tenth of cases still gains 520,000 USD of net present value on average."
    assert sure == f"100 in 100 odds of a gain; {worst}"
    never = plain(odds_in_words(simulation_of(values - 1_000_000)))
    assert never.startswith(
        "0 in 100 odds of a gain; the worst tenth of cases loses 1.48 m USD of net present value on average."
    )


def test_amounts_are_no_finer_than_the_draws_can_tell():
    simulation = simulate(PLAN, 512, lines=())
    spread, text, unit = simulation.spread("npv"), PLAN.format, ASSUMPTIONS["annual_pay"].unit
    worst = text.rounded(abs(simulation.expected_shortfall), unit, simulation.shortfall_error)
    assert worst in bad_case(simulation)
    assert worst != text.rounded(abs(simulation.expected_shortfall), unit)
    said = mean_in_words(simulation)
    assert f"its mean is {text.signed(spread.mean, unit, spread.error)} {text.within(spread.error, unit)};" in said
    assert said.endswith(WITHIN)


def test_no_odds_where_there_is_nothing_to_decide():
    assert odds_in_words(simulate(PRESETS["hold"], 128, lines=())) == ""
    assert answer(project(PRESETS["hold"])).sentence == NOTHING_TO_DECIDE


def test_what_is_worth_finding_out_first():
    simulation = simulate(PLAN, 1024, lines=())
    (first, money), (second, less), *_ = evppi(simulation).items()
    words = worth_finding_out(simulation)
    assert f"Knowing “{ASSUMPTIONS[first].short_label}” before deciding is worth up to" in words
    text, unit = PLAN.format, ASSUMPTIONS["annual_pay"].unit
    known = text.rounded(money, unit, evppi_errors(simulation)[first])
    assert f"up to {known} of net present value, {ONE_DECISION};" in words
    assert f"nothing else is worth more than {text.rounded(less, unit, evppi_errors(simulation)[second])}." in words
    assert f"The pilot that would tell: {PILOTS.get(first, 'look it up')}" in words


def test_nothing_is_worth_finding_out_where_the_decision_is_sure():
    causal = np.linspace(0, 0.1, 512)
    assert worth_finding_out(simulation_of(1e6 + causal, causal_share=causal)).startswith("Nothing is worth a study")
    assert worth_finding_out(simulate(PRESETS["hold"], 128, lines=())).startswith("Nothing is worth a study")


def test_a_single_uncertain_input():
    causal = np.linspace(-1, 1, 512)
    words = worth_finding_out(simulation_of(1e6 * causal, causal_share=causal))
    assert "nothing else is uncertain" in words
    assert PILOTS["causal_share"] in words


def test_an_input_without_a_pilot_is_to_be_looked_up():
    pay = np.linspace(-1, 1, 512)
    assert "look it up, or ask those who know" in worth_finding_out(simulation_of(1e6 * pay, annual_pay=pay))


def test_pilots_are_of_beliefs_that_exist():
    assert all(ASSUMPTIONS[name].kind is Kind.BELIEF for name in PILOTS)
    by_default = {name for name, item in ASSUMPTIONS.items() if item.range}
    assert by_default - set(PILOTS) <= {"cost_inflation", "training_admin"}


@pytest.mark.parametrize(
    ("level", "told"), [(0.499, True), (0.501, False), (1.0, False), (1.499, False), (1.501, True)]
)
def test_extrapolation_is_told_from_50_and_150_per_cent_on(level, told):
    scenario = PLAN.with_values(social_share_target=0.133 * level, ramp_shape="immediate")
    assert bool(extrapolation(scenario, project(scenario).lines)) == told


def test_extrapolation_is_told_of_other_channels():
    share = 1 - 0.867 * 0.49
    scenario = PLAN.with_values(social_share_target=share, ramp_shape="immediate")
    assert "other channels' spend from month 1 on (down to 49 % of it)" in plain(
        extrapolation(scenario, project(scenario).lines)
    )
