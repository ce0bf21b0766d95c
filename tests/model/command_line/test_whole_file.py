"""A file is written whole or not at all: an earlier one stays as it was, and nothing is left of one that failed."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from model.command_line.whole_file import write_whole

ROOT = Path(__file__).parents[3]


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_file_is_written_with_the_rights_that_it_had_or_that_are_usual(tmp_path):
    plain, kept = tmp_path / "plain", tmp_path / "kept"
    plain.write_bytes(b"")
    usual = plain.stat().st_mode
    write_whole(plain, b"1")
    kept.write_bytes(b"before")
    kept.chmod(0o640)
    write_whole(kept, b"2")
    write_whole(tmp_path / "new", b"3")
    assert files(tmp_path) == {"plain": b"1", "kept": b"2", "new": b"3"}
    assert kept.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "new").stat().st_mode == usual


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_what_fails_leaves_the_earlier_file_and_no_part(tmp_path, monkeypatch, error):
    def fails(_):
        raise error

    (tmp_path / "x").write_bytes(b"good")
    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(type(error)):
        write_whole(tmp_path / "x", b"bad")
    assert files(tmp_path) == {"x": b"good"}


def test_a_link_stays_one_and_a_protected_file_is_kept(tmp_path):
    (tmp_path / "real").write_bytes(b"before")
    (tmp_path / "link").symlink_to("real")
    write_whole(tmp_path / "link", b"after")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"after"
    write_whole(Path(os.devnull), b"x")


def test_a_file_that_may_not_be_written_is_kept(tmp_path, monkeypatch):
    (tmp_path / "x").write_bytes(b"good")
    # Root may write everything.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError):
        write_whole(tmp_path / "x", b"bad")
    assert files(tmp_path) == {"x": b"good"}


FULL = """
import resource, sys
from report.__main__ import main
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
sys.exit(main(["--draws", "0", "--out", sys.argv[1]]))
"""


def test_a_command_line_tells_a_full_disk_in_one_line(tmp_path):
    out = tmp_path / "x.csv"
    out.write_bytes(b"good")
    command = [sys.executable, "-c", FULL, str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == f"{out} cannot be written: File too large; what stood there before is unchanged\n"
    assert files(tmp_path) == {"x.csv": b"good"}
