"""What tests are worth before deciding, as plain data and as aligned text."""

from __future__ import annotations

import math
from typing import Any

from model.command_line.output import columns, heading, stamp
from model.pilot.assumed import ASSUMED
from model.pilot.options import OPTIONS
from model.pilot.pilots import Pilot, Pilots, Rung
from model.pilot.words import (
    DECISION,
    QUESTION,
    answer,
    decided_now,
    in_100,
    power,
    result_decides,
    size_of,
    verdict,
)
from model.telling.tables import WITHIN
from model.units import MONEY, NO_BREAK, Format


def pilot_data(found: Pilots) -> dict[str, Any]:
    """The tests by what they are worth, the options they decide between, and what the designs assume."""
    return stamp(found.scenario) | {
        "draws": found.learned.count,
        "seed": found.learned.seed,
        "effective_draws": found.learned.effective,
        "in_short": answer(found),
        "options": [
            {"name": option.name, "label": option.label, "mean": mean, "error": error}
            for option, mean, error in zip(OPTIONS, found.means, found.errors, strict=True)
        ],
        "best_now": found.now.name,
        "best_now_in_words": decided_now(found),
        "evpi": found.everything,
        "evpi_error": found.everything_error,
        "first": found.first and found.first.design.name,
        "tests": [_test_data(pilot) for pilot in found.pilots],
        "assumed": [
            {"name": name, "value": value, "grade": ASSUMED[name].grade, "source": list(ASSUMED[name].source)}
            for name, value in found.assumed.items()
        ],
    }


def _test_data(pilot: Pilot) -> dict[str, Any]:
    return {
        "name": pilot.design.name,
        "label": pilot.design.label,
        "settles": pilot.design.settles,
        "verdict": pilot.verdict.value,
        "in_words": verdict(pilot),
        "power": pilot.best and power(pilot, pilot.best),
        "decides": pilot.best and result_decides(pilot, pilot.best),
        "months": pilot.months,
        "measures": pilot.design.measures(pilot.setting).name if pilot.rungs else None,
        "expected": pilot.expected,
        "spread": pilot.spread,
        "evppi": pilot.known,
        "evppi_error": pilot.known_error,
        "best_size": pilot.best and pilot.best.size,
        "counts": pilot.design.counts[1],
        "sizes": [_rung_data(rung) for rung in pilot.rungs],
    }


def _rung_data(rung: Rung) -> dict[str, Any]:
    return {
        "size": rung.size,
        "standard_error": rung.standard_error,
        "evsi": rung.worth,
        "evsi_error": rung.error,
        "odds_changed": rung.odds_changed,
        "delay": rung.delay,
        "work": rung.work,
        "effect": rung.effect,
        "cost": rung.cost,
        "net": rung.net,
        "readings": [
            {
                "from": one.low if math.isfinite(one.low) else None,
                "to": one.high if math.isfinite(one.high) else None,
                "option": one.option.name,
                "odds": one.odds,
            }
            for one in rung.readings
        ],
    }


def pilot_table(found: Pilots) -> str:
    """The same, readable: the answer, each test at its best size, why, and what it rests on."""
    text, state = found.scenario.format, f"{found.learned.count} draws, seed {found.learned.seed}"
    error = found.everything_error
    everything = (
        f"Knowing everything before deciding is worth {text.rounded(found.everything, MONEY, error)} "
        f"{text.within(error, MONEY)}"
    )
    rows: list[tuple[str, ...]] = [
        ("TEST", "VERDICT", "BEST SIZE", "MONTHS", "WORTH", "±", "DELAY", "COST", "NET", "CHANGES", "WHOLE QUESTION")
    ]
    rows += [_row(pilot, text) for pilot in found.pilots]
    told = [line for pilot in found.pilots for line in ("", *_told(pilot))]
    lines = [
        *heading(found.scenario, state),
        answer(found),
        everything,
        DECISION,
        QUESTION,
        "",
        *columns(rows),
        WITHIN,
        *told,
    ]
    return "\n".join(line.replace(NO_BREAK, " ") for line in [*lines, "", *_assumed(found, text)]) + "\n"


def _row(pilot: Pilot, text: Format) -> tuple[str, ...]:
    rung = pilot.best
    if rung is None:
        return (pilot.design.name, pilot.verdict.value, *["–"] * 9)
    money = (rung.worth, rung.error, rung.delay, rung.cost, rung.net)
    return (
        pilot.design.name,
        pilot.verdict.value,
        size_of(pilot, rung),
        str(pilot.months),
        *(text.exact(value, MONEY) for value in money),
        in_100(rung.odds_changed),
        text.exact(pilot.known, MONEY),
    )


def _told(pilot: Pilot) -> list[str]:
    """What a test is, its verdict and how exact it is."""
    lines = [f"{pilot.design.label}: {pilot.design.settles}.", f"  {verdict(pilot)}"]
    if pilot.best is None:
        return lines
    return [*lines, f"  {result_decides(pilot, pilot.best)}", f"  {power(pilot, pilot.best)}"]


def _assumed(found: Pilots, text: Format) -> list[str]:
    used = {name for pilot in found.pilots for name in (pilot.design.months, *pilot.design.uses)}
    rows: list[tuple[str, ...]] = [("ASSUMED", "VALUE", "GRADE", "SOURCE", "WHAT")]
    rows += [
        (name, text.plain(found.assumed[name], item.unit), item.grade, ", ".join(item.source) or "–", item.label)
        for name, item in ASSUMED.items()
        if name in used
    ]
    return columns(rows)
