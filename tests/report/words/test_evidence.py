"""How weak the evidence is: which beliefs count, and what is named above all."""

from model.presets import PRESETS
from model.projection import project
from model.uncertainty.sensitivity import tornado
from report.words.evidence import caveat, evidence_in_short, how_good_the_evidence_is

PLAN = PRESETS["social-plan"]


def plain(text):
    return text.replace("\u00a0", " ")


def test_only_beliefs_that_move_the_result_are_counted():
    plans = (PLAN, PLAN.with_values(training_programme=False), PRESETS["hold"])
    whole, training_off, held = (how_good_the_evidence_is(tornado(one)) for one in plans)
    assert whole == "15 of the 17 beliefs behind this plan are weakly evidenced, grade C or D"
    assert training_off == "8 of the 9 beliefs behind this plan are weakly evidenced, grade C or D"
    assert held == "The result rests on no uncertain belief"


def test_holding_has_no_caveat():
    held = PRESETS["hold"]
    assert caveat(project(held), tornado(held)) == evidence_in_short(project(held), tornado(held)) == ""


def test_the_caveat_names_what_the_return_of_social_rests_on():
    relative = plain(caveat(project(PLAN), tornado(PLAN)))
    assert "returns 1.2 times what it returns elsewhere (C; studies contradict each other, 0.8 to 1.7)" in relative
    assert "platform" not in relative
    measured = PLAN.with_values(social_return_basis="platform")
    platform = plain(caveat(project(measured), tornado(measured)))
    assert "60 % of platform-reported revenue is incremental (D)" in platform
    assert "elsewhere" not in platform
