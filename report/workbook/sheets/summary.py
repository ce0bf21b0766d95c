"""The sheet Summary: every metric as a live formula, with the reason where it has no value; then the charts."""

from __future__ import annotations

from model.metrics import COUNTERFACTUALS, LISTED, METRICS
from model.scenario import Scenario
from model.telling.explain import label_of
from model.telling.measurement import full_meaning
from model.units import NO_BREAK, SHARE
from report.words.stamp import years
from report.workbook.book import MUTED, Book, Page, address, number_format
from report.workbook.excel_formula import Places, excel, text
from report.workbook.figures import Figures
from report.workbook.places import (
    OPENING,
    PARTS,
    PARTS_TOP,
    SUMMARY_ROWS,
    SUMMARY_SHEET,
    SUMMARY_TOP,
    SUMMARY_VALUE,
    places_over_months,
    run_npv_row,
)
from report.workbook.sheets.charts import CHART_ROWS, add_charts

LABEL, VALUE, UNIT, REASON, MEANING = 1, SUMMARY_VALUE, 3, 4, 5
FRAME_ROW, VALUED_ROW = 3, 4
CHARTS_TOP = PARTS_TOP + len(PARTS) + 2
_REASON_WIDTH, _MEANING_WIDTH = 36, 66


def write_summary(book: Book, figures: Figures) -> Page:
    """The metrics in the order of the model, then the charts."""
    widths = [3, 42, 16, 12, _REASON_WIDTH, _MEANING_WIDTH]
    page = book.page(SUMMARY_SHEET, "Summary: what the plan returns, against holding", "output", widths)
    _write_frame(page, figures)
    page.headings(SUMMARY_TOP - 1, LABEL, ["Metric", "Value", "Unit", "Why there is no value", "What it says"])
    page.headings(SUMMARY_TOP - 1, VALUE, ["Value"], align="right")
    page.headings(SUMMARY_TOP - 1, UNIT, ["Unit"], align="left", indent=1)
    for name in LISTED:
        _write_metric(page, name, figures)
    page.section(PARTS_TOP - 1, "Parts that other metrics are made of", MEANING)
    for name in PARTS:
        _write_metric(page, name, figures)
    add_charts(page, CHARTS_TOP)
    page.sheet.freeze_panes(SUMMARY_TOP, LABEL + 1)
    page.print_as(last=(CHARTS_TOP + CHART_ROWS - 1, MEANING), chapters=[CHARTS_TOP])
    return page


def _write_frame(page: Page, figures: Figures) -> None:
    """What the numbers are measured over and against, live."""
    formula = (
        '="Over "&horizon_years&IF(horizon_years=1," year"," years")&", against holding the share at "'
        f'&{_live("social_share_start")}&"; discount rate "&{_live("discount_rate")}&"; tax rate "'
        f"&{_live('tax_rate')}"
    )
    scenario = figures.scenario
    start, rate, tax = (_shown(scenario, name) for name in ("social_share_start", "discount_rate", "tax_rate"))
    words = (
        f"Over {years(scenario.horizon_years)}, against holding the share at {start}; discount rate {rate}; "
        f"tax rate {tax}"
    )
    page.formula(FRAME_ROW, LABEL, formula, words, font_color=MUTED)
    page.valued_at(VALUED_ROW, VALUE, figures.dates[0], font_color=MUTED)


def _live(name: str) -> str:
    """A percentage as words; the reader's Excel puts its own decimal sign."""
    return f'ROUND(100*{name},2)&"{NO_BREAK}%"'


def _shown(scenario: Scenario, name: str) -> str:
    return scenario.format.plain(round(scenario.number(name), 4), SHARE)


def _write_metric(page: Page, name: str, figures: Figures) -> None:
    row = SUMMARY_ROWS[name]
    unit = METRICS[name].unit if name in METRICS else METRICS["npv"].unit
    look = {"num_format": number_format(unit), "align": "right", "bold": name in LISTED}
    page.public_name(row, name)
    page.book.name(name, page.cell(row, VALUE))
    page.text(row, LABEL, label_of(name), bold=name in LISTED)
    page.unit(row, UNIT, unit, figures.scenario.currency)
    if name in COUNTERFACTUALS:
        page.formula(row, VALUE, f"={name}!{address(run_npv_row(name), OPENING)}", figures.figure(name), **look)
        return
    item, places = METRICS[name], places_over_months()
    if item.undefined:
        why = figures.projection.undefined.get(name)
        page.formula(row, REASON, "=" + reasons(name, places), why, font_color=MUTED, text_wrap=True)
    formula = metric_formula(name, places, address(row, REASON, absolute=False))
    page.formula(row, VALUE, "=" + formula, figures.figure(name), **look)
    meaning = figures.scenario.format.localised(full_meaning(name))
    page.text(row, MEANING, meaning, font_color=MUTED, text_wrap=True)
    page.fit(row, (meaning, _MEANING_WIDTH), *((undefined.reason, _REASON_WIDTH) for undefined in item.undefined))


def metric_formula(name: str, places: Places, reason: str) -> str:
    """A metric's formula, which gives an empty text where the cell `reason` says why it has no value."""
    formula = excel(METRICS[name].expression, places)
    return f'IF({reason}="",{formula},"")' if METRICS[name].undefined else formula


def reasons(name: str, places: Places) -> str:
    """The formula of the first reason that applies why a metric has no value; else it gives an empty text."""
    formula = '""'
    for undefined in reversed(METRICS[name].undefined):
        formula = f"IF({excel(undefined.when.expression, places)},{text(undefined.reason)},{formula})"
    return formula
