"""What files are made of and what came of it: the order, the form of a kind of file, the files made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import PurePath

from model.operation.log import timed, unforeseen
from model.scenario import Scenario
from model.uncertainty.simulation import Progress
from model.units import Format
from report.asked import NOTHING_ASKED, ODDS, Asked
from report.charts.catalogue import CHARTS
from report.files.browser import NoBrowser
from report.files.file_names import stem
from report.files.patience import Patience
from report.material import Material, gathered
from report.signatories import NOBODY, Signatories
from report.words.proposal import Section

# Told the part done (0 … 1) and what is being made.
Told = Callable[[float, str], None]


@dataclass(frozen=True)
class Order:
    """What files are to be made of; the first scenario is the one proposed.

    `draws` 0 asks for no simulation; `text` is the edited proposal, None for the one written from the numbers;
    `chart` is the one that images show, `width` how many pixels wide; `signatories` are the names over the lines to
    sign, `spreadsheet` whether CSV is to open in spreadsheets of the first scenario's locale, `asked` what is to be
    told about the decision on the first one. What is found out for one file is there for all others.
    """

    scenarios: tuple[Scenario, ...]
    today: date
    draws: int
    seed: int
    text: tuple[Section, ...] | None = None
    chart: str | None = None
    width: int | None = None
    signatories: Signatories = NOBODY
    spreadsheet: bool = False
    asked: Asked = NOTHING_ASKED

    @property
    def csv_text(self) -> Format | None:
        """What CSV is written with for spreadsheets; None for the form that every tool reads."""
        return self.scenarios[0].format if self.spreadsheet else None

    @cached_property
    def projected(self) -> tuple[Material, ...]:
        """The scenarios' results without odds. Raises ValueError as `report.material.gathered` does."""
        return gathered(self.scenarios, self.today)

    @cached_property
    def materials(self) -> tuple[Material, ...]:
        """The scenarios' results, with the odds if draws were ordered. Raises ValueError, also as ScenarioError."""
        drawn = tuple(one.with_odds(self.draws, self.seed) if self.draws else one for one in self.projected)
        return (drawn[0].with_answers(self.asked), *drawn[1:])

    @property
    def holds(self) -> frozenset[str]:
        """What charts can need and the first scenario's results hold."""
        return self.asked.names | {ODDS} if self.draws else frozenset()

    @cached_property
    def patience(self) -> Patience:
        """How long the browser may take for all files of the order together."""
        return Patience.with_scenarios(len(self.scenarios))

    @cached_property
    def _files(self) -> dict[FileKind, bytes]:
        return {}

    def file(self, kind: FileKind, progress: Progress | None = None) -> bytes:
        """The file of a kind, made but once: the ZIP of everything holds the same. Raises as its `make` does."""
        if kind not in self._files:
            drawn = {"draws": self.draws, "seed": self.seed}
            with timed("file", *(scenario.hash for scenario in self.scenarios), file=kind.file, **drawn):
                self._files[kind] = kind.make(self, progress)
        return self._files[kind]


@dataclass(frozen=True)
class FileKind:
    """A kind of file: `file` is its plain name with suffix, `holds` says what is in it, `make` makes its bytes.

    `make` raises ValueError where the order lacks what it needs, and NoBrowser. An image shows one chart of one
    scenario; one that `is_signed` has lines to sign on with the signatories' names; `one_by_one` marks tables in
    which several scenarios stand only if a command line asks for it; one that `holds_csv` may be for spreadsheets;
    one that `tells_answers` has what was asked about the decision.
    `in_zip` makes what the ZIP of everything holds of this kind, by file name, where that is more than the file.
    """

    label: str
    file: str
    mime: str
    holds: str
    make: Callable[[Order, Progress | None], bytes]
    needs_browser: bool = False
    holds_text: bool = False
    is_signed: bool = False
    is_image: bool = False
    one_by_one: bool = False
    holds_csv: bool = False
    tells_answers: bool = False
    in_zip: Callable[[Order], Mapping[str, bytes]] | None = None

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
        text = order.text if self.holds_text else None
        signatories = order.signatories if self.is_signed else NOBODY
        spreadsheet = order.spreadsheet and self.holds_csv
        return replace(
            order, text=text, chart=chart, width=width, signatories=signatories, spreadsheet=spreadsheet,
            asked=self._asked(order),
        )  # fmt: skip

    def _asked(self, order: Order) -> Asked:
        """Of what is asked that which plays a part: for an image what its chart needs."""
        if self.is_image and order.chart is not None and order.chart in CHARTS:
            return order.asked.only({CHARTS[order.chart].group.needs})
        return order.asked if self.tells_answers else NOTHING_ASKED

    def zipped(self, order: Order) -> Mapping[str, bytes]:
        """What the ZIP of everything holds of this kind, by file name. Raises as `make` does."""
        return self.in_zip(order) if self.in_zip else {self.file: order.file(self)}


Failures = Sequence[tuple[FileKind, str]]


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
            files.append(Made(kind, kind.file_name(order), order.file(kind, progress)))
        except Exception as error:
            failures.append((kind, reason(error)))
    # A copy: the order itself holds all results by now, which would stay in memory as long as the files.
    return Built(replace(order), tuple(files), tuple(failures))


def reason(error: Exception) -> str:
    """Why a file could not be made, for a person; an error that nobody foresaw is told by its kind, and logged."""
    if isinstance(error, ValueError | NoBrowser):
        return str(error)
    if isinstance(error, OSError):
        return f"the system refused it: {error.strerror or type(error).__name__}"
    name = unforeseen("file", error)
    return f"an error that was not foreseen ({type(error).__name__}). Error {name}: tell your administrator"


def not_made(failures: Failures) -> tuple[str, ...]:
    """Each reason once, with the kinds of files that it kept from being made."""
    told = []
    for reason in dict.fromkeys(reason for _, reason in failures):
        labels = ", ".join(kind.label for kind, why in failures if why == reason)
        told.append(f"Not made: {labels}. {reason[:1].upper()}{reason[1:]}")
    return tuple(told)


def _tell(told: Told, label: str, place: int, count: int, part: float) -> None:
    told((place + part) / count, label)
