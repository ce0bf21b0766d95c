"""Charts as images: 16:9, with the footer, the same every time; without a browser refused plainly."""

import shutil
import struct
import subprocess
from datetime import date

import pytest

from model.presets import PRESETS
from model.projection import project
from model.uncertainty.simulation import simulate
from report.charts.catalogue import CHARTS
from report.files.browser import BROWSER_PATH, NAMES, NoBrowser, dated, find_browser
from report.files.images import Kind, Picture, image, images
from report.material import BANDS, Material

TODAY = date(2026, 11, 22)
PLAN = PRESETS["social-plan"]
HOSTILE = '<script>alert(1)</script>&"'


@pytest.fixture(scope="module")
def material():
    return Material(project(PLAN), simulate(PLAN, 512, 7, lines=BANDS), TODAY)


@pytest.fixture
def browser(program):
    return program("chromium", package="chromium")


def size_of(png):
    """Width and height of a PNG."""
    assert png.startswith(b"\x89PNG")
    return struct.unpack(">II", png[16:24])


# The browser


def test_browser_is_found_by_name_on_the_path(monkeypatch, tmp_path):
    monkeypatch.delenv(BROWSER_PATH, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_browser() is None
    for name in reversed(NAMES):
        (tmp_path / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
        assert find_browser() == tmp_path / name


def test_browser_path_names_the_only_one(monkeypatch, tmp_path):
    own = tmp_path / "own"
    own.write_text("#!/bin/sh\n", encoding="utf-8")
    own.chmod(0o755)
    monkeypatch.setenv(BROWSER_PATH, str(own))
    assert find_browser() == own
    monkeypatch.setenv(BROWSER_PATH, str(tmp_path / "missing"))
    assert find_browser() is None
    monkeypatch.setenv(BROWSER_PATH, "")
    monkeypatch.setenv("PATH", "")
    assert find_browser() is None


@pytest.mark.parametrize("kind", Kind)
def test_without_a_browser_the_refusal_says_what_to_install(monkeypatch, kind, material):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv(BROWSER_PATH, raising=False)
    with pytest.raises(NoBrowser, match="apt-get install chromium"):
        image("tornado", material, kind)
    monkeypatch.setenv(BROWSER_PATH, "/nowhere/chrome")
    with pytest.raises(NoBrowser, match="names /nowhere/chrome, which is no program"):
        image("tornado", material, kind)


@pytest.mark.parametrize("kind", [Kind.PNG, Kind.PDF])
def test_a_browser_that_does_not_start_is_told(monkeypatch, kind, material):
    monkeypatch.setenv(BROWSER_PATH, shutil.which("false"))
    with pytest.raises(NoBrowser, match="was found but did not"):
        image("tornado", material, kind)


# What is asked for


def test_unknown_chart_is_refused_with_the_nearest(material):
    with pytest.raises(ValueError, match="'value-brigde' is no chart; did you mean 'value_bridge'"):
        image("value-brigde", material)


def test_unknown_kind_and_impossible_width_are_refused(material):
    with pytest.raises(ValueError, match="kinds are png, svg, pdf"):
        image("tornado", material, "gif")
    for width in (319, 4001, 0, -1):
        with pytest.raises(ValueError, match="320 to 4000 pixels wide"):
            image("tornado", material, Kind.PNG, width)


def test_a_chart_of_odds_needs_a_simulation():
    with pytest.raises(ValueError, match="'cash_fan' needs a simulation"):
        image("cash_fan", project(PLAN))


# What is drawn


@pytest.mark.usefixtures("browser")
def test_images_are_as_wide_as_asked_at_16_to_9_and_the_same_again(material):
    asked = [
        Picture("value_bridge", material, Kind.PNG, 320),
        Picture("tornado", material, Kind.PNG),
        Picture("value_bridge", material, Kind.SVG, 1200),
        Picture("tornado", material, Kind.SVG),
    ]
    drawn = images(asked)
    assert [size_of(png) for png in drawn[:2]] == [(320, 180), (1920, 1080)]
    assert b'width="1200" height="675"' in drawn[2]
    assert b'width="960" height="540"' in drawn[3]
    assert images(asked[-1:]) == drawn[-1:]


@pytest.mark.usefixtures("browser")
def test_every_chart_as_svg_is_the_same_again(material):
    asked = [Picture(name, material, Kind.SVG) for name in CHARTS]
    again = dict(zip(CHARTS, zip(images(asked), images(asked), strict=True), strict=True))
    assert [name for name, (one, two) in again.items() if one != two] == []


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize("name", ["revenue_per_employee", "npv_distribution"])
def test_svg_holds_the_footer_and_loads_nothing(material, name):
    svg = image(name, material, Kind.SVG).decode()
    assert PLAN.hash in svg
    assert "22 Nov 2026" in svg
    assert "model checks passed" in svg
    outside = svg.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "")
    assert "http" not in outside
    assert "<script" not in svg


@pytest.mark.usefixtures("browser")
def test_typed_names_are_text_in_the_image():
    svg = image("value_bridge", project(PLAN.changed(name=HOSTILE)), Kind.SVG, today=TODAY).decode()
    assert "<script" not in svg
    assert "&#60;script&#62;alert(1)" in svg


@pytest.mark.usefixtures("browser")
def test_pdf_is_one_page_of_16_to_9_with_text_and_lines(material, program, tmp_path):
    info, fonts = program("pdfinfo", package="poppler-utils"), program("pdftotext", package="poppler-utils")
    content = image("npv_distribution", material, Kind.PDF)
    assert image("npv_distribution", material, Kind.PDF) == content
    assert b"/Subtype /Image" not in content
    file = tmp_path / "chart.pdf"
    file.write_bytes(content)
    told = subprocess.run([info, file], capture_output=True, text=True, check=True).stdout
    assert "Pages:           1\n" in told
    width, height = (float(word) for word in told.split("Page size:")[1].split()[:3:2])
    assert width / height == pytest.approx(16 / 9, rel=2e-3)
    text = subprocess.run([fonts, file, "-"], capture_output=True, text=True, check=True).stdout
    assert PLAN.hash in text


def test_a_pdf_is_dated_without_changing_its_length():
    pdf = b"<</CreationDate (D:20301224183000+00'00')\n/ModDate (D:20301224183000+00'00')>>"
    again = dated(pdf, TODAY)
    assert again.count(b"D:20261122000000+00'00'") == 2
    assert len(again) == len(pdf)
