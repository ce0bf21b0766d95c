"""What a unit is: how a value of it is shown, read in from text, and totalled over a year.

The model stores fractions, plain numbers and money in the scenario's currency. The factor 100 of a
per cent lives here and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import floor, isfinite, log10

from babel import Locale, UnknownLocaleError, dates, numbers

NO_BREAK = "\u00a0"
# From here on a number is written with an exponent.
_TOO_LONG = 1e18


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
    shown in tables, `whole` whether only whole numbers make sense, `flow` whether months add up to a year
    (a flow of money) or the last month stands for it (a balance, a share).
    """

    name: str
    style: Style = Style.NUMBER
    per: str = ""
    decimals: int = 2
    whole: bool = False
    flow: bool = False

    def words(self, currency: str) -> str:
        """The unit as a person reads it beside a label: "USD a year", "%", "people"."""
        head = {Style.MONEY: currency, Style.PERCENT: "%"}.get(self.style, "")
        return " ".join(part for part in (head, self.per) if part)

    @property
    def scale(self) -> float:
        """What a stored value is multiplied by to be shown: 100 for a per cent, else 1."""
        return 100.0 if self.style is Style.PERCENT else 1.0

    def parse(self, text: str) -> float | int | bool | str:
        """A value from what a person typed: "24.5 %", "0.245", "on", "s_curve".

        Raises ValueError, with the mend, where the text is none.
        """
        text = text.strip()
        if self.style is Style.CHOICE:
            return text
        if self.style is Style.SWITCH:
            return _parse_switch(text)
        percent = text.endswith("%")
        number = text.removesuffix("%").strip() if self.style is Style.PERCENT else text
        try:
            value = float(number)
        except ValueError:
            example = "0.245 or 24.5%" if self.style is Style.PERCENT else "1250.5"
            raise ValueError(f"'{text}' is not a number; write it like {example}") from None
        return float(Decimal(number) / 100) if percent and isfinite(value) else value


def _parse_switch(text: str) -> bool:
    words = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}
    if text.lower() not in words:
        raise ValueError(f"'{text}' is neither on nor off")
    return words[text.lower()]


PEOPLE = Unit("people", per="people", decimals=1)
MONEY = Unit("money", Style.MONEY)
MONEY_FLOW = Unit("money/month", Style.MONEY, "a month", flow=True)
MONEY_YEAR = Unit("money/year", Style.MONEY, "a year")
MONEY_HOUR = Unit("money/hour", Style.MONEY, "an hour")
RATE = Unit("rate/year", Style.PERCENT, "a year")
SHARE = Unit("share", Style.PERCENT)
SHARE_YEAR = Unit("share/year", Style.PERCENT, "a year")
SHARE_OF_REVENUE = Unit("share of revenue", Style.PERCENT, "of revenue")
RATIO = Unit("ratio")
FACTOR = Unit("factor", decimals=6)
EXPONENT = Unit("exponent")
MONTH = Unit("month", per="month", decimals=0, whole=True)
MONTHS = Unit("months", per="months")
YEARS = Unit("years", per="years")
WHOLE_YEARS = Unit("whole years", per="years", decimals=0, whole=True)
HOURS = Unit("hours", per="hours", decimals=1)
HOURS_YEAR = Unit("hours/year", per="hours a year", decimals=1)
HOURS_MONTH = Unit("hours/month", per="hours a month", decimals=1)
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


@dataclass(frozen=True)
class Format:
    """The one formatter: a value and its unit as text in a locale and a currency."""

    locale: str = "en"
    currency: str = "USD"

    @property
    def _babel(self) -> Locale:
        # Plain "en" reads day before month, as the texts do.
        return Locale.parse("en_GB" if self.locale == "en" else self.locale.replace("-", "_"))

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
        shown = float(value) * unit.scale
        return self._with_unit(self._pattern(shown, "#,##0.######"), unit)

    def rounded(self, value: float, unit: Unit) -> str:
        """For sentences and metrics: three significant figures, millions compact: "1.3 m USD"."""
        return self._with_unit(self._three_figures(value * unit.scale), unit)

    def signed(self, value: float, unit: Unit) -> str:
        """As `rounded`, with the sign always written."""
        sign = "+" if value > 0 else "−" if value < 0 else "±"
        return sign + self.rounded(abs(value), unit)

    def number(self, value: float, decimals: int) -> str:
        """A grouped number with exactly so many decimals and a true minus sign."""
        return self._pattern(value, "#,##0" + ("." + "0" * decimals if decimals else ""))

    def month(self, when: date) -> str:
        """Month and year: "Jan 2027", "jan. 2027"."""
        return str(dates.format_skeleton("yMMM", when, locale=self._babel))

    def day(self, when: date) -> str:
        """A date: "22 Nov 2026"."""
        return str(dates.format_date(when, "medium", locale=self._babel))

    def _pattern(self, value: float, pattern: str) -> str:
        if abs(value) >= _TOO_LONG:
            return f"{value:.3g}".replace("-", "−")
        text = numbers.format_decimal(value, format=pattern, locale=self._babel)
        text = text.replace("-", "−")
        return text.removeprefix("−") if not re.search("[1-9]", text) else text

    def _with_unit(self, text: str, unit: Unit) -> str:
        if unit.style is Style.MONEY:
            return f"{text}{NO_BREAK}{self.currency}"
        return f"{text}{NO_BREAK}%" if unit.style is Style.PERCENT else text

    def _three_figures(self, value: float) -> str:
        if value == 0:
            return "0"
        places = 2 - floor(log10(abs(value)))
        rounded = round(value, places)
        if 1e6 <= abs(rounded) < _TOO_LONG:
            return self._compact(rounded)
        return self._pattern(rounded, "#,##0" + ("." + "#" * places if places > 0 else ""))

    def _compact(self, value: float) -> str:
        text = numbers.format_compact_decimal(value, locale=self._babel, fraction_digits=2)
        text = re.sub(r"(?<=\d)(?=[A-Za-z])", NO_BREAK, str(text)).replace("-", "−")
        if self._babel.language != "en":
            return text
        # b and t would be read as bytes and thousands.
        return re.sub("[bt]$", r"\g<0>n", text.lower())
