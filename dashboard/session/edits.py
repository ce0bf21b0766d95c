"""What one change by a person does to a scenario, beyond setting the value: pure functions, no Streamlit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from model.assumptions import Range, Value
from model.presets import is_edited, is_preset
from model.reading.faults import ScenarioError
from model.scenario import EDITED, OF_THE_PLAN, Scenario
from model.skills.areas import competent_share
from model.uncertainty.sampling import correlation_root
from report.tables.document_tables import skill_texts

_FROM_SKILLS = "Weighted over the skill areas: "
# Rounding in a weighted mean is no difference.
_DIGITS = 12
# What a scenario holds of an assumption by its name.
_BY_NAME = ("assumptions", "ranges", "notes")


@dataclass(frozen=True)
class Edit:
    """What is to be set, by name of the assumption: values, ranges (None: certain) and notes ("": none)."""

    values: Mapping[str, Value] = field(default_factory=dict)
    ranges: Mapping[str, Range | None] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


def with_value(scenario: Scenario, name: str, value: Value) -> Scenario:
    """The scenario with one assumption set. Raises ScenarioError."""
    return with_values(scenario, {name: value})


def with_values(scenario: Scenario, values: Mapping[str, Value]) -> Scenario:
    """The scenario with some assumptions set. Raises ScenarioError.

    A custom shape starts from the present plan's year-ends, and follows the horizon, so that choosing it is
    never refused for want of a path.
    """
    return with_edits(scenario, [Edit(values)])


def with_edits(scenario: Scenario, edits: Iterable[Edit]) -> Scenario:
    """The scenario with all edits made at once. Raises ScenarioError.

    Refused too is what leaves impossible the draws that were possible before: a correlation without a range.
    """
    edits = tuple(edits)
    values = _merged(edit.values for edit in edits)
    changed = scenario.changed(
        assumptions={**scenario.assumptions, **values},
        ranges={**scenario.ranges, **_merged(edit.ranges for edit in edits)},
        notes={**scenario.notes, **_merged(edit.notes for edit in edits)},
        social_share_path=_path(scenario, values, scenario.social_share_path),
    )
    return _still_drawn(scenario, changed)


def restored(scenario: Scenario, base: Scenario, name: str) -> Scenario:
    """The scenario with one assumption as in `base`: value, range and note. Raises ScenarioError."""
    values = {name: base.values[name]}
    path = base.social_share_path if name == "ramp_shape" else scenario.social_share_path
    changed = scenario.changed(
        assumptions={**scenario.assumptions, **values},
        ranges=_one_as_in(base.ranges, scenario.ranges, name),
        notes=_one_as_in(base.notes, scenario.notes, name),
        social_share_path=_path(scenario, values, path),
    )
    return _still_drawn(scenario, changed)


def all_restored(scenario: Scenario, base: Scenario) -> Scenario:
    """The scenario with every assumption, path, correlations, other amounts and gates as in `base`."""
    return scenario.changed(
        assumptions=base.assumptions,
        ranges=base.ranges,
        notes=base.notes,
        social_share_path=base.social_share_path,
        correlations=base.correlations,
        **{field: getattr(base, field) for field in OF_THE_PLAN},
    )


def with_beliefs_of(scenario: Scenario, other: Scenario, names: Collection[str]) -> Scenario:
    """The scenario with some beliefs as in another: values, ranges, notes and correlations. Raises ScenarioError."""
    own = (pair for pair in scenario.correlations if not {*pair[:2]} & {*names})
    others = (pair for pair in other.correlations if {*pair[:2]} & {*names})
    changed = scenario.changed(
        **{field: _some_as_in(getattr(other, field), getattr(scenario, field), names) for field in _BY_NAME},
        correlations=(*own, *others),
    )
    return _still_drawn(scenario, changed)


def with_correlation(scenario: Scenario, one: str, other: str, strength: float) -> Scenario:
    """The scenario with the rank correlation of a pair set. Raises ScenarioError, also where pairs contradict."""
    others = without_correlation(scenario, one, other).correlations
    changed = scenario.changed(correlations=(*others, (one, other, strength)))
    correlation_root(changed)
    return changed


def without_correlation(scenario: Scenario, one: str, other: str) -> Scenario:
    """The scenario with a pair uncorrelated."""
    kept = tuple(pair for pair in scenario.correlations if {*pair[:2]} != {one, other})
    return scenario.changed(correlations=kept)


def with_path_share(scenario: Scenario, year: int, share: float) -> Scenario:
    """The scenario with the custom path's share at one year-end (1 …) set. Raises ScenarioError."""
    path = list(scenario.social_share_path or year_end_shares(scenario))
    path[year - 1] = share
    return scenario.changed(social_share_path=tuple(path))


def year_end_shares(scenario: Scenario) -> tuple[float, ...]:
    """The planned social share at each year-end, as if delivered in full."""
    from model.projection import inputs_of, run

    known = run(inputs_of(scenario))
    planned = scenario.number("social_share_start") + known["planned_rise"][0, 11::12]
    return tuple(round(float(share), 6) for share in planned)


def competence_of_skills(scenario: Scenario) -> float:
    """The weighted competent share of the scenario's skill areas, without what rounding adds."""
    return round(competent_share(scenario.skills), _DIGITS)


def with_competence_of_skills(scenario: Scenario) -> Scenario:
    """The scenario started from the weighted competent share of its skill areas. Raises ScenarioError.

    The assumption's note says where it comes from; what a person wrote there stays below.
    """
    name = "competent_share_start"
    told = f"{_FROM_SKILLS}{'; '.join(skill_texts(scenario))}. The company's own judgement (grades U and D)."
    written = [line for line in scenario.notes.get(name, "").splitlines() if not line.startswith(_FROM_SKILLS)]
    return with_edits(
        scenario, [Edit({name: competence_of_skills(scenario)}, notes={name: "\n".join([told, *written])})]
    )


def labelled(start: Scenario, changed: Scenario) -> Scenario:
    """A scenario under a name that says whether it is still what it started from, unless it has one of its own.

    The description told of the original, so it goes with that.
    """
    edited = is_other_plan(start, changed)
    if changed.name not in {start.name, start.name + EDITED}:
        return changed
    told = {start.description, ""}
    description = changed.description if changed.description not in told else "" if edited else start.description
    return changed.changed(name=start.name + EDITED * edited, description=description)


def is_other_plan(start: Scenario, changed: Scenario) -> bool:
    """Whether a scenario is no longer what it started from: of a preset's, its company may be another one."""
    return is_edited(changed, start) if is_preset(start) else not same_content(changed, start)


def same_content(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios differ in nothing but name and description."""
    return one.changed(name=other.name, description=other.description) == other


def _path(
    scenario: Scenario, values: Mapping[str, Value], path: tuple[float, ...] | None
) -> tuple[float, ...] | None:
    """The path that goes with changed values: one share per year-end where the shape is custom."""
    merged = {**scenario.values, **values}
    if merged["ramp_shape"] != "custom":
        return path
    return _fitted(path or year_end_shares(scenario), int(merged["horizon_years"]))


def _fitted(path: tuple[float, ...], years: int) -> tuple[float, ...]:
    return (path + path[-1:] * years)[:years]


def _still_drawn(before: Scenario, after: Scenario) -> Scenario:
    """The changed scenario, unless its correlations cannot be drawn where the former's could."""
    try:
        correlation_root(before)
    except ScenarioError:
        return after
    correlation_root(after)
    return after


def _merged(parts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    return {name: item for part in parts for name, item in part.items()}


def _some_as_in(other: Mapping[str, Any], own: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """One's own mapping with these names as the other has them."""
    merged = dict(own)
    for name in names:
        merged = _one_as_in(other, merged, name)
    return merged


def _one_as_in(other: Mapping[str, Any], own: Mapping[str, Any], name: str) -> dict[str, Any]:
    """One's own mapping with one name as the other has it, or without it where that lacks it."""
    kept = {key: item for key, item in own.items() if key != name}
    return {**kept, name: other[name]} if name in other else kept
