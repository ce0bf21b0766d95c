"""Numbers as text: what any locale writes is read again, what may be meant in two ways is asked about."""

import pytest
from babel import Locale, localedata, numbers
from hypothesis import given
from hypothesis import strategies as st

from model import units as u
from model.reading.numerals import MINUS, PLAIN, NotANumber, numerals_of
from model.units import Format, Style, Unit

LOCALES = sorted(localedata.locale_identifiers())
UNITS = {
    name: unit
    for name, unit in vars(u).items()
    if isinstance(unit, Unit) and unit.style not in (Style.CHOICE, Style.SWITCH)
}
SPACES = ("\u00a0", "\u202f", "\u2009", "\u2007", " ")


def changed_by_reading(values, writers, unit):
    """What is written for some values in any locale and is not written the same after being read."""
    found = []
    for locale in LOCALES:
        text = Format(locale, "CHF")
        for value in values:
            for write in writers:
                written = write(text, value, unit)
                if write(text, text.read(written, unit), unit) != written:
                    found.append((locale, written))
    return found


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_what_any_locale_writes_of_a_unit_is_read_again(unit):
    assert changed_by_reading((-1_234_567.89,), (Format.exact,), unit) == []
    assert changed_by_reading((0.0456, 123_456), (Format.plain,), unit) == []


def test_the_short_forms_of_any_locale_are_read_again():
    amounts = (1_600_000, -2.4e9, 7.5e12, -35_307, 0)
    assert changed_by_reading(amounts, (Format.rounded, Format.signed), u.MONEY) == []
    assert changed_by_reading((-1.25e19,), (Format.plain,), u.RATIO) == []


@pytest.mark.parametrize(
    ("locale", "written"),
    [("de_CH", "1'234'567.89"), ("en_IN", "12,34,567.89"), ("en_US_POSIX", "1234567.89"), ("da", "1.234.567,89")],
)
def test_thousands_are_set_apart_as_the_locale_does(locale, written):
    assert Format(locale).number(1_234_567.89, 2) == written


@pytest.mark.parametrize(
    ("locale", "typed", "value"),
    [
        ("en", "2.4 bn", 2.4e9), ("en", "2.5m", 2.5e6), ("en", "40k", 40_000), ("en", "2.5 million USD", 2.5e6),
        ("da", "1,6 mio", 1.6e6), ("da", "1,6\u00a0mio.", 1.6e6), ("de", "−3 Mrd. USD", -3e9),
        ("en", "$2.4M", 2.4e6), ("en", "USD -5", -5), ("en", "usd 5", 5), ("en", "5 USD a year", 5),
        ("de_CH", "1’234.5", 1234.5), ("de", "1'234", 1234), ("en_IN", "123,456", 123_456), ("en", "+5", 5),
        ("fr", "3.5", 3.5), ("fr", "1.250,5", 1250.5), ("da", "-,5", -0.5), ("en", "1.5e3", 1500),
        ("ja", "１２．５", 12.5), ("he", "\u200e-5", -5), ("en", "–5", -5), ("en", "±0", 0), ("en", "5.", 5),
    ],
)  # fmt: skip
def test_a_person_types_in_many_ways(locale, typed, value):
    assert Format(locale).read(typed, u.MONEY_YEAR) == value


@pytest.mark.parametrize("space", SPACES)
def test_every_space_sets_thousands_apart(space):
    for locale in ("en", "da", "fr", "sv"):
        assert Format(locale).read(f"1{space}250{space}000", u.MONEY) == 1_250_000


@pytest.mark.parametrize(
    ("locale", "typed", "spellings"),
    [
        ("en", "0,500", ("500", "0.5")), ("en", "12,34", ("1,234", "12.34")), ("en", "1.234,5", ("1,234.5",)),
        ("de_CH", "1,250", ("1'250", "1.25")), ("fr", "1.250", ("1\u202f250", "1,25")), ("en", "1 5", ("15",)),
        ("da", "-3.5", ("−35", "−3,5")),
        ("en", "5 EUR", ()), ("en", "5 %", ()), ("en", "–", ()), ("en", "±5", ()), ("en", "--5", ()),
        ("en", "5-6", ()), ("en", "5²", ()), ("en", "5 or 6", ()), ("en", "", ()), ("en", "e5", ()),
        ("en", "kr. .5 x", ()), ("en", "12,34e999", ()), ("en", "9" * 40 + ",5", ()), ("en", "1e1000", ()),
    ],
)  # fmt: skip
def test_what_may_be_meant_in_two_ways_or_none_is_refused(locale, typed, spellings):
    with pytest.raises(NotANumber) as refused:
        Format(locale).read(typed, u.MONEY)
    assert refused.value.suggestions == spellings


@pytest.mark.parametrize(("typed", "value"), [("−0.5", -0.5), ("24,5", 24.5), ("250 000", 250_000), ("1.3m", 1.3e6)])
def test_links_and_command_lines_are_read_the_same_way(typed, value):
    assert float(PLAIN.read(typed).value) == value


@pytest.mark.parametrize("typed", ["1,000", "nan", "inf", "1_000"])
def test_links_and_command_lines_refuse_what_may_be_meant_in_two_ways(typed):
    with pytest.raises(NotANumber):
        PLAIN.read(typed)


# Texts of the declarations


@pytest.mark.parametrize(
    ("words", "german", "french", "swiss"),
    [
        ("24.5 % in 2026", "24,5\u00a0% in 2026", "24,5\u00a0% in 2026", "24.5\u00a0% in 2026"),
        ("(1,595 USD a head)", "(1.595 USD a head)", "(1\u202f595 USD a head)", "(1'595 USD a head)"),
        ("−1,250.50, +0.023.", "−1.250,50, +0,023.", "−1\u202f250,50, +0,023.", "−1'250.50, +0.023."),
        ("2.5x, 0.3–0.8, 2.5-fold", "2,5x, 0,3–0,8, 2,5-fold", "2,5x, 0,3–0,8, 2,5-fold", "2.5x, 0.3–0.8, 2.5-fold"),
    ],
)
def test_numbers_of_a_declared_text_are_written_as_the_locale_does(words, german, french, swiss):
    told = [Format(locale).localised(words) for locale in ("de", "fr", "de-CH")]
    assert [one.replace("’", "'") for one in told] == [german, french, swiss]
    assert Format().localised(words).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    "words",
    [
        "arxiv.org/abs/2201.07055", "doi 10.1016/j.jom", "version 1.2.3, v1.2", "2020-02 and 22.11.2026", "at 10:30",
        "193–239, 0–12\u00a0%", "atd-2.5", "115, 107 and 62", "Figure 3. 4 of 5", "1,2,3", "a 3, 5 and 7",
    ],
)  # fmt: skip
def test_what_is_no_number_of_a_text_stays(words):
    assert [Format(locale).localised(words) for locale in ("de", "fr", "de-CH", "en")] == [words] * 4


@given(value=st.decimals(0, 10**7, allow_nan=False, places=3), locale=st.sampled_from(LOCALES))
def test_a_declared_number_is_written_as_the_formatter_writes_it(value, locale):
    text = Format(locale)
    # Some locales set no thousands apart below ten of them; the formatter does, as declarations do.
    assert text.localised(f"about {value:,.3f} of") == f"about {text.number(float(value), 3)} of"


@given(
    value=st.floats(-1e18, 1e18) | st.decimals(-(10**9), 10**9, places=4),
    pattern=st.sampled_from(("0", "#,##0", "#,##0.00", "0.0#", "#,##0.######", "0.##E0")),
    locale=st.sampled_from(LOCALES),
)
def test_numbers_are_written_as_babel_writes_them(value, pattern, locale):
    how = numerals_of(Locale.parse(locale))
    marks = str.maketrans({",": how.group, ".": how.decimal, "-": MINUS})
    expected = numbers.format_decimal(value, pattern.replace("#,##0", how.whole), "en").translate(marks)
    assert how.write(value, pattern) == expected
