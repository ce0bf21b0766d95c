"""The slides of the evidence: assumptions with grades, sources."""

from __future__ import annotations

from model.assumptions import ASSUMPTIONS, SECTIONS, Assumption
from model.evidence.sources import GRADES, SOURCES, WEAK_GRADES
from model.scenario import Scenario
from model.telling.basis import basis, default_format, is_foreign
from model.units import Format, Style
from report.charts.drawing.theme import LIGHT
from report.deck.canvas import Deck
from report.deck.tables import Row, SlideCell, SlideColumn, add_table, row, table_pages
from report.deck.text import height
from report.deck.write import BODY_BOX, BOTTOM, EDGE, ROOM, TOP, Box, TextRun, write
from report.tables.document_tables import changed
from report.words.stamp import SEPARATOR
from report.words.values import amount

# Type size of notes below a table, and the inches above them.
_NOTE, _NOTE_GAP = 10.5, 0.1
# What marks a range that was given for the plan.
_OWN = "Own"
_TO_BE_TYPED = ", to be typed in"


def assumption_slides(deck: Deck) -> None:
    """Every assumption with its grade and sources: first those that were changed, then the others by section."""
    scenario = deck.projection.scenario
    own = [item for item in ASSUMPTIONS.values() if changed(scenario, item.name)]
    beside = bool(own) or any(is_foreign(scenario, item) for item in ASSUMPTIONS.values())
    default = (SlideColumn("Default", 1.55, True, 2),) if beside else ()
    columns = (
        SlideColumn("Assumption", 4.15 if beside else 5.7, lines=6), SlideColumn("Value", 1.75, True, 2), *default,
        SlideColumn("Range", 1.6, True, 2), SlideColumn("Grade", 1.1), SlideColumn("Source", 1.98, lines=2),
    )  # fmt: skip
    rows: list[Row] = []
    groups = [("Changed from the default", own)] + [
        (section, [item for item in ASSUMPTIONS.values() if item.section == section and item not in own])
        for section in SECTIONS
    ]
    for heading, items in groups:
        if items:
            rows.append(row(heading, *[""] * (len(columns) - 1), bold=True, shaded=True))
            rows += [_assumption_row(item, scenario, beside=beside) for item in items]
    if scenario.other_in_words:
        rows.append(row("Other costs and benefits, before tax", *[""] * (len(columns) - 1), bold=True, shaded=True))
        rows += [row(words, *[""] * (len(columns) - 1)) for words in scenario.other_in_words]
    meanings = "; ".join(f"{grade} {meaning.removesuffix(_TO_BE_TYPED)}" for grade, meaning in GRADES.items())
    grades = f"Grades: {meanings}."
    tall = height([grades], _NOTE, ROOM)
    found = table_pages(rows, columns, BOTTOM - TOP - tall - _NOTE_GAP)
    words = "Every assumption is at its default"
    if own:
        words = f"{len(own)} of {len(ASSUMPTIONS)} assumptions are changed"
    for number, shown in enumerate(found, start=1):
        slide = deck.slide(words, f"Assumptions ({number} of {len(found)})", deck.scenario_line)
        add_table(slide, BODY_BOX, shown, columns, f"Assumptions, table {number} of {len(found)}.")
        write(slide, Box(EDGE, BOTTOM - tall, ROOM, tall), [TextRun(grades, color=LIGHT.muted)], _NOTE, name="Note")


def _assumption_row(item: Assumption, scenario: Scenario, *, beside: bool) -> Row:
    """A row of the table; `beside` whether it has a column for defaults, of what is changed or not converted."""
    own, note = changed(scenario, item.name), scenario.notes.get(item.name)
    value = _stated(item, scenario.values[item.name], scenario.format)
    told = own or is_foreign(scenario, item)
    default = [_stated(item, item.default, default_format(scenario)) if told else ""] if beside else []
    return row(
        SlideCell(f"{item.label}{SEPARATOR}{note}" if note else item.label, own), SlideCell(value, own), *default,
        _ends(item, scenario), *(words or "–" for words in basis(scenario, item)),
    )  # fmt: skip


def _ends(item: Assumption, scenario: Scenario) -> str:
    """From where to where an assumption is drawn, and how if that was given for the plan."""
    spread, own = scenario.effective_ranges.get(item.name), item.name in scenario.ranges
    if spread is None:
        return f"none ({_OWN.lower()})" if own else "–"
    ends = " – ".join(scenario.format.plain(end, item.unit) for end in (spread.low, spread.high))
    return f"{ends} ({_OWN.lower()}, {spread.distribution.words})" if own else ends


def _stated(item: Assumption, value: object, text: Format) -> str:
    """A value with its unit in words: "62,000 USD a year", "40 hours a year"."""
    if not item.numeric:
        return text.exact(value, item.unit)  # type: ignore[arg-type]
    assert isinstance(value, int | float)
    shown = amount(text, item.name, float(value), exact=True)
    return shown if item.unit.style is Style.NUMBER or not item.unit.per else f"{shown} {item.unit.per}"


def source_slides(deck: Deck) -> None:
    """Where the evidence comes from, with what to beware of."""
    columns = (
        SlideColumn("Key", 1.75), SlideColumn("Source, of whom and when, seen at", 3.45, lines=8),
        SlideColumn("Grade", 0.85), SlideColumn("What it found", 3.05, lines=7),
        SlideColumn("To beware of", 3.03, lines=10),
    )  # fmt: skip
    rows = [
        row(
            SlideCell(item.id, True),
            SlideCell(
                ". ".join(filter(None, (item.title, f"{item.of_whom}, {item.when}", item.address))),
                address=item.address,
            ),
            item.grade,
            item.finding,
            item.warning,
        )
        for item in (source.told(deck.projection.scenario.format) for source in SOURCES.values())
    ]
    found = table_pages(rows, columns, BOTTOM - TOP, 10.5)
    weak = sum(item.grade in WEAK_GRADES for item in SOURCES.values())
    for number, shown in enumerate(found, start=1):
        slide = deck.slide(
            f"{weak} of {len(SOURCES)} sources are weak evidence (grade C or D)",
            f"Sources ({number} of {len(found)})",
            "Key as in the tables of assumptions",
        )
        add_table(slide, BODY_BOX, shown, columns, f"Sources, table {number} of {len(found)}.", 10.5)
