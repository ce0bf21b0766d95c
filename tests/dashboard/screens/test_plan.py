"""The Plan screen without a browser."""

from __future__ import annotations

import pytest

from model.presets import PRESETS
from model.projection import project
from model.telling.one_line import what_decides
from model.uncertainty.sensitivity import tornado
from model.uncertainty.simulation import simulate
from model.units import NO_BREAK
from report.words.evidence import evidence_in_short
from report.words.headline import headline, whose_plan
from report.words.narrative import answer
from tests.dashboard.app import app, opened, shown


def test_the_app_opens_on_the_social_plan() -> None:
    test = app()
    assert not test.exception
    plan = PRESETS["social-plan"]
    assert headline(project(plan), simulate(plan)) in shown(test)
    assert answer(project(plan), simulate(plan)).payback in shown(test)


@pytest.mark.parametrize("id_", PRESETS)
def test_plan_says_the_answer_of_each_preset(id_: str) -> None:
    test = opened(PRESETS[id_])
    assert not test.exception
    projection = project(PRESETS[id_])
    for line in (
        headline(projection),
        what_decides(projection),
        evidence_in_short(projection, tornado(projection.scenario)),
        whose_plan(projection),
    ):
        # A claim beyond its evidence puts a condition before it.
        assert line[1:] in shown(test)
    assert PRESETS[id_].hash in shown(test)
    labels = {metric.label for metric in test.metric}
    assert {"Net present value", "Break-even relative return", "ROI on all costs", "ROI on the outlay",
            "Benefit–cost ratio", "Payback", "Peak funding", "Yearly commitment", "Programme ROI",
            "Break-even causal share"} <= labels  # fmt: skip


def test_extrapolation_is_told_beside_the_answer_and_in_full_below() -> None:
    told = [one.value for one in opened().caption if "xtrapolated" in one.value]
    assert len(told) == 2
    assert "Extrapolated from month 36 on" in told[0]
    assert not any("xtrapolated" in one.value for one in opened(PRESETS["hold"]).caption)


def test_headline_claim_is_marked_as_not_defensible() -> None:
    assert any(
        "Not defensible" in warning.value.replace("\\", "") for warning in opened(PRESETS["headline-claim"]).warning
    )
    assert not opened().warning


def test_an_undefined_metric_says_why() -> None:
    test = opened(PRESETS["hold"])
    roi = next(metric for metric in test.metric if metric.label == "ROI on all costs")
    assert roi.value == "–"
    assert "present value of costs is not above zero" in roi.help


def test_the_headlines_stand_beside_what_is_assumed_and_what_studies_say() -> None:
    test = opened(PRESETS["social-plan"].changed(start_month="2027-04"))
    beside = {metric.label: metric.delta.replace("\\", "").replace(NO_BREAK, " ") for metric in test.metric}
    assert beside["Break-even relative return"] == "assumed 1.2, studies 0.8 to 1.7"
    assert beside["Break-even causal share"] == "pays even if none is causal"
    assert beside["Programme break-even"] == "assumed 5 %, studies 0 to 12 %"
    assert beside["Net present value"] == "valued at 1 April 2027"
    help_ = {metric.label: metric.help.replace("\\", "").replace(NO_BREAK, " ") for metric in test.metric}
    assert "With training's after-effect it is 126,000 USD." in help_["Net present value"]
    assert "Basis: undiscounted, before tax." in help_["Yearly commitment"]
    assert beside["ROI on the outlay"] == "on the 72,400 USD laid out"
    platform = opened(PRESETS["social-plan"].with_values(social_return_basis="platform"))
    beside = {metric.label: metric.delta.replace("\\", "") for metric in platform.metric}
    assert beside["Break-even relative return"] == "platforms’ figures 0.87, studies 0.8 to 1.7"
    assert any("same footing" in warning.value for warning in platform.warning)
