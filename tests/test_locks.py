"""The locks hold what the requirements ask for, one exact version of each, wherever the program runs."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROGRAM, TESTS = "requirements.lock", "tests/requirements.lock"
REQUIREMENTS = {PROGRAM: ["requirements.txt"], TESTS: ["requirements.txt", "tests/requirements.txt"]}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = [f"3.{minor}" for minor in range(30) if f"3.{minor}" in SpecifierSet(PROJECT["requires-python"])]
MACHINES = [
    {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": system}
    for python, system in product(PYTHONS, ("linux", "darwin", "win32"))
]

LOCKS = pytest.mark.parametrize("lock", REQUIREMENTS)


def lines(name: str) -> list[str]:
    """A file of requirements, continued lines joined and comments taken off."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", "")
    return [stripped for line in text.splitlines() if (stripped := line.split("#")[0].strip())]


def required(lock: str) -> list[Requirement]:
    """What the files beside a lock ask for."""
    return [Requirement(line) for name in REQUIREMENTS[lock] for line in lines(name)]


def locked(lock: str) -> dict[str, Requirement]:
    """The packages of a lock by name."""
    found = [Requirement(line.split("--hash")[0]) for line in lines(lock)]
    assert len({item.name for item in found}) == len(found), "a package has two versions"
    return {item.name: item for item in found}


def version(pin: Requirement) -> str:
    """The one version that a locked package may have."""
    (only,) = pin.specifier
    assert (only.operator, "*" in only.version) == ("==", False), pin
    return only.version


@LOCKS
def test_every_requirement_is_locked_within_its_bounds(lock):
    pins = locked(lock)
    for item in required(lock):
        assert version(pins[canonicalize_name(item.name)]) in item.specifier, item


@LOCKS
@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: " ".join(machine.values()))
def test_every_requirement_is_locked_for_every_machine(lock, machine):
    pins = locked(lock)
    for item in required(lock):
        marker = pins[canonicalize_name(item.name)].marker
        assert marker is None or marker.evaluate(machine), item


@LOCKS
def test_every_package_has_its_hashes_and_nothing_but_a_name_to_find_it_by(lock):
    for line in lines(lock):
        pin, *hashes = line.split("--hash=")
        assert version(Requirement(pin))
        assert hashes, pin
        assert all(item.startswith("sha256:") and len(item.strip()) == 71 for item in hashes), pin
        assert Requirement(pin).url is None


def test_the_program_is_tested_with_the_versions_it_is_installed_with():
    tests = locked(TESTS)
    assert {str(item) for item in locked(PROGRAM).values()} <= {str(item) for item in tests.values()}


def test_the_pythons_are_those_that_the_documents_name():
    assert PYTHONS == ["3.11", "3.12", "3.13"]
