"""What another tool says of each channel, from its export: Robyn, Meridian, PyMC-Marketing, or a table of one's own.

Columns as these write them: Robyn's `pareto_aggregated.csv` (rn, total_spend, mean_spend, xDecompAgg, roi_total,
roi_mean, next_unit_response, ci_low, ci_up), Meridian's `MediaSummary.summary_table` ("1.2 (0.8, 1.6)") and its
metrics by row (mean, ci_lo, ci_hi), PyMC-Marketing's `summary.roas` (mean, abs_error_94_lower).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from model.history.experiments.amounts import ScaledAmounts
from model.history.importing.cells import is_blank
from model.history.importing.columns import channel_kind
from model.history.importing.data_file import DataFile
from model.history.importing.grid import SetAside
from model.history.importing.read import read_table
from model.history.importing.table import TextTable
from model.history.response.spend import Channel
from model.reading.faults import Fault, ScenarioError
from model.reading.texts import alike

MOST_CHANNELS = 100
# Names of columns, plain, by what they hold; of several the first that the table has.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "channel": ("channel", "rn", "channels", "media", "medium", "kanal"),
    "kind": ("kind", "block", "group", "gruppe"),
    "model": ("solid",),
    "distribution": ("distribution",),
    "metric": ("metric",),
    "spend": ("total spend", "spend", "cost", "budget", "media spend", "forbrug"),
    "mean_spend": ("mean spend", "spend per period", "spend per week"),
    "contribution": (
        "xdecompagg", "incremental outcome", "incremental revenue", "contribution", "inc revenue", "revenue",
    ),
    "roi": ("roi total", "roi", "roas", "roi mean", "return", "mean"),
    "marginal": ("mroi", "marginal roi", "mroas", "next unit response"),
    "average": ("roi mean",),
    "low": ("ci lo", "ci low", "roi low", "roi ci lo", "lower", "low", "abs error lower", "hdi lower"),
    "high": ("ci hi", "ci up", "ci high", "roi high", "roi ci hi", "upper", "high", "abs error upper", "hdi upper"),
    "se": ("boot se", "se", "standard error", "std", "sd"),
    "exponent": ("exponent", "elasticity"),
    "slope": ("slope", "alphas", "hill alpha", "slope m", "alpha"),
    "half_saturation": ("half saturation", "inflexion", "kappa"),
    "half_saturation_in_medians": ("ec", "ec m"),
    "theta": ("theta", "thetas", "adstock alpha", "alpha m", "retention", "adstock"),
    "half_life_weeks": ("half life weeks", "half life in weeks", "half life"),
    "half_life_months": ("half life months", "half life in months"),
}  # fmt: skip
_MONEY = ("spend", "mean_spend", "contribution", "half_saturation")
_TEXTS = ("channel", "kind", "model", "distribution", "metric")
# The level of Meridian's intervals unless another is asked for.
_MERIDIAN_LEVEL = 0.9
# The level of an interval by the names of its ends, where these do not say it.
_LEVELS = {"ci lo": _MERIDIAN_LEVEL, "roi ci lo": _MERIDIAN_LEVEL}
DEFAULT_LEVEL = 0.95
# "$1.2 ($0.8, $1.6)" as Meridian's table writes a figure with its interval.
_WITH_INTERVAL = re.compile(r"(?P<mean>[^()]+)\((?P<low>[^()]+), (?P<high>[^()]+)\)")
_SUMS = frozenset({"all paid channels", "all channels", "all", "total", "sum", "grand total"})


@dataclass(frozen=True)
class ChannelResult:
    """What a tool says of a channel: figures by name, those that it has; `level` is that of low and high."""

    name: str
    channel: Channel
    figures: Mapping[str, float]
    level: float = DEFAULT_LEVEL


@dataclass(frozen=True)
class ToolResults:
    """The channels of a table, the column of each role, rows that are no channel, and what was taken for granted."""

    file: str
    channels: tuple[ChannelResult, ...]
    columns: Mapping[str, str]
    set_aside: tuple[SetAside, ...]
    told: tuple[str, ...]


def read_results(file: DataFile) -> ToolResults:
    """The results of a file. Raises ScenarioError where no channel or no return can be read from it."""
    table = read_table(file)
    columns = _columns(table)
    _check(file, table, columns)
    amounts = ScaledAmounts(
        table, [name for role, name in columns.items() if role not in _TEXTS],
        frozenset(columns[role] for role in _MONEY if role in columns),
    )  # fmt: skip
    found: dict[str, ChannelResult] = {}
    set_aside = list(table.set_aside)
    level = _level(columns.get("low", ""))
    for number, cells in table.rows:
        row = dict(zip(table.heading, cells, strict=True))
        named = {role: row[name] for role, name in columns.items()}
        figures = dict(_figures(named, columns, amounts, f"{file.name}: row {number}"))
        if reason := _reason(named, figures):
            set_aside.append(SetAside(number, reason))
            continue
        meridian = "metric" in named or _WITH_INTERVAL.fullmatch(named.get("roi", ""))
        own_level = _MERIDIAN_LEVEL if meridian else level
        one = ChannelResult(named["channel"], _kind(file, number, named), figures, own_level)
        known = found.get(one.name)
        found[one.name] = one if known is None else replace(known, figures={**known.figures, **figures})
    if not found:
        raise file.refused(
            "has no row of a channel with a return; it needs a channel and roi, or spend and contribution"
        )
    if len(found) > MOST_CHANNELS:
        raise file.refused(f"has {len(found)} channels; at most {MOST_CHANNELS} are taken")
    return ToolResults(
        file.name, tuple(found.values()), columns, tuple(set_aside), (*amounts.told(), *_told(found, columns))
    )


def _columns(table: TextTable) -> dict[str, str]:
    # Meridian has "spend" and "% spend".
    plain = {name: _plain(name) for name in table.heading if "%" not in name}
    found: dict[str, str] = {}
    for role, known in _NAMES.items():
        candidates = [name for wanted in known for name, words in plain.items() if words == wanted]
        # The mean of ROI over periods is a return beside the total one, and what a marginal return is held against.
        free = [name for name in candidates if role == "average" or name not in found.values()]
        if free:
            found[role] = free[0]
    return found


def _plain(name: str) -> str:
    """The words of a column's name without numbers: "abs_error_94_lower" is "abs error lower"."""
    return " ".join(word for word in re.split(r"[\W_\d]+", name.casefold()) if word)


def _level(name: str) -> float:
    """The level that the name of an interval's lower end tells: 0.94 of "abs_error_94_lower"."""
    number = re.search(r"(?<!\d)(?P<level>[5-9]\d)(?!\d)", name)
    return float(number["level"]) / 100 if number else _LEVELS.get(_plain(name), DEFAULT_LEVEL)


def _check(file: DataFile, table: TextTable, columns: Mapping[str, str]) -> None:
    known = ", ".join(f"“{name}”" for name in table.heading)
    if "channel" not in columns:
        raise file.refused(f"has no column that names channels (channel, rn); columns are {known}")
    if "roi" not in columns and not {"spend", "contribution"} <= columns.keys():
        raise file.refused(f"has neither a return (roi, roas) nor spend and contribution; columns are {known}")
    models = {cell for cell in table.column(columns["model"]) if cell} if "model" in columns else set()
    if len(models) > 1:
        raise file.refused(
            f"holds {len(models)} models ({columns['model']}); keep the rows of the one that you trust"
        )


def _figures(
    named: Mapping[str, str], columns: Mapping[str, str], amounts: ScaledAmounts, label: str
) -> Iterator[tuple[str, float]]:
    """The figures of a row. Raises ScenarioError for what is no number."""
    metric = named.get("metric", "mean")
    for role, cell in named.items():
        if role in _TEXTS or is_blank(cell):
            continue
        interval = _WITH_INTERVAL.fullmatch(cell)
        parts = {role: interval["mean"] if interval else cell}
        if interval and role == "roi":
            parts |= {"low": interval["low"], "high": interval["high"]}
        for part, text in parts.items():
            value = amounts.marks.number(text.strip().removesuffix("%"))
            if value is None:
                raise ScenarioError([Fault(label, f"has “{cell}”, which is no number")])
            name = {"ci_lo": "low", "ci_hi": "high"}.get(metric, part) if part == "roi" else part
            # Of a table with a row for each metric only the return has its interval taken.
            if metric == "mean" or name in ("low", "high"):
                yield name, value * amounts.factor(columns[role])


def _reason(named: Mapping[str, str], figures: Mapping[str, float]) -> str:
    """Why a row is no channel, empty where it is one."""
    if not named["channel"]:
        return "names no channel"
    if alike(named["channel"]) in _SUMS:
        return f"is a sum of channels ({named['channel']})"
    if named.get("distribution", "posterior") == "prior":
        return "is the tool's prior, not its result"
    if named.get("metric", "mean") not in ("mean", "ci_lo", "ci_hi"):
        return f"holds the {named['metric']}; the mean is used"
    if "spend" in named and figures.get("spend", 0.0) <= 0:
        return f"has no spend: {named['channel']} is no paid channel"
    if not figures:
        return "holds no figures"
    return ""


def _kind(file: DataFile, number: int, named: Mapping[str, str]) -> Channel:
    kind = channel_kind(named.get("kind", "")) or channel_kind(named["channel"])
    if kind is None:
        message = (
            f"has the channel “{named['channel']}”, which may be social or other marketing: add a column kind that "
            "says social or other"
        )
        raise ScenarioError([Fault(f"{file.name}: row {number}", message)])
    return Channel(kind)


def _told(found: Mapping[str, ChannelResult], columns: Mapping[str, str]) -> Iterator[str]:
    for channel in Channel:
        names = [one.name for one in found.values() if one.channel is channel]
        yield f"Taken as {channel.words}: {', '.join(names) or 'none'}"
    if "roi" in columns:
        yield f"{columns['roi']} is taken as revenue for each unit of spend, its cost not taken off"
