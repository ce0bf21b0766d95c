"""Cells of a table of units as values: whether shares are per cent or fractions, and what is neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from model.assumptions import ASSUMPTIONS, Assumption, Value
from model.history.importing.cells import marks_of
from model.history.importing.grid import Grid
from model.portfolio.rates import Rate, dated
from model.reading.faults import Refused, shown
from model.reading.number_rules import rule_of
from model.reading.numerals import NotANumber, Numeral
from model.reading.value_validation import check_value
from model.units import SHARE, Format, Style

_MOST_WEIGHT = 1e6
# Of a locale that writes decimal commas, and of one that writes points.
_COMMA, _POINT = "de", "en"


@dataclass(frozen=True)
class NumbersInColumns:
    """How a table writes numbers: its decimal mark, and the columns of shares that are per cent without the sign."""

    locale: str
    percents: frozenset[str]

    def value(self, assumption: Assumption, cell: str, column: str, currency: str) -> Value:
        """The value of an assumption in a cell. Raises Refused with bounds and mend."""
        if not assumption.numeric:
            try:
                return check_value(assumption, Format(self.locale).read(cell, assumption.unit))
            except ValueError as error:
                raise Refused(str(error)) from None
        numeral = self._numeral(assumption, cell, currency)
        if assumption.unit.style is not Style.PERCENT:
            return check_value(assumption, float(numeral.value))
        percent = numeral.with_unit or column in self.percents
        value = float(numeral.value / 100 if percent else numeral.value)
        if not numeral.with_unit:
            self._surely(assumption, cell, value, beside_percents=column in self.percents)
        return check_value(assumption, value)

    def weight(self, cell: str) -> float:
        """How often a unit counts: a number above 0, or a share with its sign. Raises Refused."""
        try:
            numeral = Format(self.locale).numeral(cell, SHARE)
        except NotANumber as error:
            raise Refused(f"is {shown(cell)}: {error}") from None
        value = float(numeral.value / 100 if numeral.with_unit else numeral.value)
        if not (isfinite(value) and 0 < value <= _MOST_WEIGHT):
            raise Refused(f"is {shown(cell)}, out of bounds: must lie above 0 and within 1000000")
        return value

    def rate(self, cell: str, currency: str) -> Rate:
        """The dated rate of a unit's currency: "1.08@2026-11-01". Raises Refused."""
        return dated(currency, cell)

    def _numeral(self, assumption: Assumption, cell: str, currency: str) -> Numeral:
        try:
            return Format(self.locale, currency).numeral(cell, assumption.unit)
        except NotANumber as error:
            raise Refused(str(error)) from None

    def _surely(self, assumption: Assumption, cell: str, value: float, *, beside_percents: bool) -> None:
        """Refuse a share without a sign that may be meant as a fraction or as a per cent."""
        other = rule_of(assumption).other_reading(value)
        if beside_percents and 0 < abs(value) < 0.01:
            other = value * 100
        if other is not None:
            text = Format(self.locale)
            readings = " or ".join(text.plain(number, assumption.unit) for number in (value, other))
            raise Refused(f"is {shown(cell)}, which may mean {readings}; write the one that is meant, with its sign")


def numbers_in(columns: Mapping[str, tuple[Assumption, Sequence[str]]], grid: Grid) -> NumbersInColumns:
    """How the columns of numbers, each an assumption with its cells, are written."""
    cells = [cell.replace("%", "") for item, column in columns.values() if item.numeric for cell in column]
    comma = marks_of(cells, grid.separator).comma if grid.comma is None else grid.comma
    locale = _COMMA if comma else _POINT
    percents = {
        name
        for name, (item, column) in columns.items()
        if item.unit.style is Style.PERCENT and any(_is_percent(cell, locale) for cell in column if cell)
    }
    return NumbersInColumns(locale, frozenset(percents))


def _is_percent(cell: str, locale: str) -> bool:
    """Whether a cell of a column of shares can only be per cent: by its sign, or as it is above one."""
    try:
        numeral = Format(locale).numeral(cell, SHARE)
    except NotANumber:
        return False
    return numeral.with_unit or abs(numeral.value) > 1


SHARE_TARGET: Assumption = ASSUMPTIONS["social_share_target"]
