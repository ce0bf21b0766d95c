"""The command `counter`: the best part of a plan inside what finance could accept, as plain data and as text."""

from __future__ import annotations

import argparse
import math
from dataclasses import asdict
from typing import Any

from model.choice.counter.offer import Counteroffer, counter
from model.choice.counter.terms import TERMS, Deal, Terms
from model.choice.counter.words import counter_in_words, decided, shown
from model.command_line.arguments import add_draw_arguments, add_scenario_arguments, number_in, read_scenario
from model.command_line.output import as_json, columns
from model.units import MONEY, NO_BREAK, Format

_USED = {
    "odds": "odds of a gain", "payback": "mean cash paid back, month", "people": "people in the team",
    "yearly": "most money in any plan year", "new_money": "new money in all",
}  # fmt: skip


def add_counter_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    add_scenario_arguments(parser)
    add_term_arguments(parser)
    add_draw_arguments(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table")


def add_term_arguments(parser: argparse._ActionsContainer) -> None:
    """An option for each limit that finance can set."""
    for name, kind in TERMS.items():
        help_ = f"{kind.label[0].lower()}{kind.label[1:]}: {kind.meaning}"
        parser.add_argument(f"--{name.replace('_', '-')}", type=number_in(kind.unit), default=None, help=help_)


def terms_of(options: argparse.Namespace) -> Terms:
    """The limits that were given."""
    return Terms(**{name: getattr(options, name) for name in TERMS})


def counter_offer(options: argparse.Namespace) -> str:
    """Run the command. Raises ScenarioError."""
    found = counter(read_scenario(options.scenario, options.set), terms_of(options), options.draws, options.seed)
    return as_json(counter_data(found)) if options.format == "json" else _table(found)


def counter_data(found: Counteroffer) -> dict[str, Any]:
    """A counter-offer: ask and offer with their figures, the terms with their prices."""
    return {
        "scenario": found.scenario.to_data(),
        "hash": found.scenario.hash,
        "ask": {"scenario": found.ask.to_data(), "hash": found.ask.hash, **_deal_data(found.asked)},
        "offer": _deal_data(found.offered),
        "in_short": list(counter_in_words(found)),
        "fits": found.fits,
        "worth_doing": found.worth_doing,
        "ruled_out_by": list(found.ruled_out_by),
        "gives_up": found.gives_up,
        "gives_up_error": found.gives_up_error,
        "terms": [
            {name: _finite(value) for name, value in asdict(one).items()} | {"binding": one.binding}
            for one in found.prices
        ],
        "break_even_relative_return": found.break_even,
        "plans": found.plans,
        "draws": found.draws,
        "seed": found.seed,
    }


def _deal_data(deal: Deal) -> dict[str, Any]:
    return {name: _finite(value) for name, value in asdict(deal).items()}


def _finite(value: Any) -> Any:
    """The value as JSON has it: null for a month that never comes."""
    return None if isinstance(value, float) and math.isinf(value) else value


def _table(found: Counteroffer) -> str:
    scenario, text = found.scenario, found.scenario.format
    fresh = f"{found.plans} plans looked at, {found.draws} fresh draws, seed {found.seed}"
    heading = f"{found.ask.name}  [{found.ask.hash}]  {fresh}"
    rows: list[tuple[str, ...]] = [("FIGURE", "ASK", "OFFER" if found.fits else "COMES NEAREST")]
    rows.append(("what is decided", decided(found.ask), decided(scenario)))
    pairs = zip(_figures(found.asked, text), _figures(found.offered, text), strict=True)
    rows += [(label, ask, offer) for (label, ask), (_, offer) in pairs]
    lines = [heading, *counter_in_words(found), "", *columns(rows)]
    return "\n".join(line.replace(NO_BREAK, " ") for line in lines) + "\n"


def _figures(deal: Deal, text: Format) -> list[tuple[str, str]]:
    mean = f"{text.rounded(deal.mean, MONEY, deal.error)} {text.within(deal.error, MONEY)}"
    return [
        ("mean net present value", mean),
        ("10 % of cases end below", text.rounded(deal.p10, MONEY, deal.error)),
        *((_USED[name], shown(name, kind.used(deal), text)) for name, kind in TERMS.items()),
        ("paid back by then", f"{text.number(100 * deal.paid_back, 0)} in 100"),
    ]
