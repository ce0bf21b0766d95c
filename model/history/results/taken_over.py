"""The scenario with the beliefs of another tool's results."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from model.history.ranges import before_own_data, with_sources
from model.history.results.beliefs import Mapped, beliefs
from model.history.results.table import ToolResults
from model.reading.texts import as_shown, tellable
from model.scenario import Scenario

_LONGEST_NAME = 80
_RETURNS = ("other_incremental_roas", "social_relative_return")
USABLE = (
    "Usable with care, because what another tool finds is correlation, not experiment, and its own assumptions are "
    "not seen here."
)


@dataclass(frozen=True)
class TakenOver:
    """ToolResults, the beliefs that they give, and the scenario with them; `told` is in sentences."""

    results: ToolResults
    mapped: Mapped
    scenario: Scenario
    told: tuple[str, ...]


def take_over(results: ToolResults, scenario: Scenario) -> TakenOver:
    """The scenario with what another tool found. Raises ScenarioError where nothing can be made of it."""
    mapped = beliefs(results)
    before = before_own_data(scenario)
    name = tellable(as_shown(PurePath(results.file).name), _LONGEST_NAME)
    source = f"results of another tool in {name}; grade C: correlation, not experiment"
    ranges = {belief.name: belief.range for belief in mapped.beliefs}
    pairs = [] if mapped.correlation is None else [(*_RETURNS, mapped.correlation)]
    after = with_sources(before, ranges, dict.fromkeys(ranges, source), pairs)
    put_back = ["Ranges that come from own data were put back first"] if before != scenario else []
    return TakenOver(results, mapped, after, (*results.told, *mapped.untold, *put_back))
