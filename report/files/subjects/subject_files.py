"""The files of a group and of a tracked plan, declared once for the screens and the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from report.tables.portfolio.grouped import Grouped
from report.tables.tracked.variance_report import VarianceReport

Subject = TypeVar("Subject")
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class SubjectFile(Generic[Subject]):
    """A file of a subject: what its button says, the suffix without the dot, its MIME type, and what makes it."""

    label: str
    suffix: str
    mime: str
    build: Callable[[Subject, date], bytes]


def _three(
    workbook: Callable[[Subject, date], bytes],
    slide: Callable[[Subject, date], bytes],
    page: Callable[[Subject, date], bytes],
) -> tuple[SubjectFile[Subject], ...]:
    """A subject's workbook, slide and page."""
    return (
        SubjectFile("Workbook", "xlsx", f"{_OFFICE}.spreadsheetml.sheet", workbook),
        SubjectFile("Slide", "pptx", f"{_OFFICE}.presentationml.presentation", slide),
        SubjectFile("Page", "html", "text/html", page),
    )


# What makes the files is loaded when one is asked for.


def _group_workbook(of: Grouped, today: date) -> bytes:
    from report.workbook.portfolio.group_book import build

    return build(of, today)


def _group_slide(of: Grouped, today: date) -> bytes:
    from report.deck.portfolio.group_slide import build

    return build(of, today)


def _group_page(of: Grouped, today: date) -> bytes:
    from report.document.portfolio.group_page import build

    return build(of, today)


def _variance_workbook(of: VarianceReport, today: date) -> bytes:
    from report.workbook.tracked.variance_book import build

    return build(of, today)


def _variance_slide(of: VarianceReport, today: date) -> bytes:
    from report.deck.tracked.variance_slide import build

    return build(of, today)


def _variance_page(of: VarianceReport, today: date) -> bytes:
    from report.document.tracked.variance_page import build

    return build(of, today)


GROUP_FILES = _three(_group_workbook, _group_slide, _group_page)
VARIANCE_FILES = _three(_variance_workbook, _variance_slide, _variance_page)
