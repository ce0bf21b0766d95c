"""The Export screen's logic: nothing is built unasked, nothing edited is lost, refusals are told."""

from __future__ import annotations

import json
import sys
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens.export import screen
from model.choice.counter.terms import Terms
from model.gates.stage_gate import Below, StageGate
from model.presets import PRESETS
from model.scenario import Scenario
from model.uncertainty.sampling import DEFAULT_SEED
from model.units import NO_BREAK
from report.asked import Asked
from report.charts.catalogue import drawable
from report.files.browser import BROWSER_PATH
from report.files.file_kinds import KINDS
from report.files.order import Built
from report.tables.data import monthly_csv
from report.tables.decide.told import SUBJECTS
from report.words.proposal import as_file, text_of
from tests.materials import materials

PLAN, CFO = PRESETS["social-plan"], PRESETS["sceptical-cfo"]
FEW = 2_048
EDIT = "Edit the text"


def opened(*ticked: str, scenario: Scenario = PLAN, **choices: object) -> AppTest:
    """The screen with only these kinds of files ticked, and few draws unless chosen otherwise."""
    script = "from dashboard.screens.export import screen\nscreen.draw()"
    test = AppTest.from_string(script, default_timeout=60)
    files = {f"export file {name}": name in ticked for name in KINDS}
    test.session_state["scenario"] = scenario
    test.session_state["kept"] = {"export draws": FEW, **files, **{f"export {k}": v for k, v in choices.items()}}
    return test.run()


def press(test: AppTest, label: str) -> AppTest:
    next(button for button in test.button if button.label == label).click().run()
    assert not test.exception
    return test


def built(test: AppTest) -> Built:
    return press(test, "Build files").session_state["kept"]["export built"]


def edit(test: AppTest, text: str) -> AppTest:
    test.session_state["export tabs"] = EDIT
    test.run().text_area(key="proposal text").set_value(text).run()
    assert not test.exception
    return test


def said(items: object) -> str:
    return " ".join(item.value for item in items).replace("\\", "")  # type: ignore[attr-defined]


def test_opening_builds_nothing_and_shows_the_text_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "build", lambda *_: pytest.fail("built without being asked"))
    test = opened("months")
    assert not test.exception
    assert not test.download_button
    (material,) = materials(PLAN, draws=FEW, seed=DEFAULT_SEED, today=date.today())
    told = said(test.markdown).replace(NO_BREAK, " ")
    for section in text_of(material, None):
        assert section.title in told
        assert all(paragraph.replace(NO_BREAK, " ") in told for paragraph in section.paragraphs)


def test_a_build_gives_the_files_ticked_and_is_kept_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("months")
    first = built(test)
    assert [button.label for button in test.download_button] == ["CSV by month"]
    assert first.files[0].content == monthly_csv(materials(PLAN, today=date.today()))
    monkeypatch.setattr(screen, "build", lambda *_: pytest.fail("built without being asked"))
    test.checkbox(key="export file data").check().run()
    assert not test.exception
    assert test.session_state["kept"]["export built"] is first


def test_only_the_last_build_is_kept() -> None:
    test = opened("months", "data", draws=0)
    assert len(built(test).files) == 2
    test.checkbox(key="export file months").uncheck().run()
    assert [made.kind for made in built(test).files] == [KINDS["data"]]
    assert len(test.download_button) == 1


def test_several_scenarios_on_a_fixed_date() -> None:
    test = opened("data", draws=0)
    test.multiselect(key="export scenarios").set_value(["current", "sceptical-cfo"]).run()
    test.date_input(key="export date").set_value(date(2026, 11, 22)).run()
    made = built(test).files[0]
    found = json.loads(made.content)
    assert found["made_on"] == "2026-11-22"
    assert [one["hash"] for one in found["scenarios"]] == [PLAN.hash, CFO.hash]
    assert made.name == f"social-plan-{PLAN.hash}-data.json"


@pytest.mark.parametrize(("entered", "meant"), [("0", 0), ("", DEFAULT_SEED), ("7", 7), ("12,5", DEFAULT_SEED)])
def test_a_seed_of_zero_is_zero_and_a_cleared_one_the_usual(entered: str, meant: int) -> None:
    test = opened("months", draws=0)
    # A seed is no amount: "2,027" would not be found again in a file that says 2027.
    assert test.text_input(key="export seed").value == str(DEFAULT_SEED)
    test.text_input(key="export seed").set_value(entered).run()
    assert built(test).order.seed == meant


def test_files_of_an_earlier_order_are_marked_until_they_fit_again() -> None:
    test = opened("months", draws=0)
    built(test)
    test.session_state["scenario"] = PLAN.with_values(training_hours=80)
    assert [button.label for button in test.run().download_button] == ["CSV by month (earlier order)"]
    assert "The order has changed" in said(test.warning)
    test.session_state["scenario"] = PLAN
    assert [button.label for button in test.run().download_button] == ["CSV by month"]


def test_an_edited_text_goes_into_the_files_and_can_be_written_again() -> None:
    test = edit(opened("proposal"), "# Our ask\n\nWe ask for <b>1 m</b>.")
    assert (
        built(test)
        .files[0]
        .content.startswith(b"# Our ask\n\nWe ask for <b>1 m</b>.\n\nStamp of this file: Social plan")
    )
    test.session_state["export tabs"] = "Proposal text"
    assert "We ask for <b>1 m</b>." in said(test.run().markdown)
    press(test, "Write again from the numbers")
    (material,) = materials(PLAN, draws=FEW, seed=DEFAULT_SEED, today=date.today())
    assert built(test).files[0].content == as_file(text_of(material, None), [material]).encode()


def test_an_edited_text_outlives_a_change_of_the_numbers_which_is_told() -> None:
    test = edit(opened("proposal"), "# Our ask")
    assert not test.warning
    test.session_state["scenario"] = PLAN.with_values(training_hours=80)
    test.run()
    assert "edited for other numbers" in said(test.warning)
    assert test.text_area(key="proposal text").value == "# Our ask"
    press(test, "It still holds")
    assert not test.warning
    assert test.text_area(key="proposal text").value == "# Our ask"


def test_without_draws_what_tells_the_odds_is_not_made_and_the_rest_is() -> None:
    test = opened("deck", "months", draws=0)
    assert "no text is written" in said(test.info)
    assert [made.kind for made in built(test).files] == [KINDS["months"]]
    assert "Not made: PowerPoint deck. A deck shows the odds" in said(test.error)


def test_correlations_that_contradict_each_other_are_told_once() -> None:
    names = ("causal_share", "revenue_growth", "team_turnover")
    pairs = tuple((one, other, -0.9) for one, other in zip(names, (*names[1:], names[0]), strict=True))
    test = opened("data", "workbook", "months", scenario=PLAN.changed(correlations=pairs))
    assert not test.exception
    assert "cannot be written from the numbers" in said(test.error)
    assert [made.kind for made in built(test).files] == [KINDS["months"]]
    assert said(test.error).count("Not made: Excel workbook, JSON.") == 1
    assert said(test.error).count("contradict") == 2


@pytest.mark.parametrize("environment", [{"PATH": "/nowhere"}, {BROWSER_PATH: "/nowhere/chrome"}])
def test_without_a_browser_it_says_so_and_makes_the_rest(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    monkeypatch.delenv(BROWSER_PATH, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    test = opened("months", "report-pdf", "image-png", draws=0)
    assert "apt-get install chromium" in said(test.info)
    for name, kind in KINDS.items():
        box = test.checkbox(key=f"export file {name}")
        assert box.disabled == kind.needs_browser
        assert box.value == (name == "months")
    assert [made.kind for made in built(test).files] == [KINDS["months"]]
    assert not test.error


def test_a_chart_is_asked_for_only_for_images_and_only_one_that_can_be_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Nothing is drawn here: any program will do for a browser.
    monkeypatch.setenv(BROWSER_PATH, sys.executable)
    test = opened("months", chart="tornado")
    assert "export chart" not in {box.key for box in test.selectbox}
    test.checkbox(key="export file image-svg").check().run()
    assert test.selectbox(key="export chart").value == "tornado"
    test.selectbox(key="export draws").set_value(0).run()
    assert not test.exception
    assert test.selectbox(key="export chart").value == "share_and_spend"


@pytest.mark.parametrize(
    ("scenarios", "ticked", "told"),
    [((), ("months",), "at least one scenario"), (("current",), (), "at least one kind of file")],
)
def test_nothing_to_build_is_told(scenarios: tuple[str, ...], ticked: tuple[str, ...], told: str) -> None:
    test = opened(*ticked, draws=0)
    test.multiselect(key="export scenarios").set_value(list(scenarios)).run()
    assert not test.exception
    assert told in said(test.caption)
    assert next(button for button in test.button if button.label == "Build files").disabled


def test_every_chart_is_shown_as_it_stands_in_the_files() -> None:
    test = opened("months", draws=0)
    test.session_state["export tabs"] = "Charts"
    test.run()
    assert not test.exception
    assert [chart.key for chart in test.get("plotly_chart")] == [f"chart:{chart.name}" for chart in drawable(())]


def test_the_form_of_csv_is_asked_for_where_a_locale_has_another_than_tools() -> None:
    def asked(test: AppTest) -> list[str]:
        return [one.label for one in test.selectbox if one.label == "Form of CSV"]

    assert not asked(opened("months"))
    assert not asked(opened("data", scenario=PLAN.changed(locale="da")))
    test = opened("months", scenario=PLAN.changed(locale="da"))
    assert asked(test)
    next(one for one in test.selectbox if one.label == "Form of CSV").set_value(True).run()
    assert built(test).files[0].content.startswith(b'"month";"date";')


def test_names_over_the_lines_to_sign_are_asked_for_and_kept_in_the_session_only() -> None:
    test = opened("report-html", draws=0)
    before = test.session_state["scenario"]
    test.text_input(key="export prepared_by").set_value("Anna <b>").run()
    page = built(test).files[0].content.decode()
    assert "Anna &lt;b&gt;" in page
    assert test.session_state["scenario"] == before
    assert "export prepared_by" not in [field.key for field in opened("months").text_input]


def test_what_is_asked_about_the_decision_is_ordered_within_the_limits_typed_on_decide() -> None:
    gates = (StageGate(12, "relative_return", 1.1, Below.BACK),)
    ticks = {f"tells {name}": True for name in SUBJECTS}
    test = opened("months", "report-html", scenario=PLAN.changed(stages=gates), **ticks)
    assert [box.label for box in test.checkbox if box.key.startswith("export tells")] == [
        one.title for one in SUBJECTS.values()
    ]
    test.text_input(key="term odds").set_value("70").run()
    test.session_state["kept"] = test.session_state["kept"] | {"export file report-html": False}
    assert built(test.run()).order.asked == Asked(tests=(), stages=True, counter=Terms(odds=0.7))


def test_stages_can_be_asked_of_a_plan_with_gates_alone_and_nothing_without_draws() -> None:
    shown = [box.key for box in opened("report-html").checkbox if box.key.startswith("export tells")]
    assert shown == ["export tells tests", "export tells counter"]
    test = opened("report-html", draws=0, **{"tells tests": True})
    assert not [box for box in test.checkbox if box.key.startswith("export tells")]
