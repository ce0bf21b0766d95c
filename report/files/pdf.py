"""The report as PDF: its HTML, printed by the browser, with the page of each part in its contents."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from report.document import html
from report.document.summary import summary
from report.files.browser import printed
from report.files.patience import Patience
from report.material import Material
from report.signatories import NOBODY, Signatories
from report.words.proposal import Section
from report.words.stamp import identity

_PAGE = re.compile(rb"\n(\d+) 0 obj\s*<<\s*/Type /Page\b(?!s)")
_PLACES = re.compile(rb"/Dests (\d+) 0 R")
_PLACE = re.compile(rb"/([\w#.-]+) \[(\d+) 0 R /XYZ")


def pdf(
    materials: Sequence[Material],
    text: Sequence[Section] | None = None,
    signatories: Signatories = NOBODY,
    patience: Patience | None = None,
) -> bytes:
    """The report of scenarios to print and attach. Raises NoBrowser."""
    first, patience = materials[0], patience or Patience()
    facts, today = identity(first.scenario, first.today), first.today
    # A browser counts pages but writes none into a contents: it prints twice, the second time with those it came to.
    pages = pages_of(printed(html(materials, text, signatories, still=True), facts, today, patience))
    return printed(html(materials, text, signatories, still=True, pages=pages), facts, today, patience)


def pages_of(content: bytes) -> Mapping[str, int]:
    """The page, from 1, on which each place of a printed page stands that a link leads to."""
    pages = {number: place for place, number in enumerate(_PAGE.findall(content), 1)}
    found = _PLACES.search(content)
    places = re.search(rb"\n%s 0 obj(.*?)endobj" % found[1], content, re.DOTALL) if found else None
    return {name.decode(): pages[page] for name, page in _PLACE.findall(places[1])} if places else {}


def summary_pdf(
    material: Material,
    text: Sequence[Section] | None = None,
    signatories: Signatories = NOBODY,
    patience: Patience | None = None,
) -> bytes:
    """The summary of a scenario on one page. Raises NoBrowser."""
    facts = identity(material.scenario, material.today)
    return printed(summary(material, text, signatories), facts, material.today, patience)
