"""The Excel workbook: every number a live formula, rendered from the model's own formulas.

`build` is all that others need. Inputs, calculations and outputs stand apart; nothing is volatile, no macro, no
link to another file.
"""

from __future__ import annotations

from collections.abc import Sequence

from report.material import Material
from report.workbook.book import Book
from report.workbook.consolidation.flat import write_flat
from report.workbook.defence.fingerprints import write_fingerprints
from report.workbook.fields import title
from report.workbook.figures import RUNS, figures_of
from report.workbook.scenario_columns.sheet import (
    column_checks,
    column_searches,
    columns_of,
    live_column,
    write_column,
)
from report.workbook.sensitivity.tables import sensitivity_checks, write_runs_of_rise, write_sensitivities
from report.workbook.sheets.budget.sheet import write_budget
from report.workbook.sheets.charts import write_chart_data
from report.workbook.sheets.checks import all_checks, write_changed_by_sheet, write_checks
from report.workbook.sheets.cover import write_cover
from report.workbook.sheets.decide.answers import write_answers
from report.workbook.sheets.evidence import write_evidence
from report.workbook.sheets.formulas import write_formulas
from report.workbook.sheets.inputs import Inputs
from report.workbook.sheets.irr import live_searches, write_irr
from report.workbook.sheets.months import write_months, write_run
from report.workbook.sheets.risk import write_risk
from report.workbook.sheets.scenarios import write_scenarios
from report.workbook.sheets.summary import write_summary
from report.workbook.sheets.years import write_years
from report.workbook.skills_sheet import write_skills


def build(materials: Sequence[Material]) -> bytes:
    """The workbook of the scenarios, side by side; the first is selected. The same results give the same bytes."""
    everything = [figures_of(material) for material in materials]
    first = everything[0]
    longest = max(figures.horizon for figures in everything)
    book = Book(first.projection, first.today, title(first.scenario))
    write_cover(book, everything, first.today, answers=materials[0].answers.names)
    write_summary(book, first)
    inputs = Inputs([material.projection for material in materials], first.today)
    inputs.write(book)
    columns = columns_of(inputs)
    write_months(book, first, longest)
    write_years(book, first)
    write_budget(book, first, longest)
    write_flat(book, first)
    write_scenarios(book, everything, [live_column(column) for column in columns])
    write_sensitivities(book, first, longest)
    write_risk(book, materials)
    write_answers(book, materials)
    write_skills(book, materials)
    every = {**all_checks(first, len(everything)), **sensitivity_checks(first), **column_checks(columns, first)}
    checks = write_checks(book, first, inputs.highest("causal_share"), every)
    write_evidence(book, first.scenario.format)
    write_formulas(book, first)
    for run in RUNS:
        write_run(book, run, first, longest)
    for column, figures in zip(columns, everything, strict=False):
        write_column(book, column, figures, inputs)
    write_irr(book, [*live_searches(first), *column_searches(columns, everything)])
    write_runs_of_rise(book, first, longest)
    write_chart_data(book, first)
    write_changed_by_sheet(book, checks, len(every), *write_fingerprints(book))
    return book.finish()
