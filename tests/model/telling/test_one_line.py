"""The lines that stand beside every answer."""

import pytest

from model.presets import PRESETS
from model.projection import project
from model.telling.one_line import beside_the_answer, pay_beside_media, what_decides
from model.units import NO_BREAK

PLAN = PRESETS["social-plan"]


def plain(text):
    return text.replace(NO_BREAK, " ")


def test_the_lines_of_the_specification():
    decides, pay = beside_the_answer(project(PLAN))
    assert plain(decides) == (
        "It pays if a unit moved to social returns at least 1.15 times what it returns elsewhere; assumed 1.2, "
        "studies say 0.8 to 1.7."
    )
    assert plain(pay) == (
        "The team's pay is 28 % of the social budget today and 21 % at the end; the rest buys media."
    )


def test_the_condition_is_where_the_plan_turns():
    needed = project(PLAN).metrics["break_even_relative_return"]
    worth = [
        project(PLAN.with_values(social_relative_return=needed + change)).metrics["npv"] for change in (-0.01, 0.01)
    ]
    assert worth[0] < 0 < worth[1]


def test_a_falling_share_pays_below_the_break_even():
    told = what_decides(project(PLAN.with_values(social_share_target=0.08)))
    assert "if a unit taken from social returns at most" in told


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"causal_share": 0.5, "headline_uplift": 10.0}, "It pays even if social returns nothing; "),
        ({"social_return_basis": "platform"}, "; the platforms’ figures come to 0.87, studies say 0.8 to 1.7."),
    ],
)
def test_special_cases(values, told):
    assert told in what_decides(project(PLAN.with_values(**values)))


def test_nothing_to_decide_has_no_condition():
    assert what_decides(project(PRESETS["hold"])) == ""


def test_pay_beyond_the_budget_and_from_elsewhere():
    beyond = plain(pay_beside_media(project(PLAN.with_values(team_start=18.0, team_target=18.0))))
    assert beyond.endswith("above 100 % there is no money for media.")
    elsewhere = pay_beside_media(project(PLAN.with_values(team_pay_in_budget=False)))
    assert elsewhere == "The team is paid from elsewhere: all of the social budget buys media."
