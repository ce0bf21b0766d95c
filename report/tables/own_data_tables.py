"""A company's own history in tables and sentences: the rows that are used and those set aside, and the checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from model.history.checks import GATE, Trust
from model.history.figures import OwnFigure
from model.history.importing.history import OwnHistory
from model.history.own_data import OwnData
from model.scenario import Scenario
from model.units import RATIO, Format, Unit
from report.tables.chart_table import ChartTable, Column, Writer
from report.tables.document_tables import NOTHING

# What each check is called.
CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "draws": "Draws",
        "units": "Money of revenue and spend",
        "fit": "Fit against actual",
        "held_out": "Last quarter, forecast",
        "earlier_fits": "Earlier fits",
        "residuals": "What is left over",
        "collinear": "Social beside other spend",
        "follows_sales": "Spend that follows sales",
        "within_ranges": "Agreement with the ranges",
        "told": "What is told",
    }
)
TRUST: Mapping[Trust, str] = MappingProxyType({Trust.YES: "good", Trust.CARE: "with care", Trust.NO: "bad"})
# Columns that reach so far are told in whole units, others in so many figures.
_WHOLE, _FIGURES = 1_000, 6


def in_its_money(values: Any) -> Writer:
    """How amounts of a history are written, in the money of its file, whatever that is: all alike in a column."""
    is_large = bool(np.nanmax(np.abs(values), initial=0.0) >= _WHOLE)

    def write(text: Format, value: Any, _: Unit) -> str:
        return text.plain(round(value) if is_large else float(f"{value:.{_FIGURES}g}"), RATIO)

    return write


def rows_used(history: OwnHistory) -> ChartTable:
    """The periods that are fitted, in order; one without a row has no revenue, and its neighbours' spend."""
    import pandas as pd

    amounts = {
        "revenue": np.where(history.observed, history.revenue, np.nan),
        "social": history.social,
        "other": history.other,
    }
    frame = pd.DataFrame({"from": [when.isoformat() for when in history.dates], **amounts})
    headings = {"revenue": "Revenue", "social": "Social spend", "other": "Other marketing"}
    columns = {name: Column(heading, write=in_its_money(frame[name])) for name, heading in headings.items()}
    for place, (name, values) in enumerate(history.controls.items()):
        frame[f"control_{place + 1}"] = values
        columns[f"control_{place + 1}"] = Column(f"Control: {name}", write=in_its_money(values))
    period = "Week" if history.weekly else "Month"
    return ChartTable(frame, {"from": Column(f"{period} from", words=True), **columns})


def rows_set_aside(history: OwnHistory) -> ChartTable:
    """The rows that are not used, each with its number in the file and the reason."""
    import pandas as pd

    frame = pd.DataFrame([(str(item.row), item.reason) for item in history.set_aside], columns=["row", "reason"])
    return ChartTable(frame, {"row": Column("Row", words=True), "reason": Column("Why", words=True)})


def check_rows(own: OwnData) -> list[tuple[str, Trust, str]]:
    """What each check is called, how far it lets the history be trusted, and why."""
    named = ((CHECKS.get(check.name, check.name.replace("_", " ").capitalize()), check) for check in own.checks)
    return [(name, check.trust, sentence(check.verdict)) for name, check in named]


def figure_rows(found: Sequence[OwnFigure], scenario: Scenario) -> list[tuple[str, str, str, str]]:
    """Each own figure: what it is called, its value, the scenario's, and how it was computed."""
    return [
        (
            figure.label,
            # Its money is the file's; the scenario's word for it stands where the scenario takes it over.
            scenario.format.rounded(figure.value, figure.unit if figure.is_assumption else RATIO),
            scenario.stated(figure.name) if figure.is_assumption else NOTHING,
            sentence(figure.how),
        )
        for figure in found
    ]


def sentence(verdict: str) -> str:
    """A verdict that stands by itself."""
    return f"{verdict[0].upper()}{verdict[1:]}."


def understood(history: OwnHistory) -> str:
    """What was understood of a file, in a sentence."""
    kind = "Weekly" if history.weekly else "Monthly"
    return f"{kind}, {history.period_words}; {history.written_words}."


def what_history_tells(own: OwnData) -> str:
    """Whether a history can be used, and how many beliefs it tells, in a line that can stand as a heading."""
    told, of = sum(item.told for item in own.findings), len(own.findings)
    whose = "the example" if own.read is not None and own.read.is_example else "your history"
    return f"{GATE[own.gate.trust].capitalize()}: {whose} tells {told or 'none'} of {of} beliefs"


def what_to_take(own: OwnData) -> str:
    """What taking a history over puts into the scenario."""
    told = sum(item.told for item in own.findings)
    one = told == 1
    return (
        f"{told} {'belief gets its' if one else 'beliefs get their'} range, value and note, and the correlations "
        "that were found. Undo in the sidebar takes it back."
    )
