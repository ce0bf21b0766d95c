"""Units from a table: what is understood, and every fault by its row and column."""

import pytest

from model.history.importing.data_file import DataFile
from model.portfolio.rates import currency_code, rate_of
from model.portfolio.table import units_of
from model.reading.faults import Refused, ScenarioError
from tests.model.history.workbooks import book_of, saved
from tests.model.portfolio.groups import PLAN


def read(text: str):
    return units_of(DataFile("units.csv", text.encode()), PLAN)


def faults_of(text: str) -> dict[str, str]:
    with pytest.raises(ScenarioError) as raised:
        read(text)
    return {fault.key: fault.message for fault in raised.value.faults}


def test_columns_are_known_by_name_or_label_and_the_rest_is_the_scenario_s():
    table = (
        "Name,Employees,social_share_target,Contribution margin on extra revenue (%),Currency,Weight,Tags,Notes,"
        "strategic_partner,ramp_shape\n"
        "Nordics,800,24.5 %,30 %,DKK,60 %,EU | brand,small,on,S curve\n"
        "US,,,,,,,,,\n"
    )
    nordics, us = read(table)
    assert (nordics.name, nordics.weight, nordics.tags, nordics.notes) == ("Nordics", 0.6, ("EU", "brand"), "small")
    assert nordics.scenario.currency == "DKK"
    changed = {name: nordics.scenario.values[name] for name in ("employees", "contribution_margin", "ramp_shape")}
    assert changed == {"employees": 800, "contribution_margin": 0.3, "ramp_shape": "s_curve"}
    assert nordics.scenario.values["strategic_partner"] is True
    assert us.scenario == PLAN.changed(name="US")
    assert us.weight == 1


def test_a_spreadsheet_with_decimal_commas_is_read():
    units = read("name;employees;revenue_per_employee;social_share_target\nA;1.200;250.000,5;24,5\n")
    values = units[0].scenario.values
    assert (values["employees"], values["revenue_per_employee"], values["social_share_target"]) == (
        1200, 250_000.5, 0.245,
    )  # fmt: skip


@pytest.mark.parametrize("cells", [("24.5", "20"), ("0.245", "0.2"), ("24.5 %", "20"), ("24.5 %", "20 %")])
def test_shares_are_per_cent_or_fractions_by_their_column(cells):
    found = read(f"name,social_share_target\nA,{cells[0]}\nB,{cells[1]}\n")
    assert [unit.scenario.number("social_share_target") for unit in found] == [0.245, 0.2]


def test_a_share_that_may_be_meant_as_either_is_refused():
    told = faults_of("name,social_share_target\nA,24.5\nB,0.245\n")
    assert told == {
        "Row 3, social_share_target": "is '0.245', which may mean 0.245\u00a0% or 24.5\u00a0%; write the one that "
        "is meant, with its sign"
    }


def test_all_faults_are_told_at_once_by_row_and_column():
    told = faults_of(
        "name,employees,Contribution margin on extra revenue,ramp_shape,weight,currency,rate,least_share\n"
        "A,many,0 %,linaer,0,XXQ,1.08,40 %\n"
        "B,0,30 %,linear,-1,EUR,x@2026-01-01,\n"
        ",5,,,,,,\n"
    )
    assert set(told) == {
        *(f"Row 2, {key}" for key in ("employees", "Contribution margin on extra revenue", "ramp_shape")),
        *(f"Row 2, {key}" for key in ("weight", "currency", "rate")),
        *(f"Row 3, {key}" for key in ("employees", "weight", "rate")),
        "Row 4, name",
    }
    assert "did you mean 'linear'" in told["Row 2, ramp_shape"]
    assert "which has no date" in told["Row 2, rate"]
    assert "must lie within 1 … 10000000" in told["Row 3, employees"]


def test_what_cannot_be_together_is_told_by_its_column():
    told = faults_of("name,social_share_target,plan_delivery\nA,90 %,150 %\n")
    assert "delivered at plan_delivery 1.5" in told["Row 2, social_share_target"]


def test_an_unknown_column_is_refused_with_the_nearest_name():
    told = faults_of("name,employes,Gross\nA,1,2\n")
    assert told["Column 'employes'"] == "is not known; did you mean 'employees'?"
    assert "Column 'Gross'" in told


def test_a_column_that_stands_twice_or_is_missing_is_refused():
    assert "as another does" in faults_of("name,employees,Employees\nA,1,2\n")["Column 'Employees'"]
    assert "is missing" in faults_of("employees,social_share_target\n1,20 %\n")["Column 'name'"]


def test_a_row_with_too_many_cells_is_refused_not_left_out():
    assert "more than the 2 of the heading" in faults_of("name,employees\nA,1\nB,2,3\n")["Row 3"]


def test_a_unit_of_words_alone_is_no_part_of_the_heading():
    found = read("name,currency,strategic_partner\nNordics,DKK,no\nUS,USD,yes\n")
    assert [unit.name for unit in found] == ["Nordics", "US"]
    assert [unit.scenario.values["strategic_partner"] for unit in found] == [False, True]


def test_a_spreadsheet_s_error_is_no_empty_cell():
    assert "is not a number" in faults_of("name,employees\nA,#REF!\n")["Row 2, employees"]


def test_a_workbook_is_read_as_a_file_of_text_is():
    heading = ["name", "currency", "employees", "social_share_target"]
    content = saved(book_of(heading, ["Nordics", "DKK", 800, 0.245], ["US", "USD", 500.5, 0.3]))
    found = units_of(DataFile("units.xlsx", content), PLAN)
    assert [unit.scenario.number("social_share_target") for unit in found] == [0.245, 0.3]
    assert [unit.scenario.number("employees") for unit in found] == [800, 500.5]


def test_faults_are_bounded():
    rows = "".join(f"U{place},x\n" for place in range(300))
    with pytest.raises(ScenarioError) as raised:
        read(f"name,employees\n{rows}")
    assert len(raised.value.faults) == 101


def test_more_rows_than_a_history_has_are_read():
    rows = "".join(f"U{place},5\n" for place in range(3_500))
    assert len(read(f"name,employees\n{rows}")) == 3_500


@pytest.mark.parametrize(
    "text", ["EUR", "EUR=1.08", "EUR=0@2026-11-01", "EURO=1@2026-11-01", "XXX=1@2026-11-01", "EUR=1@yesterday"]
)
def test_a_rate_without_value_or_day_is_refused(text):
    with pytest.raises(Refused):
        rate_of(text)


def test_currencies_are_read_alike_everywhere():
    assert rate_of(" eur =1.08@2026-11-01") == rate_of("EUR=1.08@2026-11-01")
    [unit] = read("name,currency\nA,eur\n")
    assert unit.scenario.currency == currency_code("eur") == "EUR"
    for code in ("XXX", "xts", "EURO", ""):
        with pytest.raises(Refused, match="must be a three-letter ISO 4217 code of a currency, such as USD"):
            currency_code(code)
    assert "of a currency" in faults_of("name,currency\nA,XXX\n")["Row 2, currency"]
