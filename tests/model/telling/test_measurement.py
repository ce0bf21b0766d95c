"""On which basis amounts stand, and as of which day present values."""

from datetime import date

import pytest

from model.lines import LINES
from model.metrics import METRICS
from model.presets import PRESETS
from model.projection import project
from model.telling.measurement import IN_CASH, SPENT, WORTH, Basis, basis_of, full_meaning, valued_at
from model.units import Style

PLAN = PRESETS["seat-at-the-table"].with_values(reallocated_share=0.5)
MONEY = [name for name in (*LINES, *METRICS) if (LINES | METRICS)[name].unit.style is Style.MONEY]


def value(projection, name):
    """A line's or a metric's amounts."""
    found = projection.lines.get(name)
    return projection.metrics.get(name, projection.counterfactuals.get(name)) if found is None else found.sum()


@pytest.mark.parametrize("name", MONEY)
def test_an_amount_depends_on_the_rate_and_the_tax_exactly_where_its_basis_says(name):
    plain, at_rate, taxed = (
        project(plan) for plan in (PLAN, PLAN.with_values(discount_rate=0.2), PLAN.with_values(tax_rate=0.3))
    )
    moves = tuple(value(other, name) != pytest.approx(value(plain, name), rel=1e-9) for other in (at_rate, taxed))
    assert Basis(*moves) == basis_of(name)


def test_the_bases_in_words():
    plan = PLAN.with_values(tax_rate=0.22, discount_rate=0.085)
    said = [basis.words(plan).replace("\u00a0", " ") for basis in (SPENT, IN_CASH, WORTH)]
    assert said == [
        "undiscounted, before tax", "undiscounted, after 22 % tax", "present value at 8.5 % a year, after 22 % tax"
    ]  # fmt: skip
    assert IN_CASH.words(PLAN) == SPENT.words(PLAN) == "undiscounted, before tax"


def test_a_metric_made_of_amounts_says_its_basis_and_no_other_does():
    assert full_meaning("peak_funding").endswith("Basis: undiscounted, after tax.")
    assert full_meaning("yearly_commitment").endswith("Basis: undiscounted, before tax.")
    assert full_meaning("roi").endswith("Basis: present value, after tax.")
    assert "Basis" not in full_meaning("final_social_share")


def test_values_are_those_of_the_first_day_of_the_first_month():
    # One year's discounting lies between the valuation and the end of the twelfth month.
    factor = project(PLAN).lines["discount_factor"]
    assert factor[11] == pytest.approx(1 / 1.1)
    assert valued_at(PLAN.changed(start_month="2027-04")) == "valued at 1 April 2027"
    assert valued_at(PLAN.changed(start_month="2027-04", locale="da")) == "valued at 1. april 2027"
    assert valued_at(PLAN, date(2026, 11, 22)) == "valued at 1 January 2027"
