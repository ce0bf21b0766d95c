"""The Model screen without a browser: all is there, is found, and opens."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens.model.lists import Query
from dashboard.screens.model.screen import PARTS
from model.checks import CHECKS
from model.lines import LINES
from model.metrics import METRICS
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.telling.dependencies import DEPENDANTS, PRECEDENTS
from model.telling.explain import formula_in_names, label_of
from model.telling.left_out import LEFT_OUT


def opened(part: str = "Picture", scenario: Scenario | None = None, **entries: object) -> AppTest:
    test = AppTest.from_string("from dashboard.screens.model import screen\nscreen.draw()", default_timeout=60)
    test.session_state["scenario"] = scenario or PRESETS["social-plan"]
    test.session_state["kept"] = {"model part": part, **entries}
    test.run()
    assert not test.exception
    return test


def shown(test: AppTest) -> str:
    texts = [item.value for kind in (test.markdown, test.caption, test.info) for item in kind]
    return " ".join(texts).replace("\\", "").replace("\u00a0", " ")


def cards(test: AppTest) -> set[str]:
    return {button.key.removeprefix("model:") for button in test.button if (button.key or "").startswith("model:")}


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_for_a_plan_without_programme(part: str) -> None:
    assert PRESETS["hold"].hash in shown(opened(part, PRESETS["hold"]))


def test_every_line_stands_there_with_formula_and_value_of_the_month() -> None:
    test = opened("Lines")
    assert cards(test) == set(LINES)
    text = shown(test)
    for name in LINES:
        assert f"{name} = {formula_in_names(name)}" in text
    assert "129,900.20 USD" in text
    test.slider(key="model month").set_value(1).run()
    first = project(PRESETS["social-plan"]).lines["cumulative_cash"][0]
    assert f"{first:,.2f} USD".replace("-", "−") in shown(test)
    assert "129,900.20 USD" not in shown(test)


def test_every_metric_stands_there_with_its_reasons() -> None:
    test = opened("Metrics", PRESETS["hold"])
    assert cards(test) == set(METRICS)
    text = shown(test)
    for name, item in METRICS.items():
        assert f"{name} = {formula_in_names(name)}" in text
        for condition in item.undefined:
            assert f"No value where {condition.reason}." in text
    for reason in project(PRESETS["hold"]).undefined.values():
        assert f"So it is here: {reason}." in text


def test_every_check_stands_there_with_its_state() -> None:
    text = shown(opened("Checks"))
    for name, sentence in CHECKS.items():
        assert sentence in text
        assert f"`{name}`" in text
    assert text.count("Holds") == len(CHECKS)


def test_a_failed_check_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard.session import compute

    projection = project(PRESETS["social-plan"])
    broken = project(PRESETS["social-plan"])
    object.__setattr__(broken, "checks", {**projection.checks, "cash_adds_up": False})
    monkeypatch.setattr(compute, "projection", lambda _: broken)
    text = shown(opened("Checks"))
    assert text.count("Fails") == 1
    assert text.count("Holds") == len(CHECKS) - 1


def test_all_that_is_left_out_stands_under_its_direction() -> None:
    text = shown(opened("Left out"))
    for item in LEFT_OUT:
        assert item.sentence in text
        assert f"## {item.direction}" in text


def test_numbers_of_every_line_at_month_1_and_year_ends_in_the_locale() -> None:
    scenario = PRESETS["social-plan"].changed(locale="da", currency="DKK")
    table = opened("Numbers", scenario).dataframe[0].value
    assert list(table["Line"]) == [item.label for item in LINES.values()]
    assert [heading.split(",")[0] for heading in table.columns[3:]] == [
        f"Month {month}" for month in (1, 12, 24, 36, 48, 60)
    ]
    share = table.set_index("Line").loc["Social share of the marketing budget"]
    assert share["Unit"] == "%"
    assert share.iloc[-1] == "24,50"


def test_search_finds_by_label_name_and_meaning_wherever_it_stands() -> None:
    test = opened()
    test.text_input(key="model search").set_value("CUMULATIVE  cash").run()
    assert cards(test) == {
        name for name, item in {**LINES, **METRICS}.items()
        if Query("cumulative cash").hits(name, item.label, item.meaning, formula_in_names(name))
        or "Cumulative cash" in shown_formula(name)
    }  # fmt: skip
    assert {"cumulative_cash", "payback_month", "peak_funding"} <= cards(test)
    assert CHECKS["cash_adds_up"] in shown(test)
    test.text_input(key="model search").set_value("competitors").run()
    assert "Competitors do not react." in shown(test)
    assert cards(test) == set()
    test.text_input(key="model search").set_value("<b>zebra</b>").run()
    assert "Nothing in the model holds all of “<b>zebra</b>”" in shown(test)


def shown_formula(name: str) -> str:
    from model.notation import plain_text
    from model.telling.explain import formula_in_words
    from model.units import Format

    return plain_text(formula_in_words(name, Format()))


def test_the_picture_and_the_lists_walk_along_the_model() -> None:
    test = opened()
    assert "made of 2, goes into 4" in json.dumps(figure(test)["layout"])
    assert walkable(test) == {*PRECEDENTS["net_cash"], *DEPENDANTS["net_cash"]}
    test.button(key="Made of:costs").click().run()
    assert test.selectbox(key="model centre").value == "costs"
    assert walkable(test) == {*PRECEDENTS["costs"], *DEPENDANTS["costs"]}
    test.selectbox(key="model centre").set_value("causal_share").run()
    assert "Nothing: it is given" in shown(test)
    test.selectbox(key="model centre").set_value("npv").run()
    assert walkable(test) == {*PRECEDENTS["npv"], *DEPENDANTS["npv"]}


def figure(test: AppTest) -> dict:
    return json.loads(test.get("plotly_chart")[0].proto.spec)


def walkable(test: AppTest) -> set[str]:
    keys = (button.key or "" for button in test.button)
    return {key.split(":")[1] for key in keys if key.startswith(("Made of:", "Goes into:"))}


def test_the_whole_model_is_a_picture_too() -> None:
    test = opened(**{"model steps": 0, "model centre": "team"})
    assert f"{label_of('team')}: rests on" in json.dumps(figure(test)["layout"], ensure_ascii=False)


def test_choices_are_told_apart_by_their_words() -> None:
    options = opened().selectbox(key="model centre").options
    assert len(options) == len(set(options)) == len(PRECEDENTS)


def test_a_click_on_a_line_opens_its_explanation_for_the_month() -> None:
    test = opened("Lines", **{"model month": 12})
    test.button(key="model:net_cash").click().run()
    assert not test.exception
    assert test.slider(key="explained month").value == 12
    assert "In numbers" in shown(test)


def test_a_month_beyond_a_shorter_horizon_is_its_last() -> None:
    scenario = PRESETS["social-plan"].with_values(horizon_years=1)
    test = opened("Lines", scenario, **{"model month": 60})
    assert test.slider(key="model month").value == 12
