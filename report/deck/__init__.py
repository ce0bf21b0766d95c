"""The PowerPoint deck: a short story to decide on, and the appendices that back it, in native charts and tables.

`build` is all that others need. No browser takes part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from model.metrics import METRICS
from model.projection import Projection
from model.telling.caveats import extrapolation
from model.uncertainty.sensitivity import Bar
from report.deck.appendix.budget import budget_slides, headcount_slide, profit_slide
from report.deck.appendix.evidence import assumption_slides, source_slides
from report.deck.appendix.skills import skills_slides
from report.deck.canvas import Deck
from report.deck.comparison import comparison_slide, comparison_tables
from report.deck.decision import decision_slide, truth_slide
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
from report.signatories import NOBODY, Signatories
from report.tables.decide.told import answers_of
from report.words.decision import DECISION, TRUTHS, decision
from report.words.evidence import how_good_the_evidence_is
from report.words.narrative import in_a_row
from report.words.proposal import ANSWER, QUESTION, Section, further_costs, text_of

ODDS, COSTS = "How sure it is", "What it costs"
# Told by a slide of their own where nobody has edited them.
_IN_TABLES = (DECISION, TRUTHS, "What it is worth", "Changes made to the assumptions, and why")
# What of the text stands in the story.
_IN_STORY = (QUESTION, DECISION, ANSWER, ODDS, COSTS)


def build(
    materials: Sequence[Material], text: Sequence[Section] | None = None, signatories: Signatories = NOBODY
) -> bytes:
    """The deck of the first scenario, compared with the others; `text` is the proposal as a person edited it.

    The story comes first, then a divider, then all that backs it. The same results give the same bytes. Raises
    ValueError where the first scenario was not simulated.
    """
    first = materials[0]
    if first.simulation is None:
        raise ValueError("a deck shows the odds, so it needs a simulation: ask for draws")
    written = text_of(first, None)
    # What was edited, and what no slide tells by itself.
    told = written if text is None else text_of(first, text)
    sections = [item for item in told if item.title not in _IN_TABLES or item not in written]
    deck = Deck(first.projection, first.today)
    further = _story(deck, materials, {section.title: section.paragraphs for section in sections}, signatories)
    deck.divider("Appendices", "What backs the story: plan and spend, text, tables, assumptions, sources.")
    _appendices(deck, materials, [*further, *(item for item in sections if item.title not in _IN_STORY)])
    return deck.finish()


def _story(
    deck: Deck, materials: Sequence[Material], text: Mapping[str, Sequence[str]], signatories: Signatories
) -> list[Section]:
    """The slides for those who decide, at most ten beside those of what was asked and of gates.

    Returns the text that has no room on them.
    """
    first = materials[0]
    drawn, found = first.simulated
    rest = {
        QUESTION: opening_slide(deck, text.get(QUESTION, ())),
        DECISION: decision_slide(
            deck, decision(first), first.made_with, signatories, text.get(DECISION), answers_of(first)
        ),
        ANSWER: answer_slide(deck, text.get(ANSWER, ()), drawn, first.bars),
    }
    if any(deck.projection.bridge.values()):
        truth_slide(deck, found)
        bridge_slide(deck)
        cash_slide(deck)
        rest[ODDS] = odds_slide(deck, text.get(ODDS, ()), drawn)
    else:
        nothing_slide(deck)
    rest[COSTS] = cost_slide(deck, COSTS, text.get(COSTS, ()), cost_message(deck.projection))
    if len(materials) > 1:
        comparison_slide(deck, materials)
    return [Section(f"{title}, continued", tuple(words)) for title, words in rest.items() if words]


def _appendices(deck: Deck, materials: Sequence[Material], sections: Iterable[Section]) -> None:
    """Everything that backs the story."""
    first = materials[0]
    plan_slide(deck)
    make_up_slide(deck, first)
    budget_slides(deck, first)
    headcount_slide(deck, first)
    profit_slide(deck, first)
    if len(materials) > 1:
        comparison_tables(deck, materials)
    messages = _messages(deck.projection, first.bars)
    for section in sections:
        text_slides(deck, section, messages.get(section.title, ""))
    skills_slides(deck, first)
    assumption_slides(deck)
    source_slides(deck)


def cost_message(projection: Projection) -> str:
    """What the plan costs, in a few words."""
    shown, metrics = projection.scenario.format, projection.metrics
    extra, cost = metrics["total_extra_social_spend"] or 0.0, metrics["total_programme_cost"] or 0.0
    parts = [f"{shown.signed(extra, METRICS['npv'].unit)} for social media"] if extra else []
    if cost:
        parts.append(f"{shown.rounded(cost, METRICS['npv'].unit)} for the programme")
    further = sum(further_costs(projection).values())
    if further:
        parts.append(f"{shown.rounded(further, METRICS['npv'].unit)} of further costs")
    return in_a_row(parts) if parts else "Holding costs nothing"


def _messages(projection: Projection, bars: Sequence[Bar]) -> Mapping[str, str]:
    """What the text's own sections come to, in a title each."""
    beyond = extrapolation(projection.scenario, projection.lines)
    return {
        "Risks": "The plan goes beyond what was observed" if beyond else "What the model leaves out",
        "Evidence and its limits": how_good_the_evidence_is(bars),
    }
