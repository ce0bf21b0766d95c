"""The chart of the skill areas: who can do it today, after the plan's hours, and how many should."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from model.projection import Projection
from model.skills.training_plan import TrainingPlan
from model.units import RATIO, SHARE, Format
from report.charts.drawing.chart import SKILLS, Chart
from report.charts.drawing.figure import escaped, fit, tick_labels
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import framed, inset, row_labels, rows_axis, small_width
from report.charts.drawing.theme import BODY, LIGHT, SMALL, Theme
from report.tables.chart_table import ChartTable, Column, Writer
from report.tables.skills_tables import AREA, COLUMNS, OWN_JUDGEMENT, STORED, plan_rows
from report.words.stamp import shortened

# More areas than these stand in the table only.
MOST_ROWS = 10
_NAME = 44
_MESSAGE_NAME = 30
_AXIS = (0.0, 0.25, 0.5, 0.75, 1.0)
# Room above the first row for the key.
_KEY_ROWS = 0.75


class Trained(NamedTuple):
    """A training plan, and the projection of whose team it is."""

    plan: TrainingPlan
    projection: Projection


def skills_gap(trained: Trained, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """A row an area, the one where an hour closes most first: today, after the plan and wanted, with the hours."""
    plan, projection = trained
    text = projection.scenario.format
    shown = plan.ranked[:MOST_ROWS]
    figure = framed(projection, theme, skills_message(plan), _heading(plan, shown), today)
    _paths(figure, plan, shown, theme)
    _marks(figure, plan, shown, theme, text)
    _values(figure, plan, shown, theme, text)
    row_labels(figure, [escaped(shortened(plan.areas[place].name, _NAME)) for place in shown], theme)
    hours = _hours(figure, plan, shown, text)
    _key(figure, theme)
    lowest, highest = rows_axis(len(shown))["range"]
    percents = [text.rounded(share, SHARE) for share in (0, 1)]
    figure.update_layout(
        xaxis={
            "range": inset(0, 1, small_width(percents), small_width(percents) + hours + 20),
            "tickvals": _AXIS, "ticktext": tick_labels(_AXIS, SHARE, text), "showgrid": True,
        },
        yaxis={"range": [lowest, highest - _KEY_ROWS], "visible": False},
    )  # fmt: skip
    return fit(figure)


def skills_message(plan: TrainingPlan) -> str:
    """Where an hour of training closes most, in a few words."""
    if not plan.foremost:
        return "No area that matters has a gap to close"
    if len(plan.foremost) > 1:
        return f"An hour closes as much in {len(plan.foremost)} areas"
    return f"Train first: {escaped(shortened(plan.areas[plan.foremost[0]].name, _MESSAGE_NAME))}"


def skills_alt(trained: Trained) -> str:
    """The chart in words, for those who do not see it."""
    plan, projection = trained
    text = projection.scenario.format
    rows = []
    for place in plan.ranked:
        area = plan.areas[place]
        today, after, wanted = (
            text.rounded(share, SHARE) for share in (area.competent, plan.after[place], area.wanted)
        )
        hours = text.rounded(plan.hours[place], RATIO)
        rows.append(f"{area.name} {today} today, {after} after {hours} hours, {wanted} wanted")
    return f"{skills_message(plan)}. Competent part of the team by area: {'; '.join(rows)}."


def _heading(plan: TrainingPlan, shown: tuple[int, ...]) -> str:
    part = f", {len(shown)} of {len(plan.areas)} areas" if len(shown) < len(plan.areas) else ""
    return f"Competent part of the team{part}"


def _hours(figure: Figure, plan: TrainingPlan, shown: tuple[int, ...], text: Format) -> float:
    """The hours of each row and where they lead, at the right; returns the pixels they take."""
    labels = [(text.rounded(plan.hours[place], RATIO), text.rounded(plan.after[place], SHARE)) for place in shown]
    for row, (hours, after) in enumerate(labels):
        figure.add_annotation(
            name="hours", text=f"<b>{hours} h</b> → {after}", font={"size": BODY - 1},
            xref="paper", x=1, xanchor="right", y=row,
        )  # fmt: skip
    return small_width([f"{hours} h → {after}" for hours, after in labels])


def _paths(figure: Figure, plan: TrainingPlan, shown: tuple[int, ...], theme: Theme) -> None:
    """What training adds as a thick line, and what is still missing as a dotted one."""
    for row, place in enumerate(shown):
        area, after = plan.areas[place], plan.after[place]
        for name, start, end, line in (
            ("missing", after, area.wanted, {"color": theme.muted, "width": 1.5, "dash": "dot"}),
            ("taught", area.competent, after, {"color": theme.plan, "width": 4}),
        ):
            if end > start:
                figure.add_shape(name=name, type="line", x0=start, x1=end, y0=row, y1=row, layer="below", line=line)


def _marks(figure: Figure, plan: TrainingPlan, shown: tuple[int, ...], theme: Theme, text: Format) -> None:
    """A ring for today, a disc for after the plan, a bar across for what is wanted."""
    wanted = [plan.areas[place].wanted for place in shown]
    now = [plan.areas[place].competent for place in shown]
    then = [plan.after[place] for place in shown]
    ring = {"symbol": "circle", "size": 10, "color": theme.background, "line": {"color": theme.text, "width": 2}}
    marks = (
        ("wanted", wanted, {"symbol": "line-ns", "size": 16, "line": {"color": theme.text, "width": 3}}),
        ("after the plan", then, {"symbol": "circle", "size": 12, "color": theme.plan}),
        ("today", now, ring),
    )
    for name, shares, marker in marks:
        labels = [
            f"{escaped(plan.areas[place].name)}<br>{name} {text.rounded(share, SHARE)}"
            for place, share in zip(shown, shares, strict=True)
        ]
        figure.add_scatter(
            name=name, x=shares, y=list(range(len(shown))), mode="markers", marker=marker, cliponaxis=False,
            hoverinfo="text", hovertext=labels,
        )  # fmt: skip


def _values(figure: Figure, plan: TrainingPlan, shown: tuple[int, ...], theme: Theme, text: Format) -> None:
    """Today's share and the wanted one on the outer sides of their marks."""
    for row, place in enumerate(shown):
        area = plan.areas[place]
        ends = sorted({area.competent, area.wanted})
        sides = (("left", 9),) if len(ends) == 1 else (("right", -9), ("left", 9))
        for share, (anchor, shift) in zip(ends, sides, strict=True):
            figure.add_annotation(
                name="share", text=text.rounded(share, SHARE), font={"size": SMALL, "color": theme.muted},
                x=share, xanchor=anchor, xshift=shift, y=row,
            )  # fmt: skip


def _key(figure: Figure, theme: Theme) -> None:
    """What the marks are, along the top, and what stands at the right."""
    marks = (
        f'<span style="color:{theme.text}">○</span> today',
        f'<span style="color:{theme.plan}">●</span> after the plan',
        f'<span style="color:{theme.text}"><b>|</b></span> wanted',
    )
    font = {"size": BODY - 1, "color": theme.muted}
    for name, words, side in (("key", "   ".join(marks), 0), ("key", "hours a person and year", 1)):
        figure.add_annotation(
            name=name, text=words, font=font, xref="paper", x=side, xanchor="right" if side else "left",
            yref="y domain", y=1, yanchor="top",
        )  # fmt: skip


def _writer(write: Callable[[Format, float], str]) -> Writer:
    return lambda text, value, _: write(text, value)


def _table(trained: Trained) -> ChartTable:
    """One row an area, and one of all together."""
    import pandas as pd

    rows = [(name, *values) for name, values in plan_rows(trained.plan)]
    columns = {
        # Without the unit that the heading has: a file's numbers are as they are stored.
        heading.partition(",")[0]: Column(heading, unit, _writer(write))
        for (heading, write), unit in zip(COLUMNS.items(), STORED, strict=True)
    }
    return ChartTable(pd.DataFrame(rows, columns=[AREA, *columns]), columns)


CHART = Chart(
    "skills_gap", "Skills today, after training and wanted", SKILLS, OWN_JUDGEMENT, skills_gap, skills_alt, _table
)
