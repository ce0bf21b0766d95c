"""The parts of the documentation that the declarations write, and the pages they stand in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from model.assumptions import ASSUMPTIONS, SECTIONS
from model.checks import CHECKS
from model.choice.counter.terms import TERMS
from model.command_line.output import assumptions_markdown
from model.command_line.whole_file import write_whole
from model.evidence.sources import GRADES
from model.formula import Formula
from model.gates.indicators import INDICATORS
from model.lines import LINES
from model.metrics import COUNTERFACTUALS, METRICS, Metric
from model.pilot.assumed import ASSUMED
from model.pilot.catalogue import TESTS
from model.presets import PRESETS
from model.reading.faults import Fault, ScenarioError
from model.sheet import GIVEN, Line
from model.telling.explain import formula_in_names
from model.telling.left_out import left_out_markdown
from model.telling.measurement import full_meaning
from model.track.measures import MEASURES
from model.units import MONEY, SHARE, Format


def renewed(page: str) -> str:
    """The page with every part between its marks, `<!-- name -->` and `<!-- /name -->`, as it is declared now."""

    def write(found: re.Match[str]) -> str:
        opened, name, closed = found.groups()
        return f"{opened}\n{PARTS[name]()}{closed}"

    return re.sub(rf"(<!-- ({'|'.join(PARTS)}) -->).*?(<!-- /\2 -->)", write, page, flags=re.DOTALL)


def renew(files: Iterable[str]) -> list[str]:
    """Bring the parts of some pages up to date; returns the names of the pages that changed."""
    return [file for file in files if _renew(Path(file))]


def _renew(file: Path) -> bool:
    try:
        page = file.read_text(encoding="utf-8")
        now = renewed(page)
        if now != page:
            write_whole(file, now.encode())
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError([Fault(str(file), f"cannot be brought up to date: {error}")]) from None
    return now != page


def _grades() -> str:
    return "".join(f"- **{letter}**: {meaning}\n" for letter, meaning in GRADES.items())


def _meanings() -> str:
    """Each assumption with its kind and what it means, a table for each section."""
    parts = []
    for section in SECTIONS:
        rows = [(f"`{a.name}`", a.kind.value, a.help) for a in ASSUMPTIONS.values() if a.section == section]
        parts.append(f"**{section}**\n\n{_table(('name', 'kind', 'meaning'), rows)}")
    return "\n".join(parts)


def _given() -> str:
    return _table(
        ("name", "label", "unit", "meaning"),
        [(f"`{item.name}`", item.label, item.unit.name, item.meaning) for item in GIVEN.values()],
    )


def _lines() -> str:
    """The line items as they are calculated, under the headings of their sections."""
    sections = dict.fromkeys(item.section for item in LINES.values())
    listed = ("".join(_item(line) for line in LINES.values() if line.section == section) for section in sections)
    return "\n".join(f"**{section}**\n\n{items}" for section, items in zip(sections, listed, strict=True))


def _metrics() -> str:
    return "".join(map(_item, METRICS.values()))


def _item(formula: Formula) -> str:
    """A line or a metric: what it is called, its formula, what it means."""
    told = [full_meaning(formula.name) if isinstance(formula, Metric) else " ".join(formula.meaning.split())]
    if isinstance(formula, Line) and formula.opening is not None:
        told.append(f"At month 0 it is {formula.opening:g}.")
    if isinstance(formula, Metric):
        told += [f"Undefined where {condition.reason}." for condition in formula.undefined]
    return (
        f"- **`{formula.name}`** · {formula.label} · {formula.unit.name}\\\n"
        f"  `{formula_in_names(formula.name)}`\\\n"
        f"  {' '.join(told)}\n"
    )


def _counterfactuals() -> str:
    rows = [(f"`{item.name}`", item.label, _values(item.changes)) for item in COUNTERFACTUALS.values()]
    return _table(("name", "label", "with"), rows)


def _checks() -> str:
    return "".join(f"- `{name}`: {sentence}\n" for name, sentence in CHECKS.items())


def _presets() -> str:
    rows = [(f"`{id_}`", item.description, _values(item.assumptions) or "–") for id_, item in PRESETS.items()]
    return _table(("id", "what", "beside the defaults"), rows)


def _tests() -> str:
    rows = [(f"`{test.name}`", test.label, test.settles, test.counts[1]) for test in TESTS.values()]
    return _table(("name", "test", "what it settles", "size in"), rows)


def _assumed() -> str:
    rows = [
        (f"`{item.name}`", item.label, Format().plain(item.value, item.unit), item.grade,
         ", ".join(item.source) or "–", item.why)
        for item in ASSUMED.values()
    ]  # fmt: skip
    return _table(("name", "what", "value", "grade", "source", "why"), rows)


def _indicators() -> str:
    rows = [
        (
            f"`{item.name}`", item.label, item.measured, f"{item.error:g} {item.error_of}",
            Format().plain(item.cost, MONEY),
        )
        for item in INDICATORS.values()
    ]  # fmt: skip
    return _table(("indicator", "what", "measured by", "error, one standard deviation", "cost"), rows)


def _terms() -> str:
    rows = [(f"`--{name.replace('_', '-')}`", kind.label, kind.meaning) for name, kind in TERMS.items()]
    return _table(("option", "limit", "of what"), rows)


def _values(values: Mapping[str, float | bool | str]) -> str:
    return ", ".join(f"`{name}` {Format().plain(value, ASSUMPTIONS[name].unit)}" for name, value in values.items())


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    cells = [heads, ("---",) * len(heads), *rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in cells)


def _measures() -> str:
    rows = [
        (
            f"`{item.name}`",
            item.label,
            item.unit.name,
            _noise(item.noise.scatter, item.of_plan),
            _noise(item.noise.lasting, item.of_plan),
            Format().plain(item.noise.kept, SHARE),
            " ".join(filter(None, (item.noise.grade, item.noise.source and f"[{item.noise.source}]"))),
            item.noise.help,
        )
        for item in MEASURES.values()
    ]
    return _table(("name", "label", "unit", "scatter", "lasting", "kept", "grade", "what it rests on"), rows)


def _noise(size: float, of_plan: bool) -> str:
    """How large a noise is: parts of what was planned, or points."""
    return Format().plain(size, SHARE) if of_plan or not size else f"{size * SHARE.scale:g} points"


PARTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "grades": _grades,
        "assumptions": assumptions_markdown,
        "meanings": _meanings,
        "given": _given,
        "lines": _lines,
        "metrics": _metrics,
        "counterfactuals": _counterfactuals,
        "checks": _checks,
        "presets": _presets,
        "left-out": left_out_markdown,
        "measures": _measures,
        "tests": _tests,
        "assumed-by-tests": _assumed,
        "indicators": _indicators,
        "terms": _terms,
    }
)
