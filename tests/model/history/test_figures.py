"""A company's own figures: as they are computed by hand, only where the history tells them, and within bounds."""

from datetime import date

import numpy as np
import pytest

from model.history.figures import figures, with_figures
from model.presets import PRESETS
from model.scenario import Scenario
from tests.model.history.workbooks import read

SCENARIO = PRESETS["social-plan"]


def monthly(months=48, other=True, people=True, revenue=lambda year, month: 1000 * 1.1**year + month):
    """The history of a company that grows by the year."""
    lines = ["Date,Revenue,Facebook" + ",TV" * other + ",Employees" * people]
    for place in range(months):
        year, month = divmod(place, 12)
        cells = [date(2019 + year, month + 1, 1), revenue(year, month), 10 + year]
        lines.append(",".join(map(str, [*cells, *[60] * other, *[20 + year] * people])))
    return read("\n".join(lines).encode())


def by_name(history):
    """The figures of a history by name."""
    return {item.name: item for item in figures(history)}


def test_figures_are_those_of_the_last_twelve_months():
    found = by_name(monthly())
    last, before = (sum(1000 * 1.1**year + month for month in range(12)) for year in (3, 2))
    expected = {
        "social_spend_a_month": 13, "other_spend_a_month": 60, "social_share_start": 13 / 73,
        "marketing_share_of_revenue": 12 * 73 / last, "revenue_growth": last / before - 1, "employees": 23,
        "revenue_per_employee": last / 23,
    }  # fmt: skip
    assert {name: item.value for name, item in found.items()} == pytest.approx(expected, rel=1e-3)
    assert {item.period for item in found.values()} == {"2022-01-01 to 2022-12-01, 12 months"}
    assert found["revenue_growth"].how == "revenue of 12 months divided by that of the same a year before, less 1"


def test_weeks_make_months_and_years():
    weeks = np.datetime64("2021-01-04") + 7 * np.arange(156)
    found = by_name(
        read("\n".join(["Date,Revenue,Facebook,TV,FTE", *[f"{week},700,7,63,10" for week in weeks]]).encode())
    )
    assert found["social_spend_a_month"].value == pytest.approx(365.2425 / 12, rel=1e-3)
    assert found["revenue_per_employee"].value == pytest.approx(365.2425 * 10, rel=1e-3)
    assert found["revenue_growth"].value == 0
    assert found["marketing_share_of_revenue"].value == 0.1
    assert found["employees"].period == "2023-01-02 to 2023-12-25, 52 weeks"


def test_what_a_history_does_not_tell_is_left_out():
    assert by_name(monthly(other=False, people=False)).keys() == {"social_spend_a_month", "revenue_growth"}
    short = read(
        "\n".join(
            ["Date,Revenue,Facebook", *[f"{week},7,7" for week in np.datetime64("2021-01-04") + 7 * np.arange(80)]]
        ).encode()
    )
    assert by_name(short).keys() == {"social_spend_a_month"}
    assert "marketing_share_of_revenue" not in by_name(monthly(revenue=lambda *_: 0))


def test_growth_leaves_out_the_months_that_one_of_the_years_lacks():
    whole = monthly()
    lacking = whole.__class__(
        **{
            **vars(whole),
            "observed": np.arange(48) != 30,
            "revenue": np.where(np.arange(48) == 30, 9e9, whole.revenue),
        }
    )
    now, before = (sum(1000 * 1.1**year + month for month in range(12) if month != 6) for year in (3, 2))
    assert by_name(lacking)["revenue_growth"].value == pytest.approx(now / before - 1, rel=1e-3)


def test_figures_are_taken_over_with_their_notes_and_once():
    found = figures(monthly())
    before = SCENARIO.changed(notes={"employees": "As agreed"})
    scenario, told = with_figures(before, found)
    assert told == ()
    for item in found:
        if item.is_assumption:
            assert scenario.values[item.name] == item.value
            assert scenario.notes[item.name].startswith(f"Own data, {item.period}: {item.how}; grade U")
    assert scenario.notes["employees"].endswith("\nAs agreed")
    assert with_figures(scenario, found)[0] == scenario
    assert Scenario.from_json(scenario.to_json()) == scenario
    assert scenario.assumptions.keys() - SCENARIO.assumptions.keys() <= {item.name for item in found}


def test_a_figure_out_of_bounds_is_told_and_not_taken_over():
    found = figures(monthly(revenue=lambda year, _: 5 * 3**year))
    scenario, told = with_figures(SCENARIO, found)
    assert [sentence.partition(" would")[0] for sentence in told] == ["revenue_growth"]
    assert told[0] == (
        "revenue_growth would be 2, out of bounds −0.5 … 1 (−50\u00a0% … 100\u00a0%): it was not taken over"
    )
    assert scenario.values["revenue_growth"] == SCENARIO.values["revenue_growth"]
    assert scenario.values["social_share_start"] == pytest.approx(13 / 73, rel=1e-3)
