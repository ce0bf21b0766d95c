"""What is asked about a decision, in files: only where it is ordered, and the same in each of them."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from itertools import product
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from model.choice.counter import catalogue
from model.choice.counter.offer import counter
from model.choice.counter.terms import Terms
from model.gates.stage_gate import Below, StageGate
from model.pilot.pilots import pilots
from model.presets import PRESETS
from model.reading.faults import ScenarioError
from model.stages import staged as stages
from model.stages.staged import staged
from report import asked as questions
from report.asked import Answers, Asked
from report.charts.catalogue import CHARTS, drawable, light_figure
from report.charts.drawing.narrow import narrowed
from report.charts.drawing.theme import DARK, LIGHT
from report.files.browser import BROWSER_PATH
from report.files.command_line import make
from report.files.file_kinds import KINDS
from report.files.order import Order
from report.tables.decide.told import SUBJECTS, answers_of
from report.words.decision import TESTS
from tests.report.charts.checked import checked
from tests.report.deck import test_deck

GATES = (StageGate(6, "relative_return", 1.1, Below.BACK), StageGate(12, "cumulative_cash", -5000.0, Below.HOLD))
PLAN = PRESETS["social-plan"].with_values(horizon_years=2).changed(stages=GATES)
ORDER = Order((PLAN,), date(2026, 11, 22), 256, 2027)
ALL = Asked(tests=(), stages=True, counter=Terms(odds=0.5, yearly=400_000.0))


@pytest.fixture(scope="module", autouse=True)
def quick():
    """Fewer plans and draws are searched."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "PACES", (0.25,))
        patch.setattr(catalogue, "SEARCH_DRAWS", 128)
        for name in ("_SEARCHED", "_SEARCHED_ALONE", "_PROVED"):
            patch.setattr(stages, name, 256)
        patch.setenv(BROWSER_PATH, "/nowhere/chrome")
        yield


@pytest.fixture(scope="module")
def ordered() -> Order:
    return replace(ORDER, asked=ALL)


@pytest.fixture(scope="module")
def told(ordered):
    return answers_of(ordered.materials[0])


def cells(table):
    return [[cell.text for cell in row] for row in table.rows]


def test_nothing_is_found_out_where_it_is_not_asked(monkeypatch):
    for name in ("pilots", "staged", "counter"):
        monkeypatch.setattr(questions, name, lambda *_, **__: pytest.fail("it was found out"))
    page = ORDER.file(KINDS["report-html"]).decode()
    assert not [one.title for one in SUBJECTS.values() if one.title in page]
    assert replace(ORDER, draws=0, asked=ALL).materials[0].answers == Answers()


def test_every_subject_is_asked_answered_and_told_under_one_name(ordered):
    assert ALL.names == set(SUBJECTS) == ordered.materials[0].answers.names
    assert {one.group.needs for one in CHARTS.values()} - {"", "odds"} == set(SUBJECTS)
    for wanted in product((None, (), (("regions", 20.0),)), (False, True)):
        one = Asked(*wanted)
        assert one.only(SUBJECTS) == one
        assert one.only(()) == Asked()


def test_the_answers_are_those_of_the_model_on_the_same_draws(ordered):
    found, (plan, count, seed) = ordered.materials[0].answers, (PLAN, 256, 2027)
    assert found.tests.everything == pilots(plan, count=count, seed=seed).everything
    assert found.stages.planned.value == staged(plan, count=count, seed=seed).planned.value
    assert found.counter.offered == counter(plan, ALL.counter, count, seed).offered


def test_the_company_s_own_figures_of_the_tests_count_and_are_told():
    own = (("regions", 20.0), ("regional_noise", 0.08))
    material = replace(ORDER, asked=Asked(tests=own)).materials[0]
    assert material.answers.tests.pilots == pilots(PLAN, (), 256, 2027, dict(own)).pilots
    told = SUBJECTS["tests"].tell(material).sentences[-1]
    assert re.search("apart 20 instead of 50; .* 8\N{NO-BREAK SPACE}% instead of 5\N{NO-BREAK SPACE}%", told)


def test_the_contract_is_the_same_whether_stages_are_asked_or_not(ordered):
    assert ordered.materials[0].contract == ORDER.materials[0].contract


def test_page_deck_and_word_file_have_the_same_tables(ordered, told):
    page = ordered.file(KINDS["report-html"]).decode()
    deck = Presentation(io.BytesIO(ordered.file(KINDS["deck"])))
    on_slides = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    word = Document(io.BytesIO(ordered.file(KINDS["word"])))
    on_paper = {table.cell(0, 0).text + table.cell(0, 1).text: table for table in word.tables}
    for name, one in told.items():
        assert SUBJECTS[name].title in page
        assert one.sentences[0].replace("'", "&#39;") in page
        assert one.sentences[0] in [paragraph.text for paragraph in word.paragraphs]
        for table in one.tables.values():
            shown = next(item for item in on_slides if item.cell(0, 1).text == table.headings[1])
            slide = [[cell.text for cell in row.cells][1:] for row in list(shown.rows)[1:]]
            assert slide == [row[1:] for row in cells(table)]
            paper = on_paper[table.headings[0] + table.headings[1]]
            assert [[cell.text for cell in row.cells][1:] for row in paper.rows[1:]] == [
                row[1:] for row in cells(table)
            ]


def test_the_workbook_has_a_sheet_for_each_in_full(ordered, told):
    book = load_workbook(io.BytesIO(ordered.file(KINDS["workbook"])))
    plain = load_workbook(io.BytesIO(ORDER.file(KINDS["workbook"])))
    contents = [cell.value for cell in book["Cover"]["B"]]
    for name, one in told.items():
        sheet = SUBJECTS[name].sheet
        assert sheet in contents
        assert sheet not in plain.sheetnames
        shown = [cell.value for row in book[sheet].iter_rows() for cell in row]
        assert "Values from the app: nothing here follows an edit." in shown
        numbers = [value for value in shown if isinstance(value, float | int)]
        for rows in one.rows.values():
            wanted = [value for column in rows.table.frame for value in rows.table.frame[column]]
            for value in wanted:
                if isinstance(value, float) and value == value:
                    assert min(abs(value - number) for number in numbers) <= 1e-9 * max(1.0, abs(value))
    found = ordered.materials[0].answers.stages
    shown = [cell.value for row in book["Stages"].iter_rows() for cell in row]
    assert {gate.threshold for gate in found.gates} <= set(shown)


def test_the_zip_has_the_rows_and_the_json_all_of_it(ordered, told):
    with ZipFile(io.BytesIO(ordered.file(KINDS["everything"]))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for one in told.values():
        for name, rows in one.rows.items():
            (content,) = (content for file, content in files.items() if file.endswith(f"/{name}.csv"))
            read = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
            assert len(read) == len(rows.table.frame)
            assert {row["hash"] for row in read} == {PLAN.hash}
    (result,) = json.loads(files["data.json"])["scenarios"]
    found = ordered.materials[0].answers
    assert result["decide"]["stages"]["planned"]["value"] == found.stages.planned.value
    assert result["decide"]["stages"]["contract"]["clauses"][0]["gate"]["threshold"] == GATES[0].threshold
    assert result["decide"]["counter"]["gives_up"] == found.counter.gives_up
    assert result["decide"]["tests"]["evpi"] == found.tests.everything
    (bare,) = json.loads(ORDER.file(KINDS["data"]))["scenarios"]
    assert bare["decide"] == {}


def test_charts_are_drawn_where_their_answer_is_there_and_else_say_what_asks_for_it(ordered):
    full, bare = ordered.materials[0], ORDER.materials[0]
    of_answers = [chart for chart in drawable(full.holds) if chart not in drawable(bare.holds)]
    assert [chart.name for chart in of_answers] == [
        "net_by_test", "worth_by_size", "counter_offer", "where_it_ends",
    ]  # fmt: skip
    for chart in of_answers:
        for theme in (LIGHT, DARK):
            figure = checked(chart.figure(full, theme, full.today))
            assert len(figure.layout.title.text) <= 66
        checked(narrowed(light_figure(chart, full), chart.group.height))
        assert chart.table(full).cells(PLAN)
        with pytest.raises(ValueError, match=f"not asked for: --{chart.group.needs} asks for it"):
            light_figure(chart, bare)


def test_an_image_depends_on_what_its_chart_needs_alone(ordered):
    image = replace(ordered, chart="where_it_ends")
    assert KINDS["image-png"].part_of(image).asked == Asked(stages=True)
    assert KINDS["image-png"].part_of(replace(ordered, chart="cumulative_cash")).asked == Asked()
    assert KINDS["months"].part_of(ordered) == KINDS["months"].part_of(ORDER)
    assert KINDS["summary"].part_of(ordered) == KINDS["summary"].part_of(ORDER)
    assert KINDS["deck"].part_of(ordered) != KINDS["deck"].part_of(ORDER)


def test_stages_of_a_plan_without_gates_are_refused():
    with pytest.raises(ScenarioError, match=r"has no gate .* add one"):
        _ = replace(ORDER, scenarios=(PRESETS["social-plan"],), asked=Asked(stages=True)).materials


def test_the_command_line_asks_by_one_option_each_and_a_limit_asks_for_the_offer(tmp_path, capsys):
    file = tmp_path / "x.html"
    drawn = ["--draws", "256", "--set", "horizon_years=2"]
    assert make(["social-plan", "--out", str(file), *drawn, "--tests", "--yearly", "400000"]) == 0
    page = file.read_text()
    assert TESTS in page
    assert "Money a year at most" in page
    for given, why in (
        (["--out", str(tmp_path / "x.csv"), "--tests"], "--tests is for files that tell it"),
        (["--out", str(tmp_path / "x.pdf"), "--kind", "summary", "--tests"], "--kind summary does not tell --tests"),
        (["--out", str(file), "--draws", "0", "--counter"], "--counter needs a simulation"),
        (
            ["--out", str(file), *drawn, "--stages"],
            "add one under Stages on the screen, or as “stages” in the scenario's file",
        ),
        (["--out", str(file), "--odds", "2"], "out of bounds"),
    ):
        assert make(["social-plan", *given]) == 2
        assert why in capsys.readouterr().err


def test_the_slides_of_answers_keep_their_text_within_their_boxes_in_every_locale():
    gates = (
        *GATES,
        StageGate(18, "social_return", 3.0, Below.HOLD),
        StageGate(20, "competent_share", 0.55, Below.BACK),
    )
    plan = PLAN.changed(stages=gates, locale="da", currency="DKK", name="Ein langer Name für den Plan " * 5)
    limits = Terms(odds=0.5, payback=20, people=5, yearly=400_000.0, new_money=1e6)
    order = replace(ORDER, scenarios=(plan,), asked=replace(ALL, counter=limits))
    deck = Presentation(io.BytesIO(order.file(KINDS["deck"])))
    for check in (
        test_deck.test_all_stands_within_the_slide_and_nothing_on_its_footer,
        test_deck.test_text_fits_its_box,
        test_deck.test_boxes_do_not_overlap,
    ):
        check((deck, (plan,)))
