"""Every chart is data that Plotly knows: nothing checks it when it is drawn on a screen."""

from datetime import date

import pytest

from model.presets import PRESETS
from model.uncertainty.sampling import MIN_DRAWS
from report.asked import NOTHING_ASKED
from report.charts.comparison import BRIDGE, OVERLAYS, Between, Compared
from report.charts.drawing.narrow import narrowed
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import DARK, LIGHT
from tests.materials import EVERYTHING, charts_of, in_stages, materials
from tests.report.charts.checked import checked

DAY = date(2026, 11, 22)
PLAN = PRESETS["social-plan"]
SCENARIOS = {
    **PRESETS,
    "falling": PLAN.with_values(social_share_target=0.05),
    "in stages": in_stages(PLAN),
    "one year": PLAN.with_values(horizon_years=1),
    "ten years in Danish": PLAN.with_values(horizon_years=10, employees=20_000).changed(locale="da", currency="DKK"),
}


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_plotly_knows_every_property_of_every_chart(scenario):
    (material,) = materials(scenario, draws=MIN_DRAWS, asked=EVERYTHING if scenario.gates else NOTHING_ASKED)
    held = materials(PRESETS["hold"].changed(currency=scenario.currency))[0].projection
    ends = material.projection, held
    drawn = [
        *((chart, material) for chart in charts_of(material)),
        *((chart, Compared(ends)) for chart in OVERLAYS.values()),
        (BRIDGE, Between(*ends)),
    ]
    for chart, subject in drawn:
        for theme in (LIGHT, DARK):
            assert checked(chart.figure(subject, theme, DAY)).data
            assert checked(narrowed(chart.figure(subject, theme, DAY), chart.group.height)).layout.height


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_plotly_knows_every_property_of_the_theme(theme):
    with pytest.raises(ValueError, match="hovermod"):
        checked(Figure(template={"layout": theme.template["layout"] | {"hovermod": "x"}}))
    assert checked(Figure(template=theme.template)).layout.template.layout.hovermode == "closest"


def test_a_property_that_plotly_does_not_know_is_found():
    misspelt = [Figure() for _ in range(4)]
    misspelt[0].add_bar(colour="red")
    misspelt[1].add_shape(tipe="line")
    misspelt[2].add_annotation(text="words", font={"sise": 12})
    misspelt[3].update_layout(xaxis={"ticktxt": []})
    for figure in misspelt:
        with pytest.raises(ValueError, match="Invalid property"):
            checked(figure)


def test_a_layout_is_changed_part_by_part():
    figure = Figure(margin={"b": 1})
    figure.update_layout(margin={"l": 2}, xaxis={"range": [0, 1]})
    figure.update_layout(margin={"b": 3}, xaxis={"visible": False})
    assert figure.layout == {"margin": {"b": 3, "l": 2}, "xaxis": {"range": [0, 1], "visible": False}}
