"""The same posteriors by another sampler, of which a file keeps the figures: `python -m tests.model.history.nuts`.

NumPyro's NUTS, in an environment of its own: `pip install numpyro babel pandas scipy`.
Prior, response and likelihood are written out here once more: beliefs with their densities, level, trend, season,
control and the size of the noise drawn, not integrated out, the noise as a series of steps. The last line that it
prints is the row of docs/own-data.md with the time of both, measured here in turns.
"""

import argparse
import json
import statistics
import time
from pathlib import Path

import numpy as np

from model.assumptions import Distribution, Range
from model.history.fit import PERCENTILES, fit
from model.history.prior import FITTED, Prior
from tests.model.history.simulated import SCENARIO, simulated
from tests.model.history.study import example, regression_of

FIXTURE = Path(__file__).parents[2] / "fixtures" / "nuts.json"
SEED, CHAINS, WARMUP, DRAWS = 2027, 4, 1000, 2500
GRID = np.arange(0, 0.96, 0.05)
HISTORIES = {
    "weekly, quiet": example,
    "monthly, noisy": lambda: simulated(5, periods=60, weekly=False, noise=0.03, autocorrelation=0.7),
    "weekly, other ranges": lambda: simulated(8, periods=130, noise=0.02),
}
OTHER_RANGES = SCENARIO.changed(
    ranges={
        "other_incremental_roas": Range(2, 4, 8, Distribution.LOGNORMAL),
        "carryover_half_life": Range(0.6, 1, 1.4, Distribution.NORMAL),
    },
    correlations=(("other_incremental_roas", "social_relative_return", -0.5),),
)


def scenario_of(name):
    """The scenario whose ranges a history is fitted with."""
    return OTHER_RANGES if name == "weekly, other ranges" else SCENARIO


def main():
    """Draw every history's posterior, write the file and print how long both ways took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=FIXTURE)
    options = parser.parse_args()
    import jax
    import numpyro

    jax.config.update("jax_enable_x64", True)
    numpyro.set_host_device_count(1)
    found = {}
    for number, (name, make) in enumerate(HISTORIES.items()):
        history, scenario = make(), scenario_of(name)
        ours = statistics.median(_seconds_of_ours(history, scenario) for _ in range(5))
        started = time.perf_counter()
        posterior = drawn(history, scenario, SEED + number)
        found[name] = {
            "seconds": {"nuts": round(time.perf_counter() - started, 1), "fit": round(ours, 2)},
            "seed": SEED + number, "posterior": posterior,
        }  # fmt: skip
        print(name, found[name]["seconds"], {key: round(one["effective"]) for key, one in posterior.items()})
    versions = {"numpyro": numpyro.__version__, "jax": jax.__version__, "numpy": np.__version__}
    data = {"chains": CHAINS, "warmup": WARMUP, "draws": DRAWS, "versions": versions, "histories": found}
    options.out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    nuts, own = (statistics.median(one["seconds"][key] for one in found.values()) for key in ("nuts", "fit"))
    print(
        f"| Fit of a history | {own:.2f} s | NumPyro, {CHAINS} chains of {DRAWS} | {nuts:.0f} s | {own / nuts:.4f} |"
    )


def _seconds_of_ours(history, scenario):
    started = time.perf_counter()
    fit(regression_of(history), Prior(scenario), SEED)
    return time.perf_counter() - started


def drawn(history, scenario, seed):
    """Mean, spread, percentiles, effective sample and split R̂ of each belief."""
    import jax
    from numpyro.diagnostics import effective_sample_size, split_gelman_rubin
    from numpyro.infer import MCMC, NUTS

    kernel = NUTS(model_of(history, scenario), target_accept_prob=0.95)
    chains = MCMC(
        kernel,
        num_warmup=WARMUP,
        num_samples=DRAWS,
        num_chains=CHAINS,
        chain_method="vectorized",
        progress_bar=False,
    )
    chains.run(jax.random.PRNGKey(seed))
    draws = {name: np.asarray(values) for name, values in chains.get_samples(group_by_chain=True).items()}
    return {
        name: {
            "mean": float(draws[name].mean()),
            "sd": float(draws[name].std()),
            **{f"p{level}": float(np.percentile(draws[name], level)) for level in PERCENTILES},
            "effective": float(effective_sample_size(draws[name])),
            "r_hat": float(split_gelman_rubin(draws[name])),
        }
        for name in FITTED
    }


def model_of(history, scenario):
    """The model as NumPyro takes it."""
    import jax.numpy as jnp
    import numpyro
    from jax import lax
    from jax.scipy.special import logsumexp
    from numpyro.distributions import ImproperUniform, constraints

    size, months = len(history.revenue), history.months
    plane, scale = _known(history)
    revenue = jnp.asarray(history.revenue / scale)
    size_of_noise = float((revenue - plane @ (plane.T @ revenue)).std())
    year, quarter = round(12 / months), round(3 / months)
    spends = [
        (jnp.asarray(spend / spend[-year:].mean()), spend[:quarter].mean() / spend[-year:].mean(),
         spend[-year:].mean() / scale)
        for spend in (history.social, history.other)
    ]  # fmt: skip

    def felt(ratio, opening, weight):
        def step(last, now):
            pressure = weight * last + (1 - weight) * now
            return pressure, pressure

        return lax.scan(step, opening, ratio)[1]

    def model():
        belief = _beliefs(scenario)
        weight = 0.5 ** (months / belief["carryover_half_life"])
        returns = (
            belief["social_relative_return"] * belief["other_incremental_roas"],
            belief["other_incremental_roas"],
        )
        exponents = (belief["social_returns_exponent"], belief["other_returns_exponent"])
        share = belief["saturation"]
        media = 0.0
        for (ratio, opening, today), back, power in zip(spends, returns, exponents, strict=True):
            level = felt(ratio, opening, weight)
            hill = level / (power + (1 - power) * level)
            media = media + back * today * ((1 - share) * level**power + share * hill)
        # Flat about where they are for the beliefs, in sizes of the noise: else the chains would hardly move.
        linear = numpyro.sample("linear", ImproperUniform(constraints.real, (), (plane.shape[1],)))
        log_noise = numpyro.sample("log_noise", ImproperUniform(constraints.real, (), ()))
        known = revenue - media
        left = known - plane @ (plane.T @ known + size_of_noise * linear)
        rho = jnp.asarray(GRID)
        steps = left[1:] - rho[:, None] * left[:-1]
        squares = (1 - rho**2) * left[0] ** 2 + jnp.sum(steps**2, axis=1)
        noise = size_of_noise**2 * jnp.exp(2 * log_noise)
        each = 0.5 * jnp.log(1 - rho**2) - size * log_noise - 0.5 * squares / noise
        numpyro.factor("revenue", logsumexp(each))

    return model


def _known(history):
    """Orthonormal columns that span level, trend, season, control and what fades, and the size of revenue."""
    size, years = len(history.revenue), history.months / 12
    time_ = np.arange(size) * years
    waves = [wave(2 * np.pi * number * time_) for number in (1, 2, 3) for wave in (np.sin, np.cos)]
    fading = 0.5 ** (12 * years * (np.arange(size) + 1))
    columns = np.column_stack((np.ones(size), time_, *waves, fading, history.control))
    return np.linalg.qr(columns)[0], history.revenue.std()


def _beliefs(scenario):
    """The beliefs, drawn from the densities of their ranges, with those that belong together."""
    import jax.numpy as jnp
    import numpyro
    from jax.scipy.special import betainc, ndtri
    from numpyro import distributions as dist

    found, scores = {}, {}
    for name in FITTED:
        item = scenario.effective_ranges[name]
        spread = 2 * 1.6448536269514722
        if item.distribution is Distribution.PERT:
            width = item.high - item.low
            first, second = 1 + 4 * (item.likely - item.low) / width, 1 + 4 * (item.high - item.likely) / width
            part = numpyro.sample(f"{name}_part", dist.Beta(first, second))
            found[name] = numpyro.deterministic(name, item.low + width * part)
            scores[name] = lambda part=part, first=first, second=second: ndtri(betainc(first, second, part))
        else:
            log = item.distribution is Distribution.LOGNORMAL
            low, high = (np.log(end) if log else end for end in (item.low, item.high))
            score = numpyro.sample(f"{name}_score", dist.Normal(0, 1))
            value = (low + high) / 2 + (high - low) / spread * score
            found[name] = numpyro.deterministic(name, jnp.exp(value) if log else value)
            scores[name] = lambda score=score: score
    for one, other, rank in scenario.correlations:
        strength = 2 * np.sin(np.pi * rank / 6)
        first, second = scores[one](), scores[other]()
        joint = first**2 + second**2 - 2 * strength * first * second
        copula = -0.5 * joint / (1 - strength**2) + 0.5 * (first**2 + second**2)
        numpyro.factor(f"{one} with {other}", copula)
    return found


if __name__ == "__main__":
    main()
