"""The tables behind the charts of a simulation, as a person reads them."""

from __future__ import annotations

import pytest

from dashboard.components.simulation_table import figures, readable
from model.assumptions import ASSUMPTIONS
from model.choice.findings import findings
from model.presets import PRESETS
from model.telling.tables import fan, spreads, what_matters
from model.uncertainty.simulation import Simulation, simulate
from model.units import MONEY, SHARE

DANISH = PRESETS["social-plan"].changed(locale="da", currency="DKK")


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return simulate(DANISH, 512)


def test_an_input_s_break_even_stands_in_its_unit_and_locale(simulation: Simulation) -> None:
    found = findings(simulation)
    truth = next(item for item in found.must_be_true if item.name == "social_incremental_share")
    table = readable(what_matters(simulation, found), DANISH).set_index("Input")
    row = table.loc[f"{ASSUMPTIONS['social_incremental_share'].label} (%)"]
    assert row["Break-even"] == DANISH.format.number(100 * round(truth.break_even[0], 6), SHARE.decimals)
    assert row["High"] == "100,00"
    bar = next(bar for bar in found.bars if bar.name == "social_incremental_share")
    assert row["Net present value at low (DKK)"] == DANISH.format.number(bar.npv_low, MONEY.decimals)


def test_metrics_stand_with_their_unit(simulation: Simulation) -> None:
    table = readable(spreads(simulation), DANISH)
    assert {"Net present value (DKK)", "ROI (%)", "Payback (month)"} <= set(table["Metric"])
    assert figures(table) == [heading for heading in table.columns if heading != "Metric"]
    assert "Cases that have one (%)" in table


def test_months_stand_over_money(simulation: Simulation) -> None:
    table = readable(fan(simulation), DANISH)
    assert list(table.columns)[:3] == ["Month", "Mean (DKK)", "P5 (DKK)"]
    assert table["P5 (DKK)"].iloc[-1] == DANISH.format.number(
        simulation.band("cumulative_cash", 5)[-1], MONEY.decimals
    )
