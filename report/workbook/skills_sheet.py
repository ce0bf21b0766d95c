"""The sheet Skills: the team by skill area with live weighted means, and the hours that the app proposes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from model.skills.areas import MAX_IMPORTANCE, competent_share, weighted, weighted_gap
from model.skills.training_plan import TrainingPlan
from model.units import HOURS_YEAR, RATIO, SHARE
from report.material import Material
from report.tables.skills_tables import AREA, OWN_JUDGEMENT
from report.workbook.book import INPUT_FILL, INPUT_TEXT, MUTED, NAME, Book, Page, down, number_format
from report.workbook.rules import between

SHEET = "Skills"
LABEL, WEIGHT, TODAY, AFTER, WANTED, HOURS = range(1, 7)
_TOP = 6
_INPUT: dict[str, Any] = {"font_color": INPUT_TEXT, "bg_color": INPUT_FILL, "locked": False}
_HEADINGS = ("Weight", "Competent today", "After the hours proposed", "Wanted", "Hours a year proposed")
_SAID = (
    "Weights and shares may be typed over: the means below follow. The plan's own competent share stands on Inputs, "
    "the hours and what they teach are values from the app."
)


def write_skills(book: Book, materials: Sequence[Material]) -> Page | None:
    """A block for each scenario whose skills were judged, below each other; no sheet where none were."""
    judged = [(number, one, one.training) for number, one in enumerate(materials, start=1) if one.training]
    if not judged:
        return None
    page = book.page(SHEET, "Skills: the team by skill area", "output", [3, 44, 12, 14, 16, 14, 16])
    page.text(3, LABEL, _SAID, text_wrap=False, font_color=MUTED)
    page.text(4, LABEL, OWN_JUDGEMENT, font_color=MUTED)
    row, blocks = _TOP, []
    for number, material, plan in judged:
        blocks.append(row)
        row = _write_block(page, row, f"Scenario {number}: {material.scenario.name}", plan)
    page.sheet.freeze_panes(_TOP, LABEL + 1)
    page.print_as(top=_TOP - 1, chapters=blocks[1:])
    return page


def _write_block(page: Page, row: int, title: str, plan: TrainingPlan) -> int:
    """The areas of a scenario in the order of their declaration, then their means; the row of the next block."""
    page.section(row, title, HOURS)
    page.headings(row + 1, LABEL, [AREA])
    page.headings(row + 1, WEIGHT, _HEADINGS, align="right")
    page.fit(row + 1, *((words, 11) for words in _HEADINGS))
    first = row + 2
    for place, area in enumerate(plan.areas):
        at = first + place
        page.text(at, LABEL, area.name, **NAME)
        for col, most in ((WEIGHT, MAX_IMPORTANCE), (TODAY, 1.0), (WANTED, 1.0)):
            page.sheet.data_validation(at, col, at, col, dict(between(0.0, most)))
        page.number(at, WEIGHT, area.importance, num_format=number_format(RATIO), **_INPUT)
        page.number(at, TODAY, area.competent, num_format=number_format(SHARE), **_INPUT)
        page.number(at, AFTER, plan.after[place], num_format=number_format(SHARE))
        page.number(at, WANTED, area.wanted, num_format=number_format(SHARE), **_INPUT)
        page.number(at, HOURS, plan.hours[place], num_format=number_format(HOURS_YEAR))
    return _write_means(page, first, first + len(plan.areas) - 1, plan)


def _write_means(page: Page, first: int, last: int, plan: TrainingPlan) -> int:
    """What the areas come to, weighted by importance: live."""
    areas = plan.areas
    means = {
        TODAY: competent_share(areas),
        AFTER: plan.competent_share,
        WANTED: weighted(areas, lambda area: area.wanted),
    }
    row, weights = last + 1, down(WEIGHT, first, last)
    bold: dict[str, Any] = {"bold": True, "top": 1}
    share = bold | {"num_format": number_format(SHARE)}
    page.text(row, LABEL, "All, shares weighted", **bold)
    page.formula(row, WEIGHT, f"=SUM({weights})", sum(area.importance for area in areas), **bold,
        num_format=number_format(RATIO))  # fmt: skip
    for col, mean in means.items():
        page.formula(row, col, f"=SUMPRODUCT({weights},{down(col, first, last)})/SUM({weights})", mean, **share)
    page.formula(row, HOURS, f"=SUM({down(HOURS, first, last)})", sum(plan.hours), **bold,
        num_format=number_format(HOURS_YEAR))  # fmt: skip
    missing = f"({down(WANTED, first, last)}-{down(TODAY, first, last)})"
    page.text(row + 1, LABEL, "Weighted gap: wanted and missing, area by area")
    gap = f"=SUMPRODUCT({weights}*{missing}*({missing}>0))/SUM({weights})"
    page.formula(row + 1, TODAY, gap, weighted_gap(areas), num_format=number_format(SHARE))
    return row + 3
