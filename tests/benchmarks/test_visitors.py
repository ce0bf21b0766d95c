"""A move of a lever, by visitors without a browser: what it costs, and that one which is overtaken costs little."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.benchmarks import visitors
from tests.benchmarks.visitors import Served

MOVES = 8


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[Served, Served]]:
    with visitors.both() as started:
        yield started


def test_the_bare_page_has_the_widgets_and_figures_of_plan(servers: tuple[Served, Served]) -> None:
    seen = []
    for server in servers:
        with server.visitor() as visitor:
            visitor.open()
            seen.append(visitor.elements)
    ours, theirs = seen
    assert all(theirs[kind] == ours[kind] for kind in theirs), (ours, theirs)
    assert theirs.total() > 0.8 * ours.total()


def test_a_move_costs_no_more_than_is_guarded(servers: tuple[Served, Served]) -> None:
    ours, theirs = visitors.one_visitor(servers, MOVES)
    assert ours < 5 * theirs


def test_moves_that_are_overtaken_are_dropped(servers: tuple[Served, Served]) -> None:
    server, _ = servers
    with server.visitor() as visitor:
        visitor.open()
        before = server.cpu()
        for share in range(MOVES):
            visitor.move("Social share the plan aims for", 50 + share)
        each = (server.cpu() - before) / MOVES
        before = server.cpu()
        for share in range(MOVES):
            visitor.send("Social share the plan aims for", 60.5 + share)
        visitor.finish()
        assert server.cpu() - before < 0.6 * MOVES * each


def test_many_visitors_are_all_served(servers: tuple[Served, Served]) -> None:
    server, _ = servers
    waited = visitors.crowd(server, 6, every=1, seconds=5)
    assert len(waited) >= 6
    assert max(waited) < 60
