"""The session's state: the only file that touches `session_state` and `query_params`.

The scenario has one entry, the truth; widgets are set from it before they are drawn and copied back on
change. `base` is the scenario it started from, so that edits can be told and undone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.session import edits
from dashboard.session.skill_rows import Rows, SkillsTable, as_rows
from dashboard.session.undo import History, Standing, change_in_words
from library.version import Version
from model.assumptions import ASSUMPTIONS
from model.choice.optimise import Optimum
from model.presets import DEFAULT_PRESET, PRESETS
from model.reading.faults import Fault, ScenarioError
from model.reading.links import Parameters, is_only_hash, is_whole, only_hash, preset_of, read_link, write_link
from model.scenario import Scenario
from model.skills.areas import SkillArea

_SCENARIO, _BASE, _ORIGIN, _FAULTS, _TRAIL = "scenario", "base", "origin", "faults", "trail"
_OPTIMUM, _KEPT = "optimum", "kept"
# The address's parameter of the version that the scenario goes on from.
_TIE = "saved"
_RENEWED, _ASKED, _HISTORY, _OPENED = "renewed", "asked", "history", "opened"
_OVERTAKEN, _NEWS, _SKILLS, _SCREEN = "overtaken", "news", "skills", "screen shown"


class Overtaken(NamedTuple):
    """A newer version than the one gone on from; what to save with, with tags of None those the entry has."""

    latest: Version
    name: str
    description: str
    note: str
    tags: tuple[str, ...] | None


def scenario() -> Scenario:
    """The scenario that all screens show."""
    current: Scenario = st.session_state.setdefault(_SCENARIO, PRESETS[DEFAULT_PRESET])
    return current


def base() -> Scenario:
    """The preset or file the scenario started from."""
    start: Scenario = st.session_state.setdefault(_BASE, scenario())
    return start


def start_from(start: Scenario) -> None:
    """Begin anew from a file or another scenario as it is."""
    _take(Standing(start, start))


def start_from_preset(preset: Scenario) -> None:
    """Begin anew from a preset; currency, number format and calendar stay as they were chosen."""
    _take(Standing(edits.with_settings_of(preset, scenario(), base()), preset))


def start_from_version(version: Version) -> None:
    """Begin anew from a version of the library. Raises ScenarioError where what is stored is damaged."""
    _take(Standing(version.scenario, version.scenario, version))
    settle()


def replace_scenario(changed: Scenario) -> None:
    """Take a changed scenario; back at its base it is the base again, name included."""
    start = base()
    back = changed.changed(name=start.name, description=start.description) == start
    _take(Standing(start if back else edits.renamed(start, changed), start, origin()))


def _take(standing: Standing) -> None:
    """Every change of the scenario passes here: it can be undone, and what was refused before is forgotten."""
    now = _standing()
    if standing != now:
        st.session_state[_HISTORY] = _history().left(now)
    _stand(standing)


def _standing() -> Standing:
    return Standing(scenario(), base(), origin())


def _stand(standing: Standing) -> None:
    st.session_state[_SCENARIO], st.session_state[_BASE] = standing.scenario, standing.base
    st.session_state[_ORIGIN] = standing.origin
    clear_faults()


def _history() -> History:
    kept: History = st.session_state.get(_HISTORY, History())
    return kept


def undo() -> None:
    """Go back to before the last change: the same scenario, name and base."""
    standing, st.session_state[_HISTORY] = _history().undone(_standing())
    _stand(standing.having_seen(origin()))


def redo() -> None:
    """Take back the last undoing."""
    standing, st.session_state[_HISTORY] = _history().redone(_standing())
    _stand(standing.having_seen(origin()))


def undo_in_words() -> str | None:
    """What undoing would change, None where nothing can be undone."""
    return change_in_words(_standing(), _history().past[-1]) if _history().past else None


def redo_in_words() -> str | None:
    """What redoing would change, None where nothing can be redone."""
    return change_in_words(_standing(), _history().future[-1]) if _history().future else None


def follow_address(find: Callable[[str, int], Version | None]) -> None:
    """Open the link that the session began with or that the browser went back to; else keep the address true.

    A faulty link is told and changes nothing. `find` gives a version of the library by entry and number, None where
    this library does not have it: then the scenario is as the link says, and goes on from none.
    """
    seen = tuple((key, text) for key in st.query_params for text in st.query_params.get_all(key))
    began = _OPENED in st.session_state
    st.session_state[_OPENED] = True
    if seen and (not began or _went_through_history()) and seen != link():
        _open_link(seen, began, find)
    if seen != link():
        st.query_params.from_dict(link())


def link() -> Parameters:
    """The scenario as the parameters of an address, with the version of the library that it goes on from."""
    seen = origin()
    tie = ((_TIE, f"{seen.entry}.{seen.number}"),) if seen else ()
    return (*write_link(scenario(), base()), *tie)


def is_lost_on_reload() -> bool:
    """Whether reloading the page loses the scenario: too long for the address, and not as the library has it."""
    seen = origin()
    return not is_whole(link()) and not (seen and seen.scenario == scenario())


def _open_link(seen: Parameters, began: bool, find: Callable[[str, int], Version | None]) -> None:
    told, version = tuple(pair for pair in seen if pair[0] != _TIE), _tied(seen, find)
    if version and is_only_hash(told):
        _go_on_from(version, version.scenario, began)
        if told != only_hash(version.scenario):
            refuse_for(
                f"Changes made since version {version.number} are not shown",
                ["they were too long for the address; the page on which they were made can still save them"],
            )
        return
    try:
        opened, start = read_link(told)
    except ScenarioError as error:
        shown = "the scenario stays as it was" if began else f"{scenario().name} is shown instead"
        # Under the names of the parameters: they are what stands in the link.
        st.session_state[_FAULTS] = (f"The link is not opened; {shown}", tuple(map(str, error.faults)))
        return
    if version:
        _go_on_from(version, opened, began)
        return
    if not began:
        _stand(Standing(opened, start))
        return
    same_preset = dict(seen).get("preset") == preset_of(base())
    _take(Standing(opened, base(), origin()) if same_preset else Standing(opened, start))


def _go_on_from(version: Version, opened: Scenario, began: bool) -> None:
    """Show what a link holds as going on from a version of the library, or from a newer one seen since."""
    seen = origin()
    standing = Standing(opened, version.scenario, version).having_seen(seen)
    if began:
        _take(standing)
    else:
        _stand(standing)


def _tied(seen: Parameters, find: Callable[[str, int], Version | None]) -> Version | None:
    entry, _, number = dict(seen).get(_TIE, "").partition(".")
    return find(entry, int(number)) if re.fullmatch("[0-9]{1,9}", number) else None


def _went_through_history() -> bool:
    """Whether the browser's Back or Forward caused this run.

    Any other run may still report an address that the scenario has left in the meantime.
    """
    # Streamlit does not tell it publicly; a release that no longer does only loses Back and Forward.
    return bool(getattr(get_script_run_ctx(), "is_history_navigation", False))


def rename(name: str, description: str) -> None:
    """Give the scenario a name and a description; a refused one is told and changes nothing."""
    try:
        _take(Standing(scenario().changed(name=name, description=description), base(), origin()))
    except ScenarioError as error:
        refuse("The name is not used", error)


def refuse(what: str, error: ScenarioError) -> None:
    """Remember why something was refused, to be told on the next drawing."""
    refuse_for(what, [_told(fault) for fault in error.faults])


def refuse_for(what: str, reasons: Sequence[str]) -> None:
    """Remember the reasons, in words, for which something was refused."""
    st.session_state[_FAULTS] = (what, tuple(reasons))


def _told(fault: Fault) -> str:
    """A fault under the label of what it is about, where that is an assumption."""
    return f"{ASSUMPTIONS[fault.key].label if fault.key in ASSUMPTIONS else fault.key}: {fault.message}"


def faults() -> tuple[str, tuple[str, ...]] | None:
    """What was refused last and why, until something is accepted or another screen is shown."""
    remembered: tuple[str, tuple[str, ...]] | None = st.session_state.get(_FAULTS)
    return remembered


def clear_faults() -> None:
    """Forget what was refused."""
    st.session_state.pop(_FAULTS, None)


def arrive(screen: str) -> None:
    """Note which screen is shown; what was refused on another one is not told there."""
    if st.session_state.get(_SCREEN, screen) != screen:
        clear_faults()
    st.session_state[_SCREEN] = screen


def announce(words: str) -> None:
    """Say in passing, on the next drawing of a screen, what was done."""
    st.session_state[_NEWS] = words


def news() -> str:
    """What is to be said in passing; said once."""
    words: str = st.session_state.pop(_NEWS, "")
    return words


def show_in(key: str, value: Any) -> None:
    """Set a widget from the truth, before it is drawn."""
    st.session_state[key] = value


def entered(key: str) -> Any:
    """What a person entered into the widget of that key."""
    return st.session_state.get(key)


def keep_optimum(searched: Scenario, found: Optimum | None) -> None:
    """Remember what a search found for a scenario, until the next search."""
    st.session_state[_OPTIMUM] = (searched, found)


def optimum(searched: Scenario) -> Optimum | None:
    """What the last search found, if it was for this scenario."""
    kept: tuple[Scenario, Optimum | None] = st.session_state.get(_OPTIMUM, (None, None))
    return kept[1] if kept[0] == searched else None


def trail() -> tuple[str, ...]:
    """The quantities a person walked through in the explanation, the first asked for first."""
    walked: tuple[str, ...] = st.session_state.get(_TRAIL, ())
    return walked


def walk_to(name: str) -> None:
    """Go to a quantity: back along the trail if it lies there, else one further."""
    walked = trail()
    st.session_state[_TRAIL] = walked[: walked.index(name) + 1] if name in walked else (*walked, name)


def start_trail(name: str) -> None:
    """Ask for a quantity afresh."""
    st.session_state[_TRAIL] = (name,)


def renewable_key(stem: str) -> str:
    """The key of a widget that is emptied by giving it a new one: a file uploader takes the same file again."""
    return f"{stem}-{st.session_state.get(_RENEWED, {}).get(stem, 0)}"


def renew(stem: str) -> None:
    """Forget what stands in the widget under a renewable key."""
    counts = st.session_state.get(_RENEWED, {})
    st.session_state[_RENEWED] = {**counts, stem: counts.get(stem, 0) + 1}


def ask_for(name: str) -> None:
    """Ask for an assumption's details, to be shown on the next drawing; older refusals are settled by that."""
    st.session_state[_ASKED] = name
    clear_faults()


def asked_for() -> str | None:
    """The assumption whose details are asked for; once only."""
    name: str | None = st.session_state.pop(_ASKED, None)
    return name


def kept(key: str, default: Any) -> Any:
    """What a screen keeps under that key while other screens are shown: what was chosen, or made at a click."""
    return st.session_state.get(_KEPT, {}).get(key, default)


def keep(key: str, value: Any) -> None:
    """Remember under that key what a screen keeps."""
    st.session_state[_KEPT] = {**st.session_state.get(_KEPT, {}), key: value}


def show_kept(key: str, default: Any) -> Any:
    """Set a widget from what was chosen in it before; returns that."""
    chosen = kept(key, default)
    show_in(key, chosen)
    return chosen


def keep_entered(key: str) -> None:
    """Remember what was entered into the widget of that key."""
    keep(key, entered(key))


def origin() -> Version | None:
    """The version of the library that the scenario goes on from, if it came from there."""
    version: Version | None = st.session_state.get(_ORIGIN)
    return version


def follow(version: Version) -> None:
    """Go on from a version that was made of the one the scenario goes on from: no change to be undone."""
    before = origin()
    if before is None or (before.entry, before.number + 1) != (version.entry, version.number):
        return
    _stand(Standing(version.scenario if scenario() == base() else scenario(), version.scenario, version))


def overtake(met: Overtaken) -> None:
    """Remember a version that is newer than the one gone on from, and how the scenario was to be saved."""
    st.session_state[_OVERTAKEN] = met


def overtaken() -> Overtaken | None:
    """The newer version that kept the scenario from being saved, as long as that is open."""
    met: Overtaken | None = st.session_state.get(_OVERTAKEN)
    opened = origin()
    return met if met and opened and met.latest.entry == opened.entry else None


def settle() -> None:
    """Forget that someone saved meanwhile."""
    st.session_state.pop(_OVERTAKEN, None)


def skills_table(areas: tuple[SkillArea, ...]) -> SkillsTable:
    """The table of skills that shows these areas.

    The table holds its own edits, and would lose its place and focus if each came back as data. So it starts
    anew, under a new key, only where the areas are not those that its edits made, or where it was left.
    """
    table: SkillsTable = st.session_state.get(_SKILLS, SkillsTable((), (), (), 0))
    if table.made != areas or table.key not in st.session_state:
        table = SkillsTable(areas, areas, as_rows(areas), table.renewed + 1)
    st.session_state[_SKILLS] = table
    return table


def skills_edited(made: tuple[SkillArea, ...], rows: Rows) -> None:
    """Remember which areas the edits in the table of skills made, and of which rows."""
    st.session_state[_SKILLS] = st.session_state[_SKILLS]._replace(made=made, rows=rows)
