"""A chart as a card: the figure, its toolbar, the table behind it and where it comes from."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import compute, state
from dashboard.explanation import explanation
from dashboard.sidebar import file_stem
from model.lines import LINES
from model.scenario import Scenario
from model.tables import monthly, yearly
from report.charts import CHARTS
from report.theme import DARK, LIGHT, Theme, toolbar

HEIGHT = 360

# Plotly's own toolbar offers one image format; this puts a second button beside it that asks for SVG.
_SVG_BUTTON = """
export default function () {
  const title = "Download plot as an SVG";
  const add = () => document.querySelectorAll(".js-plotly-plot").forEach((plot) => {
    const png = plot.querySelector('.modebar-btn[data-title^="Download plot"]:not([data-svg])');
    if (!png || png.parentElement.querySelector("[data-svg]")) return;
    const svg = png.cloneNode(true);
    svg.setAttribute("data-svg", "");
    svg.setAttribute("data-title", title);
    svg.setAttribute("aria-label", title);
    const icon = svg.querySelector("svg");
    if (icon) {
      icon.setAttribute("viewBox", "0 0 40 24");
      icon.innerHTML = '<text x="0" y="19" font-size="18" font-weight="700" font-family="sans-serif" ' +
        'fill="currentColor">SVG</text>';
      icon.style.width = "1.9em";
      icon.style.color = getComputedStyle(png.querySelector("path")).fill;
    }
    svg.addEventListener("click", () => {
      const image = plot._context.toImageButtonOptions;
      const format = image.format;
      image.format = "svg";
      png.click();
      image.format = format;
    });
    png.after(svg);
  });
  const observer = new MutationObserver(add);
  observer.observe(document.body, { childList: true, subtree: true });
  add();
  return () => observer.disconnect();
}
"""
_svg_buttons = st.components.v2.component("svg_buttons", js=_SVG_BUTTON)


def theme() -> Theme:
    """The theme that the person's browser shows."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def image_buttons() -> None:
    """Give every chart on the page a button for SVG beside the one for PNG; call once, after the charts."""
    _svg_buttons(key="svg_buttons")


def card(name: str, scenario: Scenario) -> None:
    """A chart with its table and its explanation one click away."""
    chart, projection = CHARTS[name], compute.projection(scenario)
    with st.container(border=True, gap="xsmall"):
        st.plotly_chart(
            compute.figure(name, scenario, theme()),
            theme=None,
            height=HEIGHT,
            key=f"chart:{name}",
            config=toolbar(name, projection),
            alt=chart.alt(projection),
        )
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
        ):
            st.caption(chart.source, width="content")
            with st.container(horizontal=True, gap="small", width="content"):
                if st.button("Table", key=f"table:{name}", type="tertiary", icon=":material/table:"):
                    table(name)
                if st.button(
                    "Where from?", key=f"explain:{name}", type="tertiary", icon=":material/account_tree:",
                    help="Where does this come from? The formula in words and with its numbers",
                ):  # fmt: skip
                    state.start_trail(chart.explains)
                    explanation()


@st.dialog("Table", width="large")
def table(name: str) -> None:
    """The table behind a chart, by month or by fiscal year, with its download."""
    scenario, chart = state.scenario(), CHARTS[name]
    projection = compute.projection(scenario)
    period = st.segmented_control("Rows", ("Monthly", "Yearly"), default="Yearly", required=True, key=f"rows:{name}")
    rows = (monthly if period == "Monthly" else yearly)(projection, chart.lines)
    st.dataframe(_readable(rows, scenario), hide_index=True, height="content" if period == "Yearly" else 400)
    if period == "Yearly":
        st.caption("By fiscal year: flows of money added up, everything else as in the year's last month.")
    st.download_button(
        "Download as CSV",
        data=rows.to_csv(index=False, lineterminator="\n"),
        file_name=f"{file_stem(scenario)}-{name.replace('_', '-')}-{str(period).lower()}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _readable(rows: pd.DataFrame, scenario: Scenario) -> object:
    """The table under labels with units, numbers in the scenario's locale."""
    text = scenario.format
    shown = rows.copy()
    if "date" in shown:
        shown["date"] = [text.month(day) for day in shown["date"]]
    names = {name: LINES[name] for name in shown.columns if name in LINES}
    headings = {
        name: f"{line.label} ({words})" if (words := _unit_words(name, "months" in rows, scenario)) else line.label
        for name, line in names.items()
    }
    headings |= {"month": "Month", "date": "Date", "year": "Fiscal year", "months": "Months"}
    formats = {
        headings[name]: lambda value, unit=line.unit: text.number(value * unit.scale, unit.decimals)
        for name, line in names.items()
    }
    return shown.rename(columns=headings).style.format(formats)


def _unit_words(name: str, by_year: bool, scenario: Scenario) -> str:
    unit = LINES[name].unit
    return scenario.currency if by_year and unit.flow else unit.words(scenario.currency)
