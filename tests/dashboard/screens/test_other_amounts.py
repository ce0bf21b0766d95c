"""Other costs and benefits on the Assumptions screen, without a browser."""

from __future__ import annotations

import pytest

from dashboard.screens.assumptions import other_rows
from dashboard.screens.assumptions.other_rows import PLACES, label_at, rows_of
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


def place_of(label: str) -> int:
    return next(place for place in range(len(PLACES)) if label_at(place) == label)


def edit(scenario: Scenario, label: str, **cells: str | None) -> other_rows.EditedRows:
    return other_rows.edited(scenario, {place_of(label): cells})


def test_the_table_has_six_rows_and_a_column_for_each_year() -> None:
    test = opened(STATED.with_values(horizon_years=3), "assumptions")
    assert not test.exception
    table = test.dataframe[1].value
    assert list(table["row"]) == [
        *(f"Other cost {n}" for n in (1, 2, 3)),
        *(f"Other benefit {n}" for n in (1, 2, 3)),
    ]
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
