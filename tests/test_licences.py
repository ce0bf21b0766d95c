"""Every package that the program runs with has a licence that lets it, and the page that lists them is right."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError

import pytest

from tests import licences


def test_the_page_lists_every_package_of_the_lock():
    assert licences.listed().keys() == {*licences.locked(), *licences.DRIVER}
    assert len(licences.locked()) > 30


def test_the_page_says_what_the_installed_packages_say():
    assert licences.PAGE.read_text(encoding="utf-8") == licences.written(), "renew it: python -m tests.licences"


@pytest.mark.parametrize("package", [*licences.locked(), *licences.DRIVER])
def test_every_licence_is_allowed(package):
    try:
        told = licences.licence(package)
    except PackageNotFoundError:
        told = licences.listed()[package]
    assert licences.is_allowed(told), told


@pytest.mark.parametrize("told", ["GPL-3.0-only", "MIT AND GPL-2.0-only", "unknown", "", "BSD-3-Clause AND "])
def test_what_is_not_known_to_be_allowed_is_refused(told):
    assert not licences.is_allowed(told)


def test_one_choice_is_enough():
    assert licences.is_allowed("GPL-2.0-only OR MIT")
