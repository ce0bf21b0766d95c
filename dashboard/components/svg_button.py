"""A button for SVG in each chart's toolbar, which has one for PNG of its own, and the toolbar's place.

Plotly's toolbar takes one image format from its configuration. The script beside this text puts a second
button after the first, which asks Plotly for the same image as SVG. It works on what is on the page only and
takes no data. The toolbar stands beside the footer, as at the top it would cover the end of a chart's title.
"""

from __future__ import annotations

import streamlit as st

_SCRIPT = """
const PNG = '.modebar-btn[data-title^="Download plot"]:not([data-svg])';

function addButton(plot) {
  const png = plot.querySelector(PNG);
  if (!png || png.parentElement.querySelector("[data-svg]")) return;
  const svg = png.cloneNode(true);
  svg.setAttribute("data-svg", "");
  svg.setAttribute("data-title", "Download plot as an SVG");
  svg.setAttribute("aria-label", "Download plot as an SVG");
  const icon = svg.querySelector("svg");
  const fill = getComputedStyle(png.querySelector("path")).fill;
  icon.setAttribute("viewBox", "0 0 40 24");
  icon.style.width = "1.9em";
  const word = document.createElementNS("http://www.w3.org/2000/svg", "text");
  word.setAttribute("y", "19");
  word.setAttribute("font-size", "18");
  word.setAttribute("font-weight", "700");
  word.setAttribute("font-family", "sans-serif");
  word.setAttribute("fill", fill);
  word.textContent = "SVG";
  icon.replaceChildren(word);
  svg.addEventListener("click", () => {
    const image = plot._context.toImageButtonOptions;
    const format = image.format;
    image.format = "svg";
    png.click();
    image.format = format;
  });
  png.after(svg);
}

export default function () {
  const addAll = () => document.querySelectorAll(".js-plotly-plot").forEach(addButton);
  const observer = new MutationObserver(addAll);
  observer.observe(document.body, { childList: true, subtree: true });
  addAll();
  return () => observer.disconnect();
}
"""

_PLACE = """
.js-plotly-plot .plotly .modebar-container {
  top: auto !important;
  bottom: 29px;
}
"""

svg_buttons = st.components.v2.component("svg_buttons", js=_SCRIPT, css=_PLACE, isolate_styles=False)
