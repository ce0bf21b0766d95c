"""Tables by month and by fiscal year."""

from datetime import date

import numpy as np
import pytest

from model.lines import LINES, YEARLY
from model.presets import PRESETS
from model.projection import project
from model.telling.tables import fiscal_year, monthly, yearly

PLAN = PRESETS["seat-at-the-table"]


def table_of(start_month, fiscal_year_start, years=3):
    """A projection and its table by fiscal year."""
    scenario = PLAN.with_values(horizon_years=years).changed(
        start_month=start_month, fiscal_year_start=fiscal_year_start
    )
    projection = project(scenario)
    return projection, yearly(projection)


def test_by_month():
    projection = project(PLAN.changed(start_month="2027-11"))
    table = monthly(projection)
    assert list(table.columns) == ["month", "date", *LINES]
    assert table["month"].tolist() == list(range(1, 61))
    assert table["date"].iloc[:3].tolist() == [date(2027, 11, 1), date(2027, 12, 1), date(2028, 1, 1)]
    for name in LINES:
        assert np.array_equal(table[name], projection.lines[name])


def test_by_year_where_plan_and_fiscal_year_start_together():
    projection, table = table_of("2027-01", 1)
    assert table["year"].tolist() == ["2027", "2028", "2029"]
    assert table["months"].tolist() == [12, 12, 12]
    cash = projection.lines["net_cash"]
    assert table["net_cash"].tolist() == pytest.approx([cash[:12].sum(), cash[12:24].sum(), cash[24:].sum()])
    assert table["cumulative_cash"].tolist() == projection.lines["cumulative_cash"][[11, 23, 35]].tolist()
    assert table["social_share"].tolist() == projection.lines["social_share"][[11, 23, 35]].tolist()


def test_by_year_with_part_years():
    projection, table = table_of("2027-02", 7)
    assert table["year"].tolist() == ["FY26/27", "FY27/28", "FY28/29", "FY29/30"]
    assert table["months"].tolist() == [5, 12, 12, 7]
    spend = projection.lines["social_spend"]
    assert table["social_spend"].tolist() == pytest.approx(
        [spend[:5].sum(), spend[5:17].sum(), spend[17:29].sum(), spend[29:].sum()]
    )
    assert table["team"].tolist() == projection.lines["team"][[4, 16, 28, 35]].tolist()


@pytest.mark.parametrize("fiscal_year_start", range(1, 13))
def test_years_add_up_to_the_whole(fiscal_year_start):
    projection, table = table_of("2027-04", fiscal_year_start, years=2)
    assert table["months"].sum() == 24
    assert "commitment_to_date" in LINES.keys() - set(table)
    for name in YEARLY:
        if LINES[name].unit.flow:
            assert table[name].sum() == pytest.approx(projection.lines[name].sum())
        else:
            assert table[name].iloc[-1] == projection.lines[name][-1]
    assert table["present_value"].sum() == pytest.approx(projection.metrics["npv"])


def test_only_the_lines_asked_for():
    projection = project(PLAN)
    assert list(monthly(projection, ["net_cash"]).columns) == ["month", "date", "net_cash"]
    assert list(yearly(projection, ["net_cash", "team"]).columns) == ["year", "months", "net_cash", "team"]


@pytest.mark.parametrize(
    ("day", "starts", "year"),
    [
        (date(2027, 1, 1), 1, "2027"),
        (date(2027, 6, 1), 7, "FY26/27"),
        (date(2027, 7, 1), 7, "FY27/28"),
        (date(2027, 12, 1), 12, "FY27/28"),
        (date(2099, 12, 1), 10, "FY99/00"),
    ],
)
def test_fiscal_year(day, starts, year):
    assert fiscal_year(day, starts) == year
