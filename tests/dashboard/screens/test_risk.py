"""The Risk screen without a browser: every kind of plan, and why there may be no odds."""

from __future__ import annotations

import pytest

from model.assumptions import ASSUMPTIONS
from model.presets import PRESETS
from tests.dashboard.app import opened, shown


def test_risk_of_holding_is_none() -> None:
    test = opened(PRESETS["hold"], "risk")
    assert not test.exception
    assert "Nothing is at stake" in shown(test)


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
