"""The sheets Actuals, to be typed into, and Months: every line's PL, AC and ΔPL by month, live."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from model.track.actuals import Actual
from model.track.measures import MEASURES
from model.track.variances import BELIEVED
from model.units import COUNT, Style, Unit
from report.workbook.book import INPUT_FILL, INPUT_TEXT, MUTED, RULE, address
from report.workbook.plain.plain_book import FIRST, PlainBook, PlainSheet
from report.workbook.rules import between
from report.workbook.tracked.places import (
    ACTUALS,
    HEAD,
    MONTHS,
    NEGATIVE,
    PARTS,
    TOP,
    LineColumns,
    ReportPlaces,
    shown,
    signed,
)

_TYPE_HERE = (
    "Type the next month into its marked cells: Report and Months follow. Odds, causes and forecasts do not: give "
    "this file to Track on the screen Decide, or to the command on the sheet Recompute."
)
_LIVE = (
    "PL is the plan, AC actual, ΔPL = AC − PL, Σ added up over the months that have an AC. All but PL are live "
    "formulas."
)
_MARKED = {"font_color": INPUT_TEXT, "bg_color": INPUT_FILL, "border": 1, "border_color": RULE, "locked": False}
_MOST = 1e15
_WIDE = 11.5
_TITLE = "Actual against plan, by month and line"


class _Value(NamedTuple):
    """A formula and its computed value."""

    formula: str
    value: float


def write_actuals(book: PlainBook, places: ReportPlaces) -> None:
    """The sheet to type into, which Track and the command line read as it stands."""
    widths = (9, *[19] * (len(places.columns) - 1))
    sheet = book.sheet(ACTUALS, "Actuals (AC) as they were measured", widths, _TYPE_HERE, kind="input")
    known = {(item.month, item.measure): item for item in places.of.found.actuals}
    for place, (heading, measure) in enumerate(places.columns):
        col = FIRST + place
        beside = bool(measure) and col != places.typed[measure]
        unit = _unit_beside(measure) if beside else MEASURES[measure].unit if measure else COUNT
        words = unit.words(places.of.found.scenario.currency) if measure else ""
        sheet.cell(HEAD - 1, col, words, font_color=MUTED, align="right" if measure else "left")
        sheet.heading(HEAD, col, heading, number=bool(measure))
        for month in range(1, places.of.months + 1):
            row, found = places.row(month), known.get((month, measure))
            if not measure:
                sheet.cell(row, col, month, align="left", num_format="0")
            elif found is None:
                sheet.blank(row, col, **_MARKED, **shown(unit))
            else:
                sheet.cell(row, col, _beside(found) if beside else found.value, **_MARKED, **shown(unit))
        if measure:
            sheet.page.data_validation(TOP, col, places.last, col, dict(_legal(measure, beside)))
    sheet.page.freeze_panes(TOP, FIRST + 1)
    sheet.page.repeat_rows(HEAD - 1, HEAD)
    sheet.protect()


def _unit_beside(measure: str) -> Unit:
    """The unit of what a measure is given with: people, or its own of a standard error."""
    return COUNT if MEASURES[measure].takes == "tested" else MEASURES[measure].unit


def _beside(found: Actual) -> float | None:
    return found.standard_error if found.tested is None else float(found.tested)


def _legal(measure: str, beside: bool) -> dict[str, object]:
    item = MEASURES[measure]
    high = 1.0 if item.unit.style is Style.PERCENT and not (beside and item.takes == "tested") else _MOST
    return dict(between(-high if item.signed and not beside else 0.0, high))


def write_months(book: PlainBook, places: ReportPlaces) -> None:
    """Every line by month, a printed page each."""
    groups = places.groups
    widths = (7, 9.5, *[_WIDE] * sum(group.wide for group in groups))
    sheet = book.sheet(MONTHS, _TITLE, widths, _LIVE, kind="calculation")
    scenario = places.of.found.scenario
    dated = scenario.start_month is not None
    sheet.headings(HEAD, FIRST, ("Month", "Calendar" if dated else "Plan year"), left=2)
    for month in range(1, places.of.months + 1):
        when = scenario.format.month(scenario.month_start(month)) if dated else f"year {(month - 1) // 12 + 1}"
        sheet.cell(places.row(month), FIRST, month, align="left", num_format="0")
        sheet.cell(places.row(month), FIRST + 1, when)
    for group in groups:
        _write_group(sheet, places, group)
    sheet.page.freeze_panes(TOP, FIRST + 2)
    sheet.print_apart(_TITLE, HEAD - 1, HEAD, 2, [group.first for group in groups[1:]])
    sheet.protect()


def _write_group(sheet: PlainSheet, places: ReportPlaces, group: LineColumns) -> None:
    item, first = group.item, group.first
    sheet.cell(HEAD - 1, first, item.unit.beside(item.label, places.of.found.scenario.currency), bold=True)
    actual = "AC, believed" if item.subject == BELIEVED else "AC"
    heads = ("PL", actual, "ΔPL", "ΔPL %", "Σ PL", f"Σ {actual}", "Σ ΔPL", "Σ ΔPL %")
    sheet.headings(HEAD, first, heads[: group.wide])
    looks = (shown(item.unit), shown(item.unit), signed(item.unit), PARTS) * 2
    edge = {"left": 1, "left_color": RULE}
    for row in range(TOP, places.last + 1):
        sheet.cell(row, first, float(group.plan[row - TOP]), **looks[0], **edge)
        _write_actual(sheet, places, group, row)
        for place, (formula, value) in enumerate(_differences(group, row), start=2):
            sheet.formula(row, first + place, formula, value, **looks[place])
    for place in range(2, group.wide):
        if place % 4 > 1:
            cell = address(TOP, first + place, absolute=False)
            area = (TOP, first + place, places.last, first + place)
            sheet.colour(area, f"=AND(ISNUMBER({cell}),{cell}<0)", NEGATIVE)


def _write_actual(sheet: PlainSheet, places: ReportPlaces, group: LineColumns, row: int) -> None:
    """AC: what is typed on Actuals; of what nobody measures, what is believed."""
    col, look, value = group.first + 1, shown(group.item.unit), float(group.actual[row - TOP])
    if group.item.subject == BELIEVED:
        if value == value:
            sheet.cell(row, col, value, **look)
        return
    typed = f"{ACTUALS}!{address(row, places.typed[group.item.subject], absolute=False)}"
    sheet.formula(row, col, f'=IF(ISNUMBER({typed}),{typed},"")', value, **look)


def _differences(group: LineColumns, row: int) -> Iterator[_Value]:
    """ΔPL and ΔPL % of a month, and of a flow PL, AC and both added up so far; empty where there is no AC."""
    plan, actual, delta = (address(row, group.first + place, absolute=False) for place in range(3))
    at, known = row - TOP, bool(np.isfinite(group.actual[row - TOP]))
    both = f"AND(ISNUMBER({actual}),ISNUMBER({plan}))"
    yield _Value(f'=IF({both},{actual}-{plan},"")', float(group.actual[at] - group.plan[at]))
    yield _Value(*_part(delta, plan, group.actual[at] - group.plan[at], group.plan[at]))
    if not group.item.adds_up:
        return
    plans, actuals = (_so_far(group.first + place, row) for place in range(2))
    there = np.isfinite(group.actual[: at + 1])
    planned, came = group.plan[: at + 1][there].sum(), group.actual[: at + 1][there].sum()
    added = [address(row, group.first + place, absolute=False) for place in (4, 5, 6)]
    sums = (f"SUMPRODUCT(ISNUMBER({actuals})*{plans})", f"SUM({actuals})", f"{added[1]}-{added[0]}")
    for formula, value in zip(sums, (planned, came, came - planned), strict=True):
        yield _Value(f'=IF(ISNUMBER({actual}),{formula},"")', float(value) if known else np.nan)
    yield _Value(*_part(added[2], added[0], came - planned if known else np.nan, planned))


def _so_far(col: int, row: int) -> str:
    """The cells of a column from the first month to a row."""
    first = address(TOP, col, absolute=False).removesuffix(str(TOP + 1))
    return f"{first}${TOP + 1}:{address(row, col, absolute=False)}"


def _part(delta: str, plan: str, difference: float, planned: float) -> tuple[str, float]:
    """A difference in parts of what was planned; empty where there is none, or nothing was planned."""
    formula = f'=IF(ISNUMBER({delta}),IF({plan}<>0,{delta}/ABS({plan}),""),"")'
    return formula, difference / abs(planned) if planned else np.nan
