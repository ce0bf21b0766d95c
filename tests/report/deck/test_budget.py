"""The slides of the budget hold its statements as native tables, whole, in a size that can be read."""

from io import BytesIO

import pytest
from pptx import Presentation
from pptx.util import Pt

from model.presets import PRESETS
from report.deck.appendix.budget import budget_slides, headcount_slide, profit_slide
from report.deck.canvas import Deck
from report.tables.budget_tables import SCALES, figures, joinings
from tests.materials import materials

PLAN = PRESETS["seat-at-the-table"].changed(start_month="2027-04", fiscal_year_start=7)
LONG = PLAN.with_values(horizon_years=10, team_target=3, reallocated_share=0.5, team_pay_in_budget=False)


def slides_of(scenario):
    """The material and the slides of its budget."""
    material = materials(scenario)[0]
    deck = Deck(material.projection, material.today)
    for draw in (budget_slides, headcount_slide, profit_slide):
        draw(deck, material)
    return material, list(Presentation(BytesIO(deck.finish())).slides)


def texts(slide):
    """What a slide says outside its table."""
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def rows(slide):
    """The rows of a slide's table."""
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("scenario", [PLAN, LONG], ids=["five years", "ten years"])
def test_every_told_row_stands_in_a_table_with_its_total(scenario):
    material, slides = slides_of(scenario)
    for statement in material.budget.statements:
        own = [slide for slide in slides if any(text.startswith(statement.title) for text in texts(slide))]
        shown = [row for slide in own for row in rows(slide)[1:] if any(row[1:])]
        scale = next(scale for scale in SCALES if any(fits(shown, statement, material, scale)))
        for row, cells in zip(statement.told.rows, shown, strict=True):
            assert cells == [row.label, *figures(material.scenario.format, row, scale)]
        for slide in own:
            words = " ".join(texts(slide))
            assert statement.basis in words
            assert (scale.words + "USD") in words.replace("Thousand", "thousand")
            heads = [" ".join(text.split()).replace("\u00a0", " ") for text in rows(slide)[0][1:]]
            assert heads == [*(text.replace("\u00a0", " ") for text in statement.headings), "Whole plan"]


def fits(shown, statement, material, scale):
    """Whether each row of a table is counted in a scale."""
    text = material.scenario.format
    yield all(
        cells[1:] == list(figures(text, row, scale)) for cells, row in zip(shown, statement.told.rows, strict=True)
    )


def test_a_plan_of_five_years_takes_a_slide_a_statement_in_whole_units():
    material, slides = slides_of(PLAN)
    assert len(slides) == len(material.budget.statements)
    titles = [slide.shapes.title.text_frame.text.replace("\u00a0", " ") for slide in slides]
    assert titles == [
        "10.1 m USD to be paid over 5 years, 340,000 USD of it in FY26/27",
        "+3.22 m USD against holding, 3.03 m USD of it moved from other channels",
        "A year's budget rises by 1.35 m USD over 5 years",
        "The team grows from 4 to 6 people, the first joins in Apr 2027",
        "+217,000 USD net profit over 5 years, working time valued",
    ]
    assert any(joinings(material.budget.headcount, PLAN.format) in text for text in texts(slides[3]))
    for slide in slides:
        sizes = {
            run.font.size
            for shape in slide.shapes if shape.has_table
            for row in shape.table.rows for cell in row.cells
            for paragraph in cell.text_frame.paragraphs for run in paragraph.runs
        }  # fmt: skip
        assert min(sizes) >= Pt(8.5)


def test_holding_has_nothing_to_add():
    _, slides = slides_of(PRESETS["hold"].changed(start_month="2027-01"))
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert titles[1] == "Nothing more to pay against holding"
    assert titles[3] == "The team stays at 4 people"


@pytest.mark.parametrize("scenario", [PLAN, LONG], ids=["five years", "ten years"])
def test_nothing_leaves_the_slide(scenario):
    _, slides = slides_of(scenario)
    for slide in slides:
        table = next(shape for shape in slide.shapes if shape.has_table)
        note = next(shape for shape in slide.shapes if shape.name == "Note")
        assert table.top + table.height <= note.top + 1
        assert table.left + table.width <= 13.333 * 914_400 - 0.5 * 914_400
