"""The one command for all tests, and that a skipped test cannot pass unnoticed where CI is set."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BASH = shutil.which("bash")

pytestmark = pytest.mark.skipif(BASH is None, reason="needs bash: install the package bash")


def run(home, **environment):
    """`bash tests/run` of a copy in a directory of its own, with the tools it needs but no Python."""
    (home / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "run", home / "tests" / "run")
    for name in ("requirements.txt", "tests/requirements.txt"):
        (home / name).write_text("", encoding="utf-8")
    tools = home / "bin"
    tools.mkdir(exist_ok=True)
    for tool in ("bash", "dirname", "cat", "cksum", "ls", "rm", "sed"):
        (tools / tool).symlink_to(shutil.which(tool))
    return subprocess.run(
        [BASH, "tests/run"], cwd=home, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        env={"PATH": str(tools), "VENV": "venv"} | environment,
    )  # fmt: skip


def script(path, text):
    """An executable file."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def test_it_refuses_where_there_is_no_python(tmp_path):
    done = run(tmp_path)
    assert done.returncode != 0
    assert "needs Python 3.11, 3.12 or 3.13" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_a_python_that_does_not_run_is_passed_over(tmp_path):
    # Version managers leave commands on the path that only say that their version is not installed.
    script(tmp_path / "bin" / "python3", "#!/bin/sh\necho 'no such version' >&2\nexit 127\n")
    script(tmp_path / "bin" / "python3.12", f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\nexit 1\n')
    done = run(tmp_path)
    assert "needs Python 3.11, 3.12 or 3.13" in done.stderr
    assert "version_info" in (tmp_path / "asked").read_text(encoding="utf-8")


def test_it_refuses_a_python_that_is_named_and_does_not_fit(tmp_path):
    script(tmp_path / "old", "#!/bin/sh\nexit 1\n")
    done = run(tmp_path, PYTHON=str(tmp_path / "old"))
    assert done.returncode != 0
    assert f"PYTHON={tmp_path / 'old'} does not run or is not" in done.stderr


def test_it_does_not_overwrite_a_directory_that_is_no_environment(tmp_path):
    (tmp_path / "venv").mkdir()
    precious = tmp_path / "venv" / "precious.txt"
    precious.write_text("keep", encoding="utf-8")
    done = run(tmp_path, PYTHON=sys.executable)
    assert done.returncode != 0
    assert "is no virtual environment" in done.stderr
    assert precious.read_text(encoding="utf-8") == "keep"


def pytest_of(home, test, **environment):
    """The outcome of one small test file under this project's conftest."""
    shutil.copy(ROOT / "tests" / "conftest.py", home / "conftest.py")
    (home / "test_it.py").write_text(test, encoding="utf-8")
    outside = {key: value for key, value in os.environ.items() if key != "CI"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."],
        cwd=home, capture_output=True, text=True, check=False, env=outside | environment,
    )  # fmt: skip


PASSES = "def test_passes(): pass\n"
SKIPS = PASSES + "def test_needs(program): program('no-such-program', package='no-such-package')\n"
SKIPS_ALL = "import pytest\npytest.skip('not here', allow_module_level=True)\n"
EXPECTED_TO_FAIL = PASSES + "import pytest\n@pytest.mark.xfail\ndef test_fails(): assert False\n"


@pytest.mark.parametrize(
    ("test", "ci", "code"),
    [
        (PASSES, "true", 0),
        (SKIPS, "", 0),
        (SKIPS, "false", 0),
        (SKIPS, "true", 1),
        (PASSES + SKIPS_ALL, "1", 1),
        (EXPECTED_TO_FAIL, "true", 0),
    ],
)
def test_with_ci_a_skipped_test_is_a_failure(tmp_path, test, ci, code):
    done = pytest_of(tmp_path, test, CI=ci)
    assert done.returncode == code, done.stdout
    assert ("skipped tests are failures where CI is set" in done.stdout) == (code == 1)


def test_a_skip_names_what_to_install(tmp_path):
    done = pytest_of(tmp_path, SKIPS + "def test_fails(): assert False\n", CI="true")
    assert "test_it.py::test_needs" in done.stdout
    assert done.returncode == 1
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -ra\n", encoding="utf-8")
    assert "needs no-such-program: install the Debian package no-such-package" in pytest_of(tmp_path, SKIPS).stdout
