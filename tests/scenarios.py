"""Scenarios for the tests: random ones, and Hypothesis strategies for legal ones and for arbitrary data."""

import random
from typing import Any

from hypothesis import strategies as st

from model.assumptions import ASSUMPTIONS, Kind
from model.gates.indicators import INDICATORS
from model.gates.stage_gate import Below
from model.other.amounts import SIDES
from model.reading.texts import alike, can_be_seen, writable
from model.scenario import Scenario
from tests import reference

SHARE = st.floats(0.001, 1)


def scenario_of(values: dict[str, Any], path: list[float] | None = None) -> Scenario:
    """The scenario of some values, as its file would give it."""
    return Scenario.from_data({"name": "test", "assumptions": values, "social_share_path": path})


def random_scenarios(count: int, seed: int) -> list[tuple[dict[str, Any], list[float] | None]]:
    """Values and paths of random legal scenarios, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - the same in every run
    return [reference.random_values(rng) for _ in range(count)]


def draws() -> st.SearchStrategy[tuple[dict[str, Any], list[float] | None]]:
    """Values and path of one random scenario with plausible numbers, as the reference engine makes them."""
    return st.integers(0, 2**32).map(lambda seed: random_scenarios(1, seed)[0])


@st.composite
def legal_values(draw: st.DrawFn) -> dict[str, Any]:
    """Some assumptions set anywhere within their bounds, so that the delivered share is legal too."""
    names = draw(st.lists(st.sampled_from([n for n in ASSUMPTIONS if n != "ramp_shape"]), unique=True, max_size=20))
    values = {name: draw(_legal_value(name)) for name in names}
    if "plan_delivery" in values:  # above 100 % it could overshoot
        values["plan_delivery"] = draw(st.floats(0, 1))
    return values


def _legal_value(name: str) -> st.SearchStrategy[Any]:
    item = ASSUMPTIONS[name]
    if not item.numeric:
        return st.sampled_from(item.choices) if item.choices else st.booleans()
    assert item.bounds is not None
    low, high = item.bounds
    if item.unit.whole:
        return st.integers(int(low), int(high))
    # What is nearly nothing is nothing: quotients of two of them would leave the range of numbers.
    return st.floats(low, high).map(lambda value: value if abs(value) > 1e-9 else max(low, 0.0))


@st.composite
def legal_data(draw: st.DrawFn) -> dict[str, Any]:
    """A whole legal scenario file as data: every field, in any combination."""
    values = draw(legal_values())
    data: dict[str, Any] = {"assumptions": values}
    years = values.get("horizon_years", 5)
    if draw(st.booleans()):
        values["ramp_shape"] = draw(st.sampled_from(ASSUMPTIONS["ramp_shape"].choices))
        if values["ramp_shape"] == "custom":
            data["social_share_path"] = draw(st.lists(SHARE, min_size=years, max_size=years))
    uncertain = [name for name, item in ASSUMPTIONS.items() if item.can_be_uncertain]
    text = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30).map(writable)
    optional = {
        "name": text.filter(can_be_seen),
        "description": text,
        "currency": st.sampled_from(["USD", "DKK", "EUR", "JPY"]),
        "locale": st.sampled_from(["en", "da", "de", "fr"]),
        "start_month": st.none() | st.dates().map(lambda d: f"{1900 + d.year % 300}-{d.month:02d}"),
        "fiscal_year_start": st.integers(1, 12),
        "ranges": st.dictionaries(st.sampled_from(uncertain), st.none(), max_size=4).map(dict),
        "notes": st.dictionaries(st.sampled_from(list(ASSUMPTIONS)), text, max_size=4),
        "skills": st.lists(_legal_area(text), max_size=3, unique_by=lambda area: alike(area["area"])),
        **dict.fromkeys(SIDES, st.lists(_legal_amounts(text), max_size=3, unique_by=lambda row: alike(row["name"]))),
    }
    optional["stages"] = st.lists(_legal_gate(), max_size=4, unique_by=lambda gate: gate["month"])
    for key in draw(st.lists(st.sampled_from(list(optional)), unique=True)):
        data[key] = draw(optional[key])
    for name in draw(st.lists(st.sampled_from(uncertain), unique=True, max_size=4)):
        data.setdefault("ranges", {})[name] = draw(_legal_range(name))
    if draw(st.booleans()):
        pair = draw(st.lists(st.sampled_from(uncertain), unique=True, min_size=2, max_size=2))
        data["correlations"] = [[*pair, draw(st.floats(-1, 1))]]
    return data


@st.composite
def _legal_gate(draw: st.DrawFn) -> dict[str, Any]:
    item = INDICATORS[draw(st.sampled_from(list(INDICATORS)))]
    needed = {
        "month": draw(st.integers(1, 119)),
        "indicator": item.name,
        "threshold": draw(st.floats(*item.bounds)),
        "below": draw(st.sampled_from(list(Below))).value,
    }
    measured = {"error": st.floats(0, 10), "cost": st.floats(0, 1e9)}
    return needed | {
        key: draw(measured[key]) for key in draw(st.lists(st.sampled_from(list(measured)), unique=True))
    }


def _legal_amounts(text: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    amounts = st.lists(st.floats(-1e9, 1e9) | st.integers(-1000, 1000), max_size=10)
    return st.fixed_dictionaries({"name": _one_line(text), "by_year": amounts})


def _one_line(text: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return text.map(lambda words: " ".join(words.split())).filter(can_be_seen)


def _legal_area(text: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "area": _one_line(text),
            "importance": st.floats(0.01, 100),
            "competent": st.floats(0, 1),
            "wanted": st.floats(0, 1),
        }
    )


@st.composite
def _legal_range(draw: st.DrawFn, name: str) -> dict[str, Any]:
    low, high = ASSUMPTIONS[name].bounds or (0.0, 1.0)
    ends = sorted(draw(st.lists(st.floats(low, high), min_size=3, max_size=3).filter(lambda e: min(e) < max(e))))
    kinds = ["pert", "triangular", "uniform", "normal"] + ["lognormal"] * (ends[0] > 0)
    return dict(zip(("low", "likely", "high"), ends, strict=True)) | {"distribution": draw(st.sampled_from(kinds))}


def anything() -> st.SearchStrategy[Any]:
    """Any data that a JSON file could hold, and some that none could."""
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    leaves |= st.sampled_from([10**400, -(10**400), "custom", "linear", "\ud800", "\x00", "pert"])
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(_keys() | st.text(max_size=6), inner, max_size=4)
        ),
        max_leaves=12,
    )


def _keys() -> st.SearchStrategy[str]:
    fields = ["name", "assumptions", "ranges", "notes", "low", "likely", "high", "distribution", *ASSUMPTIONS]
    return st.sampled_from(fields)


def nearly_scenarios() -> st.SearchStrategy[dict[str, Any]]:
    """Data of the form of a scenario file with arbitrary things in it."""
    numbers = st.floats() | st.integers(-(10**20), 10**20) | st.booleans() | st.text(max_size=5)
    names = st.sampled_from(list(ASSUMPTIONS)) | st.text(max_size=6)
    shape = st.fixed_dictionaries(
        {key: st.floats(-1, 2) | anything() for key in ("low", "likely", "high")},
        optional={"distribution": anything()},
    )
    return st.fixed_dictionaries(
        {},
        optional={
            "schema_version": st.just(1) | anything(),
            "name": st.text() | anything(),
            "description": anything(),
            "currency": st.text(max_size=4) | anything(),
            "locale": st.text(max_size=6) | anything(),
            "start_month": anything(),
            "fiscal_year_start": anything(),
            "assumptions": st.dictionaries(names, numbers | anything(), max_size=6) | anything(),
            "social_share_path": st.lists(st.floats() | anything(), max_size=6) | anything(),
            "ranges": st.dictionaries(names, st.none() | shape | anything(), max_size=4) | anything(),
            "correlations": st.lists(st.tuples(names, names, numbers) | anything(), max_size=3) | anything(),
            "notes": st.dictionaries(names, anything(), max_size=3) | anything(),
            "skills": st.lists(anything(), max_size=3) | anything(),
            "other_costs": st.lists(anything(), max_size=4) | anything(),
        },
    )


def money_names() -> tuple[str, ...]:
    """Every assumption that is an amount of money."""
    return tuple(name for name, item in ASSUMPTIONS.items() if item.unit.name.startswith("money"))


def beliefs_and_figures() -> tuple[str, ...]:
    """Every numeric assumption that is not a decision."""
    return tuple(name for name, item in ASSUMPTIONS.items() if item.numeric and item.kind is not Kind.DECISION)
