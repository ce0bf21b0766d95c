"""The Risk screen without a browser: every kind of plan, and why there may be no odds."""

from __future__ import annotations

import pytest

from model.assumptions import ASSUMPTIONS
from model.presets import PRESETS
from model.uncertainty.simulation import simulate
from model.units import MONEY
from tests.dashboard.app import opened, shown


def test_risk_of_holding_is_none() -> None:
    test = opened(PRESETS["hold"], "risk")
    assert not test.exception
    assert "Nothing is at stake" in shown(test)


def test_amounts_stand_with_their_sampling_errors() -> None:
    test = opened(PRESETS["social-plan"], "risk")
    simulation, text = simulate(PRESETS["social-plan"]), PRESETS["social-plan"].format
    spread = simulation.spread("npv")
    cards = {metric.label: metric for metric in test.metric}
    mean, worst = cards["Mean net present value"], cards["Worst tenth of cases"]
    assert mean.value.replace("\\", "") == text.rounded(spread.mean or 0.0, MONEY, spread.error or 0.0)
    assert f"Mean {text.within(spread.error or 0.0, MONEY)}" in mean.proto.help.replace("\\", "")
    assert text.within(simulation.shortfall_error, MONEY) in worst.proto.help.replace("\\", "")


@pytest.mark.parametrize("id_", ["headline-claim", "sceptical-cfo", "bigger-budget-same-skills"])
def test_risk_is_told_for_every_kind_of_preset(id_: str) -> None:
    test = opened(PRESETS[id_], "risk")
    assert not test.exception
    assert "draws of" in shown(test)


def test_risk_without_ranges_tells_that_there_are_no_odds() -> None:
    names = [name for name, item in ASSUMPTIONS.items() if item.range]
    certain = PRESETS["social-plan"].changed(ranges=dict.fromkeys(names))
    for screen in ("plan", "risk"):
        test = opened(certain, screen)
        assert not test.exception
        assert "No assumption has a range" in shown(test)


def test_risk_says_why_there_are_no_odds_above_its_footer() -> None:
    pairs = (("employees", "revenue_growth", 0.5),)
    undrawable = PRESETS["social-plan"].changed(correlations=pairs)
    test = opened(undrawable, screen="risk")
    assert not test.exception
    assert "The odds cannot be drawn" in test.error[0].value
    assert undrawable.hash in shown(test)
