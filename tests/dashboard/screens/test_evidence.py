"""The Evidence screen's logic without a browser: the switch, search and filters, links to assumptions and back."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens.evidence.screen import matches
from model.assumptions import ASSUMPTIONS
from model.evidence.article import ARTICLE_FIGURES
from model.evidence.sources import SOURCES
from model.presets import PRESETS
from model.projection import project
from model.uncertainty.conservative_case import remains
from model.uncertainty.sensitivity import tornado
from model.units import MONEY, NO_BREAK
from report.words.conservative_case import REMAINING, what_remains
from tests.dashboard.app import opened, shown

PLAN = PRESETS["social-plan"]


def found(**filters) -> set[str]:
    asked = {"words": "", "grades": [], "assumption": None, **filters}
    return {source.id for source in SOURCES.values() if matches(source, **asked)}


def words_of(test: AppTest) -> str:
    return shown(test).replace(NO_BREAK, " ")


@pytest.fixture(scope="module")
def test() -> AppTest:
    return opened(screen="evidence")


def test_every_source_and_figure_of_the_article_is_there(test: AppTest) -> None:
    assert not test.exception
    for source in SOURCES.values():
        seen = f"Seen at [{source.address}](https://{source.address})" if source.address else ""
        for words in (f"**{source.title}** (grade {source.grade})", f"Beware: {source.warning}", seen):
            assert words.replace(NO_BREAK, " ") in words_of(test)
    cells = test.table[0].value.to_string().replace("\\", "")
    assert all(figure.verdict in cells for figure in ARTICLE_FIGURES)


def test_the_switch_shows_what_remains_beside_the_plan() -> None:
    test = opened(screen="evidence")
    assert not test.metric
    test.toggle(key="conservative").set_value(True).run()
    assert not test.exception
    left = remains(project(PLAN), tornado(PLAN))
    assert what_remains(left) in shown(test)
    assert len(test.metric) == len(REMAINING)
    npv = next(metric for metric in test.metric if metric.label == "Net present value")
    assert npv.value.replace("\\", "") == PLAN.format.rounded(left.careful.metrics["npv"], MONEY)
    assert PLAN.format.rounded(left.plan.metrics["npv"], MONEY) in npv.delta.replace("\\", "")
    assert len(test.table[0].value) == len(left.moves)


def test_holding_has_nothing_to_move() -> None:
    test = opened(PRESETS["hold"], "evidence")
    test.toggle(key="conservative").set_value(True).run()
    assert not test.exception
    assert "the conservative case is the plan itself" in shown(test)


def test_the_plan_screen_says_what_remains_but_not_of_holding() -> None:
    assert what_remains(remains(project(PLAN), tornado(PLAN))) in shown(opened())
    assert "weakly evidenced" not in shown(opened(PRESETS["hold"]))


def test_search_grade_and_assumption_narrow_the_sources() -> None:
    test = opened(screen="evidence")
    test.text_input(key="evidence search").set_value("call-centre zzz").run()
    assert "No source matches" in test.info[0].value
    test.text_input(key="evidence search").set_value("").run()
    test.selectbox(key="evidence assumption").select("discount_rate").run()
    # The two that the table names, and one that belongs to one of them.
    assert f"3 of {len(SOURCES)} sources" in shown(test)
    assert not test.exception


def test_matches_finds_by_words_grade_and_assumption() -> None:
    assert found() == set(SOURCES)
    assert found(words="CALL centre") >= {"call-centre-trial", "training-causal"}
    assert found(words="komarketing") == {"cmo-2015-08"}
    assert found(words="turnover team") == {"linkedin-turnover"}
    assert found(grades=["D"]) == {"incremental-roi-prior", "marginal-roi-prior", "robyn-decay"}
    assert found(grades=["A", "D"]) == {id_ for id_, source in SOURCES.items() if source.grade in "AD"}
    assert found(assumption="on_cost") == {"bls-on-cost", "denmark-on-cost"}


def test_another_difference_may_stand_for_the_claim() -> None:
    test = opened(screen="evidence")
    assert test.button(key="uplift:Income per employee").disabled
    test.button(key="uplift:Sales per employee").click().run()
    assert not test.exception
    assert test.session_state["scenario"].number("headline_uplift") == 0.57
    assert test.button(key="uplift:Sales per employee").disabled
    assert not test.button(key="uplift:Income per employee").disabled


def test_a_source_leads_to_the_assumption_and_that_one_back_to_its_sources() -> None:
    test = opened(screen="evidence")
    test.button(key="supports:hurdle-rates:discount_rate").click().run()
    assert not test.exception
    assert test.session_state["trail"] == ("discount_rate",)
    assert test.selectbox(key="explained").value == "discount_rate"
    assert any(metric.label == ASSUMPTIONS["discount_rate"].label for metric in test.metric)
    assert words_of(test).count(SOURCES["hurdle-rates"].title) >= 2
