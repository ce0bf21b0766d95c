"""The tables behind the charts, as a person reads them on the page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.components.chart_table import readable
from model.assumptions import ASSUMPTIONS
from model.lines import LINES
from model.presets import PRESETS
from model.projection import project
from model.uncertainty.simulation import simulate
from model.units import MONEY, SHARE
from report.charts.catalogue import CHARTS
from report.material import Material
from report.tables.chart_table import ChartTable

DANISH = PRESETS["social-plan"].changed(locale="da", currency="DKK")


@pytest.fixture(scope="module")
def material() -> Material:
    return Material(project(DANISH), simulate(DANISH, 512), date(2026, 11, 22))


def shown(table: ChartTable) -> tuple[Any, pd.DataFrame, list[str]]:
    """The rows as they are displayed: with their formats, as what stands in each cell, and the figures in text."""
    styled, right = readable(table, DANISH)
    written = styled._translate(False, False)["body"]
    cells = [[cell["display_value"] for cell in row if cell["type"] == "td"] for row in written]
    return styled.data, pd.DataFrame(cells, columns=styled.data.columns), right


def behind(name: str, material: Material) -> ChartTable:
    chart = CHARTS[name]
    assert chart.table
    return chart.table(material)


def test_an_input_s_break_even_stands_in_its_unit_and_locale(material: Material) -> None:
    _, found = material.simulated
    truth = next(item for item in found.must_be_true if item.name == "social_return_drift")
    _, table, right = shown(behind("tornado", material))
    row = table.set_index("Uncertain assumption").loc[f"{ASSUMPTIONS['social_return_drift'].label} (% a year)"]
    assert row["Breaks even at"] == DANISH.format.number(100 * truth.break_even[0], SHARE.decimals)
    assert row["High"] == "2,00"
    bar = next(bar for bar in found.bars if bar.name == "social_return_drift")
    assert row["Net present value at low (DKK)"] == DANISH.format.number(bar.npv_low, MONEY.decimals)
    assert {"Low", "High", "Breaks even at"} <= set(right)


def test_metrics_stand_with_their_unit(material: Material) -> None:
    _, table, right = shown(behind("npv_distribution", material))
    assert {"Net present value (DKK)", "ROI on all costs (%)", "Payback (month)"} <= set(table["Metric"])
    assert {"Mean", "P5", "P95"} <= set(right)
    assert "Metric" not in right


def test_months_stand_over_money_that_can_be_sorted(material: Material) -> None:
    values, table, _ = shown(behind("cash_fan", material))
    assert list(table.columns)[:3] == ["Month", "Mean (DKK)", "P5 (DKK)"]
    last = material.simulated[0].band("cumulative_cash", 5)[-1]
    assert values["P5 (DKK)"].iloc[-1] == last
    assert table["P5 (DKK)"].iloc[-1] == DANISH.format.number(last, MONEY.decimals)


def test_lines_stand_by_year_and_by_month_with_the_unit_of_each(material: Material) -> None:
    years = behind("cumulative_cash", material)
    assert years.monthly
    label = LINES["net_cash"].label
    _, by_year, _ = shown(years)
    _, by_month, _ = shown(years.monthly)
    assert f"{label} (DKK)" in by_year
    assert f"{label} (DKK a month)" in by_month
    assert by_month["Date"].iloc[0] == "jan. 2027"
    assert len(by_month) == 60


def test_columns_that_nobody_described_have_their_names_and_plain_numbers() -> None:
    _, table, _ = shown(ChartTable(pd.DataFrame({"of_whom": ["all"], "part": [0.25], "none": [float("nan")]})))
    assert table.to_dict("list") == {"Of whom": ["all"], "Part": ["0,25"], "None": ["–"]}
