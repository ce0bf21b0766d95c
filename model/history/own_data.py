"""From a file to a scenario: a history read, fitted, checked, and put into ranges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from model.assumptions import ASSUMPTIONS
from model.formula import Array
from model.history.checks import Diagnostic, Gate, Trust, checks, earlier_fits, forecast, gate
from model.history.design import regression
from model.history.figures import OwnFigure, figures, with_figures
from model.history.fit import Posterior, fit
from model.history.importing.history import OwnHistory
from model.history.prior import Prior
from model.history.ranges import Learned, before_own_data, findings, with_own_data
from model.reading.faults import Fault, ScenarioError
from model.scenario import Scenario


@dataclass(frozen=True)
class OwnData:
    """What a company's history tells, how far that can be trusted, and the scenario with it.

    `scenario` is the one that was given where the gate says no; the company's own `figures` are not in it. `told` is
    in sentences. `forecast` is revenue in each period of the last quarter as it is forecast without it, None where
    the history is too short for that.
    """

    history: OwnHistory
    posterior: Posterior
    findings: tuple[Learned, ...]
    checks: tuple[Diagnostic, ...]
    gate: Gate
    scenario: Scenario
    figures: tuple[OwnFigure, ...]
    told: tuple[str, ...]
    forecast: Array | None

    def with_figures(self) -> OwnData:
        """The same with the company's own figures in the scenario, unless that is not usable."""
        if self.gate.trust is Trust.NO:
            return self
        scenario, told = with_figures(self.scenario, self.figures)
        return replace(self, scenario=scenario, told=(*self.told, *told))


def learn(history: OwnHistory, scenario: Scenario, seed: int) -> OwnData:
    """What a history tells of a scenario's beliefs. Raises ScenarioError where the fit does not settle."""
    before = before_own_data(scenario)
    spend = history.social, history.other
    made_of = regression(history.revenue, history.observed, spend, history.control_columns, history.months)
    try:
        posterior = fit(made_of, Prior(before), seed)
    except ScenarioError as error:
        doubts = [Fault("history", history.doubts)] if history.doubts else []
        raise ScenarioError([*error.faults, *doubts]) from None
    found = findings(posterior)
    earlier = earlier_fits(posterior, seed)
    made = checks(posterior, history, found, earlier)
    passed = gate(made)
    after = scenario if passed.trust is Trust.NO else with_own_data(posterior, found, history.period_words)
    told = (*history.told, *_beside(history, scenario, before))
    foretold = forecast(posterior, earlier)
    return OwnData(history, posterior, found, made, passed, after, figures(history), told, foretold)


def _beside(history: OwnHistory, scenario: Scenario, before: Scenario) -> Iterator[str]:
    """What must be said beside a fit of this scenario."""
    if not history.columns.other:
        yield "No column of other marketing is used: what it brings may be put down to social"
    if before != scenario:
        yield "Ranges that come from own data were put back first, so that no history counts twice"
    if scenario.values["social_return_basis"] == "platform":
        belief, basis = (ASSUMPTIONS[name] for name in ("social_relative_return", "social_return_basis"))
        yield (
            f"The scenario takes the return of social from platforms: what is found of “{belief.short_label}” "
            f"counts once “{basis.label}” is relative"
        )
