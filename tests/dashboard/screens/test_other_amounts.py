"""Other costs and benefits on the Assumptions screen, without a browser."""

from __future__ import annotations

import pytest

from dashboard.screens.assumptions import other_rows
from dashboard.screens.assumptions.other_rows import label_of, places, rows_of
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


def edit(scenario: Scenario, label: str, **cells: str | None) -> other_rows.EditedRows:
    return other_rows.edited(scenario, {list(map(label_of, places(scenario))).index(label): cells})


def test_what_is_typed_stays_in_its_row_and_there_is_one_more_as_long_as_there_may_be() -> None:
    scenario = PLAN
    for number in (1, 2, 3):
        labels = list(map(label_of, places(scenario)))
        assert labels == [*(f"Other cost {n}" for n in range(1, number + 1)), "Other benefit 1"]
        scenario, _ = edit(scenario, f"Other cost {number}", name=f"Cost {number}")
        assert rows_of(scenario)[number - 1]["name"] == f"Cost {number}"
        scenario, _ = edit(scenario, f"Other cost {number}", year_1="20,000")
        assert scenario.other_costs[number - 1].by_year == (20_000,)
    assert len(places(scenario)) == 4


def test_a_row_that_goes_leaves_no_gap_and_no_name_twice() -> None:
    first, _ = edit(PLAN, "Other cost 1", year_1="500")
    second, _ = edit(first, "Other cost 2", year_1="600")
    one, _ = edit(second, "Other cost 1", name="", year_1="")
    assert [row.by_year for row in one.other_costs] == [(600,)]
    again, faults = edit(one, "Other cost 2", year_1="700")
    assert not faults
    assert [row.by_year for row in again.other_costs] == [(600,), (700,)]
    assert len({row.name for row in again.other_costs}) == 2


def test_a_row_whose_shown_cells_are_emptied_is_gone_whatever_it_has_in_later_years() -> None:
    late = PLAN.changed(other_costs=(OtherAmount("Move", (1, 2, 6_000)),)).with_values(horizon_years=2)
    gone, _ = edit(late, "Other cost 1", name="", year_1="", year_2="")
    assert gone.other_costs == ()


def test_the_table_has_a_row_for_each_stated_and_an_empty_one_and_a_column_for_each_year() -> None:
    test = opened(STATED.with_values(horizon_years=3), "assumptions")
    assert not test.exception
    table = test.dataframe[1].value
    assert list(table["row"]) == ["Other cost 1", "Other cost 2", "Other benefit 1", "Other benefit 2"]
    assert list(table.columns) == ["row", "name", "year_1", "year_2", "year_3"]
    assert list(table.iloc[0])[1:] == ["Licens", "12.000,5", "", "6.000"]
    assert "Licens, Tilskud" in " ".join(item.label for item in test.expander)


def test_rows_handed_back_as_they_are_change_nothing() -> None:
    cells = dict(enumerate(rows_of(STATED)))
    assert other_rows.edited(STATED, cells) == other_rows.EditedRows(STATED, ())


def test_an_amount_is_read_as_the_locale_writes_it_and_keeps_the_others() -> None:
    changed, faults = edit(STATED, "Other cost 1", year_2="1.250,25")
    assert not faults
    assert changed.other_costs[0].by_year == (12_000.5, 1_250.25, 6_000)
    assert changed.other_benefits == STATED.other_benefits


def test_a_row_without_a_name_is_called_as_the_table_calls_it_and_an_emptied_one_is_none() -> None:
    named, _ = edit(PLAN, "Other cost 1", year_1="500")
    assert [row.name for row in named.other_costs] == ["Other cost 1"]
    emptied, _ = edit(STATED, "Other cost 1", name="", year_1="", year_3=None)
    assert not emptied.other_costs
    assert emptied.other_benefits == STATED.other_benefits


def test_a_refused_amount_stays_as_it_was_and_the_rest_is_taken() -> None:
    changed, faults = edit(STATED, "Other cost 1", year_1="viel", year_2="100")
    assert changed.other_costs[0].by_year == (12_000.5, 100, 6_000)
    (told,) = map(str, faults)
    assert told.startswith("Other cost 1, year 1: 'viel' is not a number; type a number within ")
    assert told.endswith(", like 12.000")


def test_a_name_that_stands_twice_is_refused_by_its_place() -> None:
    changed, faults = edit(STATED, "Other cost 2", name="LICENS", year_1="1")
    assert changed == STATED
    assert "a second time" in str(faults[0])


@pytest.mark.parametrize("years", [1, 10])
def test_amounts_beyond_the_horizon_are_kept_though_not_shown(years: int) -> None:
    scenario = STATED.with_values(horizon_years=years)
    changed, _ = edit(scenario, "Other benefit 1", year_1="2")
    assert changed.other_costs == STATED.other_costs
    assert changed.other_benefits[0].by_year == (2,)
