"""A subject's own files, a button each: they are made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from model.operation.log import timed
from report.files.subjects.subject_files import Subject, SubjectFile


def draw(name: str, files: Sequence[SubjectFile[Subject]], of: Subject, stem: str, of_hash: str) -> None:
    """The buttons; `name` tells them from others on the page, `stem` is what the files are called."""
    with st.container(horizontal=True, gap="small"):
        for file in files:
            st.download_button(
                file.label, data=_made(file, of, of_hash), file_name=f"{stem}.{file.suffix}", mime=file.mime,
                on_click="ignore", icon=":material/download:", key=f"{name} {file.suffix}",
            )  # fmt: skip


def _made(file: SubjectFile[Subject], of: Subject, of_hash: str) -> Callable[[], bytes]:
    def made() -> bytes:
        with timed("file", of_hash, file=file.suffix):
            return file.build(of, date.today())

    return made
