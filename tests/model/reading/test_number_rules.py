"""Numbers as a person types them where bounds are known: taken in the locale, or refused with bounds and example."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import units as u
from model.assumptions import ASSUMPTIONS
from model.reading.number_rules import NumberRule, rule_of
from model.units import Format

EN, DA = Format("en", "USD"), Format("da", "DKK")
HOURS = NumberRule(u.HOURS_YEAR, 0, 1000, 40)
YEARS = NumberRule(u.WHOLE_YEARS, 1, 10, 5)
MONEY = NumberRule(u.MONEY, low=0, example=100_000)


@pytest.mark.parametrize(
    ("rule", "typed", "text", "value"),
    [
        (HOURS, "12,5", DA, 12.5), (HOURS, " 12.5 ", EN, 12.5), (MONEY, "10.000,5", DA, 10_000.5),
        (NumberRule(u.SHARE, 0, 1, 0.8), "12,5 %", DA, 0.125), (YEARS, "7", EN, 7), (MONEY, "1e6", EN, 1e6),
        (rule_of(ASSUMPTIONS["horizon_years"]), "10", EN, 10), (NumberRule(u.MONEY), "−5", EN, -5),
        (NumberRule(u.COUNT, 0, 2**32 - 1, 2027), "4294967295", EN, 2**32 - 1),
    ],
)  # fmt: skip
def test_a_legal_number_is_read_as_the_locale_writes_it(
    rule: NumberRule, typed: str, text: Format, value: float
) -> None:
    assert rule.read(typed, text) == value


@pytest.mark.parametrize(
    ("rule", "typed", "text", "told"),
    [
        (HOURS, "-5", EN, "is out of bounds; type a number within 0 … 1,000, like 40"),
        (HOURS, "abc", DA, "is not a number; type a number within 0 … 1.000, like 40"),
        (HOURS, "12,5", EN, "is not a number; type a number within 0 … 1,000, like 125 or 12.5"),
        (YEARS, "12,5", EN, "is not a number; type a whole number within 1 … 10, like 5"),
        (YEARS, "2,5", DA, "is not a whole number; type a whole number within 1 … 10, like 5"),
        (YEARS, "25,5", DA, "is out of bounds; type a whole number within 1 … 10, like 5"),
        (MONEY, "-1", DA, "is out of bounds; type a number of at least 0\u00a0DKK, like 100.000"),
        (NumberRule(u.RATIO, high=2, example=1), "3", EN, "is out of bounds; type a number of at most 2, like 1"),
        (NumberRule(u.MONEY), "", EN, "is not a number; type a number, like 0"),
    ],
)  # fmt: skip
def test_any_other_is_refused_with_bounds_and_an_example(
    rule: NumberRule, typed: str, text: Format, told: str
) -> None:
    with pytest.raises(ValueError, match="type") as refused:
        rule.read(typed, text)
    assert str(refused.value) == told


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("contribution_margin", "0.35", "may mean 0.35 % or 35 %; type the one that is meant, with its sign"),
        ("contribution_margin", "3500", "is out of bounds; did you mean 35 %? Type a number within 0.1 % … 100 %"),
        ("social_share_start", "0.133", "may mean 0.133 % or 13.3 %; type"),
        ("causal_share", "0.05", "may mean 0.05 % or 5 %; type"),
        ("plan_delivery", "1", "may mean 1 % or 100 %; type"),
        ("social_relative_return", "95", "may mean 95 × or 0.95 ×; type"),
        ("social_returns_exponent", "70", "is out of bounds; did you mean 0.7 ×? Type a number within 0.01 … 1"),
        ("employees", "12.5", "is not a whole number; type a whole number within 1 … 10,000,000, like 500"),
    ],
)
def test_a_fraction_for_a_per_cent_is_asked_about_and_people_come_whole(name, typed, told):
    with pytest.raises(ValueError, match=r"[tT]ype") as refused:
        rule_of(ASSUMPTIONS[name]).read(typed, EN)
    assert str(refused.value).replace("\u00a0", " ").startswith(told)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("contribution_margin", "0.35 %", 0.0035), ("contribution_margin", "35", 0.35),
        ("causal_share", "0.5", 5e-3), ("causal_share", "0.05 %", 5e-4), ("causal_share", "0", 0),
        ("contribution_margin", "90", 0.9), ("social_relative_return", "95x", 95), ("tax_rate", "0.2", 0.002),
        ("social_share_target", "2", 0.02), ("team_start", "3.5", 3.5), ("training_hours", "1", 1),
        ("revenue_per_employee", "1", 1),
    ],
)  # fmt: skip
def test_what_is_plausible_or_has_its_sign_is_never_questioned(name, typed, value):
    assert rule_of(ASSUMPTIONS[name]).read(typed, EN) == pytest.approx(value)


@pytest.mark.parametrize("item", [item for item in ASSUMPTIONS.values() if item.range], ids=lambda item: item.name)
def test_no_number_of_the_evidence_is_questioned(item):
    rule = rule_of(item)
    for value in (item.range.low, item.range.likely, item.range.high):
        assert rule.read(DA.bare(value, item.unit), DA) == pytest.approx(value)


@pytest.mark.parametrize("typed", ["nan", "inf", "-inf", "1e400"])
def test_what_is_not_finite_is_never_taken(typed: str) -> None:
    with pytest.raises(ValueError, match="type a number, like 0"):
        NumberRule(u.MONEY).read(typed, EN)


@given(st.sampled_from([item for item in ASSUMPTIONS.values() if item.bounds]), st.sampled_from(["en", "da", "fr"]))
def test_the_example_of_every_assumption_is_taken(item, locale):
    rule, text = rule_of(item), Format(locale)
    assert text.bare(item.default, item.unit) in rule.in_words(text)
    assert rule.read(text.bare(item.default, item.unit), text) == pytest.approx(item.default)


def test_a_choice_has_no_rule():
    with pytest.raises(TypeError, match="ramp_shape"):
        rule_of(ASSUMPTIONS["ramp_shape"])
