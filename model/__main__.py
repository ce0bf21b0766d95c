"""Command line: project a scenario, list the assumptions."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from model.appraisal import METRICS
from model.assumptions import ASSUMPTIONS, SECTIONS, Assumption, Value
from model.caveats import caveats
from model.presets import DEFAULT_PRESET, PRESETS
from model.projection import Projection, project
from model.scenario import Scenario
from model.units import NO_BREAK, Format
from model.validation import Fault, ScenarioError, bounds_text, nearest

REFUSED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0, or 2 where the input is refused."""
    options = _parser().parse_args(arguments)
    try:
        output = options.run(options)
    except ScenarioError as error:
        print(f"The scenario cannot be used:\n{error}", file=sys.stderr)
        return REFUSED
    try:
        sys.stdout.write(output)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m model", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    one = commands.add_parser("project", help="project a scenario: metrics, lines by month, checks")
    add_scenario_arguments(one)
    one.add_argument("--format", choices=("table", "json", "csv"), default="table")
    one.set_defaults(run=_project)

    listing = commands.add_parser("assumptions", help="list every assumption with its evidence")
    listing.add_argument("--format", choices=("table", "json", "markdown"), default="table")
    listing.set_defaults(run=_assumptions)
    return parser


def add_scenario_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that name a scenario: SCENARIO and --set."""
    presets = ", ".join(PRESETS)
    parser.add_argument(
        "scenario",
        metavar="SCENARIO",
        nargs="?",
        default=DEFAULT_PRESET,
        help=f"a preset ({presets}) or a scenario file; default {DEFAULT_PRESET}",
    )
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="set an assumption, for example causal_share=3%% or strategic_partner=on",
    )


def read_scenario(name: str, settings: Sequence[str]) -> Scenario:
    """The scenario a command line names, with its settings. Raises ScenarioError."""
    scenario = PRESETS[name] if name in PRESETS else _from_file(name)
    return scenario.with_values(**_parse_settings(settings)) if settings else scenario


def _from_file(name: str) -> Scenario:
    path = Path(name)
    if not path.exists():
        mend = nearest(name, PRESETS) or f"; presets are {', '.join(PRESETS)}"
        raise ScenarioError([Fault(name, f"is neither a preset nor a file{mend}")])
    return Scenario.from_file(path)


def _parse_settings(settings: Sequence[str]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    faults = []
    for setting in settings:
        name, equals, text = setting.partition("=")
        name = name.strip()
        if not equals:
            faults.append(Fault(f"--set {setting}", "must be written NAME=VALUE"))
        elif name not in ASSUMPTIONS:
            faults.append(Fault(name, f"is not an assumption{nearest(name, ASSUMPTIONS)}"))
        else:
            try:
                values[name] = ASSUMPTIONS[name].unit.parse(text)
            except ValueError as error:
                faults.append(Fault(name, f"{error}{_within(ASSUMPTIONS[name])}"))
    if faults:
        raise ScenarioError(faults)
    return values


def _within(assumption: Assumption) -> str:
    return f"; bounds are {bounds_text(assumption)}" if assumption.bounds else ""


def _project(options: argparse.Namespace) -> str:
    projection = project(read_scenario(options.scenario, options.set))
    if options.format == "json":
        return _json(projection_data(projection))
    if options.format == "csv":
        from model.tables import monthly

        for sentence in caveats(projection.scenario):
            print(sentence, file=sys.stderr)
        return str(monthly(projection).to_csv(index=False, lineterminator="\n"))
    return _projection_table(projection)


def projection_data(projection: Projection) -> dict[str, Any]:
    """A projection as plain data, numbers at full precision."""
    return {
        "scenario": projection.scenario.to_data(),
        "hash": projection.scenario.hash,
        "caveats": list(caveats(projection.scenario)),
        "metrics": dict(projection.metrics),
        "undefined": dict(projection.undefined),
        "monthly": {"month": list(range(1, projection.months + 1))}
        | {name: series.tolist() for name, series in projection.lines.items()},
        "checks": dict(projection.checks),
    }


def _projection_table(projection: Projection) -> str:
    scenario, text = projection.scenario, projection.scenario.format
    rows = [("METRIC", "VALUE", "NAME")]
    for name, value in projection.metrics.items():
        shown = text.exact(value, METRICS[name].unit)
        per = METRICS[name].unit.per
        if value is not None and per:
            shown = f"{per} {shown}" if per == "month" else f"{shown} {per}"
        reason = projection.undefined.get(name)
        rows.append((METRICS[name].label, f"– ({reason})" if reason else shown, name))
    passed = sum(projection.checks.values())
    frame = (
        f"{scenario.horizon_years} years, against holding at {_value(scenario, 'social_share_start')}; "
        f"discount rate {_value(scenario, 'discount_rate')}; "
        f"model checks: {passed} of {len(projection.checks)} passed"
    )
    lines = [
        f"{scenario.name}  [{scenario.hash}]",
        frame,
        *caveats(scenario),
        "",
        *_columns(rows),
    ]
    return "\n".join(lines) + "\n"


def _value(scenario: Scenario, name: str) -> str:
    return scenario.format.plain(scenario.values[name], ASSUMPTIONS[name].unit)


def _assumptions(options: argparse.Namespace) -> str:
    if options.format == "json":
        return _json([assumption_data(item) for item in ASSUMPTIONS.values()])
    if options.format == "markdown":
        return _markdown()
    rows: list[tuple[str, ...]] = [("NAME", "LABEL", "UNIT", "DEFAULT", "BOUNDS", "RANGE", "GRADE", "SOURCE")]
    rows += [_assumption_row(item) for item in ASSUMPTIONS.values()]
    return "\n".join(_columns(rows)) + "\n"


def _markdown() -> str:
    """The assumptions as the tables of the README, one for each section."""
    parts = []
    for section in SECTIONS:
        parts += [f"**{section}**\n", "| name | label | unit | default | bounds | range | grade | source |"]
        parts.append("|---|---|---|---|---|---|---|---|")
        rows = (_assumption_row(item) for item in ASSUMPTIONS.values() if item.section == section)
        parts += ["| `" + row[0] + "` | " + " | ".join(row[1:]) + " |" for row in rows]
        parts.append("")
    return "\n".join(parts)


def assumption_data(assumption: Assumption) -> dict[str, Any]:
    """An assumption as plain data, in model units."""
    evidence = assumption.range
    return {
        "name": assumption.name,
        "label": assumption.label,
        "section": assumption.section,
        "kind": assumption.kind.value,
        "unit": assumption.unit.name,
        "default": assumption.default,
        "bounds": list(assumption.bounds) if assumption.bounds else None,
        "choices": list(assumption.choices) or None,
        "range": evidence
        and {
            "low": evidence.low,
            "likely": evidence.likely,
            "high": evidence.high,
            "distribution": evidence.distribution.value,
        },
        "grade": assumption.grade_text or None,
        "source": list(assumption.source),
        "help": assumption.help,
    }


def _assumption_row(assumption: Assumption) -> tuple[str, ...]:
    text, unit = Format(), assumption.unit
    bounds = range_ = "–"
    if assumption.bounds:
        bounds = " … ".join(text.plain(end, unit) for end in assumption.bounds)
    elif assumption.choices:
        bounds = ", ".join(assumption.choices)
    if assumption.range:
        ends = (assumption.range.low, assumption.range.likely, assumption.range.high)
        range_ = " / ".join(text.plain(end, unit) for end in ends)
    default = text.plain(assumption.default, unit)
    grade, source = assumption.grade_text or "–", ", ".join(assumption.source) or "–"
    return assumption.name, assumption.label, unit.name, default, bounds, range_, grade, source


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows with their columns aligned, two spaces apart."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    aligned = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return [row.rstrip().replace(NO_BREAK, " ") for row in aligned]


def _json(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
