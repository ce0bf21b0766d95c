"""What a plan implies, to stand beside what is known from outside: elasticity and return of all marketing."""

import pytest

from model.evidence.advertising import return_per_unit
from model.presets import PRESETS
from model.projection import project
from model.telling.implied import average_return, believed, elasticity

PLAN = PRESETS["social-plan"]


def test_the_implied_elasticity_is_what_one_per_cent_more_of_all_marketing_brings():
    # 0.077 of revenue, of it 13.3 % that return 4.8 and the rest 4, both with the exponent 0.7.
    assert elasticity(project(PLAN)) == pytest.approx(0.077 * 0.7 * (0.133 * 4.8 + 0.867 * 4))
    assert 0.09 <= elasticity(project(PLAN)) <= 0.24


def test_the_average_return_is_that_of_the_implied_elasticity_where_returns_diminish_alike():
    projection = project(PLAN)
    assert average_return(projection) == pytest.approx(0.133 * 4.8 + 0.867 * 4)
    assert return_per_unit(elasticity(projection), 0.077, 0.7) == pytest.approx(average_return(projection))


def test_what_is_believed_is_the_range_or_the_value():
    assert believed(PLAN, "saturation") == (0, 1)
    assert believed(PLAN.changed(ranges={"saturation": None}), "saturation") == (0.5, 0.5)
    assert believed(PLAN, "plan_delivery") == (1, 1)
