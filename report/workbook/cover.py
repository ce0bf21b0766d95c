"""The sheet Cover: which scenario, what it returns, whether the file is sound, and what is where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from model.appraisal import METRICS
from model.caveats import caveats
from model.units import Style
from report.narrative import answer
from report.workbook.book import (
    ACCENT,
    BAD_FILL,
    CHECK_ROW,
    FAILED,
    INPUT_FILL,
    INPUT_TEXT,
    MASTER,
    MUTED,
    NAME,
    PASSED,
    Book,
    Page,
    number_format,
)
from report.workbook.fields import EDITS
from report.workbook.figures import RUNS, Figures
from report.workbook.inputs import SELECTED
from report.workbook.places import SUMMARY_ROWS, metric_cell
from report.workbook.results import answer_cells, answer_text

LABEL, VALUE = 1, 2
_LABEL_WIDTH, _TEXT_WIDTH = 36, 104
_BOLD_WIDTH = 96
TOP = 4
_MADE_BY = "Budget and ROI projection for social media"
_CONTENTS = (
    ("Summary", "Every metric as a live formula, and the charts"),
    ("Inputs", "Every assumption with bounds, evidence and a column for each scenario; type here"),
    ("Months", "Every line item by month, one formula a row"),
    ("Years", "The same by fiscal year"),
    ("Scenarios", "The delivered results side by side, as values"),
    ("Risk", "The odds from the app's simulation, as values"),
    ("Checks", "The identities that must hold, and the master check"),
    ("Evidence", "Sources, what they found, and their warnings"),
    ("Formulas", "Every line and metric in words: where each number comes from"),
)
_WORKINGS = (("IRR", "The search for the internal rate of return"), ("Chart data", "The figures behind the charts"))
_SHOWN = ("npv", "roi", "payback_month", "irr", "peak_funding", "break_even_causal_share")


def write_cover(book: Book, everything: Sequence[Figures], today: date) -> Page:
    """The first sheet."""
    page = book.page("Cover", "Social-media budget and return", "text", [3, _LABEL_WIDTH, _TEXT_WIDTH])
    figures = everything[0]
    row = _write_frame(page, figures, today, TOP)
    row = _write_answer(page, everything, row + 1)
    row = _write_key_figures(page, figures, row + 1)
    row = _write_contents(page, row + 1)
    _write_legend(page, row + 1)
    page.sheet.fit_to_pages(1, 1)
    return page


def _write_frame(page: Page, figures: Figures, today: date, row: int) -> int:
    scenario = figures.scenario
    page.text(row, LABEL, "Scenario", bold=True)
    page.formula(row, VALUE, "=scenario_name", scenario.name, text_wrap=True, bold=True, **NAME)
    page.fit(row, (scenario.name, _TEXT_WIDTH))
    page.text(row + 1, LABEL, "Description")
    page.formula(row + 1, VALUE, "=scenario_description", scenario.description, text_wrap=True, **NAME)
    page.fit(row + 1, (scenario.description, _TEXT_WIDTH))
    page.text(row + 2, LABEL, "Content hash")
    edited = f'=scenario_hash&IF({EDITS}=0,"",", with "&{EDITS}&" inputs edited since")'
    page.formula(row + 2, VALUE, edited, scenario.hash)
    page.text(row + 3, LABEL, "Made on")
    page.day(row + 3, VALUE, today, num_format="d mmm yyyy", align="left")
    page.text(row + 4, LABEL, "Made by")
    page.text(row + 4, VALUE, _MADE_BY)
    page.text(row + 5, LABEL, "Checks")
    page.formula(row + 5, VALUE, f'=IF({MASTER}=1,"{PASSED}","{FAILED}")',
        PASSED if figures.projection.sound else FAILED)  # fmt: skip
    page.colour_master(row + 5, VALUE)
    assert row > CHECK_ROW
    return row + 6


def _write_answer(page: Page, everything: Sequence[Figures], row: int) -> int:
    """The answer and the caveats of the selected scenario, as delivered."""
    answers, cautions, warnings = answer_cells(len(everything))
    figures, every = everything[0], [answer_text(item) for item in everything]
    caution = answer(figures.projection).caveat
    stale = f'IF({EDITS}=0,"","Before the edits: ")'
    page.section(row, "Answer", VALUE)
    page.text(row + 1, LABEL, "What it returns")
    page.formula(row + 1, VALUE, f"={stale}&INDEX({answers},{SELECTED})", every[0], text_wrap=True, bold=True)
    page.fit(row + 1, (max(every, key=len), _BOLD_WIDTH))
    page.text(row + 2, LABEL, "What to beware of")
    page.formula(row + 2, VALUE, f"=INDEX({cautions},{SELECTED})", caution, text_wrap=True)
    page.fit(row + 2, (caution, _TEXT_WIDTH))
    page.text(row + 3, LABEL, "What goes beyond the evidence")
    beyond = f'=IF(INDEX({warnings},{SELECTED})="","nothing",INDEX({warnings},{SELECTED}))'
    page.formula(row + 3, VALUE, beyond, " ".join(caveats(figures.scenario)) or "nothing", text_wrap=True)
    page.rule((row + 3, VALUE), '=scenario_mark<>""', font_color=BAD_FILL, bold=True)
    page.fit(row + 3, *((" ".join(caveats(item.scenario)), _BOLD_WIDTH) for item in everything))
    return row + 4


def _write_key_figures(page: Page, figures: Figures, row: int) -> int:
    page.section(row, "Key figures, live", VALUE)
    for place, name in enumerate(_SHOWN, start=row + 1):
        item = METRICS[name]
        assert name in SUMMARY_ROWS
        _write_label(page, place, name, figures.scenario.currency)
        page.formula(place, VALUE, f'=IF(ISNUMBER({metric_cell(name)}),{metric_cell(name)},"–")',
            "–" if figures.figure(name) is None else figures.figure(name),
            num_format=number_format(item.unit), align="left")  # fmt: skip
    return row + 1 + len(_SHOWN)


def _write_label(page: Page, row: int, name: str, currency: str) -> None:
    """The metric with its unit: money in the live scenario's currency."""
    label, unit = METRICS[name].label, METRICS[name].unit
    if unit.style is Style.MONEY:
        page.formula(row, LABEL, f'="{label}, "&scenario_currency', f"{label}, {currency}")
    else:
        page.text(row, LABEL, f"{label}, {unit.words('') or unit.name}")


def _write_contents(page: Page, row: int) -> int:
    page.section(row, "Contents", VALUE)
    runs = tuple((name, f"Working: {item.label}") for name, item in RUNS.items())
    workings = tuple((name, f"Working: {words}") for name, words in _WORKINGS)
    for place, (name, words) in enumerate((*_CONTENTS, *runs, *workings), start=row + 1):
        link = page.book.look(font_color=ACCENT, underline=1)
        page.sheet.write_url(place, LABEL, f"internal:'{name}'!A1", link, name)
        page.text(place, VALUE, words)
    return row + 1 + len(_CONTENTS) + len(runs) + len(workings)


def _write_legend(page: Page, row: int) -> None:
    page.section(row, "How to read it", VALUE)
    page.text(row + 1, LABEL, "Blue on cream", font_color=INPUT_TEXT, bg_color=INPUT_FILL)
    page.text(row + 1, VALUE, "An input. All others are formulas, or results of the app marked as values.")
    page.text(row + 2, LABEL, "Column A", font_color=MUTED)
    page.text(row + 2, VALUE, "The public name of the quantity, as in the app, its files and its command line.")
    page.text(row + 3, LABEL, "Grey months", font_color=MUTED)
    page.text(row + 3, VALUE, "Months beyond the horizon. They count for nothing; change the horizon on Inputs.")
