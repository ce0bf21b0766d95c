"""One locale in a file: no number stands there in another form than the scenario's, whoever wrote the text."""

import json
import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree

from model.presets import PRESETS
from model.units import Format
from report.deck import build as deck
from report.document import html
from report.words.proposal import as_text, text_alone
from report.workbook import build as workbook
from tests.materials import materials

LOCALES = ("en", "de", "da", "fr", "de-CH")
# Digits with marks between them, no part of an address, a word or an edition's name.
NUMBER = re.compile(r"(?<![\w.,/@:#-])\d+(?:[.,'’\u00a0\u202f]\d+)+(?!\w)")
# A day as German writes it; it is no number.
DATE = re.compile(r"\b\d{2}\.\d{2}\.\d{4}\b")
# What a reader sees of a chart.
SEEN = ("text", "ticktext", "hovertext", "hovertemplate", "annotation")


def strange(words: str, text: Format) -> list[str]:
    """The numbers in a text that a format does not write so; days and a workbook's formulas as text hold none."""
    if words.startswith("="):
        return []
    sample = text.number(12345.6, 1)
    group, decimal = sample[2], sample[-2]
    own = re.compile(rf"([1-9]\d{{,2}}(\{group}\d{{3}})+|\d+)(\{decimal}\d+)?")
    return [found for found in NUMBER.findall(DATE.sub("", words)) if not own.fullmatch(found)]


def of_page(page: str) -> Iterator[str]:
    """What an HTML report says: its text, its words for those who do not see charts, and what stands in these."""
    figures = re.search(r'<script type="application/json" id="figures">(.*?)</script>', page, re.DOTALL)
    assert figures
    yield from of_figures(json.loads(figures[1]))
    yield from map(unescape, re.findall(r'aria-label="([^"]*)"', page))
    body = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)
    yield from map(unescape, re.split(r"<[^>]*>", body))


def of_figures(part: object, key: str = "") -> Iterator[str]:
    """The texts of figures given as JSON, apart from their templates."""
    if isinstance(part, dict):
        for name, inner in part.items():
            if name != "template":
                yield from of_figures(inner, name)
    elif isinstance(part, list):
        for inner in part:
            yield from of_figures(inner, key)
    elif isinstance(part, str) and key in SEEN:
        yield from map(unescape, re.split(r"<[^>]*>", part))


def of_office(content: bytes) -> Iterator[str]:
    """Every text of an Office file: of slides, cells, charts, and their words for those who do not see them."""
    with ZipFile(BytesIO(content)) as file:
        for name in file.namelist():
            if not name.endswith(".xml") or name.startswith(("docProps", "ppt/theme")):
                continue
            for node in etree.fromstring(file.read(name)).iter():
                tag = etree.QName(node).localname
                if tag in ("t", "pt") or (tag == "v" and node.getparent().get("t") == "str"):
                    yield node.text or ""
                yield node.get("descr") or ""
                if tag == "strCache":
                    yield from (value.text or "" for value in node.iter("{*}v"))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_number_of_a_file_is_in_the_scenario_s_form(locale):
    known = materials(PRESETS["social-plan"].changed(locale=locale, currency="EUR"), draws=200)
    text = known[0].scenario.format
    texts = {
        "html": [*of_page(html(known))],
        "deck": [*of_office(deck(known))],
        "workbook": [*of_office(workbook(known))],
        "proposal": [as_text(text_alone(known, None))],
    }
    found = {kind: [(one, words) for words in said for one in strange(words, text)] for kind, said in texts.items()}
    assert not any(found.values()), found
    # Of every file some numbers were read.
    assert all(any(NUMBER.search(words) for words in said) for said in texts.values())


def test_a_strange_number_would_be_found():
    assert strange("24.5 % and 12,500.5", Format("de")) == ["24.5", "12,500.5"]
    assert strange("24,5 % und 1.250,75", Format("de")) == []
    assert strange("24,5 %", Format("en")) == ["24,5"]
    assert strange("1,250.75 and 0.023", Format("en")) == []
    assert strange("0.023", Format("de")) == ["0.023"]
