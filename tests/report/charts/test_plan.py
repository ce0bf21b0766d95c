"""The charts: what they show is what the projection says, in every theme, locale and kind of plan."""

import dataclasses
import json
import re
from datetime import date
from importlib.resources import files
from types import MappingProxyType

import pytest
from babel.numbers import get_decimal_symbol, get_group_symbol
from hypothesis import given, settings

from model.evidence.survey import CMO_SURVEY
from model.lines import LINES
from model.metrics import BRIDGE, METRICS
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.telling.one_line import pay_beside_media
from model.telling.tables import yearly
from model.units import MONEY, MONEY_YEAR, SHARE, Format
from report.charts.catalogue import CHARTS as EVERY_CHART
from report.charts.catalogue import charts_of
from report.charts.drawing.chart import PLAN as OF_THE_PLAN
from report.charts.drawing.figure import separators, tick_labels, ticks
from report.charts.drawing.theme import DARK, IMAGE, LIGHT, toolbar
from report.material import Material
from report.words.stamp import SEPARATOR, shortened
from tests.locale_data import short
from tests.report.charts.checked import checked
from tests.report.charts.footer import footer_text
from tests.scenarios import legal_data

TODAY = date(2026, 11, 22)
PLAN = PRESETS["social-plan"]
THEMES = {"light": LIGHT, "dark": DARK}
CHARTS = {chart.name: chart for chart in charts_of(OF_THE_PLAN)}


def results(scenario):
    """What the charts of a scenario draw from."""
    return Material(project(scenario), None, TODAY)


def drawn(name, scenario=PLAN, theme=LIGHT):
    """A chart of a scenario."""
    return checked(CHARTS[name].figure(results(scenario), theme, TODAY))


def trace(figure, name):
    """The one trace of a name."""
    (found,) = figure.select_traces({"name": name})
    return found


def words(figure):
    """Everything that is written in a figure besides axis labels: heading and annotations."""
    notes = [note.text for note in figure.layout.annotations]
    return "\n".join([figure.layout.title.text, figure.layout.title.subtitle.text, *notes])


def footer(figure):
    """The text of a figure's footer."""
    (note,) = figure.select_annotations({"name": "footer"})
    return note.text


# What is shown equals the numbers


def test_share_is_surveyed_planned_and_held():
    figure, projection = drawn("share_and_spend"), project(PLAN)
    plan, hold, survey = (trace(figure, name) for name in ("plan", "hold", "survey"))
    assert plan.y == pytest.approx([0.133, *projection.lines["social_share"]])
    assert list(hold.y) == [0.133, 0.133]
    assert plan.line.dash
    assert not hold.line.dash
    assert survey.mode == "markers"
    known = [edition for edition in CMO_SURVEY if edition.now is not None]
    assert list(zip(survey.x, survey.y, strict=True)) == [(edition.year, edition.now) for edition in known]


def test_share_runs_from_the_start_of_the_plan_to_its_end():
    plan = trace(drawn("share_and_spend", PLAN.changed(start_month="2027-07")), "plan")
    assert (plan.x[0], plan.x[-1]) == (2027.5, 2032.5)
    assert "month 1, Jul" in plan.hovertext[1]


def test_spend_is_that_of_the_fiscal_years():
    scenario = PLAN.changed(start_month="2027-03", fiscal_year_start=7)
    figure, table = drawn("share_and_spend", scenario), yearly(project(scenario))
    assert trace(figure, "held").y == pytest.approx(table["hold_social_spend"])
    assert trace(figure, "extra").y == pytest.approx(table["extra_social_spend"])
    labels = figure.layout.xaxis2.ticktext
    assert labels == ("FY26/27*", "FY27/28", "FY28/29", "FY29/30", "FY30/31", "FY31/32*")
    assert "* part year" in words(figure)


def test_fiscal_years_follow_the_day_that_is_given():
    figure = checked(CHARTS["share_and_spend"].figure(results(PLAN), LIGHT, date(2040, 1, 1)))
    assert figure.layout.xaxis2.ticktext[0] == "2041"


def test_falling_share_is_a_signed_loss():
    figure = drawn("share_and_spend", PLAN.with_values(social_share_target=0.05))
    assert all(value < 0 for value in trace(figure, "extra").y)
    assert trace(figure, "extra").marker.color == LIGHT.loss
    assert all(trace(figure, "extra").marker.pattern.shape)
    assert "falls from 13.3\u00a0% to 5\u00a0%" in figure.layout.title.text
    assert "−830,000" in words(figure)


def test_cash_starts_at_nothing_and_is_the_projections():
    figure, projection = drawn("cumulative_cash"), project(PLAN)
    assert trace(figure, "cash").y == pytest.approx([0, *projection.lines["cumulative_cash"]])
    assert trace(figure, "discounted").y == pytest.approx([0, *projection.lines["cumulative_present_value"]])
    assert list(trace(figure, "cash").x) == list(range(61))


def test_payback_and_lowest_point_are_marked_where_they_are():
    figure, projection = drawn("cumulative_cash"), project(PLAN)
    (payback,), (lowest,) = trace(figure, "payback").x, trace(figure, "lowest").y
    assert payback == projection.metrics["payback_month"] == 8
    assert -lowest == projection.metrics["peak_funding"]
    assert trace(figure, "cash").y[trace(figure, "lowest").x[0]] == lowest
    assert "pays back in month 8, Aug 2027" in words(figure)
    assert "peak funding 2,190\u00a0USD, month 4" in words(figure)


@pytest.mark.parametrize(
    ("preset", "said", "title"),
    [
        ("sceptical-cfo", "does not pay back within 5 years", "Not paid back in 5 years"),
        ("bigger-budget-same-skills", "never out of pocket", "Never out of pocket"),
        ("hold", "nothing to fund, nothing to pay back", "Cash is the same as if held"),
    ],
)
def test_plans_that_do_not_pay_back_or_need_not_say_so(preset, said, title):
    figure = drawn("cumulative_cash", PRESETS[preset])
    assert said in words(figure)
    assert title in figure.layout.title.text
    assert not list(figure.select_traces({"name": "payback"}))


def test_bridge_adds_up_to_the_net_present_value():
    projection = project(PRESETS["seat-at-the-table"])
    bars = trace(drawn("value_bridge", PRESETS["seat-at-the-table"]), "bridge")
    *steps, total = bars.x
    npv = projection.metrics["npv"]
    assert sum(steps) == pytest.approx(npv)
    assert (bars.base[-1], total) == (0, npv)
    assert bars.base[1:-1] == pytest.approx([b + v for b, v in zip(bars.base, steps[:-1], strict=False)])
    assert steps == [value for value in projection.bridge.values() if value]


def test_bridge_leaves_out_what_is_zero_and_keeps_the_total():
    assert len(trace(drawn("value_bridge"), "bridge").x) == 5
    assert list(trace(drawn("value_bridge", PRESETS["hold"]), "bridge").x) == [0]


def test_gain_and_loss_differ_in_more_than_colour():
    figure = drawn("value_bridge")
    bars = trace(figure, "bridge")
    for value, shape in list(zip(bars.x, bars.marker.pattern.shape, strict=True))[:-1]:
        assert bool(shape) == (value < 0)
    for label in ("+2.25\u00a0m", "−2.13\u00a0m", "−72,400", "+102,000"):
        assert label in words(figure)


def test_a_cost_that_turns_into_a_gain_is_not_called_a_loss():
    falling = PLAN.with_values(social_share_target=0.05, reallocated_share=0.5)
    labels = " ".join(drawn("value_bridge", falling).layout.yaxis.ticktext).replace("<br>", " ")
    assert "Contribution gained on other channels" in labels
    assert "Marketing budget saved" in labels
    assert "lost" not in labels


def test_revenue_shows_plan_hold_and_their_difference():
    figure, lines = drawn("revenue_per_employee"), project(PLAN).lines
    plan, hold = lines["plan_revenue_per_employee"], lines["hold_revenue_per_employee"]
    assert trace(figure, "plan").y == pytest.approx(plan)
    assert trace(figure, "hold").y == pytest.approx(hold)
    assert trace(figure, "difference").y == pytest.approx(plan - hold)
    assert trace(figure, "difference").yaxis == "y2"
    assert "ends 1,010\u00a0USD below holding" in figure.layout.title.text


# Alternatives in words


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("name", CHARTS)
def test_alternative_text_holds_the_numbers(name, preset):
    projection = project(PRESETS[preset])
    text, lines, alt = projection.scenario.format, projection.lines, CHARTS[name].alt(results(PRESETS[preset]))
    npv = text.rounded(abs(projection.metrics["npv"]), MONEY)
    expected = {
        "share_and_spend": [text.rounded(lines["social_share"][-1], SHARE), "3.5\u00a0%", "23.2\u00a0%"],
        "cumulative_cash": [
            text.signed(lines[f"cumulative_{kind}"][-1], MONEY) for kind in ("cash", "present_value")
        ],
        "value_bridge": [npv, *(text.signed(value, MONEY) for value in projection.bridge.values() if value)],
        "revenue_per_employee": [text.rounded(lines["plan_revenue_per_employee"][-1], MONEY_YEAR)],
        "budget_make_up": [text.rounded(lines["working_media"].sum(), MONEY), pay_beside_media(projection)],
    }
    for number in expected[name]:
        assert number in alt
    assert alt.endswith(".")


# Every plan, both themes


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("name", CHARTS)
def test_every_preset_is_drawn_in_both_themes(name, preset, theme):
    figure = drawn(name, PRESETS[preset], THEMES[theme])
    assert figure.layout.template.layout.paper_bgcolor == THEMES[theme].background
    assert figure.layout.template.layout.showlegend is False
    assert figure.layout.title.text
    shown = figure.layout.title.subtitle.text.split(SEPARATOR)[-1]
    if shown != PRESETS[preset].name:  # Cut where a card has no room for more of it.
        assert PRESETS[preset].name.startswith(shown.removesuffix("…"))
        assert len(shown) >= 8
    if theme == "dark":
        light = [color for color in dataclasses.astuple(LIGHT) if color not in dataclasses.astuple(DARK)]
        assert not [color for color in light if color in figure.to_json()]


@settings(max_examples=25)
@given(legal_data())
def test_every_legal_scenario_can_be_drawn(data):
    material = results(Scenario.from_data(data))
    for chart in CHARTS.values():
        assert checked(chart.figure(material, LIGHT, TODAY)).layout.title.text
        assert chart.alt(material)
        assert all(page.rows for page in chart.pages(material))


@pytest.mark.parametrize("name", CHARTS)
def test_what_a_chart_explains_is_a_line_or_a_metric(name):
    assert CHARTS[name].explains in {**LINES, **METRICS}


@pytest.mark.parametrize("chart", EVERY_CHART.values(), ids=EVERY_CHART)
def test_every_chart_has_title_source_and_table(chart):
    assert chart.title
    assert chart.source
    assert chart.table


def test_the_bridges_table_has_every_step():
    table = CHARTS["value_bridge"].table(results(PLAN))
    assert set(BRIDGE) <= set(table.frame) & set(table.monthly.frame)


# Locale


MILLION, MILLIARD = short(1e6, "da"), short(1e9, "da")


@pytest.mark.parametrize("locale", ["en", "da", "de_CH", "fr"])
def test_separators_are_those_of_the_locale(locale):
    assert separators(Format(locale)) == get_decimal_symbol(locale) + get_group_symbol(locale)


def test_numbers_are_written_in_the_locale_and_currency():
    figure = drawn("value_bridge", PLAN.with_values(employees=5000).changed(locale="da", currency="DKK"))
    assert figure.layout.separators == ",."
    assert f"1,21\u00a0{MILLION}\u00a0DKK" in figure.layout.title.text
    assert f"+22,5\u00a0{MILLION}" in words(figure)
    assert "DKK" in figure.layout.title.subtitle.text
    assert f"+22,5\u00a0{MILLION}\u00a0DKK" in trace(figure, "bridge").hovertext[0]


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ((0, 5e5, 1e6), ["0", f"0,5\u00a0{MILLION}", f"1\u00a0{MILLION}"]),
        ((0, 25_000), ["0", "25.000"]),
        ((250_010, 250_020), ["250.010", "250.020"]),
        ((-2e9, 0), [f"−2\u00a0{MILLIARD}", "0"]),
    ],
)
def test_axis_labels_share_a_scale_and_are_never_alike(values, labels):
    assert tick_labels(values, MONEY, Format("da")) == labels


def test_axis_labels_say_where_they_stand():
    labels = tick_labels(ticks(0.1455, 0.158, 6), SHARE, Format())
    assert labels == [f"{value}\u00a0%" for value in ("14.75", "15", "15.25", "15.5", "15.75")]


@pytest.mark.parametrize(("low", "high"), [(0, 0.245), (-26_085, 58_400), (250_617, 290_594), (0, 1e-9), (5, 5)])
def test_ticks_are_round_few_and_within(low, high):
    found = ticks(low, high, 4)
    assert 1 <= len(found) <= 6
    assert all(low - 1e-12 <= value <= high + 1e-12 for value in found)
    assert 0 in found or low > 0


# Footer


def test_footer_says_which_numbers_these_are():
    assert footer_text(project(PLAN), TODAY) == (
        f"Social plan · {PLAN.hash} · 22 Nov 2026 · 5 years · in USD\n"
        "10\u00a0% discount rate · pre-tax · model checks passed"
    )


def test_footer_says_tax_and_a_single_year():
    text = footer_text(project(PLAN.with_values(tax_rate=0.22, horizon_years=1)), TODAY)
    assert "after 22\u00a0% tax" in text
    assert "· 1 year · in USD\n" in text


def test_footer_stands_in_every_figure():
    for name in CHARTS:
        assert footer(drawn(name)) == footer_text(project(PLAN), TODAY).replace("\n", "<br>")


def test_a_failed_check_and_an_indefensible_claim_stand_out():
    projection = project(PRESETS["headline-claim"])
    broken = dataclasses.replace(projection, checks=MappingProxyType({"cash_adds_up": False}))
    text = footer(checked(CHARTS["value_bridge"].figure(Material(broken, None, TODAY), LIGHT, TODAY)))
    for alarm in ("Not defensible: 218\u00a0% at face value", "MODEL CHECK FAILED"):
        assert f'<b style="color:{LIGHT.warning}">{alarm}</b>' in text
    assert "passed" not in text


# What a person typed


HOSTILE = "<b>R&D</b> <a href='x'>%{meta} $x^2$</a> " + "long " * 90


@pytest.mark.parametrize("name", CHARTS)
def test_names_are_text_never_markup(name):
    for part in (
        drawn(name, PLAN.changed(name=HOSTILE)).layout.title.subtitle.text,
        footer(drawn(name, PLAN.changed(name=HOSTILE))),
    ):
        assert "&lt;b&gt;R&amp;D" in part
        assert not re.search(r"<(?!br>)|%\{|\$", part)


def test_long_names_are_cut_short():
    assert shortened("a" * 300) == "a" * 39 + "…"
    assert shortened("short") == "short"
    assert len(shortened("社" * 300)) == 20
    assert shortened("two\nlines\tand  more") == "two lines and more"


def test_joined_signs_are_not_cut_in_two():
    family = "👩\u200d👩\u200d👧"
    assert set(shortened(family * 20).removesuffix("…").split("👩\u200d👩\u200d👧")) == {""}


def test_names_from_right_to_left_stay_in_their_place():
    shown = shortened("\u202eתוכנית")
    assert shown == "\u2068⟨U+202E⟩תוכנית\u2069"


# Theme


def brightness(color):
    """Relative luminance of a colour."""
    parts = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """Contrast of two colours, 1 to 21."""
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_colours_are_seen_against_the_background_and_told_apart_in_grey(theme):
    marks = {theme.plan, theme.hold, theme.loss, theme.total}
    assert all(contrast(color, theme.background) >= 3 for color in marks)
    assert all(contrast(color, theme.background) >= 4.5 for color in (theme.text, theme.muted, theme.warning))
    assert all(contrast(one, other) >= 1.3 for one in marks for other in marks - {one})


def test_image_is_named_for_the_chart_and_the_scenario():
    options = toolbar("share_and_spend", project(PLAN))["toImageButtonOptions"]
    assert options["filename"] == f"share-and-spend-{PLAN.hash}"
    assert options["format"] == "png"
    assert options["width"] * 9 == options["height"] * 16
    assert json.dumps(toolbar("x", project(PLAN)))


# As a browser draws them


LOOKED_AT = {
    **PRESETS,
    "falling": PLAN.with_values(social_share_target=0.05),
    "one year": PLAN.with_values(horizon_years=1),
    "ten years": PLAN.with_values(horizon_years=10).changed(fiscal_year_start=7),
    "millions in Danish": PLAN.with_values(employees=20_000).changed(locale="da", currency="DKK"),
    "huge": PLAN.with_values(employees=10_000_000, revenue_per_employee=1e9),
    "tiny": PLAN.with_values(employees=1, revenue_per_employee=1.0),
    "long name": PRESETS["headline-claim"].changed(name=HOSTILE),
}
PICTURE = (IMAGE["width"], IMAGE["height"])
SIZES = ((430, 360), (620, 380), PICTURE)

DRAW = """([figure, width, height]) => {
  const place = document.getElementById("place");
  place.style.width = width + "px";
  place.style.height = height + "px";
  Plotly.purge(place);
  return Plotly.newPlot(place, figure.data, figure.layout, {displayModeBar: false}).then(() => true);
}"""
FAULTS = """([width, height]) => {
  const seen = [...document.querySelectorAll("#place svg text")].filter((item) => item.textContent.trim());
  const boxes = seen.map((item) => ({text: item.textContent, box: item.getBoundingClientRect()}));
  const out = boxes.filter(({box}) => box.left < 0 || box.top < 0 || box.right > width || box.bottom > height);
  const touching = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
  const hits = boxes.flatMap((one, place) => boxes.slice(place + 1)
    .filter((other) => touching(one.box, other.box)).map((other) => one.text + " × " + other.text));
  return {count: boxes.length, faults: [...out.map(({text}) => "outside: " + text), ...hits]};
}"""


@pytest.fixture(scope="module")
def page(chromium):
    """A page that can draw charts in the dashboard's font."""
    from plotly.offline import get_plotlyjs

    media = files("streamlit") / "static" / "static" / "media"
    font = next(item for item in media.iterdir() if item.name.startswith("SourceSansVF-Upright"))
    opened = chromium.new_page(viewport={"width": 1300, "height": 740})
    opened.set_content("<style>body { margin: 0 }</style><div id='place'></div>")
    opened.add_script_tag(content=get_plotlyjs())
    opened.evaluate(
        """(bytes) => new FontFace("Source Sans", new Uint8Array(bytes), {weight: "200 900"}).load()
        .then((face) => { document.fonts.add(face); return true; })""",
        list(font.read_bytes()),
    )
    yield opened
    opened.close()


@pytest.mark.browser
@pytest.mark.parametrize("scenario", LOOKED_AT.values(), ids=LOOKED_AT)
def test_no_text_is_cut_off_or_covers_another(page, scenario):
    for name in CHARTS:
        figure = json.loads(drawn(name, scenario).to_json())
        for size in SIZES:
            page.evaluate(DRAW, [figure, *size])
            found = page.evaluate(FAULTS, list(size))
            assert found["count"] >= 5, name
            assert found["faults"] == [], (name, size)
