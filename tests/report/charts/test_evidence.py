"""The charts of the evidence: their marks are the figures, gaps stay gaps, and words tell the same."""

import json
import re
from datetime import date

import numpy as np
import pytest

from model.evidence.advertising import ELASTICITIES, RELATIVE_RETURNS
from model.evidence.series import ATD_HOURS, ATD_SPEND, CURRENCY, GARTNER
from model.evidence.studies import CAUSAL_STUDIES, READING
from model.evidence.survey import CMO_SURVEY, OUTCOMES
from model.lines import response
from model.presets import PRESETS
from model.projection import project
from model.telling.implied import elasticity, productivity
from model.telling.response import plan_level
from report.charts.catalogue import charts_of
from report.charts.drawing.chart import EVIDENCE
from report.charts.drawing.theme import DARK, LIGHT
from report.charts.evidence.relative_returns import return_rows
from report.charts.evidence.studies import effects
from report.tables.document_tables import NOTHING
from tests.report.charts.checked import checked
from tests.report.charts.footer import footer_text
from tests.report.charts.test_plan import DRAW, FAULTS, HOSTILE, PICTURE, TODAY, page, results, trace  # noqa: F401

PLAN = PRESETS["social-plan"]
EVIDENCE_CHARTS = {chart.name: chart for chart in charts_of(EVIDENCE)}
DANISH = PLAN.changed(locale="da", currency="DKK")
SIZES = ((430, 480), (760, 520), PICTURE)


def drawn(name, scenario=PLAN, theme=LIGHT):
    return checked(EVIDENCE_CHARTS[name].figure(results(scenario), theme, TODAY))


def words(figure):
    return "\n".join([figure.layout.title.text, *(note.text for note in figure.layout.annotations)])


def test_survey_shows_what_was_reported_and_expected():
    figure = drawn("survey_forecasts")
    reported, forecast = trace(figure, "reported"), trace(figure, "forecast")
    assert list(zip(reported.x, reported.y, strict=True)) == [(e.year, e.now) for e in CMO_SURVEY if e.now]
    assert reported.mode == forecast.mode == "markers"
    assert list(zip(forecast.x, forecast.y, strict=True)) == [
        (e.year + 5, e.in_five_years) for e in CMO_SURVEY if e.in_five_years
    ]
    assert "24.5\u00a0%: forecast, not an outcome" in words(figure)
    assert "pandemic 23.2\u00a0%" in words(figure)
    assert max(forecast.marker.size) == forecast.marker.size[list(forecast.y).index(0.245)]


def test_each_gap_runs_from_a_forecast_to_what_came():
    gap = trace(drawn("survey_forecasts"), "gap")
    ends = list(zip(gap.x, gap.y, strict=True))
    assert [(ends[at], ends[at + 1]) for at in range(0, len(ends), 3)] == [
        ((item.said.year + 5, item.forecast), (item.came.year, item.reported)) for item in OUTCOMES
    ]


def test_forecasts_are_joined_only_to_a_reading_of_their_own_edition():
    line = trace(drawn("survey_forecasts"), "expected")
    assert line.line.dash
    starts = set(line.x[::3])
    assert starts == {e.year for e in CMO_SURVEY if e.now is not None and e.in_five_years is not None}


@pytest.mark.parametrize("preset", ["social-plan", "headline-claim", "sceptical-cfo"])
def test_studies_stand_where_they_convert_to(preset):
    figure, rows = drawn("causal_studies", PRESETS[preset]), effects(PRESETS[preset])
    dots = trace(figure, "effect")
    assert list(dots.x) == [row.value for row in rows if row.value is not None]
    assert list(dots.x)[-2:] == [found.gain for found in productivity(PRESETS[preset])]
    assert {study.on_scale for study in CAUSAL_STUDIES} - {None} < set(dots.x)
    bars = trace(figure, "range")
    assert bars.base[0] == READING.low
    assert bars.base[0] + bars.x[0] == READING.high
    assert max(dots.x) < figure.layout.xaxis2.range[1]
    (mark,) = figure.select_shapes({"name": "enlarged"})
    assert mark.x1 == pytest.approx(1.15 * max(row.end for row in rows if row.value is not None))
    assert mark.x1 < figure.layout.xaxis.range[1]


def test_studies_off_the_scale_have_no_dot_and_stand_in_the_table():
    figure = drawn("causal_studies")
    off = [study for study in CAUSAL_STUDIES if study.on_scale is None]
    assert f"{len(off)} more studies in the table" in figure.layout.title.subtitle.text
    # The studies on the scale, our reading of them, and the plan after a year and at its end.
    assert len(trace(figure, "effect").x) == len(CAUSAL_STUDIES) - len(off) + 3
    frame = EVIDENCE_CHARTS["causal_studies"].table(results(PLAN)).frame
    rows = {row[0]: row for row in frame.itertuples(index=False, name=None)}
    for study in off:
        _, _, published, *numbers, reading = rows[study.name]
        assert (published, reading) == (study.published, study.conversion)
        assert all(number != number for number in numbers)


def test_what_the_plan_implies_stands_with_its_month_and_hours():
    told = words(drawn("causal_studies"))
    assert "This plan, month 12, 40 hours" in told
    assert "This plan, month 60, 200 hours" in told
    assert "3\u00a0% (0\u00a0% to 7.21\u00a0%)" in told


def test_relative_returns_stand_on_one_scale_with_a_line_where_both_return_the_same():
    figure = drawn("relative_returns")
    assert list(trace(figure, "effect").x) == [*(study.ratio for study in RELATIVE_RETURNS), 1.2]
    (same,) = [shape for shape in figure.layout.shapes if shape.line.dash == "dot"]
    assert set(re.findall(r"[ML]([\d.]+),", same.path)) == {"1.0"}
    assert same.path.count("M") == len(RELATIVE_RETURNS) + 1
    assert max(trace(figure, "effect").x) < figure.layout.xaxis.range[1]
    assert "0.78 to 1.7 times other media" in figure.layout.title.text


def test_what_the_plan_assumes_stands_beside_the_studies_with_its_range():
    own = return_rows(project(PLAN.with_values(social_relative_return=0.5)))[-1]
    assert (own.name, own.value, own.low, own.high) == ("This plan assumes", 0.5, 0.5, 1.7)
    assert "This plan assumes (grade C): 1.2 (0.8 to 1.7)" in EVIDENCE_CHARTS["relative_returns"].alt(results(PLAN))
    certain = return_rows(project(PLAN.changed(ranges={"social_relative_return": None})))[-1]
    assert (certain.low, certain.high) == (1.2, 1.2)


def test_on_the_platform_basis_the_relative_return_that_follows_stands_there():
    of_platforms = PLAN.with_values(social_return_basis="platform")
    own = return_rows(project(of_platforms))[-1]
    assert own.value == project(of_platforms).metrics["relative_return"] == pytest.approx(0.87, abs=0.005)
    assert (own.low, own.high, own.letters) == (None, None, "D")
    assert "from the platforms' figures" in words(drawn("relative_returns", of_platforms))
    nothing = of_platforms.with_values(other_incremental_roas=0.0)
    assert return_rows(project(nothing))[-1].value is None
    told = EVIDENCE_CHARTS["relative_returns"].alt(results(nothing))
    assert "not on this scale: " in told
    assert drawn("relative_returns", nothing)


def test_elasticities_stand_with_the_return_that_follows_at_the_plan_s_budget():
    figure = drawn("elasticities")
    assert list(trace(figure, "effect").x) == [*(item.value for item in ELASTICITIES), elasticity(project(PLAN))]
    assert "surveys say 0.09 to 0.24" in figure.layout.title.text
    assert "0.221, returns 4.11 a unit" in words(figure)
    assert "0.24, returns 4.45 a unit" in words(figure)
    assert "0.09, returns 1.67 a unit" in words(figure)
    richer = drawn("elasticities", PLAN.with_values(marketing_share_of_revenue=0.154))
    assert "0.24, returns 2.23 a unit" in words(richer)
    frame = EVIDENCE_CHARTS["elasticities"].table(results(PLAN)).frame
    assert [round(value, 2) for value in frame.iloc[:, 3]] == [4.45, 2.23, 1.67, 0.43, 0.26, 4.11]


def test_response_is_drawn_through_today_with_the_plan_shaded_and_the_band_of_beliefs():
    figure, projection = drawn("response_curve"), project(PLAN)
    marks, line, end = trace(figure, "marks"), trace(figure, "response"), plan_level(projection)
    assert end == pytest.approx(0.245 / 0.133)
    assert list(marks.x) == [1, end]
    assert marks.y[1] == pytest.approx(response(0.5, end, 0.7))
    assert list(line.y) == pytest.approx(list(response(0.5, np.array(line.x), 0.7)))
    (shaded,) = figure.layout.shapes
    assert (shaded.x0, shaded.x1) == (1, end)
    assert figure.layout.xaxis.range[1] > end
    band = trace(figure, "band")
    assert max(band.y) == pytest.approx(response(0.0, max(band.x), 0.9))
    told = words(figure)
    assert "earns 1.18 today, 0.864 at the end" in told
    assert "Band: saturation 0\u00a0% to 100\u00a0%, exponent 0.5 to 0.9" in told
    assert "drift 0\u00a0% a year" in figure.layout.title.subtitle.text
    assert "0\u00a0% (believed −4\u00a0% to 2\u00a0%) a year" in EVIDENCE_CHARTS["response_curve"].alt(results(PLAN))


def test_response_says_that_its_figures_are_before_the_drift():
    dearer = PLAN.with_values(social_return_drift=-0.02)
    figure = drawn("response_curve", dearer)
    assert "before a drift of −2\u00a0% a year" in figure.layout.title.subtitle.text
    assert "not in these figures" in EVIDENCE_CHARTS["response_curve"].alt(results(dearer))


def test_response_to_a_plan_that_stays_has_one_mark_and_nothing_shaded():
    figure = drawn("response_curve", PRESETS["hold"])
    assert list(trace(figure, "marks").x) == [1]
    assert not figure.layout.shapes
    assert figure.layout.title.text == "The next unit earns 1.18 today"


@pytest.mark.parametrize("share", [0.001, 0.05, 1.0])
def test_response_is_drawn_for_any_plan(share):
    figure = drawn("response_curve", PLAN.with_values(social_share_target=share, reallocated_share=0.0))
    (shaded,) = figure.layout.shapes
    assert shaded.x0 == pytest.approx(min(1, share / 0.133))
    assert shaded.x1 == pytest.approx(max(1, share / 0.133))


def test_response_without_ranges_has_no_band():
    certain = PLAN.changed(ranges={"saturation": None, "social_returns_exponent": None})
    figure = drawn("response_curve", certain)
    band, line = trace(figure, "band"), trace(figure, "response")
    assert band.y[: len(line.y)] == pytest.approx(line.y)
    assert "Band: saturation 50\u00a0%, exponent 0.7" in words(figure)


def test_response_table_has_today_and_the_end_among_round_levels():
    frame = EVIDENCE_CHARTS["response_curve"].table(results(PLAN)).frame
    rows = {row[0]: row[1:] for row in frame.itertuples(index=False, name=None)}
    assert rows[1] == pytest.approx((1, 1, 1, 0.35 * 1.2 * 4 * 0.7))
    end = round(0.245 / 0.133, 6)
    assert rows[end][0] == pytest.approx(response(0.5, end, 0.7))
    # Nothing is spent, nothing comes; what the first unit earns has no number.
    assert rows[0][:3] == (0, 0, 0)
    assert rows[0][3] != rows[0][3]


def test_groups_are_not_called_effects():
    figure = drawn("causal_studies")
    assert list(trace(figure, "groups").x) == [2.18, 0.57, 0.37]
    assert "differences, not effects" in words(figure)
    assert words(figure).count("grade C") >= 3


@pytest.mark.parametrize(
    ("name", "series"), [("training_series", ATD_SPEND), ("training_series", ATD_HOURS), ("budget_series", GARTNER)]
)
def test_series_are_the_published_figures_and_gaps_stay_gaps(name, series):
    line = trace(drawn(name), series.source)
    shown = {year: value for year, value in zip(line.x, line.y, strict=True) if year is not None}
    assert shown == dict(series.values)
    assert not line.connectgaps
    assert list(line.x).count(None) == len(series.stretches)


def test_published_amounts_keep_their_currency_in_any_locale():
    figure = drawn("training_series", DANISH)
    assert f"1.208\u00a0{CURRENCY}" in words(figure)
    assert "DKK" not in words(figure).replace(footer_text(project(DANISH), TODAY).replace("\n", "<br>"), "")


@pytest.mark.parametrize("name", EVIDENCE_CHARTS)
def test_every_chart_has_title_stamp_alt_source_and_both_themes(name):
    chart = EVIDENCE_CHARTS[name]
    figure = drawn(name)
    assert footer_text(project(PLAN), TODAY).replace("\n", "<br>") in words(figure)
    assert drawn(name, theme=DARK).layout.template.layout.paper_bgcolor == DARK.background
    assert "(grade " in chart.source
    assert figure.layout.title.text in chart.alt(results(PLAN))
    assert chart.alt(results(PLAN)).endswith(".")


def test_alternatives_in_words_hold_the_figures():
    projection = project(PLAN)
    told = {name: chart.alt(results(PLAN)) for name, chart in EVIDENCE_CHARTS.items()}
    for item in OUTCOMES:
        assert projection.scenario.format.rounded(item.forecast, GARTNER.unit) in told["survey_forecasts"]
    assert "not on this scale: hours behind a point of workers not given" in told["causal_studies"]
    assert "2024 13.7 hours" in told["training_series"]
    assert "2021 6.4\u00a0%" in told["budget_series"]
    assert "they contradict each other" in told["relative_returns"]
    assert "Social beside television alone (grade C): 1.7" in told["relative_returns"]
    assert "Television, median of 288 brands (grade A): 0.014" in told["elasticities"]
    assert "23.8\u00a0% that August 2015 expected" in told["survey_forecasts"]


@pytest.mark.parametrize("name", EVIDENCE_CHARTS)
def test_tables_have_a_cell_for_each_heading_and_gaps_as_dashes(name):
    table = EVIDENCE_CHARTS[name].table(results(DANISH))
    (page_,) = table.pages(DANISH)
    texts = [[cell.text for cell in row] for row in page_.rows]
    for row, shown in zip(table.frame.itertuples(index=False), texts, strict=True):
        assert [value is None or value != value for value in row] == [text == NOTHING for text in shown]
    units = [f" ({column.unit.stored_words('USD')})" if column.unit else "" for column in table.described]
    named = [one + unit for one, unit in zip(page_.headings, units, strict=True)]
    assert list(table.file(DANISH, date(2026, 11, 22)).columns)[: len(named)] == named
    # Readers do not get what a computer has of digits: 44.2307692 … % is 44,23 %.
    assert not any(re.search(r",\d{4,}", text) for row in texts for text in row)


def test_survey_table_has_the_back_test():
    frame = EVIDENCE_CHARTS["survey_forecasts"].table(results(PLAN)).frame
    rows = {row[0]: row for row in frame.itertuples(index=False, name=None)}
    assert set(rows) == {item.edition for item in CMO_SURVEY}
    assert rows["2013-02"][3:6] == (0.216, "2018-02", 0.12)
    assert all(value is None or value != value for value in rows["2021"][4:])


@pytest.mark.browser
@pytest.mark.parametrize(
    "scenario",
    [PLAN, PRESETS["headline-claim"], DANISH, PLAN.changed(name=HOSTILE)],
    ids=["plan", "headline", "danish", "long name"],
)
def test_no_text_is_cut_off_or_covers_another(page, scenario):  # noqa: F811
    for name in EVIDENCE_CHARTS:
        figure = json.loads(drawn(name, scenario).to_json())
        for size in SIZES:
            page.evaluate(DRAW, [figure, *size])
            found = page.evaluate(FAULTS, list(size))
            assert found["count"] >= 5, name
            assert found["faults"] == [], (name, size)


def test_dates_follow_the_day_given():
    figure = checked(EVIDENCE_CHARTS["budget_series"].figure(results(PLAN), LIGHT, date(2030, 1, 2)))
    assert "2 Jan 2030" in words(figure)
