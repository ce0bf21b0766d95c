"""The gates of a scenario: its file, its hash, its faults, and what a gate can look at."""

from __future__ import annotations

import json

import numpy as np
import pytest

from dashboard.session.edits import all_restored
from library.place import file_engine
from library.store import Library
from model.gates.indicators import INDICATORS, READ
from model.gates.stage_gate import Below, StageGate
from model.presets import PRESETS, is_edited, on_company
from model.projection import inputs_of, project, run
from model.reading.faults import ScenarioError
from model.reading.links import read_link, write_link
from model.scenario import Scenario
from model.stages.policy import ALWAYS, NEVER
from model.stages.staged import staged
from model.telling.caveats import caveats
from model.telling.comparison import Aspect, differences
from model.track.measures import MEASURES
from model.uncertainty.sampling import draws
from report.tables import comparison_tables

PLAN = PRESETS["social-plan"]
GATE = {"month": 12, "indicator": "relative_return", "threshold": 1.1, "below": "back"}
LATER = {"month": 30, "indicator": "competent_share", "threshold": 0.5, "below": "hold", "error": 0.1, "cost": 500}


def plan(*gates):
    return Scenario.from_data({"name": "In stages", "stages": list(gates)})


def test_a_file_without_stages_is_what_it_was():
    assert "stages" not in PLAN.to_data()
    assert PRESETS["hold"].stages == plan().stages == ()
    assert plan().hash == Scenario.from_data({"name": "In stages"}).hash


def test_gates_are_kept_in_order_of_time_with_what_was_given():
    scenario = plan(LATER, GATE)
    assert scenario.stages == (
        StageGate(12, "relative_return", 1.1, Below.BACK),
        StageGate(30, "competent_share", 0.5, Below.HOLD, 0.1, 500.0),
    )
    assert scenario.to_data()["stages"] == [GATE, LATER]
    assert Scenario.from_json(scenario.to_json()) == scenario
    assert scenario.hash == plan(GATE, LATER).hash != plan(GATE).hash


def test_the_indicator_s_own_error_and_cost_count_where_none_is_given():
    first, second = plan(GATE, LATER).stages
    assert (first.deviation, first.price) == (
        INDICATORS["relative_return"].error,
        INDICATORS["relative_return"].cost,
    )
    assert (second.deviation, second.price) == (0.1, 500)


def test_a_link_carries_the_gates():
    scenario = PLAN.changed(stages=plan(GATE, LATER).stages)
    again, _ = read_link(write_link(scenario, PLAN))
    assert again.hash == scenario.hash


def test_gates_are_the_plan_s_so_that_a_preset_has_none_and_one_with_some_is_edited():
    scenario = plan(GATE)
    for id_, preset in PRESETS.items():
        fresh = on_company(preset, scenario, scenario)
        assert fresh.stages == (), id_
        assert not is_edited(fresh, preset), id_
        assert is_edited(fresh.changed(stages=scenario.stages), preset), id_
    assert all_restored(scenario, PLAN).stages == ()


def test_a_caveat_names_the_gates_that_do_not_count():
    scenario = plan(GATE, LATER)
    assert "month 30" not in " ".join(caveats(project(scenario)))
    told = " ".join(caveats(project(scenario.with_values(horizon_years=2))))
    assert "Beyond the horizon, so that it does not count: the gate at month 30." in told


def test_the_projection_is_the_plan_that_never_stops():
    assert project(PLAN.changed(stages=plan(GATE).stages)).metrics == project(PLAN).metrics


def test_a_gate_beyond_the_horizon_is_kept_and_does_not_count():
    short = plan(GATE, LATER).with_values(horizon_years=2)
    assert [gate.month for gate in short.stages] == [12, 30]
    assert [gate.month for gate in short.gates] == [12]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (7, "stages: is 7, but must be a list"),
        ([GATE] * 5, "stages: has 5 gates; at most 4"),
        ([GATE, GATE], "stages: has two gates at month 12"),
        ([3], "stages[1]: is 3, but must be an object"),
        ([GATE | {"month": 1.5}], "stages[1].month: is 1.5, but must be a whole month"),
        ([GATE | {"month": 120}], "stages[1].month: is 120, but must be a whole month of the plan within 1 … 119"),
        ([GATE | {"indicator": "relative_retrun"}], "did you mean 'relative_return'?"),
        ([GATE | {"indicator": ["relative_return"]}], "stages[1].indicator: is list, but must be one of"),
        ([GATE | {"threshold": -1}], "stages[1].threshold: is −1, out of bounds: must lie within 0 … 100"),
        ([GATE | {"below": "stop"}], "stages[1].below: is 'stop', but must be one of hold, back"),
        ([GATE | {"error": -0.1}], "stages[1].error: is −0.1, out of bounds"),
        ([GATE | {"cost": True}], "stages[1].cost: is true, but must be a number"),
        ([GATE | {"tresh": 1}], "stages[1]: has the unknown key 'tresh'"),
        ([{"month": 12}], "stages[1].threshold: is missing"),
    ],
)
def test_faults_are_told_with_their_mend(given, told):
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_data({"name": "x", "stages": given})
    assert told in str(refused.value)


def test_all_faults_of_all_gates_are_told_together():
    wrong = [GATE | {"month": 0, "threshold": "x"}, LATER | {"error": "big"}]
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_data({"name": "x", "stages": wrong})
    assert [fault.key for fault in refused.value.faults] == [
        "stages[1].month", "stages[1].threshold", "stages[2].error",
    ]  # fmt: skip


def test_text_of_a_gate_that_is_no_json_number_is_refused():
    with pytest.raises(ScenarioError):
        Scenario.from_json(json.dumps({"name": "x", "stages": [GATE]}).replace("1.1", "NaN"))


# What a gate looks at


def drawn(scenario=PLAN, count=128):
    _, values = next(draws(scenario, count, 3))
    return run(inputs_of(scenario) | dict(values))


@pytest.mark.parametrize("item", INDICATORS.values(), ids=INDICATORS)
def test_an_indicator_reads_no_month_beyond_its_own(item):
    known, month = drawn(), 18
    poisoned = known | {
        name: np.where(known["t"] <= month, known[name], np.nan) for name in READ if np.ndim(known[name])
    }
    assert np.array_equal(item.value(known, month), item.value(poisoned, month))
    assert np.array_equal(item.scale(known, month), item.scale(poisoned, month))


@pytest.mark.parametrize("item", INDICATORS.values(), ids=INDICATORS)
def test_an_indicator_reads_only_what_it_declares(item):
    known = drawn()
    others = {"t", "other_incremental_roas"}
    few = {name: values for name, values in known.items() if name in {*READ, *others}}
    assert np.array_equal(item.value(few, 12), item.value(known, 12))


def test_held_the_relative_return_is_the_belief_itself():
    known = drawn(PRESETS["hold"].changed(ranges={"social_return_drift": None}))
    seen = INDICATORS["relative_return"].value(known, 12)
    assert seen == pytest.approx(known["social_relative_return"][:, 0], rel=1e-12)


def test_cash_and_competence_are_the_model_s_own_lines():
    known = drawn()
    assert INDICATORS["cumulative_cash"].value(known, 24) == pytest.approx(known["cumulative_cash"][:, 23])
    assert np.array_equal(INDICATORS["competent_share"].value(known, 24), known["competent_share"][:, 23])


def test_cash_is_known_no_better_than_the_noise_of_revenue_that_the_actuals_have_lets_it():
    known, item, noise = drawn(), INDICATORS["cumulative_cash"], MEASURES["revenue"].noise
    revenue = (known["company_revenue"] + known["revenue_gain"])[:, :12]
    kept = known["contribution_margin"][:, 0]
    # The months' departures drawn one by one, as they follow each other.
    rng, total = np.random.default_rng(1), np.zeros((40_000, 1))
    lasting = noise.lasting * rng.standard_normal((40_000, 1))
    for month in range(12):
        total = total + revenue[0, month] * (lasting + noise.scatter * rng.standard_normal((40_000, 1)))
        fresh = noise.lasting * np.sqrt(1 - noise.kept**2)
        lasting = noise.kept * lasting + fresh * rng.standard_normal((40_000, 1))
    expected = kept[0] * total.std()
    assert item.deviation(known, 12, 0.0)[0] == pytest.approx(expected, rel=0.02)
    # Many times of what the indicator's own error says in the first year.
    assert expected > 10 * item.error * item.scale(known, 12)[0]
    measured = item.deviation(known, 12, 0.5)
    assert measured == pytest.approx(np.hypot(0.5 * item.scale(known, 12), item.besides(known, 12)))


def test_a_gate_on_cash_is_not_worth_looking_at_in_the_first_year():
    gate = StageGate(12, "cumulative_cash", 0.0, Below.BACK)
    assert staged(PLAN, (gate,), count=1024).best.policy in ((NEVER,), (ALWAYS,))


def test_other_channels_without_a_return_divide_nothing():
    known = drawn(PLAN.with_values(other_incremental_roas=0).changed(ranges={"other_incremental_roas": None}))
    assert np.all(INDICATORS["relative_return"].value(known, 12) == 0)


def test_scenarios_that_differ_in_their_gates_alone_say_so():
    one, other = PLAN, PLAN.changed(stages=plan(GATE).stages)
    [found] = differences([one, other])
    assert found.aspect is Aspect.STAGES
    table = comparison_tables.differences([one, other])
    assert [cell.text for cell in table.rows[0]][-1] == (
        "month 12: Return of social beside other channels at least 1.1, else back"
    )


def test_the_library_keeps_the_gates(tmp_path):
    library = Library(file_engine(tmp_path / "library.sqlite3"))
    saved = library.save_new(plan(GATE, LATER), author="Ada")
    assert library.latest(saved.entry).scenario == plan(GATE, LATER)
