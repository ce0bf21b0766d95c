"""The Compare screen's logic without a browser."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import chart_table
from dashboard.session import compute
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from report.charts.comparison import OVERLAYS, Compared, between_message
from report.material import MOST_SCENARIOS
from report.words.comparison import beats_in_words, comparison_message
from tests.dashboard.app import opened, shown
from tests.materials import TODAY

PLAN = PRESETS["social-plan"]
DEFAULT = ("social-plan", "bigger-budget-same-skills", "seat-at-the-table")


def compared(scenario: Scenario | None = None, *picked: str) -> AppTest:
    """The screen, with the scenarios picked that are named."""
    test = opened(scenario, "compare")
    if picked:
        test.multiselect(key="compare").set_value(list(picked)).run()
    assert not test.exception
    return test


def columns(test: AppTest, place: int = 0) -> list[str]:
    return list(test.table[place].value.columns)


def cells(test: AppTest, place: int = 0) -> str:
    return test.table[place].value.to_string().replace("\\", "")


def test_it_opens_with_the_current_plan_beside_two_that_teach() -> None:
    test = compared()
    assert comparison_message([project(PRESETS[name]) for name in DEFAULT]) in shown(test)
    assert columns(test) == [PRESETS[name].name for name in DEFAULT]
    assert "+21,517.50 (+21.1" in cells(test)
    assert "a rate on so little says nothing" in shown(test)
    assert PLAN.hash in shown(test)


def test_presets_stand_beside_the_plan_in_its_currency_and_number_format() -> None:
    test = compared(PLAN.changed(currency="DKK", locale="da"))
    assert columns(test)[1:] == [PRESETS[name].name for name in DEFAULT[1:]]
    assert "Net present value, DKK" in cells(test)
    assert "+21.517,50 (+21,1" in cells(test)


def test_one_scenario_is_too_few() -> None:
    test = compared(None, "current")
    assert "Pick at least two" in test.info[0].value
    assert not test.table


def test_the_order_of_picking_decides_what_is_measured_against() -> None:
    test = compared(None, "hold", "current")
    assert columns(test) == ["Hold", "Social plan"]
    assert "+102,042.48" in cells(test)


def test_the_bridge_joins_the_two_that_are_chosen() -> None:
    test = compared()
    assert (test.selectbox(key="bridge from").value, test.selectbox(key="bridge to").value) == (
        PLAN.hash,
        PRESETS["seat-at-the-table"].hash,
    )
    bigger = PRESETS["bigger-budget-same-skills"]
    test.selectbox(key="bridge to").select(bigger.hash).run()
    assert not test.exception
    (bridge,) = (chart for chart in test.get("plotly_chart") if "compared_bridge" in chart.proto.id)
    assert between_message(project(PLAN), project(bigger)) in bridge.proto.spec.replace("\\u00a0", "\u00a0")


def test_odds_are_drawn_when_asked_for_and_then_stay() -> None:
    test = compared(None, "current", "hold")
    assert "odds that" not in shown(test)
    next(button for button in test.button if button.label == "Draw the odds").click().run()
    assert not test.exception
    (told,) = beats_in_words([compute.simulation(scenario) for scenario in (PLAN, PRESETS["hold"])])
    assert told in shown(test)
    test.selectbox(key="bridge from").select(PRESETS["hold"].hash).run()
    assert "odds that “Hold”" in shown(test)
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    assert "odds that" not in shown(test), "a scenario that was not asked for is not drawn"


def test_what_differs_is_listed_with_values_and_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    saved = compute.Saved({"1": PLAN}, "")
    monkeypatch.setattr(compute, "saved", lambda: saved)
    changed = PLAN.changed(ranges={"team_turnover": None}, notes={"employees": "*counted* in May"})
    test = compared(changed, "current", "library:1")
    assert "Team turnover: range" in cells(test, -1)
    assert "counted" in cells(test, -1)


def test_other_currencies_are_told_and_have_no_bridge(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = compute.Saved({"1": PRESETS["hold"]}, "")
    monkeypatch.setattr(compute, "saved", lambda: kept)
    test = compared(PLAN.changed(currency="DKK", name="Krone"), "current", "library:1")
    assert "The currencies differ (DKK, USD)" in shown(test)
    assert "No other scenario is in DKK" in test.info[0].value
    assert "Currency" in cells(test, -1)
    assert "No two of them are in one currency" in shown(test)
    assert not [button for button in test.button if button.label == "Draw the odds"]


def test_claims_beyond_their_evidence_are_marked_for_every_scenario() -> None:
    test = compared(None, "current", "headline-claim")
    told = " ".join(warning.value for warning in test.warning).replace("\\", "")
    assert "Headline claim (not defensible): Not defensible" in told
    assert "Beliefs about the world differ" in shown(test)


def test_a_warning_that_several_share_is_told_once() -> None:
    stretched = PLAN.with_values(other_incremental_roas=9.0)
    test = compared(stretched, "current", "smaller-step", "bigger-budget-same-skills")
    shared = [item.value for item in [*test.warning, *test.caption] if "Outside the plausible range" in item.value]
    own, others = (text.replace("\\", "") for text in shared)
    assert own.startswith("Outside the plausible range")
    assert others.startswith("Holds for Smaller step (edited) and Bigger budget, same skills (edited) too: Outside")


def test_no_name_in_a_downloaded_table_is_a_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    offered: dict[str, Any] = {}
    monkeypatch.setattr(chart_table.st, "download_button", lambda _label, **given: offered.update(given))
    hostile = tuple(project(PLAN.changed(name=name)) for name in ("=1+1", "Ærø @home"))
    chart = OVERLAYS["compared_cash"]
    assert chart.table
    table = chart.table(Compared(hostile))
    scenarios = [one.scenario for one in hostile]
    chart_table.download(lambda text: table.file(scenarios[0], TODAY, text), "lines", *scenarios)
    heading, *rows = offered["data"]().decode("utf-8-sig").splitlines()
    hashes = "; ".join(one.scenario.hash for one in hostile)
    assert all(f""","'=1+1; Ærø @home","{hashes}",""" in row for row in rows)
    assert heading == """"month","'=1+1 (USD)","Ærø @home (USD)","scenario","hash","made_on","currency\""""
    assert offered["data"]().startswith("\ufeff".encode())


def test_picks_and_their_order_stand_in_the_address() -> None:
    test = compared(None, "hold", "current")
    link = test.code[0].value
    assert link.endswith("&compare=hold%2Ccurrent")
    elsewhere = AppTest.from_string(SCREEN, default_timeout=60)
    elsewhere.query_params["preset"], elsewhere.query_params["compare"] = "social-plan", "hold,current,library:x"
    elsewhere.run()
    assert columns(elsewhere) == ["Hold", "Social plan"]
    assert "Not in this library, so not shown: library:x." in shown(elsewhere)


def test_a_link_with_too_many_picks_shows_as_many_as_are_compared() -> None:
    test = AppTest.from_string(SCREEN, default_timeout=60)
    test.query_params["preset"], test.query_params["compare"] = "social-plan", ",".join(["hold", *PRESETS])
    test.run()
    assert not test.exception
    assert columns(test)[:3] == ["Hold", "Social plan", "Smaller step"]
    assert len(columns(test)) == MOST_SCENARIOS
    assert "At most 6 are compared; left out: sceptical-cfo, headline-claim." in shown(test)


SCREEN = """
from dashboard.screens.compare import screen
from dashboard.session import address, compute
from dashboard.shell import sidebar
address.follow(compute.version)
sidebar.draw()
screen.draw()
"""
