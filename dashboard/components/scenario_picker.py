"""The scenarios within reach: the current one, the presets and the library's; the widget that picks some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.components.layout import readable_tags
from dashboard.components.text import literal
from dashboard.session import address, compute, current, fields, memory
from dashboard.session.edits import labelled
from model.presets import PRESETS, on_company
from model.scenario import Scenario
from report.material import MOST_SCENARIOS
from report.words.stamp import told_apart

CURRENT = address.PRESENT
_SAVED = "library:"
_MOST_LETTERS = 60


def within_reach(also: Sequence[str] = ()) -> Mapping[str, Scenario]:
    """The scenarios that can be picked, by id: the current one first, none twice; of the library those offered.

    `also` are ids of further ones, picked before.
    """
    found = {CURRENT: current.scenario()}
    kept = {saved(entry): scenario for entry, scenario in compute.saved().scenarios.items()}
    for id_ in also:
        if id_.startswith(_SAVED) and id_ not in kept and (older := compute.latest(id_.removeprefix(_SAVED))):
            kept[id_] = older
    for id_, scenario in {**_presets(), **kept}.items():
        if scenario not in found.values():
            found[id_] = scenario
    return found


def saved(entry: str) -> str:
    """The id under which an entry of the library is picked."""
    return f"{_SAVED}{entry}"


def _presets() -> dict[str, Scenario]:
    """The presets as plans of the company that the present scenario is about."""
    present, start = current.scenario(), current.base()
    made = {id_: on_company(preset, present, start) for id_, preset in PRESETS.items()}
    return {id_: labelled(PRESETS[id_], scenario) for id_, scenario in made.items()}


def pick(caption: str, key: str, default: Sequence[str]) -> tuple[Scenario, ...]:
    """The scenarios picked in the order of picking; what is not within reach, or one too many, is told."""
    reach = within_reach(memory.kept(key, default))
    words = _words(reach)
    fields.show(key, _kept(key, default, reach))
    with st.container(gap=None):
        st.multiselect(
            caption,
            list(reach),
            key=key,
            format_func=words.__getitem__,
            max_selections=MOST_SCENARIOS,
            on_change=memory.keep_entered,
            args=(key,),
            placeholder="Choose scenarios",
        )
        readable_tags(key=f"tags of {key}")
    known = {*reach, *PRESETS}
    if strangers := [id_ for id_ in memory.kept(key, default) if id_ not in known and not _is_current(id_)]:
        st.caption(f"Not in this library, so not shown: {literal(', '.join(strangers), 300)}.")
    if beyond := _known(key, default, reach)[MOST_SCENARIOS:]:
        st.caption(f"At most {MOST_SCENARIOS} are compared; left out: {literal(', '.join(beyond), 300)}.")
    if problem := compute.saved().problem:
        st.caption(literal(f"Saved scenarios are missing here. {problem}", 600))
    return picked(key, default)


def picked(key: str, default: Sequence[str]) -> tuple[Scenario, ...]:
    """What was picked in the widget of that key, read without drawing it."""
    reach = within_reach(memory.kept(key, default))
    return tuple(reach[id_] for id_ in _kept(key, default, reach))


def _kept(key: str, default: Sequence[str], reach: Mapping[str, Scenario]) -> list[str]:
    """What was picked, as many as fit."""
    return _known(key, default, reach)[:MOST_SCENARIOS]


def _known(key: str, default: Sequence[str], reach: Mapping[str, Scenario]) -> list[str]:
    """What was picked, by a click or by a link, as far as it is within reach; none twice."""
    ids = (CURRENT if id_ not in reach and _is_current(id_) else id_ for id_ in memory.kept(key, default))
    return [id_ for id_ in dict.fromkeys(ids) if id_ in reach]


def _is_current(id_: str) -> bool:
    """Whether what is not within reach by itself is the current scenario: a preset, or one of the library."""
    return id_ in PRESETS or compute.latest(id_.removeprefix(_SAVED)) == current.scenario()


def _words(reach: Mapping[str, Scenario]) -> dict[str, str]:
    """A name for each, told apart where two are the same: Streamlit knows options by their words."""
    return dict(zip(reach, told_apart(tuple(reach.values()), _MOST_LETTERS), strict=True))
