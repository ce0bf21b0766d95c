"""Charts as images: PNG, SVG or PDF at 16:9 with the footer in the figure, many in one browser."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import count
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]

from model.projection import Projection, project
from model.uncertainty.simulation import Simulation
from report.charts.catalogue import chart_named, light_figure
from report.charts.drawing.theme import IMAGE
from report.document.page import page
from report.files.browser import NoBrowser, browser, find_browser, no_browser, printed
from report.material import Material
from report.words.stamp import SEPARATOR, shortened

__all__ = [
    "NARROWEST", "WIDEST", "Kind", "NoBrowser", "Picture", "find_browser", "image", "images",
    "no_browser",
]  # fmt: skip

NARROWEST, WIDEST = 320, 4000
# Charts are laid out at one size, at which their type is legible on a slide, and scaled to the width asked for.
_LAID_OUT: tuple[int, int] = (IMAGE["width"], IMAGE["height"])
_TABS = 2
_PATIENCE = 90
# Plotly gives what belongs to one drawing, and each pattern in it, six random digits.
_DRAWING = re.compile(r'id="defs-([0-9a-f]{6})"')
_IDENTITY = r"""((?:id="|url\(['"]?#|url\(&quot;#)[a-z]+-?)%s(-[0-9a-f]{6})?"""
# And each trace of points and lines a class of its own.
_TRACE = re.compile(r'(?<=class="trace scatter trace)[0-9a-f]{6}\b')


class Kind(StrEnum):
    """A kind of image file."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"


@dataclass(frozen=True)
class Picture:
    """A chart to be drawn: which of whose, as what kind of file, how many pixels wide (16:9)."""

    chart: str
    material: Material
    kind: Kind = Kind.PNG
    width: int | None = None

    def __post_init__(self) -> None:
        if not NARROWEST <= self.pixels <= WIDEST:
            raise ValueError(f"an image is {NARROWEST} to {WIDEST} pixels wide, not {self.width}")

    @property
    def pixels(self) -> int:
        """The width: as asked for, else twice as fine as it was laid out for PNG."""
        if self.width is not None:
            return self.width
        return _LAID_OUT[0] * (2 if self.kind is Kind.PNG else 1)


def image(
    chart: str,
    subject: Projection | Simulation | Material,
    kind: str = Kind.PNG,
    width: int | None = None,
    today: date | None = None,
) -> bytes:
    """A chart as an image file; `subject` is a simulation (or material with one) for a chart that needs it.

    A PDF's page is as many CSS pixels wide. Raises ValueError for an unknown chart, kind or width, NoBrowser
    where no browser can draw it.
    """
    kinds = [item.value for item in Kind]
    if kind not in kinds:
        raise ValueError(f"'{kind}' is no kind of image; kinds are {', '.join(kinds)}")
    return images([Picture(chart, _material(subject, today or date.today()), Kind(kind), width)])[0]


def images(pictures: Sequence[Picture]) -> tuple[bytes, ...]:
    """Many charts as image files, drawn by one browser. Raises as `image` does."""
    figures = [light_figure(chart_named(picture.chart), picture.material) for picture in pictures]
    program = str(browser())
    pairs = [pair for pair in zip(pictures, figures, strict=True) if pair[0].kind is not Kind.PDF]
    # A thread of its own: whoever calls may run an event loop already.
    with ThreadPoolExecutor(1) as thread:
        try:
            drawn = iter(thread.submit(asyncio.run, _drawn(pairs, program)).result() if pairs else ())
        except (OSError, RuntimeError, TimeoutError) as error:
            raise NoBrowser(f"{program} was found but did not draw the chart: {error}") from error
    return tuple(
        _as_pdf(picture, figure) if picture.kind is Kind.PDF else next(drawn)
        for picture, figure in zip(pictures, figures, strict=True)
    )


def _material(subject: Projection | Simulation | Material, today: date) -> Material:
    if isinstance(subject, Simulation):
        return Material(project(subject.scenario), subject, today)
    return Material(subject, None, today) if isinstance(subject, Projection) else subject


async def _drawn(pairs: Sequence[tuple[Picture, go.Figure]], program: str) -> list[bytes]:
    """PNG and SVG files, drawn by Kaleido without network: Plotly's own plotly.js, no MathJax."""
    import kaleido  # type: ignore[import-untyped]

    tabs = min(_TABS, len(pairs))
    async with kaleido.Kaleido(n=tabs, timeout=_PATIENCE, mathjax=False, path=program) as drawing:
        files = await asyncio.gather(
            *(drawing.calc_fig(figure, opts=_options(picture)) for picture, figure in pairs)
        )
    return [
        _renumbered(file.decode()).encode() if picture.kind is Kind.SVG else file
        for file, (picture, _) in zip(files, pairs, strict=True)
    ]


def _options(picture: Picture) -> dict[str, Any]:
    width, height = _LAID_OUT
    return {"format": str(picture.kind), "width": width, "height": height, "scale": picture.pixels / width}


def _as_pdf(picture: Picture, figure: go.Figure) -> bytes:
    """A page of the chart's size; unlike Kaleido's, hatching is lines in it and not pictures."""
    width, height = _LAID_OUT
    scenario = picture.material.scenario
    content = page(
        "chart.html.j2",
        [figure],
        title=f"{shortened(scenario.name)}{SEPARATOR}{scenario.hash}",
        alt=chart_named(picture.chart).alt(picture.material),
        width=picture.pixels,
        height=picture.pixels * height / width,
        drawn_width=width,
        drawn_height=height,
        zoom=picture.pixels / width,
    )
    return printed(content, picture.material.today)


def _renumbered(svg: str) -> str:
    """An SVG with its random ids replaced by running numbers."""
    for mark in _DRAWING.findall(svg)[:1]:
        patterns: dict[str, str] = {}

        def number(found: re.Match[str], patterns: dict[str, str] = patterns) -> str:
            pattern = found[2] and patterns.setdefault(found[2], f"-{len(patterns):06d}")
            return f"{found[1]}000000{pattern or ''}"

        svg = re.sub(_IDENTITY % mark, number, svg)
    traces = count()
    return _TRACE.sub(lambda _: f"{next(traces):06d}", svg)
