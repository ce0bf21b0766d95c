"""Attacks every door by which input comes in, with as many cases as asked for, and prints what came of it.

`python tests/attacks/run.py --cases N --seed S [--seconds T]`: N cases at each door, or what fits into T seconds.
`--kills N` kills a program N times while it saves, `--sessions N` lets so many people move a lever at once. The exit
code is 1 where an input escaped, a version was lost or a session saw another's numbers; each is printed, and an
input comes again with the same seed.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from model.command_line.interrupt import unless_interrupted
from tests.attacks import kills, sessions
from tests.attacks.doors import DOORS, Escape, tried
from tests.attacks.hostile import chance_of

_MOST_PRINTED = 20
# Of each session.
_MOVES = 20


def attack(name: str, cases: int, seed: int, seconds: float) -> tuple[int, list[str]]:
    """How many inputs were tried at a door, and what escaped."""
    escapes = []
    until = time.monotonic() + seconds
    for case in range(cases):
        if time.monotonic() > until:
            return case, escapes
        try:
            tried(DOORS[name], chance_of(f"{seed} {name} {case}"))
        except Escape as escape:
            escapes.append(f"{name}, case {case}: {escape}")
    return cases, escapes


def run() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000, help="at each door; default 20000")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="at most, for all doors together")
    parser.add_argument("--kills", type=int, default=0, help="of a program that saves into a library; default 0")
    parser.add_argument("--sessions", type=int, default=0, help="at once with the started app; default 0")
    options = parser.parse_args()
    found: list[str] = []
    print(f"seed {options.seed}\n\n| door | inputs tried | escapes | seconds |\n|---|---:|---:|---:|")
    for name in DOORS:
        begun = time.monotonic()
        count, escapes = attack(name, options.cases, options.seed, options.seconds / len(DOORS))
        print(f"| {name} | {count:,} | {len(escapes)} | {time.monotonic() - begun:.0f} |", flush=True)
        found += escapes
    if options.kills:
        killed = kills.attack(options.kills, options.seed)
        print(f"\n{killed}")
        found += [f"{killed}"] * (killed.lost or killed.damaged)
    if options.sessions:
        seen = sessions.attack(options.sessions, _MOVES)
        print(f"\n{seen}")
        found += seen.crossed
    print("", *found[:_MOST_PRINTED], sep="\n", file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(unless_interrupted(run))
