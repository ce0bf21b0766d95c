"""A chart on a narrow screen: the finished figure, its words broken into lines and given the room they need.

Charts are drawn for the card of a laptop or a tablet. What does not fit a phone is mended here, for all of them,
by estimates of how wide words are; nothing is left out but tick labels that would touch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import pairwise
from typing import Any

from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import BODY, EDGE, SMALL, SUBTITLE, TITLE

# What a chart is fitted to: a phone of 360 pixels less the paddings of page and card.
WIDTH = 296
# A letter's width and a line's height as parts of the type size; the pixels between a figure's edge and its words.
_LETTER, _LINE, _EDGE = 0.5, 1.3, 2
_BOLDER = 1.1
# Between two tick labels.
_GAP = 5
# Names of annotations: a row's label above its bar, and what stands below the plot.
_ROW, _FOOTER, _NOTE = "row", "footer", "note"
_BELOW = (_FOOTER, _NOTE)
# By how much the plot is higher for a further line of words in it; a part of that goes to what is drawn.
_FURTHER_LINE = 20

Layout = dict[str, Any]


def narrowed(figure: Figure, height: int) -> Figure:
    """The figure, which is changed, for a chart of `WIDTH` pixels, and as much higher as it takes."""
    layout = figure["layout"] = dict(figure["layout"])
    layout["annotations"] = [dict(note) for note in layout.get("annotations", ())]
    layout["margin"] = dict(layout["margin"])
    _use_the_edges(layout)
    grown = _break_heading(layout) + _break_notes(layout) + _break_below(layout)
    for axis in _axes(layout):
        layout[axis] = _thinned(_widened(dict(layout[axis]), _notes_along(layout, axis), layout), layout)
    layout["height"] = round(height + grown)
    return figure


def broken(text: str, letters: int) -> str:
    """Markup broken at spaces, but not within a span, into lines of at most so many visible letters."""
    lines: list[str] = []
    for part in text.split("<br>"):
        line = ""
        for word in re.split(r" (?![^<]*(?:>|</span))", part):
            longer = f"{line} {word}" if line else word
            if line and _letters(longer) > letters:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return "<br>".join(lines)


def _flowing(text: str, letters: int) -> str:
    """A text broken anew, where it was broken for a wider chart."""
    too_long = any(_letters(line) > letters for line in text.split("<br>"))
    return broken(text.replace("<br>", " "), letters) if too_long else text


def _letters(markup: str) -> int:
    return len(unescape(re.sub("<[^>]*>", "", markup)))


def _wide(markup: str, size: float) -> float:
    """Pixels that the longest line takes, about."""
    lines = markup.split("<br>")
    return max(_letters(line) * (_BOLDER if "<b" in line else 1) for line in lines) * _LETTER * size


def _lines(markup: str) -> int:
    return markup.count("<br>") + 1


def _use_the_edges(layout: Layout) -> None:
    """The card has paddings of its own."""
    for side in ("l", "r"):
        layout["margin"][side] = layout["margin"].get(side, EDGE) - (EDGE - _EDGE)


def _break_heading(layout: Layout) -> float:
    """Title and subtitle in lines from the top down; returns by how much the plot was moved down."""
    title = dict(layout["title"])
    subtitle = title.get("subtitle", {}).get("text", "")
    room = WIDTH - 2 * _EDGE
    title["text"] = broken(title["text"], int(room / (_LETTER * _BOLDER * TITLE) + 3))
    title["subtitle"] = {"text": broken(subtitle, int(room / (_LETTER * SUBTITLE)))}
    title |= {"yref": "container", "y": 1, "yanchor": "top", "pad": {"l": _EDGE, "t": 14}}
    layout["title"] = title
    grown = (_lines(title["text"]) - 1) * _LINE * TITLE + (_lines(title["subtitle"]["text"]) - 1) * _LINE * SUBTITLE
    grown += _EDGE
    layout["margin"]["t"] = _of(layout, "t") + grown
    return grown


def _of(layout: Layout, side: str) -> float:
    """A margin of the figure, its own or its template's."""
    own = layout["margin"].get(side)
    return float(layout["template"]["layout"]["margin"][side] if own is None else own)


def _break_notes(layout: Layout) -> float:
    """What stands at the left edge or in the middle in lines; returns the height that the further ones take."""
    rows = of_rows = of_others = 0
    for note in layout["annotations"]:
        if note.get("xref") != "paper" or note.get("x") not in (0, 0.5) or note.get("name") in _BELOW:
            continue
        room = WIDTH - 2 * _EDGE if note["x"] else WIDTH - _of(layout, "l") - _EDGE - note.get("xshift", 0)
        before = _lines(note["text"])
        note["text"] = _flowing(note["text"], int(room / (_LETTER * _size(note))))
        note["align"] = note.get("align", "center" if note["x"] else "left")
        further = _lines(note["text"]) - before
        if note.get("name") == _ROW:
            rows, of_rows = rows + 1, max(of_rows, further)
        else:
            of_others += further
    return (rows * of_rows + of_others) * _FURTHER_LINE


def _break_below(layout: Layout) -> float:
    """The remark below the plot and the footer in lines; returns by how much the plot was moved up."""
    grown = 0.0
    for note in layout["annotations"]:
        if note.get("name") in _BELOW and note.get("yref") == "paper":
            lines = _lines(note["text"])
            note["text"] = broken(note["text"], int((WIDTH - 2 * _EDGE) / (_LETTER * SMALL)))
            grown += (_lines(note["text"]) - lines) * _LINE * SMALL
    for note in layout["annotations"]:
        if note.get("name") == _FOOTER:
            note["yshift"] -= grown
    layout["margin"]["b"] = _of(layout, "b") + grown
    return grown


def _size(note: Mapping[str, Any]) -> float:
    return float(note.get("font", {}).get("size", BODY))


def _axes(layout: Layout) -> list[str]:
    return [name for name, axis in layout.items() if name.startswith("xaxis") and "range" in axis]


def _plot_width(layout: Layout) -> float:
    return WIDTH - _of(layout, "l") - _of(layout, "r")


def _notes_along(layout: Layout, axis: str) -> Iterator[tuple[float, float, float]]:
    """What is written at places of an x axis: the place, and the pixels taken left and right of it."""
    for note in layout["annotations"]:
        if note.get("xref", "x") == axis.replace("axis", "") and not note.get("ax"):
            wide, shift = _wide(note["text"], _size(note)), note.get("xshift", 0)
            left = {"left": 0.0, "right": wide}.get(note.get("xanchor", "center"), wide / 2)
            yield float(note["x"]), left - shift, wide - left + shift


def _widened(axis: Layout, notes: Iterator[tuple[float, float, float]], layout: Layout) -> Layout:
    """The axis over a range in which all that is written along it stays within the figure."""
    width, spare = _plot_width(layout), {side: _of(layout, side) - _EDGE for side in ("l", "r")}
    low, high = axis["range"]
    # Several times, as what is gained at one end takes from the other.
    for place, left, right in 6 * sorted(notes):
        # Part of the plot's width that must lie left of the place, and right of it.
        before, after = (left - spare["l"]) / width, (right - spare["r"]) / width
        if 0 < before < 1:
            low = min(low, (place - before * high) / (1 - before))
        if 0 < after < 1:
            high = max(high, (place - after * low) / (1 - after))
    return axis | {"range": [low, high]}


def _thinned(axis: Layout, layout: Layout) -> Layout:
    """The axis with as many of its tick labels, in even steps from the first, as do not touch."""
    texts, places = list(axis.get("ticktext") or ()), list(axis.get("tickvals") or ())
    for step in range(1, len(texts) + 1):
        kept = _named(texts, step)
        if not _touch(kept, places[::step], axis, layout):
            return axis | {"ticktext": kept, "tickvals": places[::step]}
    return axis


def _named(texts: Sequence[str], step: int) -> list[str]:
    """Every so manyth label; the word of the second, "month 12", moves on to the one that takes its place."""
    kept = list(texts[::step])
    word = re.match(r"\D+ (?=\d+$)", texts[1]) if len(texts) > 1 else None
    if word and len(kept) > 1 and kept[1].isdigit():
        kept[1] = word[0] + kept[1]
    return kept


def _touch(texts: Sequence[str], places: Sequence[float], axis: Layout, layout: Layout) -> bool:
    low, high = axis["range"]
    start, end = axis.get("domain", (0, 1))
    pixels = (end - start) * _plot_width(layout) / ((high - low) or 1)
    halves = [_wide(text, BODY - 1) / 2 for text in texts]
    at = [place * pixels for place in places]
    return any(
        right - left < one + other + _GAP
        for (left, right), (one, other) in zip(pairwise(at), pairwise(halves), strict=True)
    )
