"""Budget and ROI projection for social-media marketing: `streamlit run roi_app.py`."""

import streamlit as st

from dashboard import sidebar
from dashboard.screens import assumptions, plan

st.set_page_config(page_title="Social media budget and ROI", page_icon=":material/query_stats:", layout="wide")

page = st.navigation(
    [
        st.Page(plan.draw, title="Plan", url_path="plan", default=True),
        st.Page(assumptions.draw, title="Assumptions", url_path="assumptions"),
    ],
    position="top",
)
sidebar.draw()
page.run()
