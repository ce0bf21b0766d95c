"""The two-way tables: every cell is what the app computes for its two inputs, after edits too."""

import pytest

from model.assumptions import ASSUMPTIONS
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from report.workbook import build
from report.workbook.figures import figures_of
from report.workbook.sensitivity.axes import STEPS, around, axes, round_step
from report.workbook.sensitivity.tables import RETURNS, RISE, SHEET
from tests.materials import materials
from tests.report.workbook.delivered import Delivered
from tests.report.workbook.recalculation import edit, recalculated_after

PLAN = PRESETS["social-plan"]
PATH = (0.2, 0.15, 0.3)
# What matters to one table is edited together with what matters to the other.
EDITS = {
    "everything": {
        "horizon_years": 3, "discount_rate": 0.13, "tax_rate": 0.2, "social_relative_return": 0.9,
        "causal_share": 0.02, "social_share_target": 0.3, "ramp_years": 2, "ramp_shape": "s_curve",
        "reallocated_share": 0.6,
        "team_pay_in_budget": False, "strategic_partner": True, "leadership_seat": True, "carryover_half_life": 2.5,
    },
    "no_return_custom": {"social_relative_return": 0.0, "ramp_shape": "custom", "horizon_years": 3},
    "platform_longer": {"social_return_basis": "platform", "social_reported_roas": 5.0, "horizon_years": 8},
    "media": {"benefit_route": "media_efficiency", "social_share_target": 0.08},
    "nothing_elsewhere_at_once": {"other_incremental_roas": 0.0, "ramp_shape": "immediate"},
}  # fmt: skip
NO_RETURNS, LONGER, CUSTOM = "nothing_elsewhere_at_once", "platform_longer", "no_return_custom"


@pytest.fixture(scope="module")
def delivered():
    """A workbook of one plan."""
    return Delivered(build(materials(PLAN)))


@pytest.fixture(scope="module")
def results(delivered, program, tmp_path_factory):
    """The workbook after each edit, recalculated, by the edit's name."""
    changes = {name: typed(name) for name in EDITS}
    return recalculated_after(changes, delivered, program, tmp_path_factory.mktemp("sensitivities"))


def typed(name):
    """An edit by its name."""

    def change(book):
        edit(book, EDITS[name], PATH if name == CUSTOM else None)
        if name == "everything":
            type_sides(book[SHEET])

    return change


def type_sides(sheet):
    """Other values typed along the sides."""
    for table, first, rate in ((RETURNS, 0.35, 0.01), (RISE, 0.11, 4.5)):
        sheet.cell(table.head + 2, 3).value = first
        sheet.cell(table.head + 1, 4).value = rate


def cells(sheet, table):
    """The values of a table by those down and across."""
    head = table.head + 1
    across = [sheet.cell(head, 4 + place).value for place in range(STEPS)]
    return {
        (sheet.cell(head + 1 + i, 3).value, across[j]): sheet.cell(head + 1 + i, 4 + j).value
        for i in range(STEPS)
        for j in range(STEPS)
    }


def npv(name, **values):
    """The app's net present value of the edited plan with further values."""
    known = {**PLAN.assumptions, **EDITS[name], **values}
    path = {"social_share_path": PATH} if name == CUSTOM else {}
    return project(Scenario.from_data({"name": name, "assumptions": known, **path})).metrics["npv"]


def close(value, name):
    """The number within rounding: of the amounts that make up a value, not of their difference."""
    known = project(PLAN.with_values(**EDITS[name])).metrics if name != CUSTOM else project(PLAN).metrics
    return pytest.approx(value, rel=1e-9, abs=1e-9 * (abs(known["pv_benefits"]) + abs(known["pv_costs"])))


@pytest.mark.parametrize("name", EDITS)
def test_return_and_causal_share_give_what_the_app_gives(results, name):
    found = cells(results[name].book[SHEET], RETURNS)
    if name == NO_RETURNS:
        assert set(found.values()) == {"–"}
        return
    assert len(found) == STEPS**2
    for (causal, relative), value in found.items():
        told = {"social_return_basis": "relative", "social_relative_return": relative, "causal_share": causal}
        assert value == close(npv(name, **told), name), (causal, relative)


@pytest.mark.parametrize("name", EDITS)
def test_target_and_years_give_what_the_app_gives(results, name):
    found = cells(results[name].book[SHEET], RISE)
    assert len(found) == STEPS**2
    if name == LONGER:
        assert set(found.values()) == {"–"}
        return
    for (target, years), value in found.items():
        told = {"social_share_target": target, "ramp_years": years}
        assert value == close(npv(name, **told), name), (target, years)


@pytest.mark.parametrize("name", EDITS)
def test_the_live_point_is_checked(results, name):
    values = results[name]
    assert values.named("master_check") == 1
    checks = values.by_name("Checks")
    assert [checks[f"{table.name}_agrees"][4].value for table in (RETURNS, RISE)] == [1, 1]


def test_what_does_not_matter_is_said(results):
    def told(name, table):
        return results[name].book[SHEET].cell(table.top + 3, 2).value

    assert "custom path" in told(CUSTOM, RISE)
    assert "immediate" in told(NO_RETURNS, RISE)
    assert "60 months" in told(LONGER, RISE)
    assert "causal share does not matter" in told("media", RETURNS)
    assert "no relative return" in told(NO_RETURNS, RETURNS)
    assert not told("everything", RISE)
    assert not told("everything", RETURNS)


def test_the_sides_can_be_typed_and_the_live_value_cannot(delivered):
    book = delivered.book
    sheet = book[SHEET]
    for table in (RETURNS, RISE):
        head = table.head + 1
        for side in (
            [sheet.cell(head, 4 + p) for p in range(STEPS)],
            [sheet.cell(head + 1 + p, 3) for p in range(STEPS)],
        ):
            typed = [cell for cell in side if cell.data_type == "n"]
            assert [cell.data_type for cell in side].count("f") == 1
            assert all(not cell.protection.locked for cell in typed)
        assert named_area(book, table.name) == STEPS**2


def named_area(book, name):
    """How many cells a defined name has."""
    sheet, _, place = book.defined_names[name].attr_text.partition("!")
    return sum(len(row) for row in book[sheet.strip("'")][place.replace("$", "")])


@pytest.mark.parametrize("preset", ["social-plan", "hold", "headline-claim", "sceptical-cfo", "smaller-step"])
@pytest.mark.parametrize("values", [{}, {"ramp_years": 10}, {"ramp_years": 1 / 12}, {"social_share_target": 1.0}])
def test_sides_ascend_around_the_live_value_within_bounds(preset, values):
    scenario = PRESETS[preset].with_values(**values)
    for axis in axes(figures_of(materials(scenario)[0])).values():
        low, high = ASSUMPTIONS[axis.bounded].bounds
        assert list(axis.values) == sorted(set(axis.values))
        assert len(axis.values) == STEPS
        assert low <= axis.values[0] <= axis.values[-1] <= high
        live = scenario.values.get(axis.name, project(scenario).metrics.get(axis.name))
        assert axis.values[axis.live] == live


@pytest.mark.parametrize("live", [0.0, 0.3, 0.5, 0.97, 1.0])
@pytest.mark.parametrize("step", [0.1, 0.25, 0.4, 3.0])
def test_values_around_fit_between_bounds(live, step):
    values, place = around(live, step, 0.0, 1.0)
    assert values[place] == live
    assert list(values) == sorted(set(values))
    assert 0 <= values[0] <= values[-1] <= 1


def test_steps_are_round():
    assert [round_step(size) for size in (0.2, 0.0279, 0.0249, 1.0, 4.9, 730)] == [0.2, 0.025, 0.02, 1.0, 2.5, 500.0]
