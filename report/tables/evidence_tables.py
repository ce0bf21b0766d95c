"""The tables of the evidence: the article's figures, the 218 % taken apart, the sources, and what remains."""

from __future__ import annotations

from model.assumptions import resting_on
from model.evidence.article import ARTICLE_FIGURES, ArticleFigure
from model.evidence.sources import GRADES, SOURCES
from model.evidence.studies import HEADLINE_UPLIFT, READING, SCALE_HOURS, part_of_headline
from model.metrics import METRICS
from model.scenario import Scenario
from model.telling.claim import assumed_effect
from model.uncertainty.conservative_case import Remains
from model.units import SHARE
from report.tables.document_tables import Cell, Table, number
from report.words.conservative_case import MOVE_HEADINGS, REMAINING, move_text

_NO_VALUES = 99


def grades() -> tuple[tuple[str, str], ...]:
    """What each grade means."""
    return tuple(GRADES.items())


def sources() -> Table:
    """Every source: what it found, of whom and when, its grade and its warning."""
    rows = tuple(
        (
            Cell(source.title, small=source.id),
            Cell(source.grade),
            Cell(source.finding, small=f"{source.of_whom}, {source.when}"),
            Cell(source.warning, small=supported(source.id)),
        )
        for source in SOURCES.values()
    )
    headings = ("Source", "Grade", "What it found", "What to beware of, and what rests on it")
    return Table(headings, rows, values_from=_NO_VALUES)


def supported(source_id: str) -> str:
    """The labels of the assumptions that rest on a source; a few words where none does."""
    labels = [item.label for item in resting_on(source_id)]
    return "Supports: " + "; ".join(labels) if labels else "No assumption rests on it: context."


def article() -> Table:
    """The article's figures, each beside what checking found."""
    rows = tuple(
        (Cell(figure.says), Cell(figure.verdict, small=figure.because), Cell(compared_with(figure)))
        for figure in ARTICLE_FIGURES
    )
    return Table(("The article says", "What checking found", "Compared with"), rows, values_from=_NO_VALUES)


def compared_with(figure: ArticleFigure) -> str:
    """The sources behind a verdict with their grades."""
    return "; ".join(f"{SOURCES[id_].title} ({SOURCES[id_].grade})" for id_ in figure.sources)


def claim(scenario: Scenario) -> Table:
    """The 218 % taken apart, step by step, down to the part that this plan takes as an effect of training."""
    text = scenario.format

    def share(value: float) -> str:
        return text.rounded(value, SHARE)

    headline, sister = share(HEADLINE_UPLIFT), SOURCES["astd-sister"]
    low, likely, high = (share(part_of_headline(end)) for end in (READING.low, READING.likely, READING.high))
    taken, uplift = share(scenario.number("causal_share")), share(scenario.number("headline_uplift"))
    steps = {
        "What was compared": f"{SOURCES['astd-2000'].finding} {SOURCES['astd-2000'].of_whom}, "
        f"{SOURCES['astd-2000'].when}.",
        "What the words hide": SOURCES["astd-2000"].warning,
        "A second look": f"{sister.title}, {sister.of_whom}: {sister.finding}",
        "What is known to be caused": SOURCES["training-causal"].finding,
        "As a part of the claim": f"If that were all that competence brings: {low} to {high} of the {headline}, "
        f"most likely {likely}.",
        "What this plan takes": f"{taken} of {uplift} at full competence, which after {SCALE_HOURS:.0f} hours of "
        f"training is {share(assumed_effect(scenario))}.",
    }
    return Table(("Step", "Reading"), tuple((Cell(step), Cell(words)) for step, words in steps.items()), _NO_VALUES)


def remaining(found: Remains) -> Table:
    """The metrics of the plan beside those of its conservative case."""
    scenario = found.plan.scenario
    rows = tuple(
        (
            Cell(METRICS[name].label, METRICS[name].unit.words(scenario.currency)),
            *(
                Cell(
                    number(scenario.format, one.metrics[name], METRICS[name].unit), small=one.undefined.get(name, "")
                )
                for one in (found.plan, found.careful)
            ),
        )
        for name in REMAINING
    )
    return Table(("Metric", "Plan", "Conservative"), rows)


def moves(found: Remains) -> Table:
    """Every belief that moves in the conservative case, from where to where, the most harmful first."""
    rows = tuple(tuple(map(Cell, move_text(found.plan.scenario, move))) for move in found.moves)
    return Table(MOVE_HEADINGS, rows, values_from=2)
