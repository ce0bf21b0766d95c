"""The charts and tables of several scenarios: lines and steps are the projections', all can be told apart."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings

from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.telling.comparison import CAUSES, contributions, odds_table
from model.uncertainty.simulation import simulate
from report.charts.comparison import (
    BRIDGE,
    LOOKS,
    OVERLAYS,
    Between,
    Compared,
    between_message,
)
from report.charts.drawing.theme import DARK, LIGHT
from report.document import html
from report.material import MOST_SCENARIOS, gathered
from report.tables import data
from report.tables.comparison_tables import causes, comparison, differences, odds, reasons
from report.words.comparison import beats_in_words, comparison_message
from report.words.stamp import told_apart
from tests.materials import materials
from tests.report.charts.checked import checked
from tests.report.charts.test_plan import DRAW, FAULTS, HOSTILE, PICTURE, contrast, footer, page, trace, words  # noqa: F401
from tests.scenarios import legal_data

TODAY = date(2026, 11, 22)
PLAN, HOLD = PRESETS["social-plan"], PRESETS["hold"]
SIX = tuple(PRESETS[name] for name in PRESETS if name not in {"headline-claim", "smaller-step"})
THEMES = {"light": LIGHT, "dark": DARK}


def projected(*scenarios):
    """The projections of some scenarios."""
    return [project(scenario) for scenario in scenarios]


def overlaid(name, everything, theme=LIGHT, today=TODAY):
    """A chart with a line for each scenario."""
    return checked(OVERLAYS[name].figure(Compared(tuple(everything)), theme, today))


def overlay_alt(name, everything):
    """The same in words."""
    return OVERLAYS[name].alt(Compared(tuple(everything)))


def bridge_between(one, other):
    """The bridge from one scenario to another."""
    return checked(BRIDGE.figure(Between(one, other), LIGHT, TODAY))


def as_number(text):
    """What a reader makes of a number in a table."""
    return Decimal(text.replace(",", "").replace("−", "-").replace("±", "").removeprefix("+"))


# Lines


def test_lines_are_those_of_the_projections():
    everything = projected(*SIX)
    cash, share, revenue = (overlaid(name, everything, LIGHT, TODAY) for name in OVERLAYS)
    for projection in everything:
        (label,) = (name for name in told_apart([projection.scenario], 20))
        lines = projection.lines
        assert trace(cash, label).y == pytest.approx([0, *lines["cumulative_cash"]])
        assert trace(share, label).y == pytest.approx([0.133, *lines["social_share"]])
        above = lines["plan_revenue_per_employee"] - lines["hold_revenue_per_employee"]
        assert trace(revenue, label).y == pytest.approx([0, *above])


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_lines_are_told_apart_without_colour_and_the_first_stands_out(theme):
    assert len(LOOKS) == MOST_SCENARIOS
    assert len({look.mark for look in LOOKS}) == len({look.sign for look in LOOKS}) == MOST_SCENARIOS
    figure = overlaid("compared_cash", projected(*SIX), theme, TODAY)
    lines = [one for one in figure.data if one.mode == "lines"]
    assert len({(line.line.dash, line.line.color) for line in lines}) == MOST_SCENARIOS
    assert lines[-1].name == PLAN.name
    assert lines[-1].line.color == theme.accent
    assert lines[-1].line.width > max(line.line.width for line in lines[:-1])
    assert all(contrast(line.line.color, theme.background) >= 3 for line in lines)


def test_a_shorter_horizon_ends_early_and_says_so():
    short = PLAN.with_values(horizon_years=3).changed(name="Short")
    figure = overlaid("compared_cash", projected(PLAN, short), LIGHT, TODAY)
    assert len(trace(figure, "Short").x) == 37
    assert "month 36" in words(figure)
    assert "different horizons" in figure.layout.title.text
    assert OVERLAYS["compared_cash"].table(Compared(tuple(projected(PLAN, short)))).frame["Short"].count() == 37


def test_other_currencies_stay_out_of_money_charts_only():
    everything = projected(PLAN, HOLD, PLAN.changed(name="Krone", currency="DKK"))
    names = {name: {one.name for one in overlaid(name, everything).data} for name in OVERLAYS}
    assert "Krone" not in names["compared_cash"] | names["compared_revenue"]
    assert "Krone" in names["compared_share"]


def test_scenarios_of_one_name_are_told_apart_by_hash():
    twin = PLAN.with_values(training_hours=80)
    assert told_apart([PLAN, twin, HOLD]) == (f"Social plan ({PLAN.hash})", f"Social plan ({twin.hash})", "Hold")


def test_footer_tells_every_hash_and_what_is_not_defensible():
    everything = projected(*SIX[:4], PRESETS["headline-claim"])
    shown = footer(overlaid("compared_share", everything, LIGHT, TODAY))
    assert all(projection.scenario.hash in shown for projection in everything)
    assert "Not defensible: Headline claim" in shown
    assert "10\u00a0% discount rate · pre-tax · model checks passed" in shown
    other_rate = projected(PLAN, HOLD.with_values(discount_rate=0.05, tax_rate=0.2, horizon_years=2))
    shown = footer(overlaid("compared_share", other_rate, LIGHT, TODAY))
    assert "horizons differ · discount rates differ · taxes differ" in shown


def test_messages_and_words_name_the_leader_and_every_end():
    everything = projected(*SIX)
    cash = overlaid("compared_cash", everything, LIGHT, TODAY)
    assert cash.layout.title.text == "“Seat at the table” ends highest, +217,000\u00a0USD"
    told = overlay_alt("compared_cash", everything)
    assert all(projection.scenario.name in told for projection in everything)
    assert "+130,000\u00a0USD in month 60" in told


# Bridge


def test_bridge_leads_from_one_value_to_the_other():
    one, other = projected(PLAN, PRESETS["sceptical-cfo"])
    bars = trace(bridge_between(one, other), "bridge")
    start, *steps, end = bars.x
    assert (start, end) == (one.metrics["npv"], other.metrics["npv"])
    assert steps == list(contributions(one, other).values())
    assert start + sum(steps) == pytest.approx(end)
    assert bars.base[0] == bars.base[-1] == 0
    assert bars.base[1] == start


def test_bridge_says_which_way_and_through_what():
    plan, bigger = projected(PLAN, PRESETS["bigger-budget-same-skills"])
    assert between_message(plan, bigger) == "Worth 21,500\u00a0USD more, above all through programme costs"
    assert between_message(bigger, plan) == "Worth 21,500\u00a0USD less, above all through programme costs"
    assert between_message(plan, plan) == "Both are worth the same"
    (longer,) = projected(bigger.scenario.with_values(horizon_years=8))
    assert between_message(plan, longer).endswith("\u00a0USD more, over 8 years against 5")
    assert all(cause.label in BRIDGE.alt(Between(plan, bigger)) for cause in CAUSES.values())


# As a browser draws them


LOOKED_AT = {
    "six": SIX,
    "two": (PLAN, HOLD),
    "danish millions": tuple(
        one.with_values(employees=20_000).changed(locale="da", currency="DKK")
        for one in (*SIX[:4], PRESETS["headline-claim"])
    ),
    "hostile names": tuple(one.changed(name=f"{place} {HOSTILE}") for place, one in enumerate(SIX)),
    "horizons": (PLAN, PLAN.with_values(horizon_years=10).changed(name="Ten"), HOLD.with_values(horizon_years=1)),
}


@pytest.mark.browser
@pytest.mark.parametrize("scenarios", LOOKED_AT.values(), ids=LOOKED_AT)
def test_no_text_is_cut_off_or_covers_another(page, scenarios):  # noqa: F811
    everything = projected(*scenarios)
    figures = [overlaid(name, everything, LIGHT, TODAY) for name in OVERLAYS]
    figures.append(bridge_between(everything[0], everything[1]))
    for figure in figures:
        for size in ((470, 400), PICTURE):
            page.evaluate(DRAW, [json.loads(figure.to_json()), *size])
            found = page.evaluate(FAULTS, list(size))
            assert found["count"] >= 5
            assert found["faults"] == [], (figure.layout.title.text, size)


def test_gates_that_differ_are_written_as_files_hold_them():
    gate = {"month": 12, "indicator": "relative_return", "threshold": 1.1, "below": "back"}
    gated = Scenario.from_data({**PLAN.to_data(), "stages": [gate]})
    rows = data.comparison_tables(gathered([PLAN, gated], TODAY))["comparison-assumptions"]
    assert [json.loads(cell) for cell in rows["value"]] == [[], [gate]]


@settings(max_examples=8)
@given(legal_data(), legal_data())
def test_any_two_scenarios_can_be_set_side_by_side(one, other):
    scenarios = [Scenario.from_data(one), Scenario.from_data(other)]
    everything = projected(*scenarios)
    for name in OVERLAYS:
        assert json.loads(overlaid(name, everything).to_json())["layout"]["title"]["text"]
        assert overlay_alt(name, everything)
    if scenarios[0].currency == scenarios[1].currency:
        assert bridge_between(*everything).layout.title.text
    materials = gathered(scenarios, TODAY)
    for table in (comparison(materials), causes(materials), differences([one.scenario for one in materials])):
        assert {len(row) for row in table.rows} <= {3}
    assert all(len(frame) for frame in data.comparison_tables(materials).values())


# Tables


def test_causes_add_up_in_rows_and_columns():
    table = causes(gathered(SIX, TODAY))
    cells = [[as_number(cell.text) for cell in row[1:]] for row in table.rows]
    changes = [[as_number(cell.small) for cell in row[2:]] for row in table.rows]
    for column in zip(*cells, strict=True):
        assert sum(column[:-1]) == column[-1]
    for row, moved in zip(cells, changes, strict=True):
        assert [value - row[0] for value in row[1:]] == moved


def test_metrics_show_their_differences_and_why_some_are_missing():
    materials = gathered((PLAN, PRESETS["bigger-budget-same-skills"], HOLD), TODAY)
    npv = comparison(materials).rows[0]
    assert [cell.text for cell in npv[1:]] == ["102,042.48", "123,559.98", "0.00"]
    assert [cell.small for cell in npv[1:]] == ["", "+21,517.50 (+21.1\u00a0%)", "−102,042.48 (−100.0\u00a0%)"]
    told = dict(reasons(materials))
    assert "Hold: the present value of costs is not above zero" in told["ROI on all costs"]
    assert "Net present value" not in told


def test_long_values_are_rounded_for_a_narrow_column_only():
    materials = gathered((PLAN.with_values(employees=5_000_000), HOLD), TODAY)
    assert comparison(materials).rows[0][1].text == "1.24\u00a0bn"
    assert comparison(materials, letters=40).rows[0][1].text == PLAN.format.number(
        materials[0].projection.metrics["npv"], 2
    )


def test_what_differs_is_told_with_ranges_and_notes():
    other = PLAN.changed(ranges={"team_turnover": None}, notes={"employees": "counted in May"})
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in differences((PLAN, other)).rows}
    assert rows["Team turnover: range"] == ["10 to 30 (PERT)", "–"]
    assert rows["Employees: note"] == ["–", "counted in May"]


def test_odds_stand_in_a_table_and_in_words():
    scenarios = (PLAN, HOLD)
    drawn = materials(*scenarios, draws=256)
    simulations, table = [one.simulation for one in drawn], odds(drawn)
    gain = PLAN.format.number(100 * simulations[0].odds_of_gain, 2)
    assert [cell.text for cell in table.rows[0][1:]] == ["–", gain]
    assert odds(gathered(scenarios, TODAY)).rows == ()
    (told,) = beats_in_words(simulations)
    assert told.endswith("odds that “Hold” is worth more than “Social plan”.")


def test_odds_of_a_claim_beyond_its_evidence_are_told_as_such():
    claim = PRESETS["headline-claim"]
    simulations = [simulate(scenario, 256, 7) for scenario in (PLAN, claim)]
    for drawn, first in ((simulations, PLAN), (simulations[::-1], claim)):
        (told,) = beats_in_words(drawn)
        assert f"is worth more than “{first.name}”, each in the world as it believes it to be" in told
        assert told.endswith(f", but “{claim.name}” cannot be defended.")


def test_the_report_compares_by_chart_and_cause():
    scenarios = (PLAN, PRESETS["sceptical-cfo"], HOLD.changed(currency="DKK"))
    source = html(materials(*scenarios))
    everything = projected(*scenarios)
    assert BRIDGE.alt(Between(everything[0], everything[1])) in source
    assert overlay_alt("compared_cash", everything) in source
    assert "The currencies differ (USD, DKK)" in source
    assert all(cause.meaning in source for cause in CAUSES.values())


def test_the_message_ranks_only_what_can_be_ranked():
    assert comparison_message(projected(PLAN, HOLD)) == "“Social plan” is worth most: +102,000\u00a0USD"
    assert "differ in currency" in comparison_message(projected(PLAN, HOLD.changed(currency="DKK")))
    claim = PRESETS["headline-claim"]
    assert "none of which can be defended" in comparison_message(projected(claim, claim))
    assert "of those that can be defended: +102,000" in comparison_message(projected(claim, PLAN))


def test_equal_worth_is_no_rank_whatever_the_last_digits_are():
    # Lower pay with more on top of it costs the same but for an error of rounding.
    twin = PLAN.with_values(annual_pay=50_000, on_cost=1.42 / (50_000 / 62_000)).changed(name="Twin")
    one, other = everything = projected(PLAN, twin)
    assert 0 < abs(one.metrics["npv"] - other.metrics["npv"]) < 1e-6
    assert comparison_message(everything) == "All 2 are worth the same: +102,000\u00a0USD"
    assert between_message(one, other) == "Both are worth the same"
    assert overlaid("compared_cash", everything, LIGHT, TODAY).layout.title.text.startswith("All 2 end at +130,000")
    simulations = [simulate(scenario, 256, 7) for scenario in (PLAN, twin)]
    assert odds_table(simulations) == ((0, 0), (0, 0))
    third = comparison_message(projected(PLAN, twin, HOLD))
    assert third == "2 are worth alike, and most: +102,000\u00a0USD"
    losing = [PLAN.with_values(social_relative_return=share).changed(name=str(share)) for share in (0.5, 0.4)]
    assert comparison_message(projected(*losing)).startswith("“0.5” loses least: −")


def test_a_claim_that_cannot_be_defended_is_not_praised():
    everything = projected(PLAN, PRESETS["headline-claim"])
    assert overlaid("compared_cash", everything, LIGHT, TODAY).layout.title.text == (
        "Best defensible cash: “Social plan”, +130,000\u00a0USD"
    )
    alone = projected(PLAN, HOLD.changed(currency="DKK"))
    drawn = overlaid("compared_cash", alone, LIGHT, TODAY)
    assert drawn.layout.title.text == "“Social plan” ends at +130,000\u00a0USD"
    assert "one scenario" in words(drawn)


def test_csv_tables_hold_full_precision_and_no_formula():
    scenarios = (PLAN, HOLD.changed(name="=1+1"))
    tables = data.comparison_tables(gathered(scenarios, TODAY))
    metrics = tables["comparison-metrics"]
    npv = metrics[metrics["metric"] == "npv"]
    assert list(npv["value"]) == [project(scenario).metrics["npv"] for scenario in scenarios]
    was, now = npv["value"]
    assert list(npv["by"]) == [0, now - was]
    assert list(npv["part"]) == [0, (now - was) / was]
    assert list(metrics["scenario"].unique()) == ["Social plan", "=1+1"]
    assert '"\'=1+1"' in data.csv(metrics).decode()
    assert "comparison-odds" not in tables
