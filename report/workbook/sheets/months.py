"""The sheets by month: Months with every line, and one for each run with changed assumptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from model.formula import Array, Constant, Name
from model.lines import LINES
from model.metrics import METRICS
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
    BEFORE,
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
    SUMMARY_ROWS,
    THIS,
    TOP,
    UNIT,
    Finder,
    at_column,
    changes_row,
    line_signs,
    places_in_month,
    places_over_months,
    run_npv_row,
    run_rows,
    series_at,
)

_WIDTHS = [3, 42, 17, 5, 13, *[13] * MONTHS]
_HALF_YEARS = [FIRST + 6 * half for half in range(1, MONTHS // 6)]


def write_months(book: Book, figures: Figures, longest: int) -> Page:
    """Every line by month; printed as far as the longest horizon delivered, `longest` months."""
    page = book.page(MONTHS_SHEET, "Months: every line item, month by month", "calculation", _WIDTHS)
    write_timeline(page)
    write_calendar(page, figures, str, HORIZON)
    book.name(HORIZON, page.cell(HORIZON_ROW, OPENING))
    page.section(TOP - 1, "Place in the plan year and on the custom path, and amounts stated by plan year", LAST)
    write_given(page, figures, str)
    page.section(LINES_TOP - 1, "Line items, in calculation order", LAST)
    for name, row in ((name, MONTH_ROWS[name]) for name in LINES):
        _write_line(page, row, name, figures.months[name], figures)
        book.name(f"months_{name}", series_at(MONTHS_SHEET, row))
        page.text(row, SIGN, line_signs().get(name, ""), align="center", font_color=MUTED)
    grey_beyond_horizon(page, LINES_END)
    set_print(page, LINES_END, longest)
    return page


def write_run(book: Book, run: str, figures: Figures, longest: int) -> Page:
    """The lines of a run with changed assumptions, and its net present value."""
    item, rows = RUNS[run], run_rows(run)
    page = book.page(run, item.label, "calculation", _WIDTHS)
    write_timeline(page)
    page.text(HORIZON_ROW, LABEL, "Lines that are not shown are those of Months.", font_color=MUTED)
    write_references(page, figures)
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
    if item.values:
        _write_run_npv(page, run, figures)
    page.section(min(rows.values()) - 1, "Lines that change", LAST)
    for name, row in rows.items():
        _write_line(page, row, name, figures.runs[run][name], figures, run)
    grey_beyond_horizon(page, max(rows.values()))
    set_print(page, max(rows.values()), longest)
    return page


def write_timeline(page: Page, beside: Sequence[str] = ("Unit", "Sign")) -> None:
    """The header row with the month numbers; month 0 is today. `beside` heads the two columns after the label."""
    page.public_name(MONTH_ROW, "t")
    page.headings(MONTH_ROW, LABEL, [GIVEN["t"].label, *beside])
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


def write_calendar(page: Page, figures: Figures, find: Finder, horizon: str) -> None:
    """The calendar of a sheet: `find` gives the places of its inputs, `horizon` the cell with its months."""
    page.public_name(HORIZON_ROW, HORIZON)
    page.text(HORIZON_ROW, LABEL, "Months in the horizon")
    page.text(HORIZON_ROW, UNIT, MONTH.words("") + "s", font_color=MUTED)
    page.formula(HORIZON_ROW, OPENING, f"=12*{find('horizon_years')}", figures.horizon, num_format="0")
    for month in range(MONTHS):
        col = FIRST + month
        number, day = f"{column_letter(col)}{MONTH_ROW + 1}", f"{column_letter(col)}{DATE_ROW + 1}"
        start = figures.dates[month]
        _heading(
            page,
            DATE_ROW,
            col,
            f"=EDATE({find('scenario_start_month')},{number}-1)",
            serial(start),
            page.book.dated(MONTH_FORMAT),
        )
        year = f"YEAR({day})-(MONTH({day})<{find('scenario_fiscal_year_start')})"
        _heading(page, FISCAL_ROW, col, f"={year}", figures.fiscal_years[month], "0")
        _heading(page, FLAG_ROW, col, f"=1*({number}<={horizon})", int(month < figures.horizon), "0")


def write_references(page: Page, figures: Figures) -> None:
    """The calendar of a run's sheet: that of Months."""
    for row, values, form in (
        (DATE_ROW, map(serial, figures.dates), page.book.dated(MONTH_FORMAT)),
        (FISCAL_ROW, figures.fiscal_years, "0"),
        (FLAG_ROW, (int(month < figures.horizon) for month in range(MONTHS)), "0"),
    ):
        same = f"={MONTHS_SHEET}!%s{row + 1}"
        columns = enumerate(values, start=FIRST)
        page.series(((row, col, same % column_letter(col), value) for col, value in columns), **_dated(form))


def _heading(page: Page, row: int, col: int, formula: str, value: float, form: str) -> None:
    page.formula(row, col, formula, value, **_dated(form))


def _dated(form: str) -> dict[str, Any]:
    """The look of the calendar in a number format."""
    return {"num_format": form, "font_color": MUTED, "align": "right"}


def write_given(page: Page, figures: Figures, find: Finder) -> None:
    """The series that are given: an empty year-end keeps the share before it, an empty amount is none."""
    start = figures.scenario.number("social_share_start")
    for name, row in GIVEN_ROWS.items():
        write_labels(page, row, name, GIVEN[name].label, figures, find)
        form = number_format(GIVEN[name].unit)
        if name in ("path_to", "path_from"):
            page.formula(row, OPENING, f"={find('social_share_start')}", start, num_format=form)
        else:
            page.value(row, OPENING, None, bg_color=NO_OPENING)
        write_across(page, row, _given(name, find), figures.months[name], num_format=form)


def _given(name: str, find: Finder) -> str:
    def at(row: str, back: bool = False) -> str:
        return f"{BEFORE if back else THIS}{MONTH_ROWS[row] + 1}"

    if name == "path_month":
        return f"MOD({at('t')}-1,12)+1"
    if name == "path_from":
        return f"IF({at('path_month')}=1,{at('path_to', True)},{at('path_from', True)})"
    year = f"({at('t')}-{at('path_month')})/12+1"
    if name != "path_to":
        return f"SUM({in_column(find(name), year)})/12"
    path, shape = find(PATH), find("ramp_shape")
    share = in_column(path, year)
    unplanned = f'IF(AND({shape}="custom",COUNT({path})>0),{at("path_to", True)},{find("social_share_target")})'
    return f'IF(AND({shape}="custom",ISNUMBER({share})),{share},{unplanned})'


def write_labels(page: Page, row: int, name: str, label: str, figures: Figures, find: Finder = str) -> None:
    """The public name of a row, its label and its unit, in the currency that `find` finds."""
    page.public_name(row, name)
    page.text(row, LABEL, label)
    page.unit(row, UNIT, unit_of(name), figures.scenario.currency, of=find("scenario_currency"))


def _write_line(page: Page, row: int, name: str, values: Array, figures: Figures, run: str | None = None) -> None:
    item = LINES[name]
    form = {"num_format": number_format(item.unit)} | _emphasis(name)
    write_labels(page, row, name, item.label, figures)
    if item.opening is None:
        page.value(row, OPENING, None, bg_color=NO_OPENING)
    else:
        page.constant(row, OPENING, item.opening, **form)
    write_across(page, row, excel(item.expression, places_in_month(name, run)), values, **form)


def write_across(page: Page, row: int, formula: str, values: Array, **look: Any) -> None:
    """A row's formula, without the equals sign, in every month."""
    columns = enumerate(values.tolist(), start=FIRST)
    page.series(((row, col, f"={at_column(formula, col)}", value) for col, value in columns), **look)


def _emphasis(name: str) -> dict[str, Any]:
    return {"bold": True, "top": 1, "top_color": ACCENT} if name in ("benefits", "costs", "net_cash") else {}


def _write_run_npv(page: Page, run: str, figures: Figures) -> None:
    row, npv = run_npv_row(run), METRICS["npv"]
    # The net present values that metrics are made of have their names on the summary.
    if run not in SUMMARY_ROWS:
        page.book.name(run, page.cell(row, OPENING))
    page.public_name(row, "npv")
    page.text(row, LABEL, npv.label, bold=True)
    page.unit(row, UNIT, npv.unit, figures.scenario.currency)
    page.formula(
        row, OPENING, "=" + excel(npv.expression, places_over_months(run)), figures.run_npv(run),
        num_format=number_format(npv.unit), bold=True,
    )  # fmt: skip


def grey_beyond_horizon(page: Page, last: int) -> None:
    """Months that do not count are grey, down to the row `last`."""
    flag = f"{column_letter(FIRST)}${FLAG_ROW + 1}"
    page.rule((MONTH_ROW, FIRST, last, LAST), f"={flag}=0", font_color=FAINT)


def set_print(page: Page, last: int, longest: int) -> None:
    """Half a year to the printed page, with labels and month numbers on each."""
    page.sheet.freeze_panes(FLAG_ROW + 1, OPENING)
    halves = (col for col in _HALF_YEARS if col < FIRST + longest)
    page.print_as(top=FLAG_ROW, labels=UNIT, last=(last, OPENING + longest), parts=halves)
