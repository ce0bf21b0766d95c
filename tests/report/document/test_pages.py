"""The report on A4: type of 7 points, pages that are filled, nothing cut off, a contents that leads to its pages."""

import re
import subprocess
from dataclasses import dataclass
from html import unescape

import pytest

from model.evidence.sources import SOURCES
from model.presets import PRESETS
from report.asked import ODDS
from report.charts.catalogue import drawable
from report.files.images import ImageFormat, every_image
from report.files.pdf import pages_of, pdf
from tests.materials import materials

# Those that a simulation draws; the others need an answer.
CHARTS = {chart.name: chart for chart in drawable({ODDS})}

PLAN = PRESETS["social-plan"]
LOOKED_AT = {
    "one": (PLAN,),
    "three": (PLAN, PRESETS["headline-claim"], PRESETS["sceptical-cfo"].with_values(horizon_years=10)),
}
MM = 72 / 25.4
LEFT, RIGHT, FOOT = 15 * MM, 195 * MM, 279 * MM
LEAST, FOOTER_SIZE = 7.0, 7.5


@dataclass(frozen=True)
class Word:
    """A word of a page and its box, in points from the top left."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def tall(self):
        return self.bottom - self.top


@dataclass(frozen=True)
class Paper:
    """A printed file: its bytes, its path, and the words of each page."""

    content: bytes
    file: str
    pages: list[list[Word]]

    def told(self, page):
        """What stands on a page, counted from 1, without any white space."""
        return "".join(word.text for word in self.pages[page - 1])


def read(content, folder, program):
    """A printed file as poppler reads it."""
    file = folder / "printed.pdf"
    file.write_bytes(content)
    reader = program("pdftotext", package="poppler-utils")
    told = subprocess.run([reader, "-bbox", file, "-"], capture_output=True, text=True, check=True).stdout
    box = re.compile(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)</word>')
    pages = [
        [Word(*map(float, found[:4]), unescape(found[4])) for found in box.findall(page)]
        for page in told.split("<page ")[1:]
    ]
    return Paper(content, str(file), pages)


@pytest.fixture(scope="module", params=LOOKED_AT.values(), ids=LOOKED_AT)
def paper(request, program, tmp_path_factory):
    program("chromium", package="chromium")
    return read(pdf(materials(*request.param, draws=256)), tmp_path_factory.mktemp("paper"), program)


def size(word, paper):
    """A word's type size in points: as tall beside the running foot's as its type is."""
    foot = next(word for word in paper.pages[0] if word.top > FOOT)
    return FOOTER_SIZE * word.tall / foot.tall


def test_no_type_is_smaller_than_seven_points(paper):
    small = {word.text for page in paper.pages for word in page if size(word, paper) < LEAST - 0.05}
    assert small == set()


def test_no_word_is_cut_off_or_lies_on_another(paper):
    for number, page in enumerate(paper.pages, 1):
        for place, word in enumerate(page):
            assert LEFT - 1 <= word.left < word.right <= RIGHT + 1, (number, word)
            for other in page[place + 1 :]:
                across = min(word.right, other.right) - max(word.left, other.left)
                down = min(word.bottom, other.bottom) - max(word.top, other.top)
                assert across < 1 or down < 0.3 * min(word.tall, other.tall), (number, word, other)


def test_every_page_but_the_last_is_more_than_half_full(paper):
    filled = [max(word.bottom for word in page if word.top < FOOT) / FOOT for page in paper.pages[:-1]]
    assert [number for number, part in enumerate(filled, 1) if part < 0.5] == []


def test_the_contents_lead_to_every_part_and_tell_its_page(paper, program):
    info = program("pdfinfo", package="poppler-utils")
    told = subprocess.run([info, "-dests", paper.file], capture_output=True, text=True, check=True).stdout
    places = {name: int(page) for page, name in re.findall(r'^ *(\d+) \[.*"(.*)"$', told, re.MULTILINE)}
    assert places == pages_of(paper.content)
    assert {f"chart-{name}" for name in CHARTS} | {"answer", "proposal", "evidence", "checks"} <= set(places)
    for name, chart in CHARTS.items():
        page = places[f"chart-{name}"]
        assert listed(paper.pages[0], chart.title) == page, name
        assert chart.title.replace(" ", "") in paper.told(page), name


def listed(words, title):
    """The page that the contents tells of a title: the last number of its line, in its column."""
    column = (RIGHT - LEFT) / 3
    start = title.split()[:5]
    for place, first in enumerate(words):
        if [word.text for word in words[place : place + len(start)]] == start:
            line = [word for word in words if abs(word.top - first.top) < 2 and 0 <= word.left - first.left < column]
            return int(max(line, key=lambda word: word.right).text)
    raise AssertionError(f"{title} is not in the contents")


def test_sources_are_links_and_the_headings_an_outline(paper, program):
    info = program("pdfinfo", package="poppler-utils")
    told = subprocess.run([info, "-url", paper.file], capture_output=True, text=True, check=True).stdout
    linked = {word.rstrip("/") for word in told.split()}
    assert {f"https://{source.address}" for source in SOURCES.values() if source.address} <= linked
    assert b"/Outlines" in paper.content
    titles = {bytes.fromhex(text.decode()).decode("utf-16") for text in
              re.findall(rb"/Title <FEFF([0-9A-F]+)>", paper.content)}  # fmt: skip
    plain = {text.decode("latin-1") for text in re.findall(rb"/Title \(((?:[^()\\]|\\.)*)\)", paper.content)}
    assert {"The answer", "Assumptions", "Checks", *(chart.title for chart in CHARTS.values())} <= titles | plain


def test_a_chart_and_its_source_share_a_page(paper):
    places = pages_of(paper.content)
    for name, chart in CHARTS.items():
        told = paper.told(places[f"chart-{name}"])
        assert f"Source:{chart.source[:20]}".replace(" ", "") in told, name


def test_headings_of_a_table_repeat_and_no_row_is_broken(paper):
    seen = set()
    for page in range(pages_of(paper.content)["sources"], len(paper.pages) + 1):
        told = paper.told(page)
        here = {source for source in SOURCES.values() if source.address and source.address in told}
        if here:
            assert "SourceGrade" in told, page
        # The title stands in the same row as the address, in the same cell.
        titles = {source.id: source.told(PLAN.format).title.split() for source in here}
        assert [name for name, title in titles.items() if not all(word in told for word in title)] == []
        seen |= here
    assert seen == {source for source in SOURCES.values() if source.address}


def test_the_file_of_charts_has_a_chart_a_page_in_type_that_can_be_read(program, tmp_path):
    program("chromium", package="chromium")
    (content,) = every_image(materials(PLAN, draws=256), ImageFormat.PDF).values()
    paper = read(content, tmp_path, program)
    charts = drawable({ODDS})
    assert len(paper.pages) == len(charts)
    # As tall beside the smallest type of the layout, 11 of its 704 pixels, as its own is at 16 cm.
    for page, chart in zip(paper.pages, charts, strict=True):
        wide = 960 * 0.75
        assert all(0 <= word.left < word.right <= wide for word in page), chart.name
        assert min(word.tall for word in page) * 16 / 2.54 * 72 / wide >= LEAST * 1.1, chart.name
    # An entry of the outline for each; and the document's own, as printed and as stamped.
    assert content.count(b"/Title ") == len(charts) + 2
