"""The summary for a board is one page whatever the plan, in type that can be read, and holds what is decided on."""

import re
import shutil
import subprocess

import pytest

from model.gates.stage_gate import Below, StageGate
from model.presets import PRESETS
from report.document.summary import summary
from report.files.browser import find_browser
from report.files.pdf import summary_pdf
from report.signatories import SIGN_HERE, Signatories
from report.words.decision import CHANGES_OUR_MIND, DECISION, decision
from report.words.proposal import ANSWER, QUESTION, Section
from tests.materials import materials
from tests.report.deck.test_deck import danish

LONG = "Ein langer Name für den Plan " * 9
GATES = (
    StageGate(6, "social_return", 3.0, Below.HOLD), StageGate(12, "relative_return", 1.1, Below.BACK),
    StageGate(24, "cumulative_cash", -50_000.0, Below.HOLD), StageGate(30, "competent_share", 0.55, Below.BACK),
)  # fmt: skip
NAMES = Signatories("Anna Müller " * 9, "", "W" * 120)
EDITED = [Section(QUESTION, ("Warum? " * 200,)), Section(ANSWER, ("Darum! " * 200,))]
WORST = PRESETS["seat-at-the-table"].changed(name=LONG, locale="de", description=LONG, fiscal_year_start=7)
PLANS = {
    **PRESETS,
    "danish": danish(),
    "ten years": WORST.with_values(horizon_years=10, programme_years=4.0),
    "claim": PRESETS["headline-claim"].changed(name=LONG, locale="de").with_values(horizon_years=10),
}
for few, name in ((2, "danish"), (2, "ten years"), (4, "ten years"), (4, "claim"), (4, "danish")):
    PLANS[f"{name}, {few} gates"] = PLANS[name].changed(stages=GATES[:few])


def learnt(name):
    """The results of a plan with a small simulation."""
    (material,) = materials(PLANS[name], draws=128)
    return material


def test_a_decision_as_somebody_wrote_it_stands_in_place_of_what_is_decided_when():
    material = learnt("social-plan")
    page = summary(material, [Section(DECISION, ("We ask for a <pilot>.",))])
    assert "We ask for a &lt;pilot&gt;." in page
    assert "What is decided when" not in page
    assert "What is decided when" in summary(material)


@pytest.mark.parametrize("name", PLANS)
def test_it_is_one_page_in_type_of_eight_points_or_more(name, tmp_path):
    if find_browser() is None or shutil.which("pdftohtml") is None:
        pytest.skip("needs a browser and poppler: install the Debian packages chromium and poppler-utils")
    edited = EDITED if name.startswith("ten years") else None
    file = tmp_path / "summary.pdf"
    material = learnt(name)
    file.write_bytes(summary_pdf(material, edited, NAMES))
    told = subprocess.run(
        ["pdftohtml", "-xml", "-i", "-stdout", "-zoom", "1", str(file)], capture_output=True, text=True, check=True
    ).stdout
    assert told.count("<page ") == 1
    assert min(int(size) for size in re.findall(r'<fontspec id="\d+" size="(\d+)"', told)) >= 8
    # What stands last is there, within the page, so that nothing was cut off.
    tall = int(re.search(r'<page [^>]*height="(\d+)"', told)[1])
    last = max(int(top) + int(high) for top, high in re.findall(r'<text top="(\d+)"[^>]*height="(\d+)"', told))
    assert last < tall
    assert material.scenario.hash in told
    assert "128 draws, seed 7" in " ".join(re.sub(r"<[^>]+>", " ", told).split())
    assert told.count(SIGN_HERE) == 3


def test_it_holds_what_is_decided_on():
    material = learnt("social-plan")
    said, content = summary(material, None, Signatories("Anna <b>")), decision(material)
    for row in content.money:
        assert all(amount in said for amount in (*row.years, row.total))
    for one in content.conditions:
        assert one.threshold in said
    for milestone in content.milestones:
        assert milestone.decided[1:].replace("'", "&#39;") in said
    assert "Anna &lt;b&gt;" in said


def test_it_holds_the_contract_of_a_plan_in_stages_in_place_of_what_is_decided_when():
    material = learnt("danish, 4 gates")
    said, content = summary(material), decision(material)
    assert CHANGES_OUR_MIND in said
    assert "What is decided when" not in said
    for one in content.clauses:
        assert f"{one.indicator} {one.threshold}: {one.then}" in said
        assert one.odds in said
    assert "All other figures are of the plan that never stops." in said
    assert CHANGES_OUR_MIND not in summary(learnt("danish"))


def test_the_same_inputs_give_the_same_page():
    assert summary(learnt("danish")) == summary(learnt("danish"))


def test_without_a_simulation_it_tells_no_odds():
    (material,) = materials(PRESETS["social-plan"])
    said = summary(material)
    assert "odds" not in said.split("<script", 1)[0]
    assert SIGN_HERE in said
