"""A company's own data in tables and sentences: the rows used and set aside, the tests, and the checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from model.assumptions import ASSUMPTIONS
from model.history.agreement import Agreement
from model.history.checks import GATE, Trust
from model.history.experiments.experiment import Experiment
from model.history.figures import OwnFigure
from model.history.importing.history import OwnHistory
from model.history.own_data import OwnData
from model.history.results.beliefs import Belief
from model.history.results.table import ToolResults
from model.scenario import Scenario
from model.units import RATIO, Format, Unit
from report.tables.chart_table import ChartTable, Column, Writer
from report.tables.document_tables import NOTHING
from report.words.values import amount

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
        "experiments": "Tests of your own",
    }
)
TRUST: Mapping[Trust, str] = MappingProxyType({Trust.YES: "good", Trust.CARE: "with care", Trust.NO: "bad"})
# Columns that reach so far are told in whole units, others in so many figures.
_WHOLE, _FIGURES = 1_000, 6


def in_its_money(values: Any) -> Writer:
    """How amounts of a history are written, in the money of its file, whatever that is: all alike in a column."""
    is_large = bool(np.max(np.nan_to_num(np.abs(values)), initial=0.0) >= _WHOLE)

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


def tellers(own: OwnData) -> str:
    """What tells, with its verb: "history tells", "history and tests tell"."""
    tests = {0: "", 1: "test"}.get(len(own.experiments), "tests")
    who = " and ".join(filter(None, ("history" if own.read else "", tests)))
    return f"{who} {'tells' if who in ('history', 'test') else 'tell'}"


def what_history_tells(own: OwnData) -> str:
    """Whether own data can be used, and how many beliefs they tell, in a line that can stand as a heading."""
    told, of = sum(item.told for item in own.findings), len(own.findings)
    whose = "the example's" if own.read is not None and own.read.is_example else "your"
    return f"{GATE[own.gate.trust].capitalize()}: {whose} {tellers(own)} {told or 'none'} of {of} beliefs"


def what_to_take(told: int) -> str:
    """What taking so many beliefs over puts into the scenario."""
    return (
        f"{told} {'belief gets its' if told == 1 else 'beliefs get their'} range, value and note, and the "
        "correlations that were found. Undo in the sidebar takes it back."
    )


def evidence_words(own: OwnData) -> str:
    """How good what is told is as evidence: what rests on tests, and what on a history alone."""
    tested = [f"“{ASSUMPTIONS[item.name].short_label}”" for item in own.findings if item.name in own.tested]
    words = []
    if tested:
        words.append(f"{' and '.join(tested)}: grade A, experiment.")
    if own.read is not None:
        rest = "What else is told happened" if tested else "What happened"
        words.append(
            f"{rest} together, which is no proof of what caused what: grade C, correlation. "
            "Only an experiment is more."
        )
    if own.experiments:
        words.append("A test tells of its weeks, its part of the business and its range of spend.")
    return " ".join(words)


def test_name(one: Experiment) -> str:
    """What a test is called: what was changed, and when."""
    words = one.channel.words
    return f"{words[0].upper()}{words[1:]}, {one.period.words}"


def experiment_rows(own: OwnData, text: Format) -> list[tuple[str, str, str, str]]:
    """Each test: what it is called, what it found, what all the rest expects of it, how many errors lie between."""
    return [_experiment_row(one, text) for one in own.experiments]


def _experiment_row(one: Agreement, text: Format) -> tuple[str, str, str, str]:
    found = _with_error(one.experiment.revenue, one.experiment.error, text)
    if one.predicted is None or one.spread is None or one.z is None:
        return test_name(one.experiment), found, "cannot be told", NOTHING
    return (
        test_name(one.experiment),
        found,
        _with_error(one.predicted, one.spread, text),
        text.signed_number(one.z, 1),
    )


def _with_error(value: float, error: float, text: Format) -> str:
    return f"{text.rounded(value, RATIO)} {text.within(error, RATIO)}"


def result_rows(results: ToolResults, text: Format) -> list[tuple[str, str, str]]:
    """Each channel of another tool: its name, what it is taken as, and its figures."""
    return [
        (one.name, one.channel.words, ", ".join(_figure(name, value, text) for name, value in one.figures.items()))
        for one in results.channels
    ]


def _figure(name: str, value: float, text: Format) -> str:
    return f"{name.replace('_', ' ')} {text.rounded(value, RATIO)}"


def tool_belief_rows(found: Sequence[Belief], text: Format) -> list[tuple[str, str, str]]:
    """Each belief that another tool's results give: what it is called, its middle 90 %, how it was made."""
    return [
        (
            ASSUMPTIONS[belief.name].short_label,
            f"{text.rounded(belief.range.low, RATIO)} to {amount(text, belief.name, belief.range.high)}",
            sentence(belief.how),
        )
        for belief in found
    ]


def told_by_label(told: str) -> str:
    """A sentence under the label of the belief that it is about, if it begins with one."""
    name, _, rest = told.partition(" ")
    return f"“{ASSUMPTIONS[name].short_label}” {rest}" if name in ASSUMPTIONS else told
