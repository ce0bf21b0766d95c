"""What each screen comes to, in a line that can stand as its heading."""

from __future__ import annotations

from collections.abc import Sequence

from model.assumptions import ASSUMPTIONS
from model.metrics import METRICS
from model.projection import Projection
from model.skills.areas import weighted_gap
from model.skills.training_plan import TrainingPlan
from model.telling.basis import grade_of
from model.uncertainty.sensitivity import Bar
from model.units import RATIO, SHARE, Format


def what_it_turns_on(projection: Projection, bars: Sequence[Bar]) -> str:
    """The assumption that the result turns on most, with its value and grade; `bars` is the tornado."""
    if not bars or not bars[0].swing:
        return "Nothing that is uncertain moves the result"
    item = ASSUMPTIONS[bars[0].name]
    value = projection.scenario.stated(item.name)
    return f"Most turns on “{item.short_label}”: {value}, grade {grade_of(projection.scenario, item)}"


def how_it_adds_up(projection: Projection) -> str:
    """Benefits less costs, as present values: the net present value in one line."""
    text, unit = projection.scenario.format, METRICS["npv"].unit
    benefits, costs, npv = (projection.metrics[name] or 0.0 for name in ("pv_benefits", "pv_costs", "npv"))
    parts = [text.rounded(amount, unit) for amount in (benefits, costs, npv)]
    return f"{parts[0]} of benefits less {parts[1]} of costs: {parts[2]} today"


def what_hours_close(plan: TrainingPlan, text: Format) -> str:
    """How much of the team's weighted gap the hours close."""
    before, after = (SHARE.scale * gap for gap in (weighted_gap(plan.areas), plan.gap))
    if not plan.foremost:
        return "No gap is left to close"
    hours = text.rounded(sum(plan.hours), RATIO)
    closed, missing = (text.rounded(points, RATIO) for points in (before - after, before))
    return f"{hours} hours a person and year close {closed} of {missing} points of the skills gap"
