"""How honest tracking is: `python -m tests.model.track.study --firms 100 --keep found.jsonl`.

Firms are drawn from the ranges and measured for two years. It prints how often 80 % bands held, their scores, where
in the forecasts the actuals fell, the updated odds beside how often the plan then paid (a reliability diagram as a
table) with tests of whether chance explains how they differ, and how many of sound and of other worlds a check
calls other. With `--keep` firms found earlier count too.
"""

import argparse
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy import stats

from model.presets import PRESETS
from model.reading.faults import ScenarioError
from model.track.checks import fails
from model.track.tracked import track
from tests.model.track.simulated import fat, firm

SCENARIO = PRESETS["social-plan"]
DRAWS = 2048
UNTIL = 24
WORLDS = {
    "sound": {},
    "fat tails": {"error": fat, "wider": 1.5},
    "level shift of 20 %": {"shift": 0.20},
    "scatter of 2.5 times": {"wider": 2.5},
}
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def tracked(seed, until=UNTIL, **world):
    """A firm and what tracking it found."""
    made = firm(seed, **world)
    return made, track(SCENARIO, made.until(until), until, DRAWS)


def found_of(seed, name, until=UNTIL):
    """One firm's row of the study."""
    try:
        made, found = tracked(seed, until, **WORLDS[name])
    except ScenarioError as error:
        return {"world": name, "seed": seed, "refused": str(error)}
    return {
        "world": name,
        "seed": seed,
        "failed": [item.name for item in fails(found.checks)],
        "odds": found.now.odds,
        "pays": made.npv > 0,
        "within": found.now.low <= made.npv <= found.now.high,
        "below": [(item.actual.measure, item.below, item.held, item.score) for item in found.forecasts],
    }


def reliability(odds, came):
    """A row for each bin of forecast odds: how many, their mean, how often it came, and its standard error."""
    odds, came = np.asarray(odds), np.asarray(came, dtype=float)
    rows = []
    for low, high in pairwise(BINS):
        inside = (odds >= low) & ((odds < high) | (high == BINS[-1]))
        if inside.any():
            mean = odds[inside].mean()
            error = np.sqrt(np.sum(odds[inside] * (1 - odds[inside]))) / inside.sum()
            rows.append((int(inside.sum()), float(mean), float(came[inside].mean()), float(error)))
    return rows


def calibration(odds, came):
    """How far odds are off, as two normal deviates, and the chance that bins lie as far off by luck alone.

    The first deviate says whether odds are too low on the whole, the second, of the Brier score, whether they are
    too sure (Spiegelhalter 1986). Honest odds make them standard normal.
    """
    odds, came = np.asarray(odds), np.asarray(came, dtype=float)
    spread = odds * (1 - odds)
    whole = np.sum(came - odds) / np.sqrt(np.sum(spread))
    away = 1 - 2 * odds
    sure = np.sum((came - odds) * away) / np.sqrt(np.sum(away**2 * spread))
    bins = [((part - mean) / error) ** 2 for _, mean, part, error in reliability(odds, came)]
    return float(whole), float(sure), float(stats.chi2.sf(np.sum(bins), len(bins)))


def summary(rows):
    """What the study prints."""
    sound = [row for row in rows if row["world"] == "sound" and "refused" not in row]
    if sound:
        of_sound(sound)
    for name in WORLDS:
        own = [row for row in rows if row["world"] == name]
        if own:
            told = sum(bool(row.get("failed")) or "refused" in row for row in own)
            refused = sum("refused" in row for row in own)
            print(f"{name}: called another world in {told} of {len(own)} firms ({refused} refused)")


def of_sound(sound):
    """What it prints of sound firms."""
    every = [tuple(item) for row in sound for item in row["below"]]
    held = np.array([item[2] for item in every])
    print(f"{len(sound)} sound firms, {len(held)} actuals: 80 % bands held {held.mean():.1%}")
    for name in dict.fromkeys(item[0] for item in every):
        own = [item for item in every if item[0] == name]
        part, score = np.mean([item[2] for item in own]), np.mean([item[3] for item in own])
        print(f"  {name:20} held {part:6.1%} of {len(own):5}, interval score {score:.3f}")
    tenths = np.histogram([item[1] for item in every], bins=10, range=(0, 1))[0] / len(every)
    print("  places in the forecasts by tenths:", " ".join(f"{part:.1%}" for part in tenths))
    within = np.mean([row["within"] for row in sound])
    print(f"  the true net present value lay within P10–P90 in {within:.1%}")
    of_odds([row["odds"] for row in sound], np.array([row["pays"] for row in sound], dtype=float))


def of_odds(odds, pays):
    """The reliability diagram as a table, and what chance makes of it."""
    print("  odds: firms, mean of the odds, how often it paid, standard error")
    for count, mean, came, error in reliability(odds, pays):
        print(f"    {count:4}  {mean:.2f}  {came:.2f}  ± {error:.2f}")
    whole, sure, chance = calibration(odds, pays)
    print(f"  mean of the odds {np.mean(odds):.3f}, paid {pays.mean():.3f}: {whole:+.1f} standard errors apart")
    brier, honest = np.mean((pays - odds) ** 2), np.mean(np.multiply(odds, np.subtract(1, odds)))
    print(f"  Brier score {brier:.3f}, {honest:.3f} if honest: {sure:+.1f} standard errors (Spiegelhalter)")
    print(f"  honest odds would lie as far off in their bins in {100 * chance:.0f} of 100 such studies")


def main():
    """Print what the study finds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=30)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--world", choices=WORLDS, default="sound")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    rows = []
    if options.keep and options.keep.exists():
        rows = [json.loads(line) for line in options.keep.read_text(encoding="utf-8").splitlines()]
    for seed in range(options.first, options.first + options.firms):
        rows.append(found_of(seed, options.world))
        if options.keep:
            with options.keep.open("a", encoding="utf-8") as file:
                file.write(json.dumps(rows[-1]) + "\n")
    summary(rows)


if __name__ == "__main__":
    main()
