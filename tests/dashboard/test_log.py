"""Over a session that uses every screen and file nothing that a person typed, and no secret, stands in the log."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from dashboard import server
from dashboard.session import compute
from library import place, transfer
from library.errors import ImportFaults
from library.store import Library
from model.other.amounts import OtherAmount
from model.presets import PRESETS
from model.skills.areas import SkillArea
from report.files import file_kinds
from report.files.browser import BROWSER_PATH
from report.files.file_kinds import KINDS
from report.files.order import Order, build
from report.signatories import Signatories
from report.words.proposal import from_text
from tests.dashboard.app import app, errors, library_screen, opened, press, save
from tests.dashboard.screens.test_hostile_texts import NAME
from tests.logs import Lines

# Twice a piece of every text, once a figure that nothing else comes to.
TYPED = f'geheim ann@example.com "}}\n{NAME} geheim'
FIGURE = 739135.7
HOSTILE = (
    PRESETS["social-plan"]
    .changed(
        name=TYPED[:100].replace("\n", " "),
        description=TYPED,
        notes={"employees": TYPED},
        skills=(SkillArea("geheim " + NAME[:40], 1, 0.2, 0.8),),
        other_costs=(OtherAmount("geheim " + NAME[:40], (10.0,)),),
    )
    .with_values(revenue_per_employee=FIGURE)
)
SCREENS = (
    "plan", "budget", "risk", "compare", "optimise", "assumptions", "skills", "evidence", "model", "library",
    "export",
)  # fmt: skip
ADDRESS = "postgresql://geheim:geheim@127.0.0.1:1/geheim"
KEYS = {
    "time", "level", "process", "event", "hashes", "outcome", "seconds", "draws", "seed", "file", "versions",
    "error", "id", "traceback",
}  # fmt: skip


def check(lines: Lines) -> set[str]:
    """Hold every line against what may stand there; the events."""
    found = lines()
    for line in found:
        assert line.keys() <= KEYS
        text = json.dumps(line, ensure_ascii=False)
        assert not re.search(r"geheim|Ann|example|Approved|739135", text), text
        assert all(re.fullmatch("[0-9a-f]{12}", one) for one in line.get("hashes", ()))
    return {line["event"] for line in found}


def test_every_screen(library: Library, lines: Lines) -> None:
    library.save_new(HOSTILE, author=TYPED, note=TYPED, tags=["geheim"])
    for screen in SCREENS:
        assert not opened(HOSTILE, screen).exception
    assert not app(preset="social-plan", name="geheim").exception
    assert {"projection", "simulation", "tornado", "findings", "conservative case"} <= check(lines)
    assert any(line.get("draws") and line.get("seed") for line in lines())
    assert any(line["hashes"] == [HOSTILE.hash] for line in lines())


def test_the_library(library: Library, lines: Lines, tmp_path: Path) -> None:
    test = library_screen()
    save(test, "Save as a new entry", name=HOSTILE.name, note=TYPED.replace("\n", " "))
    entry = library.entries()[0].latest
    library.rename(entry.entry, 1, name="geheim 2", description=TYPED, tags=["geheim"], author=TYPED)
    library.archive(entry.entry, 2, author=TYPED)
    library.restore(entry.entry, 3, author=TYPED)
    library.duplicate(entry.entry, author=TYPED)
    press(library_screen(), "Open")
    held = transfer.exported(library).encode()
    other = Library(place.file_engine(tmp_path / "geheim.sqlite3"))
    transfer.imported(other, held, by=TYPED, file="geheim.json")
    with pytest.raises(ImportFaults):
        transfer.imported(other, held.replace(b'"number"', b'"geheim"'), by=TYPED, file="geheim.json")
    assert check(lines) >= {
        "library saved", "library renamed", "library archived", "library restored", "library duplicated",
        "library opened", "library export", "library import",
    }  # fmt: skip
    versions = [line.get("versions", line.get("error")) for line in lines() if "library " in line["event"]]
    assert [told for told in versions if told] == [5, 5, "ImportFaults"]


def test_every_file_made_or_not(lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BROWSER_PATH, "/geheim/chrome")
    monkeypatch.setattr(file_kinds, "deck", lambda *_: {}[TYPED])
    order = Order(
        (HOSTILE,), date(2027, 1, 1), 2_048, 1, from_text(f"# Geheim\n\n{TYPED}"), chart="cash_fan", width=320,
        signatories=Signatories(*[TYPED[:120]] * 3),
    )  # fmt: skip
    build(order, list(KINDS.values()), lambda *_: None)
    check(lines)
    ended = {(line["file"], line["outcome"]) for line in lines() if "file" in line}
    assert {file for file, _ in ended} == {kind.file for kind in KINDS.values()}
    assert {outcome for _, outcome in ended} == {"done", "failed"}
    assert any(line["level"] == "error" and "id" in line for line in lines())


def test_a_database_that_does_not_answer(lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    unreachable = place.server_engine(place.server_url(ADDRESS))
    monkeypatch.setattr(compute, "engine", lambda: unreachable)
    assert server.health(None).status_code == 503
    test = press(opened(HOSTILE, "plan"), "Save to library")
    assert "cannot be reached" in errors(test)
    assert "health" in check(lines)
