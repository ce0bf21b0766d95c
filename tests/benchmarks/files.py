"""How long workbook and deck take beside what their libraries take to write as much: ratios of CPU time."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

import openpyxl
import xlsxwriter
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.plot import XyPlot

from model.presets import PRESETS
from report.deck import build as deck
from report.material import Material
from report.workbook import build as workbook
from tests.materials import materials

_TITLE_ONLY = 5
_CHART = (0, 0, 5_000_000, 4_000_000)


@dataclass(frozen=True)
class Pairs:
    """The CPU seconds of each pair: ours, and those of the yardstick."""

    ours: tuple[float, ...]
    plain: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median of how many times as long ours took."""
        return statistics.median(one / other for one, other in zip(self.ours, self.plain, strict=True))


def time_workbook(repeats: int = 5) -> Pairs:
    """The workbook of a scenario beside XlsxWriter writing as many cells, formulas as plain text."""
    found = _material()
    sheets = _cells(workbook(found))
    return _alternating(lambda: workbook(found), lambda: plain_workbook(sheets), repeats)


def time_deck(repeats: int = 5) -> Pairs:
    """The deck of a scenario beside python-pptx writing as many slides and the same charts, plain."""
    found = _material()
    slides = _charts(deck(found))
    return _alternating(lambda: deck(found), lambda: plain_deck(slides), repeats)


def plain_workbook(sheets: Sequence[Sequence[tuple[int, int, float | str]]]) -> bytes:
    """A workbook of numbers and texts."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for cells in sheets:
            sheet = book.add_worksheet()
            for row, col, value in cells:
                (sheet.write_string if isinstance(value, str) else sheet.write_number)(row, col, value)
    return file.getvalue()


def plain_deck(slides: Sequence[Sequence[tuple[object, object]]]) -> bytes:
    """A deck of charts."""
    deck_, file = Presentation(), BytesIO()
    for charts in slides:
        slide = deck_.slides.add_slide(deck_.slide_layouts[_TITLE_ONLY])
        for kind, data in charts:
            slide.shapes.add_chart(kind, *_CHART, data)
    deck_.save(file)
    return file.getvalue()


def _material() -> Sequence[Material]:
    return materials(PRESETS["seat-at-the-table"], draws=512)


def _cells(content: bytes) -> list[list[tuple[int, int, float | str]]]:
    book = openpyxl.load_workbook(BytesIO(content))
    return [
        [
            (cell.row - 1, cell.column - 1, value if isinstance(value := cell.value, int | float) else str(value))
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for sheet in book
    ]


def _charts(content: bytes) -> list[list[tuple[object, object]]]:
    slides = Presentation(BytesIO(content)).slides
    return [
        [(shape.chart.chart_type, _data(shape.chart.plots[0])) for shape in slide.shapes if shape.has_chart]
        for slide in slides
    ]


def _data(plot):
    if not isinstance(plot, XyPlot):
        data = CategoryChartData()
        data.categories = list(plot.categories)
        for series in plot.series:
            data.add_series(series.name, list(series.values))
        return data
    data = XyChartData()
    for series in plot.series:
        added = data.add_series(series.name)
        along = (float(value.text) for value in series._element.xpath("c:xVal//c:v"))
        for x, y in zip(along, series.values, strict=True):
            added.add_data_point(x, y)
    return data


def _alternating(ours: Callable[[], object], plain: Callable[[], object], repeats: int) -> Pairs:
    """One after the other, so that both meet the same machine; the first of each has warmed it up."""
    plain()
    gc.collect()
    pairs = [(_timed(ours), _timed(plain)) for _ in range(repeats)]
    return Pairs(*(tuple(side) for side in zip(*pairs, strict=True)))


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
