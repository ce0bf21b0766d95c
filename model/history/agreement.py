"""Whether experiments agree with the history and with each other, and which beliefs rest on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.formula import Array
from model.history.checks import SIGNIFICANCE, Diagnostic, Trust
from model.history.experiments.experiment import Experiment
from model.history.experiments.lift import Lift
from model.history.fit import Posterior, fit
from model.history.prior import Prior
from model.history.ranges import BeliefUpdate, findings
from model.history.regression import Regression
from model.reading.faults import ScenarioError
from model.units import MONEY, Format

# So many experiments are named in a note.
_NAMED = 3


@dataclass(frozen=True)
class FittedEvidence:
    """A history, experiments, or both, with what was believed before: fitted together, and without some of it."""

    regression: Regression | None
    lifts: tuple[Lift, ...]
    prior: Prior
    seed: int

    @cached_property
    def whole(self) -> Posterior:
        """The fit of all. Raises ScenarioError where it does not settle."""
        return fit(self.regression, self.prior, self.seed, self.lifts)

    @cached_property
    def history_alone(self) -> Posterior | None:
        """The fit without experiments, of what was believed before if there is no history; None if it is refused."""
        return self._fit(self.regression, ())

    @cached_property
    def experiments_alone(self) -> Posterior | None:
        """The fit without the history, None where it is refused."""
        return self.whole if self.regression is None else self._fit(None, self.lifts)

    def without(self, place: int) -> Posterior | None:
        """The fit of all but one experiment, None where it is refused."""
        rest = self.lifts[:place] + self.lifts[place + 1 :]
        return self._fit(self.regression, rest) if rest else self.history_alone

    def _fit(self, regression: Regression | None, lifts: tuple[Lift, ...]) -> Posterior | None:
        try:
            return fit(regression, self.prior, self.seed, lifts)
        except ScenarioError:
            return None


@dataclass(frozen=True)
class Agreement:
    """An experiment beside what all else says of it, in money.

    `predicted` is the revenue that the rest expects, with standard deviation `spread`, `fitted` what is expected
    with it; `z` is how many standard errors away from the prediction it is. None where the rest cannot be fitted.
    """

    experiment: Experiment
    fitted: float
    predicted: float | None
    spread: float | None
    z: float | None


def agreements(evidence: FittedEvidence) -> tuple[Agreement, ...]:
    """Each experiment beside the rest."""
    return tuple(_agreement(evidence, place, one) for place, one in enumerate(evidence.lifts))


def _agreement(evidence: FittedEvidence, place: int, one: Lift) -> Agreement:
    fitted, _ = _moments(evidence.whole, one)
    rest = evidence.without(place)
    if rest is None:
        return Agreement(one.experiment, fitted, None, None, None)
    predicted, spread = _moments(rest, one)
    z = (one.experiment.revenue - predicted) / float(np.hypot(one.experiment.error, spread))
    return Agreement(one.experiment, fitted, predicted, spread, z)


def _moments(posterior: Posterior, one: Lift) -> tuple[float, float]:
    """Mean and standard deviation of what is expected of an experiment."""
    expected: Array = one.expected(posterior.values)
    mean = float(posterior.draws.weights @ expected)
    return mean, float(np.sqrt(posterior.draws.weights @ (expected - mean) ** 2))


def agreement_checks(agreed: Sequence[Agreement], text: Format, *, with_history: bool) -> Iterator[Diagnostic]:
    """The check of the experiments, where there are any; `text` writes money."""
    from scipy.special import ndtri

    if not agreed:
        return
    most = float(-ndtri(SIGNIFICANCE / 2))
    bad = [one for one in agreed if one.z is None or abs(one.z) > most]
    rest = "the history" if with_history else "the ranges"
    rest = f"{rest} and the other experiments" if len(agreed) > 1 else rest
    found = {f"z_{place}": one.z for place, one in enumerate(agreed, start=1)}
    if not bad:
        verdict = f"{'the experiments agree' if len(agreed) > 1 else 'the experiment agrees'} with {rest}"
    else:
        verdict = "; ".join(_contradiction(one, rest, text) for one in bad)
    yield Diagnostic("experiments", Trust.CARE if bad else Trust.YES, verdict, found)


def _contradiction(one: Agreement, rest: str, text: Format) -> str:
    what = f"the experiment on {one.experiment.channel.words} of {one.experiment.period.words}"
    if one.predicted is None or one.z is None:
        return f"{what} cannot be held against {rest}, which cannot be fitted without it"
    found, said = (text.rounded(amount, MONEY) for amount in (one.experiment.revenue, one.predicted))
    return (
        f"{what} found {found} where {rest} expect {said}: they contradict each other by {abs(one.z):.1f} standard "
        "errors, so check its signs, money and period, and what else changed then"
    )


def tested(evidence: FittedEvidence, found: Sequence[BeliefUpdate], period: str | None) -> Mapping[str, str]:
    """The beliefs of which the experiments tell more than the history does, each with the words of its source.

    `period` says from when to when the history is, None where there is none.
    """
    if not evidence.lifts or evidence.experiments_alone is None:
        return {}
    others = evidence.history_alone if evidence.regression is not None else None
    widths = {} if others is None else {item.name: _width(item) for item in findings(others)}
    alone = {item.name: _width(item) for item in findings(evidence.experiments_alone) if item.told}
    told = [item.name for item in found if item.told and item.name in alone]
    more = [name for name in told if alone[name] <= widths.get(name, np.inf)]
    return dict.fromkeys(more, _source(evidence.lifts, period))


def _width(item: BeliefUpdate) -> float:
    return item.posterior[95] - item.posterior[5]


def _source(lifts: Sequence[Lift], period: str | None) -> str:
    """As in: experiment of 2024-03-04 to 2024-04-28, with the history 2021-01-04 to 2023-12-25, 156 weeks."""
    named = " and ".join(one.experiment.period.words for one in lifts[:_NAMED])
    more = f" and {len(lifts) - _NAMED} more" if len(lifts) > _NAMED else ""
    beside = f", with the history {period}" if period else ""
    return f"{'experiments' if len(lifts) > 1 else 'experiment'} of {named}{more}{beside}"
