"""The headcount plan on the sheet Budget: the team by fiscal year, and the months in which whole people come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from model.telling.budget.headcount import WHOLE_DIGITS, Headcount, Joining
from report.workbook.book import MONTH_FORMAT, MUTED, Page, serial
from report.workbook.places import DATE_ROW, HORIZON, IN_HORIZON, MONTHS_SHEET, series_at
from report.workbook.sheets.budget.layout import (
    FIRST,
    LABEL,
    LAST,
    Body,
    Placed,
    count_cell,
    in_year,
    of_years,
    series,
    write_head,
    write_label,
    write_row,
)
from report.workbook.sheets.years import LAST_MONTH_ROW

# Below the table: which person it is, and the month.
PERSON_ROW, MONTH_ROW, NEEDED = 1, 2, 3
_START = f"ROUNDUP(ROUND(team_start,{WHOLE_DIGITS}),0)"
SLOTS = LAST - FIRST + 1


def write_headcount(page: Page, at: Placed, found: Headcount) -> None:
    """The plan of people, then the months in which the first of them come or go."""
    write_head(page, at)
    bodies = _bodies(at)
    totals = {
        "team_at_start": "team_start",
        "team_at_end": f"INDEX({series('team')},1,{HORIZON})",
        "whole_at_end": _whole(f"INDEX({series('team')},1,{HORIZON})"),
    }
    for row in at.statement.rows:
        write_label(page, at, row)
        write_row(page, at, row, bodies[row.name], totals.get(row.name))
    _write_joinings(page, at.end, found.joinings)


def _bodies(at: Placed) -> Mapping[str, Body]:
    """Each row's formula by year, as the model's headcount plan has it."""

    def before(name: str, today: str, col: int) -> str:
        return today if col == FIRST else at.cell(name, col - 1)

    a_person = f"{series('team_pay')}*{series('cost_factor')}"
    return {
        "team_at_start": lambda col: before("team_at_end", "team_start", col),
        "added": lambda col: f"{at.cell('team_at_end', col)}-{at.cell('team_at_start', col)}",
        "hired": lambda col: f"hired_share*MAX(0,{at.cell('added', col)})",
        "moved_here": lambda col: f"(1-hired_share)*MAX(0,{at.cell('added', col)})",
        "team_at_end": lambda col: f"INDEX({series('team')},1,{of_years(LAST_MONTH_ROW, col)})",
        "whole_joining": lambda col: f"{at.cell('whole_at_end', col)}-{before('whole_at_end', _START, col)}",
        "whole_at_end": lambda col: _whole(at.cell("team_at_end", col)),
        "pay_a_head": lambda col: f"12*{in_year(a_person, col)}/{count_cell(col)}",
        "payroll": lambda col: in_year(series("team_payroll"), col),
        "whole_payroll_extra": lambda col: in_year(
            f"{_whole(series('team'))}*{a_person}-{series('team_payroll')}", col
        ),
    }


def _whole(team: str) -> str:
    """The need rounded up to whole people."""
    return f"ROUNDUP(ROUND({team},{WHOLE_DIGITS}),0)"


def _write_joinings(page: Page, row: int, joinings: tuple[Joining, ...]) -> None:
    """For each whole person beyond today's, or fewer, the month; as many as there are columns."""
    days = [item.day for item in joinings for _ in range(abs(item.people))]
    page.text(row + PERSON_ROW, LABEL, f"Whole person who comes (or goes), the first {SLOTS}", font_color=MUTED)
    page.text(row + MONTH_ROW, LABEL, "In the month")
    page.public_name(row + MONTH_ROW, "headcount_joining_month")
    for place in range(SLOTS):
        col, day = FIRST + place, days[place] if place < len(days) else None
        page.number(row + PERSON_ROW, col, place + 1, num_format="0", font_color=MUTED, align="right")
        look = {"num_format": page.book.dated(MONTH_FORMAT), "align": "right"}
        page.formula(row + MONTH_ROW, col, f"={_month_of(place + 1)}", _serial(day), **look)


def _serial(day: date | None) -> int | None:
    return None if day is None else serial(day)


def _month_of(person: int) -> str:
    """The first day of the month in which the whole people needed pass the next number; empty where they do not."""
    team = f"ROUND({series('team')},{WHOLE_DIGITS})"
    rising = f"({team}<={_START}+{person - 1})*(team_target>=team_start)"
    falling = f"({team}>{_START}-{person})*(team_target<team_start)"
    before = f"SUMPRODUCT({IN_HORIZON}*({rising}+{falling}))"
    return f'IF({before}>={HORIZON},"",INDEX({series_at(MONTHS_SHEET, DATE_ROW)},1,{before}+1))'
