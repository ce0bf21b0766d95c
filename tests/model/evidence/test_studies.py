"""The causal studies on one scale, and what a plan assumes on the same scale."""

import math

import pytest

from model.assumptions import ASSUMPTIONS
from model.evidence.studies import CAUSAL_STUDIES, HEADLINE_UPLIFT, READING, SCALE_HOURS, part_of_headline
from model.presets import PRESETS
from model.telling.claim import assumed_effect, assumed_range

PLAN = PRESETS["social-plan"]


def test_studies_on_the_scale_of_40_hours():
    found = {study.source: study.on_scale for study in CAUSAL_STUDIES}
    assert SCALE_HOURS == 40
    assert found == {
        "almeida-2009": pytest.approx(0.024),
        "lopes-teixeira": pytest.approx(0.036),
        "call-centre-trial": pytest.approx(0.10),
        "dearden-2006": None,
        "wage-meta-analysis": None,
    }


def test_what_is_read_from_the_studies_covers_them():
    assert (READING.low, READING.likely, READING.high) == (0, 0.03, 0.10)
    for study in CAUSAL_STUDIES:
        assert study.on_scale is None or READING.low <= study.on_scale <= READING.high


def test_ten_per_cent_is_4_6_per_cent_of_the_claim():
    assert part_of_headline(READING.high) == pytest.approx(0.046, abs=0.0005)
    assert part_of_headline(HEADLINE_UPLIFT) == 1


def test_a_plan_assumes_its_part_of_the_claim_times_what_is_learnt_in_40_hours():
    # 40 of the 100 hours that make 63 % of the untrained competent, at 5 % of 218 %.
    assert assumed_effect(PLAN) == pytest.approx(2.18 * 0.05 * (1 - math.exp(-0.4)))
    assert assumed_range(PLAN) == (0, pytest.approx(2.18 * 0.12 * (1 - math.exp(-0.4))))


def test_default_belief_lies_within_the_reading_of_the_studies():
    low, high = assumed_range(PLAN)
    assert READING.low <= low <= assumed_effect(PLAN) <= high <= READING.high


def test_hours_of_the_plan_itself_do_not_matter_to_the_scale():
    assert assumed_effect(PLAN.with_values(training_hours=200.0)) == assumed_effect(PLAN)
    assert assumed_effect(PLAN.with_values(strategic_partner=True)) > assumed_effect(PLAN)


def test_without_a_range_both_ends_are_the_value():
    certain = PLAN.changed(ranges={"causal_share": None})
    assert assumed_range(certain) == (assumed_effect(certain), assumed_effect(certain))
    assert ASSUMPTIONS["causal_share"].range is not None
