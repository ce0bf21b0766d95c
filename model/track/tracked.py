"""An approved plan beside what came of it: learnt, forecast, checked and recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from model.formula import Array
from model.history.checks import Diagnostic
from model.learning.learned import Learned, blocks_of
from model.projection import appraise, inputs_of, lines_behind
from model.reading.faults import Fault, ScenarioError, shown
from model.scenario import Scenario
from model.track.actuals import Actual, checked
from model.track.beliefs import learnt, without_suspects
from model.track.checks import checks
from model.track.departures import own_variance
from model.track.forecasts import Forecast, Record, forecasts, record
from model.track.gates_due import GateMark, GateSeen, checked_marks, gates_seen
from model.track.measures import MEASURES, Measurable, Takes
from model.track.variances import Variance, variances
from model.track.worlds import Tracking, Worlds, tracking
from model.uncertainty.sampling import DEFAULT_DRAWS, DEFAULT_SEED
from model.uncertainty.sensitivity import Bar, bars, learned_ends
from model.uncertainty.simulation import simulate
from model.uncertainty.summaries import Weights, mean, percentiles, standard_error

CASH = "cumulative_cash"
_PARTS = np.array([0.1, 0.5, 0.9])


@dataclass(frozen=True)
class Outlook:
    """What the plan is worth over its whole horizon, as believed at some time.

    `odds` are those of a net present value above zero, `error` their sampling error; `low`, `middle` and `high` its
    10th, 50th and 90th percentile.
    """

    odds: float
    error: float
    mean: float
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Ahead:
    """A forecast by month of the whole plan, `(T,)` each: 10th, 50th and 90th percentile of what will be measured.

    Of the months that are past it is what is now believed to have been likely. Of cumulative cash, which nobody
    measures, it is what is believed of the line itself.
    """

    subject: str
    low: Array
    middle: Array
    high: Array


@dataclass(frozen=True)
class Tracked:
    """Everything that is known of a plan at a month; nothing in it can be changed.

    `forecasts` hold each actual beside what was forecast of it beforehand, `variances` each beside the plan, by
    cause; `ahead` are forecasts to the end by subject; `gates` the plan's own, met or not. `matters` is the tornado
    of what is still open: each belief from its 10th to its 90th percentile as now believed, all others at their
    medians, spend and hours as they came. `suspect` are actuals too far from all that was believed to be learnt
    from; no gate counts them.
    """

    scenario: Scenario
    actuals: tuple[Actual, ...]
    until: int
    learned: Learned
    before: Outlook
    now: Outlook
    forecasts: tuple[Forecast, ...]
    variances: tuple[Variance, ...]
    ahead: Mapping[str, Ahead]
    record: Record | None
    checks: tuple[Diagnostic, ...]
    gates: tuple[GateSeen, ...]
    matters: tuple[Bar, ...]
    suspect: tuple[Actual, ...] = ()

    @property
    def credible(self) -> tuple[Actual, ...]:
        """The actuals that are not suspect."""
        return tuple(item for item in self.actuals if item not in self.suspect)


def track(
    scenario: Scenario,
    actuals: Sequence[Actual],
    until: int | None = None,
    count: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    marks: Sequence[GateMark] = (),
) -> Tracked:
    """A plan beside its actuals up to the month `until`, by default the last that has any.

    `marks` say what was measured at gates, and go before what actuals tell of them; nothing is learnt from them.
    The same actuals give the same digits, in whatever order. Raises ScenarioError that lists every fault of the
    actuals, and where no draws that can be trusted agree with them.
    """
    kept = checked(scenario, actuals)
    months = 12 * scenario.horizon_years
    if until is not None and not 0 <= until <= months:
        raise ScenarioError([Fault("until", f"is {shown(until)}, out of bounds: must lie within 0 … {months}")])
    last = max((item.month for item in kept), default=0)
    followed = tracking(scenario, kept, last if until is None else until)
    _check_tests(followed)
    followed = without_suspects(followed, count, seed)
    suspect = tuple(item for item in followed.actuals if item in followed.left_out)
    credible = tuple(item for item in followed.actuals if item not in followed.left_out)
    prior = simulate(scenario, count, seed, lines=(), only=("npv",))
    learned, expected = learnt(followed, count, seed)
    worth, ahead = _ahead(followed, learned)
    made, apart = forecasts(followed, expected), variances(followed, learned)
    return Tracked(
        scenario, followed.actuals, followed.until, learned, outlook(prior.metrics["npv"], None),
        outlook(worth, learned.weights), made, apart, ahead, record(made), checks(made),
        gates_seen(scenario, credible, followed.until, apart, checked_marks(scenario, marks)),
        _matters(followed, learned), suspect,
    )  # fmt: skip


def with_marks(found: Tracked, marks: Sequence[GateMark]) -> Tracked:
    """The same with its gates marked. Raises ScenarioError that lists every fault of the marks."""
    kept = checked_marks(found.scenario, marks)
    return replace(found, gates=gates_seen(found.scenario, found.credible, found.until, found.variances, kept))


def same_plan(scenario: Scenario, approved: str) -> None:
    """Refuse a scenario that is not the approved one, by its hash. Raises ScenarioError."""
    if scenario.hash != approved:
        raise ScenarioError(
            [
                Fault(
                    "hash",
                    f"is {scenario.hash}, but {shown(approved)} was approved: actuals are held against the plan "
                    "that was approved and no other. Open that version from the library; or have this one approved, "
                    "and track it anew",
                )
            ]
        )


def outlook(worth: Array, weights: Weights) -> Outlook:
    """What net present values, `(S,)`, say when each counts as weighted."""
    gains = (worth > 0).astype(float)
    order = np.argsort(worth)
    low, middle, high = percentiles(worth[order], _PARTS, None if weights is None else weights[order])
    return Outlook(
        float(mean(gains, weights)), float(standard_error(gains, weights)), float(mean(worth, weights)),
        float(low), float(middle), float(high),
    )  # fmt: skip


def _check_tests(followed: Tracking) -> None:
    """Refuse tests of what the model gives no value for: a return of no spend."""
    point = followed.worlds(inputs_of(followed.scenario)).modelled
    wrong = [
        Fault(item.where, f"cannot be: there is no {MEASURES[item.measure].per.replace('_', ' ')} in its month")
        for item in followed.actuals
        if np.isnan(np.broadcast_to(point[item.measure], (1, followed.months))[0, item.month - 1])
    ]
    if wrong:
        raise ScenarioError(wrong)


def _ahead(followed: Tracking, learned: Learned) -> tuple[Array, Mapping[str, Ahead]]:
    """The net present value in each draw, and every forecast to the end of the plan."""
    lines = lines_behind(frozenset({"npv"}), frozenset({CASH}))
    shown_of = [item for item in followed.measured if item.takes is not Takes.STANDARD_ERROR]
    worth, series = [], {name: list[Array]() for name in (*(item.name for item in shown_of), CASH)}
    stream = np.random.default_rng(learned.seed)
    # Errors of a month are drawn once for all subjects and months: percentiles of each are what is told.
    errors = stream.standard_normal(learned.count)
    done = 0
    for size, block in blocks_of(learned.values, learned.count):
        inputs = inputs_of(followed.scenario) | dict(block)
        found = followed.worlds(inputs, lines, luck=followed.luck(stream, size))
        worth.append(np.broadcast_to(appraise(found.known, ("npv",))[0]["npv"], (size, 1))[:, 0])
        series[CASH].append(np.broadcast_to(found.known[CASH], (size, followed.months)))
        for item in shown_of:
            values = _measured(followed, item, found, errors[done : done + size])
            series[item.name].append(np.broadcast_to(values, (size, followed.months)))
        done += size
    ahead = {name: _band(name, np.concatenate(parts), learned.weights) for name, parts in series.items()}
    return np.concatenate(worth), MappingProxyType(ahead)


def _matters(followed: Tracking, learned: Learned) -> tuple[Bar, ...]:
    """What the worth of the plan still hangs on, the widest first; what moves it by nothing is left out."""
    needed = lines_behind(frozenset({"npv"}))

    def worth(rows: Mapping[str, Array]) -> Array:
        known = followed.worlds(inputs_of(followed.scenario) | dict(rows), needed).known
        return np.asarray(appraise(known, ("npv",))[0]["npv"])[:, 0]

    values = {name: column[:, 0] for name, column in learned.values.items()}
    return tuple(bar for bar in bars(learned_ends(values, learned.weights), worth) if bar.swing > 0)


def _measured(followed: Tracking, item: Measurable, found: Worlds, errors: Array) -> Array:
    """What would be measured in each draw and month: the line, what lasts of the departure, and a month's own."""
    unit, departed = followed.unit_of_noise(item), found.followed[item.name]
    modelled = found.modelled[item.name]
    own = own_variance(item, followed.of(item.name)[-1], modelled, unit)
    mean_ = modelled + unit * departed.expected
    return np.asarray(mean_ + np.sqrt(unit**2 * departed.variance + own) * errors[:, np.newaxis])


def _band(name: str, values: Array, weights: Weights) -> Ahead:
    """Percentiles by month of values `(S, T)`."""
    order = np.argsort(values, axis=0)
    ordered = np.take_along_axis(values, order, axis=0).T
    rows = percentiles(ordered, _PARTS, None if weights is None else weights[order].T)
    return Ahead(name, *(np.asarray(row) for row in rows))
