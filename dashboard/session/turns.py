"""Turns at the processor: of all visitors' long computations few run at once, in the order they were asked for.

More at once would only make each later. Who waits, or computes in steps, asks now and then whether the result is
still wanted: a move of a lever that another has overtaken then ends there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition

import streamlit as st

from model.uncertainty.side_by_side import workers

_PATIENCE = 0.05


class Turns:
    """At most so many at once; the others wait in line."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._line: deque[object] = deque()
        self._changed = Condition()

    @contextmanager
    def turn(self, ask: Callable[[], None]) -> Iterator[None]:
        """Wait for a turn and have it; `ask` is called all the while, and leaves the line by raising."""
        me = object()
        with self._changed:
            self._line.append(me)
        try:
            while not self._begun(me):
                ask()
        except BaseException:
            with self._changed:
                self._line.remove(me)
                self._changed.notify_all()
            raise
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def _begun(self, me: object) -> bool:
        """Whether it is this one's turn now, after waiting a moment for it."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._free and self._line[0] is me, _PATIENCE):
                return False
            self._line.popleft()
            self._free -= 1
            self._changed.notify_all()
            return True


# What a screen waits for, and what somebody watches a bar for: files and searches never keep levers waiting. Groups
# of many units, which take minutes, wait for each other only: processes that give way to all else work on them.
QUICK, LONG, GROUPS = Turns(workers()), Turns(1), Turns(1)


def still_wanted(*_: object) -> None:
    """End this run of the script here if its visitor has moved on: Streamlit does so at any look at the session."""
    st.session_state.get("turn")
