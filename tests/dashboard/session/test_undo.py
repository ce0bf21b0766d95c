"""Undo and redo: the way back is the way there, and it is told what it changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.session.undo import MOST_CHANGES, History, Position, change_in_words
from model.presets import PRESETS
from model.scenario import Scenario
from tests.scenarios import legal_data

PLAN = PRESETS["social-plan"]


def hours(count):
    return Position(PLAN.with_values(training_hours=float(count)), PLAN)


@given(st.lists(st.sampled_from(["change", "undo", "redo"]), max_size=60))
def test_undo_and_redo_walk_along_what_was_done(steps):
    history, now = History(), hours(0)
    done, place = [now], 0
    for count, step in enumerate(steps, start=1):
        if step == "change":
            history, now = history.left(now), hours(count)
            done[place + 1 :] = [now]
            place += 1
        elif step == "undo":
            now, history = history.undone(now)
            place = max(0, place - 1)
        else:
            now, history = history.redone(now)
            place = min(len(done) - 1, place + 1)
        assert now == done[place]
        assert (len(history.past), len(history.future)) == (place, len(done) - 1 - place)


def test_at_least_thirty_changes_are_kept_and_not_without_end():
    history = History()
    for count in range(MOST_CHANGES + 5):
        history = history.left(hours(count))
    assert MOST_CHANGES >= 30
    assert len(history.past) == MOST_CHANGES
    assert history.past[-1] == hours(MOST_CHANGES + 4)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (hours(80), hours(40), "Training per person: 80 → 40"),
        (Position(PLAN, PLAN), Position(PRESETS["hold"], PRESETS["hold"]), "Social plan → Hold"),
        (
            Position(PLAN, PLAN),
            Position(PLAN.with_values(causal_share=0.035, strategic_partner=True), PLAN),
            "Part of the quoted uplift that training causes: 5\u00a0% → 3.5\u00a0%, and 1 more",
        ),
        (Position(PLAN, PLAN), Position(PLAN.changed(currency="DKK"), PLAN), "Currency: USD → DKK"),
        (Position(PLAN, PLAN), Position(PLAN.changed(notes={"tax_rate": "ask"}), PLAN), "Tax on the net gain: note"),
        (Position(PLAN, PLAN), Position(PLAN.changed(name="x" * 99), PLAN), f"Name: Social plan → {'x' * 39}…"),
    ],
)
def test_a_change_in_words(before, after, words):
    assert change_in_words(before, after) == words


@given(legal_data(), legal_data())
def test_every_change_has_words(one, other):
    before, after = Scenario.from_data(one), Scenario.from_data(other)
    words = change_in_words(Position(before, PLAN), Position(after, PLAN))
    assert (words == "nothing") == (before == after)
