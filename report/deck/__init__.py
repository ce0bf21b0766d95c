"""The PowerPoint deck: the answer with its caveat, in native charts and tables that can be edited by hand.

`build` is all that others need. No browser takes part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from model.assumptions import ASSUMPTIONS, Kind
from model.choice.findings import Findings, findings
from model.metrics import METRICS
from model.projection import Projection, project
from model.scenario import Scenario
from model.telling.caveats import extrapolation, weak_beliefs
from model.uncertainty.simulation import Simulation
from report.deck.canvas import Deck
from report.deck.comparison import comparison_slide
from report.deck.evidence import assumption_slides, source_slides, truth_slide
from report.deck.slides import (
    answer_slide,
    bridge_slide,
    cash_slide,
    cost_slide,
    nothing_slide,
    odds_slide,
    opening_slide,
    plan_slide,
    text_slides,
)
from report.side_by_side import check_together
from report.words.narrative import in_a_row
from report.words.proposal import Section, further_costs, proposal

QUESTION, ANSWER, ODDS, COSTS = "The question", "The answer", "How sure it is", "What it costs"
# Told by a table where nobody has edited them.
_IN_TABLES = ("What must be true", "Changes made to the assumptions, and why")


def build(
    scenarios: Sequence[Scenario],
    *,
    today: date,
    simulations: Sequence[Simulation],
    text: Sequence[Section] | None = None,
    found: Findings | None = None,
) -> bytes:
    """The deck of the first scenario, compared with up to five others.

    `simulations` must hold the first scenario's; `text` is the proposal as a person edited it; `found` saves
    computing the findings of the first simulation again. The same arguments give the same bytes. Raises ValueError
    for another number of scenarios, for a simulation of none of them, and where the first scenario's is missing.
    """
    drawn = _simulation_of(scenarios, simulations)
    found = found or findings(drawn)
    everything = [found.plan, *(project(scenario) for scenario in scenarios[1:])]
    written = proposal(found.plan, drawn, found)
    sections = written if text is None else tuple(text)
    paragraphs = {section.title: section.paragraphs for section in sections}
    deck = Deck(found.plan, today)
    opening_slide(deck, paragraphs.get(QUESTION, ()))
    answer_slide(deck, paragraphs.get(ANSWER, ()), drawn)
    plan_slide(deck)
    if any(found.plan.bridge.values()):
        bridge_slide(deck)
        cash_slide(deck)
        odds_slide(deck, paragraphs.get(ODDS, ()), drawn)
        truth_slide(deck, found)
    else:
        nothing_slide(deck)
    if len(everything) > 1:
        comparison_slide(deck, everything, simulations)
    messages = _messages(found.plan)
    for section in sections:
        if section.title in (QUESTION, ANSWER, ODDS) or (section.title in _IN_TABLES and section in written):
            continue
        slides = cost_slide if section.title == COSTS else text_slides
        slides(deck, section, messages.get(section.title, ""))
    assumption_slides(deck)
    source_slides(deck)
    return deck.finish()


def _simulation_of(scenarios: Sequence[Scenario], simulations: Sequence[Simulation]) -> Simulation:
    """The first scenario's simulation."""
    check_together("deck", scenarios, simulations)
    first = next((item for item in simulations if item.scenario == scenarios[0]), None)
    if first is None:
        raise ValueError("a deck shows the odds, so it needs a simulation: ask for draws")
    return first


def _messages(projection: Projection) -> Mapping[str, str]:
    """What the text's own sections come to, in a title each."""
    shown, metrics = projection.scenario.format, projection.metrics
    extra, cost = metrics["total_extra_social_spend"] or 0.0, metrics["total_programme_cost"] or 0.0
    parts = [f"{shown.signed(extra, METRICS['npv'].unit)} for social media"] if extra else []
    if cost:
        parts.append(f"{shown.rounded(cost, METRICS['npv'].unit)} for the programme")
    further = sum(further_costs(projection).values())
    if further:
        parts.append(f"{shown.rounded(further, METRICS['npv'].unit)} of further costs")
    beliefs = sum(item.kind is Kind.BELIEF for item in ASSUMPTIONS.values())
    beyond = extrapolation(projection.scenario, projection.lines)
    return {
        COSTS: in_a_row(parts) if parts else "Holding costs nothing",
        "Risks": "The plan goes beyond what was observed" if beyond else "What the model leaves out",
        "Evidence and its limits": f"{len(weak_beliefs())} of {beliefs} beliefs rest on weak evidence, grade C or D",
    }
