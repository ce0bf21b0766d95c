"""What came of a group and a question about it, kept in the session; computed when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dashboard.screens.portfolio import duration
from dashboard.screens.portfolio.given import GivenUnits
from dashboard.screens.portfolio.question import GroupQuestion
from dashboard.session import compute, memory
from model.portfolio.allocation.limits import SplitLimits, check_limits
from model.portfolio.business_unit import Portfolio
from model.portfolio.consolidated import Counted
from model.reading.faults import Fault, ScenarioError
from report.tables.portfolio.grouped import Grouped, defaults_of

_KEPT, _GROUP = "portfolio answer", "portfolio consolidated"


class GroupAnswer(NamedTuple):
    """What was asked of which units, and what came of it, or why nothing did."""

    given: GivenUnits
    question: GroupQuestion
    found: Grouped | None
    faults: tuple[Fault, ...] = ()


def last() -> GroupAnswer | None:
    """The last answer of this session."""
    found: GroupAnswer | None = memory.kept(_KEPT, None)
    return found


def forget() -> None:
    """Forget what came of a group."""
    memory.keep(_KEPT, None)
    memory.keep(_GROUP, ())


def compute_it(given: GivenUnits, question: GroupQuestion, tell: Callable[[float, str], None]) -> None:
    """Compute the group and its split, and keep them; `tell` is given the part that is done, and its name."""
    try:
        group = question.portfolio(given.units)
        limits = question.split()
        check_limits(group, limits)
    except ScenarioError as error:
        memory.keep(_KEPT, GroupAnswer(given, question, None, tuple(error.faults)))
        return
    memory.keep(_KEPT, _answer(given, question, group, limits, tell))


def _answer(
    given: GivenUnits, question: GroupQuestion, group: Portfolio, limits: SplitLimits,
    tell: Callable[[float, str], None],
) -> GroupAnswer:  # fmt: skip
    try:
        # Other limits change nothing of what the units are worth.
        drawn = memory.made_of(
            _GROUP, (group.hash, question.how),
            lambda: compute.consolidated(group, question.how, _counted(tell, question, (0,), "units drawn")),
        )  # fmt: skip
    except ScenarioError as error:
        return GroupAnswer(given, question, None, tuple(error.faults))
    plan = compute.projection(defaults_of(group, given.base))
    try:
        split = compute.allocated(drawn, limits, question.how, _counted(tell, question, (1, 2), "units allocated"))
    except ScenarioError as error:
        return GroupAnswer(given, question, Grouped(drawn, None, plan), tuple(error.faults))
    return GroupAnswer(given, question, Grouped(drawn, split, plan))


def _counted(
    tell: Callable[[float, str], None], question: GroupQuestion, steps: tuple[int, ...], words: str
) -> Counted:
    """Progress over some steps, each of which counts the units from the beginning."""
    step, before, took = 0, 0, duration.steps(question)

    def counted(done: int, of: int) -> None:
        nonlocal step, before
        if done <= before and step + 1 < len(steps):
            step += 1
        before = done
        place = steps[step]
        tell((sum(took[:place]) + took[place] * done / of) / sum(took), f"{done} of {of} {words}")

    return counted
