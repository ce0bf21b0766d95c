"""A group as plain data, as rows and as aligned text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from model.assumptions import ASSUMPTIONS
from model.command_line.output import columns, keyed, spread_data
from model.portfolio.allocation.result import Allocation, UnitPart
from model.portfolio.allocation.words import split_in_words
from model.portfolio.block import UnitOutcome
from model.portfolio.business_unit import BusinessUnit
from model.portfolio.consolidated import Consolidated
from model.reading.texts import tellable
from model.uncertainty.simulation import PERCENTILES
from model.units import MONEY, NO_BREAK, RATIO, SHARE

if TYPE_CHECKING:
    import pandas as pd

_LONGEST_NAME, _LONGEST, _MOST_LINES, _MOST_BARS = 40, 300, 20, 8


def portfolio_data(group: Consolidated, allocation: Allocation | None = None) -> dict[str, Any]:
    """Everything about a group: units, odds, fan, tornado, shares of the variance, and the allocation."""
    portfolio = group.portfolio
    mean, *percentiles = group.fan.tolist()
    rates = {code: {"rate": rate.value, "day": rate.day.isoformat()} for code, rate in portfolio.rates.items()}
    return {
        "hash": portfolio.hash,
        "currency": portfolio.currency,
        "rates": rates,
        "correlation": group.how.correlation,
        "draws": group.how.count,
        "seed": group.how.seed,
        "told": list(portfolio.told),
        "metrics": {"npv": spread_data(group.spread)},
        "odds": {"npv_positive": group.odds_of_gain},
        "expected_shortfall": group.expected_shortfall,
        "npv_at_likely_values": group.value,
        "cumulative_cash": {"mean": mean, **keyed(percentiles)},
        "tornado": [{"name": bar.name, "npv_low": bar.npv_low, "npv_high": bar.npv_high} for bar in group.bars],
        "units": list(_units(group, allocation)),
        "failed": [{"name": item.name, "reason": item.reason} for item in group.failed],
        "allocation": allocation and _allocation_data(allocation),
    }


def _units(group: Consolidated, allocation: Allocation | None) -> Iterator[dict[str, Any]]:
    """What is told of each unit, in the order of the table; money of `npv` and `cash` is the unit's own."""
    units = {unit.name: unit for unit in group.portfolio.units}
    parts = {part.name: part for part in allocation.parts} if allocation else {}
    for one in group.outcomes:
        unit = units[one.name]
        yield {
            "name": one.name,
            "hash": unit.scenario.hash,
            "currency": unit.scenario.currency,
            "rate": group.portfolio.rate(unit),
            "rate_day": _day(group, unit),
            "weight": unit.weight,
            "tags": list(unit.tags),
            "notes": unit.notes,
            "npv": spread_data(one.npv),
            "deviation": one.deviation,
            "odds": one.odds,
            "expected_shortfall": one.shortfall,
            "next_unit_returns": one.next_unit,
            "variance_share": group.variance_shares.get(one.name),
            "group_npv": (one.npv.mean or 0.0) * one.factor,
            "cumulative_cash": list(one.cash),
            "caveats": list(one.caveats),
            "allocated": _part_data(parts[one.name]) if one.name in parts else None,
        }


def _day(group: Consolidated, unit: BusinessUnit) -> str | None:
    rate = unit.rate or group.portfolio.rates.get(unit.scenario.currency)
    return rate.day.isoformat() if rate else None


def _part_data(part: UnitPart) -> dict[str, Any]:
    return {
        "share_today": part.share_today,
        "share": part.share,
        "budget_today": part.budget_today,
        "budget": part.budget,
        "next_unit_earns": part.earns,
        "bound": part.bound or None,
        "not_concave_between": [list(ends) for ends in part.gaps],
    }


def _allocation_data(allocation: Allocation) -> dict[str, Any]:
    return {
        "budget": allocation.budget,
        "unspent": allocation.unspent,
        "expected_npv": allocation.worth,
        "no_split_is_above": allocation.bound,
        "price_of_budget": allocation.price,
        "binding": [{"name": limit.name, "price": limit.price} for limit in allocation.bindings],
        "gain": allocation.gain,
        "gain_error": allocation.gain_error,
        "odds_better_than_today": allocation.odds_better,
        "odds_of_gain": allocation.odds_of_gain,
        "odds_of_gain_today": allocation.odds_today,
        "least_odds": allocation.limits.least_odds,
        "failed": [{"name": item.name, "reason": item.reason} for item in allocation.failed],
    }


def portfolio_rows(group: Consolidated, allocation: Allocation | None = None) -> pd.DataFrame:
    """A row for each unit, at full precision; those that failed last, with the reason."""
    import pandas as pd

    rows = [_flat(unit) for unit in portfolio_data(group, allocation)["units"]]
    rows += [{"name": item.name, "failed": item.reason} for item in group.failed]
    return pd.DataFrame(rows)


def _flat(unit: Mapping[str, Any]) -> dict[str, Any]:
    """A unit's figures without what takes more than a cell."""
    told = {key: unit[key] for key in ("name", "currency", "rate", "rate_day", "weight")}
    spread = unit["npv"]
    told |= {f"npv_{key}": spread[key] for key in ("mean", "error", *keyed(PERCENTILES))}
    told |= {key: unit[key] for key in ("deviation", "odds", "expected_shortfall", "next_unit_returns")}
    told |= {key: unit[key] for key in ("variance_share", "group_npv")}
    part = unit["allocated"] or {}
    told |= {key: value for key, value in part.items() if not isinstance(value, list)}
    return told | {"tags": " | ".join(unit["tags"]), "notes": unit["notes"]}


def portfolio_table(group: Consolidated, allocation: Allocation | None = None) -> str:
    """A group, readable: its odds, its units by what their next unit returns, what matters, the allocation."""
    parts = [_heading(group), _unit_rows(group), _bars(group), _failures(group), _caveats(group)]
    if allocation is not None:
        parts += [split_in_words(allocation), _split_rows(allocation)]
    text = "\n\n".join("\n".join(part) for part in parts if part)
    return text.replace(NO_BREAK, " ") + "\n"


def _heading(group: Consolidated) -> list[str]:
    text, spread, portfolio = group.portfolio.format, group.spread, group.portfolio
    mean = text.rounded(spread.mean or 0.0, MONEY, spread.error or 0.0)
    ends = [text.rounded(at.value, MONEY, at.error) for at in map(spread.percentile, (10, 90)) if at]
    count = len(group.outcomes)
    shared = f"beliefs shared with a correlation of {text.plain(group.how.correlation, RATIO)}"
    odds = (
        f"Mean net present value {mean} {text.within(spread.error or 0.0, MONEY)}; eight in ten cases lie between "
        f"{' and '.join(ends)}; odds of a gain {text.exact(group.odds_of_gain, SHARE)}; mean of the worst tenth "
        f"{text.rounded(group.expected_shortfall, MONEY, spread.error or 0.0)}"
    )
    return [
        f"{count} {'unit' if count == 1 else 'units'} in {portfolio.currency}  [{portfolio.hash}]",
        f"{group.how.count} draws, seed {group.how.seed}; {shared}",
        *portfolio.told,
        odds,
    ]


def _unit_rows(group: Consolidated) -> list[str]:
    rows: list[tuple[str, ...]] = [
        ("UNIT", "NEXT UNIT RETURNS", "MEAN NPV", "±", "P10", "P90", "ODDS", "IN THE GROUP", "OF ITS VARIANCE")
    ]
    units = {unit.name: unit for unit in group.portfolio.units}
    rows += [_unit_row(one, units[one.name], group) for one in group.by_next_unit]
    return columns(rows)


def _unit_row(one: UnitOutcome, unit: BusinessUnit, group: Consolidated) -> tuple[str, ...]:
    text, total = unit.scenario.format, group.portfolio.format
    share = group.variance_shares.get(one.name)
    own = [one.npv.average, one.npv.percentile(10), one.npv.percentile(90)]
    mean, low, high = (text.rounded(at.value, MONEY, at.error) if at else "–" for at in own)
    return (
        tellable(one.name, _LONGEST_NAME),
        "–" if one.next_unit is None else text.number(one.next_unit, 3),
        mean,
        text.rounded(one.npv.error or 0.0, MONEY),
        low,
        high,
        text.exact(one.odds, SHARE),
        total.rounded((one.npv.mean or 0.0) * one.factor, MONEY, (one.npv.error or 0.0) * one.factor),
        "–" if share is None else total.exact(share, SHARE),
    )


def _bars(group: Consolidated) -> list[str]:
    text = group.portfolio.format
    rows: list[tuple[str, ...]] = [("WHAT MATTERS", "NPV AT LOW", "NPV AT HIGH", "NAME")]
    for bar in group.bars[:_MOST_BARS]:
        ends = (text.rounded(end, MONEY) for end in (bar.npv_low, bar.npv_high))
        rows.append((ASSUMPTIONS[bar.name].short_label, *ends, bar.name))
    return columns(rows)


def _failures(group: Consolidated) -> list[str]:
    if not group.failed:
        return []
    lines = [f"Not in these figures, as they failed: {len(group.failed)}"]
    return lines + _some([f"  {item.name}: {item.reason}" for item in group.failed])


def _caveats(group: Consolidated) -> list[str]:
    return _some([f"{one.name}: {sentence}" for one in group.outcomes for sentence in one.caveats])


def _some(lines: list[str]) -> list[str]:
    """The first of many lines, and how many more there are."""
    told = [tellable(line, _LONGEST) for line in lines[:_MOST_LINES]]
    more = len(lines) - _MOST_LINES
    return [*told, *([f"  and {more} more: --format json lists them"] if more > 0 else [])]


def _split_rows(allocation: Allocation) -> list[str]:
    text = allocation.portfolio.format
    rows: list[tuple[str, ...]] = [
        ("UNIT", "SHARE TODAY", "SHARE", "BUDGET TODAY", "BUDGET", "NEXT UNIT EARNS", "AT")
    ]
    for part in allocation.parts:
        shares = (text.plain(round(share, 4), SHARE) for share in (part.share_today, part.share))
        budgets = (text.rounded(budget, MONEY) for budget in (part.budget_today, part.budget))
        earns = "–" if part.earns is None else text.number(part.earns, 3)
        rows.append((tellable(part.name, _LONGEST_NAME), *shares, *budgets, earns, part.bound))
    return columns(rows)
