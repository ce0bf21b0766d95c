"""Published series by year: what firms spend on training and marketing. Years without a figure stay gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from model.units import HOURS, MONEY, SHARE_OF_REVENUE, Unit

# The published amounts are in this currency, whatever a scenario's is.
CURRENCY = "USD"


@dataclass(frozen=True)
class Series:
    """Figures of one source by year, in model units; `label` says of what, `topic` in a word, `source` is its id."""

    source: str
    topic: str
    label: str
    unit: Unit
    values: Mapping[int, float]

    @property
    def stretches(self) -> tuple[tuple[int, ...], ...]:
        """Runs of years without a gap: what a line may join."""
        runs: list[tuple[int, ...]] = []
        for year in self.values:
            joins = bool(runs) and runs[-1][-1] == year - 1
            runs[-1:] = [(*runs[-1], year)] if joins else [*runs[-1:], (year,)]
        return tuple(runs)


def _of(source: str, topic: str, label: str, unit: Unit, values: dict[int, float]) -> Series:
    return Series(source, topic, label, unit, MappingProxyType(values))


ATD_SPEND = _of(
    "atd-spend",
    "Training",
    "Training spend per employee",
    MONEY,
    {2013: 1208, 2014: 1229, 2015: 1252, 2016: 1273, 2017: 1296, 2018: 1299, 2019: 1308, 2020: 1267, 2021: 1280,
     2024: 1054},
)  # fmt: skip
ATD_HOURS = _of(
    "atd-hours",
    "Training",
    "Training hours per employee",
    HOURS,
    {2015: 33.5, 2016: 34.1, 2017: 34.1, 2018: 34.0, 2020: 35.0, 2021: 32.9, 2023: 17.4, 2024: 13.7},
)
GARTNER = _of(
    "gartner-2025",
    "Marketing",
    "Marketing budget as a share of company revenue",
    SHARE_OF_REVENUE,
    {2014: 0.102, 2015: 0.114, 2016: 0.121, 2017: 0.113, 2018: 0.112, 2019: 0.105, 2020: 0.110, 2021: 0.064,
     2022: 0.095, 2023: 0.091, 2024: 0.077, 2025: 0.077, 2026: 0.078},
)  # fmt: skip
