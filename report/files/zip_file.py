"""One ZIP with everything: report, workbook, deck, images, tables, data and the scenarios themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from model.scenario import Scenario
from model.uncertainty.simulation import Progress, Simulation
from report.charts.catalogue import drawable
from report.document import html_of, pdf_of
from report.files.file_kinds import KINDS
from report.files.file_names import stems
from report.files.images import Kind, NoBrowser, Picture, images
from report.material import Material, gathered
from report.tables import data
from report.words.proposal import Section, as_text, text_alone
from report.words.stamp import ABOUT, SEPARATOR, shortened

if TYPE_CHECKING:
    import pandas as pd

_UNIX, _READABLE = 3, 0o100644 << 16
_IMAGE_KINDS = (Kind.PNG, Kind.SVG)
LEFT_OUT = "LEFT OUT.txt"
_NOT_SIMULATED = "The slides, the odds and what follows from them: the first scenario was not simulated."
_ABOUT: Mapping[str, str] = {
    **{kind.file: kind.holds for kind in KINDS.values()},
    "scenarios": "The scenario files; the app and its command line open them.",
    "tables": "CSV tables of each scenario and of their comparison; numbers at full precision, shares as fractions.",
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
    """Everything that can be made of scenarios; without a browser the PDF and images are left out, told so.

    The same arguments give the same bytes. Raises ValueError as `report.material.gathered` does.
    """
    return zip_of(gathered(scenarios, today, simulations), text, progress)


def zip_of(
    materials: Sequence[Material], text: Sequence[Section] | None = None, progress: Progress | None = None
) -> bytes:
    """The same of results that were gathered before."""
    files: dict[str, bytes] = {}
    makers = (_documents, _tables, _browser_made)
    for done, make in enumerate(makers):
        files |= make(materials, text)
        if progress:
            progress((done + 1) / len(makers))
    files = {"README.txt": _readme(materials, files), **files}
    return _zipped(files, materials[0].today)


def _documents(materials: Sequence[Material], text: Sequence[Section] | None) -> dict[str, bytes]:
    from report.deck import build as deck
    from report.workbook import build as workbook

    first = materials[0]
    scenarios = [material.scenario for material in materials]
    simulations = [material.simulation for material in materials if material.simulation]
    files = {
        "report.html": html_of(materials, text).encode(),
        "workbook.xlsx": workbook(scenarios, today=first.today, simulations=simulations),
    }
    if first.simulation:
        files["deck.pptx"] = deck(
            scenarios, today=first.today, simulations=simulations, text=text, found=first.found
        )
    told = text_alone(materials, text)
    return files | ({"proposal.txt": as_text(told).encode()} if told else {})


def _tables(materials: Sequence[Material], _: Sequence[Section] | None) -> dict[str, bytes]:
    files = {"data.json": data.json(materials)}
    for name, material in _named(materials).items():
        files[f"scenarios/{name}.json"] = material.scenario.to_json().encode()
        for table, frame in _tables_of(material).items():
            files[f"tables/{name}/{table}.csv"] = data.csv(frame)
    if len(materials) > 1:
        compared = data.comparison_tables(materials)
        files |= {f"tables/{table}.csv": data.csv(frame) for table, frame in compared.items()}
    tables = {"evidence": data.evidence()} | _behind_charts(materials[0], general=True)
    return files | {f"tables/{name}.csv": data.csv(table) for name, table in tables.items()}


def _tables_of(material: Material) -> Mapping[str, pd.DataFrame]:
    """Every table of a scenario: those behind its charts only where no other has their rows."""
    known = data.tables(material)
    behind = _behind_charts(material, general=False)
    return {**known, **{name: table for name, table in behind.items() if name not in known}}


def _behind_charts(material: Material, *, general: bool) -> dict[str, pd.DataFrame]:
    """The tables behind the charts of a scenario, or of what is general, by file name without suffix."""
    charts = drawable(simulated=material.simulation is not None)
    return {
        chart.rows_in: chart.table(material).file()
        for chart in charts
        if chart.table and chart.group.general == general
    }


def _browser_made(materials: Sequence[Material], text: Sequence[Section] | None) -> dict[str, bytes]:
    """The PDF and the images, and the note on what is not there and why."""
    pictures = {
        f"images/{name}/{chart.file}.{kind}": Picture(chart.name, material, kind)
        for name, material in _named(materials).items()
        for chart in drawable(simulated=material.simulation is not None)
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


def _named(materials: Sequence[Material]) -> Mapping[str, Material]:
    """The materials by their scenarios' file names."""
    return dict(zip(stems([material.scenario for material in materials]), materials, strict=True))


def _readme(materials: Sequence[Material], files: Mapping[str, bytes]) -> bytes:
    first = materials[0]
    lines = [ABOUT, ""]
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
