"""Budget and ROI projection for social-media marketing: `streamlit run roi_app.py`."""

from pathlib import Path

import streamlit as st

from dashboard import sidebar
from dashboard.screens import assumptions, optimise, plan, risk

ICON = Path(__file__).parent / "dashboard" / "icon.png"

st.set_page_config(page_title="Social media budget and ROI", page_icon=ICON, layout="wide")

page = st.navigation(
    [
        st.Page(plan.draw, title="Plan", url_path="plan", default=True),
        st.Page(risk.draw, title="Risk", url_path="risk"),
        st.Page(optimise.draw, title="Optimise", url_path="optimise"),
        st.Page(assumptions.draw, title="Assumptions", url_path="assumptions"),
    ],
    position="top",
)
sidebar.draw()
page.run()
