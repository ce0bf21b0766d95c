"""The chart of the budget draws the money of each fiscal year, kind upon kind."""

import numpy as np
import pytest

from model.other.amounts import OtherAmount
from model.presets import PRESETS
from report.charts.phasing import CHART, by_kind, phasing
from tests.materials import materials
from tests.report.charts.checked import checked

PLAN = PRESETS["seat-at-the-table"].changed(
    start_month="2027-04", fiscal_year_start=7, other_costs=(OtherAmount("Studio", (60_000.0, -20_000.0)),)
)


@pytest.fixture(scope="module")
def material():
    """The material of a plan with part years and a cost of its own."""
    return materials(PLAN)[0]


def test_the_bars_of_a_year_add_up_to_its_money(material):
    figure = checked(phasing(material, today=material.today))
    drawn = np.sum([bar.y for bar in figure.data], axis=0)
    assert drawn == pytest.approx(material.budget.plan.by_name["money"].values)
    assert [bar.name for bar in figure.data] == ["pay", "media", "fees and other costs"]
    assert list(figure.layout.xaxis.ticktext)[:2] == ["FY26/27*", "FY27/28"]


def test_pay_counts_whoever_s_budget_bears_it(material):
    outside = materials(PLAN.with_values(team_pay_in_budget=False))[0]
    assert by_kind(outside.budget)["pay"] == pytest.approx(by_kind(material.budget)["pay"])


def test_the_table_holds_what_is_drawn(material):
    frame = CHART.table(material).frame
    assert frame["pay"].tolist() == list(by_kind(material.budget)["pay"])
    assert (frame["pay"] + frame["media"] + frame["fees_and_other_costs"]).tolist() == pytest.approx(
        frame["money"].tolist()
    )


def test_the_words_tell_every_year(material):
    words = CHART.alt(material)
    assert all(heading in words for heading in material.budget.plan.headings)
