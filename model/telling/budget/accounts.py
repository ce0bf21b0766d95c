"""The accounts of a flat table for consolidation: what the plan changes, and what is to be paid."""

from __future__ import annotations

from dataclasses import dataclass

from model.metrics import BRIDGE
from model.telling.budget.items import BUDGET, FUNDING, WORKING_TIME, Terms, negative
from model.telling.explain import label_of

EFFECT, PAYMENT = "effect against holding", "budget"
SIGNS = "Income and savings are positive, costs and payments negative; before tax, nominal."


@dataclass(frozen=True)
class Account:
    """A row of each month: its code, label and statement, and the lines that it adds up with their signs.

    Accounts of one statement add up; those of two tell the same money twice.
    """

    code: str
    label: str
    statement: str
    lines: Terms


def _accounts() -> tuple[Account, ...]:
    effects = [Account(f"effect_{name}", label_of(name), EFFECT, {name: sign}) for name, sign in BRIDGE.items()]
    # Totals, and where the money comes from, would tell it again; working time is no payment.
    paid = [item for item in BUDGET if not item.sums and item.section not in (FUNDING, WORKING_TIME)]
    return (*effects, *(Account(f"budget_{item.name}", item.label, PAYMENT, negative(item.plan)) for item in paid))


ACCOUNTS: tuple[Account, ...] = _accounts()
