"""The sheet Cover: which scenario, what it returns, whether the file is sound, and what is where."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from model.metrics import KEY_FIGURES, METRICS
from model.telling.measurement import label_with_basis
from model.units import Style
from report.tables.decide.told import SUBJECTS
from report.words.stamp import ABOUT, MADE_BY
from report.workbook.book import (
    ACCENT,
    BAD_FILL,
    CHECK_ROW,
    INPUT_FILL,
    INPUT_TEXT,
    MUTED,
    NAME,
    Book,
    Page,
    in_row,
    number_format,
)
from report.workbook.fields import EDITS, SELECTED
from report.workbook.figures import RUNS, Figures
from report.workbook.places import SUMMARY_ROWS, metric_cell
from report.workbook.sheets.scenarios import answer_cells, answer_text

LABEL, VALUE = 1, 2
_LABEL_WIDTH, _TEXT_WIDTH = 36, 104
_BOLD_WIDTH = 96
_BEFORE, _NOTHING = "Before the edits: ", "nothing"
TOP = 4
_CONTENTS = (
    ("Summary", "Every metric as a live formula, and the charts"),
    ("Inputs", "Every assumption with bounds, evidence and a column for each scenario; type here"),
    ("Months", "Every line item by month, one formula a row"),
    ("Years", "The same by fiscal year"),
    ("Budget", "What is to be paid by fiscal year and kind of cost, people, and profit beside cash"),
    ("Flat", "A row a month and account, for consolidation"),
    ("Scenarios", "The scenarios side by side, live and as delivered"),
    (
        "Sensitivities",
        "Net present value over two inputs at a time, live: return and causal share, target and years",
    ),
    ("Risk", "The odds from the app's simulation, as values"),
    ("Checks", "The identities that must hold, and the master check"),
    ("Evidence", "Sources, what they found, and their warnings"),
    ("Formulas", "Every line and metric in words: where each number comes from"),
)
_SKILLS = ("Skills", "The team by skill area, with live weighted means")
_WORKINGS = (
    ("IRR", "The search for the internal rate of return"),
    ("Sensitivity runs", "The plan run for each target share and years to reach it"),
    ("Chart data", "The figures behind the charts"),
    ("Fingerprints", "Every formula beside the one delivered"),
)


def write_cover(book: Book, everything: Sequence[Figures], today: date, answers: Collection[str] = ()) -> Page:
    """The first sheet; `answers` are the subjects of which there are sheets."""
    page = book.page("Cover", ABOUT, "text", [3, _LABEL_WIDTH, _TEXT_WIDTH])
    figures = everything[0]
    row = _write_frame(page, figures, today, TOP)
    row = _write_answer(page, everything, row + 1)
    row = _write_key_figures(page, figures, row + 1)
    row = _write_contents(page, everything, row + 1, answers)
    _write_legend(page, row + 1)
    page.print_as()
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
    edited = f'=scenario_hash&IF({EDITS}=0,"",", with "&{EDITS}&IF({EDITS}=1," input"," inputs")&" edited since")'
    page.formula(row + 2, VALUE, edited, scenario.hash)
    page.text(row + 3, LABEL, "Made on")
    page.day(row + 3, VALUE, today, num_format=page.book.dated("d mmm yyyy"), align="left")
    page.text(row + 4, LABEL, "Made by")
    page.text(row + 4, VALUE, MADE_BY)
    page.text(row + 5, LABEL, "Checks")
    page.state(row + 5, VALUE, passed=figures.projection.sound)
    assert row > CHECK_ROW
    return row + 6


def _write_answer(page: Page, everything: Sequence[Figures], row: int) -> int:
    """The answer and the caveats of the selected scenario, as delivered; after an edit they say so."""
    told = (
        ("What it returns", [answer_text(item) for item in everything]),
        ("What must be true", [item.beside_the_answer for item in everything]),
        ("What to beware of", [item.caveat for item in everything]),
        ("What goes beyond the evidence", [item.beyond_evidence for item in everything]),
    )
    page.section(row, "Answer", VALUE)
    cells = answer_cells(len(everything))
    for place, ((label, every), stored) in enumerate(zip(told, cells, strict=True), start=row + 1):
        page.text(place, LABEL, label)
        page.formula(place, VALUE, _delivered(stored), every[0] or _NOTHING, text_wrap=True, bold=place == row + 1)
        page.fit(place, *((_BEFORE + words, _BOLD_WIDTH) for words in every))
    page.rule((row + len(told), VALUE), '=scenario_mark<>""', font_color=BAD_FILL, bold=True)
    return row + 1 + len(told)


def _delivered(stored: str) -> str:
    """The selected scenario's words out of the stored ones; after an edit they are those of another state."""
    chosen = in_row(stored, SELECTED)
    return f'=IF({EDITS}=0,"","{_BEFORE}")&IF({chosen}="","{_NOTHING}",{chosen})'


def _write_key_figures(page: Page, figures: Figures, row: int) -> int:
    page.section(row, "Key figures, live", VALUE)
    page.valued_at(row + 1, VALUE, figures.dates[0])
    for place, name in enumerate(KEY_FIGURES, start=row + 2):
        item = METRICS[name]
        assert name in SUMMARY_ROWS
        _write_label(page, place, name, figures.scenario.currency)
        page.formula(place, VALUE, f'=IF(ISNUMBER({metric_cell(name)}),{metric_cell(name)},"–")',
            "–" if figures.figure(name) is None else figures.figure(name),
            num_format=number_format(item.unit), align="left")  # fmt: skip
    return row + 2 + len(KEY_FIGURES)


def _write_label(page: Page, row: int, name: str, currency: str) -> None:
    """The metric with its unit: money in the live scenario's currency."""
    label, unit = label_with_basis(name), METRICS[name].unit
    if unit.style is Style.MONEY:
        page.formula(row, LABEL, f'="{label}, "&scenario_currency', f"{label}, {currency}")
    else:
        page.text(row, LABEL, f"{label}, {unit.words('') or unit.name}")


def _write_contents(page: Page, everything: Sequence[Figures], row: int, answers: Collection[str]) -> int:
    page.section(row, "Contents", VALUE)
    runs = tuple((name, f"Working: {item.label}") for name, item in RUNS.items())
    numbers = range(1, len(everything) + 1) if len(everything) > 1 else ()
    own = tuple((f"Live {n}", f"Working: scenario {n}, live whether selected or not") for n in numbers)
    workings = tuple((name, f"Working: {words}") for name, words in _WORKINGS)
    told = tuple((one.sheet, one.holds) for name, one in SUBJECTS.items() if name in answers)
    skills = (_SKILLS,) if any(figures.scenario.skills for figures in everything) else ()
    every = (*_CONTENTS, *told, *skills, *runs, *own, *workings)
    for place, (name, words) in enumerate(every, start=row + 1):
        link = page.book.look(font_color=ACCENT, underline=1)
        page.sheet.write_url(place, LABEL, f"internal:'{name}'!A1", link, name)
        page.text(place, VALUE, words)
    return row + 1 + len(every)


def _write_legend(page: Page, row: int) -> None:
    page.section(row, "How to read it", VALUE)
    page.text(row + 1, LABEL, "Blue on cream", font_color=INPUT_TEXT, bg_color=INPUT_FILL)
    page.text(row + 1, VALUE, "An input. All others are formulas, or results of the app marked as values.")
    page.text(row + 2, LABEL, "Column A", font_color=MUTED)
    page.text(row + 2, VALUE, "The public name of the quantity, as in the app, its files and its command line.")
    page.text(row + 3, LABEL, "Grey months", font_color=MUTED)
    page.text(row + 3, VALUE, "Months beyond the horizon. They count for nothing; change the horizon on Inputs.")
