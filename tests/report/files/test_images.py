"""Charts as images: 16:9, with the footer, the same every time; without a browser refused plainly."""

import shutil
import struct
import subprocess

import pytest

from model.presets import PRESETS
from report.asked import ODDS
from report.charts.catalogue import drawable, light_figure
from report.files import images
from report.files.browser import BROWSER_PATH, NAMES, NoBrowser, dated, find_browser
from report.files.file_names import stem
from report.files.images import ImageFormat, Picture, drawn, every_image, image
from tests.materials import TODAY, materials

# Those that a simulation draws; the others need an answer.
CHARTS = {chart.name: chart for chart in drawable({ODDS})}

PLAN = PRESETS["social-plan"]
HOSTILE = '<script>alert(1)</script>&"'


@pytest.fixture(scope="module")
def material():
    return materials(PLAN, draws=512)[0]


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


@pytest.mark.parametrize("format_", ImageFormat)
def test_without_a_browser_the_refusal_says_what_to_install(monkeypatch, format_, material):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv(BROWSER_PATH, raising=False)
    with pytest.raises(NoBrowser, match="apt-get install chromium"):
        image(Picture("tornado", material, format_))
    monkeypatch.setenv(BROWSER_PATH, "/nowhere/chrome")
    with pytest.raises(NoBrowser, match="names /nowhere/chrome, which is no program"):
        image(Picture("tornado", material, format_))


@pytest.mark.parametrize("format_", [ImageFormat.PNG, ImageFormat.PDF])
def test_a_browser_that_does_not_start_is_told(monkeypatch, format_, material):
    monkeypatch.setenv(BROWSER_PATH, shutil.which("false"))
    with pytest.raises(NoBrowser, match="was found but did not"):
        image(Picture("tornado", material, format_))


# What is asked for


def test_unknown_chart_is_refused_with_the_nearest(material):
    with pytest.raises(ValueError, match="'value-brigde' is no chart; did you mean 'value_bridge'"):
        image(Picture("value-brigde", material, ImageFormat.PNG))


def test_an_impossible_width_is_refused(material):
    for width in (319, 4001, 0, -1):
        with pytest.raises(ValueError, match="320 to 4000 pixels wide"):
            Picture("tornado", material, ImageFormat.PNG, width)


def test_a_chart_of_odds_needs_a_simulation():
    with pytest.raises(ValueError, match="'cash_fan' needs a simulation"):
        image(Picture("cash_fan", *materials(PLAN), ImageFormat.PNG))


# What is drawn


@pytest.mark.usefixtures("browser")
def test_images_are_as_wide_as_asked_at_16_to_9_and_the_same_again(material):
    asked = [
        Picture("value_bridge", material, ImageFormat.PNG, 320),
        Picture("tornado", material, ImageFormat.PNG),
        Picture("value_bridge", material, ImageFormat.SVG, 1200),
        Picture("tornado", material, ImageFormat.SVG),
    ]
    made = drawn(asked)
    assert [size_of(png) for png in made[:2]] == [(320, 180), (1920, 1080)]
    assert b'width="1200" height="675"' in made[2]
    assert b'width="960" height="540"' in made[3]
    assert drawn(asked[-1:]) == made[-1:]


@pytest.mark.usefixtures("browser")
def test_every_chart_as_svg_is_the_same_again(material):
    asked = [Picture(name, material, ImageFormat.SVG) for name in CHARTS]
    again = dict(zip(CHARTS, zip(drawn(asked), drawn(asked), strict=True), strict=True))
    assert [name for name, (one, two) in again.items() if one != two] == []


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize("name", ["revenue_per_employee", "npv_distribution"])
def test_svg_holds_the_footer_and_loads_nothing(material, name):
    svg = image(Picture(name, material, ImageFormat.SVG)).decode()
    assert PLAN.hash in svg
    assert "22 Nov 2026" in svg
    assert "model checks passed" in svg
    outside = svg.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "")
    assert "http" not in outside
    assert "<script" not in svg


@pytest.mark.usefixtures("browser")
def test_typed_names_are_text_in_the_image():
    svg = image(Picture("value_bridge", *materials(PLAN.changed(name=HOSTILE)), ImageFormat.SVG)).decode()
    assert "<script" not in svg
    assert "&#60;script&#62;alert(1)" in svg


@pytest.mark.usefixtures("browser")
def test_pdf_is_one_page_of_16_to_9_with_text_and_lines(material, program, tmp_path):
    info, fonts = program("pdfinfo", package="poppler-utils"), program("pdftotext", package="poppler-utils")
    picture = Picture("npv_distribution", material, ImageFormat.PDF)
    content = image(picture)
    assert image(picture) == content
    assert b"/Subtype /Image" not in content
    file = tmp_path / "chart.pdf"
    file.write_bytes(content)
    told = subprocess.run([info, file], capture_output=True, text=True, check=True).stdout
    assert "Pages:           1\n" in told
    width, height = (float(word) for word in told.split("Page size:")[1].split()[:3:2])
    assert width / height == pytest.approx(16 / 9, rel=2e-3)
    text = subprocess.run([fonts, file, "-"], capture_output=True, text=True, check=True).stdout
    assert PLAN.hash in text


@pytest.mark.usefixtures("browser")
def test_the_charts_of_a_scenario_are_the_pages_of_one_pdf(monkeypatch, program, tmp_path):
    reader = program("pdftotext", package="poppler-utils")
    charts = [CHARTS[name] for name in ("value_bridge", "causal_studies", "revenue_per_employee")]
    monkeypatch.setattr(images, "drawable", lambda _: charts)
    ((name, content),) = every_image(materials(PLAN), ImageFormat.PDF).items()
    assert name == f"images/{stem(PLAN)}/charts.pdf"
    file = tmp_path / "charts.pdf"
    file.write_bytes(content)
    text = subprocess.run([reader, file, "-"], capture_output=True, text=True, check=True).stdout
    pages = text.removesuffix("\f").split("\f")
    (material,) = materials(PLAN)
    assert len(pages) == len(charts)
    for chart, page in zip(charts, pages, strict=True):
        title = light_figure(chart, material).layout["title"]["text"]
        assert " ".join(title.split()) in " ".join(page.split())


def test_a_pdf_is_dated_without_changing_its_length():
    pdf = b"<</CreationDate (D:20301224183000+00'00')\n/ModDate (D:20301224183000+00'00')>>"
    again = dated(pdf, TODAY)
    assert again.count(b"D:20261122000000+00'00'") == 2
    assert len(again) == len(pdf)
