"""The summary for a board: one page that holds the question, the answer, the money and the lines to sign on."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from model.telling.caveats import caveats
from model.telling.one_line import what_decides
from model.units import NO_BREAK
from report.charts.catalogue import chart_named, light_figure
from report.charts.drawing.figure import FOOTER
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import shade
from report.charts.drawing.theme import BOTTOM, LIGHT
from report.document.page import page
from report.material import Material
from report.signatories import NOBODY, SIGN_HERE, Signatories
from report.tables import decision_tables
from report.tables.document_tables import Cell, Table
from report.words.decision import CHANGES_OUR_MIND, NEVER_STOPS, Decision, decision
from report.words.evidence import evidence_in_short
from report.words.narrative import answer, odds_in_words
from report.words.proposal import ANSWER, QUESTION, Section, edited_decision, text_of
from report.words.stamp import ABOUT, SEPARATOR, shortened, stamps

_CHART = "cumulative_cash"
# In CSS pixels: as it is laid out and as wide as the page; its type, 11 there, is then above 8 points.
_LAID_OUT, _WIDE = (640, 315), 680
_FOOTER_TALL = 30
_NAME, _QUESTION, _ANSWER, _ASKED, _SIGNATORY = 60, 330, 300, 400, 40
# Beside more gates than these there is no room for the question, which the answer tells as well.
_FEW_GATES = 2
# The money of more years than these is told in as many rows as a contract beside it needs.
_FEW_YEARS = 7
_TINT = 0.07


def summary(
    material: Material, text: Sequence[Section] | None = None, signatories: Signatories = NOBODY
) -> str:  # fmt: skip
    """The page as HTML; question, answer and decision as a person edited them, cut to what the page has room for.

    The contract of a plan in stages stands in place of what is decided when.
    """
    scenario, found, simulation = material.scenario, decision(material), material.simulation
    chart, (width, height), few = chart_named(_CHART), _LAID_OUT, len(found.clauses) <= _FEW_GATES
    height, drawn = height - (_FOOTER_TALL if found.clauses else 0), light_figure(chart, material)
    edited, said = edited_decision(material, text), answer(material.projection, today=material.today)
    told = {section.title: section.paragraphs for section in text_of(material, text) if section.paragraphs}
    values: dict[str, Any] = {
        "title": f"{shortened(scenario.name)}{SEPARATOR}{scenario.hash}",
        "about": ABOUT,
        "theme": LIGHT,
        "alarm": shade(LIGHT.warning, LIGHT.background, _TINT),
        "name": shortened(scenario.name, _NAME),
        "question": shortened(" ".join(told.get(QUESTION, ("",))), _QUESTION) if few else "",
        "answer": shortened(told.get(ANSWER, (said.sentence,))[0], _ANSWER),
        "beside": " ".join(filter(None, (odds_in_words(simulation) if simulation else "",
                                         what_decides(material.projection)))),
        "warnings": [
            line for line in (*caveats(material.projection), evidence_in_short(material.projection, material.bars))
            if line
        ],
        "alt": chart.alt(material),
        "asked": found.asked,
        "written": shortened(" ".join(edited.paragraphs), _ASKED) if edited else "",
        "money": decision_tables.money(found) if found.money else None,
        "conditions": _conditions(found) if found.conditions else None,
        "lead": found.lead,
        "milestones": _milestones(found) if found.milestones and not (edited or found.clauses) else None,
        "clauses": _clauses(found) if found.clauses else None,
        "clauses_title": CHANGES_OUR_MIND,
        "never_stops": NEVER_STOPS,
        "across": len(found.years) <= _FEW_YEARS,
        "signatories": [(role, shortened(name, _SIGNATORY)) for role, name in signatories.lines],
        "sign_here": SIGN_HERE,
        "stamps": stamps(material.projection, material.today),
        "drawn": material.made_with,
        "drawn_width": width,
        "drawn_height": height,
        "width": _WIDE,
        "height": round(height * _WIDE / width),
        "zoom": _WIDE / width,
    }  # fmt: skip
    return page("summary.html.j2", [_bare(drawn) if found.clauses else drawn], **values)


def _bare(figure: Figure) -> Figure:
    """The chart without its footer, whose facts stand at the foot of the page, and as much less tall."""
    bare = deepcopy(figure)
    bare.layout["annotations"] = [note for note in bare.layout["annotations"] if note.get("name") != FOOTER]
    bare.update_layout(margin={"b": BOTTOM - _FOOTER_TALL})
    return bare


def _conditions(found: Decision) -> Table:
    """What must be true, without what would measure it."""
    whole = decision_tables.conditions(found)
    return replace(whole, headings=("Belief", *whole.headings[1:-1]), rows=tuple(row[:-1] for row in whole.rows))


def _milestones(found: Decision) -> Table:
    """What is decided when, without what is looked at."""
    whole = decision_tables.milestones(found)
    return replace(whole, headings=whole.headings[:-1], rows=tuple(row[:-1] for row in whole.rows))


def _clauses(found: Decision) -> Table:
    """The gates with their odds, without how they are measured."""
    rows = tuple(
        tuple(map(Cell, (one.when.replace(" ", NO_BREAK), f"{one.indicator} {one.threshold}: {one.then}", one.odds)))
        for one in found.clauses
    )
    return Table(("When", "If measured, then", "Odds today"), rows, values_from=len(rows[0]))
