"""The report as PDF: its HTML, printed by the browser."""

from __future__ import annotations

from collections.abc import Sequence

from report.document import html
from report.files.browser import printed
from report.material import Material
from report.signatories import NOBODY, Signatories
from report.words.proposal import Section


def pdf(
    materials: Sequence[Material], text: Sequence[Section] | None = None, signatories: Signatories = NOBODY
) -> bytes:
    """The report of scenarios to print and attach. Raises NoBrowser."""
    return printed(html(materials, text, signatories, still=True), materials[0].today)
