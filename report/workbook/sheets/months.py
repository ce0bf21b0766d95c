"""The sheets by month: Months with every line, and one for each run with changed assumptions."""

from __future__ import annotations

from typing import Any

from model.formula import Array, Constant, Name
from model.lines import LINES
from model.metrics import COUNTERFACTUALS, METRICS
from model.sheet import GIVEN
from model.telling.explain import label_of, unit_of
from model.units import MONTH
from report.workbook.book import (
    ACCENT,
    FAINT,
    MONTH_FORMAT,
    MUTED,
    NO_OPENING,
    Book,
    Page,
    column_letter,
    in_column,
    number_format,
    serial,
)
from report.workbook.by_year import PATH
from report.workbook.excel_formula import excel
from report.workbook.figures import MONTHS, RUNS, Figures
from report.workbook.places import (
    DATE_ROW,
    FIRST,
    FISCAL_ROW,
    FLAG_ROW,
    GIVEN_ROWS,
    HORIZON,
    HORIZON_ROW,
    LABEL,
    LAST,
    LINES_END,
    LINES_TOP,
    MONTH_ROW,
    MONTH_ROWS,
    MONTHS_SHEET,
    OPENING,
    SIGN,
    TOP,
    UNIT,
    changes_row,
    line_signs,
    places_in_month,
    places_over_months,
    run_npv_row,
    run_rows,
)

_WIDTHS = [3, 42, 17, 5, 13, *[13] * MONTHS]
_HALF_YEARS = [FIRST + 6 * half for half in range(1, MONTHS // 6)]


def write_months(book: Book, figures: Figures, longest: int) -> Page:
    """Every line by month; printed as far as the longest horizon delivered, `longest` months."""
    page = book.page(MONTHS_SHEET, "Months: every line item, month by month", "calculation", _WIDTHS)
    _write_timeline(page)
    _write_calendar(book, page, figures)
    page.section(TOP - 1, "Place in the plan year and on the custom path, and amounts stated by plan year", LAST)
    _write_given(page, figures)
    page.section(LINES_TOP - 1, "Line items, in calculation order", LAST)
    for name, row in ((name, MONTH_ROWS[name]) for name in LINES):
        _write_line(page, row, name, figures.months[name], figures)
        page.text(row, SIGN, line_signs().get(name, ""), align="center", font_color=MUTED)
    _grey_beyond_horizon(page, LINES_END)
    _set_print(page, LINES_END, longest)
    return page


def write_run(book: Book, run: str, figures: Figures, longest: int) -> Page:
    """The lines of a run with changed assumptions, and its net present value."""
    item, rows = RUNS[run], run_rows(run)
    page = book.page(run, item.label, "calculation", _WIDTHS)
    _write_timeline(page)
    page.text(HORIZON_ROW, LABEL, "Lines that are not shown are those of Months.", font_color=MUTED)
    _write_references(page, figures)
    page.section(TOP - 1, "What is changed", LAST)
    for place, (name, value) in enumerate(item.changes.items()):
        row = changes_row(place)
        page.public_name(row, name)
        page.text(row, LABEL, label_of(name))
        written = excel(Constant(value) if isinstance(value, float) else Name(value), places_over_months())
        changed = value if isinstance(value, float) else figures.scenario.number(value)
        look = {"num_format": number_format(unit_of(name)), "align": "right"}
        # A formula even where it is a number of the model's own: so it is missed where it was typed over.
        page.formula(row, OPENING, f"={written}", changed, **look)
    if run in COUNTERFACTUALS:
        _write_run_npv(page, run, figures)
    page.section(min(rows.values()) - 1, "Lines that change", LAST)
    for name, row in rows.items():
        _write_line(page, row, name, figures.runs[run][name], figures, run)
    _grey_beyond_horizon(page, max(rows.values()))
    _set_print(page, max(rows.values()), longest)
    return page


def _write_timeline(page: Page) -> None:
    """The header row with the month numbers; month 0 is today."""
    page.public_name(MONTH_ROW, "t")
    page.headings(MONTH_ROW, LABEL, [GIVEN["t"].label, "Unit", "Sign"])
    look = {"bold": True, "bottom": 1, "bottom_color": ACCENT, "align": "right", "num_format": "0"}
    page.constant(MONTH_ROW, OPENING, 0, **look)
    for month in range(1, MONTHS + 1):
        col = OPENING + month
        page.formula(MONTH_ROW, col, f"={column_letter(col - 1)}{MONTH_ROW + 1}+1", month, **look)
    page.text(DATE_ROW, LABEL, "First day of the month", font_color=MUTED)
    page.text(FISCAL_ROW, LABEL, "Fiscal year", font_color=MUTED)
    page.text(FLAG_ROW, LABEL, "Counts: within the horizon", font_color=MUTED)
    for row, name in ((DATE_ROW, "date"), (FISCAL_ROW, "fiscal_year"), (FLAG_ROW, "in_horizon")):
        page.public_name(row, name)
    page.text(DATE_ROW, OPENING, "today", font_color=MUTED, align="right")


def _write_calendar(book: Book, page: Page, figures: Figures) -> None:
    page.public_name(HORIZON_ROW, HORIZON)
    page.text(HORIZON_ROW, LABEL, "Months in the horizon")
    page.text(HORIZON_ROW, UNIT, MONTH.words("") + "s", font_color=MUTED)
    page.formula(HORIZON_ROW, OPENING, "=12*horizon_years", figures.horizon, num_format="0")
    book.name(HORIZON, page.cell(HORIZON_ROW, OPENING))
    for month in range(MONTHS):
        col = FIRST + month
        number, day = f"{column_letter(col)}{MONTH_ROW + 1}", f"{column_letter(col)}{DATE_ROW + 1}"
        start = figures.dates[month]
        _heading(
            page, DATE_ROW, col, f"=EDATE(scenario_start_month,{number}-1)", serial(start), book.dated(MONTH_FORMAT)
        )
        year = f"YEAR({day})-(MONTH({day})<scenario_fiscal_year_start)"
        _heading(page, FISCAL_ROW, col, f"={year}", figures.fiscal_years[month], "0")
        _heading(page, FLAG_ROW, col, f"=1*({number}<={HORIZON})", int(month < figures.horizon), "0")


def _write_references(page: Page, figures: Figures) -> None:
    """The calendar of a run's sheet: that of Months."""
    for month in range(MONTHS):
        col = FIRST + month
        for row, value, form in (
            (DATE_ROW, serial(figures.dates[month]), page.book.dated(MONTH_FORMAT)),
            (FISCAL_ROW, figures.fiscal_years[month], "0"),
            (FLAG_ROW, int(month < figures.horizon), "0"),
        ):
            _heading(page, row, col, f"={MONTHS_SHEET}!{column_letter(col)}{row + 1}", value, form)


def _heading(page: Page, row: int, col: int, formula: str, value: float, form: str) -> None:
    page.formula(row, col, formula, value, num_format=form, font_color=MUTED, align="right")


def _write_given(page: Page, figures: Figures) -> None:
    """The series that are given: an empty year-end keeps the share before it, an empty amount is none."""
    start = figures.scenario.number("social_share_start")
    for name, row in GIVEN_ROWS.items():
        _write_labels(page, row, name, GIVEN[name].label, figures)
        form = number_format(GIVEN[name].unit)
        if name in ("path_to", "path_from"):
            page.formula(row, OPENING, "=social_share_start", start, num_format=form)
        else:
            page.value(row, OPENING, None, bg_color=NO_OPENING)
        for month in range(MONTHS):
            col = FIRST + month
            page.formula(row, col, "=" + _given(name, col), float(figures.months[name][month]), num_format=form)


def _given(name: str, col: int) -> str:
    def at(row: str, back: int = 0) -> str:
        return f"{column_letter(col - back)}{MONTH_ROWS[row] + 1}"

    if name == "path_month":
        return f"MOD({at('t')}-1,12)+1"
    if name == "path_from":
        return f"IF({at('path_month')}=1,{at('path_to', 1)},{at('path_from', 1)})"
    year = f"({at('t')}-{at('path_month')})/12+1"
    if name != "path_to":
        return f"SUM({in_column(name, year)})/12"
    share = in_column(PATH, year)
    unplanned = f'IF(AND(ramp_shape="custom",COUNT({PATH})>0),{at("path_to", 1)},social_share_target)'
    return f'IF(AND(ramp_shape="custom",ISNUMBER({share})),{share},{unplanned})'


def _write_labels(page: Page, row: int, name: str, label: str, figures: Figures) -> None:
    page.public_name(row, name)
    page.text(row, LABEL, label)
    page.unit(row, UNIT, unit_of(name), figures.scenario.currency)


def _write_line(page: Page, row: int, name: str, values: Array, figures: Figures, run: str | None = None) -> None:
    item = LINES[name]
    form = {"num_format": number_format(item.unit)} | _emphasis(name)
    _write_labels(page, row, name, item.label, figures)
    if item.opening is None:
        page.value(row, OPENING, None, bg_color=NO_OPENING)
    else:
        page.constant(row, OPENING, item.opening, **form)
    for month, value in enumerate(values.tolist()):
        col = FIRST + month
        page.formula(row, col, "=" + excel(item.expression, places_in_month(name, col, run)), value, **form)


def _emphasis(name: str) -> dict[str, Any]:
    return {"bold": True, "top": 1, "top_color": ACCENT} if name in ("benefits", "costs", "net_cash") else {}


def _write_run_npv(page: Page, run: str, figures: Figures) -> None:
    row, npv = run_npv_row(run), METRICS["npv"]
    page.public_name(row, "npv")
    page.text(row, LABEL, npv.label, bold=True)
    page.unit(row, UNIT, npv.unit, figures.scenario.currency)
    page.formula(
        row, OPENING, "=" + excel(npv.expression, places_over_months(run)), figures.projection.counterfactuals[run],
        num_format=number_format(npv.unit), bold=True,
    )  # fmt: skip


def _grey_beyond_horizon(page: Page, last: int) -> None:
    flag = f"{column_letter(FIRST)}${FLAG_ROW + 1}"
    page.rule((MONTH_ROW, FIRST, last, LAST), f"={flag}=0", font_color=FAINT)


def _set_print(page: Page, last: int, longest: int) -> None:
    """Half a year to the printed page, with labels and month numbers on each."""
    page.sheet.freeze_panes(FLAG_ROW + 1, OPENING)
    halves = (col for col in _HALF_YEARS if col < FIRST + longest)
    page.print_as(top=FLAG_ROW, labels=UNIT, last=(last, OPENING + longest), parts=halves)
