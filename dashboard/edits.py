"""What one change by a person does to a scenario, beyond setting the value: pure functions, no Streamlit."""

from __future__ import annotations

from model.assumptions import Value
from model.scenario import Scenario

EDITED = " (edited)"


def with_value(scenario: Scenario, name: str, value: Value) -> Scenario:
    """The scenario with one assumption set. Raises ScenarioError.

    A custom shape starts from the present plan's year-ends, and follows the horizon, so that choosing it is
    never refused for want of a path.
    """
    values = {**scenario.assumptions, name: value}
    path = scenario.social_share_path
    if {**scenario.values, name: value}["ramp_shape"] == "custom":
        horizon = int(value) if name == "horizon_years" else scenario.horizon_years
        path = _fitted(path or year_end_shares(scenario), horizon)
    return scenario.changed(assumptions=values, social_share_path=path)


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


def renamed(before: Scenario, after: Scenario) -> Scenario:
    """The changed scenario under a name that says it is no longer the original, unless it already does.

    The description told of the original, so it goes.
    """
    if after.name != before.name or after.name.endswith(EDITED):
        return after
    return after.changed(name=before.name + EDITED, description="")


def _fitted(path: tuple[float, ...], years: int) -> tuple[float, ...]:
    return (path + path[-1:] * years)[:years]
