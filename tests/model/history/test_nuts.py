"""The posterior is that of another sampler, whose figures `python -m tests.model.history.nuts` keeps.

A figure may differ by the Monte Carlo error of both, each that of its own effective sample: four standard
errors, as there are some hundred figures.
"""

import json

import numpy as np
import pytest
from scipy import stats

from model.history.fit import PERCENTILES, fit
from model.history.prior import FITTED, Prior
from tests.model.history.nuts import FIXTURE, HISTORIES, SEED, scenario_of
from tests.model.history.study import regression_of

KEPT = json.loads(FIXTURE.read_text(encoding="utf-8"))
MOST_ERRORS = 4


def figures(posterior, name):
    """Mean, standard deviation and percentiles of a belief."""
    values, weights = posterior.values[name][:, 0], posterior.draws.weights
    mean = posterior.mean(name)
    spread = float(np.sqrt(weights @ (values - mean) ** 2))
    return {"mean": mean, "sd": spread, **{f"p{level}": at for level, at in posterior.percentiles(name).items()}}


def errors(kept, effective):
    """The standard error of the difference of each figure, from both effective samples."""
    one = kept["sd"] * np.sqrt(1 / effective + 1 / kept["effective"])
    of_percentiles = {
        f"p{level}": one * np.sqrt(level * (100 - level)) / 100 / stats.norm.pdf(stats.norm.ppf(level / 100))
        for level in PERCENTILES
    }
    return {"mean": one, "sd": one / np.sqrt(2), **of_percentiles}


@pytest.mark.parametrize("name", HISTORIES)
def test_the_posterior_is_that_of_nuts(name):
    posterior = fit(regression_of(HISTORIES[name]()), Prior(scenario_of(name)), SEED)
    for belief in FITTED:
        kept = KEPT["histories"][name]["posterior"][belief]
        found, error = figures(posterior, belief), errors(kept, posterior.draws.effective)
        for figure, value in found.items():
            assert abs(value - kept[figure]) < MOST_ERRORS * error[figure], (belief, figure)


def test_the_chains_of_nuts_agree():
    assert KEPT["histories"].keys() == HISTORIES.keys()
    for kept in KEPT["histories"].values():
        for belief in kept["posterior"].values():
            assert belief["r_hat"] < 1.01
            assert belief["effective"] > 4000
