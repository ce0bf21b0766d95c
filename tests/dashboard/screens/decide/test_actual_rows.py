"""Actuals as they are typed into the table, without Streamlit."""

from __future__ import annotations

import pytest

from dashboard.screens.decide.actual_rows import COLUMNS, cells_of, read, with_newer
from model.presets import PRESETS
from model.reading.faults import ScenarioError
from model.track.actuals import Actual

PLAN = PRESETS["social-plan"].changed(locale="da", currency="DKK")
SEEN = (
    Actual(1, "social_spend", 101_000.5),
    Actual(6, "social_return_test", 2.5, standard_error=0.4),
    Actual(12, "competent_share", 0.45, tested=4),
)


def typed(*rows):
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def test_what_the_table_shows_is_read_as_it_was():
    assert read(PLAN, typed(*cells_of(PLAN, SEEN))) == SEEN


def test_empty_rows_are_none_and_order_does_not_count():
    rows = typed(*cells_of(PLAN, SEEN)[::-1], ("", "", "", ""), (None, None, None, None))
    assert read(PLAN, rows) == SEEN


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("1", "", "5", ""), "what was measured"),
        (("0", "Social spend", "5", ""), "month '0'"),
        (("61", "Social spend", "5", ""), "within 1 … 60"),
        (("1", "Social spend", "viel", ""), "value 'viel'"),
        (("1", "Social spend", "5", "3"), "leave that empty"),
        (("1", "Competent part of the team, tested", "45 %", ""), "people were tested"),
        (("1", "Return of social, by a lift test", "2,5", "0"), "standard error"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_its_row_with_the_mend(row, told):
    with pytest.raises(ScenarioError) as refused:
        read(PLAN, typed(("1", "Company revenue", "8.000.000", ""), row))
    assert told in str(refused.value)


def test_every_fault_is_told_at_once():
    with pytest.raises(ScenarioError) as refused:
        read(PLAN, typed(("x", "Social spend", "5", ""), ("1", "Social spend", "y", "")))
    assert [fault.key for fault in refused.value.faults] == ["row 1", "row 2"]


def test_what_stands_twice_is_told_by_its_row_and_the_row_above():
    rows = typed(("1", "Social spend", "5", ""), ("2", "Social spend", "5", ""), ("1", "Social spend", "7", ""))
    with pytest.raises(ScenarioError, match="row 3: has social spend of month 1, as row 1 has; keep one of them"):
        read(PLAN, rows)


def test_what_is_told_anew_takes_the_place_of_what_was_known():
    newer = Actual(1, "social_spend", 99_000.0)
    assert with_newer(SEEN, [newer]) == (newer, *SEEN[1:])
