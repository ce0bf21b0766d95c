"""One assumption in full: what it means, what its evidence says, and a form for all that can be changed of it."""

from __future__ import annotations

import streamlit as st

from dashboard.components.sources import source_words
from dashboard.components.text import literal
from dashboard.components.widgets import choice_words
from dashboard.screens.assumptions import table as table
from dashboard.session import current, edits, fields, messages
from dashboard.shell import notices
from model.assumptions import ASSUMPTIONS, Assumption, Distribution, default_range
from model.evidence.sources import GRADES, SOURCES
from model.reading.faults import ScenarioError
from model.reading.scenario_validation import MAX_TEXT
from model.scenario import Scenario
from model.telling.basis import default_text
from model.units import Style

_MIN_FIELD = 105


def details(name: str) -> None:
    """A dialog about the assumption; its form closes it when all that was entered is taken."""
    st.dialog(ASSUMPTIONS[name].label, width="medium", on_dismiss="rerun")(_details)(name)


def _details(name: str) -> None:
    scenario, item = current.scenario(), ASSUMPTIONS[name]
    st.markdown(literal(f"{scenario.format.localised(item.help)} {_facts(scenario, item)}", 1000))
    for letter in item.grade:
        st.caption(literal(f"Grade {letter}: {GRADES[letter]}.", 300))
    _sources(item)
    notices.refusal()
    _form(scenario, item)
    _resets(scenario, item)


def take(outcome: table.EditedScenario) -> None:
    """Take what is legal of some edits, and tell what is not and which ranges went."""
    if lost := table.ranges_lost(current.scenario(), outcome.scenario):
        messages.announce(literal(lost, 500))
    current.replace_where_legal(outcome.scenario, outcome.faults)


def reset(name: str) -> None:
    """Set one assumption back to what it was at the start."""
    try:
        current.replace(edits.restored(current.scenario(), current.base(), name))
    except ScenarioError as error:
        messages.refuse(f"{ASSUMPTIONS[name].label} stays as it was", error)


def _facts(scenario: Scenario, item: Assumption) -> str:
    text, base = scenario.format, current.base()
    facts = [f"A{'n' if item.kind.value[0] in 'aeiou' else ''} {item.kind.value}"]
    if item.bounds:
        low, high = (text.plain(bound, item.unit) for bound in item.bounds)
        facts.append(f"within {low} … {high}")
    facts.append(f"default {default_text(scenario, item)}")
    facts.append(f"{text.plain(base.values[item.name], item.unit)} in {base.name}")
    if item.range:
        facts.append(
            f"plausible {text.plain(item.range.low, item.unit)} to {text.plain(item.range.high, item.unit)}"
        )
    return "; ".join(facts) + "."


def _sources(item: Assumption) -> None:
    for source in (SOURCES[id_] for id_ in item.source):
        with st.container(border=True, gap="xxsmall"):
            source_words(source)


def _form(scenario: Scenario, item: Assumption) -> None:
    """Value, range and note; what was refused stays typed."""
    now = table.row(scenario, current.base(), item.name)
    columns = (table.VALUE, *((*table.ENDS, table.DISTRIBUTION) if item.can_be_uncertain else ()), table.NOTE)
    if not messages.refused():
        for column in columns:
            fields.show(_key(item, column), _in_field(scenario, item, column, now[column]))
    with st.form(f"form:{item.name}", border=False):
        if item.can_be_uncertain:
            _uncertain_fields(scenario, item)
        else:
            _value_field(scenario, item)
        st.text_area(table.NOTE, key=_key(item, table.NOTE), max_chars=MAX_TEXT, height=80)
        done = st.form_submit_button("Apply", on_click=_apply, args=(item, columns))
    if done and not messages.refused():
        st.rerun()


def _uncertain_fields(scenario: Scenario, item: Assumption) -> None:
    with st.grid(5, min_column_width=_MIN_FIELD):
        _value_field(scenario, item)
        for end in table.ENDS:
            st.text_input(end, key=_key(item, end))
        st.selectbox(
            table.DISTRIBUTION,
            [kind.value for kind in Distribution],
            key=_key(item, table.DISTRIBUTION),
            format_func=lambda kind: Distribution(kind).words,
            placeholder="None",
            help=table.DISTRIBUTION_HELP,
        )


def _value_field(scenario: Scenario, item: Assumption) -> None:
    key = _key(item, table.VALUE)
    if item.unit.style is Style.SWITCH:
        st.toggle(item.label, key=key)
    elif item.choices:
        st.selectbox(table.VALUE, item.choices, key=key, format_func=choice_words)
    else:
        st.text_input(item.unit.beside(table.VALUE, scenario.currency), key=key)


def _in_field(scenario: Scenario, item: Assumption, column: str, cell: str) -> str | bool | None:
    """What the field of a column shows."""
    if column == table.VALUE and not item.numeric:
        return scenario.values[item.name]  # type: ignore[return-value]
    return cell or None if column == table.DISTRIBUTION else cell


def _apply(item: Assumption, columns: tuple[str, ...]) -> None:
    scenario = current.scenario()
    entered = {column: fields.entered(_key(item, column)) for column in columns}
    if not item.numeric:
        entered[table.VALUE] = scenario.format.bare(entered[table.VALUE], item.unit)
    take(table.edited(scenario, {item.name: entered}))


def _resets(scenario: Scenario, item: Assumption) -> None:
    """Buttons for the way back, where there is one."""
    with st.container(horizontal=True):
        back = table.differences(scenario, current.base(), item.name)
        if back and st.button("Reset", icon=":material/undo:", on_click=reset, args=(item.name,),
                              help="Value, range and note as at the start"):  # fmt: skip
            st.rerun()
        if item.name in scenario.ranges and st.button(
            "Default range", on_click=_default_range, args=(item,), help="The range its evidence gives, or none"
        ):
            st.rerun()


def _default_range(item: Assumption) -> None:
    scenario = current.scenario()
    usual = edits.Edit(ranges={item.name: default_range(item, scenario.values[item.name])})
    try:
        current.replace(edits.with_edits(scenario, [usual]))
    except ScenarioError as error:
        messages.refuse("The range stays as it was", error)


def _key(item: Assumption, column: str) -> str:
    return f"{item.name}:{column}"
