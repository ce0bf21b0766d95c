"""A number as text: how a locale writes it, and one reading of it for every place where a person gives one."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from babel import Locale, numbers

MINUS = "−"
# Of what looks alike and means the same, one stands for all.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("−‐‑‒–﹣－", "-"),
        "＋": "+",
        "’": "'",
        "٪": "%",
        "％": "%",
        "．": ".",
        "，": ",",
        **{chr(ord("０") + digit): str(digit) for digit in range(10)},
    }
)
# Longer ones are not spelt out.
_TOO_LONG = Decimal(10) ** 18
# A mark that a locale does not use may be either of these elsewhere.
_EITHER = frozenset(".,")
# What sets thousands apart in some place and is a decimal mark in none.
_GROUPS = frozenset(" '")
_NO_BREAK = "\u00a0"
# Babel would parse them anew for each number.
_ENGLISH = Locale("en")
_parsed = cache(numbers.parse_pattern)
# A pattern without an exponent: its thousands, and the decimals that are written and those that are where not 0.
_PLAIN_PATTERN = re.compile(r"(?P<group>#,##)?0(?:\.(?P<fixed>0*)(?P<free>#*))?")
# A number with a point or with commas between thousands, as texts of the declarations have it: no part of an
# address, a date, a time, a version or a word, a factor like "2.5x" aside.
_DECLARED = re.compile(
    r"(?<![\w.,/@:])(?<!\w-)(?=\d+[.,]\d)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![.,:]\d|[/@]|-\d)(?=x\b|\W|$)"
)


class NotANumber(ValueError):
    """Text that is no number as the locale writes it; `suggestions` are spellings it may have been meant as."""

    def __init__(self, message: str, suggestions: Iterable[str]) -> None:
        super().__init__(message)
        self.suggestions = tuple(suggestions)


class Numeral(NamedTuple):
    """A number as it was given: its value, and whether the unit was given with it."""

    value: Decimal
    with_unit: bool


@dataclass(frozen=True)
class Numerals:
    """How numbers are written.

    `decimal` and `group` are the marks, `whole` the pattern of the digits before the decimal mark, `powers` the
    words that stand for a power of ten, about a 0 that stands for the digits: "0m" for a million.
    """

    decimal: str
    group: str
    whole: str
    powers: Mapping[str, int]

    def write(self, value: float | Decimal, pattern: str) -> str:
        """The number in a pattern such as "#,##0.00", whose thousands are set apart as is usual here."""
        plain = _PLAIN_PATTERN.fullmatch(pattern)
        if plain and self._sizes == (3, 3):
            least, more = len(plain["fixed"] or ""), len(plain["free"] or "")
            grouped = bool(plain["group"]) and "," in self.whole
            text = _written(value, grouped=grouped, least=least, most=least + more)
        else:
            shown = _parsed(pattern.replace("#,##0", self.whole))
            text = numbers.format_decimal(value, format=shown, locale=_ENGLISH)
        return text.translate(self._marks)

    def rewritten(self, text: str) -> str:
        """A text of the declarations, whose numbers are in English form, with them as they are written here.

        Only of a text with no number in another form: what was written here before may be read as another number.
        """
        return re.sub(r"(?<=\d) (?=%)", _NO_BREAK, _DECLARED.sub(self._rewritten, text))

    def _rewritten(self, found: re.Match[str]) -> str:
        whole, part = found[1], found[2] or ""
        pattern = ("#,##0" if "," in whole else "0") + re.sub(r"\d", "0", part)
        return self.write(Decimal(whole.replace(",", "") + part), pattern)

    def read(self, text: str, units: Iterable[str] = ()) -> Numeral:
        """The number of a text; before or after it may stand one of the units, and a word for a power of ten.

        Every kind of space, apostrophe and minus is taken, and of the marks that are used elsewhere those that can
        be meant in one way only. Raises NotANumber.
        """
        plain = _plain(text)
        found = re.fullmatch(r"(\D*)(\d(?:.*\d)?)(\D*)", plain)
        if not found:
            raise self._refused(text, ())
        before, digits, after = found.groups()
        if any(sign.isdecimal() and not sign.isascii() for sign in digits):
            raise self._refused(text, ())
        signs = re.findall(r"[+\-±]", before)
        if before.endswith((".", ",")) and not _word(before).strip("+-±,"):
            digits = before[-1] + digits
        before, after = _word(re.sub(r"[+\-±,]", "", before)), _word(after)
        before, after, unit = _without_unit(before, after, {_word(word).casefold() for word in units})
        power = self._power(f"{before}0{after}")
        value = self._value(digits)
        if power is None or len(signs) > 1 or value is None or (signs == ["±"] and value):
            raise self._refused(text, () if power is None else self._spellings(digits, signs))
        return Numeral((value * power if power != 1 else value) * (-1 if signs == ["-"] else 1), unit)

    @cached_property
    def _marks(self) -> dict[int, str]:
        return str.maketrans({",": self.group, ".": self.decimal, "-": MINUS})

    @cached_property
    def _sizes(self) -> tuple[int, int]:
        """How many digits the last group has, and how many each before it."""
        groups = [len(group) for group in self.whole.split(",")[1:]]
        return (groups[-1], groups[0]) if groups else (3, 3)

    def _power(self, word: str) -> int | None:
        return 1 if word == "0" else self.powers.get(word, self.powers.get(word.casefold()))

    def _value(self, digits: str) -> Decimal | None:
        """The value of digits with marks between them, None where these do not stand where they must."""
        body, _, exponent = digits.lower().partition("e")
        if exponent and not re.fullmatch(r"[+-]?\d{1,3}", exponent):
            return None
        whole, mark, part = body.partition(self.decimal)
        kinds = {*re.sub(r"\d", "", whole)}
        if (part and not part.isdecimal()) or len(kinds) > 1:
            return None
        for other in kinds:
            groups = whole.split(other)
            if other in {_plain(self.group), *_GROUPS} or mark or len(groups) > 2:
                if not self._well_set(groups):
                    return None
            elif other not in _EITHER or (len(groups[1]) == 3 and groups[0].strip("0")):
                return None
            else:
                whole, part = groups
                break
            whole = "".join(groups)
        return Decimal(f"{whole or 0}.{part or 0}e{exponent or 0}")

    def _well_set(self, groups: list[str]) -> bool:
        """Whether groups of digits have the sizes that are usual here, or three each."""
        first, *others = map(len, groups)
        last, before = self._sizes
        usual = others[-1] == last and {*others[:-1]} <= {before} and first <= before
        return first > 0 and groups[0][0] != "0" and (usual or ({*others} == {3} and first <= 3))

    def _spellings(self, digits: str, signs: list[str]) -> Iterator[str]:
        """How what the digits may mean is written here: without a mark that is in the wrong place, or by it."""
        marks = sorted({_plain(self.group), *_GROUPS, *_EITHER} & {*digits})
        grouped = [mark for mark in marks if mark in digits.partition(self.decimal)[0]]
        others = [Numerals(mark, self.decimal, self.whole, {}) for mark in marks if mark in _EITHER]
        readings = [self._value(digits.replace(mark, "")) for mark in grouped]
        for value in dict.fromkeys((*readings, *(other._value(digits) for other in others))):
            if value is not None and abs(value) < _TOO_LONG:
                yield self.write(-value if signs == ["-"] else value, "#,##0.######")

    def _refused(self, text: str, spellings: Iterable[str]) -> NotANumber:
        likely = tuple(spellings)
        mend = " or ".join(likely or [self.write(1250.5, "#,##0.0")])
        return NotANumber(f"'{text}' is not a number; write it like {mend}", likely)


def _written(value: float | Decimal, *, grouped: bool, least: int, most: int) -> str:
    """A number in English form with so many decimals at least and at most, as Babel writes it in longer time."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    text = format(exact, f"{',' if grouped else ''}.{most}f")
    if most == least:
        return text
    whole, _, part = text.partition(".")
    part = part[:least] + part[least:].rstrip("0")
    return f"{whole}.{part}" if part else whole


def brief(value: float, digits: int = 6) -> str:
    """A number as a link or a file gives it, in so many digits at most, with a true minus sign: "0.245", "−5"."""
    return f"{value:.{digits}g}".replace("-", MINUS)


@cache
def numerals_of(locale: Locale) -> Numerals:
    """How a locale writes numbers, in the digits 0 … 9."""
    return Numerals(
        numbers.get_decimal_symbol(locale, numbering_system="latn"),
        numbers.get_group_symbol(locale, numbering_system="latn"),
        locale.decimal_formats[None].pattern.partition(".")[0],
        MappingProxyType({**_powers(locale, "long"), **_powers(locale, "short")}),
    )


@lru_cache(maxsize=4096)
def compact(value: float, locale: Locale) -> str:
    """The number with a word for its power of ten, "1.3 m", or in full where no word says clearly which."""
    text = str(numbers.format_compact_decimal(value, locale=locale, fraction_digits=2))
    text = _familiar(re.sub(r"(?<=\d)(?=[A-Za-z])", "\u00a0", text), locale).replace("-", MINUS)
    how = numerals_of(locale)
    try:
        clear = abs(float(how.read(text).value) - value) <= abs(value) / 100
    except NotANumber:
        clear = False
    return text if clear else how.write(value, "#,##0")


def _powers(locale: Locale, length: str) -> dict[str, int]:
    """The words for powers of ten that mean one power each."""
    found: dict[str, set[int]] = defaultdict(set)
    for forms in locale.compact_decimal_formats[length].values():
        for size, form in forms.items():
            pattern = numbers.parse_pattern(form)
            power = int(size) // 10 ** (str(pattern.number_pattern).count("0") - 1)
            word = _word(f"{pattern.prefix[0]}0{pattern.suffix[0]}")
            for spelt in (word, word.casefold(), _familiar(word, locale)):
                found[spelt].add(power)
    return {word: min(powers) for word, powers in found.items() if len(powers) == 1}


def _familiar(text: str, locale: Locale) -> str:
    """A number or word as English readers know it: b and t would be read as bytes and thousands."""
    return re.sub("[bt]$", r"\g<0>n", text.lower()) if locale.language == "en" else text


def _plain(text: str) -> str:
    """The text without invisible marks, every kind of space, apostrophe and minus as one."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join(seen.translate(_ALIKE).split())


def _word(text: str) -> str:
    """A word beside a number, however it is spaced and abbreviated."""
    return re.sub(r"[ .']", "", _plain(text))


def _without_unit(before: str, after: str, units: Iterable[str]) -> tuple[str, str, bool]:
    """What stands before and after a number besides its unit, and whether that was there."""
    for unit in sorted(units, key=len, reverse=True):
        if after.casefold().endswith(unit):
            return before, after[: len(after) - len(unit)], True
        if before.casefold().startswith(unit):
            return before[len(unit) :], after, True
    return before, after, False


# As links and command lines give numbers, wherever they come from: a decimal point, nothing between thousands.
PLAIN = Numerals(".", "", "0", numerals_of(Locale("en")).powers)
