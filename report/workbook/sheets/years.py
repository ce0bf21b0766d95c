"""The sheet Years: every line by fiscal year, money flows added up, everything else as at the year's end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from model.assumptions import MOST_YEARS
from model.formula import Array
from model.lines import LINES, YEARLY
from model.telling.tables import fiscal_label
from model.units import Unit
from report.workbook.book import (
    ACCENT,
    MONTH_FORMAT,
    MUTED,
    Book,
    Page,
    across,
    address,
    column_letter,
    in_row,
    number_format,
    serial,
)
from report.workbook.figures import Figures
from report.workbook.places import FISCAL_ROW, IN_HORIZON, MONTH_ROWS, MONTHS_SHEET, line_signs, series_at

SHEET = "Years"
LABEL, UNIT, SIGN, RULE, TOTAL, FIRST = range(1, 7)
# A plan that does not begin with the fiscal year touches one more of them.
YEARS = MOST_YEARS + 1
LAST = FIRST + YEARS - 1
YEAR_ROW, FROM_ROW, TO_ROW, NUMBER_ROW, COUNT_ROW, LAST_MONTH_ROW = range(4, 10)
TOP = LAST_MONTH_ROW + 2
ROWS = {name: TOP + place for place, name in enumerate(YEARLY)}
_HEADINGS = {
    YEAR_ROW: ("fiscal_year", "Fiscal year"), FROM_ROW: ("first_month", "from"), TO_ROW: ("final_month", "to"),
    NUMBER_ROW: ("first_year", "begins in"), COUNT_ROW: ("months", "Months of the plan in it"),
    LAST_MONTH_ROW: ("last_month", "Last month of the plan in it"),
}  # fmt: skip
NO_TOTAL = "–"


def write_years(book: Book, figures: Figures) -> Page:
    """One column a fiscal year and one for the whole plan; years without a month of the horizon stay empty."""
    page = book.page(SHEET, "Years: by fiscal year", "output", [3, 42, 12, 5, 10, 16, *[16] * YEARS])
    counts = _counts(figures)
    _write_heading(page, figures, counts)
    page.section(TOP - 1, "Line items", LAST)
    for name, row in ROWS.items():
        _write_line(page, row, name, figures, counts)
        book.name(f"years_{name}", f"{SHEET}!{across(row, FIRST, LAST)}")
    page.sheet.freeze_panes(TOP - 1, FIRST)
    used = sum(1 for count in counts if count)
    page.print_as(top=TOP - 2, labels=UNIT, last=(TOP + len(YEARLY) - 1, FIRST + used - 1))
    return page


def _counts(figures: Figures) -> list[int]:
    """Months of the horizon in each fiscal year."""
    years = figures.fiscal_years[: figures.horizon]
    return [years.count(years[0] + offset) for offset in range(YEARS)]


def _write_heading(page: Page, figures: Figures, counts: Sequence[int]) -> None:
    page.headings(YEAR_ROW, LABEL, [_HEADINGS[YEAR_ROW][1], "Unit"])
    page.headings(YEAR_ROW, SIGN, ["Sign"], align="center")
    page.headings(YEAR_ROW, RULE, ["Year is"])
    page.headings(YEAR_ROW, TOTAL, ["Whole plan"], align="right")
    for row, (name, label) in _HEADINGS.items():
        page.public_name(row, name)
        if row != YEAR_ROW:
            page.text(row, LABEL, label, font_color=MUTED)
    for offset, count in enumerate(counts):
        _write_year(page, figures, offset, count, sum(counts[: offset + 1]))
    counted = across(COUNT_ROW, FIRST, LAST)
    page.formula(COUNT_ROW, TOTAL, f"=SUM({counted})", figures.horizon, **_GREY)


_GREY: dict[str, Any] = {"font_color": MUTED, "num_format": "0", "align": "right"}


def _write_year(page: Page, figures: Figures, offset: int, count: int, so_far: int) -> None:
    """What a fiscal year is called, the months it covers, and how many of them belong to the plan."""
    fiscal, starts = series_at(MONTHS_SHEET, FISCAL_ROW), figures.scenario.fiscal_year_start
    col, first = FIRST + offset, figures.fiscal_years[0] + offset
    letter, before = column_letter(col), column_letter(col - 1)
    number, counted, begins = (f"{letter}{row + 1}" for row in (NUMBER_ROW, COUNT_ROW, FROM_ROW))
    both = f'"FY"&RIGHT({number},2)&"/"&RIGHT({number}+1,2)'
    label = f'=IF({counted}=0,"",IF(scenario_fiscal_year_start=1,{number}&"",{both}))'
    heading = {"bold": True, "bottom": 1, "bottom_color": ACCENT, "align": "right"}
    page.formula(YEAR_ROW, col, label, fiscal_label(first, starts) if count else None, **heading)
    dated = _GREY | {"num_format": page.book.dated(MONTH_FORMAT)}
    opens, closes = (serial(figures.fiscal_month(first, place)) for place in (0, 11))
    start = f'=IF({counted}=0,"",DATE({number},scenario_fiscal_year_start,1))'
    page.formula(FROM_ROW, col, start, opens if count else None, **dated)
    page.formula(TO_ROW, col, f'=IF({counted}=0,"",EDATE({begins},11))', closes if count else None, **dated)
    page.formula(NUMBER_ROW, col, f"={before}{NUMBER_ROW + 1}+1" if offset else f"={in_row(fiscal, '1')}", first,
        **_GREY)  # fmt: skip
    page.formula(COUNT_ROW, col, f"=SUMPRODUCT(({fiscal}={number})*{IN_HORIZON})", count, **_GREY)
    added = f"=SUM(${column_letter(FIRST)}{COUNT_ROW + 1}:{letter}{COUNT_ROW + 1})"
    page.formula(LAST_MONTH_ROW, col, added, so_far, **_GREY)


def _write_line(page: Page, row: int, name: str, figures: Figures, counts: Sequence[int]) -> None:
    item = LINES[name]
    page.public_name(row, name)
    page.text(row, LABEL, item.label)
    page.unit(row, UNIT, item.unit.of_a_year, figures.scenario.currency)
    page.text(row, SIGN, line_signs().get(name, ""), align="center", font_color=MUTED)
    page.text(row, RULE, "sum" if item.unit.flow else "year-end", font_color=MUTED)
    look: dict[str, Any] = {"num_format": zero_is_dash(item.unit), "align": "right"}
    if item.unit.flow:
        whole = float(figures.months[name][: figures.horizon].sum())
        page.formula(row, TOTAL, f"=SUM({across(row, FIRST, LAST)})", whole, bold=True, **look)
    else:
        page.text(row, TOTAL, NO_TOTAL, align="right", font_color=MUTED)
    series, fiscal = series_at(MONTHS_SHEET, MONTH_ROWS[name]), series_at(MONTHS_SHEET, FISCAL_ROW)
    for offset in range(len(counts)):
        letter = column_letter(FIRST + offset)
        year, counted, last = (f"{letter}{r + 1}" for r in (NUMBER_ROW, COUNT_ROW, LAST_MONTH_ROW))
        added, closing = f"SUMPRODUCT(({fiscal}={year})*{IN_HORIZON}*{series})", in_row(series, last)
        value = year_value(figures.months[name], item.unit.flow, counts, offset)
        formula = f'=IF({counted}=0,"",{added if item.unit.flow else closing})'
        page.formula(row, FIRST + offset, formula, value, **look)


def zero_is_dash(unit: Unit) -> str:
    """The number format of a unit in which nothing shows as a dash, as finance writes what does not apply."""
    form = number_format(unit)
    return form if ";" in form or form == "General" else f'{form};-{form};"{NO_TOTAL}"'


def whole_plan(name: str) -> str:
    """The cell with a flow's sum over the whole plan, with the sheet's name."""
    return f"{SHEET}!{address(ROWS[name], TOTAL)}"


def year_value(series: Array, flow: bool, counts: Sequence[int], offset: int) -> float | None:
    """A line in one fiscal year; None where the year has no month of the horizon."""
    end = sum(counts[: offset + 1])
    months = series[end - counts[offset] : end]
    if not months.size:
        return None
    return float(months.sum() if flow else months[-1])
