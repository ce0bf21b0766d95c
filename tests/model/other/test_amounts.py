"""Other costs and benefits: what they come to, month by month and in every result, and what is refused of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.assumptions import MOST_YEARS
from model.other.amounts import LARGEST
from model.presets import PRESETS, is_edited, on_company
from model.projection import HOLD, inputs_of, project, rerun, run
from model.reading.faults import ScenarioError
from model.reading.links import read_link, write_link
from model.scenario import Scenario
from model.telling.caveats import caveats
from model.telling.comparison import differences
from tests import reference

AMOUNTS = st.lists(st.floats(-1e6, 1e6), min_size=0, max_size=MOST_YEARS)
LICENCE = {"name": "Licence", "by_year": [12_000, 0, 6_000]}
GRANT = {"name": "Grant", "by_year": [24_000]}


def plan(**fields):
    return Scenario.from_data({"name": "Plan", **fields})


def rows(amounts):
    return [{"name": f"Row {number}", "by_year": by_year} for number, by_year in enumerate(amounts, start=1)]


@given(costs=st.lists(AMOUNTS, max_size=3), benefits=st.lists(AMOUNTS, max_size=3), years=st.integers(1, 10))
def test_every_result_agrees_with_an_engine_of_its_own(costs, benefits, years):
    values = {"horizon_years": years, "tax_rate": 0.22}
    found = project(plan(assumptions=values, other_costs=rows(costs), other_benefits=rows(benefits)))
    expected = reference.project(values | {"other_costs": costs, "other_benefits": benefits})
    assert found.sound
    for name, series in expected["lines"].items():
        assert found.lines[name] == pytest.approx(series, rel=1e-9, abs=1e-6), name
    for name in ("npv", "pv_costs", "pv_benefits", "peak_funding", "programme_npv"):
        assert found.metrics[name] == pytest.approx(expected["metrics"][name], rel=1e-9, abs=1e-5), name


def test_an_amount_falls_in_equal_parts_in_the_months_of_its_plan_year():
    lines = project(plan(other_costs=[LICENCE])).lines
    assert lines["other_costs"][:12] == pytest.approx([1_000] * 12)
    assert not lines["other_costs"][12:24].any()
    assert lines["other_costs"][24:36] == pytest.approx([500] * 12)
    assert not lines["other_costs"][36:].any()


def test_it_is_worth_its_present_value_after_tax():
    values = {"tax_rate": 0.25, "discount_rate": 0.0}
    without, with_it = (project(plan(assumptions=values, **rows_)) for rows_ in ({}, {"other_benefits": [GRANT]}))
    assert with_it.metrics["npv"] - without.metrics["npv"] == pytest.approx(18_000)
    assert with_it.bridge["other_benefits"] == pytest.approx(18_000)


def test_holding_has_none_of_it():
    scenario = plan(other_costs=[LICENCE], other_benefits=[GRANT])
    held = rerun(run(inputs_of(scenario)), HOLD)
    assert not held["net_cash"].any()
    assert not on_company(PRESETS["hold"], scenario, scenario).other_costs


def test_the_rows_are_the_plan_s_so_that_a_preset_has_none_and_one_with_some_is_edited():
    scenario = plan(other_costs=[LICENCE], other_benefits=[GRANT])
    for id_, preset in PRESETS.items():
        fresh = on_company(preset, scenario, scenario)
        assert (fresh.other_costs, fresh.other_benefits) == ((), ()), id_
        assert not is_edited(fresh, preset), id_
        assert is_edited(fresh.changed(other_costs=scenario.other_costs), preset), id_


def test_amounts_beyond_the_horizon_are_not_told_as_if_they_counted_and_a_caveat_names_them():
    scenario = plan(other_costs=[{"name": "Move", "by_year": [0, 0, 5_000_000]}]).with_values(horizon_years=2)
    assert scenario.other_in_words == ("Other cost “Move”: nothing within the horizon",)
    said = " ".join(caveats(project(scenario)))
    assert "Stated for years beyond the horizon, so that it does not count: amounts of “Move”." in said
    assert "beyond the horizon" not in " ".join(caveats(project(scenario.with_values(horizon_years=3))))


def test_it_is_part_of_file_link_hash_and_comparison():
    scenario = plan(other_costs=[LICENCE], other_benefits=[GRANT])
    assert Scenario.from_json(scenario.to_json()) == scenario
    assert read_link(write_link(scenario, PRESETS["social-plan"]))[0] == scenario
    assert scenario.hash != plan().hash
    assert [item.title for item in differences((plan(), scenario))] == ["Other costs", "Other benefits"]


def test_zeros_at_the_end_say_nothing():
    assert plan(other_costs=[{"name": "a", "by_year": [1, 0, 0]}]) == plan(
        other_costs=[{"name": "a", "by_year": [1]}]
    )


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ("x", "must be a list of objects with name and by_year"),
        ([LICENCE] * 4, "at most 3 are kept"),
        ([LICENCE, {"name": "licence", "by_year": []}], "a second time"),
        ([{"name": "", "by_year": []}], "is empty"),
        ([{"name": "a"}], "other_costs[1].by_year: is missing"),
        ([{"name": "a", "by_years": [], "by_year": []}], "did you mean 'by_year'?"),
        ([{"name": "a", "by_year": [1] * 11}], "at most 10 amounts"),
        ([{"name": "a", "by_year": [0, "x"]}], "other_costs[1].by_year[2]: is 'x', but must be a number"),
        ([{"name": "a", "by_year": [2 * LARGEST]}], "out of bounds"),
        ([{"name": "a", "by_year": [float("nan")]}], "finite"),
        ([7], "other_costs[1]: is 7, but must be an object"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(given_, told):
    with pytest.raises(ScenarioError) as error:
        plan(other_costs=given_)
    assert told in str(error.value)
