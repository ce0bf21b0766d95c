"""The sheet Inputs: every assumption with its evidence, a column for each scenario, and the live column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from model.assumptions import ASSUMPTIONS, MOST_YEARS, SECTIONS, Assumption
from model.projection import Projection
from model.telling.basis import is_foreign
from model.units import DEFAULT_CURRENCY, Style
from report.workbook.book import (
    BAD_FILL,
    INPUT_FILL,
    INPUT_TEXT,
    MONTH_FORMAT,
    MUTED,
    Book,
    Page,
    Value,
    across,
    address,
    down,
    in_row,
    serial,
)
from report.workbook.by_year import BY_YEAR, HIGHEST_SHARE, LOWEST_SHARE, ByYear
from report.workbook.fields import EDITS, SELECTED, Field, fields_of
from report.workbook.ranges import PARTS, stored_headings, write_ranges
from report.workbook.rules import FIELD_RULES, input_format, rule, typed

SHEET = "Inputs"
NAME, LABEL, LIVE, UNIT, FIRST_SCENARIO = range(5)
SELECTOR_ROW, EDITS_ROW, FAULTS_ROW, HEADING_ROW, TOP = 3, 4, 5, 6, 7
FAULTS = "inputs_out_of_bounds"
_WORDS_LOOK: Mapping[str, Any] = {"text_wrap": True, "align": "left"}
_SOURCE, _HIGHEST = "Source of default", "Plausible high"
_NUMBERS = ("Check", "Default", "Lowest", "Highest", "Plausible low", _HIGHEST, *PARTS)
_EVIDENCE = (*_NUMBERS, "Kind", "Grade of default", _SOURCE, "What it means")
_RANGE, _WORDS, _MEANING = _NUMBERS.index(PARTS[0]), len(_NUMBERS), len(_EVIDENCE) - 1
_LABEL_WIDTH, _MEANING_WIDTH = 58, 64
_WIDTHS = (12, 13, 12, 14, 14, 14, 11, 11, 11, 12, 12, 26, _MEANING_WIDTH)
_FIELD_WIDTH = 17
# Bold text takes so much less of it.
_BOLD = 0.75
_NOTE_WIDTH = 60
_DELIVERED = "Delivered "
_SECOND_PAGE = "Team and skills"
_INPUT: Mapping[str, Any] = {"font_color": INPUT_TEXT, "bg_color": INPUT_FILL, "locked": False}


class Inputs:
    """Writes the sheet, and knows where things stand on it."""

    def __init__(self, projections: Sequence[Projection], today: date) -> None:
        self.scenarios = tuple(projection.scenario for projection in projections)
        self.today = today
        self.fields = fields_of(projections, today)
        self.rows = self._rows()
        count = len(self.scenarios)
        self.last_scenario = FIRST_SCENARIO + count - 1
        self.check = FIRST_SCENARIO + count
        self.note = self.check + len(_EVIDENCE)
        self.notes = count if any(scenario.notes for scenario in self.scenarios) else 0
        self.delivered = self.note + self.notes + 1
        self.ranges = self.delivered + count + 1

    def _rows(self) -> Mapping[str, int]:
        rows: dict[str, int] = {}
        row = TOP + 1
        for field in self.fields:
            rows[field.name] = row
            row += 1
        for section in SECTIONS:
            row += 1
            for name, item in ASSUMPTIONS.items():
                if item.section == section:
                    rows[name] = row
                    row += 1
        for stated in BY_YEAR:
            row += 1
            for name in stated.rows:
                rows[name] = row
                row += 1
        return rows

    @property
    def last(self) -> int:
        """The last row."""
        return max(self.rows.values())

    def write(self, book: Book) -> Page:
        """The sheet, with the defined names of its live cells."""
        widths = [
            3,
            _LABEL_WIDTH,
            _FIELD_WIDTH,
            17,
            *[_FIELD_WIDTH] * len(self.scenarios),
            *_WIDTHS,
            *[_NOTE_WIDTH] * self.notes,
            3,
            *[13] * len(self.scenarios),
            3,
            *[13] * len(stored_headings(len(self.scenarios))),
        ]
        page = book.page(SHEET, "Inputs", "input", widths)
        self._write_top(book, page)
        self._write_headings(page)
        for field in self.fields:
            self._write_field(book, page, field)
        for item in ASSUMPTIONS.values():
            self._write_assumption(book, page, item)
        for by_year in BY_YEAR:
            if by_year.called:
                self._write_named(book, page, by_year)
            self._write_by_year(book, page, by_year)
        page.sheet.freeze_panes(TOP, FIRST_SCENARIO)
        parts = (self.check + 1, self.check + _WORDS, self.note)
        page.print_as(top=HEADING_ROW, labels=LABEL, last=(self.last, self.note + self.notes - 1), parts=parts)
        return page

    def _section_row(self, section: str) -> int:
        """The row of a section's title."""
        return min(self.rows[name] for name, item in ASSUMPTIONS.items() if item.section == section) - 1

    def highest(self, name: str) -> str:
        """The cell of the upper end of what is plausible for an assumption, with the sheet's name."""
        return f"{SHEET}!{address(self.rows[name], self.check + _NUMBERS.index(_HIGHEST))}"

    def find(self, name: str, number: int) -> str:
        """Where an input of the `number`-th scenario stands, with the sheet's name; of a value by year all years."""
        col = FIRST_SCENARIO + number - 1
        row = self.rows.get(name.removeprefix("scenario_"))
        if row is not None:
            return f"{SHEET}!{address(row, col)}"
        return f"{SHEET}!{down(col, self.rows[f'{name}_1'], self.rows[f'{name}_{MOST_YEARS}'])}"

    def edited(self, number: int) -> str:
        """The formula that counts the inputs of the `number`-th scenario that are not those delivered."""
        first, last = TOP + 1, self.last
        typed_, stored = (down(col + number - 1, first, last) for col in (FIRST_SCENARIO, self.delivered))
        return f"SUMPRODUCT(--({SHEET}!{typed_}<>{SHEET}!{stored}))"

    def _write_top(self, book: Book, page: Page) -> None:
        count = len(self.scenarios)
        page.text(SELECTOR_ROW, LABEL, "Selected scenario: its column is live on all sheets", bold=True)
        page.number(SELECTOR_ROW, LIVE, 1, **_INPUT, border=1, bold=True, align="center")
        page.text(SELECTOR_ROW, UNIT, f"type 1 to {count}" if count > 1 else "the only one",
            font_color=MUTED, align="left", indent=1)  # fmt: skip
        page.sheet.data_validation(
            SELECTOR_ROW, LIVE, SELECTOR_ROW, LIVE,
            {
                "validate": "list",
                "source": [str(number) for number in range(1, count + 1)],
                "error_title": "No such scenario",
                "error_message": f"Type a whole number from 1 to {count}, the number above the scenario's column.",
            },
        )  # fmt: skip
        book.name(SELECTED, f"{SHEET}!{address(SELECTOR_ROW, LIVE)}")
        self._write_state(book, page)
        page.text(SELECTOR_ROW, FIRST_SCENARIO, "Blue on cream: type here", **_INPUT)

    def _write_state(self, book: Book, page: Page) -> None:
        """How many live inputs differ from what was delivered, and how many the app would refuse."""
        first, last = TOP + 1, self.last
        live = down(LIVE, first, last)
        end = self.delivered + len(self.scenarios) - 1
        block = f"{address(first, self.delivered)}:{address(last, end)}"
        chosen = f'{across(HEADING_ROW, self.delivered, end)}="{_DELIVERED}"&{SELECTED}'
        page.text(EDITS_ROW, LABEL, "Live inputs that differ from those delivered")
        page.formula(EDITS_ROW, LIVE, f"=SUMPRODUCT(({live}<>{block})*({chosen}))", 0, num_format="0")
        book.name(EDITS, f"{SHEET}!{address(EDITS_ROW, LIVE)}")
        target = self.rows["social_share_target"]
        book.name(LOWEST_SHARE, page.cell(target, self.check + 2))
        book.name(HIGHEST_SHARE, page.cell(target, self.check + 3))
        faults = (FAULTS_ROW, LIVE)
        page.text(FAULTS_ROW, LABEL, "Live inputs out of bounds")
        page.formula(*faults, f"=SUM({down(self.check, first, last)})", 0, num_format="0")
        book.name(FAULTS, page.cell(*faults))

    def _write_headings(self, page: Page) -> None:
        page.headings(HEADING_ROW, LABEL, ["Assumption"])
        page.headings(HEADING_ROW, LIVE, ["Live value"], align="right")
        page.headings(HEADING_ROW, UNIT, ["Unit"], align="left", indent=1)
        names = [f"{number}" for number in range(1, len(self.scenarios) + 1)]
        page.headings(HEADING_ROW, FIRST_SCENARIO, [f"Scenario {name}" for name in names], align="right")
        page.headings(HEADING_ROW, self.check, _NUMBERS, align="right")
        page.headings(HEADING_ROW, self.check + _WORDS, _EVIDENCE[_WORDS:], align="left", indent=1)
        noted = [f"Why, scenario {name}" for name in names[: self.notes]]
        page.headings(HEADING_ROW, self.note, noted, align="left", indent=1)
        page.headings(HEADING_ROW, self.delivered, [f"{_DELIVERED}{name}" for name in names], font_color=MUTED)
        page.headings(HEADING_ROW, self.ranges, stored_headings(len(names)), font_color=MUTED)
        last = self.ranges + len(stored_headings(len(names))) - 1
        page.section(TOP, "Scenario", last)
        for section in SECTIONS:
            page.section(self._section_row(section), section, last)
        for item in BY_YEAR:
            page.section(self.rows[item.rows[0]] - 1, item.title, last)

    def _write_field(self, book: Book, page: Page, field: Field) -> None:
        row = self.rows[field.name]
        page.public_name(row, field.name)
        page.text(row, LABEL, field.label)
        look: dict[str, Any] = {"num_format": book.dated(MONTH_FORMAT)} if field.name == "start_month" else {}
        first = field.values[0]
        look |= {"text_wrap": True, "align": "left"}
        page.fit(row, *((value, _BOLD * _FIELD_WIDTH) for value in field.values if isinstance(value, str)), ("", 1))
        self._write_live_or_empty(page, row, serial(first) if isinstance(first, date) else first, look)
        page.text(row, UNIT, field.unit, font_color=MUTED, align="left", indent=1)
        for place, value in enumerate(field.values):
            style = (dict(_INPUT) if field.typed else {"font_color": MUTED}) | look
            _write_value(page, row, FIRST_SCENARIO + place, value, style)
            _write_value(page, row, self.delivered + place, value, look | {"font_color": MUTED, "text_wrap": False})
        book.name(f"scenario_{field.name}", page.cell(row, LIVE))
        self._validate(page, row, FIELD_RULES.get(field.name))

    def _write_live(self, page: Page, row: int, value: Value, look: Mapping[str, Any]) -> None:
        page.live_input(row, LIVE, "=" + self._chosen(row), value, **{"bold": True, **look})

    def _write_live_or_empty(self, page: Page, row: int, value: Value, look: Mapping[str, Any]) -> None:
        """As `_write_live`, but an empty cell stays empty rather than 0."""
        chosen = self._chosen(row)
        page.live_input(row, LIVE, f'=IF({chosen}="","",{chosen})', value, **{"bold": True, **look})

    def _chosen(self, row: int) -> str:
        """The selected scenario's cell of a row."""
        return in_row(across(row, FIRST_SCENARIO, self.last_scenario, absolute=False), SELECTED)

    def _write_assumption(self, book: Book, page: Page, item: Assumption) -> None:
        row = self.rows[item.name]
        look = {"num_format": input_format(item.unit), "align": "right"}
        page.public_name(row, item.name)
        page.text(row, LABEL, item.label, text_wrap=True)
        self._write_live(page, row, typed(self.scenarios[0].values[item.name]), look)
        page.unit(row, UNIT, item.unit, self.scenarios[0].currency)
        for place, scenario in enumerate(self.scenarios):
            value = typed(scenario.values[item.name])
            page.value(row, FIRST_SCENARIO + place, value, **_INPUT, **look)
            page.value(row, self.delivered + place, value, **{"font_color": MUTED} | look)
        book.name(item.name, page.cell(row, LIVE))
        self._validate(page, row, rule(item))
        self._write_evidence(page, row, item, look)

    def _write_evidence(self, page: Page, row: int, item: Assumption, look: Mapping[str, Any]) -> None:
        grey = {"font_color": MUTED}
        low, high = item.bounds or (None, None)
        plausible = (item.range.low, item.range.high) if item.range else (None, None)
        self._write_fault(page, row, item)
        page.value(row, self.check + 1, typed(item.default), **{**grey, **look, **self._declared(item)})
        for offset, value in enumerate((low, high, *plausible), start=2):
            page.value(row, self.check + offset, value, **grey, **look)
        live = self.check + _RANGE
        write_ranges(page, row, item.name, self.scenarios, live=live, stored=self.ranges, look=dict(look))
        words = (
            item.kind.value,
            item.grade_text,
            ", ".join(item.source),
            self.scenarios[0].format.localised(item.help),
        )
        for offset, word in enumerate(words, start=_WORDS):
            page.text(row, self.check + offset, word, **grey, align="left", indent=1, text_wrap=True)
        self._write_notes(page, row, item)

    def _declared(self, item: Assumption) -> dict[str, Any]:
        """How a default amount looks that is not in the currency of every scenario: with its own."""
        if not any(is_foreign(scenario, item) for scenario in self.scenarios):
            return {}
        return {"num_format": f'{input_format(item.unit)}" {DEFAULT_CURRENCY}"'}

    def _write_notes(self, page: Page, row: int, item: Assumption) -> None:
        """Why each scenario has the value it has, where somebody said so."""
        notes = [scenario.notes.get(item.name, "") for scenario in self.scenarios]
        for place, note in enumerate(notes):
            if note:
                page.text(row, self.note + place, note, text_wrap=True, align="left", indent=1)
        told = ((item.label, _LABEL_WIDTH), (item.help, _MEANING_WIDTH - 2))
        page.fit(row, *told, *((note, _NOTE_WIDTH - 2) for note in notes))

    def _write_fault(self, page: Page, row: int, item: Assumption) -> None:
        """1 where the live value is none the app would take."""
        live, low, high = (address(row, col, absolute=False) for col in (LIVE, self.check + 2, self.check + 3))
        if item.choices:
            legal = "OR(" + ",".join(f'{live}="{choice}"' for choice in item.choices) + ")"
        elif item.unit.style is Style.SWITCH:
            legal = f"AND(NOT(ISTEXT({live})),OR(N({live})=0,N({live})=1))"
        else:
            legal = f"AND(ISNUMBER({live}),{live}>={low},{live}<={high})"
            if item.unit.whole:
                legal = f"AND({legal},N({live})=INT(N({live})))"
        page.formula(row, self.check, f"=1-{legal}", 0, **_FAULT)

    def _write_by_year(self, book: Book, page: Page, item: ByYear) -> None:
        """The rows of what is stated year by year, with the name of their live cells."""
        rows = [self.rows[f"{item.name}_{year}"] for year in range(1, MOST_YEARS + 1)]
        look = {"num_format": input_format(item.unit), "align": "right"}
        for year, row in enumerate(rows, start=1):
            page.public_name(row, f"{item.name}_{year}")
            page.text(row, LABEL, item.label.format(year=year))
            page.unit(row, UNIT, item.unit, self.scenarios[0].currency)
            values = [item.value(scenario, year) for scenario in self.scenarios]
            self._write_live_or_empty(page, row, values[0], look)
            for place, value in enumerate(values):
                page.value(row, FIRST_SCENARIO + place, value, **_INPUT, **look)
                page.value(row, self.delivered + place, value, **{"font_color": MUTED} | look)
            live = address(row, LIVE, absolute=False)
            fault = item.fault.format(live=live, years=f"ROW({live})-ROW({address(rows[0], LIVE)})+1")
            page.formula(row, self.check, f"={fault}", 0, **_FAULT)
            self._validate(page, row, item.rule)
        page.text(rows[0], self.check + _MEANING, item.meaning, font_color=MUTED, align="left", indent=1)
        book.name(item.name, f"{SHEET}!{down(LIVE, rows[0], rows[-1])}")

    def _write_named(self, book: Book, page: Page, item: ByYear) -> None:
        """What the rows below are called."""
        row = self.rows[f"{item.name}_name"]
        page.public_name(row, f"{item.name}_name")
        page.text(row, LABEL, f"{item.title}: what it is")
        assert item.called is not None
        names = [item.called(scenario) for scenario in self.scenarios]
        self._write_live_or_empty(page, row, names[0], _WORDS_LOOK)
        for place, name in enumerate(names):
            page.value(row, FIRST_SCENARIO + place, name, **_INPUT, **_WORDS_LOOK)
            page.value(row, self.delivered + place, name, font_color=MUTED, **_WORDS_LOOK)
        page.fit(row, *((name or "", _FIELD_WIDTH) for name in names))
        book.name(f"{item.name}_name", page.cell(row, LIVE))

    def _validate(self, page: Page, row: int, legal: Mapping[str, Any] | None) -> None:
        if legal:
            page.sheet.data_validation(row, FIRST_SCENARIO, row, self.last_scenario, dict(legal))


_FAULT: Mapping[str, Any] = {"num_format": '"out of bounds";;', "font_color": BAD_FILL, "bold": True}


def _write_value(page: Page, row: int, col: int, value: Value | date, look: Mapping[str, Any]) -> None:
    if isinstance(value, date):
        page.day(row, col, value, **look)
    else:
        page.value(row, col, value, **look)
