"""The Chrome or Chromium of this machine: found, missed in plain words, and made to print a page as PDF."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from report.files.metadata import in_pdf
from report.files.patience import Patience, end_group

BROWSER_PATH = "BROWSER_PATH"
# The first that is found; edge and brave print and draw as Chromium does.
NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
    "brave-browser",
)  # fmt: skip
# Where systems keep browsers that do not put them on the path.
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)
_FLAGS = (
    "--headless",
    # Containers and root have no sandbox; the page is our own, runs only its own scripts and reaches no network.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)
_DATE = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)\d{14}([+-]\d\d'\d\d')?")


class NoBrowser(RuntimeError):
    """No Chrome or Chromium could be used; the message says what to install."""


def find_browser() -> Path | None:
    """The browser to use: the one that BROWSER_PATH names, else the first known one on the path."""
    named = os.environ.get(BROWSER_PATH)
    if named:
        path = shutil.which(named)
        return Path(path) if path else None
    on_path = (shutil.which(name) for name in NAMES)
    elsewhere = (place for place in _PLACES if Path(place).is_file())
    found = next((path for path in (*on_path, *elsewhere) if path), None)
    return Path(found) if found else None


def browser() -> Path:
    """The browser to use. Raises NoBrowser where there is none."""
    found = find_browser()
    if found is None:
        raise NoBrowser(no_browser())
    return found


def no_browser() -> str:
    """What to say where no browser is found."""
    named = os.environ.get(BROWSER_PATH)
    missing = f"{BROWSER_PATH} names {named}, which is no program" if named else "no Chrome or Chromium was found"
    return (
        f"Images and PDF are drawn by a browser, and {missing}. Install one (Debian and Ubuntu: apt-get install "
        f"chromium; Streamlit Cloud: a line chromium in packages.txt), or set {BROWSER_PATH} to its program. "
        "Workbook, deck, HTML report, CSV and JSON need none."
    )


def overdue(program: str, patience: Patience) -> NoBrowser:
    """What is raised where the browser has taken all the time that an order has."""
    return NoBrowser(
        f"{program} was found but did not finish: it was stopped after {patience.seconds:g} seconds, which is what "
        "all images and PDF of one order have together. Ask for fewer scenarios or files at once, try again when "
        f"the machine is less busy, or set {BROWSER_PATH} to another browser"
    )


def printed(page: str, facts: Mapping[str, str], today: date, patience: Patience | None = None) -> bytes:
    """An HTML page as the PDF that the browser prints, dated `today`, with facts as its properties.

    Raises NoBrowser.
    """
    program = browser()
    try:
        with tempfile.TemporaryDirectory(prefix="report-", ignore_cleanup_errors=True) as folder:
            made = _pdf_of(page, program, Path(folder), patience or Patience())
    except OSError as error:
        raise NoBrowser(f"{program} was found but could not be used: {error.strerror}") from error
    return in_pdf(dated(made, today), facts)


def _pdf_of(page: str, program: Path, folder: Path, patience: Patience) -> bytes:
    """The page as printed, by way of files in a folder. Raises NoBrowser and OSError."""
    source, target, profile = (folder / name for name in ("report.html", "report.pdf", "profile"))
    source.write_text(page, encoding="utf-8")
    command = [str(program), *_FLAGS, f"--user-data-dir={profile}", f"--print-to-pdf={target}", source.as_uri()]
    told = _run(command, folder, patience)
    if not target.is_file():
        raise NoBrowser(f"{program} was found but did not print the PDF: {told[-400:] or 'it said nothing'}")
    return target.read_bytes()


def dated(pdf: bytes, today: date) -> bytes:
    """A PDF with its own dates set to a day, so that the same content is the same file."""
    return _DATE.sub(lambda found: found[1] + f"{today:%Y%m%d}000000".encode() + (found[2] or b""), pdf)


def _run(command: list[str], folder: Path, patience: Patience) -> str:
    """Run the browser to its end with a home of its own; what it said. Raises NoBrowser where it takes too long."""
    if not patience.left:
        raise overdue(command[0], patience)
    with patience.running():
        process = subprocess.Popen(  # noqa: S603 - the browser found, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "HOME": str(folder)},
            start_new_session=True,
        )
        try:
            told, _ = process.communicate(timeout=patience.left)
        except subprocess.TimeoutExpired:
            raise overdue(command[0], patience) from None
        finally:
            end_group(process)
    return told.decode(errors="replace").strip()
