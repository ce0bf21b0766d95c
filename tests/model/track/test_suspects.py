"""Actuals that no plan within the ranges could have: left out of odds, told, and first of all that is said."""

from dataclasses import replace

import pytest

from model.presets import PRESETS
from model.track.actuals import Actual
from model.track.checks import fails
from model.track.tracked import track
from model.track.words import answer, headline, lead, verdicts
from tests.model.track.simulated import EXAMPLE, firm

PLAN = PRESETS["social-plan"]
FEW = 1024
SOUND = firm(EXAMPLE).until(6)


def test_a_mistyped_cell_turns_no_odds_and_is_told_by_month_and_measure():
    wrong = [
        replace(item, value=10 * item.value) if (item.month, item.measure) == (5, "revenue") else item
        for item in SOUND
    ]
    without = [item for item in SOUND if (item.month, item.measure) != (5, "revenue")]
    found, sound = track(PLAN, wrong, count=FEW), track(PLAN, without, count=FEW)
    assert [(item.month, item.measure) for item in found.suspect] == [(5, "revenue")]
    assert found.now == sound.now
    assert "month 5, company revenue" in headline(found)
    assert "check the cell" in headline(found)
    assert any("left out of odds" in sentence for sentence in verdicts(found))
    assert "tails" in {item.name for item in fails(found.checks)}
    assert len(found.forecasts) == len(wrong)


def test_a_test_that_cannot_be_turns_no_odds():
    wrong = [*SOUND, Actual(8, "social_return_test", 900.0, standard_error=0.001)]
    found = track(PLAN, wrong, count=FEW)
    assert [item.measure for item in found.suspect] == ["social_return_test"]
    assert found.now == track(PLAN, SOUND, count=FEW).now


def test_what_is_sound_is_not_suspect_and_leads_with_its_odds():
    found = track(PLAN, SOUND, count=FEW)
    assert found.suspect == ()
    assert lead(found) is None
    assert answer(found).startswith(headline(found))


@pytest.mark.parametrize("alone", [True, False])
def test_where_all_or_none_is_left_out_draws_still_serve(alone):
    found = track(PLAN, [Actual(2, "revenue", 1e9)] if alone else [], count=FEW)
    assert len(found.suspect) == alone
    assert found.now == found.before
