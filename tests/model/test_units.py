"""Units: how a value is shown, read and scaled."""

import re
from datetime import date

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from model import units as u
from model.assumptions import ASSUMPTIONS
from model.units import NO_BREAK, Format, currencies, known_currency, known_locale, locales
from tests.locale_data import short

EN, DA = Format(), Format("da", "DKK")
MILLION = short(1e6, "da")


def spaced(text):
    """The text with plain spaces, as a person sees it."""
    return text.replace(NO_BREAK, " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("24.5 %", u.SHARE, 0.245),
        ("24.5%", u.SHARE, 0.245),
        ("0.245", u.SHARE, 0.245),
        (" 3 % ", u.RATE, 0.03),
        ("-50%", u.RATE, -0.5),
        ("1250.5", u.MONEY_YEAR, 1250.5),
        ("5e0", u.WHOLE_YEARS, 5.0),
        ("on", u.SWITCH, True),
        ("OFF", u.SWITCH, False),
        ("yes", u.SWITCH, True),
        ("false", u.SWITCH, False),
        (" s_curve ", u.CHOICE, "s_curve"),
    ],
)
def test_parse(text, unit, value):
    parsed = unit.parse(text)
    assert parsed == value
    assert isinstance(parsed, type(value))


@pytest.mark.parametrize(
    ("text", "unit", "mend"),
    [
        ("abc", u.SHARE, "0.245 or 24.5%"),
        ("24.5 %", u.MONEY_YEAR, "1250.5"),
        ("", u.YEARS, "not a number"),
        ("maybe", u.SWITCH, "neither on nor off"),
        ("%", u.SHARE, "not a number"),
        ("1,000", u.MONEY_YEAR, "not a number"),
        ("ten %", u.SHARE, "not a number"),
    ],
)
def test_parse_refuses_with_the_mend(text, unit, mend):
    with pytest.raises(ValueError, match=mend):
        unit.parse(text)


@given(st.integers(0, 10_000))
def test_a_per_cent_is_the_decimal_it_says(tenths):
    # 0.7 % is 0.007 to the last digit, however it is typed: the content hash depends on it.
    assert u.SHARE.parse(f"{tenths // 10}.{tenths % 10} %") == float(f"{tenths}e-3")


@pytest.mark.parametrize(
    ("value", "unit", "english", "danish"),
    [
        (35307.164, u.MONEY, "35,307.16 USD", "35.307,16 DKK"),
        (-78132.12, u.MONEY, "−78,132.12 USD", "−78.132,12 DKK"),
        (0.245, u.SHARE, "24.50 %", "24,50 %"),
        (1.027, u.RATIO, "1.03", "1,03"),
        (37, u.MONTH, "37", "37"),
        (0.992089, u.FACTOR, "0.992089", "0,992089"),
        (-0.001, u.RATIO, "0.00", "0,00"),
        (None, u.SHARE, "–", "–"),
        (True, u.SWITCH, "on", "on"),
        ("s_curve", u.CHOICE, "s curve", "s curve"),
    ],
)
def test_exact(value, unit, english, danish):
    assert spaced(EN.exact(value, unit)) == english
    assert spaced(DA.exact(value, unit)) == danish


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (0.245, u.SHARE, "24.5 %"),
        (0.077, u.SHARE_OF_REVENUE, "7.7 %"),
        (0.07, u.SHARE, "7 %"),
        (2.18, u.SHARE, "218 %"),
        (250_000, u.MONEY_YEAR, "250,000 USD"),
        (1.42, u.RATIO, "1.42"),
        (-0.5, u.RATE, "−50 %"),
        (0.0, u.SHARE, "0 %"),
    ],
)
def test_plain_shows_no_more_digits_than_there_are(value, unit, shown):
    assert spaced(EN.plain(value, unit)) == shown


@pytest.mark.parametrize(
    ("value", "unit", "english", "danish"),
    [
        (1_300_000, u.MONEY, "1.3 m USD", f"1,3 {MILLION} DKK"),
        (2_936_307.219, u.MONEY, "2.94 m USD", f"2,94 {MILLION} DKK"),
        (999_999, u.MONEY, "1 m USD", f"1 {MILLION} DKK"),
        (35_307.164, u.MONEY, "35,300 USD", "35.300 DKK"),
        (-78_132, u.MONEY, "−78,100 USD", "−78.100 DKK"),
        (0.027426, u.SHARE, "2.74 %", "2,74 %"),
        (0.0, u.MONEY, "0 USD", "0 DKK"),
        (0.0004567, u.RATIO, "0.000457", "0,000457"),
        (999.6, u.MONEY, "1,000 USD", "1.000 DKK"),
    ],
)
def test_rounded_to_three_figures(value, unit, english, danish):
    assert spaced(EN.rounded(value, unit)) == english
    assert spaced(DA.rounded(value, unit)) == danish


@given(st.floats(-1e12, 1e12).filter(lambda x: x == 0 or abs(x) > 1e-6))
def test_rounded_is_within_half_of_the_third_figure(value):
    written = spaced(EN.rounded(value, u.RATIO)).replace(",", "").replace("−", "-")
    number, _, compact = written.partition(" ")
    size = {"": 1.0, "m": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "tn": 1e12}[compact]
    assert float(number) * size == pytest.approx(value, rel=0.0051)


@pytest.mark.parametrize(
    ("value", "error", "shown", "beside"),
    [
        (123_456.0, 5_523.0, "123,000 USD", "± 5,500 USD"),
        (-312_345.0, 12_900.0, "−310,000 USD", "± 13,000 USD"),
        (1_234_567.0, 41_000.0, "1.23 m USD", "± 41,000 USD"),
        (2_400.0, 5_500.0, "2,000 USD", "± 5,500 USD"),
        (450.0, 0.0, "450 USD", "± 0 USD"),
    ],
)
def test_what_has_a_sampling_error_is_written_no_finer_than_that(value, error, shown, beside):
    assert spaced(EN.rounded(value, u.MONEY, error)) == shown
    assert spaced(EN.within(error, u.MONEY)) == beside


def test_what_is_too_long_or_endless_is_written_short():
    assert spaced(DA.exact(-3.456e22, u.MONEY)) == "−3,46E22 DKK"
    assert spaced(EN.plain(float("-inf"), u.MONEY)) == "−inf USD"


def test_signed():
    assert spaced(EN.signed(5, u.MONEY)) == "+5 USD"
    assert spaced(EN.signed(-5, u.MONEY)) == "−5 USD"
    assert spaced(EN.signed(0, u.MONEY)) == "±0 USD"
    # What the draws cannot tell from nothing has no sign.
    assert spaced(EN.signed(-4_000, u.MONEY, 35_000)) == "±0 USD"
    assert spaced(EN.signed(-6_000, u.MONEY, 35_000)) == "−10,000 USD"


def test_dates():
    assert EN.month(date(2027, 1, 1)) == "Jan 2027"
    assert re.fullmatch(r"jan\.? 2027", DA.month(date(2027, 1, 1)))
    assert EN.day(date(2026, 11, 22)) == "22 Nov 2026"


def test_words_beside_a_label():
    assert u.MONEY_YEAR.words("DKK") == "DKK a year"
    assert u.SHARE.words("DKK") == "%"
    assert u.PEOPLE.words("DKK") == "people"
    assert u.SWITCH.words("DKK") == ""


@pytest.mark.parametrize("name", ["en", "da", "de", "de-AT", "de_AT", "zh-Hant"])
def test_known_locales(name):
    assert known_locale(name)


@pytest.mark.parametrize("name", ["", "xx", "english", "e", "da_DK_X_Y_Z", "\x00", "-", "x" * 5000])
def test_unknown_locales(name):
    assert not known_locale(name)


@given(st.text(st.sampled_from("adefgnzhrtUSDK_-@.0 "), max_size=8))
def test_a_locale_that_is_taken_can_write_numbers(name):
    if known_locale(name):
        written = Format(name)
        assert written.exact(1234.5, u.MONEY)
        assert written.rounded(1.3e6, u.SHARE)
        assert written.month(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("code", "known"), [("USD", True), ("DKK", True), ("usd", False), ("XQZ", False), ("", False)]
)
def test_known_currencies(code, known):
    assert known_currency(code) is known


@pytest.mark.parametrize("name", [n for n, a in ASSUMPTIONS.items() if a.numeric])
def test_what_is_shown_can_be_typed(name):
    item = ASSUMPTIONS[name]
    shown = spaced(EN.plain(item.default, item.unit)).removesuffix(" USD").replace(",", "")
    assert item.unit.parse(shown) == item.default


@pytest.mark.parametrize(
    ("text", "typed", "unit", "value"),
    [
        (EN, "1,250.5", u.MONEY, 1250.5), (EN, "1 250.5 USD", u.MONEY, 1250.5), (EN, "24.5 %", u.SHARE, 0.245),
        (Format("da", "DKK"), "1.250,5 DKK", u.MONEY, 1250.5), (Format("da"), "3,5", u.SHARE, 0.035),
        (Format("de"), "−3,5 %", u.RATE, -0.035), (Format("fr"), "1\u202f250,5", u.HOURS, 1250.5),
        (EN, "7", u.WHOLE_YEARS, 7.0), (EN, "On", u.SWITCH, True), (EN, " S curve ", u.CHOICE, "s_curve"),
    ],
)  # fmt: skip
def test_a_person_types_as_the_locale_writes(text, typed, unit, value):
    assert text.read(typed, unit) == value


@pytest.mark.parametrize(
    ("locale", "typed", "mend"),
    [("en", "3,5", "35 or 3.5"), ("da", "3.5", "35 or 3,5"), ("de", "1.5", "15 or 1,5"), ("da", "x", "1.250,5"),
     ("en", "", "1,250.5"), ("en", "1.2.3", "1,250.5"), ("en", "5 USD", "1,250.5")],
)  # fmt: skip
def test_what_the_locale_does_not_write_is_refused_with_its_spelling(locale, typed, mend):
    with pytest.raises(ValueError, match=re.escape(mend)):
        Format(locale).read(typed, u.SHARE)


@given(st.floats(-1e9, 1e9), st.sampled_from(["en", "da", "de", "fr", "sv", "de_CH", "pt_BR"]))
def test_what_is_written_bare_is_read_again(value, locale):
    written = Format(locale)
    for unit in (u.MONEY, u.SHARE, u.RATIO):
        again = written.read(written.bare(value, unit), unit)
        assert again * unit.scale == pytest.approx(value * unit.scale, abs=5.1e-7, rel=1e-12)


def test_currencies_and_locales_are_all_taken_and_the_common_ones_come_first():
    assert list(currencies())[:4] == ["USD", "EUR", "GBP", "DKK"]
    assert currencies()["DKK"] == Locale("en").currencies["DKK"]
    assert all(known_currency(code) for code in currencies())
    assert list(locales())[:4] == ["en", "en_US", "da", "de"]
    assert locales()["da"] == Locale("en").languages["da"]
    assert all(known_locale(id_) for id_ in locales())


def test_months_are_named_in_the_locale():
    assert [Format(id_).month_name(5) for id_ in ("en", "da", "de")] == ["May", "maj", "Mai"]


@pytest.mark.parametrize(
    ("locale", "code"),
    [
        ("en", "[$-809]"),
        ("da", "[$-406]"),
        ("pt", "[$-416]"),
        ("pt_PT", "[$-816]"),
        ("de_BE", "[$-407]"),
        ("eo", ""),
    ],
)
def test_office_knows_a_locale_by_its_country_else_by_its_language(locale, code):
    assert Format(locale).office_code == code


@pytest.mark.parametrize(
    ("part", "told"),
    [(3.53e-16, "less than 0.001 %"), (0.0, "0 %"), (1e-5, "0.001 %"), (0.0123456, "1.23 %"), (1.0, "100 %")],
)
def test_a_part_next_to_nothing_is_told_by_a_floor(part, told):
    assert spaced(u.per_cent(part)) == told
    assert spaced(u.per_cent(part, DA)) == told.replace(".", ",")
