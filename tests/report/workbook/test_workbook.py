"""The workbook: recalculated by LibreOffice it gives what the app gives; its cells are findable, plain and safe."""

import random
import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.formula.translate import Translator

from model.assumptions import ASSUMPTIONS
from model.checks import CHECKS
from model.evidence.sources import SOURCES
from model.lines import LINES, YEARLY
from model.metrics import METRICS
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.telling.caveats import NOT_DEFENSIBLE
from model.telling.tables import yearly
from model.uncertainty.simulation import simulate
from report.__main__ import main
from report.workbook import build
from report.workbook.book import PASSED
from report.workbook.places import OPENING
from tests import reference
from tests.materials import materials
from tests.report.workbook.delivered import WRONG, Delivered
from tests.report.workbook.recalculation import (
    changed_by_sheet,
    differences,
    edit,
    named_cell,
    recalculated_after,
    row_of,
    same,
    scenario_column,
)
from tests.report.workbook.third_engine import number

TODAY = date(2026, 11, 22)
NAMES = (
    '=HYPERLINK("http://example.com","x")', "+1", "-1", "@SUM(A1)", "<script>alert(1)</script>", "<r><t>x</t></r>",
    "x" * 300, "🚀 & <b>", "خطة التسويق", "'=1", '=1&"', "#N/A", "TRUE", "0012", "a\tb\nc", " spaces ",
)  # fmt: skip


def custom():
    """A scenario with a custom path, another currency, calendar and fiscal year, on a claim beyond the evidence."""
    return Scenario.from_data(
        {
            "name": "Own path",
            "currency": "DKK",
            "start_month": "2027-04",
            "fiscal_year_start": 7,
            "assumptions": {
                "causal_share": 1.0,
                "ramp_shape": "custom",
                "horizon_years": 3,
                "tax_rate": 0.22,
                "strategic_partner": True,
            },
            "social_share_path": [0.2, 0.15, 0.3],
        }
    )


SCENARIOS = (PRESETS["social-plan"].changed(name=NAMES[0]), custom())
RANDOM = [reference.random_values(random.Random(seed)) for seed in (11, 46)]  # noqa: S311


@pytest.fixture(scope="module")
def content():
    """The bytes of the workbook that most tests read."""
    return build(materials(*SCENARIOS, draws=128))


@pytest.fixture(scope="module")
def hold():
    """The computed values of a workbook of the plan to hold."""
    return load_workbook(BytesIO(build(materials(PRESETS["hold"]))), data_only=True)


@pytest.fixture(scope="module")
def cached(content):
    """The workbook's computed values, as a viewer shows them."""
    return load_workbook(BytesIO(content), data_only=True)


@pytest.fixture(scope="module")
def delivered(content):
    """The workbook that is edited."""
    return Delivered(content)


@pytest.fixture(scope="module")
def formulas(delivered):
    """The workbook's formulas."""
    return delivered.book


def type_error(book):
    """An input edited, and a formula that gives an error typed over a cell of Months."""
    edit(book, {"causal_share": 0.031})
    sheet = book["Months"]
    sheet.cell(row_of(sheet, "social_spend"), OPENING + 6).value = "=1/0"


def select_second(book):
    """The other scenario selected."""
    named_cell(book, "selected_scenario").value = 2


def typed(values, path=None):
    """An edit of inputs."""
    return lambda book: edit(book, values, path)


# A formula on each sheet that has any: of the live values, the calculations, and what they lead to.
FORMULAS = {
    "Cover": "C20", "Summary": "C16", "Inputs": "G20", "Months": "E43", "Years": "G20", "Scenarios": "D12",
    "Risk": "B9", "npv_without_programme": "E10", "npv_none_causal": "F15", "npv_all_causal": "E11", "hold": "H20",
    "IRR": "C20", "Chart data": "C10", "Budget": "E12",
    "Sensitivities": "D11", "Sensitivity runs": "C9", "npv_no_social_return": "E11", "npv_same_social_return": "E11",
    "Flat": "H10", "Live 1": "E96", "Live 2": "E96",
}  # fmt: skip


def type_over_everywhere(book):
    """An input edited and, on each sheet, a formula typed over by a plausible number."""
    edit(book, {"causal_share": 0.031})
    for sheet, place in FORMULAS.items():
        assert book[sheet][place].data_type == "f", sheet
        book[sheet][place].value = 1


def type_live(book):
    """Inputs typed where their names point: over the formula that follows the selector."""
    for name, value in LIVE.items():
        named_cell(book, name).value = value


LIVE = {"causal_share": 0.031, "discount_rate": 0.11}
INJECTED = {
    "error": type_error,
    "everywhere": type_over_everywhere,
    "bounds": typed({"causal_share": 7, "strategic_partner": "on"}),
}
EDITS = (
    {"unedited": lambda _: None}
    | {f"random{place}": typed(*drawn) for place, drawn in enumerate(RANDOM)}
    | INJECTED
    | {"selected": select_second, "live": type_live}
)
ANSWER = ("What it returns", "What to beware of", "What goes beyond the evidence")


@pytest.fixture(scope="module")
def results(delivered, program, tmp_path_factory):
    """The workbook after each edit, recalculated, by the edit's name."""
    return recalculated_after(EDITS, delivered, program, tmp_path_factory.mktemp("workbooks"))


class TestRecalculated:
    @pytest.mark.parametrize("place", range(len(RANDOM)))
    def test_after_edited_inputs_it_gives_what_the_app_gives(self, results, place):
        values, path = RANDOM[place]
        projection = project(
            Scenario.from_data({"name": "edited", "assumptions": values, "social_share_path": path})
        )
        assert list(differences(results[f"random{place}"], projection)) == []

    def test_the_selector_switches_every_sheet(self, results):
        values, scenario = results["selected"], SCENARIOS[1]
        projection = project(scenario)
        assert list(differences(values, projection)) == []
        for sheet in (sheet for sheet in values.book if not sheet.title.startswith("Live ")):
            assert sheet["B2"].value.startswith(f"{scenario.name} [{scenario.hash}]")
            assert NOT_DEFENSIBLE in sheet["B2"].value
        assert values.book["Cover"]["C5"].value == scenario.name
        check_years(values.by_name("Years"), projection)
        assert any(text.startswith("The live column is not what was simulated") for _, text in values.texts())
        assert values.named("master_check") == 1

    def test_an_input_typed_where_its_name_points_is_an_edit_too(self, results):
        values = results["live"]
        assert list(differences(values, project(SCENARIOS[0].with_values(**LIVE)))) == []
        assert values.named("master_check") == 1
        assert "inputs edited: 2" in values.book["Cover"]["B2"].value

    def test_an_edited_workbook_says_so_and_its_checks_hold(self, results):
        for place in range(len(RANDOM)):
            values = results[f"random{place}"]
            assert values.named("master_check") == 1
            assert values.named("inputs_edited") > 20
            assert "inputs edited" in values.book["Summary"]["B2"].value

    @pytest.mark.parametrize(("name", "edited"), [("error", "1 input"), ("live", "2 inputs")])
    def test_the_words_of_the_cover_are_marked_as_those_before_the_edits(self, results, cached, name, edited):
        delivered, told = cover(cached), cover(results[name].book)
        for label in ANSWER:
            assert told[label] == f"Before the edits: {delivered[label]}"
        assert told["Content hash"] == f"{SCENARIOS[0].hash}, with {edited} edited since"

    @pytest.mark.parametrize("name", INJECTED)
    def test_an_injected_error_turns_the_master_check_red(self, results, name):
        values = results[name]
        assert values.named("master_check") == 0
        for sheet in values.book:
            assert sheet["B3"].value.startswith("MODEL CHECK FAILED")

    def test_a_word_in_a_switch_and_a_number_too_large_are_out_of_bounds(self, results):
        assert results["bounds"].named("inputs_out_of_bounds") == 2
        assert results["unedited"].named("inputs_out_of_bounds") == 0

    def test_a_formula_typed_over_is_missed_on_its_sheet(self, results):
        changed = changed_by_sheet(results["everywhere"])
        assert changed == dict.fromkeys(changed, 0) | dict.fromkeys(FORMULAS, 1)

    def test_nothing_changed_passes(self, results):
        values = results["unedited"]
        assert (values.named("master_check"), values.named("formulas_compared")) == (1, 1)
        assert set(changed_by_sheet(values).values()) == {0}
        assert values.book["Cover"]["B3"].value == PASSED

    def test_no_cell_is_an_error_and_none_kept_its_wrong_value(self, results):
        for name, values in results.items():
            errors = [(place, text) for place, text in values.texts() if text.startswith("#")]
            assert errors == [] or name in ("error", "bounds")
            stale = [
                cell for sheet in values.book for row in sheet.iter_rows() for cell in row if cell.value == WRONG
            ]
            assert stale == []


def cover(book):
    """What the Cover says, by label."""
    return {row[1].value: row[2].value for row in book["Cover"].iter_rows(max_col=3)}


def check_years(rows, projection):
    """Years holds the app's table by fiscal year."""
    table = yearly(projection)
    columns = range(6, 6 + len(table))
    assert [rows["fiscal_year"][column].value for column in columns] == list(table["year"])
    for name in YEARLY:
        assert all(same(rows[name][c].value, v) for c, v in zip(columns, table[name].tolist(), strict=True)), name
        assert not rows[name][6 + len(table)].value
        whole = projection.lines[name].sum() if LINES[name].unit.flow else None
        assert rows[name][5].value == "–" if whole is None else same(rows[name][5].value, whole), name


def by_name(book, sheet):
    return {row[0].value: row for row in book[sheet].iter_rows() if row[0].value}


class TestComputedValues:
    def test_every_line_and_metric_shows_without_recalculation(self, cached):
        projection = project(SCENARIOS[0])
        rows, summary = by_name(cached, "Months"), by_name(cached, "Summary")
        for name in LINES:
            shown = [cell.value for cell in rows[name][5 : 5 + projection.months]]
            assert shown == pytest.approx(projection.lines[name].tolist(), rel=1e-15, abs=0)
        for name, figure in {**projection.metrics, **projection.counterfactuals}.items():
            assert (summary[name][2].value or None) == (figure or None), name

    def test_years_show_the_apps_table(self, cached):
        check_years(by_name(cached, "Years"), project(SCENARIOS[0]))

    def test_they_are_what_recalculation_gives(self, cached, results):
        values = results["unedited"]
        for sheet in cached:
            # The steps of the search for a rate end in rounding noise around zero.
            for row in sheet.iter_rows(max_row=7 if sheet.title == "IRR" else None):
                for cell in row:
                    if sheet.title == "Fingerprints" and str(cell.value).startswith("="):
                        # Told as text, as each program prints it in its own grammar.
                        continue
                    again = values.book[sheet.title][cell.coordinate].value
                    value = number(cell.value)
                    close = isinstance(again, int | float) and value == pytest.approx(again, rel=1e-9, abs=1e-9)
                    assert close or (value or "") == (again or ""), (sheet.title, cell.coordinate)

    def test_where_a_metric_has_no_value_the_reason_stands(self, hold):
        projection = project(PRESETS["hold"])
        assert projection.undefined
        for name, reason in projection.undefined.items():
            row = by_name(hold, "Summary")[name]
            assert (row[2].value or "", row[4].value) == ("", reason)

    def test_the_cover_says_nothing_where_there_is_nothing_to_beware_of(self, hold):
        assert [cover(hold)[label] for label in ANSWER[1:]] == ["nothing"] * 2


class TestFindable:
    def test_every_assumption_is_a_defined_name_of_its_live_cell(self, formulas, cached):
        for name in ASSUMPTIONS:
            cell = named_cell(formulas, name)
            assert (cell.parent.title, cell.parent.cell(cell.row, 1).value) == ("Inputs", name)
            assert named_cell(cached, name).value == SCENARIOS[0].values[name]

    def test_no_name_can_be_read_as_a_cell(self, formulas):
        for name in formulas.defined_names:
            assert not re.fullmatch(r"[A-Za-z]{1,3}\d+|[RrCc]\d*([RrCc]\d*)?", name)

    def test_column_a_holds_the_public_names_in_order(self, cached):
        for sheet, names in (("Months", tuple(LINES)), ("Years", YEARLY)):
            assert [name for name in by_name(cached, sheet) if name in LINES] == list(names)
        assert set(METRICS) <= set(by_name(cached, "Summary"))
        assert set(CHECKS) <= set(by_name(cached, "Checks"))
        assert set(SOURCES) <= set(by_name(cached, "Evidence"))

    def test_sources_link_to_where_they_were_seen(self, cached):
        rows = by_name(cached, "Evidence")
        for id_, source in SOURCES.items():
            cell = rows[id_][-1]
            assert (cell.value or "") == source.address
            assert (cell.hyperlink.target if cell.hyperlink else "") == source.link

    def test_the_header_row_holds_the_month_numbers(self, cached):
        row = by_name(cached, "Months")["t"]
        assert [cell.value for cell in row[4:]] == list(range(121))

    def test_inputs_refuse_what_the_app_refuses(self, formulas):
        sheet = formulas["Inputs"]
        column = scenario_column(sheet, 1)
        guarded = {
            (row, column): rule
            for rule in sheet.data_validations.dataValidation
            for area in rule.sqref.ranges
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        }
        for name, item in ASSUMPTIONS.items():
            rule = guarded[row_of(sheet, name), column]
            assert rule.error
            if item.bounds:
                assert (float(rule.formula1), float(rule.formula2)) == pytest.approx(item.bounds, rel=1e-15)

    def test_months_and_metrics_stand_beside_their_units(self, cached):
        for sheet, column in (("Months", 2), ("Years", 2), ("Summary", 3)):
            assert all(
                by_name(cached, sheet)[n][column].value for n in by_name(cached, sheet) if n in (*LINES, *METRICS)
            )


def all_formulas(book):
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.data_type == "f":
                    yield f"{sheet.title}!{cell.coordinate}", cell.value


class TestHabits:
    def test_nothing_is_volatile_linked_or_only_in_new_versions(self, formulas, content):
        banned = re.compile(
            r"\b(OFFSET|INDIRECT|TODAY|NOW|RAND\w*|CELL|INFO|LET|LAMBDA|XLOOKUP|FILTER)\(|\[|https?:"
        )
        for place, formula in all_formulas(formulas):
            assert not banned.search(re.sub(r'"[^"]*"', '""', formula)), place
            assert set(re.findall(r"_xl\w+\.\w+", formula)) <= {
                "_xlfn.ISFORMULA",
                "_xlfn.FORMULATEXT",
                "_xlfn.SHEET",
            }
        assert b"vbaProject" not in content
        assert b"externalLink" not in content

    def test_each_row_by_month_has_one_formula(self, formulas):
        for sheet in (formulas[name] for name in ("Months", "npv_without_programme", "npv_all_causal", "hold")):
            for row in sheet.iter_rows(min_row=10, min_col=6):
                first = row[0]
                if first.data_type == "f":
                    for cell in row[1:]:
                        moved = Translator(first.value, origin=first.coordinate).translate_formula(cell.coordinate)
                        assert cell.value == moved

    def test_line_formulas_hold_no_number_the_model_does_not(self, formulas):
        rows = by_name(formulas, "Months")
        for name in LINES:
            bare = re.sub(r'"[^"]*"|\$?[A-Z]+\$?\d+|[a-z_]\w*', "", rows[name][6].value)
            assert set(re.findall(r"\d+\.?\d*", bare)) <= {"0", "1", "2", "3", "12", "0.5"}, name

    def test_sheets_print_and_scroll_well(self, formulas):
        for sheet in formulas:
            assert sheet.page_setup.orientation == "landscape"
            assert SCENARIOS[0].hash in sheet.oddFooter.left.text
            assert sheet.freeze_panes or sheet.title == "Cover"
            assert sheet["B3"].value.startswith("=IF(AND(master_check=1,")


class TestTextIsText:
    @pytest.mark.parametrize("start", range(0, len(NAMES), 6))
    def test_whatever_a_name_looks_like(self, start):
        names = NAMES[start : start + 6]
        scenarios = [PRESETS["hold"].changed(name=name, description=name, notes={}) for name in names]
        content = build(materials(*scenarios))
        book = load_workbook(BytesIO(content))
        for place, name in enumerate(names, start=1):
            cell = book["Inputs"].cell(row_of(book["Inputs"], "name"), scenario_column(book["Inputs"], place))
            assert cell.data_type == "s"
            assert cell.value.rstrip() == name.rstrip()
        assert not any(name in formula for _, formula in all_formulas(book) for name in names if len(name) > 5)
        with ZipFile(BytesIO(content)) as parts:
            sheets = [parts.read(part) for part in parts.namelist() if part.startswith("xl/worksheets/sheet")]
        assert len(sheets) == len(book.sheetnames)
        # No cell holds an error.
        assert not any(b't="e"' in sheet for sheet in sheets)


class TestRisk:
    def test_values_are_labelled_with_seed_and_draws(self, cached, formulas):
        texts = [cell.value for row in cached["Risk"].iter_rows() for cell in row if isinstance(cell.value, str)]
        assert any("128 draws, seed 7" in text for text in texts)
        assert any(NOT_DEFENSIBLE in text for text in texts)
        spread = simulate(SCENARIOS[0], 128, 7).spread("npv")
        row = by_name(formulas, "Risk")
        first = next(
            cells for name, cells in ((r[0].value, r) for r in formulas["Risk"].iter_rows()) if name == "npv"
        )
        figures = [spread.mean, spread.error, *spread.percentiles]
        assert [cell.value for cell in first[3:12]] == pytest.approx(figures)
        assert "causal_share" in row

    def test_without_simulation_it_says_so(self, hold):
        assert any("No simulation" in str(cell.value) for row in hold["Risk"].iter_rows() for cell in row)


class TestCommandLine:
    def test_it_writes_the_file_of_the_scenarios_named_to_the_same_bytes(self, tmp_path):
        out = tmp_path / "plan.XLSX"
        arguments = ["hold", "social-plan", "--set", "causal_share=3%", "--date", "2026-11-22", "--draws", "0"]
        assert main([*arguments, "--out", str(out)]) == 0
        book = load_workbook(out, data_only=True)
        assert named_cell(book, "causal_share").value == 0.03
        assert named_cell(book, "scenario_name").value == "Hold"
        scenarios = [PRESETS[name].with_values(causal_share=0.03) for name in ("hold", "social-plan")]
        assert out.read_bytes() == build(materials(*scenarios))

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--out", "plan.odt"], "xlsx"),
            (["--out", "plan"], "xlsx"),
            (["--out", "x.xlsx", "--date", "tomorrow"], "2026-11-30"),
            (["sozial-plan", "--out", "x.xlsx"], "social-plan"),
            (["--set", "causal=1", "--out", "x.xlsx"], "causal_share"),
            (["--draws", "3", "--out", "x.xlsx"], "128"),
            (["hold"] * 7 + ["--draws", "0", "--out", "x.xlsx"], "1 to 6"),
            (["--draws", "0", "--out", "no/such/folder/x.xlsx"], "cannot be written"),
        ],
    )
    def test_bad_input_is_refused_with_code_2(self, arguments, message, capsys, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        try:
            code = main(arguments)
        except SystemExit as stop:
            code = stop.code
        assert code == 2
        assert message in capsys.readouterr().err
