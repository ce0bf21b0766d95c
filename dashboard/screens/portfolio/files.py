"""The group as files: a workbook, a slide and a page, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from model.operation.log import timed
from report.tables.portfolio.grouped import Grouped

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def draw(of: Grouped) -> None:
    """The buttons."""
    name = f"portfolio-{of.group.portfolio.hash}"
    with st.container(horizontal=True, gap="small"):
        for label, suffix, mime, build in (
            ("Workbook", "xlsx", _XLSX, _workbook), ("Slide", "pptx", _PPTX, _slide),
            ("Page", "html", "text/html", _page),
        ):  # fmt: skip
            st.download_button(
                label, data=_made(of, suffix, build), file_name=f"{name}.{suffix}", mime=mime, on_click="ignore",
                icon=":material/download:", key=f"portfolio {suffix}",
            )  # fmt: skip


def _made(of: Grouped, suffix: str, build: Callable[[Grouped, date], bytes]) -> Callable[[], bytes]:
    def made() -> bytes:
        with timed("file", of.group.portfolio.hash, file=suffix):
            return build(of, date.today())

    return made


def _workbook(of: Grouped, today: date) -> bytes:
    from report.workbook.portfolio.group_book import build

    return build(of, today)


def _slide(of: Grouped, today: date) -> bytes:
    from report.deck.portfolio.group_slide import build

    return build(of, today)


def _page(of: Grouped, today: date) -> bytes:
    from report.document.portfolio.group_page import build

    return build(of, today)
