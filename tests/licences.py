"""The licences of what the program is installed with, as the packages' own metadata say: writes docs/licences.md.

Renew it with `python -m tests.licences`, in the environment that `tests/run` makes.
"""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path

from packaging.utils import canonicalize_name

PAGE = Path(__file__).parents[1] / "docs" / "licences.md"
LOCK = Path(__file__).parents[1] / "requirements.lock"
# Of PostgreSQL, which is installed by whoever wants it.
DRIVER = ("psycopg", "psycopg-binary")
# How metadata spell what has an identifier of SPDX.
_SPELT = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "The MIT License (MIT)": "MIT",
}
# Those that let anyone use, change and pass on the program with the package in it. MPL and LGPL bind who changes the
# package itself, which is installed here as it is published.
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "LGPL-3.0-only", "MIT", "MIT-CMU",
    "MPL-2.0", "PSF-2.0", "Zlib",
}  # fmt: skip
_HEAD = """# Licences

What is installed to run the program, from `requirements.lock`, each with the licence that its own metadata name;
{driver} only where the library is on PostgreSQL. `python -m tests.licences` writes
this page. A test fails where it is not what is installed, or a licence is none of those in `tests/licences.py`.

| package | licence |
|---|---|
"""


def locked() -> dict[str, str]:
    """The packages that the program is installed with, each with its version."""
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE))


def licence(package: str) -> str:
    """The licence of an installed package, as an expression of SPDX. Raises PackageNotFoundError."""
    facts = metadata(package)
    told = facts.get("License-Expression") or facts.get("License") or ""
    # Some have the whole text there, which begins with its name or with whose it is.
    told = told.strip().partition("\n")[0].strip()
    if not told or told.startswith("Copyright"):
        named = [one for one in facts.get_all("Classifier") or () if one.startswith("License ::")]
        told = named[0].rpartition(" :: ")[2] if named else "unknown"
    return _SPELT.get(told, told)


def is_allowed(expression: str) -> bool:
    """Whether a package may be used under the licences of an expression without brackets: all of AND, one of OR."""
    return any(all(one.strip() in ALLOWED for one in choice.split(" AND ")) for choice in expression.split(" OR "))


def is_as_locked(package: str) -> bool:
    """Whether a package is installed here in the version of the lock; the driver of PostgreSQL in any."""
    try:
        return version(package) == locked().get(canonicalize_name(package), version(package))
    except PackageNotFoundError:
        return False


def listed() -> dict[str, str]:
    """The page's table: licence by package."""
    return dict(re.findall(r"^\| ([\w.-]+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)[1:])


def written() -> str:
    """The page; what is not installed on this machine stands as it did."""
    before = listed() if PAGE.exists() else {}
    names = sorted([*locked(), *DRIVER])
    rows = [f"| {name} | {licence(name) if is_as_locked(name) else before[name]} |" for name in names]
    return _HEAD.format(driver=" and ".join(f"`{name}`" for name in DRIVER)) + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
