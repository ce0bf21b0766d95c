"""What the charts of published figures share: how such figures are written, their tables, the line of sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from model.evidence.series import CURRENCY
from model.evidence.sources import SOURCES
from model.units import Format, Unit
from report.tables.chart_table import ChartTable, Column


def published(text: Format) -> Format:
    """The locale's format for published amounts, which keep their own currency."""
    return Format(text.locale, CURRENCY)


def published_table(headings: dict[str, Unit | None], rows: Iterable[tuple[Any, ...]]) -> ChartTable:
    """Rows of published figures under headings with their units, None for words.

    Readers get numbers with the unit's decimals and their own currency, files the unit that each is stored in.
    """
    import pandas as pd

    columns = {
        heading: Column(heading, unit, _as_published if unit else _in_words, words=unit is None, currency=CURRENCY)
        for heading, unit in headings.items()
    }
    return ChartTable(pd.DataFrame(list(rows), columns=list(columns)), columns)


def _as_published(text: Format, value: float, unit: Unit) -> str:
    # What is worked out from the published figures has no end of digits.
    return published(text).plain(float(unit.as_shown(value)) / unit.scale, unit)


def _in_words(text: Format, words: str, _: Unit) -> str:
    return text.localised(words)


def cited(*ids: str) -> str:
    """Sources as a line below a chart: title, grade and warning of each."""
    return " ".join(f"{SOURCES[id_].title} (grade {SOURCES[id_].grade}). {SOURCES[id_].warning}" for id_ in ids)
