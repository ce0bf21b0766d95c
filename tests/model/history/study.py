"""How often the fit's 90 % intervals hold the truth: `python -m tests.model.history.study --histories 200`.

Weekly and monthly histories, short and long, quiet and noisy, drawn from the ranges; it prints the part that is
covered for each belief, the odds of ranks of the truth as uneven by chance (simulation-based calibration, Talts and
others 2018), and the worst effective sample and tail.
"""

import argparse
import time

import numpy as np
from scipy import stats

from model.history.design import regression
from model.history.fit import fit
from model.history.prior import FITTED, Prior
from model.reading.faults import ScenarioError
from tests.model.history.simulated import SCENARIO, simulated

LENGTHS = ((104, True), (156, True), (208, True), (48, False), (72, False))


def history(number):
    """One of the study's histories: its lengths, noises and autocorrelations take turns."""
    periods, weekly = LENGTHS[number % len(LENGTHS)]
    noise, autocorrelation = (0.01, 0.03)[number % 2], (0.2, 0.7)[number // 2 % 2]
    return simulated(number, periods=periods, weekly=weekly, noise=noise, autocorrelation=autocorrelation)


def regression_of(made):
    """The regression of a simulated history."""
    observed = np.ones(len(made.revenue), dtype=bool)
    return regression(made.revenue, observed, (made.social, made.other), made.control[:, np.newaxis], made.months)


def fitted(made, seed=2027):
    """The posterior of a simulated history."""
    return fit(regression_of(made), Prior(SCENARIO), seed)


def covered(made, posterior):
    """For each belief whether its truth lies between the 5th and the 95th percentile."""
    found = {name: posterior.percentiles(name) for name in FITTED}
    return {name: found[name][5] <= made.truth[name] <= found[name][95] for name in FITTED}


def rank(made, posterior, name):
    """The part of the posterior below the truth, evenly distributed where the fit is calibrated."""
    return float(posterior.draws.weights @ (posterior.values[name][:, 0] < made.truth[name]))


def example():
    """The history that the documentation shows."""
    return simulated(7, noise=0.01, varying=0.6)


def main():
    """Print what the study finds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=100)
    hits, ranks = {name: [] for name in FITTED}, {name: [] for name in FITTED}
    effective, tails, seconds, refused = [], [], [], 0
    for number in range(parser.parse_args().histories):
        made, started = history(number), time.perf_counter()
        try:
            posterior = fitted(made)
        except ScenarioError as error:
            refused += 1
            print(f"history {number}: {error}")
            continue
        seconds.append(time.perf_counter() - started)
        effective.append(posterior.draws.effective)
        tails.append(posterior.draws.pareto_k)
        for name, hit in covered(made, posterior).items():
            hits[name].append(hit)
            ranks[name].append(rank(made, posterior, name))
    for name in FITTED:
        even = stats.kstest(ranks[name], "uniform").pvalue
        print(f"{name:26} covered {np.mean(hits[name]):6.1%} of {len(hits[name])}; as uneven by chance {even:.2f}")
    print(f"all beliefs                covered {np.mean([*hits.values()]):6.1%}; {refused} refused")
    print(
        f"effective sample {min(effective):.0f} to {max(effective):.0f}, median {np.median(effective):.0f} of 4096; "
        f"in 95 of 100 above {np.percentile(effective, 5):.0f}"
    )
    print(f"Pareto k at most {max(tails):.2f}; seconds a fit: median {np.median(seconds):.2f}")


if __name__ == "__main__":
    main()
