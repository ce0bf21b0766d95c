"""The sheet Tests: what each test before deciding is worth and costs, as values from the app."""

from __future__ import annotations

from collections.abc import Sequence

from model.pilot.pilots import Pilot, Pilots
from model.pilot.words import size_of
from model.telling.tables import WITHIN
from model.units import MONEY, SHARE, Unit
from report.material import Material
from report.tables.document_tables import NOTHING
from report.words.decision import TESTS
from report.words.headings import length, whether_to_test
from report.workbook.book import MUTED, NAME, Book, Page, number_format
from report.workbook.sheets.risk import write_state

SHEET = "Tests"
LABEL, VERDICT, SIZE, FIRST = 1, 2, 3, 4
_TOP = 5
_FIGURES: tuple[tuple[str, Unit], ...] = (
    ("Worth (EVSI)", MONEY), ("±", MONEY), ("Cost of waiting", MONEY), ("Cost of running", MONEY), ("Net", MONEY),
    ("Changes the decision", SHARE), ("Whole question (EVPPI)", MONEY),
)  # fmt: skip


def write_tests(book: Book, materials: Sequence[Material]) -> Page | None:
    """The tests of the first scenario; no sheet where they were not ordered."""
    found = materials[0].tests
    if found is None:
        return None
    page = book.page(SHEET, f"{TESTS}, as values from the app", "output", [3, 46, 14, 34, *[13] * len(_FIGURES)])
    page.text(3, LABEL, "Values from the app: nothing here follows an edit.", bold=True)
    page.text(_TOP, LABEL, found.scenario.name, bold=True, **NAME)
    page.text(_TOP + 1, LABEL, f"{whether_to_test(found)}.", text_wrap=False)
    write_state(page, _TOP + 2, 1)
    page.headings(_TOP + 4, LABEL, ["Test", "Verdict", "Best size"])
    headings = [unit.beside(label, found.scenario.currency) for label, unit in _FIGURES]
    page.headings(_TOP + 4, FIRST, headings, align="right")
    page.fit(_TOP + 4, *((words, 12) for words in headings))
    end = _write_rows(page, found, _TOP + 5)
    drawn = f"[{found.scenario.hash}]  {found.learned.count} draws, seed {found.learned.seed}. {WITHIN}"
    page.text(end + 1, LABEL, drawn, font_color=MUTED, text_wrap=False)
    page.print_as(top=_TOP + 4)
    return page


def _write_rows(page: Page, found: Pilots, row: int) -> int:
    """A row a test; the row below them."""
    for at, pilot in enumerate(found.pilots, start=row):
        page.text(at, LABEL, pilot.design.label)
        page.text(at, VERDICT, pilot.verdict.value)
        page.text(at, SIZE, f"{length(pilot)}, {size_of(pilot, pilot.best)}" if pilot.best else NOTHING)
        for col, (value, (_, unit)) in enumerate(zip(_figures(pilot), _FIGURES, strict=False), start=FIRST):
            page.number(at, col, value, num_format=number_format(unit))
    return row + len(found.pilots)


def _figures(pilot: Pilot) -> tuple[float, ...]:
    if (rung := pilot.best) is None:
        return ()
    return (rung.worth, rung.error, rung.delay, rung.cost, rung.net, rung.odds_changed, pilot.known)
