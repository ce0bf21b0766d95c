"""The sidebar: the scenario and the levers that matter, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import urlencode, urlsplit

import streamlit as st

from dashboard.components import browser
from dashboard.components.text import literal
from dashboard.components.widgets import lever
from dashboard.session import account, address, compute, current, fields, messages
from dashboard.shell import company, library_actions, settings, sign_in
from library import transfer
from library.store import Right
from library.version import MAX_NOTE
from model.assumptions import RETURN_BELIEFS
from model.metrics import METRICS
from model.operation.log import timed
from model.presets import PRESETS
from model.reading.faults import ScenarioError
from model.reading.links import MAX_LINK, is_whole
from model.reading.scenario_validation import MAX_NAME, MAX_TEXT
from model.scenario import EDITED, MAX_FILE_BYTES, Scenario
from model.units import SHARE
from report.files.file_names import stem

# The levers in order; numbers with the span of their slider (low, high, step) in model units.
LEVERS: Mapping[str, tuple[float, float, float] | None] = MappingProxyType(
    {
        "social_share_target": (0.01, 0.60, 0.005),
        "ramp_years": (0.5, 10, 0.5),
        "ramp_shape": None,
        "social_return_basis": None,
        "social_relative_return": (0, 3, 0.05),
        "social_reported_roas": (0, 12, 0.1),
        "social_incremental_share": (0, 1.5, 0.05),
        "social_long_run_multiplier": (0.5, 4, 0.1),
        "training_programme": None,
        "training_hours": (0, 200, 5),
        "causal_share": (0, 0.30, 0.005),
        "strategic_partner": None,
        "leadership_seat": None,
    }
)
# Further ones, out of the way: what the plan starts from, and where its people and money come from.
MORE_LEVERS: Mapping[str, tuple[float, float, float]] = MappingProxyType(
    {"social_share_start": (0.01, 0.60, 0.005), "reallocated_share": (0, 1, 0.05), "team_target": (1, 30, 1)}
)
_OPENED = "opened"


def draw() -> None:
    """Scenario and levers."""
    with st.sidebar:
        _scenario()
        scenario = current.scenario()
        for name, span in LEVERS.items():
            if _plays_no_part(name, scenario):
                continue
            lever(name, scenario, span, disabled=_ignored(name, scenario))
            if name == "ramp_shape" and scenario.values[name] == "custom":
                st.caption("The share at the end of each year is set on the Assumptions screen.")
            if name == RETURN_BELIEFS["platform"][-1]:
                st.caption(_relative_return_that_follows(scenario))
        with st.expander("More levers"):
            for name, reach in MORE_LEVERS.items():
                lever(name, scenario, reach)
        sign_in.place()
        browser.follow()


def _ignored(name: str, scenario: Scenario) -> bool:
    """Whether a lever has no effect: without training its hours, on a custom path target and years."""
    if name == "training_hours":
        return not scenario.values["training_programme"]
    return name in ("social_share_target", "ramp_years") and scenario.values["ramp_shape"] == "custom"


def _plays_no_part(name: str, scenario: Scenario) -> bool:
    """Whether a lever belongs to another basis of the return than the scenario's."""
    return any(name in levers and basis != scenario.values["social_return_basis"]
               for basis, levers in RETURN_BELIEFS.items())  # fmt: skip


def _relative_return_that_follows(scenario: Scenario) -> str:
    """What the platform basis comes to beside the other channels, how, and what that takes for granted."""
    projection = compute.projection(scenario)
    relative = projection.metrics["relative_return"]
    if relative is None:
        return "The other channels return nothing, so there is no relative return."
    text, unit = scenario.format, METRICS["relative_return"].unit
    parts = " × ".join(scenario.stated(name) for name in RETURN_BELIEFS["platform"])
    media = text.rounded(float(projection.lines["hold_media_share"][0]), SHARE)
    social = text.rounded(float(projection.lines["social_return"][0]), unit)
    return literal(
        f"{parts}, on the {media} of the social budget that is media: {social} per unit of budget, "
        f"{text.rounded(relative, unit)} times the {scenario.stated('other_incremental_roas')} elsewhere. Put the "
        "other channels on the same footing: both incremental and long-run.", 600
    )  # fmt: skip


def _scenario() -> None:
    base = current.base()
    ids = {preset.name: name for name, preset in PRESETS.items() if preset == base}
    chosen = ids.get(base.name, _OPENED)
    options = [*PRESETS] if chosen in PRESETS else [_OPENED, *PRESETS]
    where, edited = _where_from(), current.edited()
    fields.show("preset", chosen)
    st.selectbox(
        "Scenario",
        options,
        key="preset",
        # Told apart from a preset of the same name: Streamlit knows options by their words.
        format_func=lambda name: _words(name, base, where) + EDITED * (edited and name == chosen),
        on_change=_choose_preset,
        help="Start from a preset, or open a file, a link or a version of the library; the levers below change it.",
    )
    with st.container(horizontal=True, gap="xxsmall"):
        _save()
        _open()
        settings.draw()
    company.button()
    with st.container(horizontal=True):
        _step("Undo", current.undo, current.undo_in_words())
        _step("Redo", current.redo, current.redo_in_words())
        _reset(base)


def _words(name: str, base: Scenario, where: str) -> str:
    return PRESETS[name].name if name in PRESETS else f"{base.name[:60]} ({where})"


def _where_from() -> str:
    """What is told of a scenario that is no preset."""
    origin = current.origin()
    return f"version {origin.number}" if origin else _OPENED


def _choose_preset() -> None:
    chosen = fields.entered("preset")
    if chosen in PRESETS:
        current.start_from_preset(PRESETS[chosen])


def _step(label: str, go: Callable[[], None], words: str | None) -> None:
    """A button that undoes or redoes a change, and says which."""
    told = f"{label}. {literal(words, 200)}" if words else f"Nothing to {label.lower()}"
    st.button(label, key=label.lower(), on_click=go, help=told, disabled=words is None, type="tertiary")


def _reset(base: Scenario) -> None:
    """A button back to the scenario that the present one started from; it can be undone."""
    back = current.scenario() == current.as_it_was()
    told = f"This is {literal(base.name)} as it was" if back else f"Back to {literal(base.name)}"
    st.button(
        "Reset",
        key="reset scenario",
        on_click=current.reset,
        help=told,
        disabled=back,
        type="tertiary",
    )


def _save() -> None:
    scenario = current.scenario()
    with st.popover("Save", key="save", help="Name the scenario, save it, copy a link to it or download its file"):
        fields.show("name", scenario.name)
        fields.show("description", scenario.description)
        # A form: what is typed here must not travel with the next lever that is moved.
        with st.form("naming", border=False):
            st.text_input("Name", key="name", max_chars=MAX_NAME)
            st.text_area("Description", key="description", max_chars=MAX_TEXT, height=68)
            if edits := account.may(Right.EDIT):
                st.text_input(
                    "Note for the library", key=_note_key(), max_chars=MAX_NOTE, placeholder="What changed, and why"
                )
            with st.container(horizontal=True, gap="xsmall"):
                if edits:
                    _save_buttons()
                st.form_submit_button("Rename", on_click=_rename)
        _link()
        st.download_button(
            "Download scenario file",
            data=lambda: _file(scenario),
            file_name=f"{stem(scenario)}.json",
            mime="application/json",
            on_click="ignore",
        )
        st.caption(f"Content hash {scenario.hash}. The file holds what differs from the defaults.")


def _file(scenario: Scenario) -> str:
    with timed("file", scenario.hash, file="scenario.json"):
        return scenario.to_json()


def _save_buttons() -> None:
    st.form_submit_button("Save to library", on_click=_save_to_library, help=_becomes())
    if current.origin():
        st.form_submit_button(
            "Save as a new entry", on_click=_save_to_library, kwargs={"anew": True},
            help="Beside the one that this goes on from, which stays as it is",
        )  # fmt: skip


def _link() -> None:
    """The link to what is shown, to be copied; never a part of one."""
    parameters = address.link()
    if is_whole(parameters):
        st.markdown("Link to this screen with this scenario")
        st.code(f"{_page()}?{urlencode(parameters)}", language=None)
    else:
        st.info(f"Too long for a link, which has at most {MAX_LINK} characters. Share the scenario file.")


def _page() -> str:
    """The address of this screen, without parameters."""
    url = st.context.url or ""
    return url if urlsplit(url).path else f"{url}/"


def _rename() -> None:
    current.rename(fields.entered("name") or "", fields.entered("description") or "")


def _save_to_library(*, anew: bool = False) -> None:
    name, description = fields.entered("name") or "", fields.entered("description") or ""
    if (name, description) == (current.scenario().name, current.scenario().description):
        name, description = library_actions.proposed_name(), library_actions.proposed_description()
    library_actions.save(name, description, fields.entered(_note_key()) or "", anew=anew)


def _note_key() -> str:
    """A key of the scenario as it is: a note outlives a refusal, but not another scenario."""
    return f"note {current.scenario().hash}"


def _becomes() -> str:
    """What saving to the library makes of the scenario."""
    origin = current.origin()
    return f"As the next version of {literal(origin.name)}" if origin else "As a new entry"


def _open() -> None:
    with st.popover("Open", key="open", help="Open a scenario file"):
        key = fields.renewable_key("upload")
        st.file_uploader(
            "Scenario file (JSON)",
            type="json",
            key=key,
            max_upload_size=max(1, MAX_FILE_BYTES // 1_000_000),
            on_change=_load,
            args=(key,),
        )


def _load(key: str) -> None:
    uploaded = fields.entered(key)
    if uploaded is None:
        return
    content, what = uploaded.getvalue(), f"The file {literal(uploaded.name)} is not opened"
    try:
        with timed("file read", file="scenario.json"):
            read = Scenario.from_json(content)
        current.start_from(read)
    except ScenarioError as error:
        if transfer.is_library(content):
            messages.refuse_for(what, ["it is an exported library; import it on the Library screen"])
        else:
            messages.refuse(f"{what}; the scenario stays as it was", error)
    fields.renew("upload")
