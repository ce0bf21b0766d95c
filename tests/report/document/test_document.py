"""The report: one file without network that shows the model's numbers, every text escaped; the same as PDF."""

import json
import re
import shutil
import subprocess
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from model.assumptions import ASSUMPTIONS
from model.checks import CHECKS
from model.evidence.article import ARTICLE_FIGURES
from model.evidence.sources import SOURCES
from model.lines import LINES
from model.metrics import HEADLINES, METRICS
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.telling.caveats import NOT_DEFENSIBLE
from model.telling.left_out import LEFT_OUT
from model.telling.one_line import beside_the_answer
from model.telling.tables import yearly
from model.uncertainty.conservative_case import remains
from model.uncertainty.sensitivity import tornado
from model.uncertainty.simulation import odds_better, simulate
from model.units import MONEY, SHARE
from report.asked import ODDS
from report.charts.catalogue import charts_of, drawable
from report.charts.drawing.chart import PLAN as OF_THE_PLAN
from report.document import html
from report.document.page import css_text
from report.files.browser import BROWSER_PATH, NoBrowser, printed
from report.files.pdf import pdf
from report.material import MOST_SCENARIOS, Material
from report.words.conservative_case import what_remains
from report.words.evidence import caveat
from report.words.narrative import answer, odds_in_words
from report.words.proposal import Section
from tests.materials import TODAY, materials
from tests.report.workbook.test_workbook import NAMES

# Those that a simulation draws; the others need an answer.
CHARTS = {chart.name: chart for chart in drawable({ODDS})}

DRAWS = 512
PLAN = PRESETS["social-plan"]
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
PATH = Scenario.from_data(
    {
        "name": HOSTILE,
        "description": "<b>" + "w" * 300,
        "currency": "DKK",
        "locale": "da",
        "start_month": "2027-04",
        "fiscal_year_start": 7,
        "assumptions": {"ramp_shape": "custom", "horizon_years": 10, "causal_share": 1.0, "employees": 10_000_000},
        "social_share_path": [0.2, 0.15, 0.3, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2],
        "notes": {"causal_share": "<script>alert(3)</script>"},
        "correlations": [["social_reported_roas", "social_incremental_share", -0.3]],
    }
)
VOID = {"meta", "img", "br", "link", "input", "hr"}


class Reader(HTMLParser):
    """An HTML page as a list of its elements with attributes and their own text."""

    def __init__(self, text):
        super().__init__()
        self.elements, self._open = [], []
        self.feed(text)
        assert not self._open, f"never closed: {[tag for tag, *_ in self._open]}"

    def handle_starttag(self, tag, attrs):
        element = (tag, dict(attrs), [])
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        for _, _, texts in self._open:
            texts.append(data)

    def texts(self, tag, **attributes):
        """The text of every element of a kind, with its inner elements'."""
        return ["".join(texts) for _, _, texts in self.having(tag, **attributes)]

    def having(self, tag, **attributes):
        """Every element of a kind that has some attributes."""
        return [
            element
            for element in self.elements
            if element[0] == tag and all(element[1].get(name) == value for name, value in attributes.items())
        ]


def simulated(*scenarios):
    return materials(*scenarios, draws=DRAWS)


@pytest.fixture(scope="module")
def source():
    """The report that most tests read."""
    return html(simulated(PLAN))


@pytest.fixture(scope="module")
def report(source):
    return Reader(source)


@pytest.fixture(scope="module")
def compared():
    scenarios = [PATH, PRESETS["social-plan"], PRESETS["hold"], PRESETS["sceptical-cfo"]]
    return html(simulated(*scenarios))


def own(source):
    """A report without plotly.js."""
    return re.sub(r"<script>.*?</script>", "", source, flags=re.DOTALL)


# One file


def test_nothing_is_loaded_from_anywhere(source, report):
    loading = {"src", "href", "data", "poster", "srcset", "action", "formaction", "background", "cite"}
    links = {value for _, attributes, _ in report.elements for name, value in attributes.items() if name in loading}
    seen_at = {source.link for source in SOURCES.values() if source.link}
    assert {link for link in links if not link.startswith("#")} == seen_at
    assert all(tag == "a" for tag, attributes, _ in report.elements if attributes.get("href") in seen_at)
    assert not report.having("link")
    assert "url(" not in own(source)
    assert "@import" not in own(source)
    told = re.sub('http-equiv="Content-Security-Policy"', "", own(source))
    assert "http" not in re.sub(r'<a href="https://([^"]+)">\1</a>', "", told)


def test_the_network_is_forbidden_and_only_its_own_scripts_run(report):
    ((_, policy, _),) = report.having("meta", **{"http-equiv": "Content-Security-Policy"})
    assert policy["content"].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy["content"]
    assert not re.search("script-src[^;]*unsafe", policy["content"])


def test_plotly_is_there_once(source):
    assert source.count("* plotly.js v") == 1
    assert len(source) < 6_000_000


def test_inner_links_lead_somewhere(report):
    ids = {attributes["id"] for _, attributes, _ in report.elements if "id" in attributes}
    links = {attributes["href"] for _, attributes, _ in report.having("a")}
    assert {link[1:] for link in links if link.startswith("#")} <= ids


def test_same_arguments_give_the_same_text(source):
    assert html(simulated(PLAN)) == source


def test_dates_follow_the_day_given():
    assert ">2031</th>" in html(materials(PLAN, today=date(2030, 5, 1)))


# What it says


def test_answer_with_odds_and_caveat_comes_first(source, report):
    simulation = simulated(PLAN)[0].simulation
    told = answer(project(PLAN), simulation)
    assert report.texts("p", **{"class": "lead"}) == [told.sentence]
    for words in (told.detail, caveat(project(PLAN), tornado(PLAN)), odds_in_words(simulation)):
        assert words in report.texts("p")
    assert source.index(told.sentence) < source.index('id="proposal"')


def test_the_headlines_stand_under_the_answer(source):
    labels = re.findall(r'<div><dt>(.+?)</dt><dd class="number">', source)
    assert sorted(labels) == sorted(METRICS[name].label for name in HEADLINES)


def test_edited_text_stands_in_place_of_the_written_one():
    text = (Section("Our <view>", ("We ask & hope.", "Twice.")),)
    report = Reader(html(simulated(PLAN), text))
    assert "Our <view>" in report.texts("h3")
    assert "We ask & hope." in report.texts("p")
    assert "What it costs" not in report.texts("h3")


def test_every_chart_has_title_words_source_and_table(report):
    drawn = report.having("div", **{"class": "chart"})
    assert len(drawn) == len(CHARTS)
    assert all(attributes["role"] == "img" and len(attributes["aria-label"]) > 40 for _, attributes, _ in drawn)
    titles, captions = report.texts("h3"), report.texts("figcaption")
    for chart, caption in zip(CHARTS.values(), captions, strict=True):
        assert chart.title in titles
        assert caption == f"Source: {PLAN.format.localised(chart.source)}"
    assert len(report.having("details")) == len(CHARTS)


def test_charts_are_data_in_the_order_of_their_places(report):
    ((_, _, texts),) = report.having("script", id="figures")
    figures = json.loads("".join(texts))
    assert len(figures) == len(CHARTS)
    assert [attributes["data-figure"] for _, attributes, _ in report.having("div", **{"class": "chart"})] == [
        str(place) for place in range(len(figures))
    ]
    footers = [note["text"] for figure in figures for note in figure["layout"]["annotations"]
               if note.get("name") == "footer"]  # fmt: skip
    assert len(footers) == len(figures)
    assert all(PLAN.hash in footer and "22 Nov 2026" in footer for footer in footers)


def test_tables_behind_the_charts_equal_the_model(report):
    projection, text = project(PLAN.changed(start_month="2027-01")), PLAN.format
    cells = set(report.texts("td", dir="auto"))
    material = Material(projection, None, TODAY)
    for chart in charts_of(OF_THE_PLAN):
        for name in chart.table(material).frame.columns[2:]:
            unit = LINES[name].unit
            for value in yearly(projection, [name])[name]:
                assert text.number(value * unit.scale, unit.decimals) in cells, name


def test_metrics_equal_the_model_and_tell_why_they_have_no_value():
    plan = project(PRESETS["sceptical-cfo"])
    source = html(materials(plan.scenario))
    rows = Reader(source[source.index('id="metrics"') :].split("</section>")[0].join(["<section ", "</section>"]))
    told = ["".join(texts) for tag, _, texts in rows.elements if tag == "tr"]
    assert plan.undefined
    for name, value in plan.metrics.items():
        unit = METRICS[name].unit
        shown = "–" if value is None else plan.scenario.format.number(value * unit.scale, unit.decimals)
        row = next(row for row in told if row.startswith(METRICS[name].label + (", " if unit.words("x") else shown)))
        assert shown in row
        assert plan.undefined.get(name, "") in row


def test_every_assumption_source_and_check_is_there_and_changes_are_marked():
    scenario = PLAN.with_values(causal_share=0.1, employees=700).changed(notes={"employees": "counted in May"})
    report = Reader(html(materials(scenario)))
    headings = report.texts("th", scope="row")
    for item in ASSUMPTIONS.values():
        assert any(heading.startswith(item.label) for heading in headings)
    for item in SOURCES.values():
        told = item.told(scenario.format)
        assert any(cell.startswith(told.warning) for cell in report.texts("td"))
        assert any(told.title in heading and item.address in heading for heading in headings)
    for meaning in (*CHECKS.values(), *(item.sentence for item in LEFT_OUT)):
        assert scenario.format.localised(meaning) in headings
    # Metrics without a value and sums are marked too.
    marked = [row for row in report.texts("tr", **{"class": "marked"}) if not re.search("No value|^All years", row)]
    assert len(marked) == 2
    assert "counted in May" in marked[0]
    assert any("2 changed from their default" in words for words in report.texts("p"))


def test_the_answer_says_what_must_be_true_and_what_the_budget_pays(report):
    told = report.texts("p")
    assert all(line in told for line in beside_the_answer(project(PLAN)))


def test_the_proposal_tells_all_that_is_left_out_with_its_direction(report):
    told = report.texts("p")
    for item in LEFT_OUT:
        assert any(words.startswith(f"{item.direction}: ") and item.sentence in words for words in told)


def test_what_remains_and_the_article_s_figures_stand_with_the_evidence(report):
    words = what_remains(remains(project(PLAN), tornado(PLAN)))
    assert words in report.texts("p")
    assert [words in paragraph for paragraph in report.texts("p")].count(True) == 2, "here and in the proposal"
    headings = report.texts("th", scope="row")
    assert all(PLAN.format.localised(figure.says) in headings for figure in ARTICLE_FIGURES)
    assert "What is known to be caused" in headings


def test_not_simulated_has_no_odds_and_says_so():
    report = Reader(html(materials(PLAN)))
    assert len(report.having("div", **{"class": "chart"})) == len(drawable(()))
    assert any("was not simulated" in words for words in report.texts("p"))
    assert not any("100 odds" in words for words in report.texts("p"))


def test_a_stamp_says_how_to_make_it_again(report):
    (stamp,) = report.texts("footer")
    for words in (PLAN.name, PLAN.hash, "22 Nov 2026", "512 draws", "seed 7"):
        assert words in stamp


# Several scenarios


def test_scenarios_are_compared_in_columns(compared):
    others = [project(PRESETS[name]) for name in ("social-plan", "hold", "sceptical-cfo")]
    cells = set(Reader(compared).texts("td", dir="auto"))
    for projection in others:
        # Written as the first scenario is, in whatever locale each has for itself.
        assert PATH.format.number(projection.metrics["npv"], 2) in cells
    assert "the money is not back by the end of the horizon" in compared
    first, last = (one.simulation for one in simulated(PATH, PRESETS["sceptical-cfo"]))
    assert MONEY.decimals == 2
    shown = PATH.format.number(SHARE.scale * odds_better(first, last), 2)
    # Once it stands there, as the first one's own odds of a gain; odds between currencies mean nothing.
    assert shown == PATH.format.number(SHARE.scale * first.odds_of_gain, 2)
    assert Reader(compared).texts("td", dir="auto").count(shown) == 1


def test_odds_between_scenarios_of_one_currency():
    scenarios = (PRESETS["social-plan"], PRESETS["sceptical-cfo"])
    drawn = simulated(*scenarios)
    better = odds_better(*(one.simulation for one in drawn))
    assert f">{PLAN.format.number(100 * better, 2)}</td>" in html(drawn)


def test_one_to_six_scenarios_and_only_their_simulations():
    for count in (0, MOST_SCENARIOS + 1):
        with pytest.raises(ValueError, match=f"1 to 6 scenarios, not {count}"):
            materials(*[PLAN] * count)
    with pytest.raises(ValueError, match="'Hold' was simulated, but 'Social plan' is what was projected"):
        Material(project(PLAN), simulated(PRESETS["hold"])[0].simulation, TODAY)
    with pytest.raises(ValueError, match="without the bands of cumulative_cash"):
        Material(project(PLAN), simulate(PLAN, 128, 7, lines=()), TODAY)


# What people typed


def test_typed_text_is_text(compared):
    report = Reader(compared)
    assert report.texts("h1") == [PATH.name]
    assert len(report.having("script")) == 3
    assert not report.having("img")
    assert not report.having("b", style=None) or all("onerror" not in a for _, a, _ in report.elements)
    assert "<script>alert" not in compared
    assert NOT_DEFENSIBLE in compared


@pytest.mark.parametrize("name", NAMES)
def test_any_name_arrives_as_text(name):
    scenario = PLAN.changed(name=name, description=name, notes={"employees": name})
    report = Reader(html(materials(scenario)))
    assert report.texts("h1") == [scenario.name]
    assert len(report.having("script")) == 3


def test_css_holds_text_as_text():
    assert css_text('a"}</style>') == '"a\\000022 \\00007d \\00003c \\00002f style\\00003e "'


# Drawn by a browser


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_drawn_without_errors_requests_or_overflow(chromium, compared, tmp_path, width, height):
    file = tmp_path / "report.html"
    file.write_text(compared, encoding="utf-8")
    page = chromium.new_page(viewport={"width": width, "height": height})
    seen, asked = [], []
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.wait_for_function("document.querySelectorAll('.chart .main-svg').length >= 9")
    assert seen == []
    assert asked == [file.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = page.evaluate(
        "[...document.querySelectorAll('.chart')].map((box) => [box.getBoundingClientRect().right, "
        "box.querySelector('.main-svg').getBoundingClientRect().right])"
    )
    assert all(drawn <= right + 1 <= width for right, drawn in boxes)
    cut = page.evaluate(
        "[...document.querySelectorAll('.gtitle, .gtitle-subtitle, .annotation-text')].filter((text) => "
        "text.getBoundingClientRect().right > text.closest('.chart').getBoundingClientRect().right)"
        ".map((text) => text.textContent)"
    )
    assert cut == []
    crowded = page.evaluate(
        "[...document.querySelectorAll('td, th')].filter((cell) => cell.scrollWidth > cell.clientWidth + 1)"
        ".map((cell) => cell.textContent)"
    )
    assert crowded == []
    page.close()


def test_printing_opens_tables_draws_hatching_as_lines_and_puts_all_back(chromium, source, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(source, encoding="utf-8")
    page = chromium.new_page()
    page.goto(file.as_uri())
    count = "document.querySelectorAll('details[open]').length"
    patterns = "[...document.querySelectorAll('.chart path')].filter((p) => p.style.fill.includes('url')).length"
    assert (page.evaluate(count), page.evaluate(patterns) > 0) == (0, True)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert (page.evaluate(count), page.evaluate(patterns)) == (len(CHARTS), 0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert (page.evaluate(count), page.evaluate(patterns) > 0) == (0, True)
    page.close()


# PDF


def test_pdf_holds_the_words_as_text_on_numbered_pages(program, tmp_path):
    program("chromium", package="chromium")
    reader = program("pdftotext", package="poppler-utils")
    content = pdf(simulated(PLAN))
    assert content.startswith(b"%PDF-")
    assert b"D:20261122000000" in content
    file = tmp_path / "report.pdf"
    file.write_bytes(content)
    text = subprocess.run([reader, "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    pages = text.rstrip("\f").split("\f")
    assert 8 <= len(pages) <= 40
    for number, words in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in words
        assert PLAN.hash in words
    flat = " ".join(text.split())
    assert " ".join(answer(project(PLAN)).sentence.split()) in flat
    assert "Payback" in flat
    for chart in CHARTS.values():
        assert chart.title in flat
    assert PLAN.format.number(project(PLAN).metrics["npv"], 2) in flat


def test_labels_of_the_studies_meet_neither_bars_nor_each_other_in_the_pdf(program, tmp_path):
    program("chromium", package="chromium")
    reader = program("pdftotext", package="poppler-utils")
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf(materials(PLAN)))
    told = subprocess.run([reader, "-bbox", file, "-"], capture_output=True, text=True, check=True).stdout
    words = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*)</word>', told)
    start = next(
        place for place, word in enumerate(words) if word[2] == "Between" and words[place + 1][2] == "groups"
    )
    at = {word: (float(top), float(bottom)) for top, bottom, word in reversed(words[start : start + 60])}
    below_each_other = ["Income", "218", "Sales", "57", "Gross", "37", "Caused", "Almeida,"]
    for upper, lower in pairwise(below_each_other):
        assert at[upper][1] <= at[lower][0] + 2, (upper, lower)


def test_without_a_browser_html_works_and_pdf_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv(BROWSER_PATH, raising=False)
    assert shutil.which("chromium") is None
    assert html(materials(PLAN)).startswith("<!DOCTYPE html>")
    with pytest.raises(NoBrowser, match="apt-get install chromium"):
        pdf(materials(PLAN))


def test_a_browser_that_does_not_print_is_told(monkeypatch):
    monkeypatch.setenv(BROWSER_PATH, shutil.which("false"))
    with pytest.raises(NoBrowser, match="did not print the PDF"):
        printed("<p>x</p>", {}, TODAY)
