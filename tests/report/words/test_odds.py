"""Odds in words: never none or all unless it is so."""

import pytest

from report.words.odds import cases_in_100, odds_in_100


@pytest.mark.parametrize(
    ("odds", "words"),
    [
        (0.0, "0 in 100 odds"),
        (0.0001, "Less than 1 in 100 odds"),
        (0.0099, "Less than 1 in 100 odds"),
        (0.01, "1 in 100 odds"),
        (0.53, "53 in 100 odds"),
        (0.534, "53 in 100 odds"),
        (0.99, "99 in 100 odds"),
        (0.9901, "More than 99 in 100 odds"),
        (0.9999, "More than 99 in 100 odds"),
        (1.0, "100 in 100 odds"),
    ],
)
def test_odds_in_100(odds, words):
    assert odds_in_100(odds) == words


def test_cases_stand_within_a_sentence():
    assert cases_in_100(0.562) == "56 of 100 cases"
    assert cases_in_100(0.001) == "fewer than 1 of 100 cases"
    assert cases_in_100(0.999) == "more than 99 of 100 cases"
