"""What a unit is: how a value of it is shown, read in from text, and totalled over a year.

The model stores fractions, plain numbers and money in the scenario's currency. The factor 100 of a
per cent lives here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from locale import windows_locale
from math import floor, isfinite, log10
from types import MappingProxyType
from typing import Literal

from babel import Locale, UnknownLocaleError, dates, localedata, numbers
from babel.core import get_global

from model.reading.numerals import MINUS, PLAIN, NotANumber, Numeral, Numerals, compact, numerals_of

NO_BREAK = "\u00a0"
# From here on a number is written with an exponent.
_TOO_LONG = 1e18
# The currency that amounts of the declarations are in.
DEFAULT_CURRENCY = "USD"
# An amount, in any currency, that no table shows: a difference below it is an error of rounding, not a result.
LEAST_MONEY = 0.005
# A part below it is told as next to nothing.
_LEAST_PART = 1e-5
_AS_MANY_DIGITS = "#,##0.######"


class Style(StrEnum):
    """How the values of a unit look."""

    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"
    CHOICE = "choice"
    SWITCH = "switch"


@dataclass(frozen=True)
class Unit:
    """A unit of measure.

    `name` is its public name, `per` the words that follow a value of it ("a year"), `decimals` the digits
    shown in tables, `whole` whether only whole numbers make sense, `adds_up_to` the unit of a year where its months
    add up (a flow of money); where there is none, the last month stands for the year (a balance, a share).
    `grouped` says whether thousands are set apart, which they are not in a seed, `counted` whether a person gives
    whole numbers only, though a calculation may make others.
    """

    name: str
    style: Style = Style.NUMBER
    per: str = ""
    decimals: int = 2
    whole: bool = False
    grouped: bool = True
    counted: bool = False
    adds_up_to: Unit | None = None

    @property
    def flow(self) -> bool:
        """Whether months add up to a year."""
        return self.adds_up_to is not None

    @property
    def of_a_year(self) -> Unit:
        """The unit of a year's figure: what a flow adds up to, else the same."""
        return self.adds_up_to or self

    def words(self, currency: str) -> str:
        """The unit as a person reads it beside a label: "USD a year", "%", "people"."""
        head = {Style.MONEY: currency, Style.PERCENT: "%"}.get(self.style, "")
        return " ".join(part for part in (head, self.per) if part)

    def stored_words(self, currency: str) -> str:
        """The unit of a value as it is stored, for files of raw numbers: "USD a year", "fraction", "ratio"."""
        head = {Style.MONEY: currency, Style.PERCENT: "fraction"}.get(self.style, "")
        return " ".join(part for part in (head, self.per) if part) or self.name

    def beside(self, label: str, currency: str) -> str:
        """A label with the unit beside it: "Training per person (hours a year)"."""
        words = self.words(currency)
        return f"{label} ({words})" if words else label

    @property
    def scale(self) -> float:
        """What a stored value is multiplied by to be shown: 100 for a per cent, else 1."""
        return 100.0 if self.style is Style.PERCENT else 1.0

    def as_shown(self, value: float) -> Decimal:
        """The number that tables write for a value: scaled, and rounded to the unit's decimals as `Format` does."""
        exact = Decimal(str(value * self.scale))
        return exact.quantize(Decimal(1).scaleb(-self.decimals)) if abs(exact) < _TOO_LONG else exact

    def parse(self, text: str) -> float | int | bool | str:
        """A value from what a person typed: "24.5 %", "0.245", "on", "s_curve".

        Raises ValueError, with the mend, where the text is none.
        """
        if self.style is Style.CHOICE:
            return text.strip()
        if self.style is Style.SWITCH:
            return _parse_switch(text.strip())
        try:
            number = PLAIN.read(text, self.spellings())
        except NotANumber:
            example = "0.245 or 24.5%" if self.style is Style.PERCENT else "1250.5"
            raise ValueError(f"'{text.strip()}' is not a number; write it like {example}") from None
        return float(number.value / Decimal(self.scale) if number.with_unit else number.value)

    def spellings(self, *currency: str) -> tuple[str, ...]:
        """What may be typed beside a number of the unit: "%", "% a year", "hours", "×", a currency's spellings."""
        plain = (self.per.split(" ")[0],) if self.per else ("×", "x")
        heads = {Style.MONEY: currency, Style.PERCENT: ("%",)}.get(self.style, plain)
        tail = self.per if self.style in (Style.MONEY, Style.PERCENT) else self.per.partition(" ")[2]
        return tuple(filter(None, (*heads, *(f"{head} {tail}" for head in heads if tail))))


def _parse_switch(text: str) -> bool:
    words = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}
    if text.lower() not in words:
        raise ValueError(f"'{text}' is neither on nor off")
    return words[text.lower()]


PEOPLE = Unit("people", per="people", decimals=1)
FULL_TIME = Unit("people", per="people")
HEADS = Unit("people", per="people", decimals=1, counted=True)
WHOLE_PEOPLE = Unit("people", per="people", decimals=0, whole=True)
MONEY = Unit("money", Style.MONEY)
MONEY_FLOW = Unit("money/month", Style.MONEY, "a month", adds_up_to=MONEY)
MONEY_YEAR = Unit("money/year", Style.MONEY, "a year")
MONEY_HOUR = Unit("money/hour", Style.MONEY, "an hour")
RATE = Unit("rate/year", Style.PERCENT, "a year")
SHARE = Unit("share", Style.PERCENT)
SHARE_YEAR = Unit("share/year", Style.PERCENT, "a year")
SHARE_OF_REVENUE = Unit("share of revenue", Style.PERCENT, "of revenue")
RATIO = Unit("ratio")
FACTOR = Unit("factor", decimals=6)
EXPONENT = Unit("exponent")
COUNT = Unit("count", decimals=0, whole=True, grouped=False)
MONTH = Unit("month", per="month", decimals=0, whole=True)
MONTHS = Unit("months", per="months")
YEARS = Unit("years", per="years")
WHOLE_YEARS = Unit("whole years", per="years", decimals=0, whole=True)
HOURS = Unit("hours", per="hours", decimals=1)
HOURS_YEAR = Unit("hours/year", per="hours a year", decimals=1)
HOURS_MONTH = Unit("hours/month", per="hours a month", decimals=1, adds_up_to=HOURS)
CHOICE = Unit("choice", Style.CHOICE)
SWITCH = Unit("on/off", Style.SWITCH)


def known_locale(name: str) -> bool:
    """Whether numbers and dates can be written the way `name` (for example `da` or `de_AT`) does."""
    try:
        Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return False
    return True


def known_currency(code: str) -> bool:
    """Whether `code` is a three-letter ISO 4217 currency code."""
    return re.fullmatch(r"[A-Z]{3}", code) is not None and numbers.is_currency(code)


@lru_cache(maxsize=256)
def _parsed(name: str) -> Locale:
    # Plain "en" reads day before month, as the texts do.
    return Locale.parse("en_GB" if name == "en" else name.replace("-", "_"))


# Every chart of a plan writes its months.
@lru_cache(maxsize=1024)
def _month(when: date, locale: str) -> str:
    return str(dates.format_skeleton("yMMM", when, locale=_parsed(locale)))


@lru_cache(maxsize=256)
def _currency_spellings(code: str, locale: Locale) -> tuple[str, ...]:
    """A currency as it may be typed: its code, its symbol in the locale and in America."""
    return (code, *(numbers.get_currency_symbol(code, place) for place in (locale, "en_US")))


def _sign(value: float) -> str:
    return "+" if value > 0 else MINUS if value < 0 else "±"


@cache
def currencies() -> Mapping[str, str]:
    """Every currency that is taken, by its code, with its English name; the common ones first."""
    return _first(
        ("USD", "EUR", "GBP", "DKK", "SEK", "NOK", "CHF"), sorted(numbers.list_currencies()), _currency_name
    )


@cache
def locales() -> Mapping[str, str]:
    """Every locale that is known, by its id, with its English name; the common ones first."""
    return _first(("en", "en_US", "da", "de"), sorted(localedata.locale_identifiers()), _locale_name)


def _first(common: Iterable[str], all_: Iterable[str], name: Callable[[str], str]) -> Mapping[str, str]:
    return MappingProxyType({key: name(key) for key in dict.fromkeys((*common, *all_))})


def _currency_name(code: str) -> str:
    return numbers.get_currency_name(code, locale="en")


def _locale_name(id_: str) -> str:
    return Locale.parse(id_).get_display_name("en") or id_


@dataclass(frozen=True)
class Format:
    """The one formatter: a value and its unit as text in a locale and a currency."""

    locale: str = "en"
    currency: str = DEFAULT_CURRENCY

    @property
    def _babel(self) -> Locale:
        return _parsed(self.locale)

    @property
    def _numerals(self) -> Numerals:
        return numerals_of(self._babel)

    @property
    def language(self) -> str:
        """The locale's language by its English name: "German"."""
        return self._babel.get_language_name("en") or self.locale

    @property
    def decimal_comma(self) -> bool:
        """Whether the locale writes 24,5 for 24.5, so that commas can set no numbers apart."""
        return self._numerals.decimal == ","

    @property
    def office_code(self) -> str:
        """The locale as number formats of Office know it: "[$-406]" for Danish; empty where they do not.

        The likeliest country stands in where the locale names none, another one of the language where theirs has no
        number.
        """
        language, country = self._babel.language, self._babel.territory
        likely = get_global("likely_subtags").get(language, language).rpartition("_")[2]
        own = [code for code, name in windows_locale.items() if name == f"{language}_{country or likely}"]
        near = [code for code, name in windows_locale.items() if name.split("_")[0] == language]
        return f"[$-{(own or near)[0]:X}]" if own or near else ""

    def exact(self, value: float | bool | str | None, unit: Unit) -> str:
        """For tables and formulas: grouped, with the unit's decimals, "35,307.16 USD"."""
        if value is None:
            return "–"
        if isinstance(value, str):
            return value.replace("_", " ")
        if unit.style is Style.SWITCH:
            return "on" if value else "off"
        return self._with_unit(self.number(float(value) * unit.scale, unit.decimals), unit)

    def plain(self, value: float | bool | str | None, unit: Unit) -> str:
        """For a label or a formula: no more digits than the value has, up to six decimals: "24.5 %"."""
        if value is None or isinstance(value, str) or unit.style is Style.SWITCH:
            return self.exact(value, unit)
        return self._with_unit(self.bare(value, unit), unit)

    def bare(self, value: float | bool | str | None, unit: Unit) -> str:
        """As `plain`, without the unit: what `read` reads in again."""
        if value is None or isinstance(value, str) or unit.style is Style.SWITCH:
            return self.exact(value, unit)
        digits = _AS_MANY_DIGITS if unit.grouped else _AS_MANY_DIGITS.removeprefix("#,##")
        return self._pattern(float(value) * unit.scale, digits)

    def read(self, text: str, unit: Unit) -> float | bool | str:
        """The value a person typed as this locale writes it, in the unit as shown: "24,5" of a share is 0.245.

        Whatever this writes is read: the unit beside the number, "1,3 mio.". Raises ValueError, with the mend, where
        the text is none; for a number it is a NotANumber.
        """
        if unit.style is Style.SWITCH:
            return _parse_switch(text.strip())
        if unit.style is Style.CHOICE:
            return re.sub(r"[\s-]+", "_", text.strip().lower())
        return float(self.numeral(text, unit).value / Decimal(unit.scale))

    def numeral(self, text: str, unit: Unit) -> Numeral:
        """The number that was typed, as it was typed: 24.5 for "24,5 %". Raises NotANumber, with the mend."""
        return self._numerals.read(text, unit.spellings(*_currency_spellings(self.currency, self._babel)))

    def rounded(self, value: float, unit: Unit, error: float = 0.0) -> str:
        """For sentences and metrics: three significant figures, millions compact: "1.3 m USD".

        Of a value with a sampling error no figure is written that is finer than that error's first.
        """
        return self._with_unit(self._few_figures(value * unit.scale, error * unit.scale), unit)

    def within(self, error: float, unit: Unit) -> str:
        """A sampling error beside its value, in two figures: "± 5,500 USD"."""
        return f"±{NO_BREAK}{self.rounded(error, unit, error / 10)}"

    def signed(self, value: float, unit: Unit, error: float = 0.0) -> str:
        """As `rounded`, with the sign always written: "±" where nothing but zero is left of the value."""
        text = self.rounded(abs(value), unit, error)
        return _sign(value if re.search("[1-9]", text) else 0.0) + text

    def signed_number(self, value: float, decimals: int) -> str:
        """As `number`, with the sign always written."""
        return _sign(value) + self.number(abs(value), decimals)

    def number(self, value: float, decimals: int) -> str:
        """A grouped number with exactly so many decimals and a true minus sign."""
        return self._pattern(value, "#,##0" + ("." + "0" * decimals if decimals else ""))

    def localised(self, words: str) -> str:
        """A text of the declarations, which have numbers in English form, for a reader: "24.5 %" is "24,5 %" here.

        Never of a text that a person or this formatter wrote: its numbers are as they should be.
        """
        return self._numerals.rewritten(words)

    def month(self, when: date) -> str:
        """Month and year: "Jan 2027", "jan. 2027"."""
        return _month(when, self.locale)

    def month_name(self, number: int, width: Literal["wide", "abbreviated"] = "wide") -> str:
        """A month's name by its number, 1 … 12: "January", "januar"; abbreviated "Jan", "jan."."""
        return str(dates.get_month_names(width, "stand-alone", locale=self._babel)[number])

    def day(self, when: date) -> str:
        """A date: "22 Nov 2026"."""
        return str(dates.format_date(when, "medium", locale=self._babel))

    def full_day(self, when: date) -> str:
        """A date within a sentence: "1 April 2027"."""
        return str(dates.format_date(when, "long", locale=self._babel))

    def _pattern(self, value: float, pattern: str) -> str:
        if not isfinite(value):
            return f"{value}".replace("-", MINUS)
        text = self._numerals.write(value, pattern if abs(value) < _TOO_LONG else "0.##E0")
        return text.removeprefix(MINUS) if not re.search("[1-9]", text) else text

    def _with_unit(self, text: str, unit: Unit) -> str:
        if unit.style is Style.MONEY:
            return f"{text}{NO_BREAK}{self.currency}"
        return f"{text}{NO_BREAK}%" if unit.style is Style.PERCENT else text

    def _few_figures(self, value: float, error: float) -> str:
        if value == 0:
            return "0"
        places = 2 - floor(log10(abs(value)))
        if error > 0:
            places = min(places, -floor(log10(error)))
        rounded = round(value, places)
        if 1e6 <= abs(rounded) < _TOO_LONG:
            return compact(rounded, self._babel)
        return self._pattern(rounded, "#,##0" + ("." + "#" * places if places > 0 else ""))


def per_cent(part: float, text: Format | None = None) -> str:
    """A part in per cent, in three significant figures; what is next to nothing is said to be less than a floor.

    `text` is the default format where none is given.
    """
    text = text or Format()
    return f"less than {text.rounded(_LEAST_PART, SHARE)}" if 0 < part < _LEAST_PART else text.rounded(part, SHARE)
