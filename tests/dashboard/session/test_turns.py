"""Turns: few at once, in order, and who is overtaken leaves the line."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic, sleep

import pytest

from dashboard.session.turns import Turns


class OvertakenError(Exception):
    """The visitor has moved on."""


def until(condition: Callable[[], bool]) -> None:
    deadline = monotonic() + 10
    while not condition():
        assert monotonic() < deadline
        sleep(0.005)


def nothing() -> None:
    pass


def test_no_more_than_allowed_run_at_once_and_all_have_their_turn() -> None:
    turns, running, most, done = Turns(2), [], [], []

    def work(number: int) -> None:
        with turns.turn(nothing):
            running.append(number)
            most.append(len(running))
            sleep(0.01)
            running.remove(number)
            done.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(done) == list(range(12))
    assert max(most) == 2


def test_turns_come_in_the_order_they_were_asked_for() -> None:
    turns, order = Turns(1), []

    def work(number: int) -> None:
        with turns.turn(nothing):
            order.append(number)

    threads = []
    with turns.turn(nothing):
        for number in range(6):
            threads.append(threading.Thread(target=work, args=(number,)))
            threads[-1].start()
            until(lambda: len(turns._line) == len(threads))
    for thread in threads:
        thread.join(20)
    assert order == list(range(6))


def test_who_is_overtaken_leaves_the_line_and_keeps_nobody_waiting() -> None:
    turns, overtaken, left = Turns(1), threading.Event(), threading.Event()

    def ask() -> None:
        if overtaken.is_set():
            raise OvertakenError

    def work() -> None:
        with pytest.raises(OvertakenError), turns.turn(ask):
            raise AssertionError("had a turn")
        left.set()

    with turns.turn(nothing):
        thread = threading.Thread(target=work)
        thread.start()
        until(lambda: len(turns._line) == 1)
        overtaken.set()
        assert left.wait(10)
        assert not turns._line
    with turns.turn(nothing):
        pass


def test_an_error_gives_the_turn_back() -> None:
    turns = Turns(1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns.turn(nothing):
            raise ZeroDivisionError
