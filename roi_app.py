"""Budget and ROI projection for social-media marketing: `streamlit run roi_app.py`."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.shell import opening

ICON = Path(__file__).parent / "dashboard" / "icon.png"

# Each screen is imported when it is first drawn, and nothing heavy before the question stands on the page.


def plan() -> None:
    """The Plan screen."""
    from dashboard.screens.plan import screen

    screen.draw()


def budget() -> None:
    """The Budget screen."""
    from dashboard.screens.budget import screen

    screen.draw()


def risk() -> None:
    """The Risk screen."""
    from dashboard.screens.risk import screen

    screen.draw()


def compare() -> None:
    """The Compare screen."""
    from dashboard.screens.compare import screen

    screen.draw()


def optimise() -> None:
    """The Optimise screen."""
    from dashboard.screens.optimise import screen

    screen.draw()


def decide() -> None:
    """The Decide screen."""
    from dashboard.screens.decide import screen

    screen.draw()


def portfolio() -> None:
    """The Portfolio screen."""
    from dashboard.screens.portfolio import screen

    screen.draw()


def assumptions() -> None:
    """The Assumptions screen."""
    from dashboard.screens.assumptions import screen

    screen.draw()


def own_data() -> None:
    """The Own data screen."""
    from dashboard.screens.own_data import screen

    screen.draw()


def skills() -> None:
    """The Skills screen."""
    from dashboard.screens.skills import screen

    screen.draw()


def evidence() -> None:
    """The Evidence screen."""
    from dashboard.screens.evidence import screen

    screen.draw()


def model() -> None:
    """The Model screen."""
    from dashboard.screens.model import screen

    screen.draw()


def library() -> None:
    """The Library screen."""
    from dashboard.screens.library import screen

    screen.draw()


def export() -> None:
    """The Export screen."""
    from dashboard.screens.export import screen

    screen.draw()


def run() -> None:
    """The sidebar and the screen that is asked for; the page to sign in where that is required first."""
    from dashboard.shell import sign_in

    if sign_in.is_open():
        show()
    else:
        question.empty()
        # Whichever screen's address was opened, it is this page's.
        st.navigation(pages(), position="hidden")


def pages() -> tuple[StreamlitPage, ...]:
    """The screens, in the order of the menu."""
    return (
        st.Page(plan, title="Plan", url_path="", default=True),
        # The default page stands at "/"; its name is an address as well.
        st.Page(plan, title="Plan", url_path="plan", visibility="hidden"),
        st.Page(budget, title="Budget"),
        st.Page(risk, title="Risk"),
        st.Page(compare, title="Compare"),
        st.Page(optimise, title="Optimise"),
        st.Page(decide, title="Decide"),
        st.Page(portfolio, title="Portfolio"),
        st.Page(assumptions, title="Assumptions"),
        st.Page(own_data, title="Own data"),
        st.Page(skills, title="Skills"),
        st.Page(evidence, title="Evidence"),
        st.Page(model, title="Model"),
        st.Page(library, title="Library"),
        st.Page(export, title="Export"),
    )


def show() -> None:
    """The sidebar and the screen that is asked for."""
    from dashboard.session import address, compute, messages
    from dashboard.shell import loaded, sidebar
    from model.uncertainty.freed_memory import keep_freed_memory

    keep_freed_memory()
    # Before the navigation: Streamlit puts the new path and the address's parameters into one entry of the browser's
    # history if it knows these first, else into two, and Back would lead to one that holds no scenario.
    address.follow(compute.version)
    screens = pages()
    page = st.navigation(screens, position="top", expanded=True)
    if asked := address.asked_for():
        st.switch_page(next(one for one in screens if one.url_path == asked))
    messages.arrive(page.url_path)
    sidebar.draw()
    question.empty()
    page.run()
    loaded.spare_what_is_loaded()


if __name__ == "__main__":
    st.set_page_config(page_title="Social media budget and ROI", page_icon=ICON, layout="wide")
    question = opening.question()
    run()
elif __name__ != "__mp_main__":
    # What `streamlit run` serves: this page, run for each visitor, and what stands beside it. Worker processes load
    # this file under that other name and serve nobody.
    from dashboard import server

    app = st.App(__file__, lifespan=server.started, routes=server.begin(), on_script_error=server.tell)
