"""What a change does to a scenario: paths, the way back, correlations."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.session import edits
from model.assumptions import ASSUMPTIONS
from model.presets import PRESETS
from model.reading.faults import ScenarioError
from model.scenario import Scenario
from tests.scenarios import legal_data

PLAN = PRESETS["social-plan"]


@settings(max_examples=25)
@given(data=legal_data())
def test_resetting_all_is_the_start_again(data: dict[str, Any]) -> None:
    changed = Scenario.from_data(data)
    back = edits.all_restored(changed, PLAN)
    assert back.changed(**{field: getattr(PLAN, field) for field in _BESIDE}) == PLAN


_BESIDE = ("name", "description", "currency", "locale", "start_month", "fiscal_year_start", "skills")


@settings(max_examples=40)
@given(data=legal_data(), name=st.sampled_from(list(ASSUMPTIONS)))
def test_resetting_one_restores_it_and_leaves_the_others(data: dict[str, Any], name: str) -> None:
    changed = Scenario.from_data(data)
    try:
        back = edits.restored(changed, PLAN, name)
    except ScenarioError:
        # Only what the others forbid: a share that cannot be delivered, a correlation that needs the range.
        assert (
            name in ("social_share_start", "social_share_target", "plan_delivery", "ramp_shape")
            or changed.correlations
        )
        return
    others = {key: value for key, value in changed.values.items() if key != name}
    assert back.values == {**others, name: PLAN.values[name]}
    assert name not in back.ranges
    assert name not in back.notes
    kept = (changed.ranges, changed.notes)
    assert [{**of, name: None} for of in (back.ranges, back.notes)] == [{**of, name: None} for of in kept]


def test_a_custom_shape_comes_and_goes_with_its_path() -> None:
    custom = edits.with_value(PLAN, "ramp_shape", "custom")
    assert len(custom.social_share_path) == 5
    longer = edits.with_value(custom, "horizon_years", 7)
    assert longer.social_share_path[5:] == custom.social_share_path[-1:] * 2
    assert edits.restored(custom, PLAN, "ramp_shape") == PLAN
    assert edits.restored(PLAN, custom, "ramp_shape") == custom


def test_a_correlation_is_set_set_anew_and_removed() -> None:
    paired = edits.with_correlation(PLAN, "revenue_growth", "causal_share", 0.4)
    assert paired.correlations == (("causal_share", "revenue_growth", 0.4),)
    again = edits.with_correlation(paired, "causal_share", "revenue_growth", -0.2)
    assert again.correlations == (("causal_share", "revenue_growth", -0.2),)
    assert edits.without_correlation(again, "revenue_growth", "causal_share") == PLAN


@pytest.mark.parametrize(
    ("one", "other", "strength", "told"),
    [
        ("revenue_growth", "revenue_growth", 0.5, "with itself"),
        ("revenue_growth", "causal_share", 1.5, "within −1 … 1"),
        ("revenue_growth", "employees", 0.5, "employees, which has no range"),
        ("revenue_growth", "training_hours", 0.5, "takes no range"),
    ],
)
def test_a_correlation_that_cannot_be_is_refused(one: str, other: str, strength: float, told: str) -> None:
    with pytest.raises(ScenarioError, match=told):
        edits.with_correlation(PLAN, one, other, strength)


def test_correlations_that_contradict_each_other_are_refused_by_name() -> None:
    two = edits.with_correlation(PLAN, "revenue_growth", "causal_share", 0.6)
    two = edits.with_correlation(two, "revenue_growth", "retained_share", 0.6)
    with pytest.raises(ScenarioError, match=r"causal_share with retained_share −0\.9"):
        edits.with_correlation(two, "causal_share", "retained_share", -0.9)


def test_a_scenario_that_cannot_be_drawn_can_still_be_mended() -> None:
    broken = PLAN.changed(correlations=[("revenue_growth", "employees", 0.5)])
    mended = edits.with_edits(broken, [edits.Edit(values={"employees": 800}, notes={"employees": "why"})])
    assert mended.values["employees"] == 800
