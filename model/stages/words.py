"""A plan in stages in words: what being able to stop is worth, what can be lost before, how often it ends where."""

from __future__ import annotations

from collections.abc import Iterator

from model.choice.aims import AIM_LABELS
from model.gates.stage_gate import StageGate
from model.stages.policy import ALWAYS, NEVER
from model.stages.staged import GateEnd, Staged, Valued
from model.units import MONEY, Format


def staged_in_words(found: Staged) -> tuple[str, ...]:
    """The answer first: the value of being able to stop, then each gate, then the best thresholds."""
    return (_worth(found), *(_gate(one, found.scenario.format) for one in found.planned.ends), *_best(found))


def _worth(found: Staged) -> str:
    """What the gates' own thresholds are worth against never stopping."""
    text, value, error = found.scenario.format, found.planned.value, found.planned.value_error
    if not found.planned.can_be_told:
        told = "Being able to stop at these thresholds is worth no more than the draws can tell"
    else:
        side = "is worth" if value > 0 else "costs"
        told = (
            f"Being able to stop at these thresholds {side} {text.rounded(abs(value), MONEY, error)} "
            f"{text.within(error, MONEY)} against never stopping"
        )
    low, never = (text.rounded(one.p10, MONEY, one.error) for one in (found.planned, found.never))
    tenth = f"One case in ten ends below {low}, against {never} if it never stops."
    return f"{told}: {_ends_in_words(found.planned, text)}. {tenth}"


def _ends_in_words(valued: Valued, text: Format) -> str:
    stops = [f"{_cases(one.stopped, text)} stop at month {one.gate.month}" for one in valued.ends if one.stopped]
    return ", ".join([f"{_cases(valued.goes_on, text)} cases in 100 go on to the end", *stops])


def _cases(part: float, text: Format) -> str:
    return text.number(100 * part, 0)


def _gate(one: GateEnd, text: Format) -> str:
    """What can be lost before a gate."""
    month = one.gate.month
    if not one.reached:
        return f"Month {month}: no case gets there."
    pocket, most, paid = (text.rounded(money, MONEY) for money in (one.pocket, one.most, one.committed))
    return (
        f"Before month {month} can stop it, nine in ten cases are at most {pocket} out of pocket, and none of the "
        f"draws more than {most}; {paid} more than holding has been paid out by then."
    )


def _best(found: Staged) -> Iterator[str]:
    """The best thresholds for the aim, what they are worth, and what of that is owed to what is seen."""
    text, best, aim = found.scenario.format, found.best, AIM_LABELS[found.aim][0].lower()
    named = "; ".join(
        policy_in_words(gate, threshold, text) for gate, threshold in zip(found.gates, best.policy, strict=True)
    )
    yield (
        f"Best for the {aim}: {named}. It has {_mean_and_odds(best, text)}, against "
        f"{_mean_and_odds(found.never, text)} if it never stops."
    )
    if ALWAYS in best.policy:
        yield "To stop whatever is seen is a smaller plan rather than a gate: ask for less, or for a shorter time."
    if best.policy == found.blind.policy:
        yield "No threshold proved better on fresh draws than looking at nothing."
    elif found.seen > 0:
        seen = text.rounded(found.seen, MONEY, best.error)
        yield f"Of that mean {seen} is owed to what is seen: the rest comes of the best that looks at nothing."


def policy_in_words(gate: StageGate, threshold: float, text: Format) -> str:
    """What a threshold asks for: "month 12: stop below 1.1", or that nothing is looked at."""
    if threshold == NEVER:
        return f"month {gate.month}: go on, whatever is seen"
    if threshold == ALWAYS:
        return f"month {gate.month}: stop, whatever is seen"
    return f"month {gate.month}: stop below {text.rounded(threshold, gate.looks_at.unit)}"


def _mean_and_odds(valued: Valued, text: Format) -> str:
    mean = text.rounded(valued.mean, MONEY, valued.error)
    return f"a mean net present value of {mean} and {_cases(valued.odds, text)} in 100 odds of a gain"
