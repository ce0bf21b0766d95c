"""The history of a saved scenario: its versions, what differs between two, and opening one of them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.layout import toolbar_room
from dashboard.components.tables import differences_table
from dashboard.components.text import in_a_table, literal
from dashboard.session import compute, fields, messages
from dashboard.shell import library_actions
from library.errors import LibraryError
from library.version import Version, when

_TALL, _MOST_ROWS = 260, 6
_VERSION, _COMPARED = "history version", "history compared"


def forget_choices() -> None:
    """Let the history begin with the latest version beside the one before it."""
    fields.show(_VERSION, None)
    fields.show(_COMPARED, None)


@st.dialog("History", width="large")
def history(entry: str) -> None:
    """Every version of an entry, the latest first, and what differs between two of them."""
    try:
        versions = compute.library().history(entry)
    except LibraryError as error:
        st.error(literal(str(error), 1000), icon=":material/block:")
        return
    st.markdown(f"**{literal(versions[-1].name, 500)}**")
    rows = [_row(version) for version in versions[::-1]]
    if any(version.imports for version in versions):
        rows = [row | _of_import(version) for row, version in zip(rows, versions[::-1], strict=True)]
    toolbar_room()
    st.dataframe(rows, hide_index=True, height="content" if len(rows) <= _MOST_ROWS else _TALL)
    numbered = {version.number: version for version in reversed(versions)}
    numbers = list(numbered)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        shown = numbered[_choice("Version", _VERSION, numbers, numbers[0])]
        compared = numbered[_choice("Compared with", _COMPARED, numbers, numbers[:2][-1])]
        opened = st.button(
            f"Open version {shown.number}",
            key="history open",
            disabled=bool(shown.damage),
            on_click=library_actions.open_version,
            args=(shown,),
        )
    _compared(compared, shown)
    if opened and messages.refused() is None:
        st.rerun()


def _row(version: Version) -> dict[str, object]:
    return {
        "Version": version.number,
        "When": when(version.since, st.context.timezone),
        "What": ("imported" if version.imports else version.event) + (", damaged" if version.damage else ""),
        "Author": in_a_table(version.imports[-1].by if version.imports else version.author),
        "Note": in_a_table(version.note),
        "Name": in_a_table(version.name),
        "Tags": in_a_table(", ".join(version.tags)),
        "Hash": version.hash,
    }


def _of_import(version: Version) -> dict[str, object]:
    """From which file a version came, each library's since the first, and what the file says of it."""
    came = bool(version.imports)
    return {
        "From": in_a_table(", ".join(item.file for item in version.imports)),
        "The file says": in_a_table(library_actions.what_was_done(version)) if came else "",
    }


def _choice(caption: str, key: str, numbers: Sequence[int], at_first: int) -> int:
    """The number of the version chosen, of which `numbers` are there."""
    if fields.entered(key) not in numbers:
        fields.show(key, at_first)
    return int(st.selectbox(caption, numbers, key=key, width=160))


def _compared(one: Version, other: Version) -> None:
    damaged = [version for version in (one, other) if version.damage]
    for version in damaged:
        st.error(
            literal(f"Version {version.number} is damaged and cannot be opened. {'; '.join(version.damage)}", 1000),
            icon=":material/block:",
        )
    if not damaged and one.number != other.number:
        differences_table(one.scenario, other.scenario, f"Version {one.number}", f"Version {other.number}")
    for version in () if damaged else (one, other)[one.number == other.number :]:
        if version.scenario.hash != version.hash:
            st.caption(
                f"Version {version.number} was saved under other defaults: what it left at its default counts as "
                f"it does today (hash now {version.scenario.hash})."
            )
