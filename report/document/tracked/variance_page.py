"""The page of a tracked plan: words, tables, pictures of every line in one HTML file that prints as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from model.track.tracked import CASH
from model.track.words import headline, worth_by_now
from report.charts.decide.tracked import FORECAST, VARIANCE, Came
from report.charts.drawing.theme import LIGHT
from report.document.page import page
from report.tables.document_tables import Table
from report.tables.tracked.facts import facts_table
from report.tables.tracked.months import months_table
from report.tables.tracked.odds import odds_table
from report.tables.tracked.tables import calibration, gates_due, still_open, variances_table
from report.tables.tracked.variance_report import VarianceReport, footer, told

# In CSS pixels, as wide as the page of A4.
_WIDE, _TALL = 680, 440
_KEY = "AC is actual, PL plan, Δ = AC − PL; what is no flow is told of its last month."

_HANGS_ON = (
    "Each belief from its 10th to its 90th percentile as now believed, all others at their medians, spend and hours "
    "as they came."
)


def build(of: VarianceReport, today: date) -> bytes:
    """The file; the same report gives the same bytes."""
    found = of.found
    ahead = (CASH, *(name for name in found.ahead if name != CASH)) if of.until < of.months else ()
    charts = [
        *((VARIANCE, Came(found, item.subject, of.projection)) for item in found.variances),
        *((FORECAST, Came(found, name, of.projection)) for name in ahead),
    ]
    worth = worth_by_now(found)
    text = page(
        "tracked.html.j2",
        [chart.figure(subject, LIGHT, today) for chart, subject in charts],
        title=found.scenario.name,
        theme=LIGHT,
        alarming=of.misspecified,
        answer=headline(of.found),
        worth=f"{worth[0].upper()}{worth[1:]}",
        parts=told(of),
        tables=list(_tables(of)),
        monthly=[months_table(of, item) for item in found.variances],
        facts=facts_table(of, today),
        alts=[chart.alt(subject) for chart, subject in charts],
        stamps=footer(of, today),
        width=_WIDE,
        height=_TALL,
    )
    return text.encode()


def _tables(of: VarianceReport) -> Iterator[tuple[str, str, Table]]:
    """Each table that sums up, with its title and what to know of it."""
    found = of.found
    yield "Actual against plan so far, by cause", _KEY, variances_table(found)
    yield "What the plan is worth over its whole horizon", "", odds_table(of)
    if found.matters:
        yield "What the worth still hangs on", _HANGS_ON, still_open(found)
    if found.gates:
        yield "Gates", "", gates_due(found)
    if found.record:
        yield "How honest the forecasts were", found.record.words(of.text), calibration(found)
