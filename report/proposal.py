"""The proposal text, written from the numbers in plain business English; a person may edit it before export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from model.appraisal import METRICS
from model.assumptions import ASSUMPTIONS
from model.caveats import caveats, extrapolation
from model.decisions import Findings, MustBeTrue
from model.evidence import SOURCES
from model.output import value_text
from model.projection import Projection
from model.scenario import Scenario
from model.uncertainty import Simulation
from report.footer import years
from report.narrative import answer, odds_in_words, worth_finding_out

_MOST_TRUTHS = 5


@dataclass(frozen=True)
class Section:
    """A heading and its paragraphs, plain text."""

    title: str
    paragraphs: tuple[str, ...]


def proposal(projection: Projection, simulation: Simulation, findings: Findings) -> tuple[Section, ...]:
    """The whole text: question, answer, odds, what must be true, costs, risks, evidence; empty sections left out."""
    told = answer(projection)
    sections = (
        Section("The question", (_question(projection.scenario),)),
        Section("The answer", (told.sentence, told.detail, *caveats(projection.scenario))),
        Section("How sure it is", (odds_in_words(simulation), worth_finding_out(simulation))),
        Section("What must be true", _truths(projection, findings)),
        Section("What it costs", _costs(projection)),
        Section("Risks", _risks(projection)),
        Section("Evidence and its limits", (told.caveat, *_warnings(projection.scenario))),
        Section("Changes made to the assumptions", _notes(projection.scenario)),
    )
    kept = (Section(item.title, tuple(filter(None, item.paragraphs))) for item in sections)
    return tuple(section for section in kept if section.paragraphs)


def as_text(sections: tuple[Section, ...]) -> str:
    """The text as a person edits it: headings marked with #, paragraphs apart by empty lines."""
    return "\n\n".join("\n\n".join((f"# {section.title}", *section.paragraphs)) for section in sections) + "\n"


def from_text(text: str) -> tuple[Section, ...]:
    """The sections of an edited text; what stands before the first heading has none."""
    sections: list[tuple[str, list[str]]] = []
    for block in (part.strip() for part in text.replace("\r\n", "\n").split("\n\n")):
        first, _, rest = block.partition("\n")
        if first.startswith("#"):
            sections.append((first.lstrip("#").strip(), []))
            block = rest.strip()
        if block:
            if not sections:
                sections.append(("", []))
            sections[-1][1].append(" ".join(block.split("\n")))
    return tuple(Section(title, tuple(paragraphs)) for title, paragraphs in sections)


def _question(scenario: Scenario) -> str:
    return (
        f"Marketing proposes to move social media from {value_text(scenario, 'social_share_start')} to "
        f"{value_text(scenario, 'social_share_target')} of the marketing budget within "
        f"{value_text(scenario, 'ramp_years')} years"
        f"{' and to train the social team' if scenario.values['training_programme'] else ''}. What does that "
        f"return against holding the share where it is, over {years(scenario.horizon_years)}, how sure is it, and "
        "where does each number come from?"
    )


def _truths(projection: Projection, findings: Findings) -> tuple[str, ...]:
    """The break-evens that the evidence leaves open, the widest swing first."""
    order = {bar.name: place for place, bar in enumerate(findings.bars)}
    open_ones = sorted(
        (item for item in findings.must_be_true if item.within_evidence), key=lambda item: order[item.name]
    )
    if not open_ones:
        return ("No single uncertain input turns the result within the range of its evidence.",)
    bars = {bar.name: bar for bar in findings.bars}
    rising = {name: bar.npv_high > bar.npv_low for name, bar in bars.items()}
    listed = tuple(_truth(projection.scenario, item, rising[item.name]) for item in open_ones[:_MOST_TRUTHS])
    more = len(open_ones) - len(listed)
    end = (f"{more} more inputs, which move the result less, also decide it within their evidence.",) if more else ()
    return ("Each of these must hold for the plan to pay, everything else as assumed:", *listed, *end)


def _truth(scenario: Scenario, item: MustBeTrue, rising: bool) -> str:
    assumption, text = ASSUMPTIONS[item.name], scenario.format
    low, high = (text.plain(end, assumption.unit) for end in (item.evidence.low, item.evidence.high))
    roots = " and ".join(text.rounded(root, assumption.unit) for root in item.break_even)
    side = "at least" if rising else "at most"
    return (
        f"{assumption.label}: {side} {roots}; assumed {value_text(scenario, item.name)}, "
        f"the evidence gives {low} to {high} (grade {assumption.grade_text})."
    )


def _moved(projection: Projection) -> str:
    """Which way money moves between social media and the other channels, and what that does to the latter."""
    text, extra = projection.scenario.format, projection.metrics["total_extra_social_spend"] or 0.0
    lost = projection.bridge["lost_other_contribution"]
    amount, value = (text.rounded(abs(money), METRICS["npv"].unit) for money in (extra, lost))
    part = value_text(projection.scenario, "reallocated_share")
    if extra < 0:
        return (
            f"Social media gets {amount} less over the horizon than if the share is held, {part} of it given to "
            f"other channels, which then bring {value} more contribution (present value)."
        )
    return (
        f"Social media gets {amount} more over the horizon than if the share is held, {part} of it taken from other "
        f"channels, which then bring {value} less contribution (present value)."
    )


def _costs(projection: Projection) -> tuple[str, ...]:
    scenario, metrics = projection.scenario, projection.metrics

    def shown(name: str) -> str:
        return scenario.format.rounded(metrics[name] or 0.0, METRICS[name].unit)

    programme = f"Training, partner and leadership seat cost {shown('total_programme_cost')} before tax."
    peak = f"The most the plan is ever out of pocket is {shown('peak_funding')}."
    return (_moved(projection), programme if metrics["total_programme_cost"] else "", peak)


def _risks(projection: Projection) -> tuple[str, ...]:
    left_out = (
        "The model leaves out: what competence is worth after the last year, and brand effects beyond the "
        "carry-over of advertising (both understate the plan); the reaction of competitors (overstates it); "
        "differences between other channels, and between the social team and the company's average (either way)."
    )
    return extrapolation(projection.scenario, projection.lines), left_out


def _warnings(scenario: Scenario) -> tuple[str, ...]:
    """The warning of each source behind what the scenario decides on most."""
    wanted = ["article-2026-forecast"]
    if scenario.values["training_programme"] and scenario.values["benefit_route"] == "per_employee":
        wanted += ["astd-2000", "training-causal"]
    wanted.append("facebook-rcts")
    return tuple(f"{SOURCES[id_].title} (grade {SOURCES[id_].grade}): {SOURCES[id_].warning}" for id_ in wanted)


def _notes(scenario: Scenario) -> tuple[str, ...]:
    changed: Mapping[str, object] = scenario.assumptions
    return tuple(
        f"{ASSUMPTIONS[name].label}: {value_text(scenario, name)} instead of "
        f"{scenario.format.plain(ASSUMPTIONS[name].default, ASSUMPTIONS[name].unit)}"
        + (f". {scenario.notes[name]}" if name in scenario.notes else ".")
        for name in changed
    )
