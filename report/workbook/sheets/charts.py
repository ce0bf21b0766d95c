"""The native charts of the summary, and the sheet of the figures they show.

Charts over months are drawn through points: months beyond the horizon all repeat its last point, so the charts
follow an edited horizon without an error value anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from model.formula import Name, total
from model.lines import LINES
from model.metrics import BRIDGE
from model.units import MONEY_YEAR, Style
from report.workbook.book import ACCENT, MUTED, RULE, TEXT, Book, Page, address, down, in_row
from report.workbook.excel_formula import excel
from report.workbook.figures import MONTHS, Figures
from report.workbook.places import HORIZON, MONTH_ROWS, MONTHS_SHEET, metric_cell, places_over_months, series_at

SHEET = "Chart data"
HOLD, LOSS = "#87929D", "#A3400A"
CURRENCY_ROW, HEADING_ROW, TOP = 4, 5, 6
MONTH, FIRST_LINE = 1, 2


@dataclass(frozen=True)
class Curve:
    """A chart over months: its title and the lines it shows, each with its colour and dash."""

    title: str
    lines: Mapping[str, tuple[str, str]]


CURVES: tuple[Curve, ...] = (
    Curve("Social share of the marketing budget", {
        "social_share": (ACCENT, "solid"), "hold": (HOLD, "dash")}),
    Curve("Cumulative cash and cumulative present value", {
        "cumulative_cash": (ACCENT, "solid"), "cumulative_present_value": (TEXT, "dash")}),
    Curve("Revenue per employee, annual rate", {
        "plan_revenue_per_employee": (ACCENT, "solid"), "hold_revenue_per_employee": (HOLD, "dash")}),
)  # fmt: skip
_SHOWN: tuple[str, ...] = tuple(name for curve in CURVES for name in curve.lines)
_BRIDGE = FIRST_LINE + len(_SHOWN) + 2
_STACKS = ("Below", "Gain", "Gain below zero", "Loss", "Loss below zero", "In all", "In all below zero")
_STACK = _BRIDGE + 4
_SIZE = {"width": 620, "height": 330}
_WIDE, _HIGH = 640, 18
# The rows that all charts take.
CHART_ROWS = 2 * _HIGH


def write_chart_data(book: Book, figures: Figures) -> Page:
    """The figures behind the charts, all taken from the sheets of the model."""
    widths = [3, 9, *[15] * len(_SHOWN), 3, 34, 13, 13, 13, *[11] * len(_STACKS)]
    page = book.page(SHEET, "Figures behind the charts of the summary", "calculation", widths)
    page.text(3, 1, "Months beyond the horizon repeat its last one, so that the charts end there.", font_color=MUTED)
    page.formula(CURRENCY_ROW, MONTH, "=scenario_currency", figures.scenario.currency, font_color=MUTED)
    page.unit(CURRENCY_ROW, MONTH + 1, MONEY_YEAR, figures.scenario.currency)
    page.height(HEADING_ROW, 56)
    page.headings(HEADING_ROW, MONTH, ["Month", *(_label(name) for name in _SHOWN)], align="right")
    for place in range(MONTHS):
        _write_month(page, TOP + place, min(place + 1, figures.horizon), figures)
    _write_bridge(page, figures)
    page.sheet.freeze_panes(TOP, 0)
    page.print_as(top=HEADING_ROW, parts=[_BRIDGE])
    return page


def _label(name: str) -> str:
    return "If held" if name == "hold" else LINES[name].label


def _write_month(page: Page, row: int, shown: int, figures: Figures) -> None:
    before, moving = (address(at, MONTH, absolute=False) for at in (row - 1, row))
    number = f"=MIN({HORIZON},{before}+1)" if row > TOP else "=1"
    page.formula(row, MONTH, number, shown, num_format="0")
    for offset, name in enumerate(_SHOWN):
        if name == "hold":
            start = figures.scenario.number("social_share_start")
            page.formula(row, FIRST_LINE + offset, "=social_share_start", start, num_format="0.0%")
            continue
        form = "0.0%" if LINES[name].unit.style is Style.PERCENT else "#,##0"
        formula = "=" + in_row(series_at(MONTHS_SHEET, MONTH_ROWS[name]), moving)
        page.formula(row, FIRST_LINE + offset, formula, float(figures.months[name][shown - 1]), num_format=form)


def _write_bridge(page: Page, figures: Figures) -> None:
    """Each benefit and cost, valued today, from zero to the net present value, cut into columns for stacking."""
    page.headings(HEADING_ROW, _BRIDGE, ["Value bridge"])
    page.headings(HEADING_ROW, _BRIDGE + 1, ["Adds", "From", "To", *_STACKS], align="right")
    start = 0.0
    names = (*BRIDGE, "npv")
    for place, name in enumerate(names):
        row = TOP + place
        added = figures.projection.bridge[name] if name in BRIDGE else figures.figure("npv") or 0.0
        begin = start if name in BRIDGE else 0.0
        start = begin + added
        page.text(row, _BRIDGE, LINES[name].label if name in BRIDGE else "Net present value")
        form = {"num_format": "#,##0"}
        adds, begins = (address(row, _BRIDGE + at, absolute=False) for at in (1, 2))
        page.formula(row, _BRIDGE + 1, f"={bridge_formula(name)}", added, **form)
        before = f"={address(row - 1, _BRIDGE + 3, absolute=False)}" if place else "=0"
        page.formula(row, _BRIDGE + 2, before if name in BRIDGE else "=0", begin, **form)
        page.formula(row, _BRIDGE + 3, f"={begins}+{adds}", start, **form)
        _write_stack(page, row, begin, start, total_=name not in BRIDGE)


def bridge_formula(name: str) -> str:
    """What a benefit or cost adds to the net present value, after tax, with its sign; or that value itself."""
    if name not in BRIDGE:
        return metric_cell(name)
    present = total(Name(name) * Name("discount_factor")) * (1 - Name("tax_rate"))
    return excel(present if BRIDGE[name] > 0 else -present, places_over_months())


def _write_stack(page: Page, row: int, begin: float, end: float, *, total_: bool) -> None:
    """The invisible part below the column, and the column itself above and below zero."""
    begins, ends = (address(row, _BRIDGE + at, absolute=False) for at in (2, 3))
    above = f"MAX({begins},{ends},0)-MAX(MIN({begins},{ends}),0)"
    under = f"MIN({begins},{ends},0)-MIN(MAX({begins},{ends}),0)"
    over = max(begin, end, 0) - max(min(begin, end), 0)
    below = min(begin, end, 0) - min(max(begin, end), 0)
    hidden = f"=MAX(0,MIN({begins},{ends}))+MIN(0,MAX({begins},{ends}))"
    page.formula(row, _STACK, hidden, max(0, min(begin, end)) + min(0, max(begin, end)), num_format="#,##0")
    for pair, (test, holds) in enumerate(
        ((f"{ends}>={begins}", end >= begin), (f"{ends}<{begins}", end < begin), ("", True))
    ):
        mine = (pair == 2) == total_
        for offset, (part, value) in enumerate(((above, over), (under, below))):
            formula = "=0" if not mine else f"={part}" if not test else f"=IF({test},{part},0)"
            page.formula(row, _STACK + 1 + 2 * pair + offset, formula, value if mine and holds else 0,
                num_format="#,##0")  # fmt: skip


def add_charts(page: Page, top: int) -> None:
    """The four charts, two by two."""
    charts = [_curve_chart(page.book, curve) for curve in CURVES]
    charts.insert(2, _bridge_chart(page.book))
    for place, chart in enumerate(charts):
        chart.set_size(_SIZE)
        offsets = {"x_offset": _WIDE * (place % 2), "y_offset": 4}
        page.sheet.insert_chart(top + _HIGH * (place // 2), 1, chart, offsets)


def _curve_chart(book: Book, curve: Curve) -> Any:
    chart = book.file.add_chart({"type": "scatter", "subtype": "straight"})
    months = f"='{SHEET}'!{down(MONTH, TOP, TOP + MONTHS - 1)}"
    for name, (colour, dash) in curve.lines.items():
        col = FIRST_LINE + _SHOWN.index(name)
        chart.add_series(
            {
                "name": f"='{SHEET}'!{address(HEADING_ROW, col)}",
                "categories": months,
                "values": f"='{SHEET}'!{down(col, TOP, TOP + MONTHS - 1)}",
                "line": {"color": colour, "width": 2.25, "dash_type": dash},
                "marker": {"type": "none"},
            }
        )
    share = all(name == "hold" or LINES[name].unit.style is Style.PERCENT for name in curve.lines)
    a_year = any(name in LINES and LINES[name].unit is MONEY_YEAR for name in curve.lines)
    live = f"='{SHEET}'!{address(CURRENCY_ROW, MONTH + a_year)}"
    if share:
        # From zero up Excel's own steps are never finer than a tenth of a per cent.
        _dress(chart, curve.title, "0.0%", "% of the marketing budget", min=0)
    else:
        _dress(chart, curve.title, "#,##0", live)
    chart.set_x_axis(_axis("0", "Month") | {"min": 0, "major_unit": 12, "label_position": "low"})
    chart.set_legend({"position": "bottom", "font": _font(10)})
    return chart


def _bridge_chart(book: Book) -> Any:
    chart = book.file.add_chart({"type": "column", "subtype": "stacked"})
    last = TOP + len(BRIDGE)
    colours: Sequence[str | None] = (None, ACCENT, ACCENT, LOSS, LOSS, TEXT, TEXT)
    for offset, colour in enumerate(colours):
        fill = {"none": True} if colour is None else {"color": colour}
        chart.add_series(
            {
                "name": f"='{SHEET}'!{address(HEADING_ROW, _STACK + offset)}",
                "categories": f"='{SHEET}'!{down(_BRIDGE, TOP, last)}",
                "values": f"='{SHEET}'!{down(_STACK + offset, TOP, last)}",
                "fill": fill,
                "border": {"none": True},
                "gap": 40,
            }
        )
    _dress(chart, "What makes up the net present value", "#,##0", f"='{SHEET}'!{address(CURRENCY_ROW, MONTH)}")
    chart.set_x_axis({"num_font": _font(10), "label_position": "low", "line": {"color": MUTED}})
    chart.set_legend({"position": "bottom", "delete_series": [0, 2, 4, 6], "font": _font(10)})
    return chart


def _dress(chart: Any, title: str, form: str, unit: str, **axis: float) -> None:
    """Title, value axis with its unit and frame; `axis` are further properties of the axis."""
    chart.set_title({"name": title, "name_font": _font(11, bold=True), "overlay": False})
    grid = {"visible": True, "line": {"color": RULE, "width": 0.5}}
    chart.set_y_axis(_axis(form, unit) | {"line": {"none": True}, "major_gridlines": grid} | axis)
    chart.set_chartarea({"border": {"color": RULE}})


def _axis(form: str, name: str) -> dict[str, Any]:
    return {"name": name, "name_font": _font(10), "num_format": form, "num_font": _font(10),
        "major_gridlines": {"visible": False}, "line": {"color": MUTED}}  # fmt: skip


def _font(size: int, *, bold: bool = False) -> dict[str, Any]:
    return {"name": "Arial", "size": size, "bold": bold, "color": TEXT}
