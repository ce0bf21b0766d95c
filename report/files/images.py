"""Charts as images: PNG, SVG or PDF at 16:9 with the footer in the figure, many in one browser."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Any

from report.charts.catalogue import chart_named, drawable, light_figure
from report.charts.drawing.figure import chart_heading
from report.charts.drawing.theme import IMAGE, scale_to
from report.document.page import page
from report.files.browser import browser, printed
from report.files.drawing import rendered
from report.files.file_names import by_stem
from report.files.metadata import in_png, in_svg, title_of
from report.files.patience import Patience
from report.material import Material
from report.words.stamp import identity

NARROWEST, WIDEST = 320, 4000
# Charts are laid out at one size, at which their type is legible on paper, and scaled to the width asked for.
_LAID_OUT: tuple[int, int] = (IMAGE["width"], IMAGE["height"])
_USUAL = 960
# Plotly gives what belongs to one drawing, and each pattern in it, six random digits.
_DRAWING = re.compile(r'id="defs-([0-9a-f]{6})"')
_IDENTITY = r"""((?:id="|url\(['"]?#|url\(&quot;#)[a-z]+-?)%s(-[0-9a-f]{6})?"""
# And each trace of points and lines a class of its own.
_TRACE = re.compile(r'(?<=class="trace scatter trace)[0-9a-f]{6}\b')
# The size that an SVG says it has.
_SIZE = re.compile(r'width="[\d.]+" height="[\d.]+"')


class ImageFormat(StrEnum):
    """The format of an image file."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"


@dataclass(frozen=True)
class Picture:
    """A chart to be drawn: which of whose, in which format, how many pixels wide (16:9); a PDF's page in CSS pixels.

    Raises ValueError for a width that none can be.
    """

    chart: str
    material: Material
    format: ImageFormat
    width: int | None = None

    def __post_init__(self) -> None:
        if not NARROWEST <= self.pixels <= WIDEST:
            raise ValueError(f"an image is {NARROWEST} to {WIDEST} pixels wide, not {self.width}")

    @property
    def pixels(self) -> int:
        """The width: as asked for, else the usual one, and twice as fine for PNG."""
        if self.width is not None:
            return self.width
        return _USUAL * (2 if self.format is ImageFormat.PNG else 1)

    @property
    def facts(self) -> Mapping[str, str]:
        """What its properties say: whose numbers, which chart, in which unit."""
        heading = chart_heading(light_figure(chart_named(self.chart), self.material))
        return identity(self.material.scenario, self.material.today) | {"Units": heading}


def image(picture: Picture, patience: Patience | None = None) -> bytes:
    """A chart as an image file.

    Raises ValueError for an unknown chart or one that lacks a simulation, NoBrowser where none can draw it.
    """
    if picture.format is ImageFormat.PDF:
        return _pages([picture], patience)
    return drawn([picture], patience)[0]


def every_image(
    materials: Sequence[Material], format_: ImageFormat, patience: Patience | None = None
) -> Mapping[str, bytes]:
    """Every chart of the scenarios by the name of its file in a ZIP; as PDF each is a page of its scenario's file.

    Raises as `image` does.
    """
    pictures = {
        name: [Picture(chart.name, material, format_) for chart in drawable(material.holds)]
        for name, material in by_stem(materials).items()
    }
    if format_ is ImageFormat.PDF:
        return {f"images/{name}/charts.pdf": _pages(pages, patience) for name, pages in pictures.items()}
    named = {
        f"images/{name}/{chart_named(picture.chart).file}.{format_}": picture
        for name, own in pictures.items()
        for picture in own
    }
    return dict(zip(named, drawn(list(named.values()), patience), strict=True))


def drawn(pictures: Sequence[Picture], patience: Patience | None = None) -> tuple[bytes, ...]:
    """Charts as PNG or SVG, drawn by one browser. Raises as `image` does."""
    figures = [light_figure(chart_named(picture.chart), picture.material) for picture in pictures]
    files = rendered(figures, [_options(picture) for picture in pictures], str(browser()), patience or Patience())
    return tuple(_finished(file, picture) for file, picture in zip(files, pictures, strict=True))


def _finished(file: bytes, picture: Picture) -> bytes:
    """A PNG or SVG as drawn, in its exact size, with what tells it from all others in its properties."""
    words = chart_named(picture.chart).alt(picture.material)
    if picture.format is ImageFormat.SVG:
        sized = _SIZE.sub(_size_of(picture), file.decode(), count=1)
        return in_svg(_renumbered(sized), picture.facts, words).encode()
    return in_png(file, picture.facts, words)


def _size_of(picture: Picture) -> str:
    """An SVG's size, which its scale gives but for a fraction of a pixel."""
    return f'width="{picture.pixels}" height="{picture.pixels * _LAID_OUT[1] / _LAID_OUT[0]:g}"'


def _options(picture: Picture) -> dict[str, Any]:
    width, height = _LAID_OUT
    return {"format": str(picture.format), "width": width, "height": height, "scale": scale_to(picture.pixels)}


def _pages(pictures: Sequence[Picture], patience: Patience | None) -> bytes:
    """Charts of a scenario, each a page of its size; unlike Kaleido's, hatching is lines in it and not pictures."""
    width, height = _LAID_OUT
    first = pictures[0]
    content = page(
        "chart.html.j2",
        [light_figure(chart_named(picture.chart), picture.material) for picture in pictures],
        title=title_of(first.facts),
        titles=[chart_named(picture.chart).title for picture in pictures],
        alts=[chart_named(picture.chart).alt(picture.material) for picture in pictures],
        width=first.pixels,
        height=first.pixels * height / width,
        drawn_width=width,
        drawn_height=height,
        zoom=first.pixels / width,
    )
    return printed(content, first.facts, first.material.today, patience)


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
