"""The report: one HTML file that holds everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from model.assumptions import ASSUMPTIONS
from model.evidence.sources import SEEN_AT
from model.metrics import METRICS
from model.telling.caveats import caveats
from model.telling.measurement import valued_at
from model.telling.one_line import beside_the_answer
from model.units import NO_BREAK
from report.charts.catalogue import drawable, light_figure
from report.charts.drawing.chart import Chart
from report.charts.drawing.simulated import shade
from report.charts.drawing.theme import LIGHT, toolbar
from report.document.comparison import NAME, compared, compared_pictures
from report.document.page import css_text, page
from report.material import Material
from report.signatories import NOBODY, SIGN_HERE, Signatories
from report.tables import decision_tables, document_tables, evidence_tables
from report.tables.budget_tables import joinings, statement_tables
from report.tables.decide.told import SUBJECTS, answers_of
from report.tables.skills_tables import LEARNING, OWN_JUDGEMENT, plan_table, skills_sentences, worth_sentences
from report.words.conservative_case import MEANING, what_remains
from report.words.decision import CHANGES_OUR_MIND, DECISION, Decision, decision
from report.words.evidence import caveat
from report.words.narrative import answer, odds_in_words
from report.words.odds import odds_in_100
from report.words.proposal import Section, edited_decision, text_of
from report.words.stamp import SEPARATOR, shortened, stamps
from report.words.values import beside_break_even

_TINT = 0.07


@dataclass(frozen=True)
class KeyFigure:
    """One of the figures under the answer, with what it is to be compared with."""

    label: str
    value: str
    note: str


def html(
    materials: Sequence[Material],
    text: Sequence[Section] | None = None,
    signatories: Signatories = NOBODY,
    *,
    still: bool = False,
    pages: Mapping[str, int] = MappingProxyType({}),
) -> str:
    """The report of scenarios, the first being the one proposed, as one HTML file without network.

    `text` stands in place of the proposal that is written from the numbers; `still` is for paper, where charts have
    nothing to point at, and `pages` are those on which the parts stand there. The same results give the same text.
    """
    first = materials[0]
    scenario, projection = first.scenario, first.projection
    told = answer(projection, first.simulation, first.today)
    sections = text_of(first, text)
    several = len(materials) > 1
    charts = drawable(first.holds)
    values: dict[str, Any] = {
        "title": f"{shortened(scenario.name, NAME)}{SEPARATOR}{scenario.hash}",
        "running": css_text(f"{shortened(scenario.name)}{SEPARATOR}{scenario.hash}{SEPARATOR}"
                            f"{scenario.format.day(first.today)}"),
        "still": still,
        "pages": pages,
        "theme": LIGHT,
        "tint": shade(LIGHT.accent, LIGHT.background, _TINT),
        "alarm": shade(LIGHT.warning, LIGHT.background, _TINT),
        "scenario": scenario,
        "stamps": stamps(projection, first.today),
        "contents": _contents(bool(sections), several, bool(scenario.skills)),
        "answer": told,
        "beside": beside_the_answer(projection),
        "odds": odds_in_words(first.simulation) if first.simulation else "",
        "warnings": tuple(filter(None, (*caveats(projection), caveat(projection, first.bars)))),
        "key_figures": _key_figures(first),
        "name": shortened(scenario.name, NAME),
        "others": [shortened(one.scenario.name, NAME) for one in materials[1:]],
        "sections": [section for section in sections if section.title != DECISION],
        "decision": _decision(decision(first), edited_decision(first, text)),
        "told": [(SUBJECTS[name].title, answer) for name, answer in answers_of(first).items()],
        "made_with": f"{first.made_with}, content hash {scenario.hash}",
        "signatories": signatories.lines,
        "sign_here": SIGN_HERE,
        "statements": _statements(first),
        "charts": [_chart(chart, first) for chart in charts if not chart.group.general],
        "simulated": first.simulation is not None,
        "metrics": document_tables.metrics(first),
        "changed": sum(document_tables.changed(scenario, name) for name in ASSUMPTIONS),
        "path": document_tables.path_text(scenario),
        "stated": scenario.other_in_words,
        "correlations": document_tables.correlation_texts(scenario),
        "assumptions": document_tables.assumptions(scenario),
        "skills": _skills(first),
        "grades": evidence_tables.grades(),
        **_evidence(first),
        "left_out": document_tables.left_out(scenario.format),
        "checks": document_tables.checks(first),
        "sound": projection.sound,
        "made": _made(first),
    }  # fmt: skip
    pictures = compared_pictures(materials) if several else ()
    values |= compared(materials) if several else {"comparison": None}
    values["pictures"] = pictures
    # In the order of their places on the page: results, evidence, comparison.
    placed = sorted(charts, key=lambda chart: chart.group.general)
    figures = [*(light_figure(chart, first) for chart in placed), *(picture.figure for picture in pictures)]
    names = (*(chart.name for chart in placed), *(picture.name for picture in pictures))
    configs = [toolbar(name, projection) | {"responsive": False} for name in names]
    return page("document.html.j2", figures, configs, **values)


def _contents(has_text: bool, several: bool, has_skills: bool) -> list[tuple[str, str]]:
    return [
        ("answer", "The answer"),
        ("decision", DECISION),
        *([("proposal", "The proposal")] if has_text else []),
        *([("comparison", "Scenarios compared")] if several else []),
        ("budget", "Budget"),
        ("charts", "Charts"),
        ("appendices", "Appendices"),
        ("metrics", "Metrics"),
        ("assumptions", "Assumptions"),
        *([("skills", "Skills")] if has_skills else []),
        ("evidence", "Evidence"),
        ("sources", "Sources"),
        ("left-out", "What the model leaves out"),
        ("checks", "Checks"),
    ]


def _decision(found: Decision, edited: Section | None) -> dict[str, Any]:
    """What stands on the decision page; where a person edited its text, that in place of what is decided when."""
    return {
        "paragraphs": edited.paragraphs if edited else (found.asked,),
        "money": decision_tables.money(found) if found.money else None,
        "conditions": decision_tables.conditions(found) if found.conditions else None,
        "milestones": decision_tables.milestones(found) if found.milestones and not edited else None,
        "lead": found.lead,
        "clauses": decision_tables.clauses(found) if found.clauses else None,
        "stage_lead": found.stage_lead,
        "clauses_title": CHANGES_OUR_MIND,
    }


def _evidence(material: Material) -> dict[str, Any]:
    """What stands in the section on the evidence."""
    return {
        "remains": what_remains(material.remains),
        "conservative": MEANING,
        "remaining": evidence_tables.remaining(material.remains),
        "moves": evidence_tables.moves(material.remains),
        "article": evidence_tables.article(material.scenario.format),
        "claim": evidence_tables.claim(material.scenario),
        "evidence": evidence_tables.sources(material.scenario.format),
        "seen_at": SEEN_AT,
        "evidence_charts": [_chart(chart, material) for chart in drawable(()) if chart.group.general],
    }


def _chart(chart: Chart[Material], material: Material) -> dict[str, Any]:
    return {
        "name": chart.name,
        "title": chart.title,
        "alt": chart.alt(material),
        "source": material.scenario.format.localised(chart.source),
        "tables": chart.pages(material),
    }


def _statements(material: Material) -> list[tuple[str, tuple[document_tables.Table, ...], str]]:
    """The budget's statements: title, tables, and for people the months in which they come."""
    people = material.budget.headcount
    return [
        (one.title, statement_tables(one, material),
         joinings(people, material.scenario.format) if one is people.statement else "")
        for one in material.budget.statements
    ]  # fmt: skip


def _skills(material: Material) -> dict[str, Any] | None:
    """What is said of the skill areas, and their table; None where nobody judged them."""
    plan, text = material.training, material.scenario.format
    if plan is None:
        return None
    return {
        "said": " ".join((*skills_sentences(plan, text), *worth_sentences(plan, material.scenario))),
        "beware": f"{OWN_JUDGEMENT} {LEARNING}",
        "table": plan_table(plan, text),
    }


def _key_figures(material: Material) -> tuple[KeyFigure, ...]:
    """The four figures of the first screen, each with what it is measured against."""
    scenario, simulation = material.scenario, material.simulation
    against = f"against holding at {scenario.stated('social_share_start')}"
    npv_note = f"{valued_at(scenario, material.today)}, {against}"
    if simulation:
        npv_note += f"; {odds_in_100(simulation.odds_of_gain).lower()} of a gain"
    if material.projection.metrics["run_off_value"]:
        worth = scenario.format.signed(material.projection.metrics["npv_with_run_off"] or 0.0, METRICS["npv"].unit)
        npv_note += f"; with training's after-effect {worth}"
    horizon = f"of {material.projection.months} months, not discounted"
    if simulation and material.projection.metrics["payback_month"] is not None:
        within = simulation.odds_of_payback(material.projection.months)
        horizon += f"; {odds_in_100(within).lower()} of payback within them"
    notes = {
        "npv": npv_note,
        "payback_month": horizon,
    } | {
        name: beside_break_even(material.projection, name)
        for name in ("break_even_relative_return", "break_even_causal_share")
    }
    return tuple(_key_figure(material, name, note) for name, note in notes.items())


def _key_figure(material: Material, name: str, note: str) -> KeyFigure:
    value, item, text = material.projection.metrics[name], METRICS[name], material.scenario.format
    if value is None:
        return KeyFigure(item.label, document_tables.NOTHING, f"no value: {material.projection.undefined[name]}")
    if name == "payback_month":
        return KeyFigure(item.label, f"month {value:.0f}", note)
    write = text.signed if name == "npv" else text.rounded
    # It may break before its unit: the column is narrow on a telephone.
    return KeyFigure(item.label, " ".join(write(value, item.unit).rsplit(NO_BREAK, 1)), note)


def _made(material: Material) -> tuple[str, ...]:
    """How to make these numbers again."""
    scenario = material.scenario
    stamp = (shortened(scenario.name, NAME), f"content hash {scenario.hash}",
             f"made on {scenario.format.day(material.today)}", material.made_with)  # fmt: skip
    again = (
        "The same scenario, draws and seed give the same numbers. Values are rounded for reading; the workbook, CSV "
        "and JSON files hold them in full."
    )
    return SEPARATOR.join(stamp), again
