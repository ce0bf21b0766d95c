"""The charts of a simulation: they show what was drawn and found, in every theme, locale and kind of plan."""

import dataclasses
import json
import pickle
import re
from datetime import date
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings

from model.assumptions import ASSUMPTIONS, Distribution, Range
from model.choice.aims import Aim, Limits
from model.choice.must_be_true import what_must_be_true
from model.choice.optimise import optimise
from model.metrics import METRICS
from model.presets import PRESETS
from model.projection import inputs_of, project, rerun, run
from model.reading.faults import ScenarioError
from model.scenario import Scenario
from model.uncertainty.sensitivity import evpi, evppi, importance, tornado
from model.uncertainty.simulation import PERCENTILES, simulate
from model.units import MONEY, RATIO
from report.charts.catalogue import charts_of
from report.charts.decisions import MAP, Best
from report.charts.drawing.chart import RISK
from report.charts.drawing.theme import DARK, LIGHT
from report.charts.risk import binned
from report.material import Material
from report.words.narrative import PILOTS
from tests.locale_data import short
from tests.report.charts.checked import checked
from tests.report.charts.footer import footer_text
from tests.report.charts.test_plan import (  # noqa: F401 - page is a fixture
    DRAW,
    FAULTS,
    HOSTILE,
    PICTURE,
    THEMES,
    TODAY,
    contrast,
    footer,
    page,
    trace,
    words,
)
from tests.scenarios import legal_data

DRAWS = 2048
RISK_CHARTS = {chart.name: chart for chart in charts_of(RISK)}
PLAN = PRESETS["social-plan"]
SCENARIOS = {
    **PRESETS,
    "falling": PLAN.with_values(social_share_target=0.05),
    "one year": PLAN.with_values(horizon_years=1),
    "ten years": PLAN.with_values(horizon_years=10),
    "media efficiency": PLAN.with_values(benefit_route="media_efficiency"),
    "no ranges": PLAN.changed(ranges={name: None for name, item in ASSUMPTIONS.items() if item.range}),
    "millions in Danish": PLAN.with_values(employees=20_000).changed(locale="da", currency="DKK"),
    "huge": PLAN.with_values(employees=10_000_000, revenue_per_employee=1e9),
    "long name": PRESETS["headline-claim"].changed(name=HOSTILE),
    "many digits": PLAN.changed(
        ranges={"social_returns_exponent": Range(0.5123456, 0.7, 0.8912345, Distribution.NORMAL)}
    ),
}
CALM = {"hold": "nothing to gain", "no ranges": "+102,000\u00a0USD"}
LIVELY = [name for name in SCENARIOS if name not in CALM]


@cache
def simulated(name):
    """The simulation of a scenario and what was found in it."""
    return results(name).simulated


@cache
def results(name):
    """What the charts of a scenario draw from."""
    simulation = simulate(SCENARIOS[name], DRAWS, lines=("cumulative_cash",))
    return Material(project(SCENARIOS[name]), simulation, TODAY)


def drawn_points(figure):
    """The points that a figure draws; a trace without any is there because Streamlit refuses a figure of none."""
    return [x for trace in figure.data for x in trace.x if x is not None]


def drawn(chart, name="social-plan", theme=LIGHT):
    """A chart of a scenario."""
    return checked(RISK_CHARTS[chart].figure(results(name), theme, TODAY))


def npv_of(name, **values):
    """The net present value of a scenario with some values changed."""
    return project(SCENARIOS[name].with_values(**values)).metrics["npv"]


def notes(figure, name):
    """The texts of all annotations of a name."""
    return [note.text for note in figure.select_annotations({"name": name})]


# What is found is computed once


def test_findings_are_what_each_question_gives():
    simulation, found = simulated("social-plan")
    assert found.bars == tornado(PLAN)
    assert found.must_be_true == what_must_be_true(PLAN)
    assert (found.importance, found.evppi, found.evpi) == (
        importance(simulation), evppi(simulation), evpi(simulation)
    )  # fmt: skip
    assert found.plan.metrics == project(PLAN).metrics


def test_findings_can_be_kept_in_a_cache():
    _, found = simulated("social-plan")
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own
    assert (again.bars, again.evppi, again.must_be_true) == (found.bars, found.evppi, found.must_be_true)
    with pytest.raises(TypeError):
        again.evppi["causal_share"] = 0.0


@pytest.mark.parametrize("name", LIVELY)
def test_the_plan_pays_in_the_stretches_named_and_nowhere_else(name):
    _, found = simulated(name)
    known = run(inputs_of(SCENARIOS[name]))
    for item in found.must_be_true:
        low, high = ASSUMPTIONS[item.name].bounds
        ends = sorted([max(low, item.range.low), *item.break_even, min(high, item.range.high)])
        between = np.array([(one + other) / 2 for one, other in pairwise(ends) if other > one])
        npv = METRICS["npv"].compute(rerun(known, {item.name: between[:, np.newaxis]}))
        for value, worth in zip(between, np.broadcast_to(npv, (between.size, 1))[:, 0], strict=True):
            paying = any(start < value < end for start, end in item.pays)
            assert paying == (worth > 0), (item.name, value)


# What is shown equals the numbers


@pytest.mark.parametrize("name", ["social-plan", "one year", "ten years", "falling"])
def test_fan_has_every_band_and_the_median_from_nothing_on(name):
    figure, (simulation, _) = drawn("cash_fan", name), simulated(name)
    for percent in PERCENTILES:
        line = trace(figure, "median" if percent == 50 else f"p{percent}")
        assert line.y == pytest.approx([0, *simulation.band("cumulative_cash", percent)])
        assert list(line.x) == list(range(12 * SCENARIOS[name].horizon_years + 1))


def test_fan_says_where_it_ends():
    figure, (simulation, _) = drawn("cash_fan"), simulated("social-plan")
    ends = {percent: simulation.band("cumulative_cash", percent)[-1] for percent in PERCENTILES}
    errors = {percent: simulation.band_error("cumulative_cash", percent)[-1] for percent in PERCENTILES}
    signed = {percent: PLAN.format.signed(value, RATIO, errors[percent]) for percent, value in ends.items()}
    assert figure.layout.title.text == f"Half of the cases end between {signed[25]} and {signed[75]}"
    for percent, label in ((5, "5\u00a0% below"), (50, "Median"), (95, "95\u00a0% below")):
        assert f"{label}<br><b>{signed[percent]}</b>" in notes(figure, "end label")
    assert any(shape.y0 == shape.y1 == 0 for shape in figure.layout.shapes)
    assert "2,048 cases" in words(figure)


@pytest.mark.parametrize("name", LIVELY)
def test_bars_of_the_distribution_are_the_odds(name):
    figure, npv = drawn("npv_distribution", name), simulated(name)[0].metrics["npv"]
    loss, gain = trace(figure, "loss"), trace(figure, "gain")
    assert sum(loss.y) == pytest.approx(np.mean(npv < 0), abs=0.0101)
    assert sum(gain.y) == pytest.approx(np.mean(npv > 0), abs=0.0101)
    assert all(x < 0 for x in loss.x)
    assert all(x > 0 for x in gain.x)
    assert loss.marker.color != gain.marker.color
    assert all(loss.marker.pattern.shape)
    assert not any(gain.marker.pattern.shape)


def test_distribution_marks_odds_mean_and_bad_case():
    figure, (simulation, _) = drawn("npv_distribution"), simulated("social-plan")
    npv, spread = simulation.metrics["npv"], simulation.spread("npv")
    (gain,), (loss,) = notes(figure, "odds of a gain"), notes(figure, "odds of a loss")
    assert f"{100 * np.mean(npv > 0):.0f} in 100 odds</b><br>of a gain" in gain
    assert f"{100 * np.mean(npv < 0):.0f} in 100 odds</b><br>of a loss" in loss
    assert notes(figure, "note") == ["2,048 cases,<br>the outermost<br>1 % not drawn"]
    lines = {shape.x0 for shape in figure.layout.shapes if shape.x0 == shape.x1}
    mean, low = spread.average, spread.percentile(10)
    assert {mean.value, low.value} <= lines
    assert f"<b>{PLAN.format.signed(mean.value, RATIO, mean.error)}</b>" in notes(figure, "mean")[0]
    assert f"<b>{PLAN.format.signed(low.value, RATIO, low.error)}</b>" in notes(figure, "10\u00a0% below")[0]


def test_a_certain_side_has_no_odds_of_the_other():
    simulation, _ = simulated("headline-claim")
    certain = dataclasses.replace(simulation, metrics={"npv": np.abs(simulation.metrics["npv"]) + 1})
    sure = dataclasses.replace(results("headline-claim"), simulation=certain)
    figure = checked(RISK_CHARTS["npv_distribution"].figure(sure, LIGHT, TODAY))
    assert not notes(figure, "odds of a loss")
    assert "100 in 100" in notes(figure, "odds of a gain")[0]


@pytest.mark.parametrize("name", ["normal", "long tail", "two lumps", "nearly one value"])
def test_bins_are_round_even_few_and_split_at_zero(name):
    rng = np.random.default_rng(1)
    values = {
        "normal": rng.normal(1e5, 4e5, 4096),
        "long tail": rng.lognormal(0, 3, 4096) - 1,
        "two lumps": np.repeat([-1.0, 2.0], 2048),
        "nearly one value": np.append(np.full(4095, 7.0), 8.0),
    }[name]
    edges, parts = binned(values)
    assert np.diff(edges) == pytest.approx(np.diff(edges)[0])
    assert 1 <= len(parts) <= 60
    assert 0.99 <= parts.sum() <= 1
    if edges[0] < 0 < edges[-1]:
        assert np.abs(edges).min() == 0


@pytest.mark.parametrize("name", ["social-plan", "sceptical-cfo", "headline-claim", "falling", "media efficiency"])
def test_tornado_bars_end_where_direct_runs_do(name):
    figure, (_, found) = drawn("tornado", name), simulated(name)
    bars = sorted(tornado(SCENARIOS[name]), key=lambda bar: -bar.swing)[:10]
    for side, end in (("low", "low"), ("high", "high")):
        shown = trace(figure, side)
        direct = [npv_of(name, **{bar.name: getattr(bar, end)}) for bar in bars]
        assert [shown.base + x for x in shown.x] == pytest.approx(direct)
        assert shown.base == found.plan.metrics["npv"]
    assert trace(figure, "low").marker.color != trace(figure, "high").marker.color
    labels = notes(figure, "row")
    assert [ASSUMPTIONS[bar.name].label in label for bar, label in zip(bars, labels, strict=True)]
    assert all("grade" in label for label in labels)
    assert sum("low: " in text for text in notes(figure, "end")) == 1


def test_tornado_counts_the_inputs_that_turn_the_result():
    ends = [(npv_of("social-plan", **{bar.name: bar.low}), npv_of("social-plan", **{bar.name: bar.high}))
            for bar in tornado(PLAN)]  # fmt: skip
    turning = sum(min(pair) < 0 < max(pair) for pair in ends)
    assert drawn("tornado").layout.title.text == f"{turning} inputs can each turn the gain into a loss"
    assert drawn("tornado", "falling").layout.title.text.endswith("turn the loss into a gain")


@pytest.mark.parametrize("name", LIVELY)
def test_break_evens_stand_where_they_are_in_the_evidence(name):
    figure, (_, found) = drawn("must_be_true", name), simulated(name)
    rows, marks, plan = notes(figure, "row"), trace(figure, "break-even"), trace(figure, "plan")
    conditions = notes(figure, "range")[2::3]
    items = {ASSUMPTIONS[item.name].short_label: item for item in found.must_be_true}
    for row, label in enumerate(rows):
        item = next(item for text, item in items.items() if text.replace("&", "&amp;") in label)
        width = item.range.high - item.range.low
        assert plan.x[row] == pytest.approx((item.value - item.range.low) / width)
        places = [
            (x, symbol) for x, y, symbol in zip(marks.x, marks.y, marks.marker.symbol, strict=True) if y == row
        ]
        assert len(places) == len(item.break_even)
        for root, (x, symbol) in zip(item.break_even, places, strict=True):
            inside = item.range.low <= root <= item.range.high
            assert (symbol == "diamond") == inside
            if inside:
                assert x == pytest.approx((root - item.range.low) / width)
            else:
                assert (x, symbol) == ((0, "triangle-left") if root < item.range.low else (1, "triangle-right"))
        assert conditions[row].startswith("<b>") == item.within_range
    stands_out = [condition.startswith("<b>") for condition in conditions]
    assert stands_out == sorted(stands_out, reverse=True)


def test_what_must_be_true_is_said_in_words():
    texts = [re.sub("</?b>", "", text) for text in notes(drawn("must_be_true"), "range")]
    # By hand: the plan's break-evens, from `break_even` to three figures.
    for said in ("pays if at least 1.15", "pays if at most 0.735", "pays if at least −1.42\u00a0%"):
        assert said in texts
    assert "no value in bounds gets there" in notes(drawn("must_be_true", "sceptical-cfo"), "range")
    assert "pays at any value" in notes(drawn("must_be_true", "headline-claim"), "range")
    assert drawn("must_be_true").layout.title.text == "For 5 of 23 inputs the range covers break-even"


def test_a_range_of_one_s_own_is_never_called_evidence():
    _, found = simulated("many digits")
    for chart in ("tornado", "must_be_true", "worth_finding_out"):
        marked = [text for text in notes(drawn(chart, "many digits"), "row") if "own range" in text]
        assert [ASSUMPTIONS["social_returns_exponent"].short_label in text for text in marked] == [True], chart
        assert not any("own range" in text for text in notes(drawn(chart), "row"))
    by_name = {item.name: item for item in found.must_be_true}
    assert [name for name, item in by_name.items() if item.own] == ["social_returns_exponent"]
    told = RISK_CHARTS["must_be_true"].alt(results("many digits"))
    assert told.count("by the plan's own range") == 1
    assert "by the evidence" in told


def test_worth_is_what_knowing_is_worth():
    figure, (simulation, found) = drawn("worth_finding_out"), simulated("social-plan")
    best = [value for value in evppi(simulation).values() if value > 0][:6]
    assert list(trace(figure, "inputs").x)[: len(best)] == pytest.approx(best)
    assert list(trace(figure, "everything").x) == [evpi(simulation)]
    assert trace(figure, "everything").marker.color != trace(figure, "inputs").marker.color
    first = next(iter(found.evppi))
    assert PLAN.format.rounded(best[0], MONEY, found.evppi_errors[first]) in figure.layout.title.text
    assert PILOTS.get(first, "look it up")[:20] in notes(figure, "pilot")[0].replace("<br>", " ")
    left_out = len(evppi(simulation)) - len(trace(figure, "inputs").x)
    assert f"{left_out} other inputs are worth" in notes(figure, "note")[0]


def test_where_no_single_input_is_worth_knowing_it_says_so():
    figure = drawn("worth_finding_out", "headline-claim")
    assert not drawn_points(figure)
    assert figure.layout.title.text == "Nothing is worth finding out first"
    assert "on average over all others the decision stays the same" in notes(figure, "statement")[0].replace(
        "<br>", " "
    )


# Where nothing is uncertain


@pytest.mark.parametrize("name", CALM)
@pytest.mark.parametrize("chart", RISK_CHARTS)
def test_without_odds_there_is_a_calm_statement(chart, name):
    figure = drawn(chart, name)
    assert not drawn_points(figure)
    (said,) = notes(figure, "statement")
    assert CALM[name] in said.replace("<br>", " ")
    alt = RISK_CHARTS[chart].alt(results(name))
    assert CALM[name] in alt
    assert figure.layout.title.text in alt


# Every plan, both themes


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("chart", RISK_CHARTS)
def test_every_plan_is_drawn_in_both_themes(chart, name, theme):
    figure = drawn(chart, name, THEMES[theme])
    assert figure.layout.template.layout.paper_bgcolor == THEMES[theme].background
    assert figure.layout.title.text
    assert footer(figure).count("<br>") == 1
    if theme == "dark":
        light = [color for color in dataclasses.astuple(LIGHT) if color not in dataclasses.astuple(DARK)]
        assert not [color for color in light if color in figure.to_json()]


@pytest.mark.parametrize("chart", RISK_CHARTS)
def test_footer_is_the_plans(chart):
    assert footer(drawn(chart)) == footer_text(project(PLAN), TODAY).replace("\n", "<br>")


@settings(max_examples=6)
@given(legal_data())
def test_every_legal_scenario_can_be_drawn(data):
    scenario = Scenario.from_data(data)
    try:
        simulation = simulate(scenario, 128, lines=("cumulative_cash",))
    except ScenarioError:
        assume(False)
    material = Material(project(scenario), simulation, TODAY)
    for chart in RISK_CHARTS.values():
        assert checked(chart.figure(material, LIGHT, TODAY)).layout.title.text
        assert chart.alt(material)
        assert chart.pages(material)


def test_charts_are_listed_in_the_order_of_the_questions():
    assert list(RISK_CHARTS) == ["cash_fan", "npv_distribution", "tornado", "must_be_true", "worth_finding_out"]


# In words, in the locale, and safe


@pytest.mark.parametrize("name", LIVELY)
@pytest.mark.parametrize("chart", RISK_CHARTS)
def test_alternative_text_holds_the_numbers(chart, name):
    (simulation, found), text = simulated(name), SCENARIOS[name].format
    spread, cash = simulation.spread("npv"), simulation.bands["cumulative_cash"][:, -1]
    errors = simulation.band_errors["cumulative_cash"][:, -1]
    ends = (found.bars[0].npv_low, found.bars[0].npv_high)
    expected = {
        "cash_fan": [text.signed(cash[at], MONEY, errors[at]) for at in (1, 7)],
        "npv_distribution": [
            text.signed(spread.mean, RATIO, spread.error),
            text.signed(spread.percentiles[1], MONEY, spread.percentile_errors[1]),
        ],
        "tornado": [text.signed(end, MONEY) for end in ends],
        "must_be_true": [f"{sum(item.within_range for item in found.must_be_true)} of "]
        if any(item.within_range for item in found.must_be_true) else ["No input's"],
        "worth_finding_out": [text.rounded(found.evpi, MONEY, found.evpi_error)],
    }  # fmt: skip
    alt = RISK_CHARTS[chart].alt(results(name))
    for number in expected[chart]:
        assert number in alt
    assert alt.endswith(".")


def test_numbers_are_written_in_the_locale_and_currency():
    assert short(1e6, "da") in drawn("cash_fan", "millions in Danish").layout.title.text
    assert "DKK" in words(drawn("worth_finding_out", "millions in Danish"))
    assert re.search(r"pays if at least −\d,\d\d\u00a0%", words(drawn("must_be_true", "millions in Danish")))


@pytest.mark.parametrize("chart", RISK_CHARTS)
def test_names_are_text_never_markup(chart):
    figure = drawn(chart, "long name")
    for part in (figure.layout.title.subtitle.text, footer(figure)):
        assert not re.search(r"<(?!br>|/?b>|b style)|%\{|\$", part.replace(LIGHT.warning, ""))
    assert "&lt;b&gt;" in footer(figure)


# The map of the optimum


@pytest.fixture(scope="module")
def optimum():
    """The plan of the best odds within limits that rule out part of the map."""
    return optimise(PLAN, Aim.ODDS_OF_GAIN, Limits(lowest_share=0.15, highest_share=0.3), count=512)


def optimum_map(optimum, theme=LIGHT, today=TODAY, present=None):
    """The map of an optimum, found for another present plan if one is given."""
    found = dataclasses.replace(optimum, searched=present) if present else optimum
    return checked(MAP.figure(Best(found, project(optimum.scenario)), theme, today))


def optimum_alt(optimum):
    """The map of an optimum in words."""
    return MAP.alt(Best(optimum, project(optimum.scenario)))


def test_the_table_of_the_map_has_every_place_of_it(optimum):
    table = MAP.table(Best(optimum, project(optimum.scenario)))
    assert len(table.frame) == optimum.map_values.size
    row = table.frame.iloc[len(optimum.map_hours)]
    assert (row.iloc[0], row.iloc[1]) == (optimum.map_shares[1], optimum.map_hours[0])
    gaps = sum(cells[-1].text == "–" for cells in table.cells(PLAN))
    assert gaps == np.isnan(optimum.map_values).sum() > 0


def test_map_shows_the_aim_the_best_and_the_present_plan(optimum):
    figure = optimum_map(optimum, LIGHT, TODAY, present=PLAN)
    shown = trace(figure, "aim")
    assert np.allclose(np.asarray(shown.z, dtype=float), optimum.map_values.T, equal_nan=True)
    assert (list(shown.x), list(shown.y)) == (optimum.map_shares.tolist(), optimum.map_hours.tolist())
    best, present = trace(figure, "best"), trace(figure, "present plan")
    assert (best.x[0], best.y[0]) == (optimum.levers["social_share_target"], optimum.levers["training_hours"])
    assert (present.x[0], present.y[0]) == (0.245, 40)
    assert f"{100 * optimum.standing.odds_of_gain:.3g}\u00a0%" in notes(figure, "best")[0]
    assert f"{100 * optimum.present.odds_of_gain:.3g}\u00a0%" in notes(figure, "present plan")[0]


def test_map_greys_what_is_not_allowed(optimum):
    figure = optimum_map(optimum, LIGHT, TODAY)
    cells = trace(figure, "not allowed")
    assert len(cells.x) == np.isnan(optimum.map_values).sum() > 0
    assert notes(figure, "not allowed") == ["not allowed"]
    # Quieter than what is allowed.
    assert contrast(cells.marker.color, LIGHT.background) < contrast(LIGHT.hold, LIGHT.background)
    everything = dataclasses.replace(optimum, map_values=np.nan_to_num(optimum.map_values))
    assert not list(optimum_map(everything).select_traces({"name": "not allowed"}))


def test_map_colours_gains_and_losses_apart_and_less_spend_as_better(optimum):
    values = np.linspace(-2e6, 1e6, optimum.map_values.size).reshape(optimum.map_values.shape)
    money = dataclasses.replace(optimum, aim=Aim.EXPECTED_NPV, map_values=values)
    shown = trace(optimum_map(money), "aim")
    (bottom, zero, top) = shown.colorscale
    assert (bottom[1], top[1]) == (LIGHT.loss, LIGHT.plan)
    assert zero[0] == pytest.approx(2 / 3)
    spend = dataclasses.replace(optimum, aim=Aim.LOWEST_SPEND, map_values=np.abs(values))
    assert trace(optimum_map(spend), "aim").reversescale
    standing = optimum.standing
    assert optimum.scenario.format.rounded(standing.spend, MONEY, standing.errors["spend"]) in optimum_alt(spend)
    losses = dataclasses.replace(money, map_values=values - 3e6)
    assert LIGHT.plan not in {color for _, color in trace(optimum_map(losses), "aim").colorscale}


def test_the_map_says_that_its_stamp_is_the_best_plan_s(optimum):
    assert footer(optimum_map(optimum)).startswith(f"Best plan found: {optimum.scenario.name}")
    assert optimum.scenario.hash in footer(optimum_map(optimum))
    stays = dataclasses.replace(optimum, searched=optimum.scenario)
    assert not footer(optimum_map(stays)).startswith("Best plan found")
    assert "present plan, the best" in notes(optimum_map(stays), "present plan, the best")[0]


def test_a_plan_beyond_the_map_is_said_to_be(optimum):
    far = PLAN.with_values(social_share_target=0.9, training_hours=500.0)
    assert "beyond the map" in notes(optimum_map(optimum, present=far), "present plan")[0]


def test_map_is_told_in_words(optimum):
    alt = optimum_alt(optimum)
    assert f"{100 * optimum.standing.odds_of_gain:.3g}\u00a0%" in alt
    assert f"{100 * np.isfinite(optimum.map_values).mean():.3g}\u00a0% of the map is allowed" in alt


# As a browser draws them


SIZES = ((430, 380), (640, 420), PICTURE)
LOOKED_AT = ("social-plan", "hold", "seat-at-the-table", "sceptical-cfo", "one year", "media efficiency",
             "millions in Danish", "huge", "long name", "many digits")  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("name", LOOKED_AT)
def test_no_text_is_cut_off_or_covers_another(page, name):  # noqa: F811
    for chart in RISK_CHARTS:
        figure = json.loads(drawn(chart, name).to_json())
        for size in SIZES:
            page.evaluate(DRAW, [figure, *size])
            found = page.evaluate(FAULTS, list(size))
            assert found["count"] >= 4, chart
            assert found["faults"] == [], (chart, size)


@pytest.mark.browser
@pytest.mark.parametrize("present", [None, PLAN, PLAN.with_values(social_share_target=0.9)])
def test_no_text_of_the_map_is_cut_off_or_covers_another(page, optimum, present):  # noqa: F811
    figure = json.loads(optimum_map(optimum, LIGHT, date(2026, 11, 22), present).to_json())
    for size in SIZES:
        page.evaluate(DRAW, [figure, *size])
        assert page.evaluate(FAULTS, list(size))["faults"] == [], size
