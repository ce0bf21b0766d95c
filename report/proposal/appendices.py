"""What stands behind the proposal: every table that backs it."""

from __future__ import annotations

from collections.abc import Sequence

from report.material import Material
from report.proposal.writer import ProposalFile
from report.tables import comparison_tables, document_tables, evidence_tables
from report.tables.budget_tables import statement_tables
from report.tables.skills_tables import LEARNING, OWN_JUDGEMENT, plan_table, skills_sentences, worth_sentences
from report.words.conservative_case import CONSERVATIVE, MEANING, what_remains
from report.words.stamp import SEPARATOR, shortened


def write_appendices(writer: ProposalFile, materials: Sequence[Material]) -> None:
    """The appendices in order; those of which there is nothing to show left out."""
    first = materials[0]
    if len(materials) > 1:
        _comparison(writer, materials)
    writer.heading("Metrics", 2)
    writer.table(document_tables.metrics(first), "Every metric")
    writer.heading("Budget", 2)
    for statement in first.budget.statements:
        for table in statement_tables(statement, first):
            writer.table(table, statement.title)
    writer.heading("Assumptions", 2)
    for section, table in document_tables.assumptions(first.scenario):
        writer.table(table, f"Assumptions: {section}")
    _skills(writer, first)
    writer.heading(CONSERVATIVE, 2)
    writer.paragraphs([what_remains(first.remains), MEANING])
    writer.table(evidence_tables.remaining(first.remains), "Metrics of the plan and of its conservative case")
    writer.heading("Sources", 2)
    writer.table(evidence_tables.sources(first.scenario.format), "Sources with their grades and warnings")
    writer.heading("What the model leaves out", 2)
    writer.table(
        document_tables.left_out(first.scenario.format), "What is left out, and which way that turns the result"
    )
    writer.heading("Checks", 2)
    writer.table(document_tables.checks(first), "The model's identities")
    _made(writer, materials)


def _comparison(writer: ProposalFile, materials: Sequence[Material]) -> None:
    writer.heading("Scenarios compared", 2)
    writer.table(comparison_tables.comparison(materials), "Metrics of the scenarios")
    writer.table(comparison_tables.causes(materials), "What the net present value is made of")
    for title, table in (
        ("Odds that one is worth more than another", comparison_tables.odds(materials)),
        ("What differs between them", comparison_tables.differences([one.scenario for one in materials])),
    ):
        if table.rows:
            writer.table(table, title)


def _skills(writer: ProposalFile, material: Material) -> None:
    plan, text = material.training, material.scenario.format
    if plan is None:
        return
    writer.heading("Skills", 2)
    writer.paragraphs((*skills_sentences(plan, text), *worth_sentences(plan, material.scenario)))
    writer.paragraphs([OWN_JUDGEMENT, LEARNING], "Note")
    writer.table(plan_table(plan, text), "Skill areas")


def _made(writer: ProposalFile, materials: Sequence[Material]) -> None:
    """How to make these numbers again."""
    writer.heading("How these numbers were made", 2)
    for one in materials:
        scenario = one.scenario
        writer.paragraphs(
            [SEPARATOR.join((shortened(scenario.name, 80), f"content hash {scenario.hash}", one.made_with))],
            "List Bullet",
        )
