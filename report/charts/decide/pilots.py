"""What each test is worth after its costs, and which to run first."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from model.pilot.pilots import Pilot, Pilots, Rung
from model.pilot.words import in_100, size_of
from model.projection import Projection
from model.units import MONEY, RATIO
from report.charts.drawing.chart import DRAWS, PILOT, Chart
from report.charts.drawing.figure import HATCHED, NEGATIVE_PATTERN, escaped, fit
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import (
    BAR,
    filled,
    framed,
    inset,
    note,
    row_labels,
    row_rules,
    rows_axis,
    small_width,
)
from report.charts.drawing.theme import BODY, LIGHT, Theme
from report.tables.decide.tests import pilot_rows, runnable
from report.words.headings import length, net_message, whether_to_test


class Priced(NamedTuple):
    """The tests of a plan by what they are worth, and the plan's projection."""

    found: Pilots
    projection: Projection


def net_by_test(of: Priced, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """What is left of each test's worth after its costs, at its best size, with the sampling error."""
    found, text = of.found, of.found.scenario.format
    heading = f"Worth less costs and delay, at the best size, {found.scenario.currency}"
    figure = framed(of.projection, theme, net_message(found), heading, today)
    shown = runnable(found)
    nets = [rung.net for _, rung in shown]
    errors = [rung.error for _, rung in shown]
    if shown:
        figure.add_bar(
            name="net", orientation="h", y=list(range(len(shown))), x=nets, width=BAR, hoverinfo="text",
            marker=_told_apart(nets, theme),
            error_x={"type": "data", "array": errors, "color": theme.total, "thickness": 1.5, "width": 4},
            hovertext=[f"{escaped(pilot.design.label)}<br>{_hover(pilot, rung)}" for pilot, rung in shown],
        )  # fmt: skip
    else:
        # Streamlit refuses a figure without traces.
        figure.add_scatter(x=[None], y=[None], hoverinfo="skip")
    row_labels(figure, [_label(pilot, rung, theme) for pilot, rung in shown], theme)
    moneys = [f"{text.signed(net, RATIO, error)}" for net, error in zip(nets, errors, strict=True)]
    ends = [max(net + error, 0.0) for net, error in zip(nets, errors, strict=True)]
    for row, (end, money) in enumerate(zip(ends, moneys, strict=True)):
        figure.add_annotation(
            name="net", text=f"<b>{money}</b>", font={"size": BODY - 1}, x=end, xanchor="left", xshift=6, y=row
        )
    low = min((net - error for net, error in zip(nets, errors, strict=True)), default=0.0)
    figure.update_layout(
        xaxis={"range": inset(min(low, 0.0), max(ends, default=1.0), 4, small_width(moneys) + 14), "visible": False},
        yaxis=rows_axis(max(len(shown), 4)),
    )
    row_rules(figure, [0.0], len(shown), {"color": theme.muted, "width": 1}, layer="above")
    told = [HATCHED] if any(net < 0 for net in nets) else []
    told += [f"cannot be run here: {pilot.design.label}" for pilot in found.pilots if not pilot.rungs]
    note(figure, ";  ".join(["├─┤ sampling error", *map(escaped, told)]), theme)
    return fit(figure)


def net_alt(of: Priced) -> str:
    """The chart in words, for those who do not see it."""
    text = of.found.scenario.format
    rows = (
        f"{pilot.design.label} {text.rounded(rung.net, MONEY, rung.error)} {text.within(rung.error, MONEY)}"
        for pilot, rung in runnable(of.found)
    )
    return f"{whether_to_test(of.found)}. Left after all costs: {'; '.join(rows)}."


def _label(pilot: Pilot, rung: Rung, theme: Theme) -> str:
    how = f"{length(pilot)}, {size_of(pilot, rung)}"
    return f'{escaped(pilot.design.label)} <span style="color:{theme.muted}">· {escaped(how)}</span>'


def _hover(pilot: Pilot, rung: Rung) -> str:
    text = pilot.setting.scenario.format
    worth = f"worth {text.rounded(rung.worth, MONEY, rung.error)} {text.within(rung.error, MONEY)}"
    costs = f"waiting {text.rounded(rung.delay, MONEY)}, running {text.rounded(rung.cost, MONEY)}"
    return f"{worth}<br>{costs}<br>changes the decision in {in_100(rung.odds_changed)} cases"


def _told_apart(nets: list[float], theme: Theme) -> dict[str, object]:
    """Gains filled, losses hatched in another colour."""
    marker = filled(theme.plan, [NEGATIVE_PATTERN if net < 0 else "" for net in nets], theme)
    colors = [theme.loss if net < 0 else theme.plan for net in nets]
    pattern = marker["pattern"] | {
        "fgcolor": colors,
        "bgcolor": [theme.background if net < 0 else color for net, color in zip(nets, colors, strict=True)],
    }
    return marker | {"color": colors, "line": {"color": colors, "width": 1}, "pattern": pattern}


NET = Chart(
    "net_by_test", "What each test is worth", PILOT, DRAWS, net_by_test, net_alt, lambda of: pilot_rows(of.found),
    in_file="tests",
)  # fmt: skip
