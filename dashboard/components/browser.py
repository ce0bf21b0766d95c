"""What the person's browser shows: its brightness and its width, and a new drawing when they change.

Streamlit itself follows at once where a person or their system turns the page dark, but tells the app only with
the next interaction; until then charts would keep the old colours. It never tells the width. It closes the menu that
lies over the page after a choice only on what names itself a phone, and a dialog by Escape only where no table in it
has the focus. The script beside this text mends all four. It works on what is on the page only.
"""

from __future__ import annotations

from enum import StrEnum

import streamlit as st

from dashboard.session import fields
from report.charts.drawing.theme import DARK, LIGHT, Theme

_KEY = "browser"
# Browsers of phones name themselves with this word, so that their first drawing suits them already.
_PHONE = "Mobi"

_SCRIPT = """
// Pixels: a column below the first takes charts that are fitted to it, one below the second has no room for a table
// of many columns; a page up to the third has its menu lie over it.
const NARROW = 430;
const MEDIUM = 640;
const COVERED = 768;
let asked = null;

function isDark(app) {
  const [red, green, blue] = getComputedStyle(app).backgroundColor.match(/[0-9.]+/g).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

function room() {
  const block = document.querySelector("[data-testid=stMainBlockContainer]");
  const style = getComputedStyle(block);
  const wide = block.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return wide < NARROW ? "narrow" : wide < MEDIUM ? "medium" : "wide";
}

function closeMenu(event) {
  if (innerWidth > COVERED || !event.target.closest("[data-testid=stSidebarNavLink]")) return;
  setTimeout(() => {
    const open = document.querySelector("[data-testid=stSidebar][data-collapsed=false]");
    open?.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
  });
}

function closeDialog(event) {
  if (event.key !== "Escape" || !event.target.closest("[data-testid=stDataFrame]")) return;
  // In the field in which a person searches the table, it ends the search.
  if (event.target.closest("input")) return;
  event.target.closest("[data-testid=stDialog]")?.querySelector("button[aria-label=Close]")?.click();
}

export default function ({ data, setStateValue, setTriggerValue }) {
  const app = document.querySelector("[data-testid=stApp]");
  let told = data.room;
  const look = () => {
    if (room() !== told) {
      told = room();
      setStateValue("room", told);
    }
    const dark = isDark(app);
    if (dark === data.dark) asked = null;
    else if (dark !== asked) {
      // Once only: an app that still disagrees afterwards must not be drawn for ever.
      asked = dark;
      setTriggerValue("turned", dark);
    }
  };
  const turned = new MutationObserver(look);
  turned.observe(app, { attributes: true, attributeFilter: ["class"] });
  const resized = new ResizeObserver(look);
  resized.observe(document.querySelector("[data-testid=stMain]"));
  document.addEventListener("click", closeMenu);
  document.addEventListener("keydown", closeDialog, true);
  look();
  return () => {
    turned.disconnect();
    resized.disconnect();
    document.removeEventListener("click", closeMenu);
    document.removeEventListener("keydown", closeDialog, true);
  };
}
"""

_watch = st.components.v2.component("browser", js=_SCRIPT)


def theme() -> Theme:
    """The theme that the person's browser showed when it last asked for a drawing."""
    return DARK if st.context.theme.type == "dark" else LIGHT


class Room(StrEnum):
    """How much room the page has: a phone's, a tablet's beside the sidebar, or as much as charts and tables take."""

    NARROW = "narrow"
    MEDIUM = "medium"
    WIDE = "wide"


def room() -> Room:
    """How much room the page has; until it tells, what its browser suggests."""
    told = fields.entered(_KEY)
    if found := None if told is None else told.get("room"):
        return Room(found)
    return Room.NARROW if _PHONE in st.context.headers.get("User-Agent", "") else Room.WIDE


def is_narrow() -> bool:
    """Whether the page has less room than charts are drawn for."""
    return room() is Room.NARROW


def follow() -> None:
    """Have the screen drawn again when the page turns dark or light, wide or narrow; call once on every screen."""
    _watch(
        key=_KEY, data={"dark": theme() is DARK, "room": room()}, on_turned_change=lambda: None,
        on_room_change=lambda: None,
    )  # fmt: skip
