"""The proposal as a Word file: text that can be edited, native tables, charts as pictures, a page to sign.

`build` is all that others need. The pictures are drawn elsewhere; without them the file says that they are missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from model.telling.caveats import caveats
from report.charts.catalogue import chart_named, drawable
from report.material import Material
from report.proposal.appendices import write_appendices
from report.proposal.writer import ProposalFile
from report.signatories import NOBODY, Signatories
from report.tables import decision_tables
from report.tables.decide.told import SUBJECTS, answers_of
from report.words.decision import CHANGES_OUR_MIND, DECISION, decision
from report.words.narrative import answer
from report.words.proposal import Section, edited_decision, text_of

# The charts that stand below a section of the text, by its heading.
CHARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "The answer": ("value_bridge", "cumulative_cash"),
        "How sure it is": ("npv_distribution",),
        "What must be true": ("must_be_true",),
        "What it costs": ("phasing", "budget_make_up"),
    }
)
NO_PICTURES = (
    "The charts are missing: a browser draws them, and none was found where this file was made. Deck and workbook "
    "hold them as native charts."
)
_APPENDICES = "What backs the proposal: comparison, metrics, budget, assumptions, evidence, checks."


def pictured(material: Material) -> tuple[str, ...]:
    """The charts of which a proposal holds a picture, in order."""
    here = drawable(material.holds)
    named = (chart_named(name) for names in CHARTS.values() for name in names)
    answers = (chart for chart in here if chart.group.needs in SUBJECTS)
    return tuple(chart.name for chart in (*(chart for chart in named if chart in here), *answers))


def build(
    materials: Sequence[Material], text: Sequence[Section] | None = None, signatories: Signatories = NOBODY,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:  # fmt: skip
    """The proposal of the first scenario, compared with the others; `text` is what a person edited it to.

    `pictures` are the charts of `pictured` as PNG, by name; None where nothing can draw them. The same arguments
    give the same bytes.
    """
    first = materials[0]
    sections, edited = text_of(first, text), edited_decision(first, text)
    writer = ProposalFile(first)
    writer.title(
        first.scenario.name, first.scenario.description or answer(first.projection, today=first.today).sentence
    )
    writer.stamp()
    writer.paragraphs(caveats(first.projection))
    if pictures is None:
        writer.paragraphs([NO_PICTURES], "Note")
    writer.contents()
    _decision_page(writer, first, signatories, edited)
    left = list(pictures or ())
    for section in (item for item in sections if item.title != DECISION):
        _text(writer, section)
        here = [name for name in CHARTS.get(section.title, ()) if name in left]
        _figures(writer, first, here, pictures or {})
        left = [name for name in left if name not in here]
    if left:
        writer.heading("Charts")
        _figures(writer, first, left, pictures or {})
    writer.appendices("Appendices", _APPENDICES)
    write_appendices(writer, materials)
    return writer.finish()


def _decision_page(
    writer: ProposalFile, material: Material, signatories: Signatories, edited: Section | None
) -> None:
    """What is asked for, what must be true, what is decided when, and the lines to sign on, on a page of its own."""
    found = decision(material)
    writer.heading(DECISION, new_page=True)
    writer.paragraphs(edited.paragraphs if edited else (found.asked,))
    if found.money:
        writer.table(decision_tables.money(found), "Money asked for by fiscal year")
    if found.conditions:
        writer.paragraphs([found.lead])
        writer.table(decision_tables.conditions(found), "What must be true")
    if found.milestones and not edited:
        writer.table(decision_tables.milestones(found), "What is decided when")
    for name, told in answers_of(material).items():
        writer.heading(SUBJECTS[name].title, 2)
        writer.paragraphs(told.sentences)
        for title, table in told.tables.items():
            writer.table(table, title)
    if found.clauses:
        writer.paragraphs([found.stage_lead])
        writer.table(decision_tables.clauses(found), CHANGES_OUR_MIND)
    writer.lines_to_sign(
        signatories, f"What is signed: {material.made_with}, content hash {material.scenario.hash}."
    )


def _text(writer: ProposalFile, section: Section) -> None:
    """A section of the text: a single paragraph plain, or what leads to a list and then the list."""
    writer.heading(section.title)
    first, *others = section.paragraphs or ("",)
    writer.paragraphs([first] if first else [])
    writer.paragraphs(others, "List Bullet" if first.endswith(":") else "Normal")


def _figures(writer: ProposalFile, material: Material, names: Iterable[str], pictures: Mapping[str, bytes]) -> None:
    for name in names:
        chart = chart_named(name)
        writer.picture(pictures[name], f"{chart.title}. Source: {chart.source}", chart.alt(material))
