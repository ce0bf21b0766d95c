"""Every kind of file that can be made, declared once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from model.uncertainty.simulation import Progress
from report.charts.catalogue import CHARTS, chart_named
from report.deck import build as deck
from report.document import html
from report.files.browser import NoBrowser, browser
from report.files.images import ImageFormat, Picture, drawn, every_image, image
from report.files.order import FileKind, Order
from report.files.pdf import pdf, summary_pdf
from report.files.zip_file import zip_file
from report.proposal import build as proposal
from report.proposal import pictured
from report.tables.data import json, monthly_csv
from report.tables.decide.told import answers_of
from report.words.proposal import as_file, text_alone
from report.workbook import build as workbook


def _pdf(order: Order, _: Progress | None) -> bytes:
    # Missed before anything is drawn.
    browser()
    return pdf(order.materials, order.text, order.signatories, order.patience)


def _summary(order: Order, _: Progress | None) -> bytes:
    browser()
    return summary_pdf(order.materials[0], order.text, order.signatories, order.patience)


def _proposal(order: Order, _: Progress | None) -> bytes:
    sections = text_alone(order.materials, order.text)
    if not sections:
        raise ValueError("there is no text: either it was emptied, or it is to be written without a simulation")
    return as_file(sections, order.materials).encode()


def _data(order: Order, _: Progress | None) -> bytes:
    return json(order.materials, {name: told.data for name, told in answers_of(order.materials[0]).items()})


def _everything(order: Order, progress: Progress | None) -> bytes:
    return zip_file(order, [kind for name, kind in KINDS.items() if name != "everything"], progress)


def _image(order: Order, _: Progress | None, format_: ImageFormat) -> bytes:
    if order.chart is None:
        raise ValueError(f"which chart? Charts are {', '.join(CHARTS)}")
    # Missed before anything is drawn.
    browser()
    materials = order.materials if chart_named(order.chart).group.needs else order.projected
    return image(Picture(order.chart, materials[0], format_, order.width), order.patience)


def _every_image(order: Order, format_: ImageFormat) -> Mapping[str, bytes]:
    browser()
    return every_image(order.materials, format_, order.patience)


def _of_a_chart(format_: ImageFormat) -> dict[str, Any]:
    """How a kind of image is made, alone and for the ZIP."""
    return {
        "make": partial(_image, format_=format_),
        "in_zip": partial(_every_image, format_=format_),
        "needs_browser": True,
        "is_image": True,
    }


def _word(order: Order, _: Progress | None) -> bytes:
    first = order.materials[0]
    names = pictured(first)
    try:
        wanted = [Picture(name, first, ImageFormat.PNG) for name in names]
        pictures = dict(zip(names, drawn(wanted, order.patience), strict=True))
    except NoBrowser:
        pictures = None
    return proposal(order.materials, order.text, order.signatories, pictures)


_OFFICE = "application/vnd.openxmlformats-officedocument"
_IMAGE_HOLDS = "One chart at 16:9 with its footer, as wide as asked for"

# A new kind of file is an entry here; the Export screen, the command line and the ZIP follow.
KINDS: Mapping[str, FileKind] = MappingProxyType(
    {
        "workbook": FileKind(
            "Excel workbook", "workbook.xlsx", f"{_OFFICE}.spreadsheetml.sheet",
            "Every number as a live formula; change an input and it recalculates.",
            lambda order, _: workbook(order.materials), tells_answers=True,
        ),
        "deck": FileKind(
            "PowerPoint deck", "deck.pptx", f"{_OFFICE}.presentationml.presentation",
            "The slides; charts and text can be edited.",
            lambda order, _: deck(order.materials, order.text, order.signatories), holds_text=True,
            is_signed=True, tells_answers=True,
        ),
        "word": FileKind(
            "Word proposal", "proposal.docx", f"{_OFFICE}.wordprocessingml.document",
            "The proposal to edit and sign: text, tables, charts as pictures where a browser is found.", _word,
            holds_text=True, is_signed=True, tells_answers=True,
        ),
        "report-html": FileKind(
            "Report as HTML", "report.html", "text/html",
            "The report: charts to point at, tables, assumptions, evidence. Opens in any browser, needs no network.",
            lambda order, _: html(order.materials, order.text, order.signatories).encode(), holds_text=True,
            is_signed=True, tells_answers=True,
        ),
        "report-pdf": FileKind(
            "Report as PDF", "report.pdf", "application/pdf", "The same report to print and attach.", _pdf,
            needs_browser=True, holds_text=True, is_signed=True, tells_answers=True,
        ),
        "summary": FileKind(
            "Summary on one page", "summary.pdf", "application/pdf",
            "What a board decides on, on one page: question, answer, money, one chart, lines to sign.", _summary,
            needs_browser=True, holds_text=True, is_signed=True,
        ),
        "proposal": FileKind(
            "Proposal text", "proposal.txt", "text/plain", "The proposal text.", _proposal, holds_text=True
        ),
        "months": FileKind(
            "CSV by month", "months.csv", "text/csv",
            "Every line of the model by month; numbers at full precision, shares as fractions.",
            lambda order, _: monthly_csv(order.projected, order.csv_text), one_by_one=True, holds_csv=True,
        ),
        "data": FileKind(
            "JSON", "data.json", "application/json",
            "Scenarios with all their results, assumptions and evidence, for programs.",
            _data, one_by_one=True, tells_answers=True,
        ),
        "everything": FileKind(
            "Everything in one ZIP", "everything.zip", "application/zip",
            "All documents, every chart as an image, all tables and the scenario files. Images and PDF are left out "
            "where no browser is found.", _everything, holds_text=True, is_signed=True, tells_answers=True,
            holds_csv=True,
        ),
        "image-png": FileKind(
            "Chart as PNG", "chart.png", "image/png", f"{_IMAGE_HOLDS}, to paste.",
            **_of_a_chart(ImageFormat.PNG),
        ),
        "image-svg": FileKind(
            "Chart as SVG", "chart.svg", "image/svg+xml", f"{_IMAGE_HOLDS}, to edit.",
            **_of_a_chart(ImageFormat.SVG),
        ),
        "image-pdf": FileKind(
            "Chart as PDF", "chart.pdf", "application/pdf", f"{_IMAGE_HOLDS}, to print.",
            **_of_a_chart(ImageFormat.PDF),
        ),
    }
)  # fmt: skip
