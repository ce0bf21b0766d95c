"""Writes the sheets Live 1, Live 2 …, one for each scenario's column of Inputs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from model.formula import Array
from model.lines import LINES
from model.metrics import COUNTERFACTUALS, LISTED, METRICS
from model.telling.explain import label_of
from model.units import Style
from report.workbook.book import MUTED, NAME, NO_OPENING, SCENARIO_ROW, Book, Page, across, address, number_format
from report.workbook.excel_formula import excel
from report.workbook.fields import EDITS, SELECTED
from report.workbook.figures import MONTHS, Figures
from report.workbook.places import FIRST, FLAG_ROW, LABEL, LAST, LINES_TOP, OPENING, SEARCHED, TOP, UNIT, irr_column
from report.workbook.scenario_columns.layout import (
    DELIVERED,
    DIFFERS,
    EDITS_ROW,
    HORIZON,
    LINE_ROWS,
    METRIC_ROWS,
    METRICS_TOP,
    REASON,
    RUN_ROWS,
    TREES,
    VALUE,
    RunRows,
    ScenarioColumn,
)
from report.workbook.sheets.checks import Check
from report.workbook.sheets.inputs import Inputs
from report.workbook.sheets.irr import RateSearch
from report.workbook.sheets.months import (
    grey_beyond_horizon,
    set_print,
    write_across,
    write_calendar,
    write_given,
    write_labels,
    write_timeline,
)
from report.workbook.sheets.scenarios import TOLERANCE_NAME, LiveColumn, delivered_cell
from report.workbook.sheets.summary import metric_formula, reasons

_WIDTHS = [3, 42, 17, 5, 16, *[13] * MONTHS]


def columns_of(inputs: Inputs) -> tuple[ScenarioColumn, ...]:
    """The scenarios that have a sheet: all where there are several; a single one has Months."""
    count = len(inputs.scenarios)
    numbers = range(1, count + 1) if count > 1 else range(0)
    return tuple(ScenarioColumn(number, partial(inputs.find, number=number)) for number in numbers)


def write_column(book: Book, column: ScenarioColumn, figures: Figures, inputs: Inputs) -> Page:
    """The lines, runs and metrics of a scenario's column, whether selected or not."""
    title = f"{column.sheet}: the column Scenario {column.number} of Inputs"
    page = book.page(column.sheet, title, "calculation", _WIDTHS)
    named = f'="Scenario {column.number}, whether selected or not: "&{column.find("scenario_name")}'
    page.formula(SCENARIO_ROW, LABEL, named, f"Scenario {column.number}, whether selected or not: "
        f"{figures.scenario.name}", bold=True, **NAME)  # fmt: skip
    write_timeline(page)
    write_calendar(page, figures, column.find, HORIZON)
    page.section(TOP - 1, "Place in the plan year and on the custom path, and amounts stated by plan year", LAST)
    write_given(page, figures, column.find)
    page.section(LINES_TOP - 1, "Lines that metrics are made of; the others are written into them", LAST)
    for name, row in LINE_ROWS.items():
        _write_line(
            page, column, row, excel(TREES[name], column.in_month(name)), (name, figures.months[name]), figures
        )
    for run in RUN_ROWS:
        _write_run(page, column, run, figures)
    _write_metrics(page, column, figures)
    page.text(EDITS_ROW, LABEL, "Inputs of this scenario that differ from those delivered")
    page.formula(EDITS_ROW, VALUE, f"={inputs.edited(column.number)}", 0, num_format="0")
    grey_beyond_horizon(page, RUN_ROWS[-1].last)
    set_print(page, EDITS_ROW, figures.horizon)
    return page


def _write_line(
    page: Page, column: ScenarioColumn, row: int, formula: str, line: tuple[str, Array], figures: Figures
) -> None:
    name, values = line
    look = {"num_format": number_format(LINES[name].unit)}
    write_labels(page, row, name, LINES[name].label, figures, column.find)
    opening = LINES[name].opening
    if opening is None:
        page.value(row, OPENING, None, bg_color=NO_OPENING)
    else:
        page.constant(row, OPENING, opening, **look)
    write_across(page, row, formula, values, **look)


def _write_run(page: Page, column: ScenarioColumn, run: RunRows, figures: Figures) -> None:
    page.section(min(run.rows.values()) - 1, f"{run.label}: lines that change", LAST)
    for name, row in run.rows.items():
        written = excel(run.trees[name], column.in_month(name, run))
        _write_line(page, column, row, written, (name, figures.runs[run.name][name]), figures)


def _write_metrics(page: Page, column: ScenarioColumn, figures: Figures) -> None:
    page.section(METRICS_TOP - 2, "Metrics", LAST)
    page.headings(METRICS_TOP - 1, VALUE, ["Live", "Delivered", "Differs"], align="right")
    page.headings(METRICS_TOP - 1, REASON, ["Why there is no value"], text_wrap=False)
    runs = {run.name: column.run_npv(run) for run in RUN_ROWS}
    for name, row in METRIC_ROWS.items():
        unit = METRICS["npv" if name in COUNTERFACTUALS else name].unit
        look: dict[str, Any] = {"num_format": number_format(unit), "align": "right"}
        page.public_name(row, name)
        page.text(row, LABEL, label_of(name))
        page.text(row, UNIT, unit.words("money") or unit.name, font_color=MUTED)
        if name in runs:
            page.formula(row, VALUE, f"={excel(*runs[name])}", figures.figure(name), **look)
            continue
        places, why = column.over_months(), figures.projection.undefined.get(name)
        if METRICS[name].undefined:
            page.formula(row, REASON, f"={reasons(name, places)}", why, font_color=MUTED)
        formula = metric_formula(name, places, address(row, REASON, absolute=False))
        page.formula(row, VALUE, f"={formula}", figures.figure(name), **look)
        if name in LISTED:
            _write_difference(page, row, name, column.number, figures)


def _write_difference(page: Page, row: int, name: str, number: int, figures: Figures) -> None:
    """The metric as delivered, and 1 where the live one is another."""
    value = figures.figure(name)
    look = {"num_format": number_format(METRICS[name].unit), "align": "right", "font_color": MUTED}
    page.formula(row, DELIVERED, f"={delivered_cell(name, number)}", "–" if value is None else value, **look)
    live, stored = (address(row, col, absolute=False) for col in (VALUE, DELIVERED))
    scale = f"MAX(ABS({live}),ABS({stored}))"
    if METRICS[name].unit.style is Style.MONEY:
        benefits, costs = (address(METRIC_ROWS[part], VALUE) for part in ("pv_benefits", "pv_costs"))
        scale = f"({scale}+ABS({benefits})+ABS({costs}))"
    differs = f"1*(ABS({live}-{stored})>{TOLERANCE_NAME}*{scale})"
    page.formula(row, DIFFERS,
        f"=IF(ISNUMBER({live})*ISNUMBER({stored}),{differs},1*(ISNUMBER({live})<>ISNUMBER({stored})))", 0,
        num_format='"differs";;"same"', align="right", font_color=MUTED)  # fmt: skip


def live_column(column: ScenarioColumn) -> LiveColumn:
    """Where a scenario's live results stand."""
    name, currency = (column.find(f"scenario_{field}") for field in ("name", "currency"))
    metrics = {name: column.metric(name) for name in LISTED}
    return LiveColumn(name, currency, column.cell(EDITS_ROW, VALUE), metrics)


def column_searches(columns: Sequence[ScenarioColumn], everything: Sequence[Figures]) -> tuple[RateSearch, ...]:
    """The lines of the scenarios' own sheets of which a metric takes the rate of return."""
    return tuple(
        RateSearch(
            line,
            irr_column(line, column.number),
            f"'{column.sheet}'!{across(LINE_ROWS[line], FIRST, LAST)}",
            f"'{column.sheet}'!{across(FLAG_ROW, FIRST, LAST)}",
            f"'{column.sheet}'!{HORIZON}",
            figures,
            column.sheet,
        )
        for column, figures in zip(columns, everything, strict=False)
        for line in SEARCHED
    )


def column_checks(columns: Sequence[ScenarioColumn], selected: Figures) -> dict[str, Check]:
    """Each scenario's own sheet against what was delivered, and that of the selected one against Summary."""
    if not columns:
        return {}
    first, last = METRICS_TOP, max(METRIC_ROWS[name] for name in LISTED)
    area = f"{address(first, DIFFERS)}:{address(last, DIFFERS)}"
    unlike = (f"({column.cell(EDITS_ROW, VALUE)}=0)*SUM('{column.sheet}'!{area})" for column in columns)
    edits = "+".join(f"({SELECTED}={column.number})*{column.cell(EDITS_ROW, VALUE)}" for column in columns)
    chosen = "+".join(f"({SELECTED}={column.number})*{column.metric('npv')}" for column in columns)
    scale = "+".join(f"({SELECTED}={column.number})*ABS({column.metric('pv_costs')})" for column in columns)
    return {
        "scenarios_agree_with_app": Check(
            "Each scenario whose inputs are not edited has, on its own sheet, the metrics that the app computed.",
            "+".join(unlike),
        ),
        # Whoever types over the live column of Inputs edits none of the scenarios.
        "selected_agrees_with_its_sheet": Check(
            "The selected scenario has the same net present value on its own sheet as on Summary.",
            f"IF({EDITS}={edits},ABS(npv-({chosen})),0)",
            f"{TOLERANCE_NAME}*(ABS(pv_benefits)+{scale})",
            selected.money_at_stake,
        ),
    }
