"""What a chart is: everything that screens and files need of one, declared in the file that draws it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from model.projection import Projection
from report.asked import ODDS
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import Theme
from report.tables.chart_table import ChartTable
from report.tables.document_tables import Table

# Where numbers come from, as the line below a chart says it.
MODEL, DRAWS = "The model", "The model, drawn from the ranges"


class OfAPlan(Protocol):
    """What a chart draws from: whatever it is, there is a plan whose name, hash and locale the chart has."""

    @property
    def projection(self) -> Projection:
        """That plan's."""


Subject = TypeVar("Subject", bound=OfAPlan)
Holder = TypeVar("Holder", bound=OfAPlan)


@dataclass(frozen=True)
class Group:
    """Charts that stand together, on a screen and in a report, each so many pixels high.

    `needs`: what they draw from beside the projection, the odds or a subject of `report.asked.Asked`; `general`:
    they draw from what was published, beside which a plan may stand, so that files that hold several scenarios show
    them once, with the first; `private`: from what stays in the session of whoever gave it, so that no figure of it
    is remembered for others.
    """

    name: str
    height: int
    needs: str = ""
    general: bool = False
    private: bool = False


PLAN = Group("plan", 340)
BUDGET = Group("budget", 340)
RISK = Group("risk", 480, needs=ODDS)
EVIDENCE = Group("evidence", 520, general=True)
COMPARE = Group("compare", 400)
SKILLS = Group("skills", 480)
OPTIMISE = Group("optimise", 480)
OWN_DATA = Group("own data", 480, private=True)
PILOT = Group("pilot", 460, needs="tests")
STAGES = Group("stages", 460, needs="stages")
COUNTER = Group("counter-offer", 460, needs="counter")
TRACK = Group("track", 460, private=True)
PORTFOLIO = Group("portfolio", 480, private=True)
MODEL_PICTURE = Group("model", 340)


@dataclass(frozen=True)
class Chart(Generic[Subject]):
    """A chart of a subject: most draw from a scenario's `Material`, others from what their own screen is about.

    `figure(subject, theme, today)` draws it, `alt(subject)` tells it in words for those who do not see it, and
    `table(subject)` is what stands behind it; `source` says where its numbers come from. `explains` is the line or
    metric whose explanation belongs to it, `in_file` the table of a ZIP that has its rows, where not one of its own.
    """

    name: str
    title: str
    group: Group
    source: str
    figure: Callable[[Subject, Theme, date | None], Figure]
    alt: Callable[[Subject], str]
    table: Callable[[Subject], ChartTable] | None = None
    explains: str = ""
    in_file: str = ""

    def of(self, subject: Callable[[Holder], Subject]) -> Chart[Holder]:
        """The same chart of something that holds its subject."""
        table = self.table
        return Chart(
            self.name, self.title, self.group, self.source,
            lambda holder, theme, today: self.figure(subject(holder), theme, today),
            lambda holder: self.alt(subject(holder)),
            table and (lambda holder: table(subject(holder))),
            self.explains, self.in_file,
        )  # fmt: skip

    def pages(self, subject: Subject) -> tuple[Table, ...]:
        """The table behind it on paper, in one part or several."""
        return self.table(subject).pages(subject.projection.scenario) if self.table else ()

    @property
    def file(self) -> str:
        """Its name as a part of file names: "cash-fan"."""
        return self.name.replace("_", "-")

    @property
    def rows_in(self) -> str:
        """The name, without suffix, of the file of a ZIP that has its rows."""
        return self.in_file or self.file
