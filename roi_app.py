"""Budget and ROI projection for social-media marketing: `streamlit run roi_app.py`."""

from pathlib import Path

import streamlit as st

from dashboard.screens.assumptions import screen as assumptions
from dashboard.screens.compare import screen as compare
from dashboard.screens.evidence import screen as evidence
from dashboard.screens.export import screen as export
from dashboard.screens.library import screen as library
from dashboard.screens.model import screen as model_screen
from dashboard.screens.optimise import screen as optimise
from dashboard.screens.plan import screen as plan
from dashboard.screens.risk import screen as risk
from dashboard.screens.skills import screen as skills
from dashboard.session import address, compute, messages
from dashboard.shell import sidebar

ICON = Path(__file__).parent / "dashboard" / "icon.png"

st.set_page_config(page_title="Social media budget and ROI", page_icon=ICON, layout="wide")

# Before the navigation: Streamlit puts the new path and the address's parameters into one entry of the browser's
# history if it knows these first, else into two, and Back would lead to one that holds no scenario.
address.follow(compute.version)
pages = (
    st.Page(plan.draw, title="Plan", default=True),
    # The default page stands at "/"; its name is an address as well.
    st.Page(plan.draw, title="Plan", url_path="plan", visibility="hidden"),
    st.Page(risk.draw, title="Risk", url_path="risk"),
    st.Page(compare.draw, title="Compare", url_path="compare"),
    st.Page(optimise.draw, title="Optimise", url_path="optimise"),
    st.Page(assumptions.draw, title="Assumptions", url_path="assumptions"),
    st.Page(skills.draw, title="Skills", url_path="skills"),
    st.Page(evidence.draw, title="Evidence", url_path="evidence"),
    st.Page(model_screen.draw, title="Model", url_path="model"),
    st.Page(library.draw, title="Library", url_path="library"),
    st.Page(export.draw, title="Export", url_path="export"),
)
page = st.navigation(pages, position="top")
if asked := address.asked_for():
    st.switch_page(next(one for one in pages if one.url_path == asked))
messages.arrive(page.url_path)
sidebar.draw()
page.run()
