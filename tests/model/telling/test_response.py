"""The response to spend as a curve: through today, within its band, with the slope that the next unit earns."""

import numpy as np
import pytest

from model.presets import PRESETS
from model.projection import project
from model.telling.response import plan_level, responses

PLAN = PRESETS["social-plan"]
LEVELS = np.linspace(0, 3, 31)


def curve(**values):
    return responses(project(PLAN.with_values(**values)), LEVELS)


def test_a_power_curve_and_a_hill_curve_are_the_ends_of_saturation():
    assert curve(saturation=0.0).revenue == pytest.approx(LEVELS**0.7)
    assert curve(saturation=1.0).revenue == pytest.approx(LEVELS / (0.7 + 0.3 * LEVELS))
    # Without diminishing returns both are the straight line.
    for saturation in (0.0, 0.5, 1.0):
        assert curve(saturation=saturation, social_returns_exponent=1.0).revenue == pytest.approx(LEVELS)


def test_the_band_holds_every_curve_that_is_believed():
    found = curve()
    for saturation in (0.0, 0.3, 1.0):
        for exponent in (0.5, 0.6, 0.9):
            inner = curve(saturation=saturation, social_returns_exponent=exponent).revenue
            assert np.all(found.low <= inner + 1e-12)
            assert np.all(inner <= found.high + 1e-12)
    assert found.low[10] == found.revenue[10] == found.high[10] == 1


def test_the_next_unit_earns_less_the_more_is_spent_and_today_what_the_metric_says():
    found, projection = curve(), project(PLAN)
    assert found.next_unit[10] == pytest.approx(projection.metrics["social_marginal_contribution"])
    assert np.all(np.diff(found.next_unit[1:]) < 0)
    assert np.isnan(found.next_unit[0])


@pytest.mark.parametrize("saturation", [0.0, 1.0])
def test_the_next_unit_earns_the_slope_of_the_curve(saturation):
    slopes = 0.7 * 2**-0.3 if saturation == 0 else 0.7 / (0.7 + 0.3 * 2) ** 2
    assert curve(saturation=saturation).next_unit[20] == pytest.approx(0.35 * 4.8 * slopes, rel=1e-6)


def test_the_plan_s_level_is_its_last_month_s():
    assert plan_level(project(PLAN)) == pytest.approx(0.245 / 0.133)
    assert plan_level(project(PRESETS["hold"])) == 1
    assert plan_level(project(PLAN.with_values(plan_delivery=0.5))) == pytest.approx((0.133 + 0.056) / 0.133)
