"""A tracked plan and a group from the command line: the same files, and what does not go together is refused."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation

from model.command_line.arguments import REFUSED
from model.presets import PRESETS
from model.units import MONEY
from report.__main__ import main
from report.files.subjects.command_line import SUBJECTS
from report.files.subjects.subject_files import VARIANCE_FILES, SubjectFile
from report.tables.tracked.variance_report import VarianceReport
from tests.dashboard.screens.test_hostile_texts import HOSTILE
from tests.materials import TODAY
from tests.report.files.test_hostile_texts import TURNS
from tests.report.groups import UNITS
from tests.report.variances import ACTUALS, DRAWS, SEED, of_plan, reported

EARLY = ["--until", "3", "--draws", "512", "--date", TODAY.isoformat()]


def made(folder: Path, name: str, *arguments: str) -> bytes:
    out = folder / name
    assert main([*arguments, "--out", str(out)]) == 0
    return out.read_bytes()


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == REFUSED
    told = capsys.readouterr().err
    assert "Traceback" not in told
    return told


def test_no_scenario_is_hidden_by_the_name_of_a_subject() -> None:
    assert not set(SUBJECTS) & set(PRESETS)


def test_the_report_comes_of_the_actuals_and_again_of_itself(tmp_path: Path) -> None:
    first = made(tmp_path, "month.xlsx", "track", "social-plan", str(ACTUALS), *EARLY)
    again = made(tmp_path, "again.xlsx", "track", "social-plan", str(tmp_path / "month.xlsx"), *EARLY)
    assert again == first
    book = load_workbook(BytesIO(first), data_only=True)
    facts = dict(book["Recompute"].iter_rows(min_row=5, max_row=9, min_col=2, max_col=3, values_only=True))
    assert facts["Content hash of the plan"] == PRESETS["social-plan"].hash
    assert "not an approved version" in facts["Version"]


def test_it_is_a_slide_and_a_page_by_its_suffix(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(PRESETS["social-plan"].to_data()), encoding="utf-8")
    given = ("track", str(plan), str(ACTUALS), "--hash", PRESETS["social-plan"].hash, *EARLY)
    assert len(Presentation(BytesIO(made(tmp_path, "month.pptx", *given))).slides) == 1
    assert made(tmp_path, "month.HTML", *given).startswith(b"<!DOCTYPE html>")


def test_the_sentences_are_those_of_the_same_draws(tmp_path: Path) -> None:
    given = ("--draws", str(DRAWS), "--seed", str(SEED), "--date", TODAY.isoformat())
    found = load_workbook(BytesIO(made(tmp_path, "month.xlsx", "track", "social-plan", str(ACTUALS), *given)))
    assert found["Report"]["B4"].value.endswith(f"{reported().text.rounded(reported().found.now.high, MONEY)}.")


def test_what_does_not_go_together_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "month.html"))
    track = ("track", "social-plan", str(ACTUALS), "--draws", "512")
    assert "month.docx has no suffix" in refused(capsys, *track, "--out", "month.docx")
    assert "nothing up to that month" in refused(capsys, *track, "--until", "0", *out)
    assert "was approved" in refused(capsys, *track, "--hash", "000000000000", *out)
    assert "cannot be written" in refused(capsys, *track, "--until", "1", "--out", str(tmp_path / "no" / "x.html"))
    assert "Month" in refused(capsys, "track", "social-plan", str(UNITS), *out)
    assert not list(tmp_path.iterdir())


def test_a_group_has_its_three_files_too(tmp_path: Path) -> None:
    given = ("portfolio", str(UNITS), "--rate", "EUR=1.08@2026-11-01", "--draws", "256", "--workers", "1")
    book = load_workbook(BytesIO(made(tmp_path, "group.xlsx", *given, "--budget", "today")))
    assert book.sheetnames == ["Group", "Units", "Allocation"]
    assert len(Presentation(BytesIO(made(tmp_path, "group.pptx", *given))).slides) == 1
    assert "<h1>The group’s plan is worth" in made(tmp_path, "group.html", *given).decode()


@pytest.mark.parametrize("file", VARIANCE_FILES, ids=lambda file: file.suffix)
def test_the_files_of_a_hostile_plan_hold_no_sign_that_turns(file: SubjectFile[VarianceReport]) -> None:
    content = file.build(of_plan(HOSTILE, 2), TODAY)
    for text in _texts(content) if content.startswith(b"PK") else [_own(content.decode())]:
        assert TURNS.search(text) is None, ascii(text[:200])
        assert text.count("\u2068") == text.count("\u2069")


def _texts(content: bytes) -> list[str]:
    """The text of each part of an Office file."""
    with ZipFile(BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    return ["".join(etree.fromstring(part).itertext()) for part in parts]


def _own(page: str) -> str:
    """A page without its scripts."""
    return re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
