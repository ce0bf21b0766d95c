"""What may be typed into an input cell, and how it looks: data validation by type and bounds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from model.assumptions import Assumption
from model.units import Style, Unit
from report.workbook.book import Value, number_format

FIELD_RULES: Mapping[str, Mapping[str, Any]] = MappingProxyType({
    "currency": {
        "validate": "length", "criteria": "==", "value": 3,
        "error_title": "Currency", "error_message": "Type the three letters of a currency, such as USD, EUR or DKK.",
    },
    "start_month": {
        "validate": "date", "criteria": "between", "minimum": date(1900, 3, 1), "maximum": date(2199, 12, 31),
        "error_title": "First month", "error_message": "Type the first day of a month from March 1900 on.",
    },
    "fiscal_year_start": {
        "validate": "integer", "criteria": "between", "minimum": 1, "maximum": 12,
        "error_title": "Fiscal year", "error_message": "Type the number of a month, 1 to 12.",
    },
})  # fmt: skip


def input_format(unit: Unit) -> str:
    """The number format of an input: percentages with the digits they have."""
    return "0.0##%" if unit.style is Style.PERCENT else number_format(unit)


def rule(item: Assumption) -> Mapping[str, Any]:
    """Data validation by type and bounds, with a message that says what is legal."""
    common = {"error_title": "Not a legal value", "input_title": item.label[:32]}
    if item.choices:
        legal = f"One of {', '.join(item.choices)}."
        options = {"validate": "list", "source": list(item.choices)}
        return common | options | {"input_message": legal, "error_message": legal}
    if item.unit.style is Style.SWITCH:
        legal = "1 for on, 0 for off."
        options = {"validate": "list", "source": ["1", "0"]}
        return common | options | {"input_message": legal, "error_message": legal}
    low, high = item.bounds or (0.0, 0.0)
    scale = item.unit.scale
    sign = "%" if item.unit.style is Style.PERCENT else ""
    kind = "A whole number" if item.unit.whole else "A number"
    legal = f"{kind} from {low * scale:.10g}{sign} to {high * scale:.10g}{sign}."
    validate = "integer" if item.unit.whole else "decimal"
    limits = {"validate": validate, "criteria": "between", "minimum": low, "maximum": high}
    return common | limits | {"input_message": legal, "error_message": legal}


def between(low: float, high: float) -> Mapping[str, Any]:
    """Data validation of a number that stands for no assumption."""
    legal = f"A number from {low:.10g} to {high:.10g}."
    limits = {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
    return limits | {"error_title": "Not a legal value", "error_message": legal}


def typed(value: Any) -> Value:
    """A value as a cell holds it: switches are 1 or 0, which every language of Excel reads alike."""
    return value if isinstance(value, str) else float(value)
