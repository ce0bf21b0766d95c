"""The tables of what to do next: tests by what they are worth, the contract of a plan in stages, a counter-offer."""

from __future__ import annotations

import math
from datetime import date

from model.assumptions import ASSUMPTIONS
from model.choice.counter.offer import Counteroffer
from model.choice.counter.terms import TERMS, Deal
from model.choice.counter.words import decided, shown
from model.pilot.pilots import Pilot, Pilots, Rung
from model.pilot.words import in_100, size_of
from model.stages.contract import State, day_of
from model.telling.tables import WITHIN
from model.track.forecasts import records
from model.track.measures import MEASURES
from model.track.tracked import Tracked
from model.track.variances import VarianceCause
from model.track.words import MOST_OPEN, shown_parts, shown_unit
from model.units import LEAST_MONEY, MONEY, MONTHS, NO_BREAK, RATIO, SHARE, Format
from report.tables.chart_table import ChartTable, Column
from report.tables.document_tables import NOTHING, Cell, Table
from report.words.headings import length
from report.words.values import amount


def runnable(found: Pilots) -> list[tuple[Pilot, Rung]]:
    """The tests that can be run, each with its best size, the most worth running first."""
    return [(pilot, pilot.best) for pilot in found.pilots if pilot.best is not None]


def pilot_rows(found: Pilots) -> ChartTable:
    """One row a test: what becomes of it, how long and large, what it is worth and costs; money in full."""
    import pandas as pd

    columns = {
        "test": Column("Test", words=True),
        "size": Column("Best size", words=True),
        "verdict": Column("Verdict", words=True),
        "months": Column("Length", MONTHS),
        "worth": Column("Worth (EVSI)", MONEY),
        "worth_error": Column("±", MONEY),
        "delay": Column("Cost of waiting", MONEY),
        "cost": Column("Cost of running", MONEY),
        "net": Column("Net", MONEY),
        "odds_changed": Column("Changes the decision", SHARE),
        "whole_question": Column("Whole question (EVPPI)", MONEY),
    }
    rows = [_test_row(pilot) for pilot in found.pilots]
    return ChartTable(pd.DataFrame(rows, columns=list(columns)), columns, WITHIN)


def _test_row(pilot: Pilot) -> tuple[str | float | None, ...]:
    rung, told = pilot.best, (pilot.verdict.value, float(pilot.months))
    if rung is None:
        return (pilot.design.label, NOTHING, *told, *[None] * 7)
    money = (rung.worth, rung.error, rung.delay, rung.cost, rung.net)
    return (pilot.design.label, size_of(pilot, rung), *told, *money, rung.odds_changed, pilot.known)


def pilots_in_brief(found: Pilots) -> Table:
    """One row a test, as a person reads it: rounded to what the draws can tell."""
    text = found.scenario.format
    rows = tuple(_brief(pilot, text) for pilot in found.pilots)
    money = found.scenario.currency
    headings = ("Test", "Verdict", f"Worth, {money}", f"Costs with delay, {money}", f"Net, {money}",
                "Changes the decision", f"Whole question, {money}")  # fmt: skip
    marked = frozenset(place for place, pilot in enumerate(found.pilots) if pilot is found.first)
    return Table(headings, rows, values_from=2, caption=WITHIN, marked=marked)


def _brief(pilot: Pilot, text: Format) -> tuple[Cell, ...]:
    rung, verdict = pilot.best, Cell(pilot.verdict.value.replace(" ", NO_BREAK))
    if rung is None:
        return (Cell(pilot.design.label), verdict, *[Cell(NOTHING)] * 5)
    worth, net = (_told_money(value, rung.error, text) for value in (rung.worth, rung.net))
    return (
        Cell(pilot.design.label, small=f"{length(pilot)}, {size_of(pilot, rung)}"),
        verdict,
        Cell(f"{worth}{NO_BREAK}{text.within(rung.error, RATIO)}"),
        Cell(text.rounded(rung.delay + rung.cost, RATIO)),
        Cell(net),
        Cell(in_100(rung.odds_changed)),
        Cell(_told_money(pilot.known, pilot.known_error, text)),
    )


def _told_money(value: float, error: float, text: Format) -> str:
    """An amount without its unit; what is only left of rounding is none."""
    return text.rounded(value if abs(value) >= LEAST_MONEY else 0.0, RATIO, error)


def deals(found: Counteroffer) -> Table:
    """The ask beside the offer: what each decides, and the figures that finance looks at."""
    text = found.scenario.format
    rows = [("What is decided", decided(found.ask), decided(found.scenario))]
    rows += zip(_FIGURES, _figures(found.asked, text), _figures(found.offered, text), strict=True)
    return Table(("What", "Ask", offered(found)), tuple(tuple(map(Cell, row)) for row in rows))


def offered(found: Counteroffer, named: str = "Counter-offer") -> str:
    """What heads the figures of the plan that was found: no offer where nothing fits."""
    return named if found.fits else "Comes nearest"


_FIGURES = (
    "Mean net present value", "10 % of cases end below", "Odds of a gain", "Mean cash paid back",
    "People in the team", "Most money in any plan year", "New money in all",
)  # fmt: skip


def _figures(deal: Deal, text: Format) -> tuple[str, ...]:
    return (
        f"{text.rounded(deal.mean, MONEY, deal.error)} {text.within(deal.error, RATIO)}",
        text.rounded(deal.p10, MONEY),
        shown("odds", deal.odds, text),
        _told("payback", deal.payback, text),
        shown("people", deal.people, text),
        shown("yearly", deal.yearly, text),
        shown("new_money", deal.new_money, text),
    )


def prices(found: Counteroffer) -> Table:
    """What each limit allows, what is used of it, what it costs, and what one step wider gives back."""
    text = found.scenario.format
    rows = tuple(
        (
            Cell(TERMS[one.name].label),
            Cell(_told(one.name, one.allowed, text)),
            Cell(_told(one.name, one.used, text)),
            Cell(text.rounded(one.dropped, MONEY) if one.binding else "nothing"),
            Cell(f"{text.rounded(one.worth, MONEY)} at {_told(one.name, one.relaxed, text)}" if one.binding
                 else NOTHING),
            Cell(NOTHING if one.edge is None else _told(one.name, one.edge, text)),
        )
        for one in found.prices
    )  # fmt: skip
    headings = (
        "Limit",
        "Allowed",
        offered(found, "Offer"),
        "What it costs",
        "One step wider gives back",
        "Something is worth doing until",
    )
    return Table(headings, rows)


def _told(name: str, value: float, text: Format) -> str:
    """A figure that a term looks at; a month of payback as one."""
    if name != "payback" or math.isinf(value):
        return shown(name, value, text)
    return f"month {value:.0f}" if value else "from the start"


def variances_table(found: Tracked) -> Table:
    """Cumulative actual against plan, and the difference by cause, as rounded amounts that add up."""
    text = found.scenario.format
    rows = []
    for item in found.variances:
        unit = shown_unit(item)
        actual, plan = (unit.as_shown(item.total(series)) for series in (item.actual, item.plan))
        label = item.label if item.adds_up else f"{item.label}, month {item.months[-1]}"
        amounts = (text.number(float(one), unit.decimals) for one in (actual, plan))
        signed = (actual - plan, *(shown_parts(item)[cause] for cause in VarianceCause))
        deltas = (text.signed_number(float(one), unit.decimals) for one in signed)
        rows.append((Cell(label, unit.words(found.scenario.currency)), *map(Cell, (*amounts, *deltas))))
    headings = ("Measured", "AC", "PL", "Δ", *(f"Δ {cause.value}" for cause in VarianceCause))
    return Table(headings, tuple(rows))


def gates_due(found: Tracked, fixed_on: date | None = None) -> Table:
    """Each gate with its threshold: met or not where what it looks at was measured, else not due or not measured.

    `fixed_on` is the day from which days are counted where the plan has no first month; none are told without it.
    """
    text = found.scenario.format
    rows = []
    for seen in found.gates:
        gate, unit = seen.gate, seen.gate.looks_at.unit
        when = f"month {gate.month}" + (f", {text.day(day_of(gate, found.scenario, fixed_on))}" if fixed_on else "")
        measured, told = NOTHING, seen.standing
        if seen.observed is not None:
            measured = text.plain(round(seen.observed, 4), unit)
            told += f": {gate.below.words}" if seen.state is State.NOT_MET else ""
            told += f"; marked on {text.day(seen.marked_on)}" if seen.marked_on else ""
        elif seen.due:
            told += f": {seen.would_tell}"
        rows.append((when, gate.looks_at.label, text.plain(gate.threshold, unit), measured, told))
    headings = ("At the end of", "Looked at", "At least", "Measured", "State")
    return Table(headings, tuple(tuple(map(Cell, row)) for row in rows), values_from=9)


def still_open(found: Tracked) -> Table:
    """The beliefs that the worth of the plan still hangs on: as now believed, and what it is worth at each end."""
    text = found.scenario.format
    rows = tuple(
        (
            Cell(ASSUMPTIONS[bar.name].short_label),
            Cell(" … ".join(amount(text, bar.name, end) for end in (bar.low, bar.high))),
            Cell(text.rounded(bar.npv_low, MONEY)),
            Cell(text.rounded(bar.npv_high, MONEY)),
        )
        for bar in found.matters[:MOST_OPEN]
    )
    return Table(("Belief", "P10 … P90, as now believed", "NPV at P10", "NPV at P90"), rows, values_from=1)


def calibration(found: Tracked) -> Table:
    """How often the bands held, by what was measured, and their interval score."""
    text = found.scenario.format
    rows = tuple(
        (
            Cell(MEASURES[name].label),
            Cell(text.number(one.actuals, 0)),
            Cell(text.rounded(one.part, SHARE)),
            Cell(text.rounded(one.score, RATIO)),
        )
        for name, one in records(found.forecasts).items()
    )
    return Table(("Measured", "Actuals", "Within the band", "Interval score, lower is better"), rows)
