"""The sheet Report: a month beside plan and added up, the odds before and after, all in words, and the gates."""

from __future__ import annotations

import numpy as np

from model.assumptions import ASSUMPTIONS
from model.track.words import MOST_OPEN, answer, lead
from model.units import MONEY
from report.tables.tracked.odds import worths
from report.tables.tracked.variance_report import VarianceReport, told
from report.workbook.book import INPUT_FILL, INPUT_TEXT, RULE, address, in_column
from report.workbook.plain.plain_book import FIRST, PlainBook, PlainSheet
from report.workbook.tracked.places import NEGATIVE, PARTS, WARNING, LineColumns, ReportPlaces, shown, signed

_NOTE = (
    "AC actual, PL plan, ΔPL = AC − PL; of per cents in points. The tables of lines are live; odds and sentences "
    "are of the day the file was made, and do not follow what is typed."
)
_SHOWN_MONTH = (5, FIRST + 1)
_TABLE = 7
_WIDTHS = (54, 13, 13, 13, 13, 13, 13, 13, 13)


def write_front(book: PlainBook, places: ReportPlaces) -> None:
    """The sheet that is read first."""
    of = places.of
    sheet = book.sheet("Report", "Monthly variance report", _WIDTHS, _NOTE)
    first = lead(of.found)
    sheet.paragraph(
        3, f"{first}." if first else answer(of.found), **({"bold": True} | (WARNING if of.misspecified else {}))
    )
    _shown_month(sheet, places)
    row = _flows(sheet, places)
    row = _states(sheet, places, row)
    row = _hangs_on(sheet, of, _odds(sheet, of, row))
    for part in told(of):
        sheet.section(row, part.heading)
        for sentence in part.sentences:
            row += 1
            sheet.paragraph(row, f"• {sentence}")
        row += 2
    _gates(sheet, of, row)


def _shown_month(sheet: PlainSheet, places: ReportPlaces) -> None:
    """Which month the tables show: the last that has an actual, or what is typed."""
    row, col = _SHOWN_MONTH
    sheet.cell(row, FIRST, "Month shown; type another over it")
    known = "+".join(f"ISNUMBER({places.actuals(name)})" for name in places.typed)
    last = f"=SUMPRODUCT(MAX(({known}>0)*{places.months}))"
    look = {"font_color": INPUT_TEXT, "bg_color": INPUT_FILL, "border": 1, "border_color": RULE}
    sheet.formula(row, col, last, float(places.of.until), num_format="0", align="right", bold=True, **look)
    sheet.page.data_validation(
        row, col, row, col, {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": places.of.months}
    )


def _month() -> str:
    return address(*_SHOWN_MONTH)


def _flows(sheet: PlainSheet, places: ReportPlaces) -> int:
    """What adds up: of the month shown, and of all months so far."""
    currency = places.of.found.scenario.currency
    sheet.cell(_TABLE, FIRST + 1, "Month shown", bold=True)
    sheet.cell(_TABLE, FIRST + 5, "All months with actuals, so far", bold=True)
    sheet.headings(_TABLE + 1, FIRST, ("Measured", *("PL", "AC", "ΔPL", "ΔPL %") * 2), left=1)
    row = _TABLE + 1
    for group in (group for group in places.groups if group.item.adds_up):
        row += 1
        sheet.cell(row, FIRST, group.item.unit.of_a_year.beside(group.item.label, currency))
        _of_month(sheet, places, group, row)
        _so_far(sheet, places, group, row)
    _colour(sheet, _TABLE + 2, row)
    return row + 2


def _of_month(sheet: PlainSheet, places: ReportPlaces, group: LineColumns, row: int) -> None:
    at, unit = places.of.until - 1, group.item.unit
    plan, actual = float(group.plan[at]), float(group.actual[at])
    looks = (shown(unit), shown(unit), signed(unit), PARTS)
    values = (plan, actual, actual - plan, (actual - plan) / abs(plan) if plan else np.nan)
    for place, (look, value) in enumerate(zip(looks, values, strict=True)):
        sheet.formula(row, FIRST + 1 + place, f"={in_column(group.column(place), _month())}", value, **look)


def _so_far(sheet: PlainSheet, places: ReportPlaces, group: LineColumns, row: int) -> None:
    item, unit = group.item, group.item.unit.of_a_year
    known, plans, actuals = f"ISNUMBER({group.column(1)})", group.column(0), group.column(1)
    counted = f"{known}*({places.months}<={_month()})"
    plan, actual = item.total(item.plan), item.total(item.actual)
    cells = [address(row, FIRST + 5 + place, absolute=False) for place in range(3)]
    formulas = (
        f"=SUMPRODUCT({counted}*{plans})",
        f'=SUMIFS({actuals},{places.months},"<="&{_month()})',
        f"={cells[1]}-{cells[0]}",
        f'=IF({cells[0]}<>0,{cells[2]}/ABS({cells[0]}),"")',
    )
    values = (plan, actual, actual - plan, (actual - plan) / abs(plan) if plan else np.nan)
    looks = (shown(unit), shown(unit), signed(unit), PARTS)
    for place, (formula, value, look) in enumerate(zip(formulas, values, looks, strict=True)):
        sheet.formula(row, FIRST + 5 + place, formula, value, **look)


def _states(sheet: PlainSheet, places: ReportPlaces, row: int) -> int:
    """What is tested now and then: its last measurement up to the month shown."""
    groups = [group for group in places.groups if not group.item.adds_up]
    if not groups:
        return row
    sheet.headings(row, FIRST, ("Tested now and then, last", "Month", "PL", "AC", "ΔPL"), left=1)
    top = row + 1
    for group in groups:
        row += 1
        item, unit, at = group.item, group.item.unit, group.item.months[-1]
        sheet.cell(row, FIRST, unit.beside(item.label, places.of.found.scenario.currency))
        counted = f"ISNUMBER({group.column(1)})*({places.months}<={_month()})*{places.months}"
        sheet.formula(row, FIRST + 1, f"=SUMPRODUCT(MAX({counted}))", float(at), num_format="0", align="right")
        last = address(row, FIRST + 1, absolute=False)
        values = (
            float(group.plan[at - 1]),
            float(group.actual[at - 1]),
            float(group.actual[at - 1] - group.plan[at - 1]),
        )
        for place, (value, look) in enumerate(zip(values, (shown(unit), shown(unit), signed(unit)), strict=True)):
            found = in_column(group.column(place), last)
            sheet.formula(row, FIRST + 2 + place, f'=IF({last}>0,{found},"")', value, **look)
    _colour(sheet, top, row)
    return row + 2


def _odds(sheet: PlainSheet, of: VarianceReport, row: int) -> int:
    """What the whole plan is worth, as it was planned and as it is believed now."""
    heads = ("What the plan is worth over its whole horizon", "Planned", "Now", "Δ")
    sheet.headings(row, FIRST, heads, left=1)
    top = row + 1
    for item in worths(of):
        row += 1
        sheet.cell(row, FIRST, item.label)
        sheet.cell(row, FIRST + 1, item.before, **shown(item.unit))
        sheet.cell(row, FIRST + 2, item.now, **shown(item.unit))
        if item.compared:
            cells = [address(row, FIRST + place, absolute=False) for place in (1, 2)]
            sheet.formula(row, FIRST + 3, f"={cells[1]}-{cells[0]}", item.now - item.before, **signed(item.unit))
    _colour(sheet, top, row)
    return row + 2


def _hangs_on(sheet: PlainSheet, of: VarianceReport, row: int) -> int:
    """The beliefs that the worth still hangs on, with the net present value at both ends of each."""
    bars = of.found.matters[:MOST_OPEN]
    if not bars:
        return row
    sheet.headings(row, FIRST, ("What the worth still hangs on", "P10", "P90", "NPV at P10", "NPV at P90"), left=1)
    for bar in bars:
        row += 1
        unit = ASSUMPTIONS[bar.name].unit
        sheet.cell(row, FIRST, ASSUMPTIONS[bar.name].short_label, shrink=True)
        for place, (value, look) in enumerate(
            ((bar.low, unit), (bar.high, unit), (bar.npv_low, MONEY), (bar.npv_high, MONEY)), start=1
        ):
            sheet.cell(row, FIRST + place, value, **shown(look))
    return row + 2


def _gates(sheet: PlainSheet, of: VarianceReport, row: int) -> None:
    """Each gate of the plan, met or not as its cells say."""
    if not of.found.gates:
        return
    heads = ("Gate: what it looks at", "End of month", "At least", "Measured", "State")
    sheet.headings(row, FIRST, heads, left=1)
    sheet.heading(row, FIRST + 5, "  Below it", number=False)
    for seen in of.found.gates:
        row += 1
        gate, unit = seen.gate, seen.gate.looks_at.unit
        sheet.cell(row, FIRST, unit.beside(gate.looks_at.label, of.found.scenario.currency))
        sheet.cell(row, FIRST + 1, gate.month, num_format="0", align="right")
        sheet.cell(row, FIRST + 2, gate.threshold, **shown(unit))
        if seen.observed is None:
            sheet.cell(row, FIRST + 3, None)
        else:
            sheet.cell(row, FIRST + 3, seen.observed, **shown(unit))
        least, measured = (address(row, FIRST + place, absolute=False) for place in (2, 3))
        otherwise = "due" if seen.due else "open"
        state = otherwise if seen.observed is None else str(seen.state)
        formula = f'=IF(ISNUMBER({measured}),IF({measured}>={least},"met","not met"),"{otherwise}")'
        sheet.formula(row, FIRST + 4, formula, state, align="right", bold=True)
        sheet.cell(row, FIRST + 5, gate.below.words, align="left", indent=1)


def _colour(sheet: PlainSheet, top: int, last: int) -> None:
    """Differences below zero, in the colour that charts give them; only differences are."""
    area = (top, FIRST + 3, last, FIRST + 8)
    cell = address(top, FIRST + 3, absolute=False)
    first = address(top, FIRST, absolute=False).replace("B", "$B")
    sheet.colour(area, f'=AND({first}<>"",ISNUMBER({cell}),{cell}<0)', NEGATIVE)
