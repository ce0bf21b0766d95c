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


def run(home, *arguments, **environment):
    """`bash tests/run` of a copy in a directory of its own, with the tools it needs but no Python."""
    (home / "tests").mkdir(exist_ok=True)
    shutil.copy(ROOT / "tests" / "run", home / "tests" / "run")
    (home / "tests" / "requirements.lock").touch()
    tools = home / "bin"
    tools.mkdir(exist_ok=True)
    for tool in ("bash", "dirname", "cat", "cksum", "ls", "rm", "sed"):
        if not (tools / tool).exists():
            (tools / tool).symlink_to(shutil.which(tool))
    return subprocess.run(
        [BASH, "tests/run", *arguments], cwd=home, capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL, env={"PATH": str(tools), "VENV": "venv"} | environment,
    )  # fmt: skip


def script(path, text):
    """An executable file."""
    path.parent.mkdir(parents=True, exist_ok=True)
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


LOCKED = "--require-hashes --requirement tests/requirements.lock"
NEWEST = "--upgrade --upgrade-strategy eager --requirement requirements.txt --requirement tests/requirements.txt"


@pytest.fixture
def environments(tmp_path):
    """A Python, and the environments of old that it made; each tells its own file what it is asked to run."""
    for python in ("bin/python3", ".venv-tests/bin/python", ".venv-newest/bin/python"):
        asked = tmp_path / f"{python.split('/')[0]}.asked"
        asked.touch()
        script(tmp_path / python, f'#!/bin/sh\n[ "$1" = -c ] && echo 3.12.1 || echo "$*" >> {asked}\n')
    for venv in (".venv-tests", ".venv-newest"):
        (tmp_path / venv / "pyvenv.cfg").touch()
    return tmp_path


def asked(home, venv):
    """What an environment's Python was asked to run, the versions it was asked for aside."""
    return (home / f"{venv}.asked").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("arguments", "venv", "packages"), [([], ".venv-tests", LOCKED), (["--newest"], ".venv-newest", NEWEST)]
)
def test_it_installs_the_lock_or_the_newest_and_runs_the_same(environments, arguments, venv, packages):
    done = run(environments, *arguments, "-k", "name", VENV="")
    assert done.returncode == 0, done.stderr
    install, *checks, tests = asked(environments, venv)
    assert install == f"-m pip install --quiet --disable-pip-version-check {packages}"
    assert [check.split()[1] for check in checks] == ["ruff", "ruff", "mypy"]
    assert tests.startswith("-m pytest ")
    assert tests.endswith(" -k name")
    (other,) = {".venv-tests", ".venv-newest"} - {venv}
    assert asked(environments, other) == []


@pytest.mark.parametrize(("arguments", "venv", "times"), [([], ".venv-tests", 1), (["--newest"], ".venv-newest", 2)])
def test_what_is_locked_is_installed_once_and_the_newest_each_time(environments, arguments, venv, times):
    for _ in range(2):
        run(environments, *arguments, VENV="")
    assert sum("pip install" in command for command in asked(environments, venv)) == times


def test_another_lock_is_installed(environments):
    run(environments, VENV="")
    (environments / "tests" / "requirements.lock").write_text("another==1\n", encoding="utf-8")
    run(environments, VENV="")
    assert sum("pip install" in command for command in asked(environments, ".venv-tests")) == 2


def pytest_of(home, test, **environment):
    """The outcome of one small test file under this project's conftest."""
    shutil.copy(ROOT / "tests" / "conftest.py", home / "conftest.py")
    (home / "test_it.py").write_text(test, encoding="utf-8")
    outside = {key: value for key, value in os.environ.items() if key != "CI"} | {"PYTHONPATH": str(ROOT)}
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
