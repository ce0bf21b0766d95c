"""An assumption as its widget, all from its declaration; fields for other numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import streamlit as st

from dashboard.components.text import literal
from dashboard.session import current, edits, fields, memory, messages
from model.assumptions import ASSUMPTIONS, Assumption, Value
from model.reading.faults import ScenarioError
from model.reading.number_rules import NumberRule, rule_of
from model.reading.texts import as_shown
from model.scenario import Scenario
from model.uncertainty.sampling import DEFAULT_SEED, MAX_SEED
from model.units import COUNT, RATIO, Format, Style

if TYPE_CHECKING:
    from model.history.importing.data_file import DataFile

# What an empty field for a number stands for.
Usual = TypeVar("Usual", float, None)
# Digits kept when a per cent is turned into a fraction, so that 28.7 % is stored as 0.287.
_DIGITS = 12
_SEED_RULE = NumberRule(COUNT, 0, MAX_SEED, DEFAULT_SEED)
# What was typed and refused in a field, why, and the scenario it was typed beside.
_NOTHING = ("", "", None)
_PATH_STAYS = "The share at the end of year {} stays as it was"


def lever(
    name: str, scenario: Scenario, span: tuple[float, float, float] | None = None, *, disabled: bool = False
) -> None:
    """The widget of an assumption in the sidebar; numbers as a slider over `span` (low, high, step).

    The value itself is one of the slider's steps, and its ends reach as far as the value.
    """
    assumption, key = ASSUMPTIONS[name], f"lever:{name}"
    if span is None:
        _choice_or_switch(assumption, scenario, key)
        return
    value = _shown(assumption, scenario.values[name])
    fields.show(key, value)
    # A slider of words: one of numbers would show them with an English decimal point.
    steps = _steps(span, assumption.unit.scale, value)
    st.select_slider(
        label(assumption, scenario),
        steps,
        format_func=_in_words(scenario.format, steps).__getitem__,
        disabled=disabled,
        key=key,
        help=help_text(assumption, scenario.format),
        on_change=_commit,
        args=(name, key),
    )


def path_input(year: int, caption: str, scenario: Scenario) -> None:
    """The widget of the custom path's share at one year-end."""
    key = f"path:{year}"
    share = (scenario.social_share_path or edits.year_end_shares(scenario))[year - 1]
    fields.show(key, scenario.format.bare(share, ASSUMPTIONS["social_share_target"].unit))
    # Text, as a field for numbers drops a decimal comma.
    st.text_input(caption, key=key, on_change=_commit_path, args=(year, key))


def number_input(
    words: str,
    key: str,
    rule: NumberRule,
    text: Format,
    *,
    usual: Usual,
    placeholder: str = "",
    help: str | None = None,  # noqa: A002 - as Streamlit has it
    width: int | Literal["stretch"] = "stretch",
) -> float | Usual:
    """A field for a number that is no assumption, kept while other screens are shown; returns the one in force.

    Numbers are in the rule's model units. Emptied, the field is `usual`, None where it may stay empty. What is
    refused stays typed, with bounds and mend below it, until another scenario is chosen; the number before it stays
    in force.
    """
    in_force = number_in_force(key, usual)
    shown = placeholder if in_force is None else text.bare(in_force, rule.unit)
    typed, why = _refusal_of(key)
    fields.show(key, typed or ("" if in_force is None else shown))
    with st.container(gap="xxsmall", width=width):
        # Text, as Streamlit's field for numbers drops a decimal comma and says nothing of bounds.
        st.text_input(
            words, key=key, placeholder=placeholder, help=help, on_change=_keep_number, args=(key, rule, text)
        )
        if typed:
            st.error(literal(f"{words}: '{typed}' {why}. In force: {shown}.", 500))
    return in_force


def is_refused(key: str) -> bool:
    """Whether what stands in the field of that key was refused."""
    return bool(_refusal_of(key)[0])


def _refusal_of(key: str) -> tuple[str, str]:
    """What was typed and refused in a field, and why; empty where nothing was, or beside another scenario."""
    typed, why, start = memory.kept(_refused(key), _NOTHING)
    return (typed, why) if start == current.base() else ("", "")


def number_in_force(key: str, usual: Usual) -> float | Usual:
    """The number kept by the field of that key, in model units; `usual` where it was left or emptied."""
    kept: float | None = memory.kept(key, None)
    return usual if kept is None else kept


def seed_input(words: str, key: str, text: Format, help: str | None = None) -> None:  # noqa: A002 - as above
    """A field for the seed of the draws; emptied, it is the usual one."""
    number_input(words, key, _SEED_RULE, text, usual=float(DEFAULT_SEED), help=help)


def seed_in_force(key: str) -> int:
    """The seed kept by the field of that key."""
    return int(number_in_force(key, float(DEFAULT_SEED)))


def label(assumption: Assumption, scenario: Scenario) -> str:
    """The label with its unit: "Training per person (hours a year)"."""
    return assumption.unit.beside(assumption.label, scenario.currency)


def help_text(assumption: Assumption, text: Format) -> str:
    """What it means, its bounds and its evidence, for the help mark beside the widget."""
    parts = [text.localised(assumption.help)]
    if assumption.bounds and assumption.unit.style is not Style.PERCENT:
        low, high = (text.plain(bound, assumption.unit) for bound in assumption.bounds)
        parts.append(f"Bounds: {low} … {high}.")
    if assumption.grade:
        parts.append(f"Evidence grade {assumption.grade_text}.")
    return " ".join(parts)


def _choice_or_switch(assumption: Assumption, scenario: Scenario, key: str) -> None:
    fields.show(key, scenario.values[assumption.name])
    shared: dict[str, Any] = {
        "key": key,
        "help": help_text(assumption, scenario.format),
        "on_change": _commit,
        "args": (assumption.name, key),
    }
    if assumption.unit.style is Style.SWITCH:
        st.toggle(assumption.label, **shared)
    else:
        st.selectbox(assumption.label, assumption.choices, format_func=choice_words, **shared)


def choice_words(choice: str) -> str:
    """A choice as it is read: "S curve"."""
    return choice.replace("_", " ").capitalize()


def _steps(span: tuple[float, float, float], scale: float, value: float) -> tuple[float, ...]:
    """The values of a slider as they are shown, with `value` among them."""
    low, high, step = span
    count = round((high - low) / step)
    return tuple(sorted({*(round((low + place * step) * scale, _DIGITS) for place in range(count + 1)), value}))


# A hundred steps of each slider would be written at every run of the script.
@lru_cache(maxsize=64)
def _in_words(text: Format, steps: tuple[float, ...]) -> Mapping[float, str]:
    """The steps of a slider as a person reads them."""
    return {step: text.plain(step, RATIO) for step in steps}


def _shown(assumption: Assumption, value: Value) -> float | int:
    if assumption.unit.whole:
        return int(value)
    return round(float(value) * assumption.unit.scale, _DIGITS)


def _commit(name: str, key: str) -> None:
    """Copy what was entered into the scenario, or remember why it was refused."""
    entered = fields.entered(key)
    assumption = ASSUMPTIONS[name]
    if entered is None:
        return
    value = entered
    if assumption.numeric and not assumption.unit.whole:
        value = round(entered / assumption.unit.scale, _DIGITS)
    try:
        current.replace(edits.with_value(current.scenario(), name, value))
    except ScenarioError as error:
        messages.refuse(f"{assumption.label} stays as it was", error)


def _keep_number(key: str, rule: NumberRule, text: Format) -> None:
    """Keep the number that was typed, or else what was typed and why it is refused."""
    typed = (fields.entered(key) or "").strip()
    refused: tuple[str, str, Scenario | None] = _NOTHING
    try:
        memory.keep(key, rule.read(typed, text) if typed else None)
    except ValueError as error:
        refused = (typed, str(error), current.base())
    memory.keep(_refused(key), refused)


def _refused(key: str) -> str:
    """Where what was refused in a field for a number is kept, with the scenario it was typed beside."""
    return f"{key} refused"


def _commit_path(year: int, key: str) -> None:
    scenario, typed = current.scenario(), fields.entered(key) or ""
    try:
        share = rule_of(ASSUMPTIONS["social_share_target"]).read(typed, scenario.format)
        current.replace(edits.with_path_share(scenario, year, share))
    except ScenarioError as error:
        messages.refuse(_PATH_STAYS.format(year), error)
    except ValueError as error:
        messages.refuse_for(_PATH_STAYS.format(year), [f"'{typed}' {error}"])


def table_file(label: str, name: str, take: Callable[[DataFile], None]) -> None:
    """A field for a table as a file, CSV or Excel; what is dropped is taken once, and the field is empty again."""
    from model.history.importing.data_file import MAX_BYTES
    from model.history.importing.sheets import WORKBOOK

    key = fields.renewable_key(name)
    st.file_uploader(
        label, type=("csv", "txt", "tsv", WORKBOOK), key=key, max_upload_size=MAX_BYTES // 1_000_000,
        on_change=_take_dropped, args=(key, name, take),
    )  # fmt: skip


def sheet_choice(sheets: Sequence[str], sheet: str, key: str, take: Callable[[], None]) -> None:
    """Which sheet of a workbook is read, where it has several; `take` finds the choice under the key."""
    if len(sheets) > 1:
        fields.show(key, sheet)
        st.selectbox("Sheet", sheets, key=key, format_func=as_shown, on_change=take)


def _take_dropped(key: str, name: str, take: Callable[[DataFile], None]) -> None:
    from model.history.importing.data_file import DataFile

    uploaded = fields.entered(key)
    fields.renew(name)
    if uploaded is not None:
        take(DataFile(uploaded.name, uploaded.getvalue()))
