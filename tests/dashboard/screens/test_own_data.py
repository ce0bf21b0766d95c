"""The Own data screen: columns as they are mapped, tests as they are typed, what an answer is about, the way in."""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens.own_data import answer as answers
from dashboard.screens.own_data import experiment_rows, given
from dashboard.screens.own_data.answer import AnswerStanding, LearnedAnswer
from dashboard.session import edits
from model.history.checks import Trust
from model.history.example import example_history
from model.history.experiments.spec import EXAMPLE, read_spec
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
from model.units import NO_BREAK
from tests.dashboard.app import errors, opened, press, scenario, shown
from tests.model.history.results.test_results import ROBYN
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
    assert after.notes[TOLD].startswith(
        "Own data, 2021-01-04 to 2023-12-25, 156 weeks of the example, no company's; grade C"
    )
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
    assert basis(taken, item) == ("C", "own data, 2021-01-04 to 2023-12-25, 156 weeks of the example, no company's")
    assert grade_of(taken, item) == "C"
    assert Scenario.from_json(taken.to_json()) == taken
    assert own_source(Scenario.from_json(taken.to_json()), TOLD) == basis(taken, item)
    changed = taken.with_values(**{TOLD: 5.0})
    assert own_source(changed, TOLD) is None
    assert basis(changed, item)[0].startswith("own; default")
    assert grade_of(PLAN, item) == item.grade_text


# Tests of the company's own, and the results of another tool

TYPED = ("Social", "2024-03-04", "2024-04-28", "40,000", "20,000", "30,000", "9,000", "", "")


def test_tests_are_typed_as_they_are_read() -> None:
    one, other = (
        read_spec(EXAMPLE),
        read_spec("other,8 weeks,spend=2m,extra=-1m,revenue=-3m,se=1m,share=20%,weeks_after=2"),
    )
    for plan in (PLAN, PLAN.changed(locale="da", currency="DKK")):
        rows = experiment_rows.cells_of(plan, (one, other))
        typed = experiment_rows.read(plan, (rows[0], ("",) * 9, rows[1]))
        assert [replace(item, label="") for item in typed] == [replace(item, label="") for item in (one, other)]
        assert [item.label for item in typed] == ["test in row 1", "test in row 3"]
    assert experiment_rows.cells_of(PLAN, (one,)) == (TYPED,)


@pytest.mark.parametrize(
    ("interval", "level"),
    [("12,360 to 47,640", 0.95), ("12360 to 47640; 90 %", 0.9), ("12,360 TO 47,640, 99%", 0.99)],
)
def test_an_interval_is_typed_with_its_level(interval: str, level: float) -> None:
    [one] = experiment_rows.read(PLAN, ((*TYPED[:6], interval, *TYPED[7:]),))
    assert one.error == pytest.approx((47_640 - 12_360) / 2 / NormalDist().inv_cdf((1 + level) / 2))


@pytest.mark.parametrize(
    ("place", "cell", "told"),
    [
        (0, "", "does not say what was changed"),
        (1, "", "has no first day; write it like 2024-03-04"),
        (1, "4/3/24", "write its first and last day"),
        (3, "many", "has the spend before 'many', which is not a number; type a number, like 40,000"),
        (6, "", "neither a standard error"),
        (6, "9 to x", "has the standard error or interval 'x', which is not a number"),
        (7, "0.2", "which may mean 0.2 % or 20 %"),
        (8, "99", "must lie within 0 … 52"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_by_its_number(place: int, cell: str, told: str) -> None:
    row = (*TYPED[:place], cell, *TYPED[place + 1 :])
    with pytest.raises(ScenarioError) as error:
        experiment_rows.read(PLAN, (TYPED, row))
    assert [fault.key for fault in error.value.faults] == ["test in row 2"]
    assert told in error.value.faults[0].message.replace(NO_BREAK, " ")


def test_too_many_tests_are_refused() -> None:
    with pytest.raises(ScenarioError, match="are 21; at most 20"):
        experiment_rows.read(PLAN, (TYPED,) * 21)


# The screen

TESTS = "Channel,Start,End,Spend,Extra spend,Lift,SE\nFacebook,2024-03-04,2024-04-28,40000,20000,60000,9000\n"


def test_tests_alone_are_learned_from_taken_over_with_grade_a_and_taken_back() -> None:
    test = opened(screen="own_data")
    own = next(item for item in test.file_uploader if "each test" in item.label)
    own.set_value(("tests.csv", TESTS.encode(), "text/csv")).run()
    assert not test.exception
    assert "your test tells" in shown(test)
    assert "Tests of your own: 1 used" in [item.label for item in test.expander]
    assert "Facebook" not in str(test.dataframe[0].value.values.tolist())
    press(test, "Take over these ranges")
    graded = [note for note in scenario(test).notes.values() if "grade A: experiment" in note]
    assert graded
    press(test, "Undo")
    assert scenario(test) == PLAN
    own = next(item for item in test.file_uploader if "each test" in item.label)
    own.set_value(("bad.csv", TESTS.replace("9000", "x").encode(), "text/csv")).run()
    assert not test.exception
    assert "your test tells" in shown(test)
    rows = test.session_state["kept"]["tests rows"]
    assert len(rows) == 1
    # What is typed cannot be typed without a browser; it comes from what is kept of it.
    test.session_state["kept"] = {**test.session_state["kept"], "tests rows": (*rows, ("Social", *[""] * 8))}
    test.session_state["renewed"] = {**test.session_state["renewed"], "tests table": 99}
    test.run()
    press(test, "Use these tests")
    assert "The test in row 2 has no first day" in errors(test)
    assert len(test.session_state["kept"]["tests rows"]) == 2
    assert "your test tells" in shown(test)


def test_results_of_another_tool_are_taken_over_and_taken_back() -> None:
    test = opened(screen="own_data")
    test.segmented_control(key="own data source").set_value("Results of another tool").run()
    assert "What do the results of another tool tell?" in shown(test)
    table = next(item for item in test.file_uploader if "Result table" in item.label)
    table.set_value(("<i>.csv", b"channel,roi\nwhatever,2\n", "text/csv")).run()
    assert "The file <i>.csv is not used" in errors(test)
    assert "add a column kind" in errors(test)
    table = next(item for item in test.file_uploader if "Result table" in item.label)
    table.set_value(("robyn.csv", ROBYN.encode(), "text/csv")).run()
    assert not test.exception
    assert "# Usable with care: the results give 4 of 6 beliefs" in shown(test)
    assert "“How strongly returns saturate” keeps its range" in shown(test)
    assert "Row 2 is set aside: it has no spend" in shown(test)
    press(test, "Take over these ranges")
    assert scenario(test).notes[TOLD].startswith("Own data, results of another tool in robyn.csv; grade C")
    assert "Undo in the sidebar" in test.success[0].value
    press(test, "Undo")
    assert scenario(test) == PLAN
    press(test, "Remove")
    assert "What do the results of another tool tell?" in shown(test)


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
    assert "# Usable: the example's history tells 5 of 6 beliefs" in shown(test)
    assert "156 weeks of the example, no company's; utf-8, separated by commas, decimal point" in shown(test)
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
