"""What a history makes of a scenario, and the checks that say how far it can be trusted."""

from dataclasses import replace

import numpy as np
import pytest

from model.assumptions import ASSUMPTIONS, Distribution, Range
from model.history.checks import Diagnostic, Trust, _follows_sales, _units, gate
from model.history.fit import PERCENTILES
from model.history.importing.columns import Named
from model.history.importing.data_file import data_file
from model.history.importing.history import read_history
from model.history.own_data import learn
from model.history.ranges import _range, before_own_data, findings, with_own_data
from model.reading.faults import ScenarioError
from model.scenario import Scenario
from model.uncertainty.sampling import correlation_root, quantile
from tests.model.history.simulated import SCENARIO, simulated, written
from tests.model.history.study import fitted, regression_of
from tests.model.history.workbooks import read


@pytest.fixture(scope="module")
def telling():
    """A history that tells much, as a file tells it."""
    return simulated(3, periods=130, noise=0.005, varying=0.8)


def learned(tmp_path, made, scenario=SCENARIO, **named):
    """What a simulated history tells, by way of its file."""
    path = tmp_path / "history.csv"
    path.write_text(written(made), encoding="utf-8")
    return learn(read_history(data_file(path), Named(**named)), scenario, 2027)


def test_a_history_becomes_ranges_notes_and_correlations(tmp_path, telling):
    own = learned(tmp_path, telling)
    told = {item.name: item for item in own.findings if item.told}
    assert "other_incremental_roas" in told
    assert own.scenario.ranges.keys() == told.keys()
    for name, item in told.items():
        assert own.scenario.values[name] == own.scenario.ranges[name].likely
        assert own.scenario.notes[name] == (
            f"Own data, {own.history.period_words}; grade C: correlation, not experiment"
        )
        low, high = quantile(item.range)(np.array([0.05, 0.95]))
        assert (low, high) == pytest.approx((item.posterior[5], item.posterior[95]), abs=0.1 * (high - low))
    assert own.history.period_words == "2021-01-04 to 2023-06-26, 130 weeks"
    assert all({one, other} & told.keys() for one, other, _ in own.scenario.correlations)
    assert own.scenario.correlations
    assert Scenario.from_json(own.scenario.to_json()) == own.scenario


def test_what_the_data_cannot_tell_keeps_its_range(tmp_path):
    own = learned(tmp_path, simulated(3, periods=104, noise=0.03))
    untold = [item for item in own.findings if not item.told]
    assert untold
    for item in untold:
        assert item.range is None
        assert own.scenario.effective_ranges[item.name] == SCENARIO.effective_ranges[item.name]
        assert item.name not in own.scenario.notes


def test_no_history_counts_twice(tmp_path, telling):
    scenario = SCENARIO.changed(notes={"saturation": "Ours", "other_incremental_roas": "As agreed"})
    once = learned(tmp_path, telling, scenario)
    twice = learned(tmp_path, telling, once.scenario)
    assert before_own_data(once.scenario) == scenario
    assert twice.scenario == once.scenario
    assert once.scenario.notes["other_incremental_roas"].endswith("\nAs agreed")
    assert any("no history counts twice" in told for told in twice.told)


def test_a_plan_on_platform_figures_is_told_what_counts(tmp_path, telling):
    own = learned(tmp_path, telling, SCENARIO.with_values(social_return_basis="platform"), other=[])
    assert any("once “What the return of social rests on” is relative" in told for told in own.told)
    assert any("may be put down to social" in told for told in own.told)


def test_correlations_give_way_to_those_that_a_person_gave():
    posterior = fitted(simulated(3, periods=130, noise=0.005, varying=0.8))
    strong = tuple(
        ("contribution_margin", name, 0.65) for name in ("other_incremental_roas", "social_relative_return")
    )
    posterior = replace(posterior, prior=replace(posterior.prior, scenario=SCENARIO.changed(correlations=strong)))
    scenario = with_own_data(posterior, findings(posterior), "ever")
    assert correlation_root(scenario) is not None
    assert {pair for pair in scenario.correlations if "contribution_margin" in pair} == set(strong)


@pytest.mark.parametrize(
    "item",
    [
        Range(1, 2, 5), Range(0.2, 0.5, 1.6, Distribution.LOGNORMAL), Range(1, 3, 5, Distribution.NORMAL),
    ],
)  # fmt: skip
def test_a_range_has_the_percentiles_of_the_posterior(item):
    wanted = quantile(item)(np.array(PERCENTILES) / 100)
    found = _range("other_incremental_roas", dict(zip(PERCENTILES, wanted.tolist(), strict=True)))
    assert found.distribution is item.distribution
    assert quantile(found)(np.array(PERCENTILES) / 100) == pytest.approx(wanted, rel=0.01)
    low, high = ASSUMPTIONS["other_incremental_roas"].bounds
    assert low <= found.low <= found.likely <= found.high <= high


def by_name(own):
    """The checks by name."""
    return {check.name: check for check in own.checks}


def test_a_sound_history_passes(tmp_path, telling):
    found = by_name(learned(tmp_path, telling))
    assert found["draws"].figures["effective"] > 400
    assert found["fit"].trust is Trust.YES
    assert found["held_out"].figures["error"] < found["held_out"].figures["naive_error"]
    assert "better than" in found["held_out"].verdict
    for name in ("residuals", "collinear", "follows_sales", "earlier_fits"):
        assert found[name].trust is Trust.YES, found[name].verdict
    rho = found["residuals"].figures["autocorrelation"]
    assert rho == pytest.approx(0.4, abs=0.2)


def test_spend_that_follows_sales_is_warned_of(tmp_path):
    for seed in (11, 12):
        found = by_name(learned(tmp_path, simulated(seed, periods=130, follows=0.5, varying=0.3)))
        assert found["follows_sales"].trust is Trust.CARE
        assert "switches it off in some regions" in found["follows_sales"].verdict


def test_spend_that_does_not_is_seldom_warned_of():
    made = [regression_of(simulated(seed, periods=104)) for seed in range(20, 60)]
    assert sum(_follows_sales(one).trust is Trust.CARE for one in made) <= 2


def test_channels_that_move_as_one_are_not_usable(tmp_path, telling):
    own = learned(tmp_path, replace(telling, other=6 * telling.social))
    assert by_name(own)["collinear"].trust is Trust.NO
    assert own.gate.trust is Trust.NO
    assert own.gate.words.startswith("Not usable, because social and other spend move as one")
    assert own.scenario == SCENARIO


def test_spend_that_never_changes_is_not_usable(tmp_path, telling):
    own = learned(tmp_path, replace(telling, social=np.full(130, 1e4), other=np.full(130, 6e4)))
    found = by_name(own)
    assert found["collinear"].verdict.startswith("social spend never changes")
    assert found["told"].verdict.startswith("none of the beliefs is told by the history")
    assert own.gate.trust is Trust.NO


def test_a_break_in_revenue_is_seen(tmp_path, telling):
    broken = np.where(np.arange(130) < 110, telling.revenue, 0.5 * telling.revenue)
    found = by_name(learned(tmp_path, replace(telling, revenue=broken)))
    assert Trust.CARE in {found[name].trust for name in ("held_out", "earlier_fits", "residuals")}


def test_a_history_that_contradicts_a_range_is_refused(tmp_path):
    made = simulated(3, noise=0.0005, varying=0.8)
    narrow = SCENARIO.changed(ranges={"carryover_half_life": Range(4, 4.2, 4.4, Distribution.NORMAL)})
    with pytest.raises(ScenarioError, match=r"carryover_half_life: would have to lie beyond its range, 4 to 4\.4"):
        learned(tmp_path, made, narrow)


def test_revenue_in_another_unit_than_spend_is_warned_of(tmp_path, telling):
    found = by_name(learned(tmp_path, replace(telling, revenue=10 * telling.revenue)))
    assert found["within_ranges"].trust is Trust.CARE
    assert "“Incremental revenue per unit of other marketing" in found["within_ranges"].verdict
    assert "check units and columns" in found["within_ranges"].verdict


def test_spend_above_revenue_is_told_where_the_fit_is_refused_for_it(tmp_path, telling):
    with pytest.raises(ScenarioError) as refused:
        learned(tmp_path, replace(telling, revenue=telling.revenue / 1000))
    assert "would have to lie beyond its range" in str(refused.value)
    assert "history: spend is 61.1 times revenue, as where one of them is in thousands" in str(refused.value)


@pytest.mark.parametrize(("factor", "trust"), [(1, Trust.YES), (1000, Trust.CARE), (0.001, Trust.CARE)])
def test_units_that_do_not_fit_are_told_and_lower_trust(telling, factor, trust):
    history = read(written(replace(telling, revenue=factor * telling.revenue)).encode())
    found = _units(history)
    assert found.trust is trust
    assert found.figures["spend_to_revenue"] == pytest.approx(
        float((telling.social + telling.other).sum() / telling.revenue.sum()) / factor, rel=1e-3
    )
    assert [told for told in history.told if found.verdict in told] == (
        [] if trust is Trust.YES else [f"Beware: {found.verdict}"]
    )


def test_a_short_history_says_what_it_is_too_short_for(tmp_path):
    made = simulated(4, periods=30, weekly=False)
    controls = np.random.default_rng(1).standard_normal((30, 12))
    own = learned(tmp_path, replace(made, control=controls))
    found = by_name(own)
    assert found["held_out"].verdict == "the history is too short to hold out its last quarter"
    assert found["earlier_fits"].trust is Trust.CARE


def test_the_gate_is_as_bad_as_the_worst_check():
    def check(trust):
        return Diagnostic("one", trust, f"it is {trust.value}", {})

    assert gate([check(Trust.YES)]).words == "Usable."
    assert gate([check(Trust.YES), check(Trust.CARE)]).words == "Usable with care, because it is care."
    words = gate([check(Trust.CARE), check(Trust.NO)]).words
    assert words == "Not usable, because it is no."
