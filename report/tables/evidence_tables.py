"""The tables of the evidence: the article's figures, the 218 % taken apart, the sources, and what remains."""

from __future__ import annotations

from collections.abc import Iterable

from model.assumptions import resting_on
from model.evidence.article import ARTICLE_FIGURES, ArticleFigure
from model.evidence.sources import GRADES, SOURCES
from model.evidence.studies import CAUSAL_STUDIES, HEADLINE_CHOICES, HEADLINE_UPLIFT, READING
from model.metrics import METRICS
from model.scenario import Scenario
from model.telling.implied import Productivity, productivity
from model.uncertainty.conservative_case import Remains
from model.units import SHARE, Format
from report.tables.document_tables import Cell, Table, number
from report.words.conservative_case import MOVE_HEADINGS, REMAINING, move_text

_NO_VALUES = 99


def grades() -> tuple[tuple[str, str], ...]:
    """What each grade means."""
    return tuple(GRADES.items())


def sources(text: Format) -> Table:
    """Every source: what it found, of whom and when, its grade and its warning."""
    rows = tuple(
        (
            Cell(source.title, small=source.id, address=source.address),
            Cell(source.grade),
            Cell(source.finding, small=f"{source.of_whom}, {source.when}"),
            Cell(source.warning, small=supported(source.id)),
        )
        for source in (source.told(text) for source in SOURCES.values())
    )
    headings = ("Source", "Grade", "What it found", "What to beware of, and what rests on it")
    return Table(headings, rows, values_from=_NO_VALUES)


def supported(source_id: str) -> str:
    """The labels of the assumptions that rest on a source; a few words where none does."""
    labels = [item.label for item in resting_on(source_id)]
    return "Supports: " + "; ".join(labels) if labels else "No assumption rests on it: context."


def article(text: Format) -> Table:
    """The article's figures, each beside what checking found."""
    rows = tuple(
        (Cell(figure.says), Cell(figure.verdict, small=figure.because), Cell(compared_with(figure, text)))
        for figure in (figure.told(text) for figure in ARTICLE_FIGURES)
    )
    return Table(("The article says", "What checking found", "Compared with"), rows, values_from=_NO_VALUES)


def compared_with(figure: ArticleFigure, text: Format) -> str:
    """The sources behind a verdict with their grades."""
    return "; ".join(f"{text.localised(SOURCES[id_].title)} ({SOURCES[id_].grade})" for id_ in figure.sources)


def claim(scenario: Scenario) -> Table:
    """The 218 % taken apart, step by step, down to the part that this plan takes as an effect of training."""
    text, found = scenario.format, productivity(scenario)
    study, sister, causal = (SOURCES[id_].told(text) for id_ in ("astd-2000", "astd-sister", "training-causal"))
    taken, uplift = (text.rounded(scenario.number(name), SHARE) for name in ("causal_share", "headline_uplift"))
    steps = {
        "What was compared": f"{study.finding} {study.of_whom}, {study.when}.",
        "What the words hide": study.warning,
        "A second look": f"{sister.title}, {sister.of_whom}: {sister.finding}",
        "What could stand there instead": choices(text),
        "What is known to be caused": causal.finding,
        "What does not fit that scale": _off_the_scale(text),
        "As a part of the claim": _as_part(found, uplift, text),
        "What this plan takes": f"{taken} of {uplift} at full competence: {_taken(found, text)}.",
    }
    return Table(("Step", "Reading"), tuple((Cell(step), Cell(words)) for step, words in steps.items()), _NO_VALUES)


def choices(text: Format) -> str:
    """What may stand for the 218 %, what each measures, and what training is then worth."""
    told = (
        f"{group.measure}, {text.rounded(group.difference, SHARE)} more. {text.localised(group.reading)}"
        + (f" Training is worth {text.rounded(group.beside_headline, SHARE)} of what the claim makes it."
           if group.difference != HEADLINE_UPLIFT else "")
        for group in HEADLINE_CHOICES
    )  # fmt: skip
    return " ".join(told)


def _off_the_scale(text: Format) -> str:
    """The studies that cannot be put beside the others, as published and why."""
    off = (study for study in CAUSAL_STUDIES if study.on_scale is None)
    return text.localised("; ".join(f"{study.name}: {study.published} ({study.conversion})" for study in off)) + "."


def _as_part(found: Iterable[Productivity], uplift: str, text: Format) -> str:
    """Which part of the uplift would have to be caused for the plan's training to bring what was found."""
    told = []
    for one in found:
        ends = [one.causal_share(end) for end in (READING.low, READING.high, READING.likely)]
        if None not in ends:
            low, high, likely = (text.rounded(end or 0, SHARE) for end in ends)
            told.append(f"{low} to {high} of the {uplift} by month {one.month}, most likely {likely}")
    return f"With what this plan teaches: {'; '.join(told)}." if told else "This plan teaches nothing to read it by."


def _taken(found: Iterable[Productivity], text: Format) -> str:
    """What the plan takes training to have caused by each of the months."""
    return "; ".join(
        f"{text.rounded(one.gain, SHARE)} more productivity in month {one.month}, after {one.hours:.0f} "
        "hours a person"
        for one in found
    )


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
