"""Sobol points against SciPy's, which are slow to import and the same bit for bit."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import qmc

from model.uncertainty.sampling import COORDINATES, MAX_SEED
from model.uncertainty.sobol import MOST_COORDINATES, Sobol

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("coordinates", "seed", "count", "blocks"),
    [(len(COORDINATES), 2027, 2048, 5), (MOST_COORDINATES, 0, 128, 9), (1, MAX_SEED, 4, 3), (2, 7, 1, 4)],
)
def test_the_points_are_those_of_scipy(coordinates, seed, count, blocks):
    theirs, ours = qmc.Sobol(coordinates, scramble=True, rng=seed), Sobol(coordinates, seed)
    for block in range(blocks):
        assert np.array_equal(ours.block(block * count, count), theirs.random(count))


def test_more_coordinates_than_there_are_numbers_for_are_refused():
    with pytest.raises(ValueError, match=f"at most {MOST_COORDINATES}"):
        Sobol(MOST_COORDINATES + 1, 0)


def test_a_simulation_on_the_command_line_does_without_all_of_scipys_statistics():
    told = (
        "import sys; from model.__main__ import main; main(); print('scipy.stats' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", told, "simulate", "--draws", "128"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert done.stderr == "False\n"
