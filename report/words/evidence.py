"""How weak the evidence is that an answer rests on, in words."""

from __future__ import annotations

from collections.abc import Sequence

from model.assumptions import ASSUMPTIONS
from model.projection import Projection
from model.scenario import Scenario
from model.telling.caveats import beliefs_behind
from model.telling.one_line import studied
from model.uncertainty.sensitivity import Bar
from report.words.narrative import planned_end


def how_good_the_evidence_is(bars: Sequence[Bar]) -> str:
    """How many of the beliefs that the plan's result rests on are weak; `bars` is its tornado."""
    weak, known = _counted(bars)
    if not known:
        return "The result rests on no uncertain belief"
    return f"{weak} of the {known} beliefs behind this plan are weakly evidenced, grade C or D"


def _counted(bars: Sequence[Bar]) -> tuple[int, int]:
    """How many beliefs are weak, of how many."""
    beliefs = beliefs_behind(bars)
    return sum(item.weak for item in beliefs), len(beliefs)


def _in_short(bars: Sequence[Bar]) -> str:
    weak, known = _counted(bars)
    return f"Weak evidence: {weak} of its {known} beliefs are grade C or D"


def caveat(projection: Projection, bars: Sequence[Bar]) -> str:
    """What to beware of: how weak the evidence is, and which beliefs above all; empty with nothing to decide."""
    if not any(projection.bridge.values()):
        return ""
    scenario = projection.scenario
    assumed = [_return_belief(projection)]
    if "training_programme" in scenario.measures:
        assumed.insert(0, _training_belief(scenario))
    forecast = ""
    if planned_end(scenario) == ASSUMPTIONS["social_share_target"].default:
        forecast = f" {scenario.stated('social_share_target')} is a survey forecast from 2021, not an outcome (C)."
    return f"{_in_short(bars)}, above all that {' and that '.join(assumed)}.{forecast}"


def evidence_in_short(projection: Projection, bars: Sequence[Bar]) -> str:
    """How weak the evidence is, in one line; empty where there is nothing to decide."""
    if not any(projection.bridge.values()):
        return ""
    scenario = projection.scenario
    above_all = f"how much of what platforms report is incremental {_grade('social_incremental_share')}"
    if scenario.values["social_return_basis"] == "relative":
        above_all = f"what social returns {_grade('social_relative_return')}"
    if "training_programme" in scenario.measures and scenario.values["benefit_route"] == "per_employee":
        uplift = scenario.stated("headline_uplift")
        above_all += f" and how much of the {uplift} training causes {_grade('causal_share')}"
    return f"{_in_short(bars)}, above all {above_all}."


def _grade(name: str) -> str:
    return f"({', '.join(ASSUMPTIONS[name].grade)})"


def _return_belief(projection: Projection) -> str:
    scenario = projection.scenario
    if scenario.values["social_return_basis"] == "platform":
        return f"{scenario.stated('social_incremental_share')} of platform-reported revenue is incremental (D)"
    grade = ASSUMPTIONS["social_relative_return"].grade_text
    return (
        f"a unit moved to social returns {scenario.stated('social_relative_return')} times what it returns "
        f"elsewhere ({grade}; studies contradict each other, {studied(scenario)})"
    )


def _training_belief(scenario: Scenario) -> str:
    if scenario.values["benefit_route"] == "media_efficiency":
        return f"a wholly untrained team wastes {scenario.stated('media_waste')} of its spend (D)"
    causal, uplift = scenario.stated("causal_share"), scenario.stated("headline_uplift")
    return f"{causal} of the “{uplift} more per employee” is an effect of training (D)"
