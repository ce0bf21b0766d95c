"""The sheet Causes: what the variances are put down to, added up and by month."""

from __future__ import annotations

from typing import Any

from model.track.variances import BELIEVED, Variance, VarianceCause
from model.units import Style
from report.workbook.book import address, down
from report.workbook.plain.plain_book import FIRST, PlainBook, PlainSheet
from report.workbook.tracked.places import ACTUALS, LEARNT, NEGATIVE, WARNING, ReportPlaces, shown, signed

_TOP = 5


def write_causes(book: PlainBook, places: ReportPlaces) -> None:
    """What the variances are put down to: added up, and below by line and month."""
    items = places.of.found.variances
    heads = ("AC", "PL", "ΔPL", *(f"Δ {cause.value}" for cause in VarianceCause), "Left over")
    sheet = book.sheet("Causes", "What the variances are put down to", (40, 9, *[15] * len(heads), 13), LEARNT)
    sheet.headings(_TOP - 1, FIRST, ("Added up; of what does not, the last", "Month", *heads), left=1)
    list_head = _TOP + len(items) + 2
    top, last = list_head + 1, list_head + sum(len(item.months) for item in items)
    for row, item in enumerate(items, start=_TOP):
        _total(sheet, item, row, (top, last))
    sheet.headings(list_head, FIRST, ("By line and month", "Month", *heads, "AC as on Actuals"), left=1)
    row = top
    for place, item in enumerate(items):
        _next_to_nothing(sheet, item, _TOP + place, _TOP + place)
        _next_to_nothing(sheet, item, row, row + len(item.months) - 1)
        for month in item.months:
            _month(sheet, places, item, month, row)
            row += 1
    wide = FIRST + len(heads) + 2
    sheet.page.autofilter(list_head, FIRST, last, wide)
    for first, end in ((_TOP, _TOP + len(items) - 1), (top, last)):
        cell = address(first, FIRST + 4, absolute=False)
        sheet.colour((first, FIRST + 4, end, FIRST + 4 + len(VarianceCause)), f"={cell}<0", NEGATIVE)


def _next_to_nothing(sheet: PlainSheet, item: Variance, first: int, last: int) -> None:
    """Write what no digit is left of as such, without a sign that it has not."""
    least = 0.5 * 10.0**-item.unit.decimals / item.unit.scale if item.unit.style is not Style.MONEY else 0.5
    cell = address(first, FIRST + 4, absolute=False)
    area = (first, FIRST + 4, last, FIRST + 4 + len(VarianceCause))
    sheet.colour(area, f"=ABS({cell})<{least:.6f}", {"num_format": '"±0"'})


def _looks(item: Variance) -> list[dict[str, Any]]:
    """How AC, PL, ΔPL, each cause and what is left over look."""
    unit = item.unit
    return [shown(unit), shown(unit), *[signed(unit)] * (len(VarianceCause) + 1), shown(unit)]


def _differences(row: int) -> tuple[str, str]:
    """ΔPL, and what the causes leave of it: nothing, but for rounding."""
    actual, plan, delta = (address(row, FIRST + place, absolute=False) for place in (2, 3, 4))
    first, last = (address(row, FIRST + place, absolute=False) for place in (5, 4 + len(VarianceCause)))
    return f"={actual}-{plan}", f"=ROUND({delta}-SUM({first}:{last}),6)"


def _total(sheet: PlainSheet, item: Variance, row: int, listed: tuple[int, int]) -> None:
    lines, months = down(FIRST, *listed), down(FIRST + 1, *listed)
    label = address(row, FIRST, absolute=False)
    sheet.cell(row, FIRST, item.label)
    last = f"=SUMPRODUCT(MAX(({lines}={label})*{months}))"
    sheet.formula(row, FIRST + 1, last, float(item.months[-1]), num_format="0", align="right")
    of_last = "" if item.adds_up else f",{months},{address(row, FIRST + 1, absolute=False)}"
    series = [item.actual, item.plan, item.delta, *(item.parts[cause] for cause in VarianceCause)]
    delta, left = _differences(row)
    for place, (values, look) in enumerate(zip(series, _looks(item), strict=False), start=2):
        summed = f"=SUMIFS({down(FIRST + place, *listed)},{lines},{label}{of_last})"
        sheet.formula(row, FIRST + place, delta if place == 4 else summed, item.total(values), **look)
    sheet.formula(row, FIRST + 2 + len(series), left, 0.0, **_looks(item)[-1])


def _month(sheet: PlainSheet, places: ReportPlaces, item: Variance, month: int, row: int) -> None:
    at = month - 1
    sheet.cell(row, FIRST, item.label)
    sheet.cell(row, FIRST + 1, month, num_format="0", align="right")
    series = [item.actual, item.plan, item.delta, *(item.parts[cause] for cause in VarianceCause)]
    delta, left = _differences(row)
    for place, (values, look) in enumerate(zip(series, _looks(item), strict=False), start=2):
        if place == 4:
            sheet.formula(row, FIRST + place, delta, float(values[at]), **look)
        else:
            sheet.cell(row, FIRST + place, float(values[at]), **look)
    col = FIRST + 2 + len(series)
    sheet.formula(row, col, left, 0.0, **_looks(item)[-1])
    if item.subject == BELIEVED:
        sheet.cell(row, col + 1, "believed", align="right")
        return
    typed = f"{ACTUALS}!{address(places.row(month), places.typed[item.subject], absolute=False)}"
    mine = address(row, FIRST + 2, absolute=False)
    sheet.formula(row, col + 1, f'=IF({typed}={mine},"yes","changed")', "yes", align="right")
    sheet.colour((row, col + 1, row, col + 1), f'={address(row, col + 1)}="changed"', WARNING)
