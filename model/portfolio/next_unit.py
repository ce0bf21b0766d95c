"""What the next unit of a unit's social budget adds: the model's own lines, a little above and below its share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from model.assumptions import ASSUMPTIONS
from model.formula import Array
from model.metrics import METRICS
from model.projection import inputs_of, lines_behind, rerun, run
from model.reading.scenario_validation import delivered_share_faults
from model.scenario import Scenario
from model.uncertainty.sampling import Block, draws, reach_faults

SHARE_NAME = "social_share_target"
# Draws that the mean net present value at other shares is made of: Sobol points, so that few are enough.
CURVE_DRAWS = 512
# How far the share is moved for the slope, in each direction: a twentieth of a percentage point.
_STEP = 0.0005


def lowest_and_highest() -> tuple[float, float]:
    """The bounds of a social share."""
    return ASSUMPTIONS[SHARE_NAME].bounds or (0.0, 1.0)


def can_have(scenario: Scenario, share: float) -> bool:
    """Whether a scenario can have this share as its target, as far as it may be delivered."""
    low, high = lowest_and_highest()
    if not low <= share <= high:
        return False
    values = {**scenario.values, SHARE_NAME: share}
    return not (delivered_share_faults(values, scenario.social_share_path) or reach_faults(scenario, values))


def varies(scenario: Scenario) -> bool:
    """Whether its social budget follows the target: not along a custom path, nor where no rise is delivered."""
    return scenario.values["ramp_shape"] != "custom" and bool(scenario.number("plan_delivery"))


def budgets(scenario: Scenario, shares: Sequence[float]) -> Array:
    """The social budget over all months of the plan at each target share, at the likely values: a straight line."""
    known = run(inputs_of(scenario), lines_behind(frozenset({"npv"})))
    again = rerun(known, {SHARE_NAME: np.array(shares)[:, np.newaxis]}, towards="social_spend")["social_spend"]
    months = known["t"].shape[-1]
    return np.asarray(np.broadcast_to(again, (len(shares), months)).sum(axis=-1), dtype=float)


def npv_at(scenario: Scenario, blocks: Iterator[Block], shares: Sequence[float]) -> Array:
    """The net present value at each target share in each draw, shape (shares, draws)."""
    rows = []
    for size, values in blocks:
        known = run(inputs_of(scenario) | dict(values), lines_behind(frozenset({"npv"})))
        again = (rerun(known, {SHARE_NAME: np.array([[share]])}, towards="present_value") for share in shares)
        columns = [np.broadcast_to(METRICS["npv"].compute(one), (size, 1))[:, 0] for one in again]
        rows.append(np.array(columns))
    return np.concatenate(rows, axis=1)


def next_unit(scenario: Scenario, seed: int) -> float | None:
    """What one more unit of social budget over the plan adds to the mean net present value; None where it is fixed.

    The difference of two means over the difference of two budgets, about the target share.
    """
    share = scenario.number(SHARE_NAME)
    shares = [moved for moved in (share - _STEP, share + _STEP) if can_have(scenario, moved)]
    if not varies(scenario) or len({share, *shares}) == 1:
        return None
    ends = shares if len(shares) > 1 else sorted({share, *shares})
    means = npv_at(scenario, draws(scenario, CURVE_DRAWS, seed), ends).mean(axis=1)
    money = budgets(scenario, ends)
    return float((means[1] - means[0]) / (money[1] - money[0])) if money[1] > money[0] else None
