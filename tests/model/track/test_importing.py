"""Actuals of a table: what is understood, and every fault with its row and column at once."""

from __future__ import annotations

import pytest

from model.history.importing.data_file import DataFile
from model.presets import PRESETS
from model.reading.faults import ScenarioError
from model.track.actuals import Actual
from model.track.importing import read_actuals

PLAN = PRESETS["social-plan"].changed(start_month="2027-04")


def read(text, plan=PLAN):
    return read_actuals(DataFile("actuals.csv", text.encode()), plan)


def faults(text, plan=PLAN):
    with pytest.raises(ScenarioError) as refused:
        read(text, plan)
    return [str(fault) for fault in refused.value.faults]


def test_a_table_with_gaps_is_read_whatever_its_order():
    found = read(
        "Note,Month,Revenue,Social spend,Social revenue,Competent share,People tested,Lift test,Lift test SE\n"
        "a,2027-06,,99 000,-3,,,4.5,1.2\n"
        ",2027-04,10 400 000,,,62 %,8,,\n"
    )
    assert found.actuals == (
        Actual(1, "revenue", 10_400_000.0),
        Actual(1, "competent_share", 0.62, tested=8),
        Actual(3, "social_spend", 99_000.0),
        Actual(3, "social_revenue", -3.0),
        Actual(3, "social_return_test", 4.5, standard_error=1.2),
    )
    assert found.told[-1] == "Not used: Note"
    assert "Competent part of the team, tested: Competent share, with People tested" in found.told


def test_months_are_counted_and_a_comma_is_read_where_it_is_decimal():
    found = read("Month;Omsætning;Timer\n1;1.234,5;12,5\n2;1.240,0;\n", PRESETS["hold"])
    assert found.actuals == (
        Actual(1, "training_hours", 12.5),
        Actual(1, "revenue", 1234.5),
        Actual(2, "revenue", 1240.0),
    )


def test_the_measures_own_names_and_labels_are_understood():
    found = read("month,social_spend,Company revenue\n1,5,6\n")
    assert {item.measure for item in found.actuals} == {"social_spend", "revenue"}


def test_every_fault_is_told_with_its_row_and_column():
    told = faults(
        "Month,Revenue,Competent share,People tested,Training hours\n"
        "2027-03,1,,,\n"
        "2032-04,1,,,\n"
        "2027-04,abc,,,\n"
        "2027-05,1,62,8,\n"
        "2027-06,1,50 %,7.5,\n"
        "2027-07,1,50 %,,-4\n"
        "2027-07,1,,,\n"
        "Total,8,,,\n"
    )
    for words, part in zip(
        told,
        (
            "row 2, 'Month': holds '2027-03', before the plan starts: its months are 2027-04 … 2032-03",
            "row 3, 'Month': holds '2032-04', beyond its end",
            "row 8, 'Month': holds '2027-07', as row 7 does",
            "row 9, 'Month': holds 'Total', which is no month",
            "row 4, 'Revenue': holds 'abc', which is no number with a decimal point",
            "row 5, 'Competent share': is 62, out of bounds: must lie within 0 … 1; write 62 % or 0.62",
            "row 6, 'People tested': holds 7.5; people are counted in whole ones",
            "row 7, 'Competent share': needs how many people were tested",
            "row 7, 'Training hours': is −4, out of bounds",
        ),
        strict=True,
    ):
        assert words.startswith(part)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Month,Revenue\n61,5\n", "beyond its end: its months are 1 … 60"),
        ("Month,Revenue\n0,5\n", "before the plan starts"),
        ("Name,Revenue\nx,5\n", "has no column of months; call it “Month”"),
        ("Month,Weather\n1,5\n", "has no column of what is measured"),
        ("Month,Revenue,Sales\n1,5,5\n", "may both be Company revenue"),
        ("Month,Lift test\n1,5\n", "needs a column beside it: the test's standard error"),
        ("Month,Revenue\n1,5,6\n2,5\n3,5\n4,5\n", "row 2: has 3 cells"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_mend(text, told):
    assert told in "\n".join(faults(text))


def test_dates_need_a_first_month_to_be_counted_from():
    (told,) = faults("Month,Revenue\n2027-01,5\n", PRESETS["social-plan"])
    assert "write months as 1, 2, 3 …, or give the plan its first month" in told


def test_a_month_that_is_none_hides_no_other_fault():
    told = faults("Month,Revenue\n1,5\n2,5\n2,5\n99,5\n4,abc\nTotal,5\n", PRESETS["social-plan"])
    for words, part in zip(
        told,
        ("row 4, 'Month': holds '2', as row 3", "row 5, 'Month': holds '99', beyond its end: its months are 1 … 60",
         "row 7, 'Month': holds 'Total', which is no month", "row 6, 'Revenue': holds 'abc'"),
        strict=True,
    ):  # fmt: skip
        assert words.startswith(part)


def test_a_fault_beside_dates_that_cannot_be_counted_is_told_too():
    told = faults("Month,Revenue\n2027-01,5\n2027-02,abc\n", PRESETS["social-plan"])
    assert [words.partition(":")[0] for words in told] == ["Month", "row 3, 'Revenue'"]


@pytest.mark.parametrize("plan", [PLAN, PRESETS["social-plan"]])
def test_months_are_read_as_a_spreadsheet_writes_them(plan):
    found = read("Month,Revenue\n1.0,5\n2.0,6\n3,7\n", plan)
    assert [item.month for item in found.actuals] == [1, 2, 3]
