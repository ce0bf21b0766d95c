"""What the saved scenarios are worth, and the choice of those to be compared."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.scenario_picker import saved
from dashboard.components.text import literal
from dashboard.session import address, compute, fields, memory
from library.version import Version
from model.metrics import METRICS
from model.reading.faults import ScenarioError
from model.telling.caveats import is_defensible
from report.material import MOST_SCENARIOS
from report.words.odds import odds_in_100
from report.words.stamp import years

# Up to six, as many as a comparison holds.
_PICKED, _ODDS = "library picked", "library odds"


def picked() -> tuple[str, ...]:
    """The entries ticked, in the order of ticking."""
    entries: tuple[str, ...] = memory.kept(_PICKED, ())
    return entries


def tick(version: Version) -> None:
    """The box that takes an entry into the comparison."""
    key, chosen = f"pick {version.entry}", picked()
    fields.show(key, version.entry in chosen)
    full = len(chosen) >= MOST_SCENARIOS and version.entry not in chosen
    st.checkbox(
        "Compare", key=key, on_change=_pick, args=(version.entry, key),
        disabled=bool(version.damage) or version.archived or full, help=_why_not(version, full),
    )  # fmt: skip


def _why_not(version: Version, full: bool) -> str | None:
    if version.archived:
        return "Archived: restore it to compare it"
    return f"At most {MOST_SCENARIOS} are compared" if full else None


def _pick(entry: str, key: str) -> None:
    others = tuple(one for one in picked() if one != entry)
    memory.keep(_PICKED, (*others, entry) if fields.entered(key) else others)


def compare_button() -> None:
    """The way to the Compare screen with the entries ticked; one alone is compared with the present scenario."""
    count = len(picked())
    st.button(
        f"Compare these {count}" if count > 1 else "Compare with the present scenario",
        icon=":material/compare_arrows:", disabled=not count, on_click=_compare,
        help="Tick what is to be compared in the list below",
    )  # fmt: skip


def _compare() -> None:
    ids = tuple(map(saved, picked()))
    memory.keep(address.PICKS, ids if len(ids) > 1 else (address.PRESENT, *ids))
    address.go_to("compare")


def odds_switch() -> bool:
    """Whether the odds of what is listed are wanted: drawing them takes about a second each, once."""
    wanted: bool = memory.show_kept(_ODDS, False)
    st.toggle(
        "With odds", key=_ODDS, width="content", on_change=memory.keep_entered, args=(_ODDS,),
        help="How often each is worth more than holding; drawn once for each, which takes a moment",
    )  # fmt: skip
    return wanted


def drawn(versions: Sequence[Version]) -> None:
    """Draw the odds of sound versions, with a bar while that takes time; they are remembered."""
    sound = [version for version in versions if not version.damage]
    bar = st.progress(0.0, text="Drawing cases …")
    for place, version in enumerate(sound, 1):
        worth_in_words(version, with_odds=True)
        bar.progress(place / len(sound), text="Drawing cases …")
    bar.empty()


def worth_in_words(version: Version, *, with_odds: bool) -> str:
    """An entry's net present value, over what and, if wanted, with its odds of a gain."""
    scenario = version.scenario
    projection = compute.projection(scenario)
    npv = scenario.format.signed(projection.metrics["npv"] or 0.0, METRICS["npv"].unit)
    said = f"{npv} over {years(scenario.horizon_years)}"
    if with_odds and any(projection.bridge.values()) and scenario.effective_ranges:
        try:
            said += f", {odds_in_100(compute.odds_of_gain(scenario)).lower()} of a gain"
        except ScenarioError as error:
            said += f", its odds cannot be drawn: {error.faults[0]}"
    return said if is_defensible(scenario) else f"{said}; cannot be defended"


def worth_line(version: Version, *, with_odds: bool) -> None:
    """The line on an entry's card."""
    if not version.damage:
        said = literal(worth_in_words(version, with_odds=with_odds), 300)
        st.markdown(f":material/payments: {said}", help=METRICS["npv"].meaning)
