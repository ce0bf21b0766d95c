"""The drill of the recipe for a kind of file: a builder and an entry, and it can be had everywhere.

It is done on a copy of the program, which must then offer the new kind on the Export screen, on the command line and
in the ZIP by itself.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from model.presets import PRESETS
from model.projection import project
from report.words.narrative import answer

ROOT = Path(__file__).parents[1]
STOREYS = ("model", "library", "report", "dashboard")
PAIR = ("social-plan", "hold")
HOLDS = "The answer of each scenario in one line."

BUILDER = '''"""The answers alone."""

from __future__ import annotations

from collections.abc import Sequence

from report.material import Material
from report.words.narrative import answer


def answers(materials: Sequence[Material]) -> bytes:
    """The answer of each scenario in a line."""
    return "".join(f"- {answer(one.projection).sentence}\\n" for one in materials).encode()
'''

# In place of which text of the declaration stands what.
DECLARED = {
    "from report.words.proposal": "from report.words.answers import answers\nfrom report.words.proposal",
    '        "everything": FileKind(': f'''        "answers": FileKind(
            "Answers", "answers.md", "text/markdown", "{HOLDS}",
            lambda order, _: answers(order.projected),
        ),
        "everything": FileKind(''',
}

# Run in the copy: makes the files on the command line, then the one on the screen.
LOOK = f"""
import json
from zipfile import ZipFile
from streamlit.testing.v1 import AppTest
from report.__main__ import main

common = [*{PAIR}, "--draws", "0", "--date", "2026-11-22", "--out"]
codes = [main([*common, name]) for name in ("x.md", "x.zip")]
with ZipFile("x.zip") as archive:
    zipped = {{name: archive.read(name).decode() for name in ("answers.md", "README.txt")}}

test = AppTest.from_string("from dashboard.screens.export import screen\\nscreen.draw()", default_timeout=120)
test.session_state["kept"] = {{f"export file {{name}}": False for name in ("workbook", "deck")}}
test.run()
box = next(box for box in test.checkbox if box.label == "Answers")
box.check().run()
next(button for button in test.button if button.label == "Build files").click().run()
print(json.dumps({{
    "codes": codes, "made": open("x.md", encoding="utf-8").read(), "zipped": zipped, "help": box.help,
    "offered": [button.label for button in test.download_button],
    "exceptions": [item.value for item in test.exception],
}}))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What is found in a copy of the program with the new kind."""
    home = tmp_path_factory.mktemp("drill")
    for storey in STOREYS:
        shutil.copytree(ROOT / storey, home / storey, ignore=shutil.ignore_patterns("__pycache__"))
    (home / "report/words/answers.py").write_text(BUILDER, encoding="utf-8")
    kinds = home / "report/files/file_kinds.py"
    text = kinds.read_text(encoding="utf-8")
    for old, new in DECLARED.items():
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    kinds.write_text(text, encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=home, capture_output=True, text=True, check=False,
        env=environment | {"BROWSER_PATH": "/nowhere/chrome"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


ANSWERS = "".join(f"- {answer(project(PRESETS[name])).sentence}\n" for name in PAIR)


def test_it_is_made_on_the_command_line_by_its_suffix(found):
    assert found["codes"] == [0, 0]
    assert found["made"] == ANSWERS


def test_it_is_in_the_zip_and_told_there(found):
    assert found["zipped"]["answers.md"] == ANSWERS
    assert f"answers.md    {HOLDS}" in found["zipped"]["README.txt"]


def test_it_is_offered_and_built_on_the_export_screen(found):
    assert found["exceptions"] == []
    assert found["help"] == HOLDS
    assert found["offered"] == ["Answers"]
