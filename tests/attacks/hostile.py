"""Hostile input by chance: texts, data, and the files, links, tables, histories and command lines made of them.

Everything comes from a `Random`, so that a seed gives the same cases again.
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode
from xml.sax.saxutils import escape

from model.assumptions import ASSUMPTIONS
from model.presets import PRESETS
from model.reading.texts import writable
from tests.model.history.workbooks import parts, zipped

PIECES = (
    "=1+41", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "a\r\nb", "\n", '"', "'", ",", ";", "\x00", "\x0b", "\x1b[31m",
    "\x7f", "\x85", "\ud800", "\udfff", "\ufffe", "\U0010ffff", "\u202e", "\u202a", "\u2066", "\u2068", "\u2069",
    "\u200f", "\u061c", "\u200b", "\ufeff", "\u0301" * 40, "e\u0301", ":material/verified:", ":smile:", ":red[x]",
    "->", "✓ Approved by CFO", "<script>alert(1)</script>", "<b>", "&amp;", "[x](javascript:1)", "![x](http://y)",
    "$x^2$", "%{meta}", "{{7*7}}", "${z}", "%s%n", "../../etc/passwd", "C:\\con", "file:///", "'; DROP TABLE x; --",
    "٢٤", "1_0", "1e999", "NaN", "Infinity", "-0", "９", "100 %", "1,5", "0x10", "שלום", "الخطة", "\U0001f600",
    "é" * 30, "a" * 600, "{", "]", "null", "true",
)  # fmt: skip
NUMBERS = (0, -1, 1, 0.5, 1e308, -1e-300, 10**400, float("nan"), float("inf"), 2**63, 1e15, True, False)
# What would be a formula of theirs.
COMPUTED = ("1+41", "SUM(1)", "HYPERLINK")
ACTUALS = (Path(__file__).parents[2] / "docs" / "example-actuals.csv").read_text(encoding="utf-8")
EXAMPLE = (Path(__file__).parents[2] / "docs" / "example-history.csv").read_text(encoding="utf-8")
MARKUP = (
    b"<row hidden='1'>", b"</row>", b"<c r='XFD1048576'><v>1</v></c>", b"<f>1+1</f>", b"<c t='e'><v>#REF!</v></c>",
    b"<!DOCTYPE x>", b"<mergeCell ref='A1:XFD1048576'/>", b"&lt;", b"<c t='s'><v>0</v></c>", b"<x>", b"\0",
)  # fmt: skip
FIELDS = tuple(PRESETS["social-plan"].to_data())


def chance_of(seed: str) -> Random:
    """What everything comes from: the same of the same seed."""
    return Random(seed)  # noqa: S311 - cases to try, no secret


def text(chance: Random, most: int = 4) -> str:
    """Some hostile pieces, and now and then any signs."""
    pieces = [
        chance.choice(PIECES) if chance.random() < 0.8 else chr(chance.randrange(0x110000))
        for _ in range(chance.randint(0, most))
    ]
    return "".join(pieces)


def data(chance: Random, depth: int = 3) -> Any:
    """Plain data of any shape, hostile in every leaf and key."""
    kind = chance.random()
    if depth and kind < 0.2:
        return [data(chance, depth - 1) for _ in range(chance.randint(0, 4))]
    if depth and kind < 0.4:
        return {_key(chance): data(chance, depth - 1) for _ in range(chance.randint(0, 4))}
    if kind < 0.7:
        return text(chance)
    return chance.choice((*NUMBERS, None))


def _key(chance: Random) -> str:
    names = (*FIELDS, *ASSUMPTIONS, "low", "high", "area", "name", "by_year")
    return chance.choice(names) if chance.random() < 0.7 else text(chance)


def scenario(chance: Random) -> dict[str, Any]:
    """A scenario's data of which some is replaced by what is hostile."""
    found = chance.choice(list(PRESETS.values())).to_data()
    for _ in range(chance.randint(1, 4)):
        key = chance.choice(FIELDS) if chance.random() < 0.8 else text(chance)
        inner = found.get(key)
        if isinstance(inner, dict) and chance.random() < 0.7:
            found[key] = {**inner, _key(chance): data(chance, 2)}
        else:
            found[key] = text(chance) if chance.random() < 0.5 else data(chance)
    return found


def file(chance: Random) -> bytes:
    """A scenario file: hostile data as JSON, now and then cut, doubled, deep or no text at all."""
    written = json.dumps(scenario(chance), ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    damage = chance.random()
    if damage < 0.1:
        return written[: chance.randrange(len(written))]
    if damage < 0.15:
        return chance.randbytes(200)
    if damage < 0.2:
        return b"[" * chance.choice((10, 100_000)) + written
    if damage < 0.25:
        return written.replace(b"{", b'{"name": "x", "name": "y", ', 1)
    if damage < 0.3:
        return written.decode("utf-8", "replace").encode("utf-16")
    return written


def link(chance: Random) -> list[tuple[str, str]]:
    """The parameters of an address, as a browser and a server hand them on."""
    names = ("preset", "file", *FIELDS, *list(ASSUMPTIONS)[:20])
    pairs = [
        (chance.choice(names) if chance.random() < 0.8 else text(chance), _value(chance))
        for _ in range(chance.randint(1, 4))
    ]
    address = urlencode(pairs, errors="surrogatepass", quote_via=quote)
    return parse_qsl(address, keep_blank_values=True)


def _value(chance: Random) -> str:
    return text(chance) if chance.random() < 0.6 else json.dumps(data(chance, 2))


def tracked_plan(chance: Random) -> tuple[bytes, bytes, str]:
    """A plan with hostile texts, its actuals with hostile cells, and the kind of report that is asked for."""
    plan = {**PRESETS["social-plan"].to_data(), "name": _kept(chance), "notes": {"training_hours": _kept(chance)}}
    rows = [line.split(",") for line in ACTUALS.splitlines()[:4]]
    for _ in range(chance.choice((0, 0, 1, 4))):
        row = chance.choice(rows)
        row[chance.randrange(len(row))] = chance.choice((text(chance), str(chance.choice(NUMBERS))))
    written = json.dumps(plan).encode("utf-8", "surrogatepass")
    actuals = "\n".join(map(",".join, rows)).encode("utf-8", "replace")
    return written, actuals, chance.choice(("xlsx", "pptx", "html"))


def _kept(chance: Random) -> str:
    """A hostile text, most often one that a plan can hold."""
    given = text(chance)
    return given if chance.random() < 0.2 else writable(given)[:300].strip() or "plan"


def table(chance: Random) -> bytes:
    """A CSV file of skill areas, or what is sent for one."""
    apart = chance.choice("\t;,|")
    rows = [
        apart.join(chance.choice((text(chance), str(chance.choice(NUMBERS)), "40 %", "3", '"')) for _ in range(4))
        for _ in range(chance.randint(0, 6))
    ]
    encoding = chance.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252"))
    return chance.choice(("\n", "\r", "\r\n")).join(rows).encode(encoding, "replace")


def history(chance: Random) -> bytes:
    """A company's history with hostile pieces in some of its cells, bytes or rows, or cut off."""
    rows = [line.split(",") for line in EXAMPLE.splitlines()]
    for _ in range(chance.choice((0, 1, 4, 40))):
        row = chance.choice(rows)
        row[chance.randrange(len(row))] = chance.choice((text(chance), str(chance.choice(NUMBERS))))
    if chance.random() < 0.2:
        rows += [[text(chance) for _ in range(chance.randint(1, 8))] for _ in range(chance.randint(1, 30))]
    apart = chance.choice((",", ",", ";", "\t"))
    encoding = chance.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252"))
    content = bytearray("\n".join(map(apart.join, rows)).encode(encoding, "replace"))
    for _ in range(chance.choice((0, 0, 3, 30))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content[: chance.randrange(len(content))] if chance.random() < 0.1 else content)


def workbook(chance: Random) -> bytes:
    """A workbook of a history with hostile cells of every kind, with bytes of its XML or of the file changed."""
    rows = [line.split(",") for line in EXAMPLE.splitlines()]
    for _ in range(chance.choice((0, 1, 4, 40))):
        row = chance.choice(rows)
        row[chance.randrange(len(row))] = chance.choice((text(chance), str(chance.choice(NUMBERS))))
    sheet = bytearray(f"<sheetData>{''.join(map(_row, rows))}</sheetData>".encode("utf-8", "replace"))
    for _ in range(chance.choice((0, 0, 3))):
        sheet[chance.randrange(len(sheet))] = chance.randrange(256)
    for _ in range(chance.choice((0, 1, 5))):
        place = chance.randrange(len(sheet))
        sheet[place:place] = chance.choice(MARKUP)
    content = bytearray(zipped(parts("", **{"xl/worksheets/sheet1.xml": b"<worksheet>" + sheet + b"</worksheet>"})))
    for _ in range(chance.choice((0, 0, 1))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def _row(cells: list[str]) -> str:
    kinds = ("inlineStr" if number is None else "n" for number in map(_number, cells))
    return f"<row>{''.join(map(_cell, kinds, cells))}</row>"


def _cell(kind: str, cell: str) -> str:
    return f'<c t="{kind}"><is><t>{escape(cell)}</t></is><v>{escape(cell)}</v></c>'


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def command(chance: Random) -> list[str]:
    """The arguments of `python -m model`, as a shell can hand them on: without zero bytes."""
    given = [chance.choice(("project", "seek", "assumptions", text(chance)))]
    for _ in range(chance.randint(0, 3)):
        name = chance.choice((*list(ASSUMPTIONS)[:30], text(chance, 2)))
        setting = ["--set", f"{name}={chance.choice((text(chance, 2), '5%', '1'))}"]
        option = [chance.choice(("--format", "--vary", "--metric", "--target", text(chance, 2))), text(chance, 2)]
        given += chance.choice((setting, option, [text(chance)], ["hold"]))
    # What is none of the system's bytes comes in as halves of characters.
    clean = [argument.replace("\0", "") for argument in given]
    return [argument.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape") for argument in clean]
