"""The team by skill area: how much each area matters, who can do it today and how much is wanted.

Importance, competence and what is wanted are the company's own judgement (grades U and D). Shares are
fractions of the team, as everywhere in the model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from model.formula import Array

# Only proportions of importance count; the limits leave room for 1 to 5 as well as for points out of 100.
MAX_IMPORTANCE = 100.0
MAX_AREAS = 30
MAX_AREA_NAME = 80

AREA_NAMES = (
    "Strategy and planning",
    "Content creation",
    "Analytics and reporting",
    "Community management",
    "Customer service",
    "Crisis and PR",
    "Social commerce",
    "New platforms and algorithms",
)
# A new area's: the middle of 1 to 5, and four in five who can do it.
USUAL_IMPORTANCE = 3.0
USUAL_WANTED = 0.8


@dataclass(frozen=True)
class SkillArea:
    """One area of what the social team must be able to do.

    `importance` is its weight beside the other areas, 0 … MAX_IMPORTANCE, of which only proportions count;
    `competent` the part of the team that can do it in full today; `wanted` the part that should.
    """

    name: str
    importance: float
    competent: float
    wanted: float

    @property
    def gap(self) -> float:
        """Part of the team that is wanted and not yet competent; 0 where more can do it than is wanted."""
        return max(0.0, self.wanted - self.competent)


def starting_areas(competent: float) -> tuple[SkillArea, ...]:
    """The eight areas of the article, equally important, with the same part of the team competent in each.

    A place to start judging from, not a finding: their weighted competent share is `competent` itself.
    """
    wanted = max(USUAL_WANTED, competent)
    return tuple(SkillArea(name, USUAL_IMPORTANCE, competent, wanted) for name in AREA_NAMES)


def weights(areas: Sequence[SkillArea]) -> Array:
    """Each area's part of all importance, shape (areas,); they add up to 1."""
    importance = np.array([area.importance for area in areas], dtype=float)
    # The largest first: a sum of the smallest numbers there are would leave no digits to divide by.
    relative = importance / importance.max()
    parts: Array = relative / relative.sum()
    return parts


def weighted(areas: Sequence[SkillArea], share: Callable[[SkillArea], float]) -> float:
    """The mean of a share over the areas, weighted by importance."""
    return float(weights(areas) @ np.array([share(area) for area in areas]))


def competent_share(areas: Sequence[SkillArea]) -> float:
    """The weighted part of the team that is competent today: what `competent_share_start` asks for."""
    return weighted(areas, lambda area: area.competent)


def weighted_gap(areas: Sequence[SkillArea]) -> float:
    """The weighted part of the team that is wanted and missing.

    Taken area by area: more than is wanted in one makes up for nothing in another.
    """
    return weighted(areas, lambda area: area.gap)
