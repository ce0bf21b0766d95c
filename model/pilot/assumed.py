"""What the designs of tests assume beyond the model's own assumptions: each once, with its grade and its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from model import units as u
from model.evidence.advertising import CUSTOMER_SPREAD
from model.evidence.studies import OUTPUT_SPREAD
from model.reading.faults import Fault, Refused, ScenarioError, finite, nearest
from model.units import Format


@dataclass(frozen=True)
class Assumed:
    """One figure that a test's design rests on; `bounds` are inclusive, `source` ids of `model.evidence.sources`."""

    name: str
    label: str
    unit: u.Unit
    value: float
    bounds: tuple[float, float]
    grade: str
    why: str
    source: tuple[str, ...] = ()


# Figures of a company's own that differ from those declared, by name.
OwnFigures = tuple[tuple[str, float], ...]

ASSUMED: Mapping[str, Assumed] = MappingProxyType(
    {
        item.name: item
        for item in (
            Assumed("regions", "Regions that ads can be aimed at apart", u.COUNT, 50, (2, 1000), "U",
                "Of about equal revenue each; who sells in fewer types how many."),
            Assumed("regional_noise", "How much a region's revenue varies from week to week", u.SHARE, 0.05,
                (0.001, 1), "D",
                "One standard deviation, less level, season and what all regions share; the company's own weekly "
                "sales by region tell it."),
            Assumed("regional_months", "Length of a test in regions", u.MONTH, 3, (1, 12), "D",
                "A quarter: long enough for carry-over to build up, short enough to wait for."),
            Assumed("regional_hours", "Hours of work on a test in regions", u.HOURS, 200, (0, 1e5), "D",
                "Choosing regions, setting up, watching and evaluating; an hour costs what one of the team's does."),
            Assumed("customers_per_employee", "Customers whose ads can be switched, for each employee", u.COUNT, 200,
                (1, 1e6), "U", "Those known by account or address; the company knows its own number."),
            Assumed("customer_noise", "How much a customer's purchases vary, beside their mean", u.RATIO,
                CUSTOMER_SPREAD, (0.1, 100), "B",
                "Coefficient of variation over a fortnight, about the length of the campaigns it was found in.",
                ("lewis-rao",)),
            Assumed("holdout_months", "Length of a holdout", u.MONTH, 3, (1, 12), "D",
                "A quarter: carry-over of what was seen before has to fade."),
            Assumed("holdout_hours", "Hours of work on a holdout", u.HOURS, 80, (0, 1e5), "D",
                "Platforms and mailing lists draw the group; evaluating takes the rest."),
            Assumed("training_months", "Length of a training trial", u.MONTH, 12, (1, 24), "D",
                "A year: a shorter one sees only a part of what training adds."),
            Assumed("output_noise", "How much people's output differs, beside its mean", u.SHARE, OUTPUT_SPREAD,
                (0.01, 2), "B",
                "Standard deviation between people in the same job; that the output of people in marketing can be "
                "measured at all is judgement.", ("schmidt-hunter",)),
            Assumed("trial_hours", "Hours of work on a training trial", u.HOURS, 60, (0, 1e5), "D",
                "Drawing lots, measuring output before and after, evaluating."),
            Assumed("skills_test_months", "Length of a skills test", u.MONTH, 1, (1, 6), "D",
                "To choose the test, take it and read it."),
            Assumed("skills_test_hours", "Hours that a skills test takes of each person", u.HOURS, 4, (0, 200), "D",
                "Taking it and talking it through."),
            Assumed("skills_test_noise", "How far a test of one person's skill is off", u.SHARE, 0.2, (0.01, 1), "D",
                "One standard deviation, as a part of full competence."),
            Assumed("partner_months", "Length of a trial with a partner", u.MONTH, 3, (1, 12), "D", "A quarter."),
        )
    }
)  # fmt: skip


def assumed_values(given: Mapping[str, float]) -> Mapping[str, float]:
    """Every figure, as given or else as declared. Raises ScenarioError that lists every fault of those given."""
    faults = [fault for name, value in given.items() for fault in _faults(name, value)]
    if faults:
        raise ScenarioError(faults)
    return MappingProxyType({name: float(given.get(name, item.value)) for name, item in ASSUMED.items()})


def read_assumed(settings: Sequence[str]) -> Mapping[str, float]:
    """Figures as a command line sets them, "NAME=VALUE" each. Raises ScenarioError that lists every fault."""
    found: dict[str, float] = {}
    faults = []
    for setting in settings:
        name, equals, text = (part.strip() for part in setting.partition("="))
        if not equals:
            faults.append(Fault(f"--assume {setting}", "must be written NAME=VALUE"))
        elif name not in ASSUMED:
            faults.append(Fault(name, _unknown(name)))
        else:
            try:
                found[name] = float(ASSUMED[name].unit.parse(text))
            except ValueError as error:
                faults.append(Fault(name, str(error)))
    if faults:
        raise ScenarioError(faults)
    return found


def _unknown(name: str) -> str:
    return f"is not what a test assumes{nearest(name, ASSUMED)}; the figures are {', '.join(ASSUMED)}"


def _faults(name: str, value: float) -> list[Fault]:
    if name not in ASSUMED:
        return [Fault(name, _unknown(name))]
    item, text = ASSUMED[name], Format()
    low, high = item.bounds
    bounds = " … ".join(text.plain(end, item.unit) for end in item.bounds)
    try:
        number = finite(value, bounds)
    except Refused as refusal:
        return [Fault(name, str(refusal))]
    if not low <= number <= high:
        return [Fault(name, f"is {text.plain(number, item.unit)}, out of bounds: must lie within {bounds}")]
    if item.unit.whole and number % 1:
        return [Fault(name, f"is {text.plain(number, u.RATIO)}, but must be a whole number within {bounds}")]
    return []
