"""The chart of the company's own tests: what each found, and below that what all the rest expects of it."""

from __future__ import annotations

from datetime import date

import numpy as np

from model.history.agreement import Agreement
from model.units import RATIO
from report.charts.drawing.chart import OWN_DATA, Chart
from report.charts.drawing.figure import escaped, fit
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import framed, inset, note, row_labels, rows_axis, small_width
from report.charts.drawing.theme import BODY, LIGHT, SMALL, Theme
from report.charts.own_data.fitted import Fitted
from report.tables.chart_table import ChartTable, Column
from report.tables.own_data_tables import in_its_money, test_name

# Where the two points of a row lie below its middle.
_ABOVE, _BELOW, _POINT, _LINE = -0.02, 0.25, 10, 2
_KEY_ROWS = 0.3
# So many tests have room; the ends of a middle 90 % lie so many standard errors from its middle.
_MOST, _REACH = 8, 1.645
FOUND, EXPECTED = "found", "expected"
_Span = tuple[float, float, float]


def found_and_expected(fitted: Fitted, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """A row a test, on an axis of its own: what it found and what is expected without it, each with its 90 %."""
    shown = _shown(fitted)
    figure = framed(fitted.projection, theme, agreement_message(fitted), "Extra revenue and its middle 90 %", today)
    texts = []
    for row, one in enumerate(shown):
        spans = {FOUND: _found(one), EXPECTED: _expected(one)}
        ends = [end for span in spans.values() if span for end in span]
        low, width = min(ends), (max(ends) - min(ends)) or 1.0
        for (name, span), shift, color in zip(
            spans.items(), (_ABOVE, _BELOW), (theme.plan, theme.hold), strict=True
        ):
            words = _words(fitted, span)
            texts.append(words)
            if span:
                places = [(end - low) / width for end in span]
                _point(figure, places, row + shift, name, color, f"{escaped(test_name(one.experiment))}<br>{words}")
            figure.add_annotation(
                name="span", text=words, font={"size": SMALL, "color": theme.text if name == FOUND else theme.muted},
                xref="paper", x=1, xanchor="right", y=row + shift, yanchor="middle",
            )  # fmt: skip
    row_labels(figure, [_label(fitted, one, theme) for one in shown], theme)
    lowest, highest = rows_axis(len(shown))["range"]
    figure.update_layout(
        xaxis={"range": inset(0, 1, 14, 1.1 * small_width(texts) + 14), "visible": False},
        yaxis={"range": [lowest, highest - _KEY_ROWS], "visible": False},
    )
    _key(figure, theme)
    if len(shown) < len(fitted.own.experiments):
        note(
            figure,
            f"The {len(shown)} furthest apart of {len(fitted.own.experiments)}; all stand in the table",
            theme,
        )
    return fit(figure)


def _shown(fitted: Fitted) -> list[Agreement]:
    """The tests that are drawn, in their order: of many those that lie furthest from what is expected."""
    every = fitted.own.experiments
    furthest = sorted(every, key=lambda one: -np.inf if one.z is None else -abs(one.z))[:_MOST]
    return [one for one in every if any(one is kept for kept in furthest)]


def _found(one: Agreement) -> _Span:
    return _span(one.experiment.revenue, one.experiment.error)


def _expected(one: Agreement) -> _Span | None:
    return None if one.predicted is None or one.spread is None else _span(one.predicted, one.spread)


def _span(middle: float, error: float) -> _Span:
    return middle - _REACH * error, middle, middle + _REACH * error


def _words(fitted: Fitted, span: _Span | None) -> str:
    """A middle and its 90 %, or that it cannot be told."""
    if span is None:
        return "cannot be told"
    low, middle, high = (fitted.text.rounded(end, RATIO) for end in span)
    return f"{middle} ({low} to {high})"


def agreement_message(fitted: Fitted) -> str:
    """How far the tests and the rest lie apart at most, in a few words."""
    apart = [abs(one.z) for one in fitted.own.experiments if one.z is not None]
    if not apart:
        return "The tests stand by themselves"
    most = fitted.text.number(max(apart), 1)
    one = len(fitted.own.experiments) == 1
    return f"{'The test lies' if one else 'The tests lie'} {most} standard errors{'' if one else ' at most'} away"


def agreement_alt(fitted: Fitted) -> str:
    """The chart in words, for those who do not see it."""
    rows = (
        f"{test_name(one.experiment)}: found {_words(fitted, _found(one))}, "
        f"expected {_words(fitted, _expected(one))}"
        for one in _shown(fitted)
    )
    return f"{agreement_message(fitted)} from what the rest expects. Extra revenue and its 90 %: {'; '.join(rows)}."


def _label(fitted: Fitted, one: Agreement, theme: Theme) -> str:
    apart = "" if one.z is None else f"{fitted.text.signed_number(one.z, 1)} standard errors"
    quiet = f' <span style="color:{theme.muted}">· {apart}</span>' if apart else ""
    return escaped(test_name(one.experiment)) + quiet


def _point(figure: Figure, places: list[float], row: float, name: str, color: str, hover: str) -> None:
    low, middle, high = places
    figure.add_scatter(
        name=f"{name} 90 %", mode="lines", x=[low, high], y=[row, row], line={"color": color, "width": _LINE},
        hoverinfo="text", hovertext=hover,
    )  # fmt: skip
    figure.add_scatter(
        name=name, mode="markers", x=[middle], y=[row], hoverinfo="text", hovertext=hover,
        marker={"symbol": "circle" if name == FOUND else "diamond", "size": _POINT, "color": color},
    )  # fmt: skip


def _key(figure: Figure, theme: Theme) -> None:
    """What the two points are, along the top."""
    words = (
        f'<span style="color:{theme.plan}">●</span> found by the test   <span style="color:{theme.hold}">◆</span> '
        "expected without it"
    )
    figure.add_annotation(
        name="key", text=words, font={"size": BODY - 1, "color": theme.muted}, xref="paper", x=0, xanchor="left",
        yref="y domain", y=1, yanchor="top",
    )  # fmt: skip


def _table(fitted: Fitted) -> ChartTable:
    """A row a test."""
    import pandas as pd

    names = ("test", "spend", "extra", "found", "found_error", "expected", "expected_error", "z")
    rows = [
        (test_name(one.experiment), one.experiment.spend, one.experiment.extra, one.experiment.revenue,
         one.experiment.error, one.predicted, one.spread, one.z)
        for one in fitted.own.experiments
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=names).astype(dict.fromkeys(names[1:], float))
    headings = {
        "spend": "Spend before", "extra": "Extra spend", "found": "Extra revenue found", "found_error": "Its error",
        "expected": "Expected without it", "expected_error": "Error of that",
    }  # fmt: skip
    columns = {name: Column(heading, write=in_its_money(frame[name])) for name, heading in headings.items()}
    return ChartTable(frame, {"test": Column("Test", words=True), **columns, "z": Column("Errors apart", RATIO)})


CHART = Chart(
    "own_data_tests", "Tests beside what is expected", OWN_DATA,
    "The own tests; expected by all else that is known", found_and_expected, agreement_alt, _table,
)  # fmt: skip
