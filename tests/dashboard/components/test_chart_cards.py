"""What Streamlit sends of a ready figure is what it sends of the same data after building and checking it."""

import json

from streamlit.testing.v1 import AppTest


def shown():
    """Two charts of the same data, the first one ready."""
    import streamlit as st

    from dashboard.components.chart_cards import ReadyFigure
    from model.presets import PRESETS
    from report.charts.catalogue import CHARTS
    from report.charts.drawing.theme import LIGHT
    from tests.materials import TODAY, materials

    (material,) = materials(PRESETS["social-plan"])
    for name in ("share_and_spend", "value_bridge", "revenue_per_employee"):
        figure = CHARTS[name].figure(material, LIGHT, TODAY)
        st.plotly_chart(ReadyFigure(figure), key=f"ready {name}", theme=None)
        st.plotly_chart(figure, key=f"checked {name}", theme=None)


def test_streamlit_sends_the_same_of_a_ready_figure():
    test = AppTest.from_function(shown, default_timeout=60).run()
    assert not test.exception
    sent = [json.loads(chart.proto.spec) for chart in test.get("plotly_chart")]
    assert len(sent) == 6
    assert sent[::2] == sent[1::2]
