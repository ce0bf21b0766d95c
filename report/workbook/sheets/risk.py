"""The sheet Risk: the app's simulations as values, each saying whether it belongs to the live column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from model.assumptions import ASSUMPTIONS
from model.choice.findings import Findings
from model.metrics import LISTED, METRICS
from model.scenario import Scenario
from model.telling.caveats import NOT_DEFENSIBLE, is_defensible
from model.telling.tables import WITHIN, WITHOUT_VALUE
from model.uncertainty.sensitivity import Bar
from model.uncertainty.simulation import PERCENTILES, Simulation
from model.units import MONEY, SHARE, Unit
from report.material import Material
from report.tables.document_tables import correlation_texts
from report.workbook.book import BAD_FILL, GOOD_TEXT, MUTED, NAME, TEXT, Book, Page, address, number_format
from report.workbook.conservative import write_conservative
from report.workbook.fields import EDITS, SELECTED
from report.workbook.rules import input_format

SHEET = "Risk"
LABEL, UNIT, FIRST = 1, 2, 3
TOP = 5
_LABEL_WIDTH = 46
_SPREAD = ("Mean", "±", *(f"P{percentile}" for percentile in PERCENTILES), "Has a value in")
_INPUTS = (
    "Low", "Likely", "High", "Distribution", "NPV at low", "NPV at high", "Of variance", "Breaks even at",
)  # fmt: skip
# So few rows of a conservative case stay on the page of the odds.
_ONE_PAGE = 2
NONE_ASKED = "No simulation was asked for when this file was made."


def write_risk(book: Book, materials: Sequence[Material]) -> Page:
    """A block for each simulated scenario, below each other."""
    page = book.page(
        SHEET, "Risk: the odds, as values from the app", "output", [3, _LABEL_WIDTH, 10, *[11] * len(_SPREAD)]
    )
    page.text(3, LABEL, "Values from the app: nothing here follows an edit.", bold=True)
    if not any(material.simulation for material in materials):
        page.text(TOP, LABEL, NONE_ASKED)
    row, breaks = TOP, []
    for number, material in enumerate(materials, start=1):
        if not (material.simulation and material.found):
            continue
        case = _write_block(page, row, material.simulation, material.found, number)
        end = write_conservative(page, case, material.remains)
        row = end + 2
        breaks += [case, row] if end - case > _ONE_PAGE else [row]
    page.sheet.freeze_panes(TOP - 1, LABEL + 1)
    page.print_as(top=TOP - 1, chapters=breaks[:-1])
    return page


def _write_block(page: Page, row: int, simulation: Simulation, found: Findings, number: int) -> int:
    """The odds; the row below them and an empty one."""
    scenario = simulation.scenario
    mark = "" if is_defensible(scenario) else f" · {NOT_DEFENSIBLE}"
    page.section(row, f"Scenario {number}", FIRST + len(_SPREAD) - 1)
    page.text(row + 1, LABEL, scenario.name + mark, bold=True, font_color=BAD_FILL if mark else TEXT, **NAME)
    drawn = f"[{scenario.hash}]  {simulation.draws} draws, seed {simulation.seed}"
    page.text(row + 2, LABEL, drawn, font_color=MUTED)
    write_state(page, row + 3, number)
    row = _write_odds(page, row + 4, simulation, found)
    row = _write_spreads(page, row + 1, simulation)
    return _write_inputs(page, row + 1, scenario, found) + 1


def write_state(page: Page, row: int, number: int) -> None:
    """Whether the live column is this scenario, unedited, with the same point result."""
    belongs = "These odds belong to the live column."
    start, end = "The live column is not what was simulated: ", ". Make the file again for its odds."
    other, edited = "another scenario is selected", "inputs were edited since"
    why = f'IF({SELECTED}<>{number},"{other}","{edited}")'
    live = f'=IF(AND({SELECTED}={number},{EDITS}=0),"{belongs}","{start}"&{why}&"{end}")'
    page.formula(row, LABEL, live, belongs if number == 1 else f"{start}{other}{end}")
    cell = address(row, LABEL)
    page.rule((row, LABEL), f'={cell}="{belongs}"', font_color=GOOD_TEXT)
    page.rule((row, LABEL), f'={cell}<>"{belongs}"', font_color=BAD_FILL, bold=True)


def _write_odds(page: Page, row: int, simulation: Simulation, found: Findings) -> int:
    """Odds, and what is worth how much, amounts with their sampling errors."""
    horizon, worst = 12 * simulation.scenario.horizon_years, simulation.expected_shortfall
    odds: list[tuple[str, float, Unit, float | None]] = [
        ("Odds of a gain (net present value above 0)", simulation.odds_of_gain, SHARE, None),
        (f"Odds that the money is back within {horizon} months", simulation.odds_of_payback(horizon), SHARE, None),
        ("Mean net present value of the worst tenth", worst, MONEY, simulation.shortfall_error),
        ("Worth of knowing everything before deciding", found.evpi, MONEY, found.evpi_error),
    ]
    for place, (label, value, unit, error) in enumerate(odds, start=row):
        page.text(place, LABEL, label)
        page.text(place, UNIT, unit.words(simulation.scenario.currency), font_color=MUTED)
        page.number(place, FIRST, value, num_format=number_format(unit), bold=True)
        if error is not None:
            page.number(place, FIRST + 1, error, num_format=f'"± "{number_format(unit)}', font_color=MUTED)
    return row + len(odds)


def _write_spreads(page: Page, row: int, simulation: Simulation) -> int:
    page.headings(row, LABEL, ["Metric", "Unit"])
    page.headings(row, FIRST, _SPREAD, align="right")
    for place, name in enumerate(LISTED, start=row + 1):
        item, spread = METRICS[name], simulation.spread(name)
        page.public_name(place, name)
        page.text(place, LABEL, item.label)
        page.text(place, UNIT, item.unit.words(simulation.scenario.currency) or item.unit.name, font_color=MUTED)
        look: dict[str, Any] = {"num_format": number_format(item.unit), "align": "right"}
        percentiles = spread.percentiles or (None,) * len(PERCENTILES)
        for offset, value in enumerate((spread.mean, spread.error, *percentiles)):
            page.value(place, FIRST + offset, "–" if value is None else value, **look)
        page.number(place, FIRST + len(_SPREAD) - 1, spread.defined, num_format="0.0%", font_color=MUTED)
    row += 1 + len(LISTED)
    page.text(row, LABEL, f"{WITHIN} {WITHOUT_VALUE}", font_color=MUTED)
    return row + 1


def _write_inputs(page: Page, row: int, scenario: Scenario, found: Findings) -> int:
    """The uncertain inputs, widest swing first: range, tornado, variance, break-even; then what is correlated."""
    page.headings(row, LABEL, ["Uncertain input, widest swing first", "Unit"])
    page.headings(row, FIRST, _INPUTS, align="right")
    roots = {item.name: item.break_even for item in found.must_be_true}
    for place, bar in enumerate(found.bars, start=row + 1):
        _write_input(page, place, bar, scenario, found.importance[bar.name], roots[bar.name])
    row += 1 + len(found.bars)
    if pairs := correlation_texts(scenario):
        page.text(row, LABEL, f"Drawn together, with their rank correlation: {'; '.join(pairs)}", font_color=MUTED)
        row += 1
    return row


def _write_input(page: Page, row: int, bar: Bar, scenario: Scenario, share: float, roots: tuple[float, ...]) -> None:
    item, ends = ASSUMPTIONS[bar.name], scenario.effective_ranges[bar.name]
    own = {"num_format": input_format(item.unit), "align": "right"}
    money = {"num_format": number_format(MONEY), "align": "right"}
    page.public_name(row, bar.name)
    page.text(row, LABEL, item.label, text_wrap=True)
    page.fit(row, (item.label, _LABEL_WIDTH))
    page.text(row, UNIT, item.unit.words(scenario.currency) or item.unit.name, font_color=MUTED)
    for offset, value in enumerate((ends.low, ends.likely if ends.distribution.peaks else None, ends.high)):
        page.value(row, FIRST + offset, value, **own)
    page.text(row, FIRST + 3, ends.distribution.words, align="right")
    page.number(row, FIRST + 4, bar.npv_low, **money)
    page.number(row, FIRST + 5, bar.npv_high, **money)
    page.number(row, FIRST + 6, share, num_format="0.0%", align="right")
    if len(roots) == 1:
        page.number(row, FIRST + 7, roots[0], **own)
    else:
        several = " and ".join(scenario.format.plain(root, item.unit) for root in roots)
        page.text(row, FIRST + 7, several or "none in bounds", align="right", font_color=MUTED)
