"""What one unit of a currency is in the group's, and since when that is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from model.reading.faults import Fault, Refused, shown
from model.reading.numerals import PLAIN, NotANumber, brief
from model.units import known_currency

# From the weakest currency to the strongest there is room for more than both.
_LEAST, _MOST = 1e-9, 1e9
_EXAMPLE = "EUR=1.08@2026-11-01"
# ISO 4217 has codes for "no currency" and for tests, which scenarios may have but nothing is added up in.
_NO_CURRENCY = frozenset({"XXX", "XTS"})


@dataclass(frozen=True)
class Rate:
    """A dated rate: one unit of `currency` is `value` units of the group's."""

    currency: str
    value: float
    day: date

    def words(self, into: str) -> str:
        """The rate as it is told: "1 EUR = 1.08 USD (2026-11-01)"."""
        return f"1 {self.currency} = {brief(self.value, 9)} {into} ({self.day.isoformat()})"


def currency_code(text: str) -> str:
    """The code of a currency, given in capitals or not. Raises Refused."""
    code = text.strip().upper()
    if code in _NO_CURRENCY or not known_currency(code):
        told = "but must be a three-letter ISO 4217 code of a currency, such as USD, EUR or DKK"
        raise Refused(f"is {shown(text)}, {told}")
    return code


def rate_of(text: str) -> Rate:
    """A rate as a command line gives it: "EUR=1.08@2026-11-01". Raises Refused."""
    currency, equals, rest = text.partition("=")
    if not equals:
        raise Refused(f"is {shown(text)}; write it like {_EXAMPLE}")
    return dated(currency_code(currency), rest)


def dated(currency: str, text: str) -> Rate:
    """The rate of a currency from its value and its day: "1.08@2026-11-01". Raises Refused."""
    number, at, day = text.partition("@")
    if not at:
        raise Refused(f"is {shown(text.strip())}, which has no date; write it like {_EXAMPLE.partition('=')[2]}")
    try:
        value = float(PLAIN.read(number).value)
    except NotANumber as error:
        raise Refused(f"is {shown(text.strip())}: {error}") from None
    if not _LEAST <= value <= _MOST:
        raise Refused(f"is {shown(value)}, out of bounds: must lie within {brief(_LEAST)} … {brief(_MOST)}")
    try:
        return Rate(currency, value, date.fromisoformat(day.strip()))
    except ValueError:
        raise Refused(f"has the date {shown(day.strip())}; write it like 2026-11-01") from None


@dataclass(frozen=True)
class Rated:
    """The currency of a group, and those with a rate into it."""

    into: str
    codes: frozenset[str]

    def mend(self, code: str) -> str:
        """What to do about a currency without a rate."""
        return (
            f"give what one {code} is in {self.into} with its date: --rate {code}=1.08@2026-11-01, or a column rate"
        )

    def own(self, rate: Rate) -> str:
        """What is wrong with a rate of the group's own currency, if anything: one of it is one."""
        if rate.currency != self.into or rate.value == 1:
            return ""
        told = f"is {brief(rate.value, 9)}, but {self.into} is the group's own currency"
        return f"{told}; leave the rate away, or name the currency that it is of"

    def unused(self, rates: Iterable[Rate], with_own: Iterable[str], without: Iterable[str]) -> Iterator[Fault]:
        """A fault for each rate that changes nothing: of currencies that no unit is in whose row says none."""
        said, needed = set(with_own), set(without)
        for rate in rates:
            if told := self.own(rate):
                yield Fault(f"--rate {rate.currency}", told)
            elif rate.currency in said - needed - {self.into}:
                told = f"is not used, as each unit in {rate.currency} has a rate in its row; keep one of the two"
                yield Fault(f"--rate {rate.currency}", told)
            elif rate.currency not in {self.into, *needed}:
                found = ", ".join(sorted(said | needed))
                told = f"is not used, as no unit is in {rate.currency}: they are in {found}; leave it away"
                yield Fault(f"--rate {rate.currency}", f"{told}, or give their currency in a column currency")

    def faults(self, codes: Iterable[str]) -> Iterator[Fault]:
        """A fault for each of the currencies that has no rate."""
        for code in sorted(set(codes) - {self.into, *self.codes}):
            told = f"is missing: units are in {code}, the group in {self.into}; {self.mend(code)}"
            yield Fault(f"--rate {code}", told)
