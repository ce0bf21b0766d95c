"""The Own data screen: a file's columns as they are mapped, what an answer is still about, the way in and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens.own_data import answer as answers
from dashboard.screens.own_data import given
from dashboard.screens.own_data.answer import AnswerStanding, LearnedAnswer
from dashboard.session import edits
from model.history.checks import Trust
from model.history.example import example_history
from model.history.importing.columns import Named
from model.history.importing.data_file import DataFile
from model.history.importing.history import read_history
from model.history.own_data import learn
from model.history.prior import FITTED
from model.history.ranges import own_source
from model.presets import PRESETS
from model.reading.faults import ScenarioError
from model.scenario import Scenario
from model.telling.basis import basis, grade_of
from tests.dashboard.app import errors, opened, press, scenario, shown
from tests.model.history.workbooks import book_of, saved

PLAN = PRESETS["social-plan"]
TOLD = "other_incremental_roas"


@pytest.fixture(scope="module")
def answer() -> LearnedAnswer:
    history = read_history(example_history(), Named())
    return LearnedAnswer(history, (), PLAN, learn(history, PLAN, 2027))


def example(**replaced: str) -> DataFile:
    content = example_history().content.decode()
    for old, new in replaced.items():
        content = content.replace(old, new)
    return DataFile("weeks.csv", content.encode())


# The file and its columns


def test_columns_are_guessed_and_the_file_is_read() -> None:
    file = given.opened(example())
    assert file.mapping == {
        "date": ("Date",), "revenue": ("Revenue",), "social": ("Social spend",),
        "other": ("Other marketing spend",), "control": ("Price",), "people": (),
    }  # fmt: skip
    assert file.history is not None
    assert file.history.periods == 156
    assert file.faults == ()


def test_a_column_has_one_role_so_it_leaves_the_one_it_had() -> None:
    file = given.opened(example()).mapped("control", ["Price", "Other marketing spend"])
    assert file.mapping["other"] == ()
    assert file.history is not None
    assert [*file.history.controls] == ["Price", "Other marketing spend"]
    back = file.mapped("other", ["Other marketing spend"])
    assert back.mapping == given.opened(example()).mapping | {"control": ("Price",)}


def test_what_is_missing_or_wrong_is_told_and_the_mapping_stays() -> None:
    file = given.opened(example(Revenue="Kroner", Social="Posts"))
    assert file.history is None
    assert {fault.key for fault in file.faults} == {"revenue", "social"}
    half = file.mapped("revenue", ["Kroner"])
    assert [fault.key for fault in half.faults] == ["social"]
    assert half.mapping["revenue"] == ("Kroner",)
    whole = half.mapped("social", ["Posts spend"])
    assert whole.history is not None
    assert whole.faults == ()
    wrong = whole.mapped("date", ["Price"])
    assert wrong.history is None
    assert wrong.faults
    assert wrong.mapping["date"] == ("Price",)


def test_a_newer_file_with_the_same_columns_is_mapped_as_the_one_before() -> None:
    before = given.opened(example()).mapped("control", [])
    assert given.opened(example(Price="Price"), before).mapping["control"] == ()
    assert given.opened(example(Price="Promotion"), before).mapping["control"] == ()
    others = given.opened(example(Social="Facebook"), before)
    assert others.mapping["social"] == ("Facebook spend",)
    nothing = given.opened(DataFile("two.csv", b"a,b\n1,2\n"))
    assert given.opened(example(), nothing).history is not None


@pytest.mark.parametrize("content", [b"", b"\0\0\0\0", b"PK\x03\x04 no CSV", b"only,a,heading\n"])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(ScenarioError):
        given.opened(DataFile("weeks.csv", content))


def test_a_column_that_is_the_sum_of_others_is_left_out_as_where_a_file_is_read_by_itself() -> None:
    lines = example_history().content.decode().splitlines()
    summed = [
        f"{line},{int(line.split(',')[2]) + int(line.split(',')[3])}" if place else f"{line},Marketing spend"
        for place, line in enumerate(lines)
    ]
    file = given.opened(DataFile("weeks.csv", "\n".join(summed).encode()))
    assert file.mapping["other"] == ("Other marketing spend",)
    assert file.history is not None


def test_a_workbook_s_sheet_can_be_chosen_and_the_mapping_stays_where_it_fits() -> None:
    rows = [line.split(",") for line in example_history().content.decode().splitlines()]
    typed = [rows[0], *[[row[0], *map(float, row[1:])] for row in rows[1:]]]
    notes = [["Week", "Remark"], ["2021-01-04", "none"]]
    book = book_of(*notes, name="Notes")
    for name in ("Weeks", "Copy"):
        sheet = book.create_sheet(name)
        for row in typed:
            sheet.append(row)
    file = given.opened(DataFile("weeks.xlsx", saved(book)))
    assert (file.sheet, file.sheets) == ("Weeks", ("Notes", "Weeks", "Copy"))
    changed = file.mapped("control", [])
    copied = given.opened(file.file, changed, "Copy")
    assert copied.sheet == "Copy"
    assert copied.mapping == changed.mapping
    assert copied.mapped("control", ["Price"]).history.sheet == "Copy"
    other = given.opened(file.file, changed, "Notes")
    assert other.history is None
    assert other.mapping["date"] == ("Week",)


# What an answer is about


def test_taken_over_only_the_beliefs_are_those_of_the_history(answer: LearnedAnswer) -> None:
    assert answer.own is not None
    before = PLAN.with_values(social_share_target=0.2, training_hours=10)
    after = answers.taken_over(answer.own.scenario, before)
    assert {name for name in after.values if after.values[name] != before.values[name]} <= {*FITTED}
    for name in FITTED:
        assert after.effective_ranges[name] == answer.own.scenario.effective_ranges[name]
    assert after.notes[TOLD].startswith("Own data, 2021-01-04 to 2023-12-25, 156 weeks; grade C")
    assert {*after.correlations} == {*answer.own.scenario.correlations}


def test_a_correlation_of_other_beliefs_stays(answer: LearnedAnswer) -> None:
    assert answer.own is not None
    pair = ("training_hours", "causal_share", 0.5)
    names = [name for name in PLAN.effective_ranges if name not in FITTED][:2]
    before = PLAN.changed(correlations=((*names, pair[2]),))
    assert {*before.correlations} < {*answers.taken_over(answer.own.scenario, before).correlations}


def test_what_cannot_be_drawn_is_refused() -> None:
    one, other, third = [name for name in PLAN.effective_ranges if name in FITTED][:3]
    odd = PLAN.changed(correlations=((one, other, 0.99), (other, third, 0.99), (one, third, -0.9)))
    with pytest.raises(ScenarioError):
        edits.with_beliefs_of(PLAN, odd, FITTED)


def test_levers_that_are_no_belief_leave_an_answer_as_it_was(answer: LearnedAnswer) -> None:
    moved = PLAN.with_values(social_share_target=0.2)
    assert answers.standing(answer, moved) is AnswerStanding.NEW
    assert answers.is_about(answer, moved)


def test_an_answer_is_outdated_once_a_belief_is_another_one(answer: LearnedAnswer) -> None:
    assert answer.own is not None
    for changed in (
        PLAN.with_values(social_relative_return=1.1),
        PLAN.changed(notes={TOLD: "My own"}),
        PLAN.with_values(social_return_basis="platform"),
    ):
        assert answers.standing(answer, changed) is AnswerStanding.OUTDATED
        assert not answers.is_about(answer, changed)
    taken = answers.taken_over(answer.own.scenario, PLAN)
    assert answers.standing(answer, taken) is AnswerStanding.TAKEN
    assert answers.is_about(answer, taken)
    assert answers.standing(answer, taken.with_values(**{TOLD: 5.0})) is AnswerStanding.OUTDATED


def test_what_is_not_usable_is_not_offered(answer: LearnedAnswer) -> None:
    assert answer.own is not None
    bad = replace(answer.own, gate=replace(answer.own.gate, trust=Trust.NO))
    for one in (replace(answer, own=bad), replace(answer, own=None)):
        assert answers.standing(one, PLAN) is AnswerStanding.UNUSABLE


def test_a_belief_from_own_data_has_its_grade_and_source_until_it_is_changed(answer: LearnedAnswer) -> None:
    from model.assumptions import ASSUMPTIONS

    assert answer.own is not None
    taken, item = answers.taken_over(answer.own.scenario, PLAN), ASSUMPTIONS[TOLD]
    assert basis(taken, item) == ("C", "own data, 2021-01-04 to 2023-12-25, 156 weeks")
    assert grade_of(taken, item) == "C"
    assert Scenario.from_json(taken.to_json()) == taken
    assert own_source(Scenario.from_json(taken.to_json()), TOLD) == basis(taken, item)
    changed = taken.with_values(**{TOLD: 5.0})
    assert own_source(changed, TOLD) is None
    assert basis(changed, item)[0].startswith("own; default")
    assert grade_of(PLAN, item) == item.grade_text


# The screen


def uploader(test: AppTest):
    return next(item for item in test.file_uploader if "Revenue and spend" in item.label)


def test_the_example_is_learned_once_taken_over_and_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard.session import compute

    fits = []
    learned = compute.own_data
    monkeypatch.setattr(compute, "own_data", lambda *of: fits.append(of) or learned(*of))
    test = opened(screen="own_data")
    assert "What do your own data tell?" in shown(test)
    press(test, "Try the example")
    assert "# Usable: your history tells 5 of 6 beliefs" in shown(test)
    assert "156 weeks; utf-8, separated by commas, decimal point" in shown(test)
    assert "its odds of a gain from" in shown(test)
    press(test, "Take over these ranges")
    assert TOLD in scenario(test).ranges
    assert "Undo in the sidebar" in test.success[0].value
    press(test, "Undo")
    assert scenario(test) == PLAN
    press(test, "Take over these figures")
    assert scenario(test).notes["social_share_start"].startswith("Own data, ")
    history = read_history(example_history(), Named())
    social, other = (series[-52:].sum() for series in (history.social, history.other))
    assert scenario(test).number("social_share_start") == pytest.approx(social / (social + other), abs=1e-4)
    press(test, "Undo")
    assert scenario(test) == PLAN
    test.select_slider(key="lever:social_share_target").set_value(20.0).run()
    assert len(fits) == 1
    test.select_slider(key="lever:social_relative_return").set_value(1.1).run()
    assert len(fits) == 1
    assert "Take over these ranges" not in [button.label for button in test.button]
    assert "Learn again" in [button.label for button in test.button]
    test.multiselect(key="own data social").set_value([]).run()
    assert "Social spend: is needed: choose its column" in errors(test)
    assert test.selectbox(key="own data date").value == "Date"
    assert len(fits) == 1
    press(test, "Remove")
    assert "What do your own data tell?" in shown(test)
    assert scenario(test).number("social_share_target") == 0.2


def test_a_file_that_cannot_be_used_is_told_in_words() -> None:
    test = opened(screen="own_data")
    uploader(test).set_value(("<b>.csv", b"", "text/csv")).run()
    assert not test.exception
    assert "The file <b>.csv is not used" in errors(test)
    assert "It is empty; it must hold a heading" in errors(test)
    uploader(test).set_value(("few.csv", b"Date,Revenue,Facebook spend\n2024-01-01,5,1\n", "text/csv")).run()
    assert not test.exception
    assert "The file cannot be used like this." in errors(test)
    assert test.selectbox(key="own data revenue").value == "Revenue"
