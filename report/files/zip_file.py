"""One ZIP with everything: every kind of file, all tables and the scenarios themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from model.uncertainty.simulation import Progress
from model.units import Format
from report.charts.catalogue import drawable
from report.files.file_names import by_stem
from report.files.order import FileKind, Order, not_made, reason
from report.material import Material
from report.tables import data
from report.tables.data import csv_form
from report.tables.decide.told import answers_of
from report.words.stamp import ABOUT, SEPARATOR, shortened

if TYPE_CHECKING:
    import pandas as pd

_UNIX, _READABLE = 3, 0o100644 << 16
LEFT_OUT = "LEFT OUT.txt"
_TABLES = "CSV tables of each scenario and of their comparison; numbers at full precision, shares as fractions."
_OF_NO_KIND = {
    "scenarios": "The scenario files; the app and its command line open them.",
    LEFT_OUT: "What could not be made, and why.",
}


def zip_file(order: Order, kinds: Sequence[FileKind], progress: Progress | None = None) -> bytes:
    """Everything that can be made of an order; a kind that cannot be made is left out, told so.

    The same order gives the same bytes. Raises ValueError where the scenarios themselves cannot be used.
    """
    materials = order.materials
    files: dict[str, bytes] = {}
    about: dict[str, str] = {}
    failures = []
    for done, kind in enumerate(kinds, 1):
        try:
            found = kind.zipped(order)
        except Exception as error:
            failures.append((kind, reason(error)))
        else:
            files |= found
            about |= _about(kind, found, about)
        if progress:
            progress(done / len(kinds))
    files |= _scenarios(materials) | _tables(materials, order.csv_text)
    if failures:
        files[LEFT_OUT] = ("\n\n".join(not_made(failures)) + "\n").encode()
    readme = _readme(materials, files, about | _OF_NO_KIND | {"tables": f"{_TABLES} {csv_form(order.csv_text)}"})
    return _zipped({"README.txt": readme, **files}, order.today)


def left_out(content: bytes) -> str:
    """What a ZIP of everything says that it lacks, and why; nothing where it lacks nothing."""
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(LEFT_OUT).decode() if LEFT_OUT in archive.namelist() else ""


def _about(kind: FileKind, files: Mapping[str, bytes], about: Mapping[str, str]) -> dict[str, str]:
    """What the files of a kind are, by file or by the folder that they share with those of other kinds."""
    places = {name.split("/")[0] for name in files}
    return {
        place: kind.holds if place in files else ", ".join(filter(None, (about.get(place), kind.label)))
        for place in places
    }


def _scenarios(materials: Sequence[Material]) -> dict[str, bytes]:
    named = by_stem(materials)
    return {f"scenarios/{name}.json": material.scenario.to_json().encode() for name, material in named.items()}


def _tables(materials: Sequence[Material], text: Format | None) -> dict[str, bytes]:
    tables = {
        f"{name}/{table}": frame
        for name, material in by_stem(materials).items()
        for table, frame in _tables_of(material, text).items()
    }
    if len(materials) > 1:
        tables |= data.comparison_tables(materials)
    tables |= {"evidence": data.evidence(materials[0], text)} | _behind_charts(materials[0], text, general=True)
    return {f"tables/{name}.csv": data.csv(table, text) for name, table in tables.items()}


def _tables_of(material: Material, text: Format | None) -> Mapping[str, pd.DataFrame]:
    """Every table of a scenario: those behind its charts only where no other has their rows."""
    rows = {name: one.table for told in answers_of(material).values() for name, one in told.rows.items()}
    asked = {name: table.file(material.scenario, material.today, text) for name, table in rows.items()}
    known = {**data.tables(material), **asked}
    behind = _behind_charts(material, text, general=False)
    return {**known, **{name: table for name, table in behind.items() if name not in known}}


def _behind_charts(material: Material, text: Format | None, *, general: bool) -> dict[str, pd.DataFrame]:
    """The tables behind the charts of a scenario, or of what is general, by file name without suffix."""
    charts = drawable(material.holds)
    return {
        chart.rows_in: chart.table(material).file(material.scenario, material.today, text)
        for chart in charts
        if chart.table and chart.group.general == general
    }


def _readme(materials: Sequence[Material], files: Mapping[str, bytes], about: Mapping[str, str]) -> bytes:
    first = materials[0]
    lines = [ABOUT, ""]
    for material in materials:
        scenario = material.scenario
        checks = "model checks passed" if material.projection.sound else "MODEL CHECK FAILED"
        lines.append(SEPARATOR.join((shortened(scenario.name, 80), scenario.hash, material.made_with, checks)))
    lines += [f"Made on {first.scenario.format.day(first.today)}.", "", "Contents", ""]
    present = dict.fromkeys(name.split("/")[0] for name in files)
    lines += [f"{name:<14}{about[name]}" for name in present]
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
