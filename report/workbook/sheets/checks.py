"""The sheet Checks: the model's identities as formulas, and what only a workbook can get wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from model.checks import CHECKS, HOLD_ZEROS, TOLERANCE
from model.metrics import BRIDGE, METRICS
from model.scenario import Scenario
from model.telling.caveats import NOT_DEFENSIBLE
from report.workbook.book import (
    BAD_FILL,
    BAD_TEXT,
    GOOD_FILL,
    GOOD_TEXT,
    INPUT_FILL,
    INPUT_TEXT,
    MARK,
    MASTER,
    MUTED,
    TITLE,
    Book,
    Page,
    address,
    down,
)
from report.workbook.by_year import HIGHEST_SHARE, LOWEST_SHARE
from report.workbook.excel_formula import Places
from report.workbook.fields import EDITS, mark, title, title_formula
from report.workbook.figures import Figures
from report.workbook.places import (
    FIRST,
    HORIZON,
    IN_HORIZON,
    LAST,
    LINES_END,
    LINES_TOP,
    MONTHS_SHEET,
    SUMMARY_ROWS,
    metric_cell,
    places_over_months,
)
from report.workbook.sheets.charts import bridge_formula
from report.workbook.sheets.inputs import FAULTS
from report.workbook.sheets.scenarios import DIFFERENCES, TOLERANCE_NAME
from report.workbook.sheets.years import whole_plan

SHEET = "Checks"
LABEL, MEASURED, ALLOWED, HOLDS = 1, 2, 3, 4
MASTER_ROW, TOLERANCE_ROW, HEADING_ROW, TOP = 4, 5, 7, 8
_TOLERANCE = TOLERANCE_NAME
_TYPED_OVER = "formulas_typed_over"
_SMALL = "0.0E+00;-0.0E+00;0"


@dataclass(frozen=True)
class Check:
    """What must hold, how far it is from holding, and how far it may be; formulas without the equals sign.

    `scale` is the size of the amounts compared, of which the tolerance is a part.
    """

    label: str
    measured: str
    allowed: str = "0"
    scale: float = 0.0


def write_checks(book: Book, figures: Figures, bound: str) -> Page:
    """A row a check; the master check is 1 where all hold. `bound` is the cell of the causal share's highest."""
    page = book.page(SHEET, "Checks", "output", [3, 92, 18, 18, 12])
    checks = all_checks(figures)
    passed = figures.projection.sound
    page.text(MASTER_ROW, LABEL, "Master check: 1 where every check holds", bold=True)
    holds = down(HOLDS, TOP, TOP + len(checks) - 1)
    page.formula(MASTER_ROW, MEASURED, f"=1*(SUM({holds})=ROWS({holds}))", int(passed), num_format="0", bold=True)
    page.colour_master(MASTER_ROW, MEASURED)
    book.name(MASTER, page.cell(MASTER_ROW, MEASURED))
    page.text(TOLERANCE_ROW, LABEL, "Tolerance: differences up to this part of the amounts compared are rounding")
    page.number(TOLERANCE_ROW, MEASURED, TOLERANCE, num_format="0E+00", font_color=INPUT_TEXT, bg_color=INPUT_FILL)
    book.name(_TOLERANCE, page.cell(TOLERANCE_ROW, MEASURED))
    page.headings(HEADING_ROW, LABEL, ["What must hold"])
    page.headings(HEADING_ROW, MEASURED, ["Measured", "Allowed"], align="right")
    page.headings(HEADING_ROW, HOLDS, ["Holds"], align="center")
    for place, (name, check) in enumerate(checks.items()):
        _write_check(page, TOP + place, name, check, figures)
    _write_state(book, page, TOP + len(checks) + 1, figures.scenario, bound)
    page.sheet.freeze_panes(TOP, 0)
    return page


def _write_state(book: Book, page: Page, row: int, scenario: Scenario, bound: str) -> None:
    """What the live scenario is called in every header, and how it is marked."""
    page.section(row, "State of the file", HOLDS)
    page.text(row + 1, LABEL, "Called in every header")
    page.formula(row + 1, MEASURED, f"={title_formula()}", title(scenario), font_color=MUTED)
    page.text(row + 2, LABEL, "Marked as")
    page.formula(row + 2, MEASURED, f'=IF(causal_share<={bound},"","{NOT_DEFENSIBLE}")', mark(scenario),
        font_color=BAD_FILL)  # fmt: skip
    book.name(TITLE, page.cell(row + 1, MEASURED))
    book.name(MARK, page.cell(row + 2, MEASURED))


def _write_check(page: Page, row: int, name: str, check: Check, figures: Figures) -> None:
    holds = figures.projection.checks.get(name, True)
    measured, allowed, result = (address(row, col) for col in (MEASURED, ALLOWED, HOLDS))
    page.public_name(row, name)
    page.text(row, LABEL, check.label, text_wrap=True)
    page.formula(row, MEASURED, f"={check.measured}", 0 if holds else 1, num_format=_SMALL, font_color=MUTED)
    page.formula(row, ALLOWED, f"={check.allowed}", TOLERANCE * check.scale, num_format=_SMALL, font_color=MUTED)
    page.formula(row, HOLDS, f"=IF(ISNUMBER({measured}-{allowed}),1*({measured}<={allowed}),0)", int(holds),
        num_format='"holds";;"FAILS"', align="center")  # fmt: skip
    page.rule((row, HOLDS), f"={result}=1", font_color=GOOD_TEXT, bg_color=GOOD_FILL)
    page.rule((row, HOLDS), f"={result}<>1", font_color=BAD_TEXT, bg_color=BAD_FILL, bold=True)


def all_checks(figures: Figures) -> Mapping[str, Check]:
    """The identities of the model, then the workbook's own checks."""
    money = abs(figures.figure("pv_benefits") or 0.0) + abs(figures.figure("pv_costs") or 0.0)
    cash = float(abs(figures.projection.lines["net_cash"]).sum())
    scales = {"cash_adds_up": cash, "npv_is_benefits_less_costs": money, "programme_and_rest_add_up": money}
    own = {
        "bridge_adds_up": Check(
            "The steps of the value bridge add up to the net present value.",
            f"ABS({'+'.join(bridge_formula(name) for name in BRIDGE)}-{metric_cell('npv')})".replace("+-", "-"),
            f"{_TOLERANCE}*{_scale()}",
            money,
        ),
        "inputs_within_bounds": Check("Every live input is one the app would take.", FAULTS),
        "delivered_share_within_bounds": Check(
            "The social share stays within the bounds a share can have.", _share_out_of_bounds()
        ),
        "years_add_up": Check(
            "Net cash of the fiscal years adds up to the final cumulative cash.",
            f"ABS({whole_plan('net_cash')}-INDEX({places_over_months().series('cumulative_cash')},1,{HORIZON}))",
            f"{_TOLERANCE}*SUMPRODUCT({IN_HORIZON}*ABS({places_over_months().series('net_cash')}))",
            cash,
        ),
        "formulas_in_place": Check("No formula was typed over.", f"SUM({_TYPED_OVER})"),
        "agrees_with_app": Check(
            "As long as no input is edited, every metric is what the app computed.",
            f"IF({EDITS}=0,SUM({DIFFERENCES}),0)",
        ),
    }
    model = _identities()
    assert model.keys() == CHECKS.keys()
    named = {name: replace(check, label=CHECKS[name], scale=scales.get(name, 0.0)) for name, check in model.items()}
    return named | own


def _identities() -> Mapping[str, Check]:
    """Each identity of the model over the months of the horizon."""
    at = places_over_months().series
    spend, budget = f"({at('social_spend')}+{at('other_spend')})", f"({at('marketing_budget')}+{at('new_money')})"
    gap = f"ABS({spend}-{budget})"
    competent, cash = at("competent_share"), at("net_cash")
    end = f"INDEX({at('cumulative_cash')},{HORIZON})"
    flows = f"SUMPRODUCT({IN_HORIZON}*{cash})"
    npv, benefits, costs = (metric_cell(name) for name in ("npv", "pv_benefits", "pv_costs"))
    zeros = (_held(name) for name in HOLD_ZEROS)
    return {
        "budget_balances": Check("",
            f"SUMPRODUCT({IN_HORIZON}*({gap}>{_TOLERANCE}*ABS({spend}))*({gap}>{_TOLERANCE}*ABS({budget})))"),
        "competence_is_a_share": Check("",
            f"SUMPRODUCT({IN_HORIZON}*(({competent}<0)+({competent}>1+{_TOLERANCE})))"),
        "cash_adds_up": Check("", f"ABS({flows}-{end})",
            f"{_TOLERANCE}*MAX(ABS({flows}),ABS({end}),SUMPRODUCT({IN_HORIZON}*ABS({cash})))"),
        "npv_is_benefits_less_costs": Check("", f"ABS({npv}-({benefits}-{costs}))", f"{_TOLERANCE}*{_scale()}"),
        "hold_changes_nothing": Check("", "+".join(f"SUMPRODUCT({IN_HORIZON}*({row}<>0))" for row in zeros)),
        "programme_and_rest_add_up": Check("",
            f"ABS({_programme()}+{metric_cell('npv_without_programme')}-{npv})", f"{_TOLERANCE}*{_scale()}"),
        "all_finite": Check("", _missing()),
    }  # fmt: skip


def _scale() -> str:
    return f"(ABS({metric_cell('pv_benefits')})+ABS({metric_cell('pv_costs')}))"


def _held(name: str) -> str:
    return places_over_months("hold").series(name)


def _programme() -> str:
    """The programme's value from its own benefits and costs, month by month."""
    plan: Places = places_over_months()
    without = places_over_months("npv_without_programme")
    gained, spent = (f"({plan.series(name)}-{without.series(name)})" for name in ("benefits", "costs"))
    return f"SUMPRODUCT({IN_HORIZON}*({gained}-{spent})*{plan.series('discount_factor')})"


def _missing() -> str:
    """How many numbers of the horizon and of the metrics that always have a value are none."""
    block = f"{MONTHS_SHEET}!{_block(LINES_TOP, LINES_END)}"
    always = [name for name in SUMMARY_ROWS if name not in METRICS or not METRICS[name].undefined]
    metrics = "+".join(f"NOT(ISNUMBER({metric_cell(name)}))" for name in always)
    return f"ROWS({block})*{HORIZON}-SUMPRODUCT({IN_HORIZON}*ISNUMBER({block}))+{metrics}"


def _block(first: int, last: int) -> str:
    return f"{address(first, FIRST)}:{address(last, LAST)}"


def write_formulas_in_place(book: Book, page: Page, figures: Figures) -> None:
    """Below the checks how many formulas of each other sheet were typed over; to be called once all are written."""
    row = TOP + len(all_checks(figures)) + 5
    pages = [other for other in book.pages if other.calculated and other is not page]
    page.section(row, "Formulas typed over, by sheet", HOLDS)
    for place, other in enumerate(pages, start=row + 1):
        page.text(place, LABEL, other.name)
        page.formula(place, MEASURED, f"={_typed_over(other)}", 0, num_format="0", font_color=MUTED)
    book.name(_TYPED_OVER, f"{SHEET}!{down(MEASURED, row + 1, row + len(pages))}")


def _typed_over(page: Page) -> str:
    """How many cells of a sheet that held a formula hold none now."""
    areas = (
        f"{address(top, left)}:{address(bottom, right)}" for top, left, bottom, right in blocks(page.calculated)
    )
    return "+".join(f"SUMPRODUCT(1-_xlfn.ISFORMULA('{page.name}'!{area}))" for area in areas)


def blocks(cells: Collection[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """The rectangles (first row and column, last row and column) that together are exactly these cells."""
    # By columns: on most sheets those of all months have their formulas in the same rows.
    columns: dict[tuple[int, int], list[int]] = defaultdict(list)
    for col, found in groupby(sorted((col, row) for row, col in cells), key=itemgetter(0)):
        for ends in _in_a_row(row for _, row in found):
            columns[ends].append(col)
    return [
        (top, left, bottom, right) for (top, bottom), every in columns.items() for left, right in _in_a_row(every)
    ]


def _in_a_row(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of each run of consecutive numbers; they ascend."""
    runs = groupby(enumerate(numbers), key=lambda item: item[1] - item[0])
    ends = ([number for _, number in run] for _, run in runs)
    return [(run[0], run[-1]) for run in ends]


def _share_out_of_bounds() -> str:
    """How far the social share leaves the bounds of the share aimed for, within the horizon."""
    series = places_over_months().series("social_share")
    horizon = f"{series.partition(':')[0]}:INDEX({series},{HORIZON})"
    beyond = f"MAX(0,{LOWEST_SHARE}-MIN({horizon}),MAX({horizon})-{HIGHEST_SHARE})"
    return f"1*({beyond}>{_TOLERANCE})"
