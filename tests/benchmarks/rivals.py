"""Other programs' ways to the same figures, each where it is installed: `pip install numba squigglepy monaco`."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from model.scenario import Scenario
from model.uncertainty.simulation import TOLD, simulate
from report.workbook import build
from tests.benchmarks import plain
from tests.materials import materials
from tests.report.workbook.delivered import Delivered
from tests.report.workbook.recalculation import edit, recalculated_after

# Monaco calls a function for each draw: so many are enough to tell.
CASES = 512


def by_kernel(scenario: Scenario, count: int, seed: int) -> Callable[[], object]:
    """What Plan tells, by one compiled loop over given draws. Raises ImportError without Numba.

    Raises AssertionError where it is not what the program says.
    """
    from tests.benchmarks import kernel

    drawn = simulate(scenario, count, seed, lines=(), only=TOLD)
    for name, values in zip(TOLD, kernel.told(scenario, drawn.inputs), strict=True):
        np.testing.assert_allclose(values, drawn.metrics[name], rtol=1e-9, atol=1e-4, err_msg=name)
    return lambda: kernel.told(scenario, drawn.inputs)


def by_squigglepy(scenario: Scenario, count: int, _: int) -> Callable[[], object]:
    """Its draws, all lines and metrics by plain NumPy, and percentiles. Raises ImportError without it."""
    import squigglepy  # type: ignore[import-not-found]

    def drawn() -> dict[str, Any]:
        ranges = scenario.effective_ranges.items()
        samples = {name: squigglepy.pert(r.low, r.likely, r.high) @ count for name, r in ranges}
        return dict(scenario.values) | {name: np.asarray(values)[:, None] for name, values in samples.items()}

    return lambda: plain.summed_up(drawn())


def by_monaco(scenario: Scenario, count: int, seed: int) -> Callable[[], object]:
    """A call for each draw, of which the net present value is kept. Raises ImportError without it."""
    import monaco  # type: ignore[import-not-found]
    from scipy.stats import beta

    names = tuple(scenario.effective_ranges)

    def value(drawn: Mapping[str, float]) -> tuple[float]:
        a = dict(scenario.values) | {name: np.array([[drawn[name]]]) for name in names}
        return (float(plain.project(a)["present_value"].sum()),)

    functions = {
        "preprocess": lambda case: ({name: case.invals[name].val for name in names},),
        "run": value,
        "postprocess": lambda case, found: case.addOutVal("npv", found),
    }

    def simulated() -> None:
        sim = monaco.Sim("plan", count, functions, seed=seed, verbose=False)
        for name, r in scenario.effective_ranges.items():
            peak = (r.likely - r.low) / (r.high - r.low)
            shape = {"a": 1 + 4 * peak, "b": 5 - 4 * peak, "loc": r.low, "scale": r.high - r.low}
            sim.addInVar(name, dist=beta, distkwargs=shape)
        sim.runSim()
        sim.outvars["npv"].stats()

    return simulated


def seconds_of_office(scenario: Scenario) -> float:
    """What LibreOffice takes to calculate the scenario's open workbook anew after an input is typed into it.

    Raises FileNotFoundError where it, or the bridge to it, is not installed.
    """
    delivered = Delivered(build(materials(scenario)))
    took = {}
    for count in (1, 4):
        edits = {f"{place}": partial(edit, values={"causal_share": 0.01 + place / 100}) for place in range(count)}
        with TemporaryDirectory() as folder:
            start = time.perf_counter()
            recalculated_after(edits, delivered, _program, Path(folder))
            took[count] = time.perf_counter() - start
    return (took[4] - took[1]) / 3


def _program(*names: str, package: str) -> str:
    if path := next(filter(None, map(shutil.which, names)), None):
        return path
    raise FileNotFoundError(f"needs the Debian package {package}")
