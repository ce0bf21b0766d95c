"""Every scenario is live at once: its column of Scenarios follows its own inputs, whether selected or not."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from model.metrics import COUNTERFACTUALS, LISTED
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from report.workbook import build
from tests.materials import materials
from tests.report.workbook.delivered import Delivered
from tests.report.workbook.recalculation import edit, named_cell, recalculated_after

OWN = Scenario.from_data(
    {
        "name": "Own path",
        "currency": "DKK",
        "start_month": "2027-04",
        "fiscal_year_start": 7,
        "assumptions": {"ramp_shape": "custom", "horizon_years": 3, "tax_rate": 0.22, "strategic_partner": True},
        "social_share_path": [0.2, 0.15, 0.3],
        "other_costs": [{"name": "Licences", "by_year": [12_000, 0, 6_000]}],
    }
)
SCENARIOS = (PRESETS["social-plan"], OWN, PRESETS["hold"])
CHANGES = {"causal_share": 0.02, "leadership_seat": True, "team_pay_in_budget": False, "training_hours": 55}
FURTHER = {"horizon_years": 7, "benefit_route": "media_efficiency", "discount_rate": 0.07}
EDITED = {2: CHANGES, 3: FURTHER}
TOLERANCE = 1e-9


@pytest.fixture(scope="module")
def content():
    """A workbook of three scenarios."""
    return build(materials(*SCENARIOS))


def edit_others(book):
    """Edits of the scenarios that are not selected."""
    for column, values in EDITED.items():
        edit(book, values, column=column)


def type_over(book):
    """Another scenario selected and edited, and a number typed over a formula of one that is not selected."""
    edit(book, CHANGES, column=2)
    named_cell(book, "selected_scenario").value = 2
    sheet = book["Live 1"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "net_cash")
    sheet.cell(row, 8).value = 1.0


EDITS = {"others": edit_others, "second": type_over}


@pytest.fixture(scope="module")
def results(content, program, tmp_path_factory):
    """The workbook after each edit, recalculated, by the edit's name."""
    return recalculated_after(EDITS, Delivered(content), program, tmp_path_factory.mktemp("columns"))


def expected(name, number):
    """The app's projection of a scenario after an edit."""
    values = {"others": EDITED.get(number, {}), "second": CHANGES if number == 2 else {}}[name]
    return project(SCENARIOS[number - 1].with_values(**values))


def live(values, number):
    """The live metrics of a scenario, None where there is none."""
    rows = values.by_name("Scenarios")
    cells = {name: rows[f"live_{name}"][4 + number].value for name in LISTED}
    return {name: value if isinstance(value, int | float) else None for name, value in cells.items()}


def same(left, right, scale):
    """Whether two numbers agree within rounding, or neither is one."""
    if left is None or right is None:
        return left is right
    return abs(left - right) <= TOLERANCE * max(abs(left), abs(right), scale)


@pytest.mark.parametrize(
    ("name", "number"), [("others", 1), ("others", 2), ("others", 3), ("second", 2), ("second", 3)]
)
def test_every_scenario_gives_what_the_app_gives(results, name, number):
    projection, found = expected(name, number), live(results[name], number)
    for metric, value in projection.metrics.items():
        assert same(found[metric], value, 0), (metric, found[metric], value)
    rows = results[name].by_name(f"Live {number}")
    for run in COUNTERFACTUALS:
        assert same(rows[run][4].value, projection.counterfactuals[run], 0), run
    for metric, reason in projection.undefined.items():
        assert rows[metric][7].value == reason


@pytest.mark.parametrize(
    ("name", "counts"), [("others", [0, len(CHANGES), len(FURTHER)]), ("second", [0, len(CHANGES), 0])]
)
def test_edits_are_counted(results, name, counts):
    edited = next(
        row for row in results[name].book["Scenarios"].iter_rows() if row[1].value == "Inputs edited since delivery"
    )
    assert [cell.value for cell in edited[5:8]] == counts


def test_a_scenario_that_is_not_what_was_delivered_fails_the_checks(results):
    assert results["others"].named("master_check") == 1
    found = {name: results[name].by_name("Checks")["scenarios_agree_with_app"][4].value for name in EDITS}
    assert found == {"others": 1, "second": 0}
    assert results["second"].named("master_check") == 0


def test_each_has_its_own_calendar(content):
    book = load_workbook(BytesIO(content), data_only=True)
    for number, scenario in enumerate(SCENARIOS, start=1):
        rows = {row[0].value: row for row in book[f"Live {number}"].iter_rows() if row[0].value}
        days = scenario.calendar(materials(scenario)[0].today)
        assert [cell.value.date() for cell in rows["date"][5 : 5 + len(days)]] == list(days)
        assert sum(cell.value for cell in rows["in_horizon"][5:]) == len(days)


def test_a_single_scenario_has_no_sheet_of_its_own():
    book = load_workbook(BytesIO(build(materials(OWN))), read_only=True)
    assert not [name for name in book.sheetnames if name.startswith("Live")]
