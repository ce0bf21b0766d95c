"""The house: which part may know which, where things stand, and what no file may do."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# From the ground up; each may import what stands before it, never what stands after.
STOREYS = ("model", "library", "report", "dashboard", "roi_app")
TOP_LEVEL = {
    "roi_app.py", "model", "library", "report", "dashboard", "tests", "docs", "requirements.txt",
    "requirements.lock", "packages.txt", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE",
}  # fmt: skip
OF_THE_MODEL = {"numpy", "pandas", "scipy", "babel", "model"} | sys.stdlib_module_names
MAX_LINES = 400


def program_files() -> list[Path]:
    """Every Python file of the program, tests aside."""
    found = [ROOT / "roi_app.py"] if (ROOT / "roi_app.py").exists() else []
    for storey in STOREYS[:-1]:
        found += sorted((ROOT / storey).rglob("*.py"))
    return found


def name_of(path: Path) -> str:
    """A file's path within the repository."""
    return path.relative_to(ROOT).as_posix()


FILES = pytest.mark.parametrize("path", program_files(), ids=name_of)


def tree_of(path: Path) -> ast.Module:
    """A file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """The top-level names of all that a file imports, wherever in the file it does."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            # A relative import stays within the package.
            found.add(name_of(path).split("/")[0] if node.level else (node.module or "").split(".")[0])
    return found


def attributes(path: Path) -> Iterator[str]:
    """Every name and attribute that a file mentions, imported ones too."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.alias):
            yield node.name


def test_there_is_a_model_to_look_at():
    assert {"model/lines.py", "model/assumptions.py"} <= {name_of(path) for path in program_files()}


@FILES
def test_imports_run_downwards(path):
    own = name_of(path).split("/")[0].removesuffix(".py")
    above = set(STOREYS[STOREYS.index(own) + 1 :])
    assert imported(path) & (above | {"tests"}) == set()


@FILES
def test_each_storey_keeps_to_its_tools(path):
    storey = name_of(path).split("/")[0]
    if storey == "model":
        assert imported(path) <= OF_THE_MODEL
    if storey == "report":
        assert "streamlit" not in imported(path)


@FILES
def test_nothing_is_imported_by_a_name_made_at_run_time(path):
    assert {"__import__", "import_module"} & set(attributes(path)) == set()


def test_the_top_level_is_what_was_agreed():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    files = listed.stdout.splitlines() if listed.returncode == 0 else [path.name for path in ROOT.iterdir()]
    top = {name.split("/")[0] for name in files}
    assert {name for name in top if not name.startswith((".", "__"))} <= TOP_LEVEL


@FILES
def test_no_code_is_made_from_text(path):
    calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    names = {node.func.id for node in calls if isinstance(node.func, ast.Name)}
    assert names & {"eval", "exec", "compile"} == set()


@FILES
def test_nothing_is_unpickled(path):
    assert imported(path) & {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"} == set()
    assert "read_pickle" not in set(attributes(path))


@FILES
def test_no_html_of_our_own_goes_unescaped(path):
    keywords = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.keyword)]
    assert "unsafe_allow_html" not in {keyword.arg for keyword in keywords}


@FILES
def test_no_button_is_filled_with_the_accent(path):
    # Streamlit writes white on it, which cannot be read on the light accent of the dark theme.
    keywords = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.keyword) and node.arg == "type"]
    assert "primary" not in {getattr(keyword.value, "value", None) for keyword in keywords}


@FILES
def test_a_file_is_short_enough_to_read(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) < MAX_LINES


@FILES
def test_only_one_file_touches_the_session(path):
    if not name_of(path).startswith("dashboard/session/"):
        assert {"session_state", "query_params"} & set(attributes(path)) == set()


@FILES
def test_only_one_file_caches_for_sessions(path):
    if name_of(path) != "dashboard/session/compute.py":
        caches = {name for name in attributes(path) if name.startswith(("cache_data", "cache_resource"))}
        assert caches == set()


@FILES
def test_text_files_are_read_and_written_as_utf8(path):
    calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    for node in calls:
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("read_text", "write_text"):
            assert "encoding" in {keyword.arg for keyword in node.keywords}, ast.unparse(node)
