"""What a company's own history tells, as plain data and as aligned text."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from model.assumptions import ASSUMPTIONS
from model.command_line.output import columns, range_data
from model.history.agreement import Agreement
from model.history.figures import GRADE, OwnFigure
from model.history.fit import PERCENTILES
from model.history.importing.history import OwnHistory
from model.history.own_data import OwnData
from model.history.ranges import BeliefUpdate
from model.reading.numerals import brief
from model.reading.texts import tellable
from model.units import MONEY, NO_BREAK, Format

_NO_HISTORY: Mapping[str, Any] = {"n": 0, "period": None, "frequency": None, "set_aside": []}
_MOST_ROWS, _LONGEST = 20, 300


def fit_data(own: OwnData) -> dict[str, Any]:
    """What was understood, set aside, found and checked, and the scenario that comes of it."""
    return {
        **(_NO_HISTORY if own.read is None else _history_data(own.read)),
        "told": list(own.told),
        "experiments": [_experiment_data(one) for one in own.experiments],
        "figures": {item.name: _figure(item) for item in own.figures},
        "prior": {item.name: _percentiles(item.prior) for item in own.findings},
        "posterior": {
            item.name: {
                "mean": item.mean,
                **_percentiles(item.posterior),
                "told": item.told,
                "grade": _grade(own, item),
            }
            for item in own.findings
        },
        "ranges": {item.name: range_data(item.range) for item in own.findings if item.range is not None},
        "correlations": _correlations(own),
        "effective_sample": own.posterior.draws.effective,
        "checks": {
            check.name: {"trust": check.trust.value, "verdict": check.verdict, "figures": dict(check.figures)}
            for check in own.checks
        },
        "usable": own.gate.trust.value,
        "gate": own.gate.words,
        "scenario": own.scenario.to_data(),
    }


def _history_data(history: OwnHistory) -> dict[str, Any]:
    return {
        "n": history.periods,
        "period": [str(history.dates[0]), str(history.dates[-1])],
        "frequency": "weekly" if history.weekly else "monthly",
        "columns": {role: _as_list(getattr(history.columns, role)) for role in _ROLES},
        "encoding": history.encoding,
        "sheet": history.sheet or None,
        "sheets": list(history.sheets),
        "decimal_mark": "," if history.marks.comma else ".",
        "set_aside": [{"row": item.row, "reason": item.reason} for item in history.set_aside],
    }


def _experiment_data(one: Agreement) -> dict[str, Any]:
    """An experiment as it was understood, what all else says of it, what it found and how far apart they are."""
    test = one.experiment
    return {
        "channel": test.channel.value, "period": test.period.words, "months": test.period.months,
        "spend": test.spend, "extra": test.extra, "share": test.share, "weeks_after": test.weeks_after,
        "observed": test.revenue, "standard_error": test.error, "predicted": one.predicted,
        "predicted_spread": one.spread, "fitted": one.fitted, "z": one.z,
    }  # fmt: skip


def _grade(own: OwnData, item: BeliefUpdate) -> str | None:
    """The grade of what is told: A where experiments tell it, C where the history does."""
    return ("A" if item.name in own.tested else "C") if item.told else None


_ROLES = {
    "date": "Date",
    "revenue": "Revenue",
    "social": "Social spend",
    "other": "Other marketing",
    "control": "Controls",
    "people": "People",
    "unused": "Not used",
}


def _figure(figure: OwnFigure) -> dict[str, Any]:
    return {
        "value": figure.value,
        "unit": figure.unit.name,
        "how": figure.how,
        "period": figure.period,
        "grade": GRADE,
        "assumption": figure.is_assumption,
    }


def _as_list(names: str | tuple[str, ...]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _percentiles(found: Any) -> dict[str, float]:
    return {f"p{level}": found[level] for level in PERCENTILES}


def _correlations(own: OwnData) -> list[list[Any]]:
    matrix = own.posterior.rank_correlations
    pairs = combinations(enumerate(own.posterior.names), 2)
    return [[one, other, float(matrix[row, column])] for (row, one), (column, other) in pairs]


def fit_table(own: OwnData) -> str:
    """The same, readable."""
    return "\n".join(
        [
            *_understood(own), *_experiments(own), *_figures(own), "", *_beliefs(own), "", *_checked(own), "",
            tellable(own.gate.words, 10 * _LONGEST),
        ]
    ) + "\n"  # fmt: skip


def _understood(own: OwnData) -> list[str]:
    if own.read is None:
        return [tellable(line, _LONGEST) for line in own.told]
    history = own.read
    lines = [f"{history.period_words}; {history.written_words}"]
    lines += [
        f"{label}: {', '.join(_as_list(getattr(history.columns, role))) or 'none'}" for role, label in _ROLES.items()
    ]
    return [tellable(line, _LONGEST) for line in (*lines, *own.told)] + ["", *_set_aside(history)]


def _set_aside(history: OwnHistory) -> list[str]:
    rows = history.set_aside
    if not rows:
        return ["No row was set aside."]
    listed = [tellable(f"  row {item.row} {item.reason}", _LONGEST) for item in rows[:_MOST_ROWS]]
    more = [f"  and {len(rows) - _MOST_ROWS} more: --format json lists them"] if len(rows) > _MOST_ROWS else []
    return [f"Rows set aside: {len(rows)}", *listed, *more]


def _experiments(own: OwnData) -> list[str]:
    """The experiments beside what all else says of them."""
    if not own.experiments:
        return []
    rows: list[tuple[str, ...]] = [("EXPERIMENT", "PERIOD", "FOUND", "EXPECTED WITHOUT IT", "Z")]
    rows += [_experiment(one, own.scenario.format) for one in own.experiments]
    return ["", *(line.replace(NO_BREAK, " ") for line in columns(rows))]


def _experiment(one: Agreement, text: Format) -> tuple[str, ...]:
    test = one.experiment
    found = f"{text.rounded(test.revenue, MONEY)} ± {text.rounded(test.error, MONEY)}"
    if one.predicted is None or one.spread is None or one.z is None:
        return test.channel, test.period.words, found, "cannot be told", ""
    expected = f"{text.rounded(one.predicted, MONEY)} ± {text.rounded(one.spread, MONEY)}"
    return test.channel, test.period.words, found, expected, brief(one.z, 2)


def _figures(own: OwnData) -> list[str]:
    if own.read is None:
        return []
    text = own.scenario.format
    rows: list[tuple[str, ...]] = [("OWN FIGURE", "VALUE", f"HOW (grade {GRADE})")]
    rows += [(item.name, text.rounded(item.value, item.unit), f"{item.how}; {item.period}") for item in own.figures]
    return ["", *(line.replace(NO_BREAK, " ") for line in columns(rows))]


def _beliefs(own: OwnData) -> list[str]:
    rows: list[tuple[str, ...]] = [("BELIEF", "BEFORE (P5 P50 P95)", "AFTER (P5 P50 P95)", "TOLD", "GRADE", "RANGE")]
    rows += [_belief(own, item) for item in own.findings]
    effective = own.posterior.draws.effective
    return [*columns(rows), f"{len(own.posterior.draws.weights)} draws, worth {effective:.0f} independent ones"]


def _belief(own: OwnData, item: BeliefUpdate) -> tuple[str, ...]:
    text, unit = own.scenario.format, ASSUMPTIONS[item.name].unit
    before, after = (
        " / ".join(text.rounded(found[level], unit) for level in (5, 50, 95))
        for found in (item.prior, item.posterior)
    )
    if item.range is None:
        return item.name, before, after, "no", "", "as before"
    ends = " / ".join(text.rounded(end, unit) for end in (item.range.low, item.range.likely, item.range.high))
    return item.name, before, after, "yes", _grade(own, item) or "", f"{ends} {item.range.distribution.words}"


def _checked(own: OwnData) -> list[str]:
    rows: list[tuple[str, ...]] = [("CHECK", "", "VERDICT")]
    rows += [(check.name, "" if check.trust == "yes" else check.trust.value, check.verdict) for check in own.checks]
    return [line.replace(NO_BREAK, " ") for line in columns(rows)]
