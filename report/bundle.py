"""One ZIP with everything: report, workbook, deck, images, tables, data and the scenarios themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from model.scenario import Scenario
from model.uncertainty import Simulation
from report import data
from report.document import html_of, pdf_of, proposal_of
from report.footer import SEPARATOR, shortened
from report.images import Kind, NoBrowser, Picture, images
from report.material import Material, gathered
from report.proposal import Section, as_text

Progress = Callable[[float], None]

_NAME_LETTERS = 50
_UNIX, _READABLE = 3, 0o100644 << 16
_IMAGE_KINDS = (Kind.PNG, Kind.SVG)
LEFT_OUT = "LEFT OUT.txt"
_NOT_SIMULATED = "The slides, the odds and what follows from them: the first scenario was not simulated."
_ABOUT: Mapping[str, str] = {
    "report.html": "The report: charts to point at, tables, assumptions, evidence. Opens in any browser, needs no "
    "network.",
    "report.pdf": "The same report to print and attach.",
    "workbook.xlsx": "Every number as a live formula; change an input and it recalculates.",
    "deck.pptx": "The slides; charts and text can be edited.",
    "proposal.txt": "The proposal text.",
    "data.json": "Scenarios with all their results, assumptions and evidence, for programs.",
    "scenarios": "The scenario files; the app and its command line open them.",
    "tables": "CSV tables of each scenario; numbers at full precision, shares as fractions.",
    "images": "Every chart, as PNG to paste and as SVG to edit.",
    LEFT_OUT: "What could not be made, and why.",
}


def zip_all(
    scenarios: Sequence[Scenario],
    *,
    today: date,
    simulations: Sequence[Simulation] | None = None,
    text: Sequence[Section] | None = None,
    progress: Progress | None = None,
) -> bytes:
    """Everything that can be made of 1 to 6 scenarios; without a browser the PDF and images are left out, told so.

    The same arguments give the same bytes. Raises ValueError as `report.material.gathered` does.
    """
    materials = gathered(scenarios, today, simulations)
    files: dict[str, bytes] = {}
    makers = (_documents, _tables, _browser_made)
    for done, make in enumerate(makers):
        files |= make(materials, simulations or (), text)
        if progress:
            progress((done + 1) / len(makers))
    files = {"README.txt": _readme(materials, files), **files}
    return _zipped(files, today)


def stem(scenario: Scenario) -> str:
    """A file name's stem from the scenario's name and hash: plain letters, digits and hyphens only."""
    words = re.sub(r"[^a-z0-9]+", "-", scenario.name.lower()).strip("-")[:_NAME_LETTERS].strip("-")
    return f"{words or 'scenario'}-{scenario.hash}"


def stems(materials: Sequence[Material]) -> tuple[str, ...]:
    """A stem for each scenario, numbered where there are several, so that none hides another."""
    names = [stem(material.scenario) for material in materials]
    return tuple(names) if len(names) == 1 else tuple(f"{place}-{name}" for place, name in enumerate(names, 1))


def _documents(
    materials: Sequence[Material], simulations: Sequence[Simulation], text: Sequence[Section] | None
) -> dict[str, bytes]:
    from report.deck import build as deck
    from report.workbook import build as workbook

    scenarios, today = [material.scenario for material in materials], materials[0].today
    told = proposal_of(materials[0]) if text is None else tuple(text)
    files = {
        "report.html": html_of(materials, text).encode(),
        "workbook.xlsx": workbook(scenarios, today=today, simulations=simulations),
    }
    if materials[0].simulation:
        files["deck.pptx"] = deck(scenarios, today=today, simulations=simulations, text=text)
    return files | ({"proposal.txt": as_text(told).encode()} if told else {})


def _tables(
    materials: Sequence[Material], _: Sequence[Simulation], __: Sequence[Section] | None
) -> dict[str, bytes]:
    files = {"data.json": data.json(materials)}
    for name, material in zip(stems(materials), materials, strict=True):
        files[f"scenarios/{name}.json"] = material.scenario.to_json().encode()
        for table, frame in data.tables(material).items():
            files[f"tables/{name}/{table}.csv"] = data.csv(frame)
    return files | {"tables/evidence.csv": data.csv(data.evidence())}


def _browser_made(
    materials: Sequence[Material], _: Sequence[Simulation], text: Sequence[Section] | None
) -> dict[str, bytes]:
    """The PDF and the images, and the note on what is not there and why."""
    pictures = {
        f"images/{name}/{chart.replace('_', '-')}.{kind}": Picture(chart, material, kind)
        for name, material in zip(stems(materials), materials, strict=True)
        for chart in material.charts
        for kind in _IMAGE_KINDS
    }
    files: dict[str, bytes] = {}
    missing = []
    if materials[0].simulation is None:
        missing.append(_NOT_SIMULATED)
    try:
        files["report.pdf"] = pdf_of(materials, text)
        files |= zip(pictures, images(tuple(pictures.values())), strict=True)
    except NoBrowser as error:
        missing.append(f"The report as PDF and the images of the charts. {error}")
    return files | ({LEFT_OUT: ("\n\n".join(missing) + "\n").encode()} if missing else {})


def _readme(materials: Sequence[Material], files: Mapping[str, bytes]) -> bytes:
    first = materials[0]
    lines = ["Social-media budget and return", ""]
    for material in materials:
        scenario, simulation = material.scenario, material.simulation
        drawn = f"{simulation.draws} draws, seed {simulation.seed}" if simulation else "not simulated"
        checks = "model checks passed" if material.projection.sound else "MODEL CHECK FAILED"
        lines.append(SEPARATOR.join((shortened(scenario.name, 80), scenario.hash, drawn, checks)))
    lines += [f"Made on {first.scenario.format.day(first.today)}.", "", "Contents", ""]
    present = [name for name in _ABOUT if any(file.split("/")[0] == name for file in files)]
    lines += [f"{name:<14}{_ABOUT[name]}" for name in present]
    lines += ["", "All files", "", *files, "README.txt"]
    return ("\n".join(lines) + "\n").encode()


def _zipped(files: Mapping[str, bytes], today: date) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in files.items():
            info = ZipInfo(name, (max(today.year, 1980), today.month, today.day, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, _UNIX, _READABLE
            archive.writestr(info, content)
    return target.getvalue()
