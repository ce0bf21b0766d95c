"""The Evidence screen: what each figure rests on, what came of forecasts, what remains without weak beliefs."""

from __future__ import annotations

import streamlit as st

from dashboard.components.browser import is_narrow
from dashboard.components.chart_cards import card, image_buttons
from dashboard.components.conservative_case import columns, conservative_switch
from dashboard.components.explanation import explanation
from dashboard.components.layout import chart_grid, heading
from dashboard.components.sources import source_words
from dashboard.components.text import literal
from dashboard.session import compute, current, edits, messages, trail
from dashboard.shell import notices
from model.assumptions import ASSUMPTIONS, resting_on
from model.evidence.article import ARTICLE_FIGURES
from model.evidence.sources import GRADES_IN_WORDS, SEEN_AT, SOURCES
from model.evidence.sources.source import Source
from model.evidence.studies import HEADLINE_CHOICES, GroupDifference
from model.reading.faults import ScenarioError
from model.reading.texts import has_words
from model.scenario import Scenario
from model.units import SHARE, Format
from report.charts.catalogue import charts_of
from report.charts.drawing.chart import EVIDENCE
from report.tables.evidence_tables import claim, compared_with
from report.words.evidence import how_good_the_evidence_is

_MIN_SOURCE = 380
_MIN_FILTER = 220
_MIN_STEP = 250


def draw() -> None:
    """The screen."""
    scenario = current.scenario()
    material = compute.material(scenario)
    heading(
        how_good_the_evidence_is(material.bars),
        "What the evidence is: of each figure the model leans on, what it measures, of whom and when, how good it "
        "is, and what to beware of.",
    )
    notices.warnings(material.projection)
    conservative_switch(scenario)
    with chart_grid():
        for chart in charts_of(EVIDENCE):
            card(chart, material)
    _claim(scenario)
    _article(scenario.format)
    st.markdown("## Sources")
    _sources()
    notices.footer(material.projection)
    image_buttons()


def _claim(scenario: Scenario) -> None:
    st.markdown("## The 218 % taken apart")
    with st.grid(3, min_column_width=_MIN_STEP):
        for place, (step, reading) in enumerate(claim(scenario).rows, start=1):
            with st.container(border=True, gap="xsmall", height="stretch"):
                st.markdown(f"**{place}\\. {literal(step.text)}**")
                st.markdown(literal(reading.text, 2000))
    st.caption("What this plan takes for the difference per employee; each measures something else.")
    with st.container(horizontal=True, gap="small"):
        for group in HEADLINE_CHOICES:
            st.button(
                literal(f"{group.measure}, {scenario.format.rounded(group.difference, SHARE)}"),
                key=f"uplift:{group.measure}", help=scenario.format.localised(group.reading),
                on_click=_take, args=(group,),
                disabled=scenario.number("headline_uplift") == group.difference,
            )  # fmt: skip


def _take(group: GroupDifference) -> None:
    """Let a difference stand for the claim in the plan."""
    try:
        current.replace(edits.with_value(current.scenario(), "headline_uplift", group.difference))
    except ScenarioError as error:
        messages.refuse("The difference stays as it was", error)


def _article(text: Format) -> None:
    st.markdown("## The figures of the article")
    told = [item.told(text) for item in ARTICLE_FIGURES]
    rows = [(item.says, item.verdict, item.because, compared_with(item, text)) for item in told]
    if is_narrow():
        for says, verdict, because, compared in rows:
            with st.container(border=True, gap="xsmall"):
                st.markdown(f"**{literal(says, 1000)}**")
                st.markdown(literal(f"{verdict}: {because}", 1000))
                st.caption(literal(f"Compared with {compared}", 1000))
        return
    headings = ("The article says", "Verdict", "Why", "Compared with (grade)")
    st.table(columns(headings, rows), border="horizontal", alt="The article's figures and what checking them found")


@st.fragment
def _sources() -> None:
    """The sources that match search, grade and assumption, a card each."""
    with st.grid(3, min_column_width=_MIN_FILTER):
        words = st.text_input("Search", key="evidence search", type="search", live=True, persist_state="session",
                              placeholder="Title, finding, warning, assumption")  # fmt: skip
        grades = st.pills("Grade", list(dict.fromkeys(sorted(source.grade for source in SOURCES.values()))),
                          selection_mode="multi", key="evidence grade", persist_state="session")  # fmt: skip
        assumption = st.selectbox(
            "Supports", [name for name, item in ASSUMPTIONS.items() if item.source], index=None,
            format_func=lambda name: ASSUMPTIONS[name].label, placeholder="Any assumption",
            key="evidence assumption", persist_state="session",
        )  # fmt: skip
    text = current.scenario().format
    found = [one for one in SOURCES.values() if matches(one.told(text), words or "", grades, assumption)]
    st.caption(f"{len(found)} of {len(SOURCES)} sources. {GRADES_IN_WORDS} {SEEN_AT}")
    if not found:
        st.info("No source matches. Clear the search, the grade or the assumption.")
    with st.grid(2, min_column_width=_MIN_SOURCE):
        for source in found:
            _card(source)


def matches(source: Source, words: str, grades: list[str], assumption: str | None) -> bool:
    """Whether a source has every word searched for, one of the grades if any, and supports the assumption if one."""
    supported = resting_on(source.id)
    told = [source.id, source.title, source.finding, source.of_whom, source.when, source.warning, source.address]
    return (
        has_words(words, *told, *(item.label for item in supported))
        and (not grades or source.grade in grades)
        and (assumption is None or any(item.name == assumption for item in supported))
    )


def _card(source: Source) -> None:
    with st.container(border=True, gap="xsmall", height="stretch"):
        source_words(source)
        supported = resting_on(source.id)
        if not supported:
            st.caption("No assumption rests on it: context.")
            return
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            st.caption("Supports", width="content")
            for item in supported:
                if st.button(item.label, key=f"supports:{source.id}:{item.name}", type="tertiary",
                             icon=":material/subdirectory_arrow_right:",
                             help="The assumption that rests on it, with its value and its sources"):  # fmt: skip
                    trail.start(item.name)
                    explanation()
