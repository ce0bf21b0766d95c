"""What a visitor reads before the first screen is drawn, and what has been loaded by then."""

from __future__ import annotations

import subprocess
import sys

from tests.dashboard.app import ROOT, app


def loaded_by(code: str) -> set[str]:
    """The packages that a fresh interpreter has loaded after running the code."""
    telling = [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"]
    told = subprocess.run(telling, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {name.split(".")[0] for name in told.split()}


def test_the_question_stands_before_anything_heavy_is_loaded():
    heavy = {"scipy", "sqlalchemy", "xlsxwriter", "pptx", "model", "report", "library"}
    assert loaded_by("import dashboard.shell.opening") & heavy == set()


def test_the_plan_does_not_load_what_only_files_and_tables_need():
    loaded = loaded_by("from tests.dashboard.app import app; assert app().get('plotly_chart')")
    assert loaded & {"xlsxwriter", "pptx", "pandas"} == set()


def test_the_question_gives_way_to_the_answer():
    shown = app()
    assert not shown.exception
    headings = [one.value for one in shown.markdown if one.value.startswith("# ")]
    assert len(headings) == 1
    assert headings[0].startswith("# Worth")
