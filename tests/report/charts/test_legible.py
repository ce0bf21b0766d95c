"""Charts on paper: type of 7 points at 16 cm, no text on another, no line through a label, one hatching."""

import json
import re

import numpy as np
import pytest

from model.presets import PRESETS
from report.asked import NOTHING_ASKED
from report.charts.catalogue import light_figure
from report.charts.comparison import BRIDGE, OVERLAYS, Between, Compared
from report.charts.drawing.figure import HATCHED, NEGATIVE_PATTERN
from report.charts.drawing.theme import IMAGE
from tests.materials import EVERYTHING, TODAY, charts_of, in_stages, materials
from tests.report.charts.checked import checked

PLAN = PRESETS["social-plan"]
LOOKED_AT = {
    "plan": in_stages(PLAN),
    "falling": PLAN.with_values(social_share_target=0.05),
    "headline": PRESETS["headline-claim"],
    "ten years in Danish": PLAN.with_values(horizon_years=10, employees=20_000).changed(locale="da", currency="DKK"),
}
WIDTH, HEIGHT = IMAGE["width"], IMAGE["height"]
# A pixel of the layout in points, where the picture is 16 cm wide.
POINT = 16 / 2.54 * 72 / WIDTH
LEAST = 7.0
# In a sign's box, the part above and below its letters.
SPARE = 0.15

DRAW = """([figure, width, height]) => {
  const place = document.getElementById("place");
  Plotly.purge(place);
  return Plotly.newPlot(place, figure.data, {...figure.layout, width, height}, {staticPlot: true}).then(() => true);
}"""
# Every line of text with its box and type size; every rule: grid, zero lines, and each stroke of the shapes.
MEASURE = """(spare) => {
  const lines = [...document.querySelectorAll("#place svg text")].filter((text) => text.textContent.trim())
    .flatMap((text) => [...text.querySelectorAll("tspan.line")].concat(text.querySelector("tspan.line") ? [] : text))
    .map((line) => {
      const {left, right, top, bottom} = line.getBoundingClientRect(), tall = bottom - top;
      const note = line.closest(".annotation"), parts = [line, ...line.querySelectorAll("tspan")];
      return {
        words: line.textContent, left, right, top: top + spare * tall, bottom: bottom - spare * tall,
        size: Math.min(...parts.map((one) => parseFloat(getComputedStyle(one).fontSize))),
        note: note ? Number(note.dataset.index) : null,
        tick: Boolean(line.closest(".xtick, .ytick, .x2tick, .y2tick")),
      };
    });
  const where = ["gridlayer", "zerolinelayer", "shapelayer"].map((layer) => `#place .${layer} path`).join(", ");
  const rules = [...document.querySelectorAll(where)].filter((path) => getComputedStyle(path).stroke !== "none")
    .filter((path) => parseFloat(getComputedStyle(path).strokeWidth) > 0)
    .flatMap((path) => path.getAttribute("d").split(/(?=M)/).map((stroke) => {
      const alone = path.cloneNode();
      alone.setAttribute("d", stroke);
      path.parentNode.append(alone);
      const {left, right, top, bottom} = alone.getBoundingClientRect();
      alone.remove();
      return {left, right, top, bottom};
    }));
  return {lines, rules};
}"""


def pictures(scenario, draws=256):
    """Every chart of a scenario, and those that compare it, as pictures show them."""
    (material,) = materials(scenario, draws=draws, asked=EVERYTHING if scenario.gates else NOTHING_ASKED)
    ends = material.projection, materials(PRESETS["hold"].changed(currency=scenario.currency))[0].projection
    yield from ((chart.name, checked(light_figure(chart, material))) for chart in charts_of(material))
    yield from ((name, checked(chart.figure(Compared(ends), today=TODAY))) for name, chart in OVERLAYS.items())
    yield BRIDGE.name, checked(BRIDGE.figure(Between(*ends), today=TODAY))


@pytest.fixture(scope="module", params=LOOKED_AT.values(), ids=LOOKED_AT)
def drawn(request):
    """The figures of a scenario by name."""
    return dict(pictures(request.param))


@pytest.fixture(scope="module")
def page(chromium):
    """A page that draws figures in the fonts of the machine, as pictures are."""
    from plotly.offline import get_plotlyjs

    opened = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    opened.set_content("<style>body { margin: 0 }</style><div id='place'></div>")
    opened.add_script_tag(content=get_plotlyjs())
    yield opened
    opened.close()


def sizes(part):
    """Every type size that a figure names, in pixels; of words within a text too."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key.endswith("font") and isinstance(value, dict) and "size" in value:
                yield value["size"]
            yield from sizes(value)
    elif isinstance(part, list | tuple):
        for item in part:
            yield from sizes(item)
    elif isinstance(part, str):
        assert not re.search("<(su[bp]|small)>", part), part
        yield from (float(size) for size in re.findall(r"font-size: ?([\d.]+)px", part))


def test_every_type_size_is_seven_points_at_16_cm(drawn):
    for name, figure in drawn.items():
        found = list(sizes(json.loads(figure.to_json())))
        assert len(found) >= 8, name
        assert min(found) * POINT >= LEAST, name


@pytest.mark.browser
def test_pictures_can_be_read(page, drawn):
    faults = []
    for name, figure in drawn.items():
        page.evaluate(DRAW, [json.loads(figure.to_json()), WIDTH, HEIGHT])
        found = page.evaluate(MEASURE, SPARE)
        faults += [f"{name}: {fault}" for fault in looked_through(figure, found["lines"], found["rules"])]
    assert faults == []


def looked_through(figure, lines, rules):
    """What is wrong with a drawn figure, in words."""
    assert len(lines) >= 8
    notes = figure.layout.annotations
    for place, line in enumerate(lines):
        if line["size"] * POINT < LEAST:
            yield f"too small: {line['words']}"
        if line["left"] < 0 or line["right"] > WIDTH or line["top"] < 0 or line["bottom"] > HEIGHT:
            yield f"cut off: {line['words']}"
        yield from (f"{line['words']} on {other['words']}" for other in lines[place + 1 :] if touch(line, other))
        is_label = line["tick"] or (line["note"] is not None and notes[line["note"]].name in {"row", "panel"})
        if is_label and any(touch(line, rule) for rule in rules):
            yield f"a line runs through {line['words']}"


def touch(one, other):
    """Whether two boxes have more than a hair in common; a line's box has no width."""
    return all(
        min(one[end], other[end]) - max(one[start], other[start]) > (0.5 if other[end] - other[start] > 1 else -0.01)
        for start, end in (("left", "right"), ("top", "bottom"))
    )


def shapes_of(trace):
    """The pattern of each bar of a trace, or of the area it fills; "" where there is none."""
    pattern = trace.marker.pattern if trace.type == "bar" else trace.fillpattern if trace.type == "scatter" else None
    shape = pattern.shape if pattern is not None else None
    return [shape or ""] * len(trace.x) if not isinstance(shape, tuple | list) else list(shape)


def hatched_amounts(trace):
    """What the hatched parts of a trace stand for: the signed amount, or where on the axis of amounts they lie."""
    amounts = trace.y if trace.type == "scatter" or trace.orientation != "h" else trace.x
    if trace.name == "loss":  # Its bars are as high as losses are frequent, and stand over them.
        amounts = np.array(trace.x) + np.array(trace.width) / 2
    return [amount for amount, shape in zip(amounts, shapes_of(trace), strict=True) if shape]


def test_hatching_means_below_zero_and_nothing_else(drawn):
    seen = 0
    for name, figure in drawn.items():
        hatched = [amount for trace in figure.data if "x" in trace for amount in hatched_amounts(trace)]
        shapes = {shape for trace in figure.data if "x" in trace for shape in shapes_of(trace)} - {""}
        assert shapes <= {NEGATIVE_PATTERN}, name
        assert max(hatched, default=0) <= 1e-9, name
        words = " ".join(note.text for note in figure.layout.annotations)
        if min(hatched, default=0) < 0:
            seen += 1
            assert HATCHED in words or ("▧" in words and "of a loss" in words), name
        else:
            assert "▧" not in words, name
    assert seen >= 2
