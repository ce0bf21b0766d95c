"""The slides that answer: opening, answer with its caveat, plan and spend, value bridge, cash, odds, text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.shapes import MSO_SHAPE

from model.metrics import METRICS
from model.projection import Projection
from model.telling.caveats import caveats
from model.telling.measurement import IN_CASH, SPENT, WORTH
from model.telling.one_line import beside_the_answer, pay_beside_media, team_and_its_pay
from model.telling.tables import fiscal_year_words
from model.uncertainty.sensitivity import Bar
from model.uncertainty.simulation import Simulation
from model.units import MONEY, RATIO
from report.charts.budget import share_message, spend_by_year
from report.charts.budget_make_up import make_up_message
from report.charts.drawing.simulated import calm
from report.charts.drawing.theme import LIGHT
from report.charts.returns import cash_message, value_message
from report.deck.canvas import Deck
from report.deck.odds import odds_chart, percentile
from report.deck.plots import bridge_chart, cash_chart, cost_chart, make_up_chart, share_chart, spend_chart
from report.deck.text import LINE, POINTS, clipped, fitting, height, pages, plain
from report.deck.write import BODY, BODY_BOX, BOTTOM, EDGE, PALE, ROOM, TOP, Box, TextRun, flat, rgb, write
from report.material import Material
from report.words.evidence import caveat
from report.words.narrative import NOTHING_TO_DECIDE, answer, worth_basis
from report.words.odds import below, odds_in_100
from report.words.payback import payback_odds
from report.words.proposal import Section, returns_in_words
from report.words.stamp import SEPARATOR, all_amounts, in_full
from report.words.values import beside_break_even

_CARD_TALL, _CARDS = 1.62, 6
_CARD_GAP = 0.1
_ANSWER_TALL, _CAVEAT_TOP = 1.62, 5.16
_BOLD_TALL, _SIDE = 0.9, 3.45
_RETURNS = 14.0
_HEADING_TALL = 0.32


def opening_slide(deck: Deck, question: Sequence[str]) -> list[str]:
    """What is proposed, and the question that the deck answers; returns what of it does not fit."""
    scenario = deck.projection.scenario
    told = answer(deck.projection, today=deck.today).sentence
    slide = deck.opening(plain(scenario.name), scenario.description or told, "Social media: budget and return")
    room = Box(1.1, 4.85, 10.6, 1.15)
    words, rest = fitting(question, 14, room.width, room.height)
    if words:
        write(slide, room, words, 14, name="Question")
    return rest


def answer_slide(deck: Deck, paragraphs: Sequence[str], simulation: Simulation, bars: Sequence[Bar]) -> list[str]:
    """The answer, the key metrics, and what to beware of; returns what does not fit."""
    projection, scenario = deck.projection, deck.projection.scenario
    heading = f"{in_full(WORTH, scenario, deck.today)}{SEPARATOR}{deck.scenario_line}"
    slide = deck.slide(value_message(projection), "The answer", heading)
    warnings = caveats(projection)
    # The heading says the basis.
    basis = worth_basis(scenario, deck.today)
    own = [text.replace(basis, "") for text in paragraphs if text not in warnings]
    # A text as edited may lack them.
    own[1:1] = [line for line in beside_the_answer(projection) if line not in own]
    size = next((size for size in (16.0, 13.0) if height(own, size, ROOM) <= _ANSWER_TALL), 12.0)
    words, rest = fitting(own, size, ROOM, _ANSWER_TALL)
    if words:
        first = TextRun(words[0], bold=height(words[:1], size, ROOM, True) <= _BOLD_TALL)
        lead: list[str | TextRun] = [first, *words[1:]]
        write(slide, Box(EDGE, TOP, ROOM, _ANSWER_TALL), lead, size, name="Answer")
    _cards(slide, projection, simulation)
    beware = [*warnings, *filter(None, [caveat(projection, bars)])]
    if beware:
        rest = [*rest, *_caveat_box(slide, beware, len(warnings))]
    return rest


def _caveat_box(slide: Any, beware: Sequence[str], alarming: int) -> list[str]:
    """What to beware of below the metrics; returns what did not fit."""
    tall, room = BOTTOM - _CAVEAT_TOP - 0.24, ROOM - 0.5
    size = 14.0 if height(beware, 14, room) <= tall else 12.0
    words, rest = fitting(beware, size, room, tall)
    _panel(slide, Box(EDGE, _CAVEAT_TOP, ROOM, BOTTOM - _CAVEAT_TOP), LIGHT.warning)
    shown = [TextRun(text, place < alarming, LIGHT.warning if place < alarming else LIGHT.text)
             for place, text in enumerate(words)]  # fmt: skip
    write(slide, Box(EDGE + 0.28, _CAVEAT_TOP + 0.12, room, tall), shown, size, name="Caveat", middle=True)
    return rest


def _panel(slide: Any, box: Box, color: str) -> None:
    """A pale ground with a bar at its left."""
    for place, filled in ((box, PALE), (Box(box.left, box.top, 0.07, box.height), color)):
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *place.emu)
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(filled)
        shape.line.fill.background()
        flat(shape)
        shape.name = "Panel"


def _cards(slide: Any, projection: Projection, simulation: Simulation) -> None:
    wide = (ROOM - (_CARDS - 1) * _CARD_GAP) / _CARDS
    top = TOP + _ANSWER_TALL + 0.1
    for place, (label, value, remark) in enumerate(key_figures(projection, simulation)):
        left = EDGE + place * (wide + _CARD_GAP)
        _panel(slide, Box(left, top, wide, _CARD_TALL), LIGHT.accent)
        inner = wide - 0.24
        for offset, tall, text, size, lines, bold, color in (
            (0.1, 0.22, label, 10.5, 1, False, LIGHT.muted),
            (0.34, 0.36, value, 19.0, 1, True, LIGHT.text),
            (0.76, 0.82, remark, 10.5, 4, False, LIGHT.muted),
        ):
            while size > 9 and clipped(text, size, inner, lines, bold) != plain(text):
                size -= 0.5
                lines = min(5, int(tall / (LINE * size / POINTS)))
            words = TextRun(clipped(text, size, inner, lines, bold), bold, color)
            write(slide, Box(left + 0.16, top + offset, inner, tall), [words], size, name="Figure")


def key_figures(projection: Projection, simulation: Simulation) -> tuple[tuple[str, str, str], ...]:
    """The six figures that the answer rests on: label, value with its unit, what to compare it with."""
    text, metrics = projection.scenario.format, projection.metrics

    def shown(name: str) -> str:
        value, unit = metrics[name], METRICS[name].unit
        if value is None:
            return "–"
        return f"month {value:.0f}" if unit.whole else text.rounded(value, unit)

    def remark(name: str, words: str) -> str:
        return projection.undefined.get(name, words)

    low = percentile(simulation, 10)
    moved = bool(simulation.metrics["npv"].any())
    odds = odds_in_100(simulation.odds_of_gain).removesuffix(" odds") if moved else "–"
    spread = "nothing to gain, nothing to lose"
    if moved and low is not None:
        below = text.signed(low.value, MONEY, low.error)
        spread = "every case ends alike" if calm(simulation) else f"one case in ten ends below {below}"
    month = metrics["payback_month"]
    back, most = payback_odds(projection, simulation) or ("", "")
    within = f"of {projection.months}, not discounted" + (f"; within them in {back}" if back else "")
    return (
        (METRICS["npv"].label, shown("npv"), _after_effect(projection)),
        ("Odds of a gain", odds, spread),
        (METRICS["payback_month"].label, "none needed" if month == 0 else shown("payback_month"), remark(
            "payback_month", "never out of pocket" if month == 0 else within
        )),
        (METRICS["peak_funding"].label, text.rounded(abs(metrics["peak_funding"] or 0.0), MONEY),
         f"not discounted; {most or 'the most the plan is ever out of pocket'}"),
        *((METRICS[name].label, shown(name), remark(name, beside_break_even(projection, name)))
          for name in ("break_even_relative_return", "break_even_causal_share")),
    )  # fmt: skip


def _after_effect(projection: Projection) -> str:
    """What the net present value is measured against, and what it is with training's value after the horizon."""
    against = f"against holding at {projection.scenario.stated('social_share_start')}"
    if not projection.metrics["run_off_value"]:
        return against
    worth = projection.scenario.format.rounded(projection.metrics["npv_with_run_off"] or 0.0, MONEY)
    return f"{against}; {worth} with training's after-effect"


def plan_slide(deck: Deck) -> None:
    """What changes: the share, and the spend it takes."""
    projection = deck.projection
    extra = projection.scenario.format.signed(projection.metrics["total_extra_social_spend"] or 0.0, MONEY)
    slide = deck.slide(
        f"{share_message(projection)}: {extra} for social media", "Plan and spend",
        f"Social share of the marketing budget, and social spend, {SPENT.words(projection.scenario)}{SEPARATOR}"
        f"{deck.scenario_line}",
    )  # fmt: skip
    half = (ROOM - 0.4) / 2
    spend = f"Social spend by {_fiscal_years(deck)}"
    for left, heading, draw in (
        (EDGE, "Share of the marketing budget, %", share_chart), (EDGE + half + 0.4, spend, spend_chart),
    ):  # fmt: skip
        write(slide, Box(left, TOP, half, _HEADING_TALL), [TextRun(heading, True)], 13, name="Chart heading")
        draw(slide, Box(left, TOP + _HEADING_TALL, half, BOTTOM - TOP - _HEADING_TALL), projection, deck.today)


def make_up_slide(deck: Deck, material: Material) -> None:
    """What the social budget pays, people and media, with the words that stand beside it."""
    projection = deck.projection
    heading = f"What the social budget pays, {SPENT.words(projection.scenario)}, by {_fiscal_years(deck)}"
    slide = deck.slide(make_up_message(projection), "Pay and media", f"{heading}{SEPARATOR}{deck.scenario_line}")
    wide = ROOM - _SIDE - 0.35
    make_up_chart(slide, Box(EDGE, TOP, wide, BOTTOM - TOP), material)
    words = [pay_beside_media(projection), team_and_its_pay(projection)]
    write(slide, Box(EDGE + wide + 0.35, TOP, _SIDE, BOTTOM - TOP), words, 16, name="Pay and media in words")


def bridge_slide(deck: Deck) -> None:
    """From benefits and costs to the net present value, and what that returns on all costs and on the outlay."""
    scenario = deck.projection.scenario
    heading = f"{in_full(WORTH, scenario, deck.today)}, {scenario.currency}{SEPARATOR}{deck.scenario_line}"
    slide = deck.slide(value_message(deck.projection), "From benefits and costs to net present value", heading)
    words = [plain(returns_in_words(deck.projection))]
    tall = height(words, _RETURNS, ROOM)
    bridge_chart(slide, Box(EDGE, TOP, ROOM, BOTTOM - TOP - tall - _CARD_GAP), deck.projection)
    write(slide, Box(EDGE, BOTTOM - tall, ROOM, tall), words, _RETURNS, name="Returns in words")


def cash_slide(deck: Deck) -> None:
    """When the money is back."""
    scenario = deck.projection.scenario
    rate = scenario.stated("discount_rate")
    heading = (
        f"Cumulative net cash against holding, {IN_CASH.words(scenario)}, {scenario.currency}; beside it discounted "
        f"at {rate} a year{SEPARATOR}{deck.scenario_line}"
    )
    slide = deck.slide(cash_message(deck.projection), "Cash and payback", heading)
    cash_chart(slide, BODY_BOX, deck.projection, deck.today)


def odds_slide(deck: Deck, paragraphs: Sequence[str], simulation: Simulation) -> list[str]:
    """How sure it is: the spread of the result, with the odds in words beside it; returns what does not fit."""
    scenario, text = deck.projection.scenario, deck.projection.scenario.format
    heading = (
        f"Net p{in_full(WORTH, scenario, deck.today)[1:]}, {scenario.currency}; "
        f"{text.number(simulation.draws, 0)} cases{SEPARATOR}{deck.scenario_line}"
    )
    if said := calm(simulation):
        slide = deck.slide(said.title, "How sure it is", heading)
        write(slide, BODY_BOX, [said.text], 20, name="Statement")
        return []
    mean = simulation.spread("npv").average
    assert mean is not None
    average = text.signed(mean.value, MONEY, mean.error)
    message = f"{odds_in_100(simulation.odds_of_gain)} of a gain; {average} on average"
    slide = deck.slide(message, "How sure it is", heading)
    wide = ROOM - _SIDE - 0.35
    odds_chart(slide, Box(EDGE, TOP, wide, BOTTOM - TOP), simulation)
    left, tall = EDGE + wide + 0.35, 1.62
    _panel(slide, Box(left, TOP, _SIDE, tall), LIGHT.accent)
    known = [(below(percent), percentile(simulation, percent)) for percent in (10, 50, 90)]
    rows = [("Mean", mean), *((name, one) for name, one in known if one is not None)]
    write(slide, Box(left + 0.22, TOP + 0.14, 1.0, tall - 0.2), [name for name, _ in rows], 12, name="Figures")
    amounts = [
        TextRun(f"{text.signed(one.value, RATIO, one.error)} {text.within(one.error, RATIO)}", True)
        for _, one in rows
    ]
    write(slide, Box(left + 1.23, TOP + 0.14, _SIDE - 1.25, tall - 0.2), amounts, 12, name="Figures")
    room = Box(left, TOP + tall + 0.2, _SIDE, BOTTOM - TOP - tall - 0.2)
    size = next((size for size in (13.0, 12.0) if height(paragraphs, size, room.width) <= room.height), 13.0)
    words, rest = fitting(paragraphs, size, room.width, room.height)
    if words:
        write(slide, room, words, size, name="Odds in words")
    return rest


def nothing_slide(deck: Deck) -> None:
    """In place of bridge, cash and odds where the plan changes nothing."""
    slide = deck.slide("Nothing to gain, nothing to lose", "Value, cash and odds", deck.scenario_line)
    write(slide, BODY_BOX, [NOTHING_TO_DECIDE, "There is no value, no payback and no risk to show."], 20,
          name="Statement")  # fmt: skip


def text_slides(deck: Deck, section: Section, message: str = "") -> None:
    """A section of the proposal as paragraphs, on as many slides as it takes."""
    heading = plain(section.title) or "Proposal"
    paragraphs = [plain(text) for text in section.paragraphs]
    size = next((size for size in (20.0, 18.0, BODY) if height(paragraphs, size, ROOM - 0.8) <= BOTTOM - TOP), 14.0)
    shared = pages(paragraphs, size, ROOM - 0.8, BOTTOM - TOP)
    for number, words in enumerate(shared, start=1):
        more = f" ({number} of {len(shared)})" if len(shared) > 1 else ""
        kicker = heading + more if message else more.strip()
        slide = deck.slide(message or heading, kicker, deck.scenario_line)
        write(slide, Box(EDGE, TOP, ROOM - 0.4, BOTTOM - TOP), words, size, bullets=len(words) > 1)


def cost_slide(deck: Deck, title: str, paragraphs: Sequence[str], message: str) -> list[str]:
    """What the plan costs, in words and by fiscal year; returns what does not fit."""
    if not paragraphs or deck.projection.metrics["pv_costs"] == 0:
        return list(paragraphs)
    left, scenario = 4.6, deck.projection.scenario
    # The heading says the basis.
    own = [text for text in paragraphs if text != all_amounts(SPENT, scenario)]
    size = next((size for size in (18.0, BODY) if height(own, size, left - 0.4) <= BOTTOM - TOP), 14.0)
    words, rest = fitting(own, size, left - 0.4, BOTTOM - TOP)
    heading = f"{in_full(SPENT, scenario)}, by {_fiscal_years(deck)}"
    slide = deck.slide(message, title, f"{heading}{SEPARATOR}{deck.scenario_line}")
    if words:
        write(slide, Box(EDGE, TOP, left, BOTTOM - TOP), words, size, bullets=len(words) > 1)
    wide = ROOM - left - 0.4
    cost_chart(slide, Box(EDGE + left + 0.4, TOP, wide, BOTTOM - TOP), deck.projection, deck.today)
    return rest


def _fiscal_years(deck: Deck) -> str:
    """What the columns of a chart are, and the currency of its amounts."""
    scenario = deck.projection.scenario
    part = any(year.months < 12 for year in spend_by_year(deck.projection, deck.today))
    return f"{fiscal_year_words(scenario)}, {scenario.currency}{' (* part year)' if part else ''}"
