"""The Decide screen without a browser: each part answers in its heading, and only what is asked is computed."""

from __future__ import annotations

from functools import partial
from io import BytesIO

import pandas as pd
import pytest
import streamlit as st
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from dashboard.components.downloads import subject_buttons
from dashboard.session import compute, fields
from library import schema
from library.store import Library, Member, Right
from library.tracking.actuals import TrackedPlan, post, tracked_plan
from model.gates.stage_gate import Below, StageGate
from model.pilot import pilots as tests
from model.presets import PRESETS
from model.projection import project
from model.stages import staged as stages
from model.track.actuals import Actual
from tests.dashboard.accounts import APPROVER, AUTH, EDITOR, READER, ROLES, user
from tests.dashboard.app import opened, press, scenario
from tests.model.history.workbooks import book_of, saved

PLAN = PRESETS["social-plan"].with_values(horizon_years=2)
GATED = PLAN.changed(stages=(StageGate(12, "competent_share", 0.4, Below.HOLD),))
SPENT = (Actual(1, "social_spend", 101_000.0),)


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few draws: how well they tell is tested where that stands."""
    monkeypatch.setattr(tests, "pilots", partial(tests.pilots, count=256))
    monkeypatch.setattr(stages, "staged", partial(stages.staged, count=256))


def part(name: str, plan=PLAN, **kept) -> AppTest:
    """The screen with one part chosen, and what else it keeps."""
    test = AppTest.from_string(
        "from dashboard.shell import sidebar\nfrom dashboard.screens.decide import screen\n"
        "sidebar.draw()\nscreen.draw()",
        default_timeout=60,
    )
    test.session_state["scenario"] = plan
    test.session_state["kept"] = {"decide part": name, **kept}
    test.run()
    assert not test.exception
    return test


def title(test: AppTest) -> str:
    return next(item.value for item in test.markdown if item.value.startswith("# ")).replace("\\", "")


def test_the_pilot_part_says_whether_to_test_first_and_why_and_computes_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    computed = []
    found = compute.pilots
    monkeypatch.setattr(compute, "pilots", lambda *args: computed.append(args) or found(*args))
    test = opened(PLAN, screen="decide")
    assert not test.exception
    assert title(test).startswith(("# Test first: run", "# Decide now"))
    assert {"Run this", "Not worth it"} & {word for item in test.markdown for word in ("Run this", "Not worth it")
                                           if word in item.value}  # fmt: skip
    test.selectbox(key="pilot shown").set_value("training").run()
    assert "Randomised training" in test.selectbox(key="pilot shown").format_func("training")
    assert len(computed) == 1
    test.text_input(key="test output_noise").set_value("30").run()
    assert not test.exception
    assert dict(computed[-1][1]) == {"output_noise": 0.3}
    test.text_input(key="test output_noise").set_value("900").run()
    assert "out of bounds" in test.error[0].value.replace("\\", "")
    assert len(computed) == 2


def test_a_gate_is_added_edited_refused_and_undone() -> None:
    test = part("Stages")
    assert title(test) == "# The plan has no gate yet: it never stops"
    press(test, "Add a first gate")
    (gate,) = scenario(test).stages
    assert title(test).startswith("# Being able to stop")
    test.text_input(key="gate threshold 1").set_value("1.3").run()
    assert scenario(test).stages[0].threshold == 1.3
    test.text_input(key="gate threshold 1").set_value("lots").run()
    assert scenario(test).stages[0].threshold == 1.3
    assert "is not a number" in test.error[0].value.replace("\\", "")
    press(test, "Undo")
    assert scenario(test).stages == (gate,)
    assert test.text_input(key="gate error 1").value == "0.25"
    assert test.text_input(key="gate cost 1").value == "20,000"
    test.text_input(key="gate error 1").set_value("0.4").run()
    test.text_input(key="gate cost 1").set_value("5000").run()
    assert (scenario(test).stages[0].error, scenario(test).stages[0].cost) == (0.4, 5000)
    test.text_input(key="gate cost 1").set_value("-1").run()
    assert scenario(test).stages[0].cost == 5000
    test.text_input(key="gate error 1").set_value("").run()
    assert (scenario(test).stages[0].error, scenario(test).stages[0].cost) == (None, 5000)
    press(test, "Remove")
    assert scenario(test).stages == ()


def test_a_counter_offer_that_nothing_keeps_is_told_and_limits_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def refused(_, terms):
        from model.reading.faults import Fault, ScenarioError

        asked.append(terms)
        raise ScenarioError([Fault("odds", "is kept by nothing")])

    monkeypatch.setattr(compute, "counteroffer", refused)
    test = part("Counter-offer")
    assert title(test) == "# What could be agreed on instead?"
    test.text_input(key="term odds").set_value("70").run()
    test.text_input(key="term yearly").set_value("200,000").run()
    press(test, "Find the counter-offer")
    assert (asked[0].odds, asked[0].yearly, asked[0].people) == (0.7, 200_000, None)
    assert title(test) == "# No counter-offer can be made"
    assert "Odds of a gain at least: is kept by nothing" in test.error[0].value.replace("\\", "")


def test_the_track_part_tells_what_came_of_the_plan_on_the_screen() -> None:
    test = part("Track", GATED)
    assert title(test) == "# Nothing is measured yet: how is the plan doing?"
    assert "Template as CSV" in [button.label for button in test.download_button]
    planned = project(GATED).lines["social_spend"]
    actuals = (*(Actual(month, "social_spend", float(planned[month - 1])) for month in range(1, 13)),
               Actual(12, "competent_share", 0.2, tested=40))  # fmt: skip
    test = part("Track", GATED, **{"actuals tried": (GATED, actuals, ())})
    assert title(test).startswith("# The gate of month 12 is not met: the share and the team stay where they are")
    told = [str(table.value) for table in test.table]
    assert any("not met" in words for words in told)
    assert {"Workbook", "Slide", "Page"} <= {button.label for button in test.download_button}


def test_its_files_say_which_version_was_approved(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = approved_plan(library)
    post(library, plan, SPENT, author="Bo")
    offered = []
    monkeypatch.setattr(subject_buttons, "draw", lambda *given: offered.append(given))
    tracked(READER)
    ((_, files, of, stem, hash_),) = offered
    assert [file.suffix for file in files] == ["xlsx", "pptx", "html"]
    assert of.approved == f"approved version {plan.version.number}"
    assert (stem, hash_) == (f"social-plan-{GATED.hash}-month-1", GATED.hash)


def tracked(email: str, **kept) -> AppTest:
    """The part Track as who signed in sees it."""
    lines = ("from dashboard.shell import sidebar", "from dashboard.screens.decide import screen")
    test = AppTest.from_string("\n".join([*lines, "sidebar.draw()", "screen.draw()"]), default_timeout=60)
    test.secrets.update({"auth": AUTH, "roles": ROLES})
    test.user = user(email)
    test.session_state["kept"] = {"decide part": "Track", **kept}
    test.run()
    assert not test.exception
    return test


def approved_plan(library: Library) -> TrackedPlan:
    saved = library.save_new(GATED, author="Ada")
    version = Library(library.engine, Member(APPROVER, Right.APPROVE)).approve(saved.entry, saved.number)
    return tracked_plan(library, version.entry, version.number)


def test_a_damaged_posting_is_told_and_can_be_posted_anew(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    post(library, approved_plan(library), SPENT, author="Bo")
    with library.engine.begin() as connection:
        connection.execute(update(schema.postings).values(checksum="0" * 64))
    typed = [{"month": "1", "measure": "Social spend", "value": "100000", "beside": ""}]
    monkeypatch.setattr(st, "data_editor", lambda *_, **__: pd.DataFrame(typed))
    test = tracked(EDITOR)
    assert "post the actuals anew" in test.error[0].value
    press(test, "Take what is typed")
    assert not test.error
    assert title(test).startswith("# After 1 month the odds of a gain")


def test_a_file_that_is_refused_is_not_announced(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = approved_plan(library)
    file = BytesIO(b"Month,Social spend\n1,100000\n")
    file.name = "actuals.csv"
    entered = fields.entered
    monkeypatch.setattr(fields, "entered", lambda key: file if "actuals file" in key else entered(key))
    monkeypatch.setattr(
        st, "file_uploader", lambda *_, on_change, args, **__: st.button("Upload", on_click=on_change, args=args)
    )
    test = tracked(EDITOR)
    post(library, plan, SPENT, author="Bo")
    press(test, "Upload")
    assert "Others have posted" in test.error[0].value
    assert not test.toast
    press(test, "Upload")
    assert "Social spend" in test.toast[0].value
    assert len(library.postings()) == 2


def test_actuals_of_an_approved_version_are_posted_and_seen_by_all(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = approved_plan(library).version
    planned = project(GATED).lines["social_spend"]
    seen = [{"month": "1", "measure": "Social spend", "value": f"{planned[0]:.2f}", "beside": ""}]
    monkeypatch.setattr(st, "data_editor", lambda *_, **__: pd.DataFrame(seen))
    test = tracked(EDITOR)
    assert f"approved version {version.number}" in str(test.selectbox(key="tracked plan").options)
    press(test, "Take what is typed")
    assert title(test).startswith("# After 1 month the odds of a gain")
    (posting,) = library.postings()
    assert (posting.author, posting.hash) == (EDITOR, GATED.hash)
    seen[0]["value"] = "dear"
    press(test, "Take what is typed")
    assert "is not a number" in test.error[0].value.replace("\\", "")
    assert len(library.postings()) == 1
    reader = tracked(READER)
    assert title(reader).startswith("# After 1 month the odds of a gain")
    assert "Take what is typed" not in [button.label for button in reader.button]
    # The entry goes on; what was approved is followed as before.
    library.save(version.entry, version.number, GATED.with_values(training_hours=80), author="Ada")
    later = tracked(EDITOR)
    assert f"approved version {version.number}" in str(later.selectbox(key="tracked plan").options)
    assert title(later).startswith("# After 1 month the odds of a gain")


def cells(test: AppTest) -> list[str]:
    """What stands in the cells of the tables of a page."""
    found = (str(cell) for table in test.table for cell in table.value.to_numpy().ravel())
    return [cell.replace("\u00a0", " ") for cell in found]


def test_a_gate_is_marked_on_the_page_and_kept_with_the_actuals(library: Library) -> None:
    post(library, approved_plan(library), SPENT, author="Bo")
    test = tracked(EDITOR)
    assert "not due" in cells(test)
    field = next(item for item in test.text_input if item.label.startswith("Measured"))
    field.set_value("dear")
    press(test, "Mark")
    assert "is not a number" in test.error[0].value.replace("\\", "")
    field = next(item for item in test.text_input if item.label.startswith("Measured"))
    field.set_value("45")
    press(test, "Mark")
    assert not test.error
    assert "45 %" in cells(test)
    assert any(cell.startswith("met; marked on ") for cell in cells(test))
    assert "Contract, marked, as JSON" in [button.label for button in test.download_button]
    plan = tracked_plan(library, *library.postings()[-1].key[:2])
    assert [(mark.month, mark.observed) for mark in plan.marks] == [(12, 0.45)]
    assert plan.actuals == SPENT
    # Empty takes it back.
    press(test, "Mark")
    assert tracked_plan(library, *library.postings()[-1].key[:2]).marks == ()
    assert "Mark" not in [button.label for button in tracked(READER).button]


def test_a_workbook_of_several_sheets_waits_until_one_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    book = book_of(["Month", "Social spend"], [1, 90_000], name="Old")
    for row in (["Month", "Social spend"], [1, 100_000]):
        (book["New"] if "New" in book.sheetnames else book.create_sheet("New")).append(row)
    file = BytesIO(saved(book))
    file.name = "actuals.xlsx"
    entered = fields.entered
    monkeypatch.setattr(fields, "entered", lambda key: file if "actuals file" in key else entered(key))
    monkeypatch.setattr(
        st, "file_uploader", lambda *_, on_change, args, **__: st.button("Upload", on_click=on_change, args=args)
    )
    test = part("Track")
    press(test, "Upload")
    assert title(test) == "# Nothing is measured yet: how is the plan doing?"
    assert test.selectbox(key="actuals sheet").options == ["Old", "New"]
    test.selectbox(key="actuals sheet").set_value("New").run()
    press(test, "Take this sheet")
    assert title(test).startswith("# After 1 month the odds of a gain")
    assert test.session_state["kept"]["actuals tried"][1] == (Actual(1, "social_spend", 100_000.0),)
    assert "actuals sheet" not in [box.key for box in test.selectbox]
