"""Works on several pieces at once, in threads: NumPy leaves Python's lock to others while it computes."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

# More gain little, as each piece takes turns at Python's lock.
_MOST_WORKERS = 4


def workers() -> int:
    """How many pieces are worked on at once: as many as this process may use cores, up to a few."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(_MOST_WORKERS, allowed)


def side_by_side(work: Callable[[T], R], pieces: Iterable[T]) -> Iterator[R]:
    """What `work` makes of each piece, in their order; an error in one is raised when its turn comes.

    Few pieces are taken ahead, so that however many there are, few are in memory.
    """
    count = workers()
    with ThreadPoolExecutor(count) as pool:
        ahead: deque[Future[R]] = deque()
        for piece in pieces:
            ahead.append(pool.submit(work, piece))
            if len(ahead) > count:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
