"""What is decided, in words: now without any test, and after one, by what it measures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.formula import Array
from model.pilot.options import OPTIONS, Option
from model.pilot.sample_information import Rule
from model.scenario import Scenario

# What is read so seldom is no part of what is told.
_SELDOM = 0.005


@dataclass(frozen=True)
class ReadingRange:
    """Between which readings of a test an option is best; `low` and `high` are infinite at the ends.

    `odds` are how likely the test reads so, as of now.
    """

    low: float
    high: float
    option: Option
    odds: float


def readings_of(rule: Rule, places: Array, weights: Array) -> tuple[ReadingRange, ...]:
    """The options of a rule between its readings, in order; what is hardly ever read goes to what lies beside it.

    `places` `(K,)` are the values of what is measured, `weights` `(K,)` their odds.
    """
    odds = weights @ rule.within(places)
    ends = [-np.inf, *rule.edges.tolist(), np.inf]
    kept = [place for place, read in enumerate(odds) if read >= _SELDOM]
    found: list[ReadingRange] = []
    for place in kept:
        option, low = OPTIONS[rule.options[place]], ends[place] if found else -np.inf
        if found and found[-1].option is option:
            low, odd = found[-1].low, found.pop().odds
        else:
            odd = 0.0
            if found:
                found[-1] = ReadingRange(found[-1].low, low, found[-1].option, found[-1].odds)
        found.append(ReadingRange(low, np.inf, option, odd + float(odds[place])))
    return tuple(found)


def option_in_words(option: Option, scenario: Scenario) -> str:
    """What an option decides, training and partner told in any case: "hold, without the plan's training"."""
    return f"{how_far(option)}, {with_what(option, scenario)}"


def how_far(option: Option) -> str:
    """How much of the plan's rise an option takes: "go half way"."""
    return option.label.partition(",")[0]


def with_what(option: Option, scenario: Scenario) -> str:
    """Whether an option has training and partner: "with the plan's training and without a partner"."""
    training = "the plan's training" if scenario.values["training_programme"] else "training"
    partner = "its partner" if scenario.values["strategic_partner"] else "a partner"
    if option.partner:
        return f"with {training} and {partner}"
    if option.training:
        return f"with {training} and without {partner}"
    return f"without {training} and without {partner}"
