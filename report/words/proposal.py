"""The proposal text, written from the numbers in plain business English; a person may edit it before export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from model.assumptions import ASSUMPTIONS
from model.choice.findings import Findings
from model.choice.must_be_true import MustBeTrue
from model.evidence.sources import SOURCES
from model.lines import LINES
from model.metrics import FURTHER_COSTS, METRICS
from model.projection import Projection
from model.reading.texts import as_lines, as_shown, writable
from model.scenario import Scenario
from model.telling.basis import default_text
from model.telling.budget import budget_of
from model.telling.budget.items import TIME
from model.telling.caveats import caveats, extrapolation
from model.telling.left_out import by_direction
from model.telling.measurement import SPENT, WORTH
from model.telling.one_line import pay_beside_media, what_decides
from model.uncertainty.conservative_case import Remains
from model.uncertainty.simulation import Simulation
from model.units import LEAST_MONEY, MONEY, Style
from report.material import Material
from report.words.comparison import others_in_words
from report.words.conservative_case import CONSERVATIVE, MEANING, what_remains
from report.words.decision import DECISION, TRUTHS, decision, decision_paragraphs, must_hold
from report.words.evidence import caveat
from report.words.narrative import answer, in_a_row, odds_in_words, share_sought, taken, worth_finding_out
from report.words.stamp import all_amounts, in_one_line, years
from report.words.values import assumed, dearest_year, step_label

# Headings of the text by which files find its sections.
QUESTION, ANSWER = "The question", "The answer"
_MOST_TRUTHS = 5
# How a line begins that says whose numbers a text file holds.
STAMP = "Stamp of this file: "


@dataclass(frozen=True)
class Section:
    """A heading and its paragraphs, plain text."""

    title: str
    paragraphs: tuple[str, ...]


def proposal(material: Material) -> tuple[Section, ...]:
    """The whole text: question, decision, answer, odds, what must be true, costs, risks, evidence; none empty.

    Raises ValueError where the scenario was not simulated.
    """
    simulation, found = material.simulated
    projection, scenario = material.projection, material.scenario
    sections = (
        Section(QUESTION, (_question(scenario),)),
        Section(DECISION, decision_paragraphs(decision(material))),
        Section(ANSWER, _answer(projection, simulation, material.today)),
        Section("How sure it is", (odds_in_words(simulation), worth_finding_out(simulation, found))),
        Section(TRUTHS, _truths(projection, found)),
        Section("What it costs", _costs(material.dated)),
        Section("What it is worth", _worth(projection, material.today)),
        Section("Risks", _risks(projection)),
        Section(
            "Evidence and its limits",
            (caveat(projection, found.bars), _remaining(material.remains), *_warnings(scenario)),
        ),
        Section("Changes made to the assumptions, and why", _notes(scenario)),
    )
    kept = (Section(item.title, tuple(filter(None, item.paragraphs))) for item in sections)
    return tuple(section for section in kept if section.paragraphs)


def _answer(projection: Projection, simulation: Simulation, today: date | None) -> tuple[str, ...]:
    """The answer, what must be true for it, how it comes about, what the budget pays, and what to beware of."""
    told = answer(projection, simulation, today)
    means = (what_decides(projection), told.detail, pay_beside_media(projection))
    return (told.sentence, *means, *caveats(projection))


def edited_decision(material: Material, text: Sequence[Section] | None) -> Section | None:
    """The section on the decision as a person wrote it, in place of what is decided when; None if nobody did."""
    written = text_of(material, None)
    return next((item for item in text_of(material, text) if item.title == DECISION and item not in written), None)


def text_of(material: Material, edited: Sequence[Section] | None) -> tuple[Section, ...]:
    """The text as edited, or else as written from the numbers; empty where that lacks a simulation."""
    if edited is not None:
        return tuple(edited)
    if material.simulation is None:
        return ()
    return proposal(material)


def text_alone(materials: Sequence[Material], edited: Sequence[Section] | None) -> tuple[Section, ...]:
    """As `text_of`, for a file without tables that compare: what is written of several tells of the others too.

    A text as edited stays as it is.
    """
    sections = text_of(materials[0], edited)
    if edited is not None or not sections or len(materials) < 2:
        return sections
    return (*sections, Section("Compared with", others_in_words(materials)))


def as_text(sections: tuple[Section, ...]) -> str:
    """The text as a person edits it: headings marked with #, paragraphs apart by empty lines."""
    return "\n\n".join("\n\n".join((f"# {section.title}", *section.paragraphs)) for section in sections) + "\n"


def as_file(sections: tuple[Section, ...], materials: Sequence[Material]) -> str:
    """The text as a file: at its end, for each scenario, whose numbers these are."""
    ends = (f"{STAMP}{in_one_line(one.projection, one.today)}" for one in materials)
    return as_shown("\n".join((as_text(sections), *ends))) + "\n"


def from_text(text: str) -> tuple[Section, ...]:
    """The sections of an edited text, without a file's stamp; what stands before the first heading has none."""
    sections: list[tuple[str, list[str]]] = []
    lines = (line for line in as_lines(text).split("\n") if not line.startswith(STAMP))
    for block in (part.strip() for part in writable("\n".join(lines)).split("\n\n")):
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
    sought = [share_sought(scenario), *(measure.proposed for measure in taken(scenario))]
    return (
        f"Marketing proposes to {in_a_row(sought)}. What does that return against holding the "
        f"share where it is, over {years(scenario.horizon_years)}, how sure is it, and "
        "where does each number come from?"
    )


def _truths(projection: Projection, findings: Findings) -> tuple[str, ...]:
    """The break-evens within their ranges, the widest swing first."""
    open_ones = [item for item in findings.truths if item.within_range]
    if not open_ones:
        return ("No single uncertain input turns the result within its range.",)
    bars = {bar.name: bar for bar in findings.bars}
    rising = {name: bar.npv_high > bar.npv_low for name, bar in bars.items()}
    listed = tuple(_truth(projection.scenario, item, rising[item.name]) for item in open_ones[:_MOST_TRUTHS])
    more = len(open_ones) - len(listed)
    end = f"{more} more inputs, which move the result less, also decide it within their ranges."
    if more == 1:
        end = "One more input, which moves the result less, also decides it within its range."
    return (must_hold(projection, len(open_ones)), *listed, end if more else "")


def _truth(scenario: Scenario, item: MustBeTrue, rising: bool) -> str:
    assumption, text = ASSUMPTIONS[item.name], scenario.format
    low, high = (text.plain(end, assumption.unit) for end in (item.range.low, item.range.high))
    roots = " and ".join(text.rounded(root, assumption.unit) for root in item.break_even)
    side = "at least" if rising else "at most"
    return (
        f"{assumption.short_label}: {side} {roots}; {assumed(scenario, item.name)}, "
        f"{'this plan takes' if item.own else f'{assumption.range_giver} gives'} {low} to {high} "
        f"(grade {assumption.grade_text})."
    )


def _moved(projection: Projection) -> str:
    """Which way money moves between social media and the other channels, and what that does to the latter."""
    text, extra = projection.scenario.format, projection.metrics["total_extra_social_spend"] or 0.0
    lost = float(projection.lines["lost_other_contribution"].sum())
    moved, value = (text.rounded(abs(money), MONEY) for money in (extra, lost))
    part = projection.scenario.stated("reallocated_share")
    if extra == 0:
        return "Social media gets as much over the horizon as if the share is held."
    if projection.scenario.number("reallocated_share") == 0:
        change, money = ("less", "saved") if extra < 0 else ("more", "new money")
        return f"Social media gets {moved} {change} over the horizon than if the share is held, all of it {money}."
    change, way = ("less", "given to other") if extra < 0 else ("more", "taken from other")
    return (
        f"Social media gets {moved} {change} over the horizon than if the share is held, {part} of it {way} "
        f"channels, which then bring {value} {'less' if lost > 0 else 'more'} contribution."
    )


def further_costs(projection: Projection) -> Mapping[str, float]:
    """By label what the plan costs before tax beside the money moved and the programme; costs of zero left out."""
    costs = {LINES[name].label: float(projection.lines[name].sum()) for name in FURTHER_COSTS}
    return {label: cost for label, cost in costs.items() if cost}


def _costs(projection: Projection) -> tuple[str, ...]:
    """What is to be spent, all of it undiscounted and before tax, which the first sentence says."""
    scenario, metrics = projection.scenario, projection.metrics
    if not any(projection.lines[name].any() for name in ("commitment", "lost_other_contribution")):
        return (_moved(projection),)

    def shown(name: str) -> str:
        return scenario.format.rounded(metrics[name] or 0.0, METRICS[name].unit)

    programme = ""
    if metrics["total_programme_cost"]:
        parts = [measure.itself for measure in taken(scenario)]
        verb = "cost" if len(parts) > 1 else "costs"
        programme = (
            f"{in_a_row(parts).capitalize()} {verb} {shown('total_programme_cost')}{_of_it_time(projection)}."
        )
    further = (
        f"{label}: {scenario.format.rounded(cost, MONEY)}." for label, cost in further_costs(projection).items()
    )
    most = f"The most that has to be released for one plan year is {shown('yearly_commitment')}, all told"
    most += f" ({dearest_year(projection)})."
    if not metrics["yearly_commitment"]:
        most = "No year of the plan asks for more money than holding."
    return (all_amounts(SPENT, scenario), _moved(projection), programme, *further, most, _whole_people(projection))


def _whole_people(projection: Projection) -> str:
    """What paying whole people would cost above what is told; empty where nobody is added."""
    people = budget_of(projection).headcount
    extra = people.statement.by_name["whole_payroll_extra"].total or 0.0
    if extra < LEAST_MONEY or not people.joinings:
        return ""
    told = projection.scenario.format.rounded(extra, MONEY)
    return (
        f"The team counts in full-time equivalents; whole people, paid from the month they join, take {told} more."
    )


def _of_it_time(projection: Projection) -> str:
    """How much of the programme's cost is working time; empty where none is."""
    time = float(sum(projection.lines[name].sum() for name in TIME))
    told = projection.scenario.format.rounded(time, MONEY)
    return f", of it {told} for working time that pay already covers" if time else ""


def _worth(projection: Projection, today: date | None) -> tuple[str, ...]:
    """What the plan is worth and how that comes about, in present values; none where it changes nothing."""
    scenario, text, metrics = projection.scenario, projection.scenario.format, projection.metrics
    steps = {step_label(name, value): value for name, value in projection.bridge.items() if value}
    if not steps:
        return ()
    added = "; ".join(f"{label} {text.signed(value, MONEY)}" for label, value in steps.items())
    npv = text.signed(metrics["npv"] or 0.0, MONEY)
    return (
        all_amounts(WORTH, scenario, today),
        f"{added}. Together that is a net present value of {npv}.",
        returns_in_words(projection),
    )


_OUTLAY = "The outlay is what the plan lays out in money and working time; what other channels lose is left out."
_LAID_OUT = {"roi": ("pv_costs", "all costs"), "roi_on_outlay": ("pv_outlay", "the outlay")}


def returns_in_words(projection: Projection) -> str:
    """What the plan returns on all its costs and on the outlay alone, present values all."""
    return " ".join((*(_return(projection, name) for name in _LAID_OUT), _OUTLAY))


def _return(projection: Projection, name: str) -> str:
    """A return on investment in a sentence, or why there is none."""
    value, (base, on) = projection.metrics[name], _LAID_OUT[name]
    if value is None:
        return f"There is no ROI on {on}: {projection.undefined[name]}."
    text = projection.scenario.format
    invested = text.rounded(projection.metrics[base] or 0.0, METRICS[base].unit)
    return f"The ROI on {on}, {invested}, is {text.rounded(value, METRICS[name].unit)}."


def _risks(projection: Projection) -> tuple[str, ...]:
    left_out = (f"{direction}: {' '.join(sentences)}" for direction, sentences in by_direction().items())
    return (
        extrapolation(projection.scenario, projection.lines),
        "The model leaves out the following; it is said which way that turns the result:",
        *left_out,
    )


def _remaining(found: Remains) -> str:
    """What remains in the conservative case, with what that is; empty where there is nothing to decide."""
    if not any(found.plan.bridge.values()):
        return ""
    return f"{CONSERVATIVE}: {what_remains(found)} {MEANING}"


def _warnings(scenario: Scenario) -> tuple[str, ...]:
    """The warning of each source behind what the scenario decides on most."""
    wanted = ["article-2026-forecast"]
    if "training_programme" in scenario.measures and scenario.values["benefit_route"] == "per_employee":
        wanted += ["astd-2000", "training-causal"]
    if scenario.values["social_return_basis"] == "platform":
        wanted.append("facebook-rcts")
    else:
        wanted += ASSUMPTIONS["social_relative_return"].source
    told = (f"{SOURCES[id_].title} (grade {SOURCES[id_].grade}): {SOURCES[id_].warning}" for id_ in wanted)
    return tuple(map(scenario.format.localised, told))


def _notes(scenario: Scenario) -> tuple[str, ...]:
    """What was changed, given a range of its own or noted on, other amounts, and what is drawn together."""
    changed = {*scenario.assumptions, *scenario.ranges, *scenario.notes}
    together = (
        f"{ASSUMPTIONS[one].short_label} and {ASSUMPTIONS[other].short_label} are drawn together, with a rank "
        f"correlation of {scenario.format.number(strength, 2)}."
        for one, other, strength in scenario.correlations
    )
    stated = (f"{words}; nominal, before tax, against holding." for words in scenario.other_in_words)
    return (*(_note(scenario, name) for name in ASSUMPTIONS if name in changed), *stated, *together)


def _note(scenario: Scenario, name: str) -> str:
    item = ASSUMPTIONS[name]
    default = f" instead of {default_text(scenario, item)}"
    # A number without sign or currency has its unit beside the label.
    label = item.unit.beside(item.label, scenario.currency) if item.unit.style is Style.NUMBER else item.label
    stated = f"{label}: {scenario.stated(name)}{default if name in scenario.assumptions else ''}."
    # A note is one paragraph, whatever lines it was typed in.
    return " ".join((stated, *_own_range(scenario, name), *scenario.notes.get(name, "").split()))


def _own_range(scenario: Scenario, name: str) -> tuple[str, ...]:
    """What the plan says of how uncertain an assumption is, where that is not the declared range."""
    if name not in scenario.ranges:
        return ()
    item, unit = scenario.ranges[name], ASSUMPTIONS[name].unit
    if item is None:
        return ("Taken as certain.",)
    low, likely, high = (scenario.format.plain(end, unit) for end in (item.low, item.likely, item.high))
    peak = f", likely {likely}" if item.distribution.peaks else ""
    often = " in nine cases of ten" if item.distribution.ends_are_percentiles else ""
    return (f"Drawn from {low} to {high}{peak}{often} ({item.distribution.words}).",)
