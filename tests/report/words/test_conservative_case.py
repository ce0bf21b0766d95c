"""What remains in the conservative case, in words and tables, and in every file."""

import json
from datetime import date

import pytest

from model.assumptions import ASSUMPTIONS
from model.evidence.sources import SOURCES
from model.metrics import METRICS
from model.presets import PRESETS
from model.projection import project
from model.uncertainty.conservative_case import remains
from model.uncertainty.sensitivity import tornado
from model.units import MONEY
from report.material import gathered
from report.tables import data
from report.tables.evidence_tables import article, claim, moves, remaining, sources
from report.words.conservative_case import MEANING, REMAINING, what_remains
from report.words.proposal import text_of
from tests.materials import materials

PLAN = PRESETS["social-plan"]


def remains_of(scenario):
    return remains(project(scenario), tornado(scenario))


def gaining():
    """A plan so good that something remains."""
    values = {"social_return_basis": "platform", "other_incremental_roas": 0.0, "causal_share": 0.0}
    return PLAN.with_values(**values).changed(
        ranges={
            name: None for name, item in ASSUMPTIONS.items() if item.range and name != "social_incremental_share"
        }
    )


def test_words_for_a_gain_that_is_lost():
    found = remains_of(PLAN)
    words = what_remains(found)
    assert f"all {len(found.moves)} weakly evidenced beliefs" in words
    assert (
        "nothing remains of the net present value of 102,000\u00a0USD: the plan loses 1.59\u00a0m\u00a0USD." in words
    )


def test_words_for_a_gain_of_which_some_remains():
    found = remains_of(gaining())
    assert [move.name for move in found.moves] == ["social_incremental_share"]
    left = PLAN.format.rounded(found.careful.metrics["npv"], MONEY)
    assert f"the one weakly evidenced belief (C or D) that can lower it at its worse end, {left} remain" in (
        what_remains(found)
    )


def test_words_for_a_loss_and_for_nothing_to_move():
    assert "the loss grows from 130,000\u00a0USD to 1.08\u00a0m\u00a0USD" in what_remains(
        remains_of(PRESETS["sceptical-cfo"])
    )
    assert what_remains(remains_of(PRESETS["hold"])).endswith("the conservative case is the plan itself.")


def test_tables_hold_plan_and_conservative_case_side_by_side():
    found, text = remains_of(PLAN), PLAN.format
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in remaining(found).rows}
    assert set(rows) == {METRICS[name].label for name in REMAINING}
    assert rows["Net present value"] == [text.number(one.metrics["npv"], 2) for one in (found.plan, found.careful)]
    assert rows["Payback"][1] == "–"
    (first, *_) = moves(found).rows
    assert [cell.text for cell in first] == [
        "Return of social beside other channels, per unit of budget", "C", "1.2", "0.8",
        "−648,000\u00a0USD",
    ]  # fmt: skip
    assert len(moves(found).rows) == len(found.moves)


def test_the_claim_is_taken_apart_down_to_what_the_plan_takes():
    steps = {row[0].text: row[1].text for row in claim(PLAN).rows}
    assert "3.18 times" in steps["What the words hide"]
    assert "57\u00a0% higher sales" in steps["A second look"]
    part, instead, off = (
        steps[step]
        for step in ("As a part of the claim", "What could stand there instead", "What does not fit that scale")
    )
    assert "0\u00a0% to 16.6\u00a0% of the 218\u00a0% by month 12, most likely 4.99\u00a0%" in part
    assert "Sales per employee, 57\u00a0% more." in instead
    assert "Training is worth 26.1\u00a0% of what the claim makes it." in instead
    assert "Gross profit per employee, 37\u00a0% more." in instead
    assert "at least +5\u00a0% sales and productivity per grant won" in off
    assert "3\u00a0% more productivity in month 12, after 40 hours a person" in steps["What this plan takes"]
    assert (
        "teaches nothing"
        in {row[0].text: row[1].text for row in claim(PRESETS["hold"]).rows}["As a part of the claim"]
    )
    assert "5\u00a0% of 218\u00a0%" in steps["What this plan takes"]
    assert "100\u00a0% of 218\u00a0%" in claim(PRESETS["headline-claim"]).rows[-1][1].text


def test_evidence_tables_tell_what_rests_on_each_source():
    rows = {row[0].small: row for row in sources(PLAN.format).rows}
    assert ASSUMPTIONS["discount_rate"].label in rows["hurdle-rates"][3].small
    assert rows["incremental-roi-prior"][3].small == "No assumption rests on it: context."
    assert all(row[1].small for row in article(PLAN.format).rows)
    assert {id_: row[0].address for id_, row in rows.items()} == {id_: s.address for id_, s in SOURCES.items()}


def test_the_proposal_says_what_remains_and_holding_does_not():
    def evidence_of(scenario):
        (material,) = materials(scenario, draws=128)
        sections = text_of(material, None)
        return " ".join(
            p for section in sections if section.title.startswith("Evidence") for p in section.paragraphs
        )

    assert what_remains(remains_of(PLAN)) in evidence_of(PLAN)
    assert MEANING in evidence_of(PLAN)
    assert "Conservative" not in evidence_of(PRESETS["hold"])


@pytest.mark.parametrize("preset", ["social-plan", "hold"])
def test_json_and_csv_hold_what_remains(preset):
    (material,) = gathered([PRESETS[preset]], date(2026, 11, 22))
    found = remains_of(PRESETS[preset])
    held = json.loads(data.json([material]))
    assert held["scenarios"][0]["conservative"]["metrics"]["npv"] == found.careful.metrics["npv"]
    assert [move["name"] for move in held["scenarios"][0]["conservative"]["moves"]] == [m.name for m in found.moves]
    assert len(held["article"]) == len(article(PLAN.format).rows)
    table = data.tables(material)["conservative"]
    assert list(table["name"]) == [move.name for move in found.moves]
    stamp = ["scenario", "hash", "made_on", "currency"]
    assert list(table.columns) == ["name", "grade", "unit", "value", "end", "npv_alone (USD)", *stamp]
