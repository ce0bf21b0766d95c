"""A plan in stages as tables: stopping beside never stopping, what can be lost before each gate, the contract."""

from __future__ import annotations

from collections.abc import Sequence

from model.gates.indicators import INDICATORS
from model.stages.contract import Contract
from model.stages.staged import GateEnd, Staged, Valued
from model.stages.words import policy_in_words
from model.telling.tables import WITHIN
from model.units import MONEY, MONTH, NO_BREAK, RATIO, SHARE, Format
from report.tables.chart_table import ChartTable, Column
from report.tables.document_tables import NOTHING, Cell, Table

_NEVER, _PLANNED, _BEST, _BLIND = (
    "Never stopping", "With these gates", "Best thresholds found", "Best that looks at nothing",
)  # fmt: skip


def _policies(found: Staged) -> dict[str, Valued]:
    """The ways to go through the gates, by label; where the best looks at nothing it is told as that alone."""
    ways = {_NEVER: found.never, _PLANNED: found.planned, _BEST: found.best, _BLIND: found.blind}
    return {label: one for label, one in ways.items() if label != _BEST or one.policy != found.blind.policy}


def policies(found: Staged) -> Table:
    """What the plan is worth never stopping, with its gates, and with the best thresholds, as a person reads it."""
    text, money = found.scenario.format, found.scenario.currency
    ways = _policies(found)
    headings = ("Plan", f"Mean, {money}", f"10 % end below, {money}", "Odds of a gain",
                "Go on to the end", f"Worth of stopping, {money}")  # fmt: skip
    rows = tuple(_policy(label, one, text) for label, one in ways.items())
    return Table(headings, rows, caption=WITHIN, marked=frozenset({list(ways).index(_PLANNED)}))


def _policy(label: str, one: Valued, text: Format) -> tuple[Cell, ...]:
    mean, low = (text.rounded(value, RATIO, one.error) for value in (one.mean, one.p10))
    worth = NOTHING
    if one.value_error:
        worth = f"{text.signed(one.value, RATIO, one.value_error)}{NO_BREAK}{text.within(one.value_error, RATIO)}"
    return (
        Cell(label),
        Cell(f"{mean}{NO_BREAK}{text.within(one.error, RATIO)}"),
        *map(Cell, (low, _in_100(one.odds, text), _in_100(one.goes_on, text), worth)),
    )


def _in_100(part: float, text: Format) -> str:
    return f"{text.number(100 * part, 0)} in 100".replace(" ", NO_BREAK)


def gate_ends(found: Staged) -> Table:
    """Each gate with its odds, and what can be lost before it, as a person reads it."""
    text, money = found.scenario.format, found.scenario.currency
    headings = ("Gate", "Stop below", "Get there", "Stop there", f"9 in 10 lose at most, {money}",
                f"Most lost, {money}", f"Paid by then, {money}")  # fmt: skip
    return Table(headings, tuple(_gate_end(one, text) for one in found.planned.ends), caption=_LOST)


_LOST = (
    "Lost: the most that a case has been out of pocket before the gate can stop it, net of what it brings; 9 in 10 "
    "cases, then any. Paid: on average, beyond holding. Both nominal."
)


def _gate_end(one: GateEnd, text: Format) -> tuple[Cell, ...]:
    amounts = (text.rounded(money, RATIO) for money in (one.pocket, one.most, one.committed))
    return (
        Cell(f"Month{NO_BREAK}{one.gate.month}", small=one.gate.looks_at.label),
        Cell(text.plain(one.threshold, one.gate.looks_at.unit)),
        Cell(_in_100(one.reached, text)),
        Cell(_in_100(one.stopped, text)),
        *map(Cell, amounts),
    )


def policy_rows(found: Staged) -> ChartTable:
    """One row a way through the gates, at full precision."""
    columns = {
        "plan": Column("Plan", words=True),
        "thresholds": Column("Thresholds", words=True),
        "mean": Column("Mean", MONEY),
        "error": Column("±", MONEY),
        "p10": Column("P10", MONEY),
        "p50": Column("P50", MONEY),
        "p90": Column("P90", MONEY),
        "odds": Column("Odds of a gain", SHARE),
        "goes_on": Column("Go on to the end", SHARE),
        "value": Column("Worth of stopping", MONEY),
        "value_error": Column("±", MONEY),
    }
    rows = [
        (label, _thresholds(found, one), one.mean, one.error, one.p10, one.p50, one.p90, one.odds, one.goes_on,
         one.value, one.value_error)
        for label, one in _policies(found).items()
    ]  # fmt: skip
    return _framed(rows, columns, WITHIN)


def _thresholds(found: Staged, one: Valued) -> str:
    pairs = zip(found.gates, one.policy, strict=True)
    return "; ".join(policy_in_words(gate, threshold, found.scenario.format) for gate, threshold in pairs)


def end_rows(found: Staged) -> ChartTable:
    """One row a gate: how often it is reached, how often it stops, and what is lost by then at most."""
    columns = {
        "looked_at": Column("Looked at", names=INDICATORS),
        "month": Column("At the end of", MONTH),
        "threshold": Column("Stop below"),
        "reached": Column("Get there", SHARE),
        "stopped": Column("Stop there", SHARE),
        "pocket": Column("Nine in ten lose by then at most", MONEY),
        "most": Column("The most lost in any case", MONEY),
        "committed": Column("Paid by then beyond holding, mean", MONEY),
    }
    rows = [
        (one.gate.looks_at.name, one.gate.month, one.threshold, one.reached, one.stopped, one.pocket, one.most,
         one.committed)
        for one in found.planned.ends
    ]  # fmt: skip
    return _framed(rows, columns)


def contract_rows(made: Contract) -> ChartTable:
    """One row a clause of the contract: its day, what is measured how, the threshold, what follows, the odds."""
    columns = {
        "looked_at": Column("Looked at", names=INDICATORS),
        "then": Column("Below the threshold", words=True),
        "on": Column("Day", words=True),
        "threshold": Column("Threshold"),
        "reached": Column("Get there", SHARE),
        "odds": Column("Of these below", SHARE),
        "measured_by": Column("Measured by", words=True),
    }
    rows = [
        (one.gate.looks_at.name, one.gate.below.words, one.on, one.gate.threshold, one.reached, one.below,
         one.gate.looks_at.measured)
        for one in made.clauses
    ]  # fmt: skip
    return _framed(rows, columns)


def _framed(rows: Sequence[tuple[object, ...]], columns: dict[str, Column], caption: str = "") -> ChartTable:
    import pandas as pd

    return ChartTable(pd.DataFrame(list(rows), columns=list(columns)), columns, caption)
