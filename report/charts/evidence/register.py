"""The charts of the evidence by name, each with the table behind it, its source and its text alternative."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go  # type: ignore[import-untyped]

from model.evidence.advertising import ELASTICITY
from model.evidence.series import CURRENCY, GARTNER, Series
from model.evidence.sources import SOURCES
from model.evidence.studies import CAUSAL_STUDIES, GROUP_DIFFERENCES
from model.evidence.survey import CMO_SURVEY, OUTCOMES
from model.projection import Projection
from model.units import RATIO, SHARE, Unit
from report.charts.evidence.returns import (
    elasticities,
    elasticity_alt,
    elasticity_rows,
    implied_return,
    relative_returns,
    return_alt,
    return_rows,
)
from report.charts.evidence.series import (
    TRAINING,
    budget_alt,
    budget_series,
    published,
    training_alt,
    training_series,
)
from report.charts.evidence.studies import causal_studies, effects, study_alt
from report.charts.evidence.survey import survey_alt, survey_forecasts

if TYPE_CHECKING:
    import pandas as pd

GAP = "–"


@dataclass(frozen=True)
class EvidenceTable:
    """Rows of raw values under headings; `units` has the unit of each column of numbers, None for words."""

    headings: tuple[str, ...]
    units: tuple[Unit | None, ...]
    rows: tuple[tuple[Any, ...], ...]

    def frame(self) -> pd.DataFrame:
        """For a program: numbers at full precision under headings with the unit they are stored in, gaps empty."""
        import pandas as pd

        units = (unit.stored_words(CURRENCY) if unit else "" for unit in self.units)
        columns = [f"{one} ({unit})" if unit else one for one, unit in zip(self.headings, units, strict=True)]
        return pd.DataFrame(list(self.rows), columns=columns)

    def texts(self, projection: Projection) -> tuple[tuple[str, ...], ...]:
        """For a reader: in the locale with the unit's decimals, amounts in their own currency, gaps as dashes."""
        text = published(projection.scenario.format)

        def shown(value: Any, unit: Unit | None) -> str:
            if value is None:
                return GAP
            if unit is None:
                return str(value)
            # What is worked out from the published figures has no end of digits.
            return text.plain(float(unit.as_shown(value)) / unit.scale, unit)

        return tuple(
            tuple(shown(value, unit) for value, unit in zip(row, self.units, strict=True)) for row in self.rows
        )


@dataclass(frozen=True)
class EvidenceChart:
    """A chart of evidence: `function(projection, theme, today)` draws it, `alt(projection)` tells it in words.

    The projection gives locale, stamp and, beside the studies, what the plan assumes; `table(projection)` is the
    table behind it.
    """

    name: str
    title: str
    function: Callable[..., go.Figure]
    alt: Callable[[Projection], str]
    table: Callable[[Projection], EvidenceTable]
    source: str


def _survey_table(_: Projection) -> EvidenceTable:
    reached = {item.said.edition: item for item in OUTCOMES}
    rows = []
    for item in CMO_SURVEY:
        came = reached.get(item.edition)
        later = (came.came.edition, came.reported, came.level_reached, came.rise_reached) if came else (None,) * 4
        rows.append((item.edition, item.now, item.in_a_year, item.in_five_years, *later))
    headings = ("Edition", "Now", "Expected in 12 months", "Expected in 5 years", "Edition five years on",
                "Came", "Part of the level", "Part of the rise")  # fmt: skip
    return EvidenceTable(headings, (None, SHARE, SHARE, SHARE, None, SHARE, SHARE, SHARE), tuple(rows))


def _study_table(projection: Projection) -> EvidenceTable:
    groups = tuple(
        (f"{item.measure}, difference between groups", SOURCES[item.source].grade, "", item.difference, None, None,
         item.reading)
        for item in GROUP_DIFFERENCES
    )  # fmt: skip
    published = {study.name: study.published for study in CAUSAL_STUDIES}
    rows = tuple(
        (row.name, row.letters, published.get(row.name, ""), row.value, row.low, row.high, row.note)
        for row in effects(projection.scenario)
    )
    headings = ("Evidence", "Grade", "As published", "More", "Low", "High", "Conversion or reading (ours)")
    return EvidenceTable(headings, (None, None, None, SHARE, SHARE, SHARE, None), groups + rows)


def _return_table(_: Projection) -> EvidenceTable:
    rows = tuple((row.name, row.letters, row.value, row.low, row.high, row.note) for row in return_rows())
    headings = ("Evidence", "Grade", "Social, other media = 1", "Low", "High", "What it measures")
    return EvidenceTable(headings, (None, None, RATIO, RATIO, RATIO, None), rows)


def _elasticity_table(projection: Projection) -> EvidenceTable:
    scenario = projection.scenario
    rows = tuple(
        (row.name, row.letters, row.value, implied_return(scenario, row.value or 0), row.note)
        for row in elasticity_rows(scenario)
    )
    headings = ("Evidence", "Grade", "Elasticity", "Return per unit at this plan's budget", "What it measures")
    return EvidenceTable(headings, (None, None, ELASTICITY, RATIO, None), rows)


def _series_table(*shown: Series) -> EvidenceTable:
    years = range(min(min(one.values) for one in shown), max(max(one.values) for one in shown) + 1)
    rows = tuple((str(year), *(one.values.get(year) for one in shown)) for year in years)
    headings = ("Year", *(one.label for one in shown))
    return EvidenceTable(headings, (None, *(one.unit for one in shown)), rows)


def _cited(*ids: str) -> str:
    """Sources as a line below a chart: title, grade and warning of each."""
    return " ".join(f"{SOURCES[id_].title} (grade {SOURCES[id_].grade}). {SOURCES[id_].warning}" for id_ in ids)


EVIDENCE_CHARTS: Mapping[str, EvidenceChart] = MappingProxyType(
    {
        chart.name: chart
        for chart in (
            EvidenceChart(
                "survey_forecasts", "Forecast against outcome", survey_forecasts, survey_alt, _survey_table,
                _cited("cmo-survey", "cmo-backtest"),
            ),
            EvidenceChart(
                "relative_returns", "Return of social beside other media", relative_returns, return_alt,
                _return_table, _cited("profit-ability-2", "nielsen-2022"),
            ),
            EvidenceChart(
                "causal_studies", "The 218 % beside causal studies", causal_studies, study_alt, _study_table,
                _cited("astd-2000", "training-causal"),
            ),
            EvidenceChart(
                "elasticities", "How sales answer to advertising", elasticities, elasticity_alt, _elasticity_table,
                _cited("ad-elasticity"),
            ),
            EvidenceChart(
                "training_series", "What firms spend on training", training_series, training_alt,
                lambda _: _series_table(*TRAINING), _cited("atd-hours"),
            ),
            EvidenceChart(
                "budget_series", "What firms spend on marketing", budget_series, budget_alt,
                lambda _: _series_table(GARTNER), _cited("gartner-2025"),
            ),
        )
    }
)  # fmt: skip
