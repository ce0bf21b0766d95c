"""Pieces worked on side by side: in order, few ahead, errors in their turn."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from model.uncertainty.side_by_side import side_by_side, workers


def test_results_come_in_the_order_of_the_pieces_however_long_each_takes() -> None:
    late = threading.Event()

    def work(piece: int) -> int:
        if piece == 0 and workers() > 1:
            assert late.wait(20)  # the first ends only when the second has
        if piece == 1:
            late.set()
        return piece * piece

    assert list(side_by_side(work, range(50))) == [piece * piece for piece in range(50)]


def test_few_pieces_are_taken_ahead() -> None:
    taken: list[int] = []

    def pieces() -> Iterator[int]:
        for piece in range(1_000):
            taken.append(piece)
            yield piece

    results = side_by_side(lambda piece: piece, pieces())
    assert next(results) == 0
    assert len(taken) <= workers() + 1


def test_an_error_is_raised_in_its_turn() -> None:
    results = side_by_side(lambda piece: 1 / piece, [1, 2, 0, 4])
    assert [next(results), next(results)] == [1, 0.5]
    with pytest.raises(ZeroDivisionError):
        next(results)
