"""Every kind of file that can be made, declared once; the order for some of them; what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import PurePath
from types import MappingProxyType

from model.scenario import Scenario
from model.uncertainty.simulation import Progress, Simulation, simulate
from report.charts.catalogue import CHARTS, chart_named
from report.files.browser import NoBrowser, browser
from report.files.file_names import stem
from report.material import BANDS, Material, gathered
from report.words.proposal import Section, as_text, text_alone

# Told the part done (0 … 1) and what is being made.
Told = Callable[[float, str], None]


@dataclass(frozen=True)
class Order:
    """What files are to be made of; the first scenario is the one proposed.

    `draws` 0 asks for no simulation; `text` is the edited proposal, None for the one written from the numbers;
    `chart` is the one that images show, `width` how many pixels wide.
    """

    scenarios: tuple[Scenario, ...]
    today: date
    draws: int
    seed: int
    text: tuple[Section, ...] | None = None
    chart: str | None = None
    width: int | None = None

    @cached_property
    def simulations(self) -> tuple[Simulation, ...]:
        """The scenarios' simulations, with the bands by month that documents draw. Raises ScenarioError."""
        if not self.draws:
            return ()
        return tuple(simulate(scenario, self.draws, self.seed, lines=BANDS) for scenario in self.scenarios)

    @cached_property
    def materials(self) -> tuple[Material, ...]:
        """The scenarios' results. Raises ValueError as `report.material.gathered` does."""
        return gathered(self.scenarios, self.today, self.simulations)


@dataclass(frozen=True)
class FileKind:
    """A kind of file: `file` is its plain name with suffix, `holds` says what is in it, `make` makes its bytes.

    `make` raises ValueError where the order lacks what it needs, and NoBrowser. An image shows one chart of one
    scenario; `one_by_one` marks tables in which several scenarios stand only if a command line asks for it.
    """

    label: str
    file: str
    mime: str
    holds: str
    make: Callable[[Order, Progress | None], bytes]
    needs_browser: bool = False
    holds_text: bool = False
    is_image: bool = False
    one_by_one: bool = False

    @property
    def suffix(self) -> str:
        """How its file names end: ".xlsx"."""
        return PurePath(self.file).suffix

    def file_name(self, order: Order) -> str:
        """The file's name: the first scenario's name and hash, then what it is."""
        file = f"{order.chart or 'chart'}{self.suffix}" if self.is_image else self.file
        return f"{stem(order.scenarios[0])}-{file.replace('_', '-')}"

    def part_of(self, order: Order) -> Order:
        """The order without what plays no part in such a file: the same part gives the same file."""
        chart, width = (order.chart, order.width) if self.is_image else (None, None)
        return replace(order, text=order.text if self.holds_text else None, chart=chart, width=width)


@dataclass(frozen=True)
class Made:
    """A file that was made."""

    kind: FileKind
    name: str
    content: bytes


@dataclass(frozen=True)
class Built:
    """The files made of an order, and the reason for each kind that could not be made."""

    order: Order
    files: tuple[Made, ...]
    failures: tuple[tuple[FileKind, str], ...]

    def outdated(self, order: Order) -> tuple[Made, ...]:
        """The files that would be others if they were made of this order."""
        return tuple(made for made in self.files if made.kind.part_of(order) != made.kind.part_of(self.order))


def build(order: Order, kinds: Sequence[FileKind], told: Told) -> Built:
    """Make the files of some kinds one after the other; one that cannot be made does not keep back the others."""
    files, failures = [], []
    for place, kind in enumerate(kinds):
        progress = partial(_tell, told, kind.label, place, len(kinds))
        progress(0.0)
        try:
            files.append(Made(kind, kind.file_name(order), kind.make(order, progress)))
        except (ValueError, NoBrowser) as error:
            failures.append((kind, str(error)))
    # A copy: the order itself holds all results by now, which would stay in memory as long as the files.
    return Built(replace(order), tuple(files), tuple(failures))


def _tell(told: Told, label: str, place: int, count: int, part: float) -> None:
    told((place + part) / count, label)


def _workbook(order: Order, _: Progress | None) -> bytes:
    from report.workbook import build

    return build(order.scenarios, today=order.today, simulations=order.simulations)


def _deck(order: Order, _: Progress | None) -> bytes:
    from report.deck import build

    found = order.materials[0].found
    return build(order.scenarios, today=order.today, simulations=order.simulations, text=order.text, found=found)


def _html(order: Order, _: Progress | None) -> bytes:
    from report.document import html_of

    return html_of(order.materials, order.text).encode()


def _pdf(order: Order, _: Progress | None) -> bytes:
    from report.document import pdf_of

    # Missed before anything is drawn.
    browser()
    return pdf_of(order.materials, order.text)


def _text(order: Order, _: Progress | None) -> bytes:
    sections = text_alone(order.materials, order.text)
    if not sections:
        raise ValueError("there is no text: either it was emptied, or it is to be written without a simulation")
    return as_text(sections).encode()


def _csv(order: Order, _: Progress | None) -> bytes:
    from report.tables.data import monthly_csv

    return monthly_csv(gathered(order.scenarios, order.today))


def _json(order: Order, _: Progress | None) -> bytes:
    from report.tables.data import json

    return json(order.materials)


def _zip(order: Order, progress: Progress | None) -> bytes:
    from report.files.zip_file import zip_of

    return zip_of(order.materials, order.text, progress)


def _image(order: Order, _: Progress | None, format_: str) -> bytes:
    from report.files.images import image

    if order.chart is None:
        raise ValueError(f"which chart? Charts are {', '.join(CHARTS)}")
    # Missed before anything is drawn.
    browser()
    simulated = chart_named(order.chart).group.simulated
    materials = order.materials if simulated else gathered(order.scenarios[:1], order.today)
    return image(order.chart, materials[0], format_, order.width)


_OFFICE = "application/vnd.openxmlformats-officedocument"
_IMAGE_HOLDS = "One chart at 16:9 with its footer, as wide as asked for"

# A new kind of file is an entry here.
KINDS: Mapping[str, FileKind] = MappingProxyType(
    {
        "workbook": FileKind(
            "Excel workbook", "workbook.xlsx", f"{_OFFICE}.spreadsheetml.sheet",
            "Every number as a live formula; change an input and it recalculates.", _workbook,
        ),
        "deck": FileKind(
            "PowerPoint deck", "deck.pptx", f"{_OFFICE}.presentationml.presentation",
            "The slides; charts and text can be edited.", _deck, holds_text=True,
        ),
        "report-html": FileKind(
            "Report as HTML", "report.html", "text/html",
            "The report: charts to point at, tables, assumptions, evidence. Opens in any browser, needs no network.",
            _html, holds_text=True,
        ),
        "report-pdf": FileKind(
            "Report as PDF", "report.pdf", "application/pdf", "The same report to print and attach.", _pdf,
            needs_browser=True, holds_text=True,
        ),
        "proposal": FileKind(
            "Proposal text", "proposal.txt", "text/plain", "The proposal text.", _text, holds_text=True
        ),
        "months": FileKind(
            "CSV by month", "months.csv", "text/csv",
            "Every line of the model by month; numbers at full precision, shares as fractions.", _csv,
            one_by_one=True,
        ),
        "data": FileKind(
            "JSON", "data.json", "application/json",
            "Scenarios with all their results, assumptions and evidence, for programs.", _json, one_by_one=True,
        ),
        "everything": FileKind(
            "Everything in one ZIP", "everything.zip", "application/zip",
            "All documents, every chart as an image, all tables and the scenario files. Images and PDF are left out "
            "where no browser is found.", _zip, holds_text=True,
        ),
        "image-png": FileKind(
            "Chart as PNG", "chart.png", "image/png", f"{_IMAGE_HOLDS}, to paste.",
            partial(_image, format_="png"), needs_browser=True, is_image=True,
        ),
        "image-svg": FileKind(
            "Chart as SVG", "chart.svg", "image/svg+xml", f"{_IMAGE_HOLDS}, to edit.",
            partial(_image, format_="svg"), needs_browser=True, is_image=True,
        ),
        "image-pdf": FileKind(
            "Chart as PDF", "chart.pdf", "application/pdf", f"{_IMAGE_HOLDS}, to print.",
            partial(_image, format_="pdf"), needs_browser=True, is_image=True,
        ),
    }
)  # fmt: skip
