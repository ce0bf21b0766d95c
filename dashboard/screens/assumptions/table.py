"""The table of assumptions: its rows as text, and what a person's edits of its cells do. Pure, no Streamlit.

Text throughout, because a column of numbers, choices and switches has no other type in common, and because a
locale's decimal comma is read rightly only from text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.session.edits import Edit, with_edits
from model.assumptions import ASSUMPTIONS, Assumption, Distribution, Range, Value, out_of_order
from model.reading.faults import Fault, ScenarioError
from model.reading.number_rules import rule_of
from model.reading.scenario_validation import MAX_TEXT
from model.reading.texts import has_words
from model.reading.value_validation import check_value
from model.scenario import Scenario
from model.telling.basis import basis
from model.units import Style

LABEL, VALUE, UNIT, LOW, LIKELY, HIGH = "Assumption", "Value", "Unit", "Low", "Likely", "High"
DISTRIBUTION, CHANGED, START, NOTE = "Distribution", "Changed", "Starting value", "Why I changed it"
GRADE, KIND, SOURCE = "Grade", "Kind", "Source"
ENDS = (LOW, LIKELY, HIGH)
DISTRIBUTION_HELP = (
    "How the range is read. PERT and triangular peak at the likely value, the others do not depend on it. Of normal "
    "and lognormal, low and high are the 5th and the 95th percentile; one case in ten lies outside."
)
EDITABLE = (VALUE, *ENDS, DISTRIBUTION, NOTE)
EVERYWHERE = "All"

Cells = Mapping[str, str | None]


@dataclass(frozen=True)
class EditedScenario:
    """What came of some edits: the scenario with those that are legal, and what is wrong with the others."""

    scenario: Scenario
    faults: tuple[Fault, ...]


def row(scenario: Scenario, base: Scenario, name: str) -> dict[str, str]:
    """One assumption as the cells of the table, empty where there is nothing."""
    item, write = ASSUMPTIONS[name], scenario.format.bare
    known = scenario.effective_ranges.get(name)
    ends = (known.low, known.likely, known.high) if known else ()
    grade, source = basis(scenario, item)
    return {
        LABEL: item.label,
        VALUE: write(scenario.values[name], item.unit),
        UNIT: item.unit.words(scenario.currency) or item.unit.name,
        **dict.fromkeys(ENDS, ""),
        **{column: write(end, item.unit) for column, end in zip(ENDS, ends, strict=False)},
        DISTRIBUTION: known.distribution.value if known else "",
        CHANGED: ", ".join(differences(scenario, base, name)),
        START: write(base.values[name], item.unit),
        NOTE: scenario.notes.get(name, ""),
        GRADE: grade,
        KIND: item.kind.value,
        SOURCE: source,
    }


def differences(scenario: Scenario, base: Scenario, name: str) -> tuple[str, ...]:
    """In words what of one assumption is not as in `base`: its value, its range, its note."""
    differs = {
        "value": scenario.values[name] != base.values[name],
        "range": scenario.ranges.get(name, name) != base.ranges.get(name, name),
        "note": scenario.notes.get(name) != base.notes.get(name),
    }
    return tuple(word for word, it_does in differs.items() if it_does)


def chosen(scenario: Scenario, base: Scenario, section: str, words: str, changed_only: bool) -> tuple[str, ...]:
    """The assumptions of a section (or EVERYWHERE) whose label, name or help hold all the words, in their order."""
    return tuple(
        name
        for name, item in ASSUMPTIONS.items()
        if section in (item.section, EVERYWHERE)
        and has_words(words, item.label, name, scenario.format.localised(item.help))
        and (not changed_only or differences(scenario, base, name))
    )


def ranges_lost(before: Scenario, after: Scenario) -> str:
    """In words which ranges edits took away, "" where none."""
    lost = [ASSUMPTIONS[name].label for name in before.effective_ranges if name not in after.effective_ranges]
    if not lost:
        return ""
    are_certain = "its value is" if len(lost) == 1 else "their values are"
    return f"No range any more: {'; '.join(lost)}; {are_certain} taken as certain. Undo brings it back."


def same(scenario: Scenario, name: str, column: str, one: str | None, other: str | None) -> bool:
    """Whether two texts in a column say the same: 0.50 and 0.5, or twice nothing."""
    one, other = (one or "").strip(), (other or "").strip()
    if one == other or column in (NOTE, DISTRIBUTION):
        return one == other
    text, unit = scenario.format, ASSUMPTIONS[name].unit
    try:
        return text.read(one, unit) == text.read(other, unit)
    except ValueError:
        return False


def edited(scenario: Scenario, entered: Mapping[str, Cells]) -> EditedScenario:
    """The scenario after edits of cells, by assumption and column; cells that say what they said count for none.

    Edits that are legal only together are taken together; where they are not, each that is legal is taken.
    """
    edits: list[Edit] = []
    faults: list[Fault] = []
    for name, cells in entered.items():
        now = row(scenario, scenario, name)
        typed = {c: t or "" for c, t in cells.items() if not same(scenario, name, c, t, now[c])}
        for columns, read in _READERS.items():
            if own := {column: typed[column] for column in columns if column in typed}:
                try:
                    edits.append(read(scenario, ASSUMPTIONS[name], typed))
                except ValueError as refusal:
                    faults.append(_refused(name, own, refusal))
    after, more = _taken(scenario, edits)
    return EditedScenario(after, (*faults, *more))


def _taken(scenario: Scenario, edits: list[Edit]) -> tuple[Scenario, list[Fault]]:
    """All edits at once, or else one by one those that are legal."""
    faults: list[Fault] = []
    try:
        return with_edits(scenario, edits), faults
    except ScenarioError:
        for edit in edits:
            try:
                scenario = with_edits(scenario, [edit])
            except ScenarioError as error:
                faults += error.faults
    return scenario, faults


def _refused(name: str, typed: Mapping[str, str], refusal: ValueError) -> Fault:
    """Why typed cells are not taken, with what was typed, so that it is not lost."""
    quoted = ", ".join(f"{column} '{text}'" for column, text in typed.items())
    return Fault(name, f"{quoted} {refusal}")


def _value(scenario: Scenario, item: Assumption, typed: Cells) -> Edit:
    return Edit(values={item.name: _read(scenario, item, typed[VALUE])})


def _note(_scenario: Scenario, item: Assumption, typed: Cells) -> Edit:
    note = (typed[NOTE] or "").strip()
    if len(note) > MAX_TEXT:
        raise ValueError(f"has {len(note)} characters; at most {MAX_TEXT} are kept")
    return Edit(notes={item.name: note})


def _range(scenario: Scenario, item: Assumption, typed: Cells) -> Edit:
    """The range the cells give; an emptied low or high takes it away, an end never given is the value itself."""
    if not item.can_be_uncertain:
        raise ValueError(f"is refused: a {item.kind.value} takes no range; leave the cells empty")
    known = scenario.effective_ranges.get(item.name)
    if known and "" in (typed.get(LOW), typed.get(HIGH)):
        return Edit(ranges={item.name: None})
    if not known and not (typed.get(LOW) or typed.get(HIGH)):
        raise ValueError("is refused: there is no range yet; type its low or its high first")
    if known and "" in (typed.get(LIKELY), typed.get(DISTRIBUTION)):
        raise ValueError("is empty, but the range needs it; to take the range away, empty its low or its high")
    low, likely, high = (_end(scenario, item, typed, column, known) for column in ENDS)
    shape = Distribution(typed.get(DISTRIBUTION) or (known.distribution if known else Distribution.PERT))
    if wrong := out_of_order(low, likely, high, shape, lambda end: scenario.format.bare(end, item.unit)):
        raise ValueError(f"is refused: the range {'; '.join(wrong)}")
    return Edit(ranges={item.name: Range(low, likely, high, shape)})


def _end(scenario: Scenario, item: Assumption, typed: Cells, column: str, known: Range | None) -> float:
    if text := typed.get(column):
        return float(_read(scenario, item, text))
    follows = column == LIKELY and VALUE in typed and known and known.likely == scenario.values[item.name]
    if known and column not in typed and not follows:
        return {LOW: known.low, LIKELY: known.likely, HIGH: known.high}[column]
    return float(_read(scenario, item, typed[VALUE]) if VALUE in typed else scenario.values[item.name])


def _read(scenario: Scenario, item: Assumption, text: str | None) -> Value:
    """The value that a cell says. Raises ValueError, with what may be typed, that goes on after the quoted cell."""
    if not text:
        raise ValueError(f"is empty; type {_legal(scenario, item)}")
    if item.numeric:
        return check_value(item, rule_of(item).read(text, scenario.format))
    try:
        return check_value(item, scenario.format.read(text, item.unit))
    except ValueError:
        raise ValueError(f"is refused: type {_legal(scenario, item)}") from None


def _legal(scenario: Scenario, item: Assumption) -> str:
    """What may be typed for an assumption, in words."""
    if item.choices:
        return "one of " + ", ".join(scenario.format.bare(choice, item.unit) for choice in item.choices)
    if item.unit.style is Style.SWITCH:
        return "on or off"
    return rule_of(item).in_words(scenario.format)


# The columns that make up one edit, and what reads them.
_READERS: Mapping[tuple[str, ...], Callable[[Scenario, Assumption, Cells], Edit]] = {
    (VALUE,): _value,
    (*ENDS, DISTRIBUTION): _range,
    (NOTE,): _note,
}
