"""The sheet Years: every line by fiscal year, money flows added up, everything else as at the year's end."""

from __future__ import annotations

from collections.abc import Sequence

from model.formula import Array
from model.lines import LINES
from model.telling.tables import fiscal_label
from report.workbook.book import ACCENT, MUTED, Book, Page, column_letter, number_format
from report.workbook.figures import MOST_YEARS, Figures
from report.workbook.places import FISCAL_ROW, IN_HORIZON, MONTH_ROWS, MONTHS_SHEET, series_at

SHEET = "Years"
LABEL, UNIT, RULE, FIRST = 1, 2, 3, 4
# A plan that does not begin with the fiscal year touches one more of them.
YEARS = MOST_YEARS + 1
LAST = FIRST + YEARS - 1
YEAR_ROW, NUMBER_ROW, COUNT_ROW, LAST_MONTH_ROW, TOP = 4, 5, 6, 7, 9


def write_years(book: Book, figures: Figures) -> Page:
    """One column a fiscal year; years without a month of the horizon stay empty."""
    page = book.page(SHEET, "Years: by fiscal year", "output", [3, 42, 12, 10, *[16] * YEARS])
    counts = _counts(figures)
    _write_heading(page, figures, counts)
    page.section(TOP - 1, "Line items", LAST)
    for place, name in enumerate(LINES):
        _write_line(page, TOP + place, name, figures, counts)
    page.sheet.freeze_panes(TOP - 1, FIRST)
    page.sheet.fit_to_pages(1, 1)
    used = sum(1 for count in counts if count)
    page.sheet.print_area(0, 0, TOP + len(LINES) - 1, FIRST + used - 1)
    return page


def _counts(figures: Figures) -> list[int]:
    """Months of the horizon in each fiscal year."""
    years = figures.fiscal_years[: figures.horizon]
    return [years.count(years[0] + offset) for offset in range(YEARS)]


def _write_heading(page: Page, figures: Figures, counts: Sequence[int]) -> None:
    labels = {YEAR_ROW: "Fiscal year", NUMBER_ROW: "begins in", COUNT_ROW: "Months of the plan in it",
        LAST_MONTH_ROW: "Last month of the plan in it"}  # fmt: skip
    names = {YEAR_ROW: "fiscal_year", NUMBER_ROW: "first_year", COUNT_ROW: "months", LAST_MONTH_ROW: "last_month"}
    page.headings(YEAR_ROW, LABEL, [labels[YEAR_ROW], "Unit", "Total is"])
    for row, label in labels.items():
        page.public_name(row, names[row])
        if row != YEAR_ROW:
            page.text(row, LABEL, label, font_color=MUTED)
    fiscal, starts = series_at(MONTHS_SHEET, FISCAL_ROW), figures.scenario.fiscal_year_start
    for offset, count in enumerate(counts):
        col, letter = FIRST + offset, column_letter(FIRST + offset)
        first = figures.fiscal_years[0] + offset
        number, counted = f"{letter}{NUMBER_ROW + 1}", f"{letter}{COUNT_ROW + 1}"
        before = f"{column_letter(col - 1)}{NUMBER_ROW + 1}"
        label = f'=IF({counted}=0,"",{number}&IF(scenario_fiscal_year_start=1,"","/"&RIGHT({number}+1,2)))'
        heading = {"bold": True, "bottom": 1, "bottom_color": ACCENT, "align": "right"}
        page.formula(YEAR_ROW, col, label, fiscal_label(first, starts) if count else None, **heading)
        grey = {"font_color": MUTED, "num_format": "0", "align": "right"}
        page.formula(NUMBER_ROW, col, f"={before}+1" if offset else f"=INDEX({fiscal},1)", first, **grey)
        in_year = f"SUMPRODUCT(({fiscal}={number})*{IN_HORIZON})"
        page.formula(COUNT_ROW, col, f"={in_year}", count, **grey)
        so_far = f"=SUM(${column_letter(FIRST)}{COUNT_ROW + 1}:{letter}{COUNT_ROW + 1})"
        page.formula(LAST_MONTH_ROW, col, so_far, sum(counts[: offset + 1]), **grey)


def _write_line(page: Page, row: int, name: str, figures: Figures, counts: Sequence[int]) -> None:
    item = LINES[name]
    page.public_name(row, name)
    page.text(row, LABEL, item.label)
    page.unit(row, UNIT, item.unit, figures.scenario.currency, per="" if item.unit.flow else None)
    page.text(row, RULE, "sum" if item.unit.flow else "year-end", font_color=MUTED)
    series, fiscal = series_at(MONTHS_SHEET, MONTH_ROWS[name]), series_at(MONTHS_SHEET, FISCAL_ROW)
    for offset in range(len(counts)):
        letter = column_letter(FIRST + offset)
        year, counted, last = (f"{letter}{r + 1}" for r in (NUMBER_ROW, COUNT_ROW, LAST_MONTH_ROW))
        added, closing = f"SUMPRODUCT(({fiscal}={year})*{IN_HORIZON}*{series})", f"INDEX({series},{last})"
        value = year_value(figures.months[name], item.unit.flow, counts, offset)
        formula = f'=IF({counted}=0,"",{added if item.unit.flow else closing})'
        page.formula(row, FIRST + offset, formula, value, num_format=number_format(item.unit), align="right")


def year_value(series: Array, flow: bool, counts: Sequence[int], offset: int) -> float | None:
    """A line in one fiscal year; None where the year has no month of the horizon."""
    end = sum(counts[: offset + 1])
    months = series[end - counts[offset] : end]
    if not months.size:
        return None
    return float(months.sum() if flow else months[-1])
