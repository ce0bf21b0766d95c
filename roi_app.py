"""Budget and ROI projection for social-media marketing: `streamlit run roi_app.py`."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import streamlit as st

from dashboard.shell import opening

ICON = Path(__file__).parent / "dashboard" / "icon.png"
SCREENS = ("risk", "compare", "optimise", "assumptions", "skills", "evidence", "model", "library", "export")


def drawing(screen: str) -> Callable[[], None]:
    """What draws a screen: it is imported when first drawn, so that nothing heavy comes before the question."""
    return lambda: import_module(f"dashboard.screens.{screen}.screen").draw()


def run() -> None:
    """The sidebar and the screen that is asked for."""
    from dashboard.session import address, compute, messages
    from dashboard.shell import sidebar

    # Before the navigation: Streamlit puts the new path and the address's parameters into one entry of the browser's
    # history if it knows these first, else into two, and Back would lead to one that holds no scenario.
    address.follow(compute.version)
    pages = (
        st.Page(drawing("plan"), title="Plan", url_path="", default=True),
        # The default page stands at "/"; its name is an address as well.
        st.Page(drawing("plan"), title="Plan", url_path="plan", visibility="hidden"),
        *(st.Page(drawing(name), title=name.capitalize(), url_path=name) for name in SCREENS),
    )
    page = st.navigation(pages, position="top")
    if asked := address.asked_for():
        st.switch_page(next(one for one in pages if one.url_path == asked))
    messages.arrive(page.url_path)
    sidebar.draw()
    question.empty()
    page.run()


st.set_page_config(page_title="Social media budget and ROI", page_icon=ICON, layout="wide")
question = opening.question()
run()
