"""Where training closes most of the weighted skill gap: the best plan of hours by area within a budget.

Learning follows the line `learning_rate`; its formula is not stated again. The hours that make a person
competent in the whole job (`hours_to_competence`) are taken to fall in equal parts on its areas, so that a
budget spread evenly over them teaches exactly what the projection says that it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isclose, isfinite, log1p

import numpy as np

from model.formula import Array
from model.lines import LINES
from model.scenario import Scenario
from model.skills.areas import SkillArea, competent_share, weighted_gap, weights
from model.skills.worth import Worth, closing, last_hour

WHOLE_HOURS = 1.0
HALF_HOURS = 0.5
# The line gives the learning of one month from the hours of a year.
_MONTHS = 12
# A gap of less than this part of the team is closed: what is left is rounding.
_CLOSED = 1e-12


@dataclass(frozen=True)
class TrainingPlan:
    """Hours by area, and the competence after them, before leavers and forgetting.

    `hours` are per person and year, `budget` what they had to keep within; `after` is the part of the team that
    is competent in each area then. `first_hour` is the part of the weighted gap that the first hour of training
    in an area would close. All have one value an area, in the order of `areas`. `worth` is what it comes to
    in money.
    """

    areas: tuple[SkillArea, ...]
    budget: float
    hours: tuple[float, ...]
    after: tuple[float, ...]
    first_hour: tuple[float, ...]
    worth: Worth

    @property
    def left_over(self) -> float:
        """Hours per person and year that no gap is left for, or that make no full step."""
        return max(0.0, self.budget - sum(self.hours))

    @cached_property
    def competent_share(self) -> float:
        """The weighted part of the team that is competent after the plan."""
        return float(weights(self.areas) @ np.array(self.after))

    @cached_property
    def gap(self) -> float:
        """The weighted gap that is left after the plan."""
        return weighted_gap(self.taught)

    @property
    def taught(self) -> tuple[SkillArea, ...]:
        """The areas as they are after the plan."""
        return tuple(
            SkillArea(area.name, area.importance, after, area.wanted)
            for area, after in zip(self.areas, self.after, strict=True)
        )

    @property
    def ranked(self) -> tuple[int, ...]:
        """Positions of the areas, the one where the first hour closes most first."""
        return tuple(sorted(range(len(self.areas)), key=lambda place: (-self.first_hour[place], place)))

    @property
    def foremost(self) -> tuple[int, ...]:
        """Positions of the areas where the first hour closes most, all that are level; none where no gap is left."""
        most = max(self.first_hour)
        return tuple(place for place in self.ranked if most and isclose(self.first_hour[place], most))


def proposed(scenario: Scenario) -> TrainingPlan:
    """The plan for the scenario's skills within its training hours, in whole hours."""
    return plan_training(scenario, scenario.skills, scenario.number("training_hours"), WHOLE_HOURS)


def plan_training(
    scenario: Scenario, areas: Sequence[SkillArea], budget: float, step: float | None = None
) -> TrainingPlan:
    """The plan that closes most of the weighted gap within a budget of hours per person and year.

    No area is trained past what is wanted; hours that no gap is left for are left over. With `step` hours come
    in whole steps, the best such plan, so that the last hour of an area may serve in part. Both never take hours
    from an area when the budget grows. Raises ValueError for a budget that is negative or not finite.
    """
    if not (isfinite(budget) and budget >= 0):
        raise ValueError(f"the budget is {budget:g} hours, but must be 0 or more")
    team = _Team(scenario, tuple(areas))
    hours = team.poured(budget) if step is None else team.in_steps(budget, step)
    return TrainingPlan(
        areas=team.areas,
        budget=budget,
        hours=tuple(map(float, hours)),
        after=tuple(map(float, team.after(hours))),
        first_hour=tuple(map(float, team.closed(np.ones(len(team.areas))))),
        worth=team.worth(hours),
    )


def learnt(scenario: Scenario, hours: Array, areas: int) -> Array:
    """Part of the untrained who become competent in one of so many areas by hours of training in it."""
    known = {**scenario.values, "programme_active": 1, "training_hours": _MONTHS * areas * hours}
    part: Array = LINES["learning_rate"].compute(known)
    return part


@dataclass(frozen=True)
class _Team:
    """The areas as arrays, shape (areas,)."""

    scenario: Scenario
    areas: tuple[SkillArea, ...]

    @cached_property
    def weight(self) -> Array:
        return weights(self.areas)

    @cached_property
    def competent(self) -> Array:
        return np.array([area.competent for area in self.areas])

    @cached_property
    def wanted(self) -> Array:
        """What is wanted, and never less than there is."""
        return np.maximum(self.competent, [area.wanted for area in self.areas])

    def after(self, hours: Array) -> Array:
        """Competence after hours, the areas along the first axis; never above what is wanted."""
        now, most = (item.reshape(-1, *[1] * (hours.ndim - 1)) for item in (self.competent, self.wanted))
        taught = np.minimum(most, now + (1 - now) * learnt(self.scenario, hours, len(self.areas)))
        return np.where(most - taught < _CLOSED, most, taught)

    def closed(self, hours: Array) -> Array:
        """The part of the weighted gap that hours close in each area."""
        rise = self.after(hours) - self.competent.reshape(-1, *[1] * (hours.ndim - 1))
        return rise * self.weight.reshape(-1, *[1] * (hours.ndim - 1))

    def worth(self, hours: Array) -> Worth:
        """What the team's gap and these hours a year are worth in money."""
        share, areas = competent_share(self.areas), len(self.areas)
        # Of less than an hour in all, that hour is told of.
        whole = max(1.0, float(hours.sum()))
        hour = last_hour(self.scenario, share, whole)
        evenly = learnt(self.scenario, np.array([whole - 1, whole]) / areas, areas)
        learnt_evenly = (1 - share) * float(evenly[1] - evenly[0])
        last = np.minimum(1, hours)
        closes = self.closed(hours) - self.closed(hours - last)
        return Worth(
            closing=closing(self.scenario, share, weighted_gap(self.areas)),
            hour_costs=hour.costs,
            # Where an hour teaches nothing any more, it earns nothing either.
            hours_earn=tuple(
                hour.earns * part / given / max(learnt_evenly, _CLOSED) if given else None
                for part, given in zip(closes.tolist(), last.tolist(), strict=True)
            ),
        )

    def poured(self, budget: float) -> Array:
        """The best hours exactly: as water fills vessels, up to the same return of a further hour in each.

        The return of an hour falls by the same part with each, so an area joins in when the water has risen to
        its `floor`, and is full when what is wanted is reached.
        """
        open_ = self.weight * (self.wanted - self.competent) > _CLOSED
        hours = np.zeros(len(self.areas))
        if open_.any():
            untrained, unwanted = 1 - self.competent[open_], 1 - self.wanted[open_]
            floor = -np.log(self.weight[open_] * untrained)
            room = np.log(untrained) - np.log(np.maximum(unwanted, _CLOSED / 2))
            fold = self._hours_of_a_fold()
            hours[open_] = fold * _filled(floor - floor.min(), room, budget / fold)
        return hours

    def _hours_of_a_fold(self) -> float:
        """Hours in an area that leave 1/e of its untrained, measured on the line over about so many hours."""
        about = self.scenario.number("hours_to_competence") / len(self.areas)
        part = learnt(self.scenario, np.array([about]), len(self.areas)).item()
        return -about / log1p(-part)

    def in_steps(self, budget: float, step: float) -> Array:
        """The best hours in whole steps: as each further step closes less, the steps that close most are taken."""
        count = int(budget / step + _CLOSED)
        ladder = np.broadcast_to(step * np.arange(count + 1.0), (len(self.areas), count + 1))
        gains = np.diff(self.closed(ladder), axis=1).ravel()
        taken = np.argsort(-gains, kind="stable")[:count]
        taken = taken[gains[taken] > _CLOSED]
        hours: Array = np.multiply(step, np.bincount(taken // max(1, count), minlength=len(self.areas)))
        return hours


def _filled(floor: Array, room: Array, budget: float) -> Array:
    """What stands in each vessel when `budget` is poured in: its depth above `floor`, at most `room`."""
    if room.sum() <= budget:
        return room
    levels = np.sort(np.concatenate([floor, floor + room]))
    depths = np.clip(levels[:, np.newaxis] - floor, 0, room)
    level = np.interp(budget, depths.sum(axis=1), levels)
    standing: Array = np.clip(level - floor, 0, room)
    return standing
