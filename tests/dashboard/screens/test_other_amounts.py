"""Other costs and benefits on the Assumptions screen, without a browser."""

from __future__ import annotations

import pytest

from dashboard.screens.assumptions import other_rows
from dashboard.screens.assumptions.other_rows import PLACES, Rows, cells_of, label_of, rows_of
from model.other.amounts import OtherAmount
from model.presets import PRESETS
from model.scenario import Scenario
from tests.dashboard.app import opened

PLAN = PRESETS["social-plan"]
STATED = Scenario.from_data(
    {
        "name": "Plan",
        "locale": "da",
        "currency": "DKK",
        "other_costs": [{"name": "Licens", "by_year": [12_000.5, 0, 6_000]}],
        "other_benefits": [{"name": "Tilskud", "by_year": [1_000]}],
    }
)


LABELS = list(map(label_of, PLACES))


def edit(scenario: Scenario, label: str, before: Rows = (), **cells: str | None) -> other_rows.EditedRows:
    return other_rows.edited(scenario, rows_of(scenario, before), {LABELS.index(label): cells})


def test_what_is_typed_stays_in_its_row_whatever_stands_above_it() -> None:
    scenario, rows = PLAN, ()
    for filled, number in enumerate((3, 1, 2), start=1):
        scenario, rows, _ = edit(scenario, f"Other cost {number}", rows, name=f"Cost {number}")
        scenario, rows, _ = edit(scenario, f"Other cost {number}", rows, year_1=f"{number},000")
        cells = cells_of(scenario, rows_of(scenario, rows))[number - 1]
        assert (cells["name"], cells["year_1"]) == (f"Cost {number}", f"{number},000")
        assert len(scenario.other_costs) == filled
    assert [row.in_year(1) for row in scenario.other_costs] == [1_000, 2_000, 3_000]


def test_rows_that_came_from_elsewhere_stand_from_the_first_place_on() -> None:
    _, rows, _ = edit(PLAN, "Other cost 3", name="Third")
    assert rows_of(STATED, rows) == (STATED.other_costs[0], None, None, STATED.other_benefits[0], None, None)
    assert rows_of(PLAN, rows) == (None,) * 6


def test_a_row_that_goes_leaves_no_gap_and_no_name_twice() -> None:
    first, rows, _ = edit(PLAN, "Other cost 1", year_1="500")
    second, rows, _ = edit(first, "Other cost 2", rows, year_1="600")
    one, rows, _ = edit(second, "Other cost 1", rows, name="", year_1="")
    assert [row.by_year for row in one.other_costs] == [(600,)]
    again, _, faults = edit(one, "Other cost 1", rows, year_1="700")
    assert not faults
    assert [row.by_year for row in again.other_costs] == [(700,), (600,)]
    assert len({row.name for row in again.other_costs}) == 2


def test_a_row_whose_shown_cells_are_emptied_is_gone_whatever_it_has_in_later_years() -> None:
    late = PLAN.changed(other_costs=(OtherAmount("Move", (1, 2, 6_000)),)).with_values(horizon_years=2)
    gone, *_ = edit(late, "Other cost 1", name="", year_1="", year_2="")
    assert gone.other_costs == ()


def test_the_table_has_all_rows_there_may_be_and_a_column_for_each_year() -> None:
    test = opened(STATED.with_values(horizon_years=3), "assumptions")
    assert not test.exception
    table = test.dataframe[1].value
    assert list(table["row"]) == LABELS
    assert list(table.columns) == ["row", "name", "year_1", "year_2", "year_3"]
    assert list(table.iloc[0])[1:] == ["Licens", "12.000,5", "", "6.000"]
    assert "Licens, Tilskud" in " ".join(item.label for item in test.expander)


def test_rows_handed_back_as_they_are_change_nothing() -> None:
    rows = rows_of(STATED)
    cells = dict(enumerate(cells_of(STATED, rows)))
    assert other_rows.edited(STATED, rows, cells) == other_rows.EditedRows(STATED, rows, ())


def test_an_amount_is_read_as_the_locale_writes_it_and_keeps_the_others() -> None:
    changed, _, faults = edit(STATED, "Other cost 1", year_2="1.250,25")
    assert not faults
    assert changed.other_costs[0].by_year == (12_000.5, 1_250.25, 6_000)
    assert changed.other_benefits == STATED.other_benefits


def test_a_row_without_a_name_is_called_as_the_table_calls_it_and_an_emptied_one_is_none() -> None:
    named, *_ = edit(PLAN, "Other cost 1", year_1="500")
    assert [row.name for row in named.other_costs] == ["Other cost 1"]
    emptied, *_ = edit(STATED, "Other cost 1", name="", year_1="", year_3=None)
    assert not emptied.other_costs
    assert emptied.other_benefits == STATED.other_benefits


def test_a_refused_amount_stays_as_it_was_and_the_rest_is_taken() -> None:
    changed, _, faults = edit(STATED, "Other cost 1", year_1="viel", year_2="100")
    assert changed.other_costs[0].by_year == (12_000.5, 100, 6_000)
    (told,) = map(str, faults)
    assert told.startswith("Other cost 1, year 1: 'viel' is not a number; type a number within ")
    assert told.endswith(", like 12.000")


def test_a_name_that_stands_twice_is_refused_by_its_place() -> None:
    changed, _, faults = edit(STATED, "Other cost 2", name="LICENS", year_1="1")
    assert changed == STATED
    assert "a second time" in str(faults[0])


@pytest.mark.parametrize("years", [1, 10])
def test_amounts_beyond_the_horizon_are_kept_though_not_shown(years: int) -> None:
    scenario = STATED.with_values(horizon_years=years)
    changed, *_ = edit(scenario, "Other benefit 1", year_1="2")
    assert changed.other_costs == STATED.other_costs
    assert changed.other_benefits[0].by_year == (2,)


def test_a_row_named_as_the_table_would_call_another_leaves_that_another_number():
    named, rows, _ = edit(PLAN, "Other cost 2", name="other cost 1")
    both, _, faults = edit(named, "Other cost 1", rows, year_1="500")
    assert not faults
    assert [row.name for row in both.other_costs] == ["Other cost 2", "other cost 1"]


@pytest.mark.parametrize(("column", "one", "other", "are"), [
    ("name", "A   B ", "A B", True), ("name", "A", "B", False), ("year_1", "20000", "20,000", True),
    ("year_1", "", None, True), ("year_1", "0", "", True), ("year_1", "viel", "20", False),
])  # fmt: skip
def test_cells_that_say_the_same_are_not_drawn_anew(column, one, other, are):
    assert other_rows.same(PLAN, column, one, other) is are
