"""Gives work to any executor and takes the results in the order of the work, whoever did it and whatever broke."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from model.portfolio.running.pool import Pool

T = TypeVar("T")
R = TypeVar("R")

# Beside what each worker does, so much waits for it: results that wait for an earlier one are in memory.
_AHEAD = 2
# How often work is tried alone before it counts as that which ends its workers.
_TRIES = 2


@dataclass(frozen=True)
class Work(Generic[T, R]):
    """What is done to each piece, by a function that other processes can import.

    A piece that ends its workers even when it is alone is taken apart into `parts`, whose results `together` makes
    one; of what cannot be taken apart `lost` is the result.
    """

    do: Callable[[T], R]
    parts: Callable[[T], list[T]]
    together: Callable[[list[R]], R]
    lost: Callable[[T], R]


@dataclass
class _Opened(Generic[T, R]):
    """An executor that is opened anew where it broke."""

    pool: Pool
    work: Work[T, R]
    executor: Executor = field(init=False)

    def __post_init__(self) -> None:
        self.executor = self.pool.open()

    def renew(self) -> None:
        self.close()
        self.executor = self.pool.open()

    def close(self) -> None:
        self.pool.close(self.executor)

    def submit(self, piece: T) -> Future[R]:
        try:
            return self.executor.submit(self.work.do, piece)
        except self.pool.broke:
            # It broke since it was last looked at.
            self.renew()
            return self.executor.submit(self.work.do, piece)


def in_order(pool: Pool, work: Work[T, R], pieces: Iterable[T]) -> Iterator[R]:
    """The result of each piece in the order of the pieces; few are ahead of what was taken, however many there are.

    Where the workers break (one is killed, runs out of memory), what was with them is done again by new ones, at
    first piece by piece, so that the one that breaks them is found. Other exceptions are raised.
    """
    left = iter(pieces)
    ahead: deque[tuple[T, Future[R]]] = deque()
    opened = _Opened(pool, work)
    try:
        while True:
            while len(ahead) < pool.workers + _AHEAD and (piece := next(left, None)) is not None:
                ahead.append((piece, opened.submit(piece)))
            if not ahead:
                return
            try:
                result = ahead[0][1].result()
            except pool.broke:
                opened.renew()
                again = [(piece, _kept(future)) for piece, future in ahead]
                ahead.clear()
                for piece, kept in again:
                    yield kept if kept is not None else _alone(opened, piece)
                continue
            ahead.popleft()
            yield result
    finally:
        opened.close()


def _kept(future: Future[R]) -> R | None:
    """The result of a future that was done before the workers broke."""
    done = future.done() and not future.cancelled() and future.exception() is None
    return future.result() if done else None


def _alone(opened: _Opened[T, R], piece: T) -> R:
    """The result of a piece with none beside it; taken apart, and at last given up, where it ends its workers."""
    for _ in range(_TRIES):
        try:
            return opened.submit(piece).result()
        except opened.pool.broke:
            opened.renew()
    parts = opened.work.parts(piece)
    if len(parts) == 1:
        return opened.work.lost(piece)
    return opened.work.together([_alone(opened, part) for part in parts])
