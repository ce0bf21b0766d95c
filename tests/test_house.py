"""The house: which part may know which, where things stand, and what no file may do."""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# From the ground up; each may import what stands before it, never what stands after.
STOREYS = ("model", "library", "report", "dashboard", "roi_app")
# The rooms of each storey, from the ground up; those on one level know nothing of each other. Every room may use the
# storey's own files, and these any room but the topmost.
ROOMS = {
    "model": (
        "operation", "evidence", "skills", "other", "gates", "reading", "uncertainty", "history", "choice",
        "learning", "pilot", "stages", "track", "telling", "portfolio",
        "command_line",
    ),
    "library": ("tracking",),
    "report": ("words", "tables", "charts", ("workbook", "deck", "document", "proposal"), "files"),
    "dashboard": ("session", "components", "shell", "screens"),
}  # fmt: skip
# What is started brings all rooms together.
STARTED = {"model/__main__.py", "report/__main__.py"}
MOST_FILES = 12
TOP_LEVEL = {
    "roi_app.py", "model", "library", "report", "dashboard", "tests", "docs", "requirements.txt",
    "requirements.lock", "packages.txt", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE",
}  # fmt: skip
OF_THE_MODEL = {"numpy", "pandas", "scipy", "babel", "model"} | sys.stdlib_module_names
# What only one file of the model may import, on use, as it is an optional install.
ON_USE = {"model/portfolio/running/cluster.py": {"distributed"}}
MAX_LINES = 400
# Sheets that grow with the model by a few lines an item, and read the same however long they are.
SHEETS = {"model/assumptions.py": 600, "model/lines.py": 600, "model/metrics.py": 500}


def program_files() -> list[Path]:
    """Every Python file of the program, tests aside."""
    found = [ROOT / "roi_app.py"] if (ROOT / "roi_app.py").exists() else []
    for storey in STOREYS[:-1]:
        found += sorted((ROOT / storey).rglob("*.py"))
    return found


def name_of(path: Path) -> str:
    """A file's path within the repository."""
    return path.relative_to(ROOT).as_posix()


def every_file(check: Callable[[Path], None]) -> Callable[[], None]:
    """A test that holds each file of the program to a check, and names all that fail it."""

    def test() -> None:
        faults = []
        for path in program_files():
            try:
                check(path)
            except AssertionError as error:
                faults.append(f"{name_of(path)}: {error}")
        assert not faults, "\n".join(faults)

    return test


MODULES = {
    name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in program_files()
}
FOLDERS = sorted({path.parent for path in program_files()} - {ROOT})


@cache
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


def taken_from(path: Path) -> Iterator[tuple[Path, str]]:
    """The files of the program that a file imports, wherever in the file it does; each with the name it takes there.

    The name is empty where it takes the file as a whole.
    """
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if inner := MODULES.get(f"{node.module}.{alias.name}"):
                    yield inner, ""
                elif node.module in MODULES:
                    yield MODULES[node.module], alias.name
        elif isinstance(node, ast.Import):
            yield from ((MODULES[alias.name], "") for alias in node.names if alias.name in MODULES)


def circle(knows: Mapping[str, Iterable[str]]) -> list[str]:
    """A way round along what knows what, if there is one."""
    try:
        TopologicalSorter(knows).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def room(path: Path) -> str:
    """The room that a file stands in; empty for a storey's own files."""
    parts = name_of(path).split("/")
    return parts[1] if len(parts) > 2 else ""


def levels(storey: str) -> dict[str, int]:
    """How high each room of a storey lies."""
    grouped = [(level,) if isinstance(level, str) else level for level in ROOMS.get(storey, ())]
    return {name: height for height, names in enumerate(grouped) for name in names}


def attributes(path: Path) -> Iterator[str]:
    """Every name and attribute that a file mentions, imported ones too."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.alias):
            yield node.name


@cache
def defined(path: Path) -> set[str]:
    """The names that a file defines at its top, under a condition too."""
    found, nodes = set(), list(tree_of(path).body)
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        else:
            nodes.extend(ast.iter_child_nodes(node))
    return found


def test_there_is_a_model_to_look_at():
    assert {"model/lines.py", "model/assumptions.py"} <= {name_of(path) for path in program_files()}


@every_file
def test_imports_run_downwards(path):
    own = name_of(path).split("/")[0].removesuffix(".py")
    above = set(STOREYS[STOREYS.index(own) + 1 :])
    assert imported(path) & (above | {"tests"}) == set()


def test_no_file_is_imported_by_what_it_imports():
    knows = {name_of(path): {name_of(other) for other, _ in taken_from(path)} for path in program_files()}
    assert circle(knows) == []


def test_no_folder_is_imported_by_what_it_imports():
    knows = {name_of(folder): set() for folder in FOLDERS}
    for path in program_files():
        # A package's own file is its door, and a storey's files may rest on its rooms.
        if path.name != "__init__.py" and room(path):
            folders = {other.parent for other, _ in taken_from(path) if room(other)} - {path.parent}
            knows[name_of(path.parent)] |= set(map(name_of, folders))
    assert circle(knows) == []


@pytest.mark.parametrize("storey", ROOMS)
def test_the_rooms_are_those_that_were_agreed(storey):
    assert {room(path) for path in (ROOT / storey).rglob("*.py")} - {""} == set(levels(storey))


@every_file
def test_a_room_knows_only_those_below_it(path):
    storey, own = name_of(path).split("/")[0], room(path)
    heights = levels(storey)
    others = {room(other) for other, _ in taken_from(path) if name_of(other).startswith(f"{storey}/")} - {own, ""}
    if own:
        assert {other for other in others if heights[other] >= heights[own]} == set()
    elif name_of(path) not in STARTED:
        assert others <= set([*heights][:-1])


@every_file
def test_a_screen_knows_no_other(path):
    if room(path) == "screens":
        others = {other.parent for other, _ in taken_from(path) if room(other) == "screens"}
        assert others <= {path.parent}


@every_file
def test_a_name_is_imported_from_where_it_is_defined(path):
    borrowed = {
        f"{name} of {name_of(other)}" for other, name in taken_from(path) if name not in defined(other) | {""}
    }
    assert borrowed == set()


@every_file
def test_each_storey_keeps_to_its_tools(path):
    storey = name_of(path).split("/")[0]
    if storey == "model":
        assert imported(path) <= OF_THE_MODEL | ON_USE.get(name_of(path), set())
    if storey == "report":
        assert "streamlit" not in imported(path)


@every_file
def test_only_one_room_of_the_model_reads_a_format_of_files(path):
    # A history comes as finance keeps it; whatever else the model knows is numbers.
    if name_of(path).startswith("model/") and not name_of(path).startswith("model/history/spreadsheets/"):
        assert imported(path) & {"xml", "zipfile", "zlib"} == set()


@every_file
def test_nothing_is_imported_by_a_name_made_at_run_time(path):
    assert {"__import__", "import_module"} & set(attributes(path)) == set()


def module(name: str) -> Path | None:
    """The file of a module of the program; None where it has none."""
    path = ROOT.joinpath(*name.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


def test_the_top_level_is_what_was_agreed():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    files = listed.stdout.splitlines() if listed.returncode == 0 else [path.name for path in ROOT.iterdir()]
    top = {name.split("/")[0] for name in files}
    assert {name for name in top if not name.startswith((".", "__"))} <= TOP_LEVEL


@every_file
def test_no_code_is_made_from_text(path):
    calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    names = {node.func.id for node in calls if isinstance(node.func, ast.Name)}
    assert names & {"eval", "exec", "compile"} == set()


@every_file
def test_nothing_is_unpickled(path):
    assert imported(path) & {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"} == set()
    assert "read_pickle" not in set(attributes(path))


@every_file
def test_no_html_of_our_own_goes_unescaped(path):
    keywords = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.keyword)]
    assert "unsafe_allow_html" not in {keyword.arg for keyword in keywords}


@every_file
def test_no_button_is_filled_with_the_accent(path):
    # Streamlit writes white on it, which cannot be read on the light accent of the dark theme.
    keywords = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.keyword) and node.arg == "type"]
    assert "primary" not in {getattr(keyword.value, "value", None) for keyword in keywords}


@every_file
def test_a_file_is_short_enough_to_read(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) < SHEETS.get(name_of(path), MAX_LINES)


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_a_folder_has_one_subject_that_can_be_overlooked(folder):
    assert len([path for path in folder.glob("*.py") if not path.name.startswith("__")]) <= MOST_FILES


def test_every_folder_says_what_it_is_for():
    told = {name_of(folder): ast.get_docstring(tree_of(folder / "__init__.py")) for folder in FOLDERS}
    assert [name for name, words in told.items() if not words] == []
    assert [words for words, count in Counter(told.values()).items() if count > 1] == []


def test_a_class_name_means_one_thing():
    classes = [
        node.name for path in program_files() for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef)
    ]
    assert [name for name, count in Counter(classes).items() if count > 1] == []


@pytest.mark.parametrize("storey", ROOMS)
def test_the_tests_mirror_the_rooms(storey):
    tested = {room(ROOT / path.relative_to(ROOT / "tests")) for path in (ROOT / "tests" / storey).rglob("test_*.py")}
    assert tested - {""} == set(levels(storey))


@every_file
def test_only_the_session_s_room_touches_the_session(path):
    if not name_of(path).startswith("dashboard/session/"):
        assert {"session_state", "query_params"} & set(attributes(path)) == set()


@every_file
def test_only_one_file_opens_the_library_for_visitors(path):
    # There it is opened as far as the visitor's right goes.
    if room(path) and name_of(path).startswith("dashboard/") and path.name != "compute.py":
        calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
        assert "Library" not in {getattr(node.func, "id", getattr(node.func, "attr", "")) for node in calls}


@every_file
def test_only_one_file_caches_for_sessions(path):
    if name_of(path) != "dashboard/session/compute.py":
        caches = {name for name in attributes(path) if name.startswith(("cache_data", "cache_resource"))}
        assert caches == set()


@every_file
def test_text_files_are_read_and_written_as_utf8(path):
    calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    for node in calls:
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("read_text", "write_text"):
            assert "encoding" in {keyword.arg for keyword in node.keywords}, ast.unparse(node)
