"""Thousands and millions: multiplied where a heading, a title or a cell says so, doubted where nothing does."""

from datetime import date, timedelta

import numpy as np
import pytest

from model.history.importing.cells import Marks
from model.history.importing.units import currencies, doubts, scale_above, scale_of
from tests.model.history.workbooks import read

WEEKS = [date(2022, 1, 3) + timedelta(days=7 * week) for week in range(90)]
REVENUE = [1_000_000.0 + 1000 * week for week in range(90)]


@pytest.mark.parametrize(
    ("name", "factor"),
    [
        ("Revenue (k€)", 1e3), ("Umsatz TEUR", 1e3), ("Umsatz in T€", 1e3), ("Umsatz in Tsd. EUR", 1e3),
        ("Revenue kEUR", 1e3), ("Revenue ($000)", 1e3), ("Sales '000", 1e3), ("Sales (000s)", 1e3),
        ("Revenue in thousands", 1e3), ("Omsætning t.kr.", 1e3), ("Omsætning (tkr)", 1e3), ("Omsætning 1.000 kr", 1),
        ("Omsætning i 1.000 kr", 1e3), ("CA en milliers d'euros", 1e3), ("EUR k", 1e3), ("Revenue (k)", 1e3),
        ("Umsatz Mio. €", 1e6), ("Revenue (EUR m)", 1e6), ("Revenue mDKK", 1e6), ("Revenue in millions", 1e6),
        ("Revenue", 1), ("Facebook", 1), ("TikTok spend", 1), ("kr", 1), ("Marketing", 1), ("Revenue 2024", 1),
        ("Revenue, EUR", 1), ("Monthly revenue", 1), ("Smile campaign", 1), ("Milliman fees", 1), ("Team cost", 1),
    ],
)  # fmt: skip
def test_what_a_heading_says(name, factor):
    found = scale_of(name)
    assert (found.factor if found else 1) == factor


@pytest.mark.parametrize(
    ("title", "factor"),
    [
        ("All amounts in TEUR", 1e3), ("(in thousands)", 1e3), ("Report 2024, in EUR thousands", 1e3), ("$000", 1e3),
        ("Mio. EUR", 1e6), ("in millions", 1e6), ("A firm of two million customers", None), ("Report 2024", None),
        ("Thousands of fans", None),
    ],
)  # fmt: skip
def test_what_a_title_says(title, factor):
    found = scale_above(["Report", title])
    assert (found.factor if found else None) == factor


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12.5 TEUR", 12_500), ("12.5k", 12_500), ("€12.5k", 12_500), ("3 Mio. €", 3e6), ("1.2m", 1.2e6),
        ("2 bn", 2e9), ("5 T€", 5_000), ("USD 7 thousand", 7_000), ("5 t", None), ("5 teams", None), ("1,200", 1200),
        ("EUR 5", 5), ("5 000.50 €", 5000.5), ("1’000’000.50 CHF", 1_000_000.5), ("1 000 000 €", 1e6),
        ("-3k", -3000), ("5%", None),
    ],
)  # fmt: skip
def test_what_a_cell_says(cell, value):
    assert Marks(comma=False).number(cell) == value


def content(heading="Week,Revenue,Facebook,TV", revenue="{:.0f}", spend="{:.0f}", title=""):
    """A file whose amounts are written this way."""
    lines = [
        f"{day},{revenue.format(earned)},{spend.format(10_000)},{spend.format(60_000)}"
        for day, earned in zip(WEEKS, REVENUE, strict=True)
    ]
    return "\n".join([title, heading, *lines]).encode()


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (content("Week,Revenue (kEUR),Facebook,TV").replace(b"000,10000", b",10000"),
         "Revenue (kEUR) is in thousands, as “Revenue (kEUR)” says: it was multiplied by that"),
        (content(revenue="{:.0f} TEUR").replace(b"000 TEUR", b" TEUR"),
         "Amounts with a word for thousands or millions beside them were multiplied by that"),
    ],
)  # fmt: skip
def test_amounts_are_multiplied_and_that_is_told(made, told):
    history = read(made)
    assert history.revenue == pytest.approx(REVENUE)
    assert history.social.tolist() == [10_000] * 90
    assert told in history.told
    assert history.doubts == ""


def test_a_title_is_for_all_amounts_and_a_cell_that_says_its_unit_is_not_multiplied_twice():
    history = read(content(revenue="{:.0f} kEUR", title="All amounts in TEUR"))
    assert history.revenue == pytest.approx(np.array(REVENUE) * 1000)
    assert history.social.tolist() == [10_000_000] * 90
    assert sum("“All amounts in TEUR” says" in told for told in history.told) == 3


def test_what_a_column_says_of_itself_counts_before_a_title():
    history = read(content("Week,Revenue,Facebook (EUR),TV", title="in TEUR"))
    assert history.social.tolist() == [10_000] * 90
    assert history.other.tolist() == [60_000_000] * 90
    assert "Facebook (EUR) names its own unit and stands as it is, whatever “in TEUR” says" in history.told


def test_units_that_do_not_fit_are_doubted_and_currencies_that_differ_are_told():
    history = read(content("Week,Revenue DKK,Facebook EUR,TV (€)").replace(b"000,10000", b",10000"))
    assert any(told.startswith("Beware: spend is 67.") and "times revenue" in told for told in history.told)
    assert "Columns name different currencies, DKK and EUR: give all in one" in history.told


@pytest.mark.parametrize(
    ("revenue", "spend", "words"),
    [
        (1000, 77, ""), (1000, 1000, ""), (1000, 77_000, "77.0 times revenue"), (1e6, 77, "0.008% of revenue"),
        (0, 5, "more than revenue"), (0, 0, ""), (5, 0, ""), (-5, 1, "more than revenue"),
    ],
)  # fmt: skip
def test_what_is_doubted(revenue, spend, words):
    found = doubts(np.full(3, float(revenue)), np.full(3, float(spend)))
    assert words in found
    assert bool(found) == bool(words)


def test_currencies_by_code_and_sign():
    assert currencies(["Revenue (kEUR)", "TV €", "Facebook spend"]) == ["EUR"]
    assert currencies(["Revenue $", "Spend mDKK", "European sales", "Eurosport"]) == ["DKK", "USD"]
