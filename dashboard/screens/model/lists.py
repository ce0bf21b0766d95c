"""The model as lists: lines by section, metrics, checks, what is left out; and what a search finds among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

import pandas as pd
import streamlit as st

from dashboard.components.chart_table import download
from dashboard.components.explanation import explanation, marked
from dashboard.components.layout import chart_grid, toolbar_room
from dashboard.components.text import literal
from dashboard.session import fields, trail
from model.checks import CHECKS
from model.command_line.output import metric_text
from model.formula import Formula
from model.lines import LINES
from model.metrics import METRICS
from model.notation import plain_text
from model.projection import Projection
from model.reading.texts import has_words
from model.telling.explain import formula_in_names, formula_in_words
from model.telling.left_out import LEFT_OUT, Omission
from model.telling.tables import monthly_file
from model.units import Format
from report.files.file_names import stem

_LETTERS = 2000


@dataclass(frozen=True)
class Query:
    """What is looked for: every one of the words, in any case, anywhere in what is shown; all where empty.

    `text` is how numbers are shown.
    """

    words: str = ""
    text: Format = field(default_factory=Format)

    def hits(self, *texts: str) -> bool:
        """Whether all words stand in the texts."""
        return has_words(self.words, *texts)


# Finding


def _found_lines(search: Query) -> list[str]:
    return [name for name, item in LINES.items() if search.hits(item.section, *_texts(item, search.text))]


def _found_metrics(search: Query) -> list[str]:
    return [
        name
        for name, item in METRICS.items()
        if search.hits(*_texts(item, search.text), *(condition.reason for condition in item.undefined))
    ]


def _texts(item: Formula, text: Format) -> tuple[str, ...]:
    in_words = plain_text(formula_in_words(item.name, text))
    return item.name, item.label, text.localised(item.meaning), formula_in_names(item.name), in_words


def _found_checks(search: Query) -> list[str]:
    return [name for name, sentence in CHECKS.items() if search.hits(name, sentence)]


def _found_left_out(search: Query) -> list[Omission]:
    return [item for item in LEFT_OUT if search.hits(item.sentence, item.direction)]


# Showing


def lines(projection: Projection, month: int, search: Query) -> None:
    """The line items under their sections, in calculation order, with their values in a month."""
    names = _found_lines(search)
    for section in dict.fromkeys(LINES[name].section for name in names):
        st.markdown(f"## {section}")
        with chart_grid():
            for name in names:
                if LINES[name].section == section:
                    _card(LINES[name], float(projection.lines[name][month - 1]), projection, month)


def metrics(projection: Projection, month: int, search: Query) -> None:
    """The metrics with their values, and where they have none and why."""
    values = {**projection.metrics, **projection.counterfactuals}
    with chart_grid():
        for name in _found_metrics(search):
            _card(METRICS[name], values[name], projection, month)


def checks(projection: Projection, _month: int, search: Query) -> None:
    """The identities that every projection must satisfy, each with its state."""
    for name in _found_checks(search):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if projection.checks[name]:
                st.badge("Holds", icon=":material/check:", color="green")
            else:
                st.badge("Fails", icon=":material/error:", color="red")
            st.markdown(literal(projection.scenario.format.localised(CHECKS[name]), _LETTERS), width="content")
            st.markdown(f":small[`{name}`]", width="content")


def left_out(_projection: Projection, _month: int, search: Query) -> None:
    """What the model leaves out, under the way it turns the result."""
    items = _found_left_out(search)
    for direction in dict.fromkeys(item.direction for item in items):
        st.markdown(f"## {direction}")
        told = [literal(item.sentence, _LETTERS) for item in items if item.direction is direction]
        st.markdown("\n".join(f"- {sentence}" for sentence in told))


_Draw = Callable[[Projection, int, Query], None]
_Find = Callable[[Query], Sequence[object]]

# Each list by its heading: what draws it, and what it holds of what is searched for.
LISTS: Mapping[str, tuple[_Draw, _Find]] = MappingProxyType(
    {
        "Lines": (lines, _found_lines),
        "Metrics": (metrics, _found_metrics),
        "Checks": (checks, _found_checks),
        "Left out": (left_out, _found_left_out),
    }
)


def found(projection: Projection, month: int, search: Query) -> None:
    """All that a search finds, list by list."""
    hits = {heading: len(find(search)) for heading, (_, find) in LISTS.items() if find(search)}
    if not hits:
        st.info(
            f"Nothing in the model holds all of “{literal(search.words, 100)}”. Try fewer or shorter words.",
            icon=":material/search_off:",
        )
        return
    st.caption("Found: " + ", ".join(f"{count} in {heading.lower()}" for heading, count in hits.items()) + ".")
    for heading in hits:
        if heading not in ("Lines", "Left out"):
            st.markdown(f"## {heading}")
        LISTS[heading][0](projection, month, search)


def _card(item: Formula, value: float | None, projection: Projection, month: int) -> None:
    """A line or metric: label, value, meaning, formula in words and in names."""
    with st.container(border=True, gap="xsmall"):
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
        ):
            asked = st.button(
                item.label, key=f"model:{item.name}", type="tertiary", help="The formula with its numbers",
                icon=":material/account_tree:",
            )  # fmt: skip
            shown = metric_text(projection.scenario.format, value, item.unit)
            st.markdown(f"**{literal(shown)}**", width="content")
        st.caption(literal(projection.scenario.format.localised(" ".join(item.meaning.split())), _LETTERS))
        st.markdown(marked(formula_in_words(item.name, projection.scenario.format)))
        st.markdown(f":small[`{item.name} = {formula_in_names(item.name)}`]")
        if item.name in METRICS:
            _without_value(item.name, projection)
    if asked:
        fields.show("explained month", month)
        trail.start(item.name)
        explanation()


def _without_value(name: str, projection: Projection) -> None:
    """When a metric has no value, and whether that is so here."""
    told = [f"No value where {condition.reason}." for condition in METRICS[name].undefined]
    if name in projection.undefined:
        told.append(f"So it is here: {projection.undefined[name]}.")
    for sentence in told:
        st.caption(literal(sentence, _LETTERS))


def numbers(projection: Projection) -> None:
    """Every line in month 1 and at each year's end, with all months to download."""
    scenario = projection.scenario
    text, last_months = scenario.format, range(11, projection.months, 12)
    columns = {f"Month {month + 1}, {text.month(projection.dates[month])}": month for month in (0, *last_months)}
    rows = [
        {
            "Section": item.section,
            "Line": item.label,
            "Unit": item.unit.words(scenario.currency) or item.unit.name,
            **{
                heading: text.number(float(projection.lines[name][month]) * item.unit.scale, item.unit.decimals)
                for heading, month in columns.items()
            },
        }
        for name, item in LINES.items()
    ]
    right = {heading: st.column_config.TextColumn(alignment="right") for heading in columns}
    toolbar_room()
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, height=560,
        column_config={"Line": st.column_config.TextColumn(pinned=True), **right},
    )  # fmt: skip
    st.caption("Month 1 and the last month of each plan year; the file has every month at full precision.")
    download(lambda _: monthly_file(projection, scenario, date.today()), f"{stem(scenario)}-lines", scenario)
