"""A counter-offer as tables: the ask beside the offer and what each limit costs, for readers and in full."""

from __future__ import annotations

import math
from typing import Any

from model.choice.counter.offer import Counteroffer
from model.choice.counter.terms import TERMS, Deal
from model.choice.counter.words import decided, shown
from model.scenario import Scenario
from model.telling.tables import WITHIN
from model.units import HEADS, MONEY, MONEY_YEAR, MONTH, RATIO, SHARE, Format
from report.tables.chart_table import ChartTable, Column
from report.tables.document_tables import NOTHING, Cell, Table

ASK = "Ask"


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
        text.rounded(deal.p10, MONEY, deal.error),
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


def deal_rows(found: Counteroffer) -> ChartTable:
    """The ask and the offer, a row each."""
    import pandas as pd

    columns = {
        "plan": Column("Plan", words=True),
        "decided": Column("What is decided", words=True),
        "content_hash": Column("Content hash", words=True),
        "mean": Column("Mean net present value", MONEY),
        "error": Column("±", MONEY),
        "p10": Column("10 % end below", MONEY),
        "odds": Column("Odds of a gain", SHARE),
        "payback": Column("Mean cash paid back", MONTH),
        "people": Column("People in the team", HEADS),
        "yearly": Column("Most money in any plan year", MONEY_YEAR),
        "new_money": Column("New money in all", MONEY),
    }
    rows = [_deal(ASK, found.ask, found.asked), _deal(offered(found), found.scenario, found.offered)]
    return ChartTable(pd.DataFrame(rows, columns=list(columns)), columns, WITHIN)


def _deal(label: str, scenario: Scenario, deal: Deal) -> tuple[Any, ...]:
    money = (deal.mean, deal.error, deal.p10)
    rest = (deal.odds, _reached(deal.payback), deal.people, deal.yearly, deal.new_money)
    return (label, decided(scenario), scenario.hash, *money, *rest)


def limit_rows(found: Counteroffer) -> ChartTable:
    """One row a limit: what it allows, what is used of it, what it costs, and what one step wider gives back."""
    import pandas as pd

    columns = {
        "limit": Column("Limit", names=TERMS),
        "allowed": Column("Allowed"),
        "used": Column("Used"),
        "costs": Column("What it costs", MONEY),
        "one_step_wider": Column("One step wider"),
        "gives_back": Column("That gives back", MONEY),
        "worth_doing_until": Column("Something is worth doing until"),
    }
    rows = [
        (one.name, one.allowed, _reached(one.used), one.dropped, one.relaxed, one.worth, one.edge)
        for one in found.prices
    ]
    return ChartTable(pd.DataFrame(rows, columns=list(columns)), columns)


def bar_rows(found: Counteroffer) -> ChartTable:
    """What the chart draws: the worth of ask and offer, then what each limit costs."""
    import pandas as pd

    columns = {
        "what": Column("What", words=True),
        "amount": Column("Mean net present value, or what the limit costs", MONEY),
        "error": Column("±", MONEY),
        "gives_back": Column("One step wider gives back", MONEY),
    }
    rows: list[tuple[Any, ...]] = [
        (label, deal.mean, deal.error, None) for label, deal in ((ASK, found.asked), (offered(found), found.offered))
    ]
    rows += [(TERMS[one.name].label, one.dropped, None, one.worth) for one in found.prices]
    return ChartTable(pd.DataFrame(rows, columns=list(columns)), columns, WITHIN)


def _reached(value: float) -> float | None:
    """A figure, None for a month that never comes."""
    return None if math.isinf(value) else value
