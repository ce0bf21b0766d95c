"""What the budget and the profit and loss are made of, declared once: each row as a sum of line items.

The tables and the workbook's formulas both derive from these declarations; costs and benefits that the model
gains join them by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from model.lines import LINES
from model.metrics import BRIDGE
from model.other.amounts import SIDES
from model.telling.explain import label_of

Terms = Mapping[str, int]
_AS_STATED = "As the scenario states it by plan year, in equal parts in its months."
_NONE: Terms = MappingProxyType({})


@dataclass(frozen=True)
class Item:
    """A row: `plan` are the lines it adds up under the plan, with their signs, `held` those if the company holds.

    A row with `sums` adds up rows above it instead, less those of `less`. `rate` names an assumption that the sum
    is multiplied by.
    """

    name: str
    label: str
    section: str
    basis: str
    plan: Terms = field(default_factory=lambda: _NONE)
    held: Terms = field(default_factory=lambda: _NONE)
    sums: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    rate: str = ""

    @property
    def difference(self) -> Terms:
        """The lines of the difference against holding, with their signs."""
        return added(self.plan, negative(self.held))


def added(*terms: Terms) -> Terms:
    """Sums of lines, added up; lines that cancel are left out."""
    names = dict.fromkeys(name for each in terms for name in each)
    signs = {name: sum(each.get(name, 0) for each in terms) for name in names}
    return MappingProxyType({name: sign for name, sign in signs.items() if sign})


def negative(terms: Terms) -> Terms:
    """A sum of lines, taken off."""
    return MappingProxyType({name: -sign for name, sign in terms.items()})


def meaning(name: str) -> str:
    """What a line or a stated row is, on one line."""
    return " ".join(LINES[name].meaning.split()) if name in LINES else _AS_STATED


def names(items: Iterable[Item]) -> tuple[str, ...]:
    """What a total of these rows sums."""
    return tuple(item.name for item in items)


# Costs of the bridge that are not paid by themselves: the price of the extra social spend, which the social budget
# holds, and the pay of people added, which the team's pay holds.
_ELSEWHERE = frozenset({"new_money", "lost_other_contribution", "staff_cost"})
# The working time of people who are paid anyway: a cost, but no further money to pay out.
_WORKING_TIME = frozenset({"training_time", "leadership_cost"})
# Rows that the scenario states itself, under names of its own.
STATED = tuple(name for side in SIDES.values() for name in side.series)


def _parts(name: str) -> tuple[str, ...]:
    """A cost or benefit by itself; what is made of working time and money, or of stated rows, by its parts."""
    made_of = LINES[name].precedents
    return made_of if {*_WORKING_TIME, *STATED} & set(made_of) else (name,)


def _steps(sign: int, elsewhere: Iterable[str]) -> tuple[str, ...]:
    """The costs (−1) or benefits (+1) of the bridge by their parts, without those told elsewhere."""
    return tuple(
        part for name, its in BRIDGE.items() if its == sign and name not in elsewhere for part in _parts(name)
    )


_FURTHER = _steps(-1, _ELSEWHERE)
PAID = tuple(name for name in _FURTHER if name not in _WORKING_TIME)
TIME = tuple(name for name in _FURTHER if name in _WORKING_TIME)

# The budget

MONEY_OUT = "money"
SOCIAL, OUTSIDE, WORKING_TIME, FUNDING = (
    "Social budget",
    "Outside the social budget",
    "Working time that pay already covers",
    "How the money is paid",
)
MEDIA = Item(
    "media", "Working media", SOCIAL, "The social budget less the team's pay that it bears.",
    {"working_media": 1}, {"hold_social_spend": 1, "hold_budget_payroll": -1},
)  # fmt: skip
BUDGET_PAY = Item(
    "pay_in_budget", "Team's pay in the social budget", SOCIAL, meaning("budget_payroll"),
    {"budget_payroll": 1}, {"hold_budget_payroll": 1},
)  # fmt: skip
OUTSIDE_PAY = Item(
    "pay_outside", "Team's pay outside the social budget", OUTSIDE,
    "The team's payroll that other budgets bear: all of it, or none.",
    {"team_payroll": 1, "budget_payroll": -1}, {"hold_team_payroll": 1, "hold_budget_payroll": -1},
)  # fmt: skip


def _costs(lines: Iterable[str], section: str) -> tuple[Item, ...]:
    return tuple(Item(name, label_of(name), section, meaning(name), {name: 1}) for name in lines)


_BESIDE = (OUTSIDE_PAY, *_costs(PAID, OUTSIDE))
_TIME = _costs(TIME, WORKING_TIME)
_FUNDS = (
    Item(
        "held_budget", "Social budget as held", FUNDING, "What the share of today would give social media.",
        {"hold_social_spend": 1}, {"hold_social_spend": 1},
    ),
    Item(
        "moved", "Moved from other channels", FUNDING,
        "No new money: other channels give it up; below zero they get it back.", {"moved_money": 1},
    ),
    Item("new", "New money for the social budget", FUNDING, meaning("new_money"), {"new_money": 1}),
    Item(
        "outside", "From outside the social budget", FUNDING, "Pay, fees and other costs that other budgets bear.",
        added(*(item.plan for item in _BESIDE)), added(*(item.held for item in _BESIDE)),
    ),
)  # fmt: skip
BUDGET: tuple[Item, ...] = (
    MEDIA,
    BUDGET_PAY,
    Item("social_budget", "Social budget", SOCIAL, "Media and the pay in it.", sums=names((MEDIA, BUDGET_PAY))),
    *_BESIDE,
    Item(MONEY_OUT, "Money to be paid out", OUTSIDE, "The social budget and what is paid outside it.",
        sums=names((MEDIA, BUDGET_PAY, *_BESIDE))),
    *_TIME,
    Item("whole_cost", "Cost with working time", WORKING_TIME,
        "The money with the value of working time: no further money is paid for that, its people are paid anyway.",
        sums=(MONEY_OUT, *names(_TIME))),
    *_FUNDS,
    Item("paid", "Money to be paid out, by source", FUNDING, "The same total by where it comes from.",
        sums=names(_FUNDS)),
)  # fmt: skip

# Profit and loss: what the plan changes against holding, gains positive

REVENUE, CONTRIBUTION, COSTS, RESULT, CASH = (
    "Revenue", "Contribution", "Costs", "Result", "Beside cash",
)  # fmt: skip
_GAINS = ("social_revenue_gain", "other_revenue_gain", "training_revenue_gain")
_OF_REVENUE = {"social_contribution": 1, "lost_other_contribution": -1, "training_contribution": 1}
_REVENUES = tuple(Item(name, LINES[name].label, REVENUE, meaning(name), {name: 1}) for name in _GAINS)
_MARGIN = (
    Item(
        "variable_costs", "Variable costs", CONTRIBUTION,
        "The costs that rise with revenue: what the margin leaves out.",
        added({"revenue_gain": -1, "training_wages": 1}, _OF_REVENUE),
    ),
    Item(
        "training_wages", LINES["training_wages"].label, CONTRIBUTION,
        f"{meaning('training_wages')} It is in no row of the budget.", {"training_wages": -1},
    ),
    *(Item(name, label_of(name), CONTRIBUTION, meaning(name), {name: 1}) for name in _steps(+1, _OF_REVENUE)),
)  # fmt: skip


def _more(item: Item) -> Item:
    """What a row of the budget takes off the result, against holding."""
    return Item(item.name, item.label, COSTS, item.basis, negative(item.difference))


_SPENT = (
    _more(MEDIA),
    _more(BUDGET_PAY),
    Item(
        "other_channels", "Other channels' spend given up", COSTS,
        "Money moved is no cost of the company; what it costs is the revenue that other channels lose.",
        {"moved_money": 1},
    ),
    *map(_more, _BESIDE),
)  # fmt: skip
_TIMES = tuple(Item(name, LINES[name].label, RESULT, meaning(name), {name: -1}) for name in TIME)
_TAX = Item(
    "tax", "Tax", RESULT, "The rate of the scenario on the result, working time valued; a loss is relieved at once.",
    negative(BRIDGE), rate="tax_rate",
)  # fmt: skip
PROFIT: tuple[Item, ...] = (
    *_REVENUES,
    Item("revenue", "Revenue gained", REVENUE, "All revenue above holding.", sums=names(_REVENUES)),
    *_MARGIN,
    Item("contribution", "Contribution", CONTRIBUTION, "What is left of revenue after what rises with it.",
        sums=("revenue", *names(_MARGIN))),
    *_SPENT,
    Item("booked", "Profit before tax, as booked", COSTS, "What the books would show: contribution less costs.",
        sums=("contribution", *names(_SPENT))),
    *_TIMES,
    _TAX,
    Item("net_profit", "Net profit, working time valued", RESULT,
        "The booked profit less the value of working time and tax.", sums=("booked", *names(_TIMES), "tax")),
    Item("net_cash", LINES["net_cash"].label, CASH, "The model's net cash, from its own lines.", {"net_cash": 1}),
    Item("left_over", "Net profit less net cash", CASH, "Nothing is left over: in this model profit is cash.",
        sums=("net_profit",), less=("net_cash",)),
)  # fmt: skip
