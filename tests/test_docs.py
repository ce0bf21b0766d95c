"""The README and the pages of docs/ say what is true today: their tables, examples, commands, paths and links."""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from library.backup import back_up
from library.place import VARIABLE, file_engine
from library.store import Library
from model.assumptions import ASSUMPTIONS
from model.command_line.program.pages import PARTS, renew, renewed
from model.lines import LINES
from model.metrics import METRICS
from model.presets import PRESETS
from model.reading.links import read_link
from model.scenario import Scenario, ScenarioError

ROOT = Path(__file__).parents[1]
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
}
COMMANDS = sorted(
    {
        line.split(" #")[0].strip()
        for page in PAGES.values()
        for line in page.splitlines()
        if line.startswith(".venv/bin/python -m ")
    }
)
LINKS = [(name, link) for name, page in PAGES.items() for link in re.findall(r"\]\(([^)]+)\)", page)]
# What stands between backquotes and looks like a file or a folder of the project; NAME is for the reader to fill in.
PATHS = [
    (name, path)
    for name, page in PAGES.items()
    for path in re.findall(r"`((?:model|report|library|dashboard|tests|docs)/[\w./-]*)`", page)
    if "NAME" not in path
]
README_AT_MOST = 120


def block(page: str, language: str) -> str:
    """The first block of code of a language on a page."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", PAGES[page], re.DOTALL | re.MULTILINE)
    return next(text for written_in, text in blocks if written_in == language)


def table(text: str) -> dict[str, str]:
    """The rows of the first table of a text: first cell to second, head aside."""
    lines = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)[0].splitlines()
    return dict(re.match(r"\| (.+?) \| (.+?) \|", line).groups() for line in lines[2:])


def headings(page: str) -> list[str]:
    """What a link to a heading of the page may name, as GitHub spells it."""
    titles = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", page, flags=re.DOTALL), flags=re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles]


# What the declarations write


@pytest.mark.parametrize("name", PAGES)
def test_what_stands_between_marks_is_what_the_declarations_write(name):
    assert PAGES[name] == renewed(PAGES[name]), f"renew it: python -m model docs {name}"


def test_every_part_stands_on_one_page():
    marks = [mark for page in PAGES.values() for mark in re.findall(r"^<!-- (/?[\w-]+) -->$", page, re.MULTILINE)]
    assert sorted(marks) == sorted(mark for part in PARTS for mark in (part, f"/{part}"))


def test_the_model_page_has_every_name():
    between = PAGES["docs/model.md"]
    for name in (*ASSUMPTIONS, *LINES, *METRICS, *PRESETS):
        assert f"`{name}`" in between


def test_a_page_is_renewed_in_its_place(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("Before\n<!-- checks -->\nof old\n<!-- /checks -->\nafter <!-- other -->\n", encoding="utf-8")
    assert renew([str(page)]) == [str(page)]
    assert page.read_text(encoding="utf-8") == (
        f"Before\n<!-- checks -->\n{PARTS['checks']()}<!-- /checks -->\nafter <!-- other -->\n"
    )
    assert renew([str(page)]) == []


def test_a_page_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(ScenarioError, match=re.escape(f"{tmp_path / 'none.md'}: cannot be brought up to date")):
        renew([str(tmp_path / "none.md")])


# Examples and commands


def example() -> dict:
    return json.loads(block("docs/files.md", "json"))


def test_the_example_file_is_a_scenario():
    scenario = Scenario.from_data(example())
    assert scenario.values["social_share_target"] == example()["assumptions"]["social_share_target"]


def test_the_example_link_is_read():
    given = parse_qsl(urlsplit(block("docs/files.md", "").strip()).query)
    scenario, base = read_link(given)
    assert base == PRESETS[dict(given)["preset"]]
    assert scenario.assumptions.keys() - base.assumptions.keys() == dict(given).keys() - {"preset"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_works(command, tmp_path):
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("*.png"))
    words = [sys.executable, *shlex.split(command)[1:]]
    library = Library(file_engine(tmp_path / "library.sqlite3"))
    library.save_new(PRESETS["hold"], author="Ada")
    if "restore" in command:
        back_up(library, tmp_path / "library-backup.sqlite3")
    environment = {"PYTHONPATH": str(ROOT), VARIABLE: library.where}
    if "--mark" in words:
        before = words[: words.index("--mark")]
        subprocess.run(before, cwd=tmp_path, capture_output=True, check=True, env=environment)
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    wrote = [word for word in words if (tmp_path / word).is_file() and not (ROOT / word).is_file()]
    assert done.stdout or wrote
    # In a clone, where a reader runs it, nothing is left for git to track.
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert [name for name in wrote if f"/{name}" not in ignored] == []


def test_there_are_commands():
    assert len(COMMANDS) >= 6


def test_the_two_commands_install_from_the_lock():
    setup, tests = re.findall(r"```bash\n(.*?)\n```", PAGES["README.md"], re.DOTALL)
    assert "pip install -q -r requirements.lock &&" in setup
    assert tests == "bash tests/run"


# Links, pictures, paths


@pytest.mark.parametrize(("name", "link"), [pair for pair in LINKS if not re.match(r"https?://", pair[1])])
def test_every_link_leads_somewhere(name, link):
    path, _, heading = link.partition("#")
    target = (ROOT / name).parent / path if path else ROOT / name
    assert target.is_file()
    if heading:
        assert heading in headings(target.read_text(encoding="utf-8"))


def test_every_picture_is_there_and_every_picture_is_shown():
    shown = {((ROOT / name).parent / link).resolve() for name, link in LINKS if link.endswith(".png")}
    assert shown == set((ROOT / "docs").glob("*.png"))
    for picture in shown:
        assert picture.read_bytes().startswith(b"\x89PNG"), picture


@pytest.mark.parametrize(("name", "path"), PATHS)
def test_every_path_that_is_named_is_there(name, path):
    assert (ROOT / path).exists(), f"{name} names {path}"


def test_every_page_is_linked_from_the_readme():
    linked = {link.partition("#")[0] for name, link in LINKS if name == "README.md"}
    assert set(PAGES) - {"README.md"} <= linked


def test_the_example_of_a_file_is_of_the_present_version():
    assert Scenario.from_json(block("docs/files.md", "json")).translation == ()


# What the pages list


def test_the_readme_is_short():
    assert len(PAGES["README.md"].splitlines()) <= README_AT_MOST


def test_every_screen_is_told_in_the_order_of_the_menu():
    titles = re.findall(r'st\.Page\(.*?title="([\w ]+)"', (ROOT / "roi_app.py").read_text(encoding="utf-8"))
    assert titles
    # The Plan has a second address.
    assert list(table(PAGES["docs/screens.md"])) == list(dict.fromkeys(titles))


def test_every_folder_is_told_with_what_it_says_of_itself():
    storeys = ("model", "library", "report", "dashboard")
    folders = {path.parent for storey in storeys for path in (ROOT / storey).rglob("*.py")}
    purposes = {}
    for folder in folders:
        says = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
        purposes[f"`{folder.relative_to(ROOT).as_posix()}/`"] = " ".join(says.split("\n\n")[0].split())
    assert table(PAGES["docs/contributing.md"]) == purposes
