"""The sheet Forecast: every line's band to the end of the plan, beside what was planned."""

from __future__ import annotations

from model.track.tracked import CASH
from report.tables.tracked.subjects import label_of, planned, unit_of
from report.workbook.book import RULE, address
from report.workbook.plain.plain_book import FIRST, PlainBook
from report.workbook.tracked.places import LEARNT, PARTS, ReportPlaces, shown, signed

_TOP = 5
_TITLE = "Forecast (FC) to the end of the plan"


def write_forecast(book: PlainBook, places: ReportPlaces) -> None:
    """Every forecast to the end, beside the plan."""
    of = places.of
    found, until, months = of.found, of.until, of.months
    subjects = [CASH, *(name for name in found.ahead if name != CASH)]
    heads = ("PL", "P10", "FC (P50)", "P90", "ΔPL", "ΔPL %")
    sheet = book.sheet("Forecast", _TITLE, (8, *[13] * len(heads) * len(subjects)), LEARNT)
    sheet.words(
        3, "P10 to P90 is the band of 8 in 10 odds, of what will be measured; FC is its middle, ΔPL = FC − PL."
    )
    sheet.headings(_TOP, FIRST, ("Month",), left=1)
    for row, month in enumerate(range(until + 1, months + 1), start=_TOP + 1):
        sheet.cell(row, FIRST, month, num_format="0", align="left")
    if until == months:
        sheet.words(_TOP + 1, "The plan is over: nothing is left to forecast.")
    for place, name in enumerate(subjects):
        first, unit, ahead = FIRST + 1 + place * len(heads), unit_of(name), found.ahead[name]
        sheet.cell(_TOP - 1, first, unit.beside(label_of(found, name), found.scenario.currency), bold=True)
        sheet.headings(_TOP, first, heads)
        plan = planned(of.projection, name)
        for at in range(until, months):
            row = _TOP + 1 + at - until
            values = (float(series[at]) for series in (plan, ahead.low, ahead.middle, ahead.high))
            for col, value in enumerate(values, start=first):
                sheet.cell(
                    row, col, value, **shown(unit), **({"left": 1, "left_color": RULE} if col == first else {})
                )
            cells = [address(row, first + offset, absolute=False) for offset in (0, 2, 4)]
            apart = float(ahead.middle[at] - plan[at])
            sheet.formula(row, first + 4, f"={cells[1]}-{cells[0]}", apart, **signed(unit))
            part = f'=IF({cells[0]}<>0,{cells[2]}/ABS({cells[0]}),"")'
            sheet.formula(row, first + 5, part, apart / abs(plan[at]) if plan[at] else None, **PARTS)
    sheet.page.freeze_panes(_TOP + 1, FIRST + 1)
    starts = [FIRST + 1 + place * len(heads) for place in range(1, len(subjects))]
    sheet.print_apart(_TITLE, _TOP - 1, _TOP, 1, starts)
