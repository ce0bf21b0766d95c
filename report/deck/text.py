"""How much room text takes on a slide, and text cut or shared out so that it always fits.

The widths are those of Arial or of DejaVu Sans, which stands in for it where it is missing, whichever is wider:
nothing has to be drawn, and no font installed, to know them, and text fits with either.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence

from model.units import NO_BREAK
from report.words.stamp import shortened

FONT = "Arial"
# A line takes so many times its type size.
LINE = 1.2
POINTS = 72.0
# Between paragraphs, as a part of the type size.
GAP = 0.55

_OTHER, _WIDE, _BOLD = 800, 1300, 1.13
_STEPS = 12


class _Signs(dict[str, int]):
    """The width of each sign, in thousandths of the type size; one that is missing is found out once."""

    def __missing__(self, sign: str) -> int:
        if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
            found = 0
        else:
            found = _WIDE if unicodedata.east_asian_width(sign) in {"W", "F"} else _OTHER
        self[sign] = found
        return found


_SIGNS = _Signs(
    {
        sign: width
        for width, signs in {
            275: "'", 300: "Iijl", 325: " ,.·\u00a0", 350: "/:;\\|", 375: "-f", 400: "()[]t", 425: "!r", 475: '"',
            500: "*J`", 525: "sz“”", 550: "c", 575: "?L_–", 600: "kvxy", 625: "FTaeo", 650: "$0123456789bdghnpqu",
            675: "EKPSY", 700: "ABVXZ", 725: "CR", 750: "NU", 775: "DH", 800: "&GOQ", 825: "w", 850: "#+<=>~×−",
            875: "M", 975: "%m", 1000: "W—…", 1025: "@",
        }.items()
        for sign in signs
    }
)  # fmt: skip


def plain(text: str) -> str:
    """Text on one line, whole, without anything that could turn or break what stands around it."""
    if NO_BREAK in text:  # which stays one, so that an amount and its unit stay together
        return NO_BREAK.join(plain(part) if part.strip() else part for part in text.split(NO_BREAK))
    return shortened(text, sys.maxsize)


def width(text: str, size: float, bold: bool = False) -> float:
    """Inches that a line of text takes, rather more than less."""
    return _inches(_thousandths(text), size, bold)


def _inches(thousandths: int, size: float, bold: bool) -> float:
    return thousandths / 1000 * size / POINTS * (_BOLD if bold else 1.0)


def _thousandths(text: str) -> int:
    return sum(map(_SIGNS.__getitem__, text))


def wrapped(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The lines that a text breaks into within so many inches; a word longer than a line is broken anywhere."""
    lines, line, used = [], "", 0
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        needed = _thousandths(word) + (used + _SIGNS[" "] if line else 0)
        if _inches(needed, size, bold) <= room:
            line, used = longer, needed
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, size, room, bold)
        lines, used = [*lines, *full], _thousandths(line)
    return [*lines, line]


def _broken(word: str, size: float, room: float, bold: bool) -> list[str]:
    """A word in pieces that each fit on a line."""
    if width(word, size, bold) <= room:
        return [word]
    pieces, piece = [], ""
    for sign in word:
        if piece and width(piece + sign, size, bold) > room:
            pieces.append(piece)
            piece = ""
        piece += sign
    return [*pieces, piece]


def clipped(text: str, size: float, room: float, lines: int = 1, bold: bool = False) -> str:
    """A text as it is where it fits on so many lines, else its start and an ellipsis."""
    whole = plain(text)
    if len(wrapped(whole, size, room, bold)) <= lines:
        return whole
    fits, too_long = 1.0, 3.0 * len(whole)
    for _ in range(_STEPS):
        middle = (fits + too_long) / 2
        if len(wrapped(shortened(text, int(middle)), size, room, bold)) <= lines:
            fits = middle
        else:
            too_long = middle
    return shortened(text, int(fits))


def height(paragraphs: Sequence[str], size: float, room: float, bold: bool = False) -> float:
    """Inches that paragraphs take below each other."""
    lines = sum(len(wrapped(text, size, room, bold)) for text in paragraphs)
    return (lines * LINE + max(0, len(paragraphs) - 1) * GAP) * size / POINTS


def fitting(paragraphs: Sequence[str], size: float, room: float, tall: float) -> tuple[list[str], list[str]]:
    """The paragraphs, each on one line, that fit into a place, and those that do not."""
    clean = [plain(text) for text in paragraphs]
    words: list[str] = []
    for place, text in enumerate(clean):
        if height([*words, text], size, room) > tall:
            return words, clean[place:]
        words.append(text)
    return words, []


def pages(paragraphs: Sequence[str], size: float, room: float, tall: float) -> list[list[str]]:
    """Paragraphs shared out over pages of a height; only one that is longer than a page is broken, at a line."""
    most = max(1, int(tall / (LINE * size / POINTS)))
    found: list[list[str]] = [[]]
    for text in paragraphs:
        lines = wrapped(text, size, room)
        parts = (
            [" ".join(lines[at : at + most]) for at in range(0, len(lines), most)] if len(lines) > most else [text]
        )
        for part in parts:
            if found[-1] and height([*found[-1], part], size, room) > tall:
                found.append([])
            found[-1].append(part)
    return found
