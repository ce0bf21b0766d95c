"""Workbook and deck take no more than a few times what their libraries take to write as much.

The bounds are wide: a cache that no longer works goes beyond them, a busy machine does not.
"""

import pytest

from tests.benchmarks import files


@pytest.mark.parametrize(("timed", "limit"), [(files.time_workbook, 4.5), (files.time_deck, 16)])
def test_a_file_takes_no_more_than_a_few_times_what_its_library_takes(timed, limit):
    pairs = timed(repeats=1)
    assert min(*pairs.ours, *pairs.plain) > 0
    assert pairs.ratio < limit
