"""Values in words: an assumption's, a break-even's, and what a step of the value bridge is called."""

from __future__ import annotations

from math import inf
from types import MappingProxyType

from model.assumptions import ASSUMPTIONS
from model.lines import LINES
from model.projection import Projection
from model.scenario import Scenario
from model.telling.one_line import studied
from model.units import Format, Style

# Where the share falls these costs become benefits, and their names would say the opposite.
_TURNED = MappingProxyType(
    {"lost_other_contribution": "Contribution gained on other channels", "new_money": "Marketing budget saved"}
)


ANY_VALUE = "at any value"


def step_label(name: str, value: float) -> str:
    """What a benefit or cost is called that adds `value` to the net present value."""
    return _TURNED[name] if name in _TURNED and value > 0 else LINES[name].label


def amount(text: Format, name: str, value: float, exact: bool = False) -> str:
    """An input's value as a label: "30 %", "60 hours"; with `exact` no digit is left out."""
    unit = ASSUMPTIONS[name].unit
    shown = (text.plain if exact else text.rounded)(value, unit)
    if unit.style is not Style.NUMBER or not unit.per:
        return shown
    return f"{shown} {unit.per.removesuffix('s') if value == 1 else unit.per}"


def dearest_year(plan: Projection) -> str:
    """The plan year that the yearly commitment is of: "Apr 2031 – Mar 2032"."""
    ends = plan.lines["commitment_to_date"][11::12]
    place, text = 12 * int(ends.argmax()), plan.scenario.format
    return f"{text.month(plan.dates[place])} – {text.month(plan.dates[place + 11])}"


def stretch(text: Format, name: str, low: float, high: float) -> str:
    """The values of an input between two ends, which may be infinite: "at least 1.15", "between 20 % and 40 %"."""
    if (low, high) == (-inf, inf):
        return ANY_VALUE
    if high == inf:
        return f"at least {amount(text, name, low)}"
    if low == -inf:
        return f"at most {amount(text, name, high)}"
    return f"between {amount(text, name, low)} and {amount(text, name, high)}"


def assumed(scenario: Scenario, name: str) -> str:
    """What a scenario takes an assumption to be, beside what that would have to be: "assumed 5 %"."""
    return f"assumed {scenario.stated(name)}"


def at_the_bounds(projection: Projection, name: str) -> str:
    """What a break-even means that lies below nothing or above all there is; empty where it lies between."""
    value, scenario = projection.metrics[name], projection.scenario
    if value is None:
        return ""
    if name == "break_even_relative_return":
        return ("pays whatever social returns" if (projection.metrics["npv"] or 0.0) > 0 else
                "never pays, whatever it returns") if value < 0 else ""  # fmt: skip
    if value <= 0:
        return "pays even if none is causal"
    return f"no part of the {scenario.stated('headline_uplift')} is enough" if value > 1 else ""


# What each break-even is a value of.
BREAK_EVENS = {
    "break_even_relative_return": "social_relative_return",
    "break_even_causal_share": "causal_share",
    "programme_break_even_causal_share": "causal_share",
}


def beside_break_even(projection: Projection, name: str) -> str:
    """What stands beside a break-even: what it means where it is out of reach, else what is assumed and known."""
    return at_the_bounds(projection, name) or beside_evidence(projection, BREAK_EVENS[name])


def beside_evidence(projection: Projection, name: str) -> str:
    """What a plan takes a belief to be, beside what studies say: "assumed 1.2, studies 0.8 to 1.7"."""
    scenario = projection.scenario
    taken = assumed(scenario, name)
    relative = projection.metrics["relative_return"]
    if name == "social_relative_return" and scenario.values["social_return_basis"] == "platform":
        taken = "the platforms give no comparison"
        if relative is not None:
            taken = f"platforms’ figures {scenario.format.rounded(relative, ASSUMPTIONS[name].unit)}"
    return f"{taken}, studies {studied(scenario, name)}"
