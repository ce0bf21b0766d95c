"""What remains of a plan in the conservative case, in words."""

from __future__ import annotations

from model.assumptions import ASSUMPTIONS
from model.metrics import METRICS
from model.scenario import Scenario
from model.uncertainty.conservative_case import Move, Remains
from report.words.values import amount

CONSERVATIVE = "Conservative case"
MEANING = (
    "Every belief with a C or D among its grades moves to the end of its range that lowers the net present value, "
    "all at once; decisions, own figures and other beliefs stay. A stress test, not a forecast."
)
REMAINING = ("npv", "roi", "bcr", "payback_month", "peak_funding", "programme_npv")
_NPV = METRICS["npv"].unit


def what_remains(found: Remains) -> str:
    """What is left of the plan's value in the conservative case, in one sentence."""
    if not found.moves:
        return "No belief graded C or D can lower this plan's value: the conservative case is the plan itself."
    many = len(found.moves) > 1
    beliefs = f"all {len(found.moves)} weakly evidenced beliefs" if many else "the one weakly evidenced belief"
    return f"With {beliefs} (C or D) that can lower it at {'their' if many else 'its'} worse end, {_verdict(found)}."


def _verdict(found: Remains) -> str:
    text = found.plan.scenario.format
    now, left = (one.metrics["npv"] or 0.0 for one in (found.plan, found.careful))
    before, after = (text.rounded(abs(value), _NPV) for value in (now, left))
    if now <= 0:
        loss = f"the loss grows from {before} to {after}" if now else f"the plan loses {after}"
        return f"{loss} of net present value"
    if left > 0:
        return f"{after} remain of the net present value of {before}"
    return f"nothing remains of the net present value of {before}: the plan loses {after}"


def move_text(scenario: Scenario, move: Move) -> tuple[str, str, str, str, str]:
    """A move as words: label, grade, from, to, and the net present value if this belief alone moved."""
    item, text = ASSUMPTIONS[move.name], scenario.format
    return (
        item.short_label,
        item.grade_text,
        amount(text, move.name, move.value, exact=True),
        amount(text, move.name, move.end, exact=True),
        text.signed(move.npv_alone, _NPV),
    )


MOVE_HEADINGS = ("Belief", "Grade", "Plan", "Conservative", "Net present value if it alone moved")
