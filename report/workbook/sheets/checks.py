"""The sheet Checks: the model's identities as formulas, and what only a workbook can get wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from model.checks import CHECKS, HOLD_ZEROS, TOLERANCE
from model.lines import LINES
from model.metrics import BRIDGE, METRICS
from model.scenario import Scenario
from model.telling.budget.accounts import EFFECT, PAYMENT
from model.telling.budget.items import MONEY_OUT, PAID
from model.telling.caveats import NOT_DEFENSIBLE
from report.workbook.book import (
    BAD_FILL,
    BAD_TEXT,
    CHANGED,
    COMPARED,
    GOOD_FILL,
    GOOD_TEXT,
    MARK,
    MASTER,
    MUTED,
    TITLE,
    Book,
    Page,
    address,
    down,
    in_row,
)
from report.workbook.by_year import HIGHEST_SHARE, LOWEST_SHARE
from report.workbook.consolidation.flat import total_of
from report.workbook.defence.fingerprints import OF_NAMES
from report.workbook.defence.fingerprints import SHEET as FINGERPRINTS
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
from report.workbook.sheets.scenarios import TOLERANCE_NAME, differences
from report.workbook.sheets.years import whole_plan

SHEET = "Checks"
LABEL, MEASURED, ALLOWED, HOLDS = 1, 2, 3, 4
MASTER_ROW, TOLERANCE_ROW, HEADING_ROW, TOP = 4, 5, 7, 8
_TOLERANCE = TOLERANCE_NAME
AS_DELIVERED = "formulas_as_delivered"
# What is paid under the plan is made of these lines, less the pay that the social budget holds.
_PAID = ("social_spend", "team_payroll", *(name for name in PAID if name in LINES), "other_costs")
_SIZE = (*_PAID, "revenue_gain")
_BUDGET = f"SUM(budget_plan_{MONEY_OUT})"
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


def write_checks(book: Book, figures: Figures, bound: str, checks: Mapping[str, Check]) -> Page:
    """A row a check; the master check is 1 where all hold.

    `bound` is the cell of the causal share's highest, `checks` are all of them by their public names.
    """
    page = book.page(SHEET, "Checks", "output", [3, 92, 18, 18, 12])
    passed = figures.projection.sound
    page.text(MASTER_ROW, LABEL, "Master check: 1 where every check holds", bold=True)
    holds = down(HOLDS, TOP, TOP + len(checks) - 1)
    every = f"SUM({holds})+({COMPARED}<>1)=ROWS({holds})"
    page.verdict(MASTER_ROW, MEASURED, f"=({every})*({CHANGED}=0)", int(passed), num_format="0", bold=True)
    page.colour_master(MASTER_ROW, MEASURED)
    book.name(MASTER, page.cell(MASTER_ROW, MEASURED))
    page.text(TOLERANCE_ROW, LABEL, "Tolerance: differences up to this part of the amounts compared are rounding")
    page.public_name(TOLERANCE_ROW, _TOLERANCE)
    page.constant(TOLERANCE_ROW, MEASURED, TOLERANCE, num_format="0E+00")
    book.name(_TOLERANCE, page.cell(TOLERANCE_ROW, MEASURED))
    page.headings(HEADING_ROW, LABEL, ["What must hold"])
    page.headings(HEADING_ROW, MEASURED, ["Measured", "Allowed"], align="right")
    page.headings(HEADING_ROW, HOLDS, ["Holds"], align="center")
    for place, (name, check) in enumerate(checks.items()):
        _write_check(page, TOP + place, name, check, figures)
    _write_state(book, page, TOP + len(checks) + 1, figures.scenario, bound)
    page.sheet.freeze_panes(TOP, 0)
    page.print_as(top=HEADING_ROW)
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
    measured, allowed, result = (address(row, col, absolute=False) for col in (MEASURED, ALLOWED, HOLDS))
    page.public_name(row, name)
    page.text(row, LABEL, check.label, text_wrap=True)
    formula = f"IF(ISNUMBER({measured}-{allowed}),1*({measured}<={allowed}),0)"
    write = page.formula
    if name == AS_DELIVERED:
        formula, write = f'IF({COMPARED}=1,{formula},"not compared")', page.verdict
    write(row, MEASURED, f"={check.measured}", 0 if holds else 1, num_format=_SMALL, font_color=MUTED)
    write(row, ALLOWED, f"={check.allowed}", TOLERANCE * check.scale, num_format=_SMALL, font_color=MUTED)
    write(row, HOLDS, f"={formula}", int(holds), num_format='"holds";;"FAILS"', align="center")
    page.rule((row, HOLDS), f"={result}=1", font_color=GOOD_TEXT, bg_color=GOOD_FILL)
    page.rule((row, HOLDS), f"=N({result})<>1", font_color=BAD_TEXT, bg_color=BAD_FILL, bold=True)


def all_checks(figures: Figures, count: int) -> Mapping[str, Check]:
    """The identities of the model, then the workbook's own checks; the file holds so many scenarios."""
    money = figures.money_at_stake
    cash = float(abs(figures.projection.lines["net_cash"]).sum())
    size = float(sum(abs(figures.projection.lines[name].sum()) for name in _SIZE))
    scales = {"cash_adds_up": cash, "npv_is_benefits_less_costs": money, "programme_and_rest_add_up": money}
    own = {
        "bridge_adds_up": Check(
            "The steps of the value bridge add up to the net present value.",
            f"ABS({'+'.join(bridge_formula(name) for name in BRIDGE)}-{metric_cell('npv')})".replace("+-", "-"),
            f"{_TOLERANCE}*{value_scale()}",
            money,
        ),
        "inputs_within_bounds": Check("Every live input is one the app would take.", FAULTS),
        "delivered_share_within_bounds": Check(
            "The social share stays within the bounds a share can have.", _share_out_of_bounds()
        ),
        "years_add_up": Check(
            "Net cash of the fiscal years adds up to the final cumulative cash.",
            f"ABS({whole_plan('net_cash')}-{in_row(places_over_months().series('cumulative_cash'), HORIZON)})",
            f"{_TOLERANCE}*SUMPRODUCT({IN_HORIZON}*ABS({places_over_months().series('net_cash')}))",
            cash,
        ),
        "budget_adds_up": Check(
            "The budget of the plan is the social spend and what is paid beside it, and net profit is net cash.",
            f"ABS({_BUDGET}-({'+'.join(map(whole_plan, _PAID))}-{whole_plan('budget_payroll')}))"
            f"+ABS(SUM(budget_profit_net_profit)-{whole_plan('net_cash')})",
            f"{_TOLERANCE}*({'+'.join(f'ABS({whole_plan(name)})' for name in _SIZE)})",
            size,
        ),
        "flat_adds_up": Check(
            "The flat table's effects add up to net cash before tax, its budget to the money to be paid out.",
            f"ABS({total_of(EFFECT)}*(1-tax_rate)-{whole_plan('net_cash')})+ABS({total_of(PAYMENT)}+{_BUDGET})",
            f"{_TOLERANCE}*({'+'.join(f'ABS({whole_plan(name)})' for name in _SIZE)})",
            size,
        ),
        AS_DELIVERED: Check("Every formula is the one delivered.", CHANGED),
        "agrees_with_app": Check(
            "As long as no input is edited, every metric is what the app computed.",
            f"IF({EDITS}=0,SUM({differences(count)}),0)",
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
    end = in_row(at("cumulative_cash"), HORIZON)
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
        "npv_is_benefits_less_costs": Check("", f"ABS({npv}-({benefits}-{costs}))", f"{_TOLERANCE}*{value_scale()}"),
        "hold_changes_nothing": Check("", "+".join(f"SUMPRODUCT({IN_HORIZON}*({row}<>0))" for row in zeros)),
        "programme_and_rest_add_up": Check("",
            f"ABS({_programme()}+{metric_cell('npv_without_programme')}-{npv})", f"{_TOLERANCE}*{value_scale()}"),
        "all_finite": Check("", _missing()),
    }  # fmt: skip


def value_scale() -> str:
    """The size of the amounts that a net present value is the difference of."""
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


def write_changed_by_sheet(book: Book, page: Page, count: int, sheets: str, differences: str) -> None:
    """Below the checks how many formulas of each sheet are not those delivered; to be called once all are written.

    `count` is the number of the checks, `sheets` are the cells that name the sheet of each comparison, `differences`
    those of what it found.
    """
    row = TOP + count + 5
    page.section(row, "Formulas that are not those delivered, by sheet", HOLDS)
    names = [other.name for other in book.pages if other.formulas and other.name != FINGERPRINTS] + [OF_NAMES]
    for place, name in enumerate(names, start=row + 1):
        page.text(place, LABEL, name)
        counted = f"=SUMIF({sheets},{address(place, LABEL)},{differences})"
        page.words(place, MEASURED, counted, 0, num_format="0", font_color=MUTED)


def _share_out_of_bounds() -> str:
    """In how many months of the horizon the social share leaves the bounds of the share aimed for."""
    share = places_over_months().series("social_share")
    outside = f"({LOWEST_SHARE}-{share}>{_TOLERANCE})+({share}-{HIGHEST_SHARE}>{_TOLERANCE})"
    return f"SUMPRODUCT({IN_HORIZON}*({outside}))"
