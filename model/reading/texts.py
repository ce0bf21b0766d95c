"""What a person's text may hold, and when two texts are one: asked at every door by which a text comes in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby

# Control characters besides tab and line ends, halves of characters, and what is no character in any script: files
# that hold them cannot be opened.
_NO_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
# What makes the text after it run the other way, so that it reads as what it does not say.
# What begins a line, or the same line again on a terminal, and so a message that is none.
_LINE_ENDS = re.compile("[\r\n\u2028\u2029]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# The same but for the isolates that are ours, which set a name apart and end with it.
_ISOLATE, _END = "\u2068", "\u2069"
_TURNS_ON = re.compile("[\u202a-\u202e\u2066\u2067]")
# Keyboards write these beside letters from right to left; they turn nothing by themselves.
_DIRECTION_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))
# No script sets more marks on a letter.
_MOST_MARKS = 6
# What fonts leave blank though Unicode counts it among letters, marks and symbols.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})


# What a spreadsheet takes for the start of a formula, after blanks too; and what keeps it from doing so.
_COMPUTED = re.compile(r"[\s']*[=+\-@＝＋－＠]|'*[\t\n]")


def is_writable(text: str) -> bool:
    """Whether every file can hold a text."""
    return _NO_CHARACTER.search(text) is None


def writable(text: str) -> str:
    """The text without what no file can hold."""
    return _NO_CHARACTER.sub("", text)


def tellable(text: str, limit: int) -> str:
    """The text as a message can quote it, whatever it holds: what no page and no terminal can show is spelt out.

    One that is too long loses its middle: what it is about stands first, the mend last.
    """
    half = limit // 2
    shown = text if len(text) <= limit else f"{text[:half]}…{text[-half:]}"
    return _NO_CHARACTER.sub(_spelt, _TURNS.sub(_spelt, _LINE_ENDS.sub(_spelt, shown)))


def _spelt(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def as_shown(text: str) -> str:
    """A person's text as pages and files show it: it turns nothing that stands around it, and covers nothing.

    What would, and what no file can hold, is spelt out; of heaps of marks a few are left. An isolate that ends in
    the text turns only what it holds, and stays. What is shown stays the same if it is shown again.
    """
    if text.isascii() and text.isprintable():
        return text
    spelt = _NO_CHARACTER.sub(_code_point, _TURNS_ON.sub(_code_point, text)).translate(_DIRECTION_MARKS)
    return _without_heaps(_without_open_isolates(spelt))


def isolated(text: str) -> str:
    """The text set apart from what stands around it where it has letters that run from right to left."""
    turned = any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in text)
    return f"{_ISOLATE}{text}{_END}" if turned else text


def without_isolates(text: str) -> str:
    """The text without the signs that set a part of it apart: one that is cut would leave them open."""
    return text.replace(_ISOLATE, "").replace(_END, "")


def _code_point(found: re.Match[str] | str) -> str:
    return f"⟨U+{ord(found[0]):04X}⟩"


def _without_open_isolates(text: str) -> str:
    """The text with isolates spelt out that do not end in it, or end and did not begin."""
    begun: list[int] = []
    alone: set[int] = set()
    for found in re.finditer(f"[{_ISOLATE}{_END}]", text):
        if found[0] == _ISOLATE:
            begun.append(found.start())
        elif begun:
            begun.pop()
        else:
            alone.add(found.start())
    alone.update(begun)
    return "".join(_code_point(sign) if place in alone else sign for place, sign in enumerate(text))


def _without_heaps(text: str) -> str:
    """The text with no more marks on a letter than a script sets there; how many more there were is told."""
    parts = []
    for are_marks, signs in groupby(text, lambda sign: unicodedata.category(sign) in {"Mn", "Me"}):
        run = "".join(signs)
        more = len(run) - _MOST_MARKS if are_marks else 0
        parts.append(run if more <= 0 else f"{run[:_MOST_MARKS]}⟨{more} more marks⟩")
    return "".join(parts)


def as_lines(text: str) -> str:
    """The text with one kind of line end, whichever system wrote it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def as_cell(words: str) -> str:
    """A person's words as a cell that no spreadsheet computes; `from_cell` gives the words back."""
    # Some readers end a row at a carriage return, even within quotes.
    plain = as_lines(words)
    return f"'{plain}" if _COMPUTED.match(plain) else plain


def from_cell(cell: str) -> str:
    """The words of a cell without the mark that kept them from being computed."""
    return cell[1:] if cell.startswith("'") and _COMPUTED.match(cell) else cell


def can_be_seen(text: str) -> bool:
    """Whether anything of a text shows."""
    return any(map(_shows, text))


def alike(text: str) -> str:
    """The same for all texts that a person takes for one: composed or not, in any case, with what does not show."""
    seen = "".join(sign for sign in text if sign.isspace() or _shows(sign))
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", " ".join(seen.split())).casefold())


def one_of_each(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts in alphabetical order, of those that are alike the first."""
    found: dict[str, str] = {}
    for text in sorted(texts):
        found.setdefault(alike(text), text)
    return tuple(found.values())


def _shows(sign: str) -> bool:
    selects = "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"
    return not (selects or sign in _BLANK or unicodedata.category(sign) in _UNSEEN)


def has_words(words: str, *texts: str) -> bool:
    """Whether every one of the words stands somewhere in the texts, in any case; so it is where there is no word."""
    text = "\n".join(map(alike, texts))
    return all(word in text for word in alike(words).split())
