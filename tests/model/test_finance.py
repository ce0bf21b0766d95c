"""General financial functions against published figures, and where they are undefined."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.finance import bcr, irr, irr_each, mirr, npv, payback, payback_each, roi, sign_changes
from tests import reference


@pytest.mark.parametrize(
    ("rate", "flows", "published"),
    [
        (0.08, [-40_000, 5_000, 8_000, 12_000, 30_000], 3065.22267),
        (0.05, [-15_000, 1_500, 2_500, 3_500, 4_500, 6_000], 122.894855),
    ],
)
def test_npv_published(rate, flows, published):
    # The first is printed for flows from today, by NumPy Financial; both to the digits printed.
    assert npv(rate, flows) == pytest.approx(published, abs=5e-6)


def test_npv_first_period():
    flows = [-40_000, 5_000, 8_000, 12_000, 30_000]
    assert npv(0.08, flows, first_period=1) == pytest.approx(npv(0.08, flows) / 1.08)
    # NPV of the spreadsheets: 100 in one year at 10 %.
    assert npv(0.10, [110], first_period=1) == pytest.approx(100)
    assert (
        npv(0.10, [0, 121], first_period=1) == pytest.approx(npv(0.10, [121], first_period=2)) == pytest.approx(100)
    )
    assert npv(0.0, flows) == sum(flows)
    assert npv(0.1, []) == 0


@pytest.mark.parametrize("rate", [-1, -1.5, math.nan])
def test_npv_refuses_a_rate_without_meaning(rate):
    with pytest.raises(ValueError, match="above -1"):
        npv(rate, [1, 2])


@pytest.mark.parametrize(
    ("flows", "published", "digits"),
    [
        ([-250_000, 100_000, 150_000, 200_000, 250_000, 300_000], 0.5672303344, 10),
        ([-100, 39, 59, 55, 20], 0.28095, 5),
        ([-100, 0, 0, 74], -0.0955, 4),
    ],
)
def test_irr_published(flows, published, digits):
    assert irr(flows) == pytest.approx(published, abs=0.51 * 10**-digits)


@pytest.mark.parametrize(
    "flows",
    [
        [],
        [5],
        [1, 2, 3],
        [-1, -2],
        [0, 0, 0],
        [-100, 230, -132],  # 10 % and 20 % both bring it to zero
        [-1, 0, 2, 0, -1],
    ],
)
def test_irr_undefined(flows):
    assert irr(flows) is None


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        ([0, 0, -100, 0, 121, 0], 0.1),  # zeros around and within
        ([100, 0, -121], 0.1),  # a loan
        ([-1e-9, 1.1e-9], 0.1),
        ([-1e15, 1.1e15], 0.1),
        ([-1, 1e12], 1e12 - 1),
        ([-1e12, 1], 1e-12 - 1),
        ([-100, *[0] * 118, 100 * 1.01**119], 0.01),
        ([-100, *[0] * 118, 100 * 0.9**119], -0.1),
        ([-100, 100], 0.0),
        ([*[0] * 300, -1, 1e12], 1e12 - 1),
        ([-1e12, 1, *[0] * 300], 1e-12 - 1),
        ([-1, 1e25], 1e25),
    ],
)
def test_irr_with_zeros_and_extremes(flows, rate):
    found = irr(flows)
    assert found is not None
    assert found == pytest.approx(rate, rel=1e-9, abs=1e-12)


@given(st.lists(st.lists(st.floats(-1e6, 1e6) | st.just(0.0), min_size=12, max_size=12), min_size=1, max_size=8))
def test_irr_of_many_rows_is_that_of_each(rows):
    together = irr_each(np.array(rows))
    assert together.shape == (len(rows), 1)
    for row, found in zip(rows, together[:, 0], strict=True):
        alone = irr(row)
        assert np.isnan(found) if alone is None else found == pytest.approx(alone, rel=1e-12, abs=1e-12)


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=30), st.floats(0.01, 1e6))
def test_irr_brings_the_value_to_zero(received, paid):
    flows = [-paid, *received]
    rate = irr(flows)
    assert rate is not None
    scale = sum(abs(flow) * (1 + rate) ** -t for t, flow in enumerate(flows))
    assert abs(npv(rate, flows)) <= 1e-9 * scale


@given(st.lists(st.floats(-1e6, -0.01) | st.just(0.0) | st.floats(0.01, 1e6), min_size=2, max_size=60))
def test_irr_agrees_with_bisection(flows):
    # The reference gives the effective annual rate of monthly flows.
    expected = reference.irr(flows)
    found = irr(flows)
    assert (found is None) == (expected is None)
    if found is not None and expected is not None:
        assert (1 + found) ** 12 == pytest.approx(1 + expected, rel=1e-9, abs=1e-12)


def test_sign_changes_pass_zeros_over():
    rows = np.array([[0, -1, 0, 0, 2], [1, 0, -1, 0, 1], [0, 0, 0, 0, 0], [0, 3, 0, 4, 0]], dtype=float)
    assert sign_changes(rows)[:, 0].tolist() == [1, 2, 0, 0]


def test_mirr_published():
    assert mirr([-120_000, 39_000, 30_000, 21_000, 37_000, 46_000], 0.10, 0.12) == pytest.approx(0.126094, abs=5e-7)


@pytest.mark.parametrize("flows", [[39_000, 30_000], [-1, -2], [0, 0], [7], []])
def test_mirr_undefined(flows):
    assert mirr(flows, 0.10, 0.12) is None


def test_mirr_equals_irr_where_both_rates_are_it():
    flows = [-100, 39, 59, 55, 20]
    rate = irr(flows)
    assert rate is not None
    assert mirr(flows, rate, rate) == pytest.approx(rate)


@pytest.mark.parametrize(
    ("benefits", "costs", "ratio", "returned"),
    [
        (60_000, 20_000, 3.0, 2.00),  # Phillips
        (400_000, 40_000, 10.0, 9.00),  # printed as 800 %
        (617_359, 392_225, 1.57, 0.574),  # Future-Tel, published as "ROI 157 %"
    ],
)
def test_roi_and_bcr_published(benefits, costs, ratio, returned):
    assert bcr(benefits, costs) == pytest.approx(ratio, abs=0.005)
    assert roi(benefits, costs) == pytest.approx(returned, abs=0.0005)


@pytest.mark.parametrize("costs", [0, -1])
def test_roi_and_bcr_undefined_without_costs(costs):
    assert roi(5, costs) is None
    assert bcr(5, costs) is None


@pytest.mark.parametrize(
    ("flows", "first_period", "month"),
    [
        ([-100, 40, 40, 40], 0, 3),
        ([-100, 40, 40, 40], 1, 4),
        ([-100, 50, 50], 0, 2),  # exactly zero is back
        ([-10, 20, -20, 30], 0, 3),  # back in period 1, gone again in 2: 3 is the first that lasts
        ([5, -1, -1], 0, 0),  # never below
        ([0, 0], 1, 0),
        ([-1, 0.5], 0, None),
        ([-5, 10, -6], 0, None),
    ],
)
def test_payback(flows, first_period, month):
    assert payback(flows, first_period) == month


@given(st.lists(st.lists(st.floats(-100, 100), min_size=24, max_size=24), min_size=1, max_size=5))
def test_payback_of_running_totals_agrees_with_a_plain_search(rows):
    running = np.array(rows)
    found = payback_each(running)
    for row, month in zip(rows, found[:, 0], strict=True):
        expected = reference.payback_month(row)
        assert np.isnan(month) if expected is None else month == expected


def test_what_rounding_leaves_is_no_debt():
    assert payback([-0.8, 0.1, 0.7]) == 2
    assert payback([-0.8, 0.1, 0.7 - 1e-9]) is None
