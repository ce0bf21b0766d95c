"""The brightness that the person's browser shows, and a new drawing when it changes.

Streamlit itself follows at once where a person or their system turns the page dark, but tells the app only with
the next interaction; until then charts would keep the old colours. The script beside this text asks for a new
drawing. It works on what is on the page only.
"""

from __future__ import annotations

import streamlit as st

from report.charts.drawing.theme import DARK, LIGHT, Theme

_SCRIPT = """
let asked = null;

function isDark(app) {
  const [red, green, blue] = getComputedStyle(app).backgroundColor.match(/[0-9.]+/g).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

export default function ({ data, setTriggerValue }) {
  const app = document.querySelector("[data-testid=stApp]");
  const look = () => {
    const dark = isDark(app);
    if (dark === data.dark) asked = null;
    else if (dark !== asked) {
      // Once only: an app that still disagrees afterwards must not be drawn for ever.
      asked = dark;
      setTriggerValue("turned", dark);
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(app, { attributes: true, attributeFilter: ["class"] });
  look();
  return () => observer.disconnect();
}
"""

_watch = st.components.v2.component("brightness", js=_SCRIPT)


def theme() -> Theme:
    """The theme that the person's browser showed when it last asked for a drawing."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def follow() -> None:
    """Have the screen drawn again when the page turns dark or light; call once on every screen."""
    _watch(key="brightness", data={"dark": theme() is DARK}, on_turned_change=lambda: None)
