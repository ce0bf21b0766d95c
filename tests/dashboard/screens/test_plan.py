"""The Plan screen without a browser."""

from __future__ import annotations

import pytest

from model.presets import PRESETS
from model.projection import project
from model.uncertainty.simulation import simulate
from report.words.narrative import answer, with_odds
from tests.dashboard.app import app, opened, shown


def test_the_app_opens_on_the_social_plan() -> None:
    test = app()
    assert not test.exception
    assert with_odds(answer(project(PRESETS["social-plan"])).sentence, simulate(PRESETS["social-plan"])) in shown(
        test
    )


@pytest.mark.parametrize("id_", PRESETS)
def test_plan_says_the_answer_of_each_preset(id_: str) -> None:
    test = opened(PRESETS[id_])
    assert not test.exception
    assert answer(project(PRESETS[id_])).sentence.removesuffix(".") in shown(test)
    assert PRESETS[id_].hash in shown(test)
    labels = {metric.label for metric in test.metric}
    assert {"Net present value", "ROI", "Benefit–cost ratio", "Payback", "Peak funding", "Programme ROI",
            "Break-even causal share"} <= labels  # fmt: skip


def test_headline_claim_is_marked_as_not_defensible() -> None:
    assert any(
        "Not defensible" in warning.value.replace("\\", "") for warning in opened(PRESETS["headline-claim"]).warning
    )
    assert not opened().warning


def test_an_undefined_metric_says_why() -> None:
    test = opened(PRESETS["hold"])
    roi = next(metric for metric in test.metric if metric.label == "ROI")
    assert roi.value == "–"
    assert "present value of costs is not above zero" in roi.help
