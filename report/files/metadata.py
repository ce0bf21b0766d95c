"""Whose numbers a picture or a page shows, written into the properties of its file: PNG, SVG and PDF."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from xml.sax.saxutils import escape

from report.words.stamp import ABOUT, MADE_BY, SEPARATOR, listed

_SIGNATURE_AND_HEADER = 33
_ROOT = re.compile(r"<svg\b[^>]*>")
_LAST_CROSS_REFERENCE = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s+\d+\s+%%EOF\s*$", re.DOTALL)


def title_of(facts: Mapping[str, str]) -> str:
    """The title of a file: its scenario's name and hash."""
    return f"{facts['Scenario']}{SEPARATOR}{facts['Content hash']}"


def in_png(image: bytes, facts: Mapping[str, str], words: str) -> bytes:
    """A PNG with the facts as text chunks, and `words` for those who do not see it."""
    known = {"Title": title_of(facts), "Description": words, "Software": MADE_BY} | dict(facts)
    chunks = b"".join(_chunk(key, text) for key, text in known.items())
    return image[:_SIGNATURE_AND_HEADER] + chunks + image[_SIGNATURE_AND_HEADER:]


def _chunk(key: str, text: str) -> bytes:
    """An iTXt chunk: keyword, not compressed, no language, no translated keyword, text in UTF-8."""
    content = b"iTXt" + key.encode("ascii") + b"\0\0\0\0\0" + text.encode()
    return (len(content) - 4).to_bytes(4, "big") + content + zlib.crc32(content).to_bytes(4, "big")


def in_svg(image: str, facts: Mapping[str, str], words: str) -> str:
    """An SVG with title and description, and the facts as its metadata."""
    listed = "".join(f"\n{escape(name)}: {escape(fact)}" for name, fact in facts.items())
    told = (
        f"<title>{escape(title_of(facts))}</title><desc>{escape(words)}</desc>"
        f"<metadata>{escape(MADE_BY)}{listed}</metadata>"
    )
    return _ROOT.sub(lambda root: root[0] + told, image, count=1)


def in_pdf(content: bytes, facts: Mapping[str, str]) -> bytes:
    """A PDF whose document information has the facts, added at its end; its dates stay.

    Raises ValueError for a PDF without the table of places that browsers write.
    """
    trailer, start = _TRAILER.search(content), _LAST_CROSS_REFERENCE.search(content)
    information = trailer and re.search(rb"/Info (\d+) (\d+) R", trailer[1])
    if not trailer or not start or not information:
        raise ValueError("the PDF has no table of places that its properties could be added to")
    number, generation = information[1], information[2]
    written = re.search(rb"(?<!\d)%s %s obj\s*<<(.*?)>>\s*endobj" % (number, generation), content, re.DOTALL)
    kept = (
        re.findall(rb"/(?:Creator|Producer|CreationDate|ModDate) ?\((?:\\.|[^\\)])*\)", written[1])
        if written
        else []
    )
    own = {"Title": title_of(facts), "Subject": ABOUT, "Author": MADE_BY, "Keywords": listed(facts)} | dict(facts)
    entries = [
        b"/%s %s" % (key.title().replace(" ", "").encode("ascii"), _pdf_text(text)) for key, text in own.items()
    ]
    place = len(content)
    added = b"%s %s obj\n<<%s>>\nendobj\n" % (number, generation, b"\n".join((*entries, *kept)))
    table = b"xref\n%s 1\n%010d %05d n \n" % (number, place, int(generation))
    last = re.sub(rb"/Prev \d+", b"", trailer[1]).strip() + b"\n/Prev " + start[1]
    end = b"trailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n" % (last, place + len(added))
    return content + added + table + end


def _pdf_text(text: str) -> bytes:
    """Text as a PDF holds it: UTF-16 as hexadecimal digits, so that no sign of it can end it."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode("ascii") + b">"
