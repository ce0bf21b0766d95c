"""The sidebar: the scenario and the levers that matter, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from dashboard import state
from dashboard.text import file_stem, literal
from dashboard.widgets import lever
from model.presets import PRESETS
from model.scenario import MAX_FILE_BYTES, Scenario
from model.validation import MAX_NAME, MAX_TEXT, ScenarioError

# The levers in order; numbers with the span of their slider (low, high, step) in model units.
LEVERS: Mapping[str, tuple[float, float, float] | None] = MappingProxyType(
    {
        "social_share_target": (0.01, 0.60, 0.005),
        "ramp_years": (0.5, 10, 0.5),
        "ramp_shape": None,
        "training_hours": (0, 200, 5),
        "causal_share": (0, 0.30, 0.005),
        "strategic_partner": None,
        "leadership_seat": None,
    }
)
_FROM_FILE = "file"


def draw() -> None:
    """Scenario and levers."""
    with st.sidebar:
        _scenario()
        scenario = state.scenario()
        for name, span in LEVERS.items():
            lever(name, scenario, span, disabled=_ignored(name, scenario))


def _ignored(name: str, scenario: Scenario) -> bool:
    """Whether a lever has no effect: on a custom path the share follows the path, not the target."""
    return name in ("social_share_target", "ramp_years") and scenario.values["ramp_shape"] == "custom"


def _scenario() -> None:
    base = state.base()
    ids = {preset.name: name for name, preset in PRESETS.items() if preset == base}
    current = ids.get(base.name, _FROM_FILE)
    options = [*PRESETS] if current in PRESETS else [_FROM_FILE, *PRESETS]
    state.show_in("preset", current)
    st.selectbox(
        "Scenario",
        options,
        key="preset",
        # Told apart from a preset of the same name: Streamlit knows options by their words.
        format_func=lambda name: PRESETS[name].name if name in PRESETS else f"{base.name[:60]} (file)",
        on_change=_choose_preset,
        help="Start from a preset or from a file of your own; the levers below change it.",
    )
    with st.container(horizontal=True, gap="xsmall"):
        _save()
        _open()
        if state.scenario() != base:
            st.button("Reset", on_click=state.start_from, args=(base,), help=f"Back to {literal(base.name)}")


def _choose_preset() -> None:
    chosen = state.entered("preset")
    if chosen in PRESETS:
        state.start_from(PRESETS[chosen])


def _save() -> None:
    scenario = state.scenario()
    with st.popover("Save", key="save", help="Name the scenario and download its file"):
        state.show_in("name", scenario.name)
        state.show_in("description", scenario.description)
        # A form: what is typed here must not travel with the next lever that is moved.
        with st.form("naming", border=False):
            st.text_input("Name", key="name", max_chars=MAX_NAME)
            st.text_area("Description", key="description", max_chars=MAX_TEXT, height=100)
            st.form_submit_button("Rename", on_click=_rename)
        st.download_button(
            "Download scenario file",
            data=scenario.to_json,
            file_name=f"{file_stem(scenario)}.json",
            mime="application/json",
            on_click="ignore",
            type="primary",
        )
        st.caption(f"Content hash {scenario.hash}. The file holds what differs from the defaults.")


def _rename() -> None:
    state.rename(state.entered("name") or "", state.entered("description") or "")


def _open() -> None:
    with st.popover("Open", key="open", help="Open a scenario file"):
        key = state.upload_key()
        st.file_uploader(
            "Scenario file (JSON)",
            type="json",
            key=key,
            max_upload_size=max(1, MAX_FILE_BYTES // 1_000_000),
            on_change=_load,
            args=(key,),
        )


def _load(key: str) -> None:
    uploaded = state.entered(key)
    if uploaded is None:
        return
    try:
        state.start_from(Scenario.from_json(uploaded.getvalue()))
    except ScenarioError as error:
        state.refuse(f"The file {literal(uploaded.name)} is not opened; the scenario stays as it was", error)
    state.finish_upload()
