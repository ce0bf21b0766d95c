"""Create, verify, backup and restore by one command each: what they say, and that nothing is overwritten unasked."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, update

from library import backup, place, schema
from library.__main__ import main
from library.store import Library
from library.version import Event
from model.presets import PRESETS

PLAN = PRESETS["social-plan"]
ROOT = Path(__file__).parents[2]
SCHEMA_1 = ROOT / "tests" / "fixtures" / "library_schema_1" / "library.sqlite3"
Say = Callable[..., tuple[int, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs a command: its exit code, and what it said, in a line for each fault."""

    def run(*words: object) -> tuple[int, str]:
        code = main([str(word) for word in words])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        if code == 2:
            assert told.out == ""
            assert told.err.count("\n") == 1
        return code, told.out + told.err

    return run


@pytest.fixture(params=["sqlite", "postgresql"])
def at(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a library can begin that is not there yet."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("server_address"))
    return str(tmp_path / "library.sqlite3")


def opened(at: str) -> Library:
    return Library(create_engine(at) if "://" in at else place.file_engine(Path(at), begins=False))


def fill(library: Library) -> None:
    entry = library.save_new(PLAN, author="Ada", tags=["north"]).entry
    library.save(entry, 1, PLAN.with_values(training_hours=80), author="Bo")
    library.duplicate(entry, author="Cy")


def damage(library: Library) -> None:
    with library.engine.begin() as connection:
        connection.execute(update(schema.versions).where(schema.versions.c.number == 1).values(author="Ann"))


def test_a_library_begins_where_it_is_asked_for(say: Say, at: str) -> None:
    for command in (["verify"], ["backup", Path(at).name]):
        assert say(*command, "--library", at)[0] == 2
        assert "python -m library create" in say(*command, "--library", at)[1]
    code, told = say("create", "--library", at)
    assert code == 0
    assert "0 versions of 0 scenarios" in told
    fill(opened(at))
    assert "3 versions of 2 scenarios" in say("create", "--library", at)[1]


def test_verify_names_the_damaged_rows(say: Say, at: str) -> None:
    say("create", "--library", at)
    library = opened(at)
    fill(library)
    assert say("verify", "--library", at)[0] == 0
    damage(library)
    code, told = say("verify", "--library", at)
    assert code == 1
    assert told.count("does not have its checksum") == 2
    assert f"version 1 of “{PLAN.name}”" in told
    assert all(version.entry in told for version in library.everything())


def test_a_backup_comes_back_as_it_was(say: Say, at: str, tmp_path: Path) -> None:
    say("create", "--library", at)
    library, file = opened(at), tmp_path / "backup.sqlite3"
    fill(library)
    before = library.everything()
    assert say("backup", file, "--library", at)[0] == 0
    library.save_new(PLAN, author="after")
    code, told = say("restore", file, "--library", at)
    assert code == 2
    assert "holds 4 versions" in told
    assert len(library.everything()) == 4
    assert say("restore", file, "--library", at, "--overwrite")[0] == 0
    assert library.everything() == before
    assert say("restore", file, "--library", tmp_path / "new" / "other.sqlite3")[0] == 0
    assert opened(str(tmp_path / "new" / "other.sqlite3")).everything() == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_a_damaged_library_is_mended_from_its_backup(say: Say, at: str, tmp_path: Path) -> None:
    say("create", "--library", at)
    library, file = opened(at), tmp_path / "backup.sqlite3"
    fill(library)
    say("backup", file, "--library", at)
    sound = file.read_bytes()
    damage(library)
    # The earlier backup is not replaced by less; a new one holds what is sound.
    assert say("backup", file, "--library", at, "--overwrite")[0] == 2
    assert file.read_bytes() == sound
    assert say("backup", tmp_path / "less.sqlite3", "--library", at)[0] == 1
    less = opened(str(tmp_path / "less.sqlite3")).everything()
    assert [version.event for version in less] == [Event.LOST, Event.SAVED]
    assert say("restore", file, "--library", at, "--overwrite")[0] == 0
    assert say("verify", "--library", at)[0] == 0


def test_a_damaged_backup_is_refused(say: Say, tmp_path: Path) -> None:
    file, target = tmp_path / "backup.sqlite3", tmp_path / "library.sqlite3"
    fill(Library(place.file_engine(file)))
    damage(Library(place.file_engine(file)))
    code, told = say("restore", file, "--library", target)
    assert code == 2
    assert "python -m library backup NEW --library" in told
    file.write_text("no library", encoding="utf-8")
    assert "not a database" in say("restore", file, "--library", target)[1]
    assert "There is no backup" in say("restore", tmp_path / "none", "--library", target)[1]
    assert not target.exists()


def test_a_backup_of_an_earlier_schema_comes_back_and_stays_as_it_is(say: Say, tmp_path: Path) -> None:
    file = shutil.copy(SCHEMA_1, tmp_path / "backup.sqlite3")
    assert say("restore", file, "--library", tmp_path / "library.sqlite3")[0] == 0
    assert len(opened(str(tmp_path / "library.sqlite3")).entries()) == 3
    assert file.read_bytes() == SCHEMA_1.read_bytes()


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_what_fails_in_the_middle_changes_nothing(
    engines: Callable[[], Engine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    library, file = Library(engines()), tmp_path / "backup.sqlite3"
    fill(library)
    backup.back_up(library, file)
    before, raw = library.everything(), file.read_bytes()

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "row_of", full)
    run = backup.back_up if command == "backup" else backup.restore
    with pytest.raises(backup.LibraryError, match="No space left"):
        run(library, file, overwrite=True)
    assert library.everything() == before
    assert file.read_bytes() == raw
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("verify", "--library", "mysql://u@h/d"), "not of PostgreSQL"),
        (("verify", "--library", "postgresql://u:secret@127.0.0.1:9/d"), "cannot be reached"),
        (("create", "--library", "/dev/null/library.sqlite3"), "cannot be opened"),
        (("backup", "/none/there/backup.sqlite3"), "There is no folder"),
        (("backup", "/tmp", "--overwrite"), "/tmp is a folder. Name a file in it."),  # noqa: S108 - nothing is written
    ],
)
def test_what_cannot_be_is_told_in_a_line(say: Say, words: tuple[str, ...], told: str) -> None:
    code, said = say(*words)
    assert code == 2
    assert told in said
    assert "secret" not in said


def test_the_commands_open_the_library_of_the_app(
    say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server_address: str
) -> None:
    monkeypatch.delenv(place.VARIABLE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    monkeypatch.setattr(place, "default_file", lambda: tmp_path / "data" / "library.sqlite3")
    assert say("create")[1].startswith(f"The library is {tmp_path / 'data' / 'library.sqlite3'}")
    secrets = tmp_path / place.SECRETS
    secrets.parent.mkdir()
    secrets.write_text(f'[connections.library]\nurl = "{server_address}"', encoding="utf-8")
    assert server_address in say("create")[1]
    secrets.write_text("[connections.library", encoding="utf-8")
    assert "must be TOML" in say("verify")[1]
    monkeypatch.setenv(place.VARIABLE, str(tmp_path / "named.sqlite3"))
    assert str(tmp_path / "named.sqlite3") in say("verify")[1]


def test_it_is_a_program_of_its_own(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "library", "verify", "--library", str(tmp_path / "\udcff.sqlite3")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "There is no library" in done.stderr
    assert "Traceback" not in done.stderr


def test_health_says_whether_the_library_answers(say: Say, at: str) -> None:
    code, told = say("health", "--library", at)
    assert (code, "python -m library create" in told) == (2, True)
    say("create", "--library", at)
    fill(opened(at))
    damage(opened(at))
    code, told = say("health", "--library", at)
    assert (code, told) == (0, f"The library {opened(at).where} answers.\n")
    assert say("health", "--library", "postgresql://geheim:geheim@127.0.0.1:1/x")[0] == 2


def test_a_library_is_not_its_own_backup_and_another_file_is_none(say: Say, tmp_path: Path) -> None:
    place_, other = tmp_path / "library.sqlite3", tmp_path / "other.sqlite3"
    say("create", "--library", str(place_))
    code, told = say("backup", str(place_), "--overwrite", "--library", str(place_))
    assert (code, told.count("is the library itself. Name another file.")) == (2, 1)
    sqlite3.connect(other).execute("CREATE TABLE something (x)").connection.close()
    code, told = say("restore", str(other), "--library", str(place_))
    assert (code, told.count(f"{other} holds no library.")) == (2, 1)
