"""Scenario files: what is read is what was written, one content has one hash, and every fault is told."""

import contextlib
import dataclasses
import json
import pickle
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from model.assumptions import ASSUMPTIONS, Distribution, Range
from model.presets import DEFAULT_PRESET, PRESETS
from model.projection import project
from model.reading.faults import ScenarioError
from model.scenario import MAX_FILE_BYTES, Scenario
from tests import reference
from tests.scenarios import anything, legal_data, nearly_scenarios


def faults_of(data):
    """The faults of some data, by key; an empty mapping where it is a scenario."""
    refused = None
    try:
        Scenario.from_data(data)
    except ScenarioError as error:
        refused = error
    if refused is None:
        return {}
    assert refused.faults
    assert str(refused) == "\n".join(f"{fault.key}: {fault.message}" for fault in refused.faults)
    return {fault.key: fault.message for fault in refused.faults}


def refusal(text):
    """The whole message with which a file's text is refused."""
    with pytest.raises(ScenarioError) as caught:
        Scenario.from_json(text)
    return str(caught.value)


# What is read is what was written


@given(legal_data())
def test_a_legal_scenario_comes_back_the_same(data):
    scenario = Scenario.from_data(data)
    again = Scenario.from_json(scenario.to_json())
    assert again == scenario
    assert again.hash == scenario.hash
    assert again.values == scenario.values
    assert Scenario.from_json(scenario.to_json().encode("utf-8-sig")) == scenario
    for name, value in data["assumptions"].items():
        assert scenario.values[name] == value
        assert isinstance(scenario.values[name], type(ASSUMPTIONS[name].default))


@given(legal_data())
def test_a_legal_scenario_is_projected(data):
    projection = project(Scenario.from_data(data))
    assert projection.months == 12 * data["assumptions"].get("horizon_years", 5)
    json.dumps(dict(projection.metrics), allow_nan=False)
    assert projection.checks["all_finite"]


def test_pickling_keeps_a_scenario():
    scenario = PRESETS["sceptical-cfo"].changed(ranges={"causal_share": None}, notes={"tax_rate": "ask"})
    again = pickle.loads(pickle.dumps(scenario))  # noqa: S301 - our own
    assert again.translation == scenario.translation
    assert again == scenario
    assert again.hash == scenario.hash


def test_a_file_holds_only_what_differs():
    assert PRESETS["sceptical-cfo"].to_data()["assumptions"] == {
        "plan_delivery": 0.44,
        "social_relative_return": 1.0,
        "saturation": 1.0,
        "causal_share": 0.013,
    }
    assert set(Scenario().to_data()) == {"schema_version", "name"}


def test_a_long_scenario_can_be_opened_again(tmp_path):
    note = "€" * 10_000
    scenario = Scenario.from_data({"notes": dict.fromkeys(ASSUMPTIONS, note), "description": note})
    path = tmp_path / "long.json"
    path.write_text(scenario.to_json(), encoding="utf-8")
    assert Scenario.from_file(path) == scenario


def test_presets_are_those_specified():
    assert list(PRESETS) == list(reference.PRESETS)
    assert DEFAULT_PRESET == "social-plan"
    for name, values in reference.PRESETS.items():
        assert dict(PRESETS[name].assumptions) == values


def test_defaults_of_the_frame():
    scenario = Scenario.from_data({})
    assert (scenario.currency, scenario.locale, scenario.fiscal_year_start) == ("USD", "en", 1)
    assert scenario.horizon_years == 5
    assert scenario.calendar(today=date(2026, 11, 22))[0] == date(2027, 1, 1)
    assert scenario.calendar(today=date(2027, 1, 1))[0] == date(2028, 1, 1)


def test_calendar():
    months = Scenario.from_data({"start_month": "2027-11", "assumptions": {"horizon_years": 2}}).calendar()
    assert len(months) == 24
    assert months[:3] == (date(2027, 11, 1), date(2027, 12, 1), date(2028, 1, 1))
    assert months[-1] == date(2029, 10, 1)


def test_ranges_are_given_and_taken_away():
    scenario = Scenario.from_data(
        {
            "ranges": {
                "causal_share": None,
                "tax_rate": {"low": 0.1, "likely": 0.2, "high": 0.3, "distribution": "uniform"},
                "training_admin": {"low": 0.05, "likely": 0.1, "high": 0.4},
            }
        }
    )
    effective = scenario.effective_ranges
    assert "causal_share" not in effective
    assert effective["tax_rate"] == Range(0.1, 0.2, 0.3, Distribution.UNIFORM)
    assert effective["training_admin"] == Range(0.05, 0.1, 0.4, Distribution.PERT)
    assert effective["retained_share"] == ASSUMPTIONS["retained_share"].range
    assert Scenario().effective_ranges.keys() == {name for name, item in ASSUMPTIONS.items() if item.range}


def test_a_range_that_is_typed_in_is_the_one_that_is_used():
    # Also where it happens to be the default range, and the value is another.
    typed = {"low": 0, "likely": 0.05, "high": 0.12}
    scenario = Scenario.from_data({"assumptions": {"causal_share": 0.02}, "ranges": {"causal_share": typed}})
    assert scenario.effective_ranges["causal_share"] == Range(0, 0.05, 0.12)


# One content, one hash


def test_the_order_of_keys_does_not_matter():
    one = '{"name": "x", "assumptions": {"tax_rate": 0.2, "causal_share": 0.01}, "notes": {"on_cost": "a"}}'
    other = '{"notes": {"on_cost": "a"}, "assumptions": {"causal_share": 0.01, "tax_rate": 0.2}, "name": "x"}'
    assert Scenario.from_json(one) == Scenario.from_json(other)
    assert Scenario.from_json(one).hash == Scenario.from_json(other).hash


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("horizon_years", ["7", "7.0", "7e0", "70e-1"]),
        ("training_hours", ["5", "5.0", "5e0"]),
        ("revenue_growth", ["0", "0.0", "-0.0", "0e5"]),
        ("employees", ["1000", "1e3", "1000.00"]),
    ],
)
def test_the_spelling_of_a_number_does_not_matter(name, spellings):
    scenarios = [Scenario.from_json(f'{{"name": "x", "assumptions": {{"{name}": {text}}}}}') for text in spellings]
    assert len({scenario.hash for scenario in scenarios}) == 1
    assert len({scenario.to_json() for scenario in scenarios}) == 1


def test_spelling_in_ranges_paths_and_correlations_does_not_matter():
    def text(zero, one, pair):
        return (
            f'{{"social_share_path": [{one}], "correlations": [[{pair}, {zero}]],'
            f'"ranges": {{"tax_rate": {{"low": {zero}, "likely": {zero}, "high": 0.5}}}},'
            '"assumptions": {"horizon_years": 1}}'
        )

    plain = Scenario.from_json(text("0", "1", '"causal_share", "retained_share"'))
    other = Scenario.from_json(text("-0.0", "1.0", '"retained_share", "causal_share"'))
    assert plain.hash == other.hash
    assert plain == other


def test_defaults_written_out_do_not_matter():
    everything = {name: item.default for name, item in ASSUMPTIONS.items()}
    ranges = {
        name: item.range and {"low": item.range.low, "likely": item.range.likely, "high": item.range.high}
        for name, item in ASSUMPTIONS.items()
        if item.can_be_uncertain
    }
    spelt_out = Scenario.from_data(
        {
            "schema_version": 2, "name": "x", "description": "", "currency": "USD", "locale": "en",
            "start_month": None, "fiscal_year_start": 1, "assumptions": everything, "ranges": ranges,
            "social_share_path": None, "correlations": [], "notes": {"tax_rate": ""},
        }
    )  # fmt: skip
    assert spelt_out.hash == Scenario.from_data({"name": "x"}).hash
    assert spelt_out == Scenario.from_data({"name": "x"})


def test_the_hash_looks_like_one():
    assert len(Scenario().hash) == 12
    assert set(Scenario().hash) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    "change",
    [
        {"name": "y"},
        {"description": "d"},
        {"currency": "DKK"},
        {"locale": "da"},
        {"start_month": "2030-01"},
        {"fiscal_year_start": 7},
        {"social_share_path": [0.2] * 5},
        {"ranges": {"causal_share": None}},
        {"ranges": {"tax_rate": {"low": 0, "likely": 0.1, "high": 0.2}}},
        {"ranges": {"causal_share": {"low": 0, "likely": 0.05, "high": 0.12, "distribution": "uniform"}}},
        {"correlations": [["causal_share", "retained_share", 0.5]]},
        {"correlations": [["causal_share", "retained_share", -0.5]]},
        {"notes": {"tax_rate": "n"}},
        {"assumptions": {"training_programme": False}},
        {"assumptions": {"ramp_shape": "s_curve"}},
        {"assumptions": {"revenue_per_employee": 250_000.00000000003}},
    ],
)
def test_another_content_has_another_hash(change):
    assert Scenario.from_data({"name": "x"} | change).hash != Scenario.from_data({"name": "x"}).hash


@given(legal_data(), legal_data())
def test_equal_hash_means_equal_content(one, other):
    first, second = Scenario.from_data(one), Scenario.from_data(other)
    assert (first.hash == second.hash) == (first.to_data() == second.to_data())


# Every fault, with its mend


def test_every_fault_stands_in_one_list():
    faults = faults_of(
        {
            "naem": "x",
            "currency": "usd",
            "locale": "klingon",
            "start_month": "2027-13",
            "fiscal_year_start": 0,
            "schema_version": 3,
            "description": 5,
            "assumptions": {
                "casual_share": 0.1,
                "tax_rate": 0.95,
                "employees": True,
                "training_programme": 1,
                "ramp_shape": "s-curve",
                "discount_rate": "10 %",
                "horizon_years": 2.5,
                "on_cost": float("nan"),
                "annual_pay": float("inf"),
                "partner_cost": 10**400,
            },
            "social_share_path": [0.2, 1.5],
            "ranges": {
                "team_target": {"low": 1, "likely": 2, "high": 3},
                "ramp_shape": None,
                "retaned_share": None,
                "causal_share": {"low": 0.3, "likely": 0.2, "high": 0.1},
                "training_admin": {"low": 0.1, "high": 0.2},
                "revenue_growth": {"low": 0.1, "likely": 0.1, "high": 0.1},
                "media_waste": {"low": 0, "likely": 0.1, "high": 0.99},
                "alignment_gain": {"low": 0, "likely": 0.1, "high": 0.2, "distribution": "prt"},
                "retained_share": [0.1, 0.2, 0.3],
                "tax_rate": {"low": 0, "likely": 0.1, "high": 0.2, "distribution": "lognormal"},
            },
            "correlations": [
                ["causal_share", "causal_share", 0.1],
                ["causal_share", "retained_share", 1.5],
                ["causal_share", "team_target", 0.1],
                ["causal_share", "nope", 0.1],
                ["causal_share", 0.1],
                ["media_waste", "retained_share", 0.1],
                ["retained_share", "media_waste", 0.2],
                [["retained_share"], "media_waste", 0.2],
            ],
            "notes": {"tax_rate": 5, "taxrate": "x"},
        }
    )
    expected = {
        "'naem'": "did you mean 'name'?",
        "currency": "ISO 4217",
        "locale": "en, da or de",
        "start_month": "2027-01",
        "fiscal_year_start": "1 … 12",
        "schema_version": "versions 1 and 2",
        "description": "must be text",
        "'casual_share'": "did you mean 'causal_share'?",
        "tax_rate": "0 … 0.9 (0\u00a0% … 90\u00a0%)",
        "employees": "is true, but must be a number within 1 … 10000000",
        "training_programme": "is 1, but must be true or false",
        "ramp_shape": "did you mean 's_curve'?",
        "discount_rate": "'10 %', but must be a number within 0 … 1 (0\u00a0% … 100\u00a0%)",
        "horizon_years": "whole number within 1 … 10",
        "on_cost": "finite number within 1 … 5",
        "annual_pay": "finite",
        "partner_cost": "a huge number",
        "social_share_path[2]": "0.001 … 1",
        "ranges.team_target": "a decision",
        "ranges.ramp_shape": "a decision",
        "ranges.retaned_share": "did you mean 'retained_share'?",
        "ranges.causal_share": "low ≤ likely ≤ high",
        "ranges.training_admin": "lacks likely",
        "ranges.revenue_growth": "low < high",
        "ranges.media_waste": "high is 0.99, out of bounds",
        "ranges.alignment_gain": "did you mean 'pert'?",
        "ranges.retained_share": "low, likely and high",
        "ranges.tax_rate": "above 0",
        "correlations[1]": "with itself",
        "correlations[2]": "−1 … 1",
        "correlations[3]": "takes no range",
        "correlations[4]": "not an assumption",
        "correlations[5]": "pair",
        "correlations[7]": "a second time",
        "correlations[8]": "not an assumption",
        "notes.tax_rate": "must be text",
        "notes.taxrate": "did you mean 'tax_rate'?",
    }
    assert faults.keys() == expected.keys()
    assert {key: faults[key] for key, part in expected.items() if part not in faults[key]} == {}


@pytest.mark.parametrize("name", [n for n, a in ASSUMPTIONS.items() if a.bounds])
def test_bounds_are_inclusive_and_just_outside_is_refused(name):
    low, high = ASSUMPTIONS[name].bounds
    step = 1 if ASSUMPTIONS[name].unit.whole else (high - low) * 1e-9
    held = {"plan_delivery": 0.0} if name != "plan_delivery" else {"social_share_target": 0.133}
    for value in (low, high):
        assert name not in faults_of({"assumptions": held | {name: value}})
    for value in (low - step, high + step):
        assert "out of bounds" in faults_of({"assumptions": held | {name: value}})[name]


def test_a_bound_whose_digits_have_no_end_is_told_as_a_fraction():
    assert "must lie within 1/12 … 10" in faults_of({"assumptions": {"ramp_years": 0.0833333}})["ramp_years"]


@pytest.mark.parametrize(
    "wrong", [True, "1", None, [1], {"a": 1}, float("nan"), float("inf"), float("-inf"), 10**400, -(10**400)]
)
def test_a_number_must_be_a_finite_number(wrong):
    assert "number" in faults_of({"assumptions": {"training_hours": wrong}})["training_hours"]


@pytest.mark.parametrize("wrong", [0, 1, 1.0, "true", "on", None, []])
def test_a_switch_must_be_true_or_false(wrong):
    assert "true or false" in faults_of({"assumptions": {"strategic_partner": wrong}})["strategic_partner"]


@pytest.mark.parametrize("wrong", [0, True, None, "Linear", "", ["linear"], {}])
def test_a_choice_must_be_one_of_its_words(wrong):
    assert "linear, s_curve" in faults_of({"assumptions": {"ramp_shape": wrong}})["ramp_shape"]


@pytest.mark.parametrize("name", ["", "   ", "a" * 501, "a\x00b", "a\ud800", 5, None])
def test_names_that_are_refused(name):
    assert "name" in faults_of({"name": name})


@pytest.mark.parametrize("data", [[], [1], "x", 5, None, True])
def test_the_top_level_must_be_an_object(data):
    assert "top level must be an object" in faults_of(data)["file"]


@pytest.mark.parametrize("data", [{"assumptions": []}, {"ranges": 5}, {"notes": "x"}, {"correlations": {}}])
def test_parts_of_another_form_are_refused(data):
    assert faults_of(data).keys() == data.keys()


CUSTOM = {"ramp_shape": "custom"}


def test_the_custom_shape_needs_its_path():
    assert "needs 5 shares" in faults_of({"assumptions": CUSTOM})["social_share_path"]
    short = faults_of({"assumptions": CUSTOM, "social_share_path": [0.2] * 4})
    assert "has 4 shares, but horizon_years is 5" in short["social_share_path"]
    assert not faults_of({"assumptions": CUSTOM, "social_share_path": [0.2] * 5})


@pytest.mark.parametrize("years", [1, 3, 5, 7])
def test_a_path_that_another_shape_does_not_use_is_no_hindrance(years):
    with_path = Scenario.from_data({"social_share_path": [0.2] * years})
    assert project(with_path).metrics == project(Scenario()).metrics


@pytest.mark.parametrize(
    ("assumptions", "path", "key"),
    [
        ({"social_share_target": 0.9, "plan_delivery": 1.5}, None, "social_share_target"),
        ({"social_share_target": 0.7115, "plan_delivery": 1.5}, None, "social_share_target"),  # 100.075 %
        (
            {"social_share_start": 0.5, "social_share_target": 0.01, "plan_delivery": 1.5},
            None,
            "social_share_target",
        ),
        (CUSTOM | {"plan_delivery": 1.5}, [0.2, 0.3, 0.4, 0.5, 0.9], "social_share_path"),
    ],
)
def test_the_delivered_share_must_be_a_share(assumptions, path, key):
    data = {"assumptions": assumptions, "social_share_path": path}
    assert "plan_delivery 1.5" in faults_of(data)[key]
    data["assumptions"] = assumptions | {"plan_delivery": 1.0}
    assert not faults_of(data)


def test_the_target_does_not_matter_to_the_custom_shape():
    data = {
        "assumptions": CUSTOM | {"plan_delivery": 1.5, "social_share_target": 0.9},
        "social_share_path": [0.2] * 5,
    }
    assert not faults_of(data)


# Files


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"\xff\xfe{}", "UTF-8"),
        ("{", "line 1, column"),
        ("", "line 1, column 1"),
        ("{'name': 'x'}", "not valid JSON"),
        ('{"name": "x",}', "not valid JSON"),
        ("[]", "top level"),
        ("null", "top level"),
        ("[" * 100_000, "nested too deeply"),
        ('{"assumptions": ' * 50_000, "nested too deeply"),
        ('{"assumptions": {"employees": ' + "9" * 5_000 + "}}", "number"),
        ('{"assumptions": {"tax_rate": NaN}}', "tax_rate: is nan, but must be a finite number"),
        ('{"assumptions": {"tax_rate": -Infinity}}', "tax_rate: is −inf"),
        ('{"assumptions": {"tax_rate": 1e999}}', "tax_rate: is inf"),
        (" " * (MAX_FILE_BYTES + 1), "too large"),
    ],
)
def test_files_that_are_refused(text, told):
    assert told in refusal(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('{"name": "a", "name": "b"}', "name"),
        ('{"assumptions": {"tax_rate": 0, "tax_rate": 0.1}}', "tax_rate"),
    ],
)
def test_a_key_that_stands_twice_is_refused_by_name(text, key):
    message = refusal(text)
    assert key in message
    assert "twice" in message


def test_deep_nesting_of_any_depth_is_refused():
    for depth in range(1, 1_500, 7):
        nested = "[" * depth + "]" * depth
        assert "ramp_shape" in (message := refusal(f'{{"assumptions": {{"ramp_shape": {nested}}}}}')) or (
            "nested too deeply" in message
        )


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(ScenarioError, match="cannot be read"):
        Scenario.from_file(tmp_path)
    with pytest.raises(ScenarioError, match="cannot be read"):
        Scenario.from_file(tmp_path / "nowhere.json")
    large = tmp_path / "large.json"
    large.write_bytes(b" " * (MAX_FILE_BYTES + 1))
    with pytest.raises(ScenarioError, match="at most"):
        Scenario.from_file(large)


@given(anything())
def test_arbitrary_data_raises_nothing_but_scenario_errors(data):
    faults_of(data)


@settings(max_examples=300)
@given(nearly_scenarios())
def test_data_of_the_right_form_raises_nothing_but_scenario_errors(data):
    if not faults_of(data):
        project(Scenario.from_data(data))


@given(st.text(max_size=40) | st.binary(max_size=40) | anything().map(lambda data: json.dumps(data, default=str)))
def test_arbitrary_files_raise_nothing_but_scenario_errors(text):
    with contextlib.suppress(ScenarioError):
        Scenario.from_json(text)


# Scenarios do not change


def test_a_scenario_cannot_be_changed():
    scenario = PRESETS["sceptical-cfo"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        scenario.name = "x"
    for mapping in (scenario.assumptions, scenario.values, scenario.ranges, scenario.notes, PRESETS):
        with pytest.raises(TypeError):
            mapping["causal_share"] = 1.0


def test_a_scenario_does_not_follow_the_data_it_came_from():
    data = {"assumptions": {"tax_rate": 0.1}, "social_share_path": [0.2] * 5, "notes": {"tax_rate": "a"}}
    scenario = Scenario.from_data(data)
    data["assumptions"]["tax_rate"] = 0.5
    data["social_share_path"][0] = 0.9
    data["notes"]["tax_rate"] = "b"
    assert scenario.values["tax_rate"] == 0.1
    assert scenario.social_share_path == (0.2,) * 5
    assert scenario.notes["tax_rate"] == "a"


def test_a_changed_copy_leaves_the_original():
    plan = PRESETS["social-plan"]
    changed = plan.with_values(tax_rate=0.2).changed(name="Taxed", fiscal_year_start=4)
    assert (changed.values["tax_rate"], changed.name, changed.fiscal_year_start) == (0.2, "Taxed", 4)
    assert plan.values["tax_rate"] == 0
    assert changed.with_values(tax_rate=0.0).changed(name=plan.name, fiscal_year_start=1).hash == plan.hash


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"fiscal_year_start": 0},
        {"fiscal_year_start": 13},
        {"currency": ""},
        {"locale": ""},
        {"start_month": ""},
        {"social_share_path": [2.0]},
        {"assumptions": {"tax_rate": 2}},
        {"assumptions": {"nope": 2}},
    ],
)
def test_a_changed_copy_is_checked(change):
    with pytest.raises(ScenarioError):
        Scenario().changed(**change)


@given(legal_data(), st.sampled_from([n for n, a in ASSUMPTIONS.items() if a.numeric and not a.unit.whole]))
def test_setting_a_value_back_gives_the_same_scenario(data, name):
    scenario = Scenario.from_data(data)
    before = scenario.values[name]
    try:
        moved = scenario.with_values(**{name: ASSUMPTIONS[name].bounds[0]})
    except ScenarioError:
        assume(False)
    assert moved.with_values(**{name: before}) == scenario
