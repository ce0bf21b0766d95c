"""The sheet Record: how often the bands held, the checks of another world, and each actual beside its band."""

from __future__ import annotations

from collections.abc import Sequence

from model.history.checks import Diagnostic
from model.track.checks import fails
from model.track.forecasts import FAR, HELD, SURE, Forecast, record, records
from model.track.measures import MEASURES
from model.units import SHARE
from report.workbook.book import address, down
from report.workbook.plain.plain_book import FIRST, PlainBook, PlainSheet
from report.workbook.tracked.places import LEARNT, ODDS, WARNING, ReportPlaces, shown

_TOP = 5
_COUNTED = ("Actuals", "Held", "Part held", "at least", "at most", "Far out", "Interval score")
_EACH = ("Month", "P10", "P50", "P90", "AC", "Held", "Odds of less", "Far out", "In parts of", "Interval score")
_TOLD = (
    f"At least and at most: {SURE:.0%} interval, chance allowed for. Interval score: in parts of what was planned, "
    "lower is better."
)


def write_record(book: PlainBook, places: ReportPlaces) -> None:
    """How often the bands held, the checks of another world, and each actual beside its band."""
    found = places.of.found
    sheet = book.sheet("Record", "How honest the forecasts were", (40, *[14] * 11), LEARNT)
    sheet.words(3, f"Bands from P10 to P90 should hold {found.scenario.format.rounded(HELD, SHARE)} of the actuals.")
    made, by = found.forecasts, records(found.forecasts)
    checks = _TOP + len(by) + 4
    head = checks + len(found.checks) + 3
    top, last = head + 1, head + len(made)
    sheet.headings(_TOP, FIRST, ("By what was measured", *_COUNTED), left=1)
    for row, name in enumerate((*by, ""), start=_TOP + 1):
        _kept(sheet, places, name, row, (top, last))
    sheet.words(checks - 2, _TOLD)
    _checks(sheet, found.checks, checks)
    sheet.headings(head, FIRST, ("Each actual beside its band", *_EACH), left=1)
    for row, forecast in enumerate(made, start=top):
        _banded(sheet, forecast, row)
    area = (top, FIRST, last, FIRST + len(_EACH))
    sheet.page.autofilter(head, FIRST, *area[2:])
    sheet.colour(area, f"=${address(top, FIRST + 6, absolute=False)}=0", WARNING)


def _checks(sheet: PlainSheet, checks: Sequence[Diagnostic], row: int) -> None:
    """Each check with the odds of chance; one that failed stands out."""
    sheet.headings(row, FIRST, ("Checks of another world", "Odds of chance"), left=1)
    sheet.heading(row, FIRST + 2, "  What it says", number=False)
    for at, item in enumerate(checks, start=row + 1):
        alarm = WARNING if item in fails(checks) else {}
        sheet.cell(at, FIRST, item.name, **alarm)
        sheet.cell(at, FIRST + 1, item.figures.get("chance"), num_format="0.0%", align="right")
        sheet.cell(at, FIRST + 2, item.verdict, align="left", indent=1, **alarm)


def _kept(sheet: PlainSheet, places: ReportPlaces, name: str, row: int, listed: tuple[int, int]) -> None:
    """The record of a measure, or of all: counts, the part held with its exact interval, the mean score."""
    made = [item for item in places.of.found.forecasts if name in ("", item.actual.measure)]
    known = record(made)
    if known is None:
        return
    lines, held, far, score = (down(FIRST + place, *listed) for place in (0, 6, 8, 10))
    label, count, kept = (address(row, FIRST + place, absolute=False) for place in range(3))
    one = f"({lines}={label})" if name else f'({lines}<>"")'
    bold = {} if name else {"bold": True, "top": 1}
    outside = (1 - SURE) / 2
    sheet.cell(row, FIRST, MEASURES[name].label if name else "All", **bold)
    look = {"num_format": "0", "align": "right"} | bold
    sheet.formula(row, FIRST + 1, f"=SUMPRODUCT({one}*1)", known.actuals, **look)
    sheet.formula(row, FIRST + 2, f"=SUMPRODUCT({one}*{held})", known.held, **look)
    sheet.formula(row, FIRST + 3, f"={kept}/{count}", known.part, **ODDS, **bold)
    low = f"=IF({kept}=0,0,BETAINV({outside:.3f},MAX({kept},1),{count}-{kept}+1))"
    high = f"=IF({kept}={count},1,BETAINV({1 - outside:.3f},{kept}+1,MAX({count}-{kept},1)))"
    sheet.formula(row, FIRST + 4, low, known.low, **ODDS, **bold)
    sheet.formula(row, FIRST + 5, high, known.high, **ODDS, **bold)
    sheet.formula(row, FIRST + 6, f"=SUMPRODUCT({one}*{far})", known.far, **look)
    sheet.formula(
        row, FIRST + 7, f"=SUMPRODUCT({one}*{score})/{count}", known.score, num_format="0.000", align="right", **bold
    )


def _banded(sheet: PlainSheet, item: Forecast, row: int) -> None:
    """An actual and what was forecast of it beforehand; whether it was held, and its score, are live."""
    unit = item.actual.of.unit
    sheet.cell(row, FIRST, item.actual.of.label)
    sheet.cell(row, FIRST + 1, item.actual.month, num_format="0", align="right")
    for col, value in enumerate((item.low, item.middle, item.high, item.actual.value), start=FIRST + 2):
        sheet.cell(row, col, value, **shown(unit))
    low, high, actual, below, unit_cell = (address(row, FIRST + place, absolute=False) for place in (2, 4, 5, 7, 9))
    whole = {"num_format": "0", "align": "right"}
    sheet.formula(row, FIRST + 6, f"=IF(AND({actual}>={low},{actual}<={high}),1,0)", int(item.held), **whole)
    sheet.cell(row, FIRST + 7, item.below, num_format="0.00%", align="right")
    sheet.formula(row, FIRST + 8, f"=IF(MIN({below},1-{below})<{FAR},1,0)", int(item.far), **whole)
    sheet.cell(row, FIRST + 9, item.unit, **shown(unit))
    outside = f"MAX({low}-{actual},{actual}-{high},0)"
    score = f"=({high}-{low}+2/(1-{HELD})*{outside})/{unit_cell}"
    sheet.formula(row, FIRST + 10, score, item.score, num_format="0.000", align="right")
