"""The doors by which input comes in; whatever comes, a person is told in words that can be shown, soon."""

from __future__ import annotations

import io
import re
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import NamedTuple

from openpyxl import load_workbook
from pptx import Presentation

from dashboard.components.text import literal
from model.__main__ import main
from model.command_line.csv_text import csv_text
from model.reading.faults import ScenarioError
from model.reading.links import read_link
from model.reading.pasted_skills import areas_of_file
from model.scenario import Scenario
from report.__main__ import main as report
from report.tables.data import skill_areas
from report.words.stamp import shortened
from tests.attacks import hostile
from tests.materials import TODAY

# A hundred faults, each with its key and mend.
MOST_SIGNS = 300_000
# Of the processor, which a busy machine gives late. It takes far less.
MOST_SECONDS = 10.0
ROOT = str(Path(__file__).parents[2])
_TURNS = re.compile("[\u202a-\u202e\u2066\u2067]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_INSIDE = ("Traceback", "site-packages", ROOT, '.py"')


class Escape(AssertionError):
    """An input that got where none may: the message says how."""


class Door(NamedTuple):
    """A way in: `make` makes a hostile input by chance, `take` takes it and returns what a person is told."""

    make: Callable[[Random], object]
    take: Callable[..., str]


def tried(door: Door, chance: Random) -> object:
    """Try one input; returns it. Raises Escape."""
    given = door.make(chance)
    begun = time.process_time()
    try:
        told = door.take(given)
        _check(told)
        _check(literal(told, 3000))
    except Exception as error:
        raise Escape(f"{type(error).__name__}: {ascii(error)[:300]} of {ascii(given)[:2000]}") from error
    if time.process_time() - begun > MOST_SECONDS:
        raise Escape(f"computed for more than {MOST_SECONDS:g} s: {ascii(given)[:2000]}")
    return given


def _check(told: str) -> None:
    told.encode()
    assert len(told) <= MOST_SIGNS, "too long"
    assert not _TURNS.search(told), "turns the text around it"
    assert not _CONTROLS.search(told), "holds control signs"
    assert not any(part in told for part in _INSIDE), "shows the inside"


def _file(content: bytes) -> str:
    try:
        return _shown(Scenario.from_json(content))
    except ScenarioError as error:
        return str(error)


def _link(pairs: list[tuple[str, str]]) -> str:
    try:
        return _shown(read_link(pairs)[0])
    except ScenarioError as error:
        return str(error)


def _shown(scenario: Scenario) -> str:
    """What is shown of a scenario that was taken; it is read again as it was."""
    assert Scenario.from_json(scenario.to_json()) == scenario
    return "\n".join(map(shortened, (scenario.name, scenario.description, *scenario.notes.values())))


def _table(content: bytes) -> str:
    try:
        areas = areas_of_file(content)
    except ScenarioError as error:
        return str(error)
    # One place writes CSV; what it wrote is read as it was.
    plan = Scenario().changed(skills=areas)
    assert areas_of_file(csv_text(skill_areas(areas, plan, TODAY)).encode()) == areas
    return "\n".join(shortened(area.name) for area in areas)


def _history(content: bytes) -> str:
    """What is said of a history, whether it was taken or not."""
    with (
        TemporaryDirectory() as folder,
        redirect_stdout(io.StringIO()) as out,
        redirect_stderr(io.StringIO()) as err,
    ):
        path = Path(folder) / "history.csv"
        path.write_bytes(content)
        assert main(["fit", str(path)]) in (0, 2)
        return out.getvalue() + err.getvalue()


def _command(arguments: list[str]) -> str:
    """What a command says on the standard error; its answer is looked at for its encoding alone."""
    with io.TextIOWrapper(io.BytesIO(), "utf-8") as out, io.TextIOWrapper(io.BytesIO(), "utf-8") as err:
        try:
            with redirect_stdout(out), redirect_stderr(err):
                code = main(arguments)
        except SystemExit as refused:
            code = int(refused.code or 0)
        assert code in (0, 2)
        for stream in (out, err):
            stream.flush()
        out.buffer.getvalue().decode()  # type: ignore[attr-defined]
        said: str = err.buffer.getvalue().decode()  # type: ignore[attr-defined]
    # The usage names the program as it was started.
    return said.replace(sys.argv[0], "")


def _reported(given: tuple[bytes, bytes, str]) -> str:
    """What is said of a plan and its actuals; a report that was made of them holds no formula or tag of theirs."""
    plan, actuals, suffix = given
    with (
        TemporaryDirectory() as folder,
        redirect_stdout(io.StringIO()) as out,
        redirect_stderr(io.StringIO()) as err,
    ):
        files = [Path(folder) / name for name in ("plan.json", "actuals.csv", f"report.{suffix}")]
        files[0].write_bytes(plan)
        files[1].write_bytes(actuals)
        code = report(["track", *map(str, files[:2]), "--draws", "512", "--until", "3", "--out", str(files[2])])
        assert code in (0, 2)
        assert files[2].exists() == (code == 0)
        if code == 0:
            _check_report(files[2])
        return (out.getvalue() + err.getvalue()).replace(folder, "")


def _check_report(file: Path) -> None:
    if file.suffix == ".html":
        text = file.read_text(encoding="utf-8")
        assert "<script>alert" not in text, "holds a tag that came in"
    elif file.suffix == ".xlsx":
        cells = (cell for sheet in load_workbook(file) for row in sheet.iter_rows() for cell in row)
        formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
        assert not any(piece in formula for formula in formulas for piece in hostile.COMPUTED), (
            "holds a formula that came in"
        )
    else:
        Presentation(str(file))


DOORS: Mapping[str, Door] = MappingProxyType(
    {
        "scenario files": Door(hostile.file, _file),
        "links": Door(hostile.link, _link),
        "tables": Door(hostile.table, _table),
        "histories": Door(hostile.history, _history),
        "workbooks": Door(hostile.workbook, _history),
        "command lines": Door(hostile.command, _command),
        "variance reports": Door(hostile.tracked_plan, _reported),
    }
)
