"""The deck: its charts are native and hold the model's numbers, every slide is stamped and nothing overflows."""

from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import numpy as np
import pytest
from openpyxl import load_workbook
from PIL import ImageFont
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu

from model.assumptions import ASSUMPTIONS
from model.evidence.sources import GRADES, SOURCES
from model.metrics import METRICS
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.skills.areas import SkillArea
from model.telling.budget.items import TIME
from model.telling.caveats import NOT_DEFENSIBLE, caveats
from model.telling.measurement import WORTH
from model.telling.one_line import beside_the_answer
from model.uncertainty.sensitivity import tornado
from model.units import MONEY
from report.__main__ import main
from report.charts.budget import spend_by_year
from report.charts.returns import bridge_steps
from report.charts.risk import binned
from report.deck import build
from report.deck.charts import number_code
from report.deck.text import clipped, height, pages, plain, width, wrapped
from report.signatories import SIGN_HERE, Signatories
from report.tables.skills_tables import plan_table
from report.words.decision import decision
from report.words.evidence import caveat
from report.words.narrative import answer, worth_basis
from report.words.proposal import ANSWER, Section
from report.words.stamp import in_full, shortened
from tests.locale_data import short
from tests.materials import TODAY, materials

NAMES = (
    '=HYPERLINK("http://example.com","x")', "+1", "@SUM(A1)", "<script>alert(1)</script>", "x" * 300,
    "a long name " * 25, "🚀👩‍🚀 & <b>", "خطة التسويق الاجتماعي", "‮turned", "_x0041_", "計画" * 90,
)  # fmt: skip


def danish():
    """Another currency, locale, calendar and fiscal year, with a note."""
    return Scenario.from_data(
        {
            "name": "Dansk plan",
            "currency": "DKK",
            "locale": "da",
            "start_month": "2027-04",
            "fiscal_year_start": 7,
            "assumptions": {"revenue_per_employee": 2_500_000.0, "tax_rate": 0.22, "horizon_years": 3},
            "notes": {"tax_rate": "Selskabsskat. " * 40},
        }
    )


def drawn(*scenarios):
    """The results of scenarios with small simulations."""
    return materials(*scenarios, draws=200)


def opened(results, text=None):
    """The deck of some results."""
    return Presentation(BytesIO(build(results, text)))


def words_of(slide):
    """All text on a slide."""
    found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            found += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def everything_said(deck):
    """All text of a deck."""
    return "\n".join(words_of(slide) for slide in deck.slides)


def answer_in(deck):
    """The slide that gives the answer."""
    return next(slide for slide in deck.slides if ANSWER in words_of(slide).splitlines())


def chart_named(deck, name):
    """The native chart of a name."""
    return next(shape.chart for slide in deck.slides for shape in slide.shapes if shape.name == name)


def values_of(chart):
    """Each series' values by name, nothing as 0."""
    return {series.name: [value or 0.0 for value in series.values] for series in chart.plots[0].series}


SUBJECTS = {
    **{name: (scenario,) for name, scenario in PRESETS.items()},
    "danish": (danish(),),
    "one year": (PRESETS["social-plan"].with_values(horizon_years=1),),
    "ten years": (PRESETS["seat-at-the-table"].with_values(horizon_years=10),),
    "falling": (PRESETS["social-plan"].with_values(social_share_target=0.05),),
    "certain": (
        PRESETS["social-plan"].changed(
            ranges={name: None for name, item in ASSUMPTIONS.items() if item.range is not None}
        ),
    ),
    "compared": tuple(PRESETS.values())[:3],
    "six": (*list(PRESETS.values())[:5], danish()),
    "names": tuple(PRESETS["headline-claim"].changed(name=name) for name in NAMES[:6]),
    "further names": tuple(PRESETS["social-plan"].changed(name=name, description=name) for name in NAMES[5:]),
}


@cache
def learnt(name):
    """The results of a subject."""
    return drawn(*SUBJECTS[name])


@cache
def deck_of(name):
    """The opened deck of a subject."""
    return opened(learnt(name))


@pytest.fixture(params=SUBJECTS)
def subject(request):
    """A deck and its scenarios."""
    return deck_of(request.param), SUBJECTS[request.param]


@pytest.fixture
def plan():
    """The deck of the social plan, with its simulation and findings."""
    (material,) = learnt("social-plan")
    return deck_of("social-plan"), material.simulation, material.found


# Every slide


def test_every_slide_has_a_title_a_stamp_and_a_number(subject):
    deck, (first, *_) = subject
    assert (deck.slide_width, deck.slide_height) == (Emu(12191695), Emu(6858000))
    for number, slide in enumerate(deck.slides, start=1):
        assert slide.shapes.title.text_frame.text.strip()
        placeholders = {item.placeholder_format.type.name: item for item in slide.placeholders}
        footer = placeholders["FOOTER"].text_frame.text
        for stamp in (shortened(first.name), first.hash, "2026", "discount rate", "model checks passed"):
            assert stamp in footer
        assert placeholders["SLIDE_NUMBER"].text_frame.text == str(number)
        assert all(item.text_frame.text.strip() for item in slide.placeholders)


def test_all_stands_within_the_slide_and_nothing_on_its_footer(subject):
    deck, _ = subject
    for slide in deck.slides:
        footer = next(shape for shape in slide.shapes if shape.name == "Footer")
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
            if shape.name not in {"Footer", "Number"}:
                assert shape.top + shape.height <= footer.top


def test_text_fits_its_box(subject):
    deck, _ = subject
    for slide in deck.slides:
        for shape in slide.shapes:
            if not shape.has_text_frame or shape.name in {"Footer", "Number", NOT_DEFENSIBLE}:
                continue
            paragraphs = shape.text_frame.paragraphs
            runs = [run for paragraph in paragraphs for run in paragraph.runs]
            if runs:
                size, bold = max(run.font.size.pt for run in runs), all(run.font.bold for run in runs)
                indent = Emu(int(paragraphs[0]._p.get_or_add_pPr().get("marL", 0))).inches
                needed = height([item.text for item in paragraphs], size, shape.width.inches - indent, bold)
                assert needed <= shape.height.inches + 0.01, (shape.name, [item.text for item in paragraphs])


def test_boxes_do_not_overlap(subject):
    deck, _ = subject
    for slide in deck.slides:
        shapes = [shape for shape in slide.shapes if shape.name not in {"Panel", "Accent"} and not _is_title(shape)]
        for place, one in enumerate(shapes):
            for other in shapes[place + 1 :]:
                apart = (
                    one.left + one.width <= other.left + 10 or other.left + other.width <= one.left + 10
                    or one.top + one.height <= other.top + 10 or other.top + other.height <= one.top + 10
                )  # fmt: skip
                assert apart, (slide.shapes.title.text_frame.text, one.name, other.name)


def _is_title(shape):
    return shape.is_placeholder and "TITLE" in shape.placeholder_format.type.name


def test_charts_and_tables_are_told_in_words(subject):
    deck, _ = subject
    frames = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart or shape.has_table]
    assert frames
    assert all(len(frame._element.nvGraphicFramePr.cNvPr.get("descr")) > 20 for frame in frames)
    assert not any(shape.shape_type == 13 for slide in deck.slides for shape in slide.shapes)  # no pictures


def test_no_text_of_a_chart_is_a_formula(subject):
    deck, _ = subject
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                book = load_workbook(BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
                assert not any(cell.data_type == "f" for row in book.active.iter_rows() for cell in row)


def test_a_scenario_that_cannot_be_defended_is_marked_wherever_its_numbers_are(subject):
    deck, (first, *others) = subject
    marked = bool(caveats(project(first))) and NOT_DEFENSIBLE in caveats(project(first))[0]
    for slide in deck.slides:
        assert any(shape.name == NOT_DEFENSIBLE for shape in slide.shapes) == marked
        if marked:
            assert NOT_DEFENSIBLE in next(shape for shape in slide.shapes if shape.name == "Footer").text_frame.text
    if any(NOT_DEFENSIBLE in " ".join(caveats(project(item))) for item in others):
        compared = next(words_of(slide) for slide in deck.slides if "side by side" in words_of(slide))
        assert NOT_DEFENSIBLE in compared


# The charts hold the model's numbers


def test_share_and_spend(plan):
    deck, simulation, _ = plan
    projection = project(simulation.scenario)
    share = values_of(chart_named(deck, "Share"))
    assert share["Plan"] == [0.133, *projection.lines["social_share"].tolist()]
    assert set(share["Hold"]) == {0.133}
    spend = values_of(chart_named(deck, "Spend"))
    years = spend_by_year(projection, TODAY)
    assert spend["Held"] == [year.held for year in years]
    assert spend["Extra under the plan"] == [year.extra for year in years]
    assert list(chart_named(deck, "Spend").plots[0].categories) == [year.name for year in years]


@pytest.mark.parametrize("name", [name for name in PRESETS if name != "hold"])
def test_the_columns_of_the_bridge_reach_from_step_to_step(name):
    scenario = PRESETS[name]
    columns = values_of(chart_named(deck_of(name), "Value bridge"))
    base, room = columns.pop("Base"), columns.pop("Room for labels")
    for place, step in enumerate(bridge_steps(project(scenario))):
        shown = [values[place] for values in columns.values() if values[place]]
        assert sum(map(abs, shown)) == pytest.approx(abs(step.value))
        ends = sorted((step.start, step.end))
        above, below = ([value for value in (base[place], *shown) if value * side > 0] for side in (1, -1))
        assert sum(above) == pytest.approx(max(ends[1], 0.0))
        assert sum(below) == pytest.approx(min(ends[0], 0.0))
        assert room[place] * (1 if ends[1] > 0 else -1) >= 0


def test_the_bridge_writes_its_amounts_signed(plan):
    deck, *_ = plan
    series = list(chart_named(deck, "Value bridge").plots[0].series)[-1]
    labels = [series.points[place].data_label.text_frame.text for place in range(5)]
    assert labels == ["+2.25\u00a0m", "+50,900", "−2.13\u00a0m", "−72,400", "+102,000"]


def test_cash_and_payback(plan):
    deck, simulation, _ = plan
    projection = project(simulation.scenario)
    cash = values_of(chart_named(deck, "Cumulative cash"))
    assert cash["Net cash"] == [0.0, *projection.lines["cumulative_cash"].tolist()]
    assert cash["Discounted"] == [0.0, *projection.lines["cumulative_present_value"].tolist()]
    assert cash["Pays back in month 8, Aug 2027"] == [projection.lines["cumulative_cash"][7]]
    assert "Pays back in month 8" in everything_said(deck)


def test_the_lowest_point_s_label_stays_above_the_axis():
    scenario = PRESETS["social-plan"].with_values(horizon_years=10)
    chart = chart_named(opened(drawn(scenario)), "Cumulative cash")
    axis, cash = chart.value_axis, values_of(chart)["Net cash"]
    above = 0.8 * (min(cash) - axis.minimum_scale) / (axis.maximum_scale - axis.minimum_scale)
    sunk = max(float(offset.get("val")) for offset in chart._chartSpace.iter(qn("c:y")))
    assert sunk == pytest.approx(0.12)
    assert above > sunk + 0.03


def test_the_odds(plan):
    deck, simulation, _ = plan
    chart = chart_named(deck, "Odds")
    edges, parts = binned(simulation.metrics["npv"])
    columns = values_of(chart)
    assert np.add(columns["Loss"], columns["Gain"]) == pytest.approx(parts)
    assert sum(columns["Gain"]) == pytest.approx(float(parts[edges[1:] > 0].sum()))
    book = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    names = [book.cell(row, 1).value for row in range(2, 2 + len(parts))]
    assert all(" to " in name for name in names)
    assert f"{100 * simulation.odds_of_gain:.0f} in 100 odds of a gain" in everything_said(deck)


def test_costs_add_up_to_the_models(plan):
    deck, simulation, _ = plan
    total = sum(map(sum, values_of(chart_named(deck, "Costs")).values()))
    lines = project(simulation.scenario).lines
    assert total == pytest.approx(float(sum(lines[name].sum() for name in ("commitment", *TIME))))


# What is said


def test_the_answer_comes_with_its_caveat_and_figures(plan):
    deck, simulation, _ = plan
    said = words_of(answer_in(deck))
    projection = project(simulation.scenario)
    # The slide's heading says the basis for all of it.
    sentence = answer(projection, today=TODAY).sentence.replace(worth_basis(projection.scenario, TODAY), "")
    for part in (
        in_full(WORTH, projection.scenario, TODAY),
        sentence,
        caveat(projection, tornado(projection.scenario)),
        *beside_the_answer(projection),
    ):
        assert part in said
    for figure in (
        "month 8",
        "126,000\u00a0USD",
        "2,190\u00a0USD",
        "Break-even relative return",
        "1.15",
        "−5.02\u00a0%",
    ):
        assert figure in said


def test_an_edited_answer_lacks_nothing_that_must_stand_beside_it():
    said = words_of(answer_in(opened(learnt("social-plan"), [Section("The answer", ("All is well.",))])))
    for line in beside_the_answer(project(PRESETS["social-plan"])):
        assert line in said


def test_what_goes_beyond_the_evidence_stands_with_the_answer():
    scenario = PRESETS["headline-claim"]
    deck = opened(learnt("headline-claim"), [Section("The answer", ("All is well.",))])
    said = words_of(answer_in(deck))
    assert "All is well." in said
    for warning in caveats(project(scenario)):
        assert warning in said


def test_every_assumption_and_source_is_listed_once_with_its_grade(plan):
    deck, simulation, _ = plan
    shown = simulation.scenario.format
    rows = [
        [cell.text_frame.text for cell in row.cells]
        for slide in deck.slides for shape in slide.shapes if shape.has_table for row in shape.table.rows
        if shape._element.nvGraphicFramePr.cNvPr.get("descr").startswith(("Assumptions", "Sources"))
    ]  # fmt: skip
    labels = [row[0] for row in rows]
    for item in ASSUMPTIONS.values():
        assert labels.count(item.label) == 1
        assert rows[labels.index(item.label)][-2] == (item.grade_text or "–")
    for source in SOURCES.values():
        row = rows[labels.index(source.id)]
        assert row[2] == source.grade
        assert row[4] == shown.localised(source.warning)
        assert row[1].endswith(source.address)


def test_changed_assumptions_come_first_with_their_default():
    deck = deck_of("sceptical-cfo")
    table = next(shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table
                 and "Assumptions" in shape._element.nvGraphicFramePr.cNvPr.get("descr"))  # fmt: skip
    rows = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    assert rows[1][0] == "Changed from the default"
    assert [row[1:3] for row in rows[2:5]] == [
        ["44\u00a0%", "100\u00a0%"], ["1", "1.2"], ["100\u00a0%", "50\u00a0%"]
    ]  # fmt: skip


def test_scenarios_stand_side_by_side_only_where_there_are_several():
    assert "Scenarios side by side" not in everything_said(deck_of("social-plan"))
    six = SUBJECTS["six"]
    short, full = (
        next(slide for slide in deck_of("six").slides if told in words_of(slide).splitlines())
        for told in ("Scenarios side by side", "Scenarios side by side, in full")
    )
    for slide in (short, full):
        rows = [[cell.text_frame.text for cell in row.cells] for row in table_of(slide).rows]
        assert rows[0][1:] == [scenario.name for scenario in six]
        npv = next(row for row in rows if row[0] == "Net present value (after tax)")
        assert npv[1] == "102,000\u00a0USD"
        assert npv[-1].endswith("DKK")
    rows = [[cell.text_frame.text for cell in row.cells] for row in table_of(full).rows]
    assert rows[1][1:] == [scenario.hash for scenario in six]


def test_scenarios_are_compared_in_a_chart_of_what_each_is_worth():
    compared = learnt("compared")
    columns = values_of(chart_named(deck_of("compared"), "Scenarios compared"))
    assert columns["As assumed"] == [one.projection.metrics["npv"] for one in compared]
    for name, percent in (("10\u00a0% below", 10), ("10\u00a0% above", 90)):
        ends = [float(np.quantile(one.simulation.metrics["npv"], percent / 100)) for one in compared]
        assert columns[name] == pytest.approx(ends, rel=0.05)
    # Money of several currencies has no common axis.
    odds = values_of(chart_named(deck_of("six"), "Scenarios compared"))
    assert set(odds) == {"Odds of a gain"}
    assert odds["Odds of a gain"][0] == learnt("six")[0].simulation.odds_of_gain


# The story and the appendices


def story_of(deck):
    """The slides before the divider."""
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles.count("Appendices") == 1
    return list(deck.slides)[: titles.index("Appendices")]


def test_the_story_is_short_and_everything_else_stands_behind_the_divider(subject):
    deck, scenarios = subject
    story = story_of(deck)
    assert len(story) <= 10
    assert len(story) + 3 < len(deck.slides)
    said = "\n".join(map(words_of, story))
    for part in ("The decision", "The answer"):
        assert part in said
    for behind in ("Assumptions (1 of", "Sources (1 of", "Pay and media"):
        assert behind not in said
        assert behind in everything_said(deck)
    assert ("Scenarios side by side" in said) == (len(scenarios) > 1)


def test_text_without_room_in_the_story_goes_on_behind_the_divider():
    many = tuple(f"Point {place} of what somebody typed in." for place in range(60))
    heads = ("The question", "The decision", "The answer", "How sure it is", "What it costs")
    deck = opened(learnt("social-plan"), [Section(title, many) for title in heads])
    story = story_of(deck)
    assert len(story) <= 10
    for title in heads:
        assert f"{title}, continued" in everything_said(deck)
        assert f"{title}, continued" not in "\n".join(map(words_of, story))
    assert everything_said(deck).count("Point 59 of") == len(heads)


def test_the_decision_is_a_slide_with_lines_to_sign_on():
    material = learnt("danish")[0]
    names = Signatories("Anna <b>", "", "=1+1 " * 20)
    deck = Presentation(BytesIO(build([material], None, names)))
    slide = story_of(deck)[1]
    said, content = words_of(slide), decision(material)
    for part in (content.asked, *(row.total for row in content.money), *content.money[0].years):
        assert part in said
    when = words_of(story_of(deck)[2])
    assert "What is decided when" in when
    for milestone in content.milestones:
        assert milestone.when in when
    assert "Prepared by: Anna <b>" in said
    assert "Reviewed by:" in said
    assert said.count(SIGN_HERE) == 3
    test_text_fits_its_box((deck, ()))


def test_an_edited_decision_stands_in_place_of_what_is_decided_when():
    deck = opened(learnt("social-plan"), [Section("The decision", ("We ask for a pilot first.",))])
    said = words_of(story_of(deck)[1])
    assert "We ask for a pilot first." in said
    assert "What is decided when" not in everything_said(deck)
    assert "Signature and date" in said


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_text_whatever_it_says(name):
    (material,) = drawn(PRESETS["social-plan"].changed(name=name))
    deck = opened([material])
    told = deck.slides[0].shapes.title.text_frame.text
    whole = plain(name)
    assert told == whole or (told.rstrip("\u2069").endswith("…") and whole.startswith(told.rstrip("\u2069")[:-1]))
    assert shortened(name) in words_of(answer_in(deck))
    # However long the name before it, the decision's heading says whole which model and draws its numbers are of.
    assert material.made_with in words_of(story_of(deck)[1])


def test_edited_text_is_all_there_however_long():
    long = " ".join(f"word{place}" for place in range(2_000))
    many = tuple(f"Point {place} of the answer, as somebody typed it in." for place in range(40))
    text = [
        Section("The question", ("Why?",)), Section("The answer", many), Section("How sure it is", many[:20]),
        Section("Our own =1+1", (long, "خطة")), Section("", ("Without heading.",)), Section("What it costs", many),
        Section("What must be true", ("Edited by hand.",)),
    ]  # fmt: skip
    deck = opened(learnt("social-plan"), text)
    said = everything_said(deck)
    for paragraph in (*many, "Why?", "Without heading.", "Edited by hand.", "Our own =1+1", "خطة"):
        assert paragraph in said
    assert set(long.split()) <= set(said.split())
    assert "The model leaves out" not in said  # a section that was taken out stays out
    test_text_fits_its_box((deck, ()))
    test_all_stands_within_the_slide_and_nothing_on_its_footer((deck, ()))


def test_the_texts_own_sections_are_slides(plan):
    said = everything_said(plan[0])
    for part in ("What it costs", "Risks", "Evidence and its limits", "The model leaves out"):
        assert part in said


def test_numbers_are_written_in_the_locale():
    deck = deck_of("danish")
    assert f"{short(1e6, 'da')}\u00a0DKK" in words_of(
        next(slide for slide in deck.slides if "Plan and spend" in words_of(slide))
    )
    code = chart_named(deck, "Spend").value_axis.tick_labels.number_format
    assert short(1e6, "da") in code
    assert code.startswith("[$-406]")


@pytest.mark.parametrize(
    ("locale", "largest", "code"),
    [
        ("en", 5e4, '[$-809]#,##0;[$-809]"−"#,##0;[$-809]0'),
        ("en", 5e6, '[$-809]#,##0.0#,,"\u00a0m";[$-809]"−"#,##0.0#,,"\u00a0m";[$-809]0'),
        ("ja", 5e6, '[$-411]#,##0;[$-411]"−"#,##0;[$-411]0'),
    ],
)
def test_number_formats(locale, largest, code):
    scenario = PRESETS["social-plan"].changed(locale=locale)
    assert number_code(scenario.format, MONEY, largest) == code


# The file


def test_the_same_inputs_give_the_same_bytes(monkeypatch):
    (proposed,), (other,) = learnt("social-plan"), materials(danish())
    first = build((proposed, other))
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 5, 33, 20, 2, 138, 0))
    assert build((proposed, other)) == first
    assert build((replace(proposed, today=date(2027, 1, 1)), other)) != first
    with ZipFile(BytesIO(first)) as file:
        assert {entry.date_time[0] for entry in file.infolist()} == {1980}
        properties = file.read("docProps/core.xml").decode()
    assert properties.count("2026-11-22T00:00:00Z") == 2


def test_what_cannot_be_made_is_refused(tmp_path, capsys):
    with pytest.raises(ValueError, match="needs a simulation"):
        build(materials(PRESETS["social-plan"]))
    target = tmp_path / "deck.pptx"
    assert main(["social-plan", "--draws", "0", "--out", str(target)]) == 2
    assert "needs a simulation" in capsys.readouterr().err
    assert main(["hold", "social-plan", "--draws", "200", "--date", "2026-11-22", "--out", str(target)]) == 0
    assert len(Presentation(target).slides) > 8


# Measuring


def test_text_is_cut_only_where_it_does_not_fit():
    assert clipped("short", 12, 3.0) == "short"
    cut = clipped("a long text " * 50, 12, 3.0, 2)
    assert cut.endswith("…")
    assert len(wrapped(cut, 12, 3.0)) <= 2
    assert width(clipped("W" * 500, 20, 2.0), 20) <= 2.0


def test_paragraphs_are_shared_out_without_loss():
    paragraphs = [" ".join(f"{place}.{word}" for word in range(60)) for place in range(9)]
    shared = pages(paragraphs, 14, 6.0, 2.0)
    assert " ".join(part for page in shared for part in page).split() == " ".join(paragraphs).split()
    assert all(height(page, 14, 6.0) <= 2.0 for page in shared)


def test_break_evens_fill_their_slide_and_grades_are_explained_whole(plan):
    deck = plan[0]
    truths = next(slide for slide in deck.slides if "Everything else as assumed" in words_of(slide))
    assert len(table_of(truths).rows) > 8
    explained = [slide for slide in deck.slides if "Grades: " in words_of(slide)]
    assert explained
    for slide in explained:
        assert all(meaning.removesuffix(", to be typed in") in words_of(slide) for meaning in GRADES.values())


def table_of(slide):
    """The native table of a slide."""
    return next(shape.table for shape in slide.shapes if shape.has_table)


@pytest.mark.parametrize(("bold", "file"), [(False, "DejaVuSans.ttf"), (True, "DejaVuSans-Bold.ttf")])
def test_text_is_measured_wide_enough_for_the_font_that_stands_in_for_arial(bold, file):
    try:
        font = ImageFont.truetype(file, 1000)
    except OSError:
        pytest.skip("needs DejaVu Sans: install the Debian package fonts-dejavu-core")
    for item in (*ASSUMPTIONS.values(), *METRICS.values()):
        assert width(item.label, 72, bold) >= font.getlength(item.label) / 1000, item.label
    for text in ("−1,234,567.89 USD", "+21,8 mio. DKK", "Æble på grød, Übergrößen"):
        assert width(text, 72, bold) >= font.getlength(text) / 1000, text


def test_a_range_of_the_plan_s_own_is_a_change_and_marked():
    plan = Scenario.from_data({
        "name": "Ours", "currency": "DKK", "assumptions": {"discount_rate": 0.08},
        "ranges": {"media_waste": {"low": 0.1, "likely": 0.1, "high": 0.2, "distribution": "normal"},
                   "training_admin": None},
    })  # fmt: skip
    deck = Presentation(BytesIO(build(materials(plan, draws=128))))
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table
              and "Assumptions" in shape._element.nvGraphicFramePr.cNvPr.get("descr")]  # fmt: skip
    rows = {row.cells[0].text_frame.text: [cell.text_frame.text for cell in row.cells] for row in tables[0].rows}
    own = ("discount_rate", "training_admin", "media_waste")
    assert list(rows)[2:5] == [ASSUMPTIONS[name].label for name in own]
    assert rows[ASSUMPTIONS["media_waste"].label][3] == "10\u00a0% – 20\u00a0% (own, normal)"
    assert rows[ASSUMPTIONS["training_admin"].label][3] == "none (own)"
    assert f"3 of {len(ASSUMPTIONS)} assumptions are changed" in everything_said(deck)
    everything = [[cell.text_frame.text for cell in row.cells] for table in tables for row in table.rows]
    fee = next(row for row in everything if row[0] == ASSUMPTIONS["partner_cost"].label)
    assert fee[1:3] == ["30,000\u00a0DKK a year", "30,000\u00a0USD a year"]


def test_skill_areas_stand_behind_the_divider_where_they_were_judged():
    taught = PRESETS["social-plan"].changed(
        skills=(SkillArea("Content <b>", 5, 0.2, 0.8), SkillArea("Ads", 2, 0.5, 0.6))
    )
    (material,) = drawn(taught)
    deck = opened([material])
    rows = [[cell.text_frame.text for cell in row.cells] for slide in deck.slides if "Skills" in words_of(slide)
            for row in table_of(slide).rows]  # fmt: skip
    told = plan_table(material.training, taught.format)
    assert [row[0] for row in rows[1:]] == [cells[0].text for cells in told.rows]
    assert "Content <b>" not in "\n".join(map(words_of, story_of(deck)))
