"""How every chart looks: one palette in two brightnesses, one Plotly template, one toolbar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from model.projection import Projection

# Streamlit bundles the first; an exported image cannot load it and falls back to what the machine has.
FONT = '"Source Sans", "Source Sans Pro", "Segoe UI", "Helvetica Neue", Arial, sans-serif'

# Type sizes in pixels.
TITLE = 16
SUBTITLE = 12.5
BODY = 12
SMALL = 11

# Margins in pixels; a chart widens left and right for its own labels.
TOP = 60
BOTTOM = 58
EDGE = 14

# Part of a bar's place that stays empty.
BAR_GAP = 0.35

_TITLE_BASELINE = 24


@dataclass(frozen=True)
class Theme:
    """Colours by what they mean, and the font.

    `plan` (the accent), `hold`, `loss` and `total` keep 3:1 against `background` and are told apart in grey; a
    gain has the plan's colour. `text`, `muted` and `warning` are for words and keep 4.5:1; `grid` is a hairline.
    """

    accent: str
    plan: str
    hold: str
    gain: str
    loss: str
    total: str
    text: str
    muted: str
    warning: str
    grid: str
    background: str
    font: str = FONT

    @cached_property
    def template(self) -> dict[str, Any]:
        """The Plotly template: everything that charts have in common."""
        return {
            "layout": {
                "font": {"family": self.font, "size": BODY, "color": self.text},
                "title": self._title(),
                "margin": {"t": TOP, "b": BOTTOM, "l": EDGE, "r": EDGE, "pad": 0},
                "paper_bgcolor": self.background,
                "plot_bgcolor": self.background,
                "colorway": [self.plan, self.hold, self.loss, self.total],
                "showlegend": False,
                "dragmode": False,
                "hovermode": "closest",
                "hoverdistance": 40,
                "hoverlabel": {
                    "bgcolor": self.background,
                    "bordercolor": self.hold,
                    "font": {"family": self.font, "size": BODY, "color": self.text},
                    "align": "left",
                },
                "modebar": {"bgcolor": self.background, "color": self.muted, "activecolor": self.accent},
                "bargap": BAR_GAP,
                "xaxis": self._axis() | {"showgrid": False, "ticks": "outside", "ticklen": 4},
                "yaxis": self._axis() | {"showgrid": True, "ticks": "", "ticklabelstandoff": 4},
                "annotationdefaults": {
                    "showarrow": False,
                    "borderpad": 0,
                    "font": {"size": BODY, "color": self.text},
                },
            }
        }

    def _title(self) -> dict[str, Any]:
        return {
            "font": {"family": self.font, "size": TITLE, "color": self.text, "weight": 600},
            "subtitle": {"font": {"family": self.font, "size": SUBTITLE, "color": self.muted}},
            "xref": "container",
            "x": 0,
            "xanchor": "left",
            "yref": "paper",
            "y": 1,
            "yanchor": "bottom",
            "pad": {"l": EDGE, "b": TOP - _TITLE_BASELINE},
        }

    def _axis(self) -> dict[str, Any]:
        """What both axes share. Ranges are fixed: a drag scrolls the page, and tick labels are ready-made text."""
        return {
            "fixedrange": True,
            "automargin": False,
            "gridcolor": self.grid,
            "gridwidth": 1,
            "zeroline": False,
            "zerolinecolor": self.muted,
            "zerolinewidth": 1,
            "showline": False,
            "linecolor": self.muted,
            "tickcolor": self.muted,
            "tickfont": {"family": self.font, "size": BODY - 1, "color": self.muted},
            "tickangle": 0,
        }


LIGHT = Theme(
    accent="#0b6e8a",
    plan="#0b6e8a",
    hold="#87929d",
    gain="#0b6e8a",
    loss="#7a3500",
    total="#1b2733",
    text="#1b2733",
    muted="#56636f",
    warning="#a3400a",
    grid="#e3e8ec",
    background="#ffffff",
)
DARK = Theme(
    accent="#5cc3dd",
    plan="#5cc3dd",
    hold="#84919d",
    gain="#5cc3dd",
    loss="#ad5518",
    total="#e8edf2",
    text="#e8edf2",
    muted="#a3b0bb",
    warning="#ffad73",
    grid="#27323c",
    background="#0f161d",
)

# Exported at 16:9, ready to paste. Laid out so small that the smallest type, SMALL pixels, has 7 points where the
# picture is 16 cm wide, as on a page of A4; saved at 2560 × 1440.
_WIDTH, _HEIGHT, _SAVED = 704, 396, 2560


def scale_to(pixels: int) -> float:
    """The scale at which an image has so many pixels across; a hair more, as browsers cut off fractions."""
    return (pixels + 0.01) / _WIDTH


IMAGE: Mapping[str, Any] = MappingProxyType(
    {"format": "png", "width": _WIDTH, "height": _HEIGHT, "scale": scale_to(_SAVED)}
)


def toolbar(chart_name: str, projection: Projection) -> dict[str, Any]:
    """Plotly's configuration of a chart: one button, which saves the image under the chart's name and hash."""
    slug = re.sub(r"[^a-z0-9]+", "-", chart_name.lower()).strip("-")
    return {
        "displaylogo": False,
        "responsive": True,
        "scrollZoom": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {**IMAGE, "filename": f"{slug}-{projection.scenario.hash}"},
    }
