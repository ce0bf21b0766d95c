"""The PowerPoint deck: the answer with its caveat, in native charts and tables that can be edited by hand.

`build` is all that others need. No browser takes part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model.metrics import METRICS
from model.projection import Projection
from model.telling.caveats import extrapolation
from model.uncertainty.sensitivity import Bar
from report.deck.canvas import Deck
from report.deck.comparison import comparison_slide
from report.deck.evidence import assumption_slides, source_slides, truth_slide
from report.deck.slides import (
    answer_slide,
    bridge_slide,
    cash_slide,
    cost_slide,
    make_up_slide,
    nothing_slide,
    odds_slide,
    opening_slide,
    plan_slide,
    text_slides,
)
from report.material import Material
from report.words.evidence import how_good_the_evidence_is
from report.words.narrative import in_a_row
from report.words.proposal import Section, further_costs, text_of

QUESTION, ANSWER, ODDS, COSTS = "The question", "The answer", "How sure it is", "What it costs"
# Told by a table where nobody has edited them.
_IN_TABLES = ("What must be true", "Changes made to the assumptions, and why")


def build(materials: Sequence[Material], text: Sequence[Section] | None = None) -> bytes:
    """The deck of the first scenario, compared with the others; `text` is the proposal as a person edited it.

    The same results give the same bytes. Raises ValueError where the first scenario was not simulated.
    """
    first = materials[0]
    if first.simulation is None or first.found is None:
        raise ValueError("a deck shows the odds, so it needs a simulation: ask for draws")
    plan, drawn = first.projection, first.simulation
    written, sections = text_of(first, None), text_of(first, text)
    paragraphs = {section.title: section.paragraphs for section in sections}
    deck = Deck(plan, first.today)
    opening_slide(deck, paragraphs.get(QUESTION, ()))
    answer_slide(deck, paragraphs.get(ANSWER, ()), drawn, first.bars)
    plan_slide(deck)
    make_up_slide(deck, first)
    if any(plan.bridge.values()):
        bridge_slide(deck)
        cash_slide(deck)
        odds_slide(deck, paragraphs.get(ODDS, ()), drawn)
        truth_slide(deck, first.found)
    else:
        nothing_slide(deck)
    if len(materials) > 1:
        comparison_slide(deck, materials)
    messages = _messages(plan, first.bars)
    for section in sections:
        if section.title in (QUESTION, ANSWER, ODDS) or (section.title in _IN_TABLES and section in written):
            continue
        slides = cost_slide if section.title == COSTS else text_slides
        slides(deck, section, messages.get(section.title, ""))
    assumption_slides(deck)
    source_slides(deck)
    return deck.finish()


def _messages(projection: Projection, bars: Sequence[Bar]) -> Mapping[str, str]:
    """What the text's own sections come to, in a title each."""
    shown, metrics = projection.scenario.format, projection.metrics
    extra, cost = metrics["total_extra_social_spend"] or 0.0, metrics["total_programme_cost"] or 0.0
    parts = [f"{shown.signed(extra, METRICS['npv'].unit)} for social media"] if extra else []
    if cost:
        parts.append(f"{shown.rounded(cost, METRICS['npv'].unit)} for the programme")
    further = sum(further_costs(projection).values())
    if further:
        parts.append(f"{shown.rounded(further, METRICS['npv'].unit)} of further costs")
    beyond = extrapolation(projection.scenario, projection.lines)
    return {
        COSTS: in_a_row(parts) if parts else "Holding costs nothing",
        "Risks": "The plan goes beyond what was observed" if beyond else "What the model leaves out",
        "Evidence and its limits": how_good_the_evidence_is(bars),
    }
