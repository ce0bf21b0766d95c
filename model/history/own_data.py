"""From a file to a scenario: a history read, fitted, checked, and put into ranges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from model.assumptions import ASSUMPTIONS
from model.formula import Array
from model.history.agreement import Agreement, FittedEvidence, agreement_checks, agreements, tested
from model.history.checks import (
    Diagnostic,
    Gate,
    Trust,
    checks,
    checks_without_history,
    earlier_fits,
    forecast,
    gate,
)
from model.history.design import regression
from model.history.experiments.experiment import MOST_EXPERIMENTS, Experiment
from model.history.experiments.lift import lift
from model.history.figures import OwnFigure, figures, with_figures
from model.history.fit import Posterior
from model.history.importing.history import OwnHistory
from model.history.prior import Prior
from model.history.ranges import BeliefUpdate, before_own_data, findings, with_own_data
from model.lines import LINES
from model.reading.faults import Fault, ScenarioError
from model.scenario import Scenario


@dataclass(frozen=True)
class OwnData:
    """What a company's history and experiments tell, how far that can be trusted, and the scenario with it.

    `read` is the history, None where there is none; `experiments` stand beside what the rest says of them; `tested`
    are the beliefs that rest on them. `scenario` is the one that was given where the gate says no; the company's own
    `figures` are not in it. `told` is in sentences. `forecast` is revenue in each period of the last quarter as it
    is forecast without it, None where the history is too short for that.
    """

    read: OwnHistory | None
    posterior: Posterior
    findings: tuple[BeliefUpdate, ...]
    checks: tuple[Diagnostic, ...]
    gate: Gate
    scenario: Scenario
    figures: tuple[OwnFigure, ...]
    told: tuple[str, ...]
    experiments: tuple[Agreement, ...] = ()
    tested: frozenset[str] = frozenset()
    forecast: Array | None = None

    @property
    def history(self) -> OwnHistory:
        """The history. Raises ValueError where there is none."""
        if self.read is None:
            raise ValueError("experiments were given without a history")
        return self.read

    def with_figures(self) -> OwnData:
        """The same with the company's own figures in the scenario, unless that is not usable."""
        if self.gate.trust is Trust.NO:
            return self
        scenario, told = with_figures(self.scenario, self.figures)
        return replace(self, scenario=scenario, told=(*self.told, *told))


def learn(
    history: OwnHistory | None, scenario: Scenario, seed: int, experiments: Sequence[Experiment] = ()
) -> OwnData:
    """What a history, experiments or both tell of a scenario's beliefs.

    Raises ScenarioError where neither is given or the fit does not settle.
    """
    _check(history, experiments)
    before = before_own_data(scenario)
    evidence = _evidence(history, before, seed, experiments)
    posterior = _fitted(evidence, history)
    found, agreed = findings(posterior), agreements(evidence)
    earlier = () if history is None else earlier_fits(posterior, seed)
    if history is None:
        made = checks_without_history(posterior, found)
    else:
        made = checks(posterior, history, found, earlier)
    made = (*made, *agreement_checks(agreed, scenario.format, with_history=history is not None))
    passed = gate(made)
    period = None if history is None else history.period_words
    sources = tested(evidence, found, period)
    usable = passed.trust is not Trust.NO
    after = with_own_data(posterior, found, period or "", sources) if usable else scenario
    own_figures = () if history is None else figures(history)
    told = (*_told(history, experiments), *_beside(history, scenario, before))
    foretold = forecast(posterior, earlier) if earlier else None
    return OwnData(
        history, posterior, found, made, passed, after, own_figures, told, agreed, frozenset(sources), foretold
    )


def _fitted(evidence: FittedEvidence, history: OwnHistory | None) -> Posterior:
    """The fit of all; where it is refused, what was doubtful in the history is told with it."""
    try:
        return evidence.whole
    except ScenarioError as error:
        doubts = [Fault("history", history.doubts)] if history is not None and history.doubts else []
        raise ScenarioError([*error.faults, *doubts]) from None


def _check(history: OwnHistory | None, experiments: Sequence[Experiment]) -> None:
    if history is None and not experiments:
        raise ScenarioError([Fault("history", "is missing: give a history, experiments, or both")])
    if len(experiments) > MOST_EXPERIMENTS:
        message = f"are {len(experiments)}; at most {MOST_EXPERIMENTS} are taken, so leave out those that tell least"
        raise ScenarioError([Fault("experiments", message)])


def _evidence(
    history: OwnHistory | None, scenario: Scenario, seed: int, experiments: Sequence[Experiment]
) -> FittedEvidence:
    if history is None:
        regressed, today = None, _planned_spend(scenario)
    else:
        spend = history.social, history.other
        regressed = regression(history.revenue, history.observed, spend, history.control_columns, history.months)
        social, other = regressed.today
        today = social / history.months, other / history.months
    return FittedEvidence(regressed, tuple(lift(one, today) for one in experiments), Prior(scenario), seed)


def _planned_spend(scenario: Scenario) -> tuple[float, float]:
    """What the scenario spends on social and on other marketing in a month of today."""
    known: dict[str, Any] = {**scenario.values, "growth_factor": 1.0}
    for name in ("company_revenue", "marketing_budget", "hold_social_spend", "hold_other_spend"):
        known[name] = LINES[name].compute(known)
    return float(known["hold_social_spend"]), float(known["hold_other_spend"])


def _told(history: OwnHistory | None, experiments: Sequence[Experiment]) -> Iterator[str]:
    """What was repaired or taken for granted."""
    yield from () if history is None else history.told
    for one in experiments:
        yield from one.told


def _beside(history: OwnHistory | None, scenario: Scenario, before: Scenario) -> Iterator[str]:
    """What must be said beside a fit of this scenario."""
    if history is not None and history.is_example:
        yield "These are a simulated example's figures, not yours: take them over to see what that does, then undo"
    if history is not None and not history.columns.other:
        yield "No column of other marketing is used: what it brings may be put down to social"
    if before != scenario:
        yield "Ranges that come from own data were put back first, so that no history counts twice"
    if scenario.values["social_return_basis"] == "platform":
        belief, basis = (ASSUMPTIONS[name] for name in ("social_relative_return", "social_return_basis"))
        yield (
            f"The scenario takes the return of social from platforms: what is found of “{belief.short_label}” "
            f"counts once “{basis.label}” is relative"
        )
