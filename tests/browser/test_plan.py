"""The Plan screen in a real browser: numbers, levers, files, images, explanations, sessions."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dashboard.screens.plan.screen import FURTHER
from model.metrics import HEADLINES
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.units import MONEY
from report.charts.catalogue import charts_of
from report.charts.drawing.chart import PLAN
from report.charts.drawing.theme import DARK, LIGHT
from tests.browser.conftest import VISITOR, choose_in, open_file, settled

pytestmark = pytest.mark.browser


def metric(page: Page, label: str) -> str:
    box = page.get_by_test_id("stMetric").filter(has=page.get_by_text(label, exact=True))
    return box.get_by_test_id("stMetricValue").inner_text()


def metrics(page: Page) -> dict[str, str]:
    """Every metric of the Plan, all there and read at one moment while nothing is being redrawn."""
    count, before = len(HEADLINES) + len(FURTHER), None
    while True:
        page.wait_for_function(
            "count => document.querySelectorAll('[data-testid=stMetricValue]').length === count", arg=count
        )
        settled(page)
        found = page.get_by_test_id("stMetric").evaluate_all(
            """boxes => boxes.map(box => ["stMetricLabel", "stMetricValue"].map(
                name => box.querySelector(`[data-testid=${name}]`)?.innerText ?? ""))"""
        )
        if len(found) == count and found == before:
            return {label.split("\n")[0].strip(): value for label, value in found}
        before = found


def sentence(page: Page) -> str:
    return page.locator("h1").first.inner_text()


def charts(page: Page) -> list[str]:
    page.wait_for_function(
        "count => document.querySelectorAll('.js-plotly-plot:has(.main-svg)').length === count",
        arg=len(charts_of(PLAN)),
    )
    return page.locator(".js-plotly-plot").evaluate_all(
        "plots => plots.map(p => JSON.stringify([p.data, p.layout.title, p.layout.annotations]))"
    )


def stamp(page: Page) -> str:
    return re.search(r"content hash ([0-9a-f]{12})", page.get_by_test_id("stMain").inner_text()).group(1)


def wait_for_change(page: Page, before: str) -> None:
    """Wait until the content hash on the screen is another one, and all is drawn."""
    page.wait_for_function(
        """before => {
            const text = document.querySelector("[data-testid=stMain]").innerText;
            const found = text.match(/content hash ([0-9a-f]{12})/);
            return found && found[1] !== before;
        }""",
        arg=before,
    )
    settled(page)


def toggle(page: Page, lever: str) -> None:
    before = stamp(page)
    page.get_by_test_id("stSidebar").get_by_text(lever, exact=True).click()
    wait_for_change(page, before)


def choose(page: Page, label: str, option: str) -> None:
    before = stamp(page)
    choose_in(page, page.get_by_test_id("stSelectbox").filter(has_text=label), option)
    wait_for_change(page, before)


def test_headline_is_the_number_of_the_command_line(shared_page: Page) -> None:
    preset = PRESETS["social-plan"]
    expected = preset.format.rounded(project(preset).metrics["npv"], MONEY)
    assert metric(shared_page, "Net present value") == expected
    assert expected in sentence(shared_page)
    assert stamp(shared_page) == preset.hash


def test_every_metric_of_the_issue_is_there(shared_page: Page) -> None:
    settled(shared_page)
    shown = metrics(shared_page)
    for label in (
        "Net present value", "ROI on all costs", "Benefit–cost ratio", "Payback", "Peak funding", "Programme ROI",
        "Break-even causal share",
    ):  # fmt: skip
        assert re.search(r"\d", shown[label]), label


def test_first_screen_needs_no_scrolling(shared_page: Page) -> None:
    answer = shared_page.locator("h1").first.bounding_box()
    chart = shared_page.locator(".js-plotly-plot").first.bounding_box()
    assert answer["y"] > 0
    assert chart["y"] + chart["height"] * 0.9 < 768
    assert shared_page.get_by_test_id("stMetric").nth(3).bounding_box()["y"] < 500


SLIDERS = (
    "Social share the plan aims for (%)",
    "Years to reach the target (years)",
    "Training per person (hours a year)",
    "Part of the quoted uplift that training causes (%)",
)


def test_a_moved_slider_changes_sentence_metrics_and_charts(page: Page) -> None:
    for lever, key in zip(SLIDERS, ("ArrowRight", "ArrowLeft", "ArrowRight", "ArrowLeft"), strict=True):
        before = sentence(page), metrics(page), charts(page), stamp(page)
        slider = page.get_by_test_id("stSlider").filter(has_text=lever).get_by_role("slider")
        slider.focus()
        slider.press(key)
        wait_for_change(page, before[3])
        after = sentence(page), metrics(page), charts(page), stamp(page)
        for what, old, new in zip(("sentence", "metrics", "charts"), before, after, strict=False):
            assert old != new, f"{lever} leaves the {what} as it was"
        assert all(old != new for old, new in zip(before[2], after[2], strict=True)), lever


def test_a_switch_changes_sentence_and_metrics_and_reset_undoes_it(page: Page) -> None:
    start = sentence(page), metrics(page), stamp(page)
    for lever in ("Strategic partner", "Seat at the leadership table"):
        before = sentence(page), metrics(page), stamp(page)
        toggle(page, lever)
        assert sentence(page) != before[0]
        assert metrics(page)["Net present value"] != before[1]["Net present value"]
    last = stamp(page)
    page.get_by_role("button", name="Reset").click()
    wait_for_change(page, last)
    assert (sentence(page), metrics(page), stamp(page)) == start


def test_every_preset_opens_without_an_exception(page: Page) -> None:
    for id_, preset in PRESETS.items():
        if id_ != "social-plan":
            choose(page, "Scenario", preset.name)
        assert stamp(page) == preset.hash
        expect(page.get_by_test_id("stException")).to_have_count(0)
    assert "Not defensible" in page.get_by_test_id("stAlert").first.inner_text()


def test_custom_shape_starts_from_the_present_plan(page: Page) -> None:
    before = metric(page, "Net present value")
    choose(page, "Shape of the rise", "Custom")
    assert metric(page, "Net present value") == before
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_saved_file_opens_with_the_same_hash_and_numbers(
    page: Page, context: BrowserContext, app: str, tmp_path: Path
) -> None:
    toggle(page, "Strategic partner")
    page.locator(".st-key-save").get_by_role("button", name="Save").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download scenario file").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert Scenario.from_file(file).hash == stamp(page)
    expected = stamp(page), sentence(page), metrics(page)
    elsewhere = context.new_page()
    elsewhere.goto(app)
    settled(elsewhere)
    assert stamp(elsewhere) != expected[0]
    open_file(elsewhere, file)
    assert (stamp(elsewhere), sentence(elsewhere), metrics(elsewhere)) == expected


def test_a_faulty_file_is_told_and_nothing_is_lost(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "faulty.json"
    file.write_text(json.dumps({"assumptions": {"employes": 5, "tax_rate": 2}, "ranges": {"team_target": {}}}))
    before = stamp(page)
    open_file(page, file)
    told = page.get_by_test_id("stAlert").first.inner_text()
    assert "did you mean 'employees'" in told
    assert "0 … 0.9" in told
    assert "takes no range" in told
    assert stamp(page) == before


def test_a_name_is_text_wherever_it_appears(page: Page, tmp_path: Path) -> None:
    name = "<img src=x onerror=alert(1)> **bold** [link](http://x) $x$ :red[hot] <b>plan</b>"
    file = tmp_path / "named.json"
    file.write_text(json.dumps({"name": name, "assumptions": {"training_hours": 30}}))
    open_file(page, file)
    assert name[:40] in page.get_by_test_id("stMain").inner_text()
    expect(page.locator("img[src=x]")).to_have_count(0)
    expect(page.get_by_test_id("stMain").get_by_role("link", name="link", exact=True)).to_have_count(0)


@pytest.mark.parametrize("format_", ["PNG", "SVG"])
def test_charts_export_from_their_toolbar(shared_page: Page, tmp_path: Path, format_: str) -> None:
    for place in range(4):
        plot = shared_page.locator(".js-plotly-plot").nth(place)
        plot.scroll_into_view_if_needed()
        plot.hover()
        with shared_page.expect_download() as download:
            plot.get_by_role("button", name=re.compile(format_)).click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        assert file.suffix == f".{format_.lower()}"
        assert PRESETS["social-plan"].hash in file.name
        if format_ == "PNG":
            width, height = (int.from_bytes(file.read_bytes()[at : at + 4]) for at in (16, 20))
        else:
            text = file.read_text()
            box = re.search(r'viewBox="0 0 (\d+) (\d+)"', text)
            width, height = int(box[1]), int(box[2])
            for stamped in (
                "Social plan",
                PRESETS["social-plan"].hash,
                "5 years",
                "10 %",
                "pre-tax",
                "model checks passed",
            ):
                assert stamped in text.replace("\u00a0", " ")
        assert width / height == pytest.approx(16 / 9, rel=0.01)


def test_table_behind_a_chart_with_its_download(page: Page, tmp_path: Path) -> None:
    page.locator(".st-key-table-cumulative_cash button").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Monthly").click()
    settled(page)
    with page.expect_download() as download:
        dialog.get_by_test_id("stDownloadButton").get_by_role("button").click()
    file = tmp_path / "table.csv"
    download.value.save_as(file)
    rows = list(csv.DictReader(StringIO(file.read_text())))
    assert len(rows) == 60
    assert float(rows[-1]["cumulative_cash (USD)"]) == project(PRESETS["social-plan"]).lines["cumulative_cash"][-1]


def test_explanation_walks_from_the_value_to_its_source(page: Page) -> None:
    page.get_by_role("button", name="Where do these numbers come from?").click()
    dialog = page.get_by_role("dialog")
    for step in ("Present value", "Net cash", "Benefits", "Contribution from training", "Revenue gained by training",
                 "Productivity gained by training", "Part of the quoted uplift that training causes"):  # fmt: skip
        dialog.get_by_role("button", name=re.compile(f"{step}$")).click()
        expect(dialog.get_by_test_id("stMetricLabel").filter(has_text=step)).to_have_count(1, timeout=30_000)
        settled(page)
    assert "Causal studies of training" in dialog.inner_text()
    assert "grade" in dialog.inner_text().lower()


def test_two_sessions_never_see_each_other(page: Page, chromium, app: str) -> None:
    other = chromium.new_context(**VISITOR).new_page()
    other.goto(app)
    settled(other)
    choose(page, "Scenario", PRESETS["sceptical-cfo"].name)
    toggle(other, "Strategic partner")
    assert stamp(page) == PRESETS["sceptical-cfo"].hash
    assert stamp(other) != stamp(page)
    assert "Social plan" in other.get_by_test_id("stMain").inner_text()
    other.context.close()


def test_charts_follow_when_the_page_turns_dark_and_light_again(page: Page) -> None:
    def papers() -> set[str]:
        return set(page.locator(".js-plotly-plot .main-svg:first-child").evaluate_all(
            "drawings => drawings.map(drawing => drawing.style.background)"))  # fmt: skip

    charts(page)
    light = papers()
    for brightness, theme in (("dark", DARK), ("light", LIGHT)):
        page.emulate_media(color_scheme=brightness)
        red, green, blue = (int(theme.background[at : at + 2], 16) for at in (1, 3, 5))
        page.wait_for_function(
            """color => [...document.querySelectorAll(".js-plotly-plot .main-svg:first-child")]
                .every(drawing => drawing.style.background === color)""",
            arg=f"rgb({red}, {green}, {blue})",
        )
    settled(page)
    assert papers() == light
