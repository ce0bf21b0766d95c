"""What advertising returns: figures as published, and what follows from them."""

import pytest

from model.evidence.advertising import (
    ALL_MEDIA,
    ELASTICITIES,
    FADED_AFTER,
    PAID_SOCIAL,
    RELATIVE_RETURNS,
    half_life,
    return_per_unit,
)


def test_profit_per_pound_as_published():
    assert (ALL_MEDIA.early, ALL_MEDIA.full) == (1.87, 4.11)
    assert (PAID_SOCIAL.early, PAID_SOCIAL.full) == (1.62, 3.20)
    assert PAID_SOCIAL.long_run == pytest.approx(2.0, abs=0.05)


def test_social_beside_other_media():
    assert [(study.source, study.ratio) for study in RELATIVE_RETURNS] == [
        ("profit-ability-2", 0.87), ("profit-ability-2", 0.78), ("nielsen-2022", 1.7),
    ]  # fmt: skip
    assert all(study.measures for study in RELATIVE_RETURNS)


def test_elasticities_as_published():
    assert [(item.source, item.value) for item in ELASTICITIES] == [
        ("elasticity-2011", 0.24), ("elasticity-2011", 0.12), ("elasticity-henningsen", 0.09),
        ("elasticity-tv", 0.023), ("elasticity-tv", 0.014),
    ]  # fmt: skip


@pytest.mark.parametrize(("surveyed", "returned"), [(0.24, 4.45), (0.09, 1.67)])
def test_an_elasticity_comes_to_a_return_per_unit(surveyed, returned):
    assert return_per_unit(surveyed, 0.077, 0.7) == pytest.approx(returned, abs=0.005)


def test_a_return_per_unit_is_what_one_per_cent_more_brings():
    share, exponent, per_unit = 0.077, 0.7, return_per_unit(0.24, 0.077, 0.7)

    def sales(budget):
        return 1 + per_unit * share * (budget**exponent - 1)

    assert sales(1.0001) - 1 == pytest.approx(0.24 * 0.0001, rel=1e-3)


def test_six_to_nine_months_are_a_half_life_of_1_8_to_2_7():
    assert FADED_AFTER == (6, 9)
    assert [round(half_life(months), 1) for months in FADED_AFTER] == [1.8, 2.7]
    # After that many half-lives a tenth is left.
    assert 0.5 ** (6 / half_life(6)) == pytest.approx(0.1)
