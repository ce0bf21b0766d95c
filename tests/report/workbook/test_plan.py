"""The workbook tells a plan in its own terms: its ranges, its conservative case, its locale, what it is called."""

import re
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from model.assumptions import ASSUMPTIONS
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.telling.caveats import caveats, extrapolation
from model.uncertainty.conservative_case import remains
from model.uncertainty.sensitivity import tornado
from model.units import Style
from report.words.conservative_case import REMAINING, what_remains
from report.workbook import build
from report.workbook.ranges import PARTS
from tests.materials import materials
from tests.report.workbook.recalculation import named_cell

TODAY = date(2026, 11, 22)
RANGES = {
    "causal_share": {"low": 0.01, "likely": 0.05, "high": 0.08, "distribution": "lognormal"},
    "annual_pay": {"low": 400_000, "likely": 450_000, "high": 500_000, "distribution": "normal"},
    "cost_inflation": None,
}
OWN = Scenario.from_data(
    {
        "name": "Egen plan",
        "currency": "DKK",
        "locale": "da",
        "assumptions": {"annual_pay": 450_000, "discount_rate": 0.085, "horizon_years": 1, "ramp_years": 1},
        "ranges": RANGES,
        "correlations": [["causal_share", "retained_share", 0.3]],
        "notes": {"annual_pay": "From the pay office.\nWithout pensions."},
    }
)
SCENARIOS = (OWN, PRESETS["social-plan"])


@pytest.fixture(scope="module")
def content():
    """The bytes of a workbook of the plan with its own ranges, and another."""
    return build((*materials(OWN, draws=128), *materials(PRESETS["social-plan"])))


@pytest.fixture(scope="module")
def cached(content):
    """Its computed values."""
    return load_workbook(BytesIO(content), data_only=True)


@pytest.fixture(scope="module")
def formulas(content):
    """Its formulas."""
    return load_workbook(BytesIO(content))


def close(value):
    """The number as a file holds it."""
    return pytest.approx(value, rel=1e-14)


def columns(sheet):
    """The columns of Inputs by their headings."""
    row = next(row for row in sheet.iter_rows(max_row=10) if row[1].value == "Assumption")
    return {cell.value: cell.column for cell in row if cell.value}


def conservative_metrics(sheet):
    """The rows of the conservative case's metrics."""
    heading = max(row[1].row for row in sheet.iter_rows() if row[1].value == "Metric")
    return list(sheet.iter_rows(min_row=heading + 1, max_row=heading + len(REMAINING)))


def rows_after(sheet, start):
    """The rows of a sheet below the one whose label begins so, up to the next empty label."""
    labels = [str(row[1].value or "") for row in sheet.iter_rows()]
    first = next(place for place, label in enumerate(labels) if label.startswith(start)) + 1
    last = next((place for place in range(first, len(labels)) if not labels[place]), len(labels))
    return list(sheet.iter_rows(min_row=first + 1, max_row=last))


def test_default_amounts_name_their_currency_beside_a_plan_in_another(content):
    unlike, alike = content, build(materials(PRESETS["social-plan"]))
    for made, named in ((unlike, True), (alike, False)):
        book = load_workbook(BytesIO(made))
        at = columns(book["Inputs"])["Default"]
        for name, item in ASSUMPTIONS.items():
            look = book["Inputs"].cell(named_cell(book, name).row, at).number_format
            assert look.endswith('" USD"') == (named and item.unit.style is Style.MONEY), (name, look)


class TestRanges:
    def test_the_live_plans_stand_beside_those_of_the_evidence(self, cached):
        sheet, at = cached["Inputs"], columns(cached["Inputs"])
        for name, item in ASSUMPTIONS.items():
            row = named_cell(cached, name).row
            shown = [sheet.cell(row, at[part]).value or None for part in PARTS]
            known = OWN.effective_ranges.get(name)
            expected = [known.low or None, known.high, known.distribution.words] if known else [None] * 3
            assert shown == expected, name
            evidence = [sheet.cell(row, at[word]).value for word in ("Plausible low", "Plausible high")]
            assert evidence == ([item.range.low, item.range.high] if item.range else [None, None]), name

    def test_they_follow_the_selector(self, cached, formulas):
        at, stored = columns(formulas["Inputs"]), SCENARIOS[1].effective_ranges["causal_share"]
        row = named_cell(formulas, "causal_share").row
        assert "selected_scenario" in formulas["Inputs"].cell(row, at["Drawn to"]).value
        assert cached["Inputs"].cell(row, at["Drawn to 2"]).value == stored.high

    def test_notes_stand_in_full_and_are_printed(self, cached, formulas):
        at = columns(cached["Inputs"])["Why, scenario 1"]
        note = cached["Inputs"].cell(named_cell(cached, "annual_pay").row, at)
        assert note.value == OWN.notes["annual_pay"]
        last = re.findall(r"\$([A-Z]+)\$", formulas["Inputs"].print_area)[-1]
        assert column_index_from_string(last) == columns(cached["Inputs"])["Why, scenario 2"]


def test_the_cover_warns_of_spend_beyond_what_was_observed():
    for plan in (PRESETS["social-plan"], PRESETS["headline-claim"], PRESETS["hold"]):
        projection = project(plan)
        beyond = [*caveats(projection), extrapolation(plan, projection.lines)]
        book = load_workbook(BytesIO(build(materials(plan))), data_only=True)
        told = {row[1].value: row[2].value for row in book["Cover"].iter_rows(max_col=3)}
        assert told["What goes beyond the evidence"] == (" ".join(filter(None, beyond)) or "nothing")


class TestConservativeCase:
    def test_it_stands_as_values_with_what_moved(self, cached, formulas):
        found = remains(project(OWN), tornado(OWN))
        sheet = cached["Risk"]
        assert any(what_remains(found) in str(row[1].value) for row in sheet.iter_rows())
        shown = {row[0].value: (row[3].value, row[4].value) for row in conservative_metrics(sheet)}
        assert tuple(shown) == REMAINING
        for name, values in shown.items():
            pair = (found.plan.metrics[name], found.careful.metrics[name])
            assert values == tuple("–" if value is None else close(value) for value in pair), name
        moved = {row[0].value: [cell.value for cell in row[3:6]] for row in rows_after(sheet, "Belief that moved")}
        assert moved == {m.name: [close(m.value), close(m.end), close(m.npv_alone)] for m in found.moves}
        assert not any(
            cell.data_type == "f" for row in rows_after(formulas["Risk"], "Belief that moved") for cell in row
        )

    def test_holding_has_none(self):
        hold = PRESETS["hold"]
        book = load_workbook(BytesIO(build(materials(hold, draws=128))))
        texts = [str(row[1].value) for row in book["Risk"].iter_rows()]
        assert any("the conservative case is the plan itself" in text for text in texts)
        assert not any(text.startswith("Belief that moved") for text in texts)

    def test_what_is_drawn_together_is_said(self, cached):
        texts = [str(row[1].value) for row in cached["Risk"].iter_rows()]
        assert any(text.startswith("Drawn together") and "(0,30)" in text for text in texts)


class TestLocale:
    def test_months_are_named_in_the_plans_language(self, formulas):
        months = next(row for row in formulas["Months"].iter_rows() if row[0].value == "date")
        assert {cell.number_format for cell in months[5:]} == {"[$-406]mmm yyyy"}
        assert named_cell(formulas, "scenario_start_month").number_format == "[$-406]mmm yyyy"

    def test_a_locale_that_excel_does_not_know_leaves_it_to_the_reader(self):
        own = OWN.changed(locale="eo")
        book = load_workbook(BytesIO(build(materials(own))))
        assert named_cell(book, "scenario_start_month").number_format == "mmm yyyy"

    def test_the_frame_of_the_summary_is_written_in_it(self, cached):
        words = cached["Summary"]["B4"].value.replace("\u00a0", " ")
        assert words == ("Over 1 year, against holding the share at 13,3 %; discount rate 8,5 %; tax rate 0 %")


def test_the_file_says_what_it_is(formulas):
    about = formulas.properties
    assert (about.title, about.subject) == ("Social-media budget and return · Egen plan", OWN.hash)
    assert about.creator == "Budget and ROI projection for social media"
    assert about.created.date() == TODAY
