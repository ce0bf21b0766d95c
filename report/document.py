"""The report: one HTML file that holds everything, and the same as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from model.appraisal import METRICS
from model.assumptions import ASSUMPTIONS
from model.caveats import caveats
from model.output import value_text
from model.scenario import Scenario
from model.uncertainty import Simulation
from model.units import SHARE
from report import shown
from report.browser import printed
from report.footer import SEPARATOR, shortened, stamps, years
from report.material import Material, chart_named, gathered
from report.narrative import answer, odds_in_100, odds_in_words
from report.page import css_text, page
from report.proposal import Section, proposal
from report.simulated import shade
from report.theme import LIGHT, toolbar

_TINT = 0.07
_NAME = 80


@dataclass(frozen=True)
class KeyFigure:
    """One of the figures under the answer, with what it is to be compared with."""

    label: str
    value: str
    note: str


def html(
    scenarios: Sequence[Scenario],
    *,
    today: date,
    simulations: Sequence[Simulation] | None = None,
    text: Sequence[Section] | None = None,
) -> str:
    """The report of 1 to 6 scenarios, the first being the one proposed, as one HTML file without network.

    `simulations` are those of some or all of the scenarios, with the bands of `report.material.BANDS`; `text`
    stands in place of the proposal that is written from the numbers. The same arguments give the same text.
    Raises ValueError as `report.material.gathered` does.
    """
    return html_of(gathered(scenarios, today, simulations), text)


def pdf(
    scenarios: Sequence[Scenario],
    *,
    today: date,
    simulations: Sequence[Simulation] | None = None,
    text: Sequence[Section] | None = None,
) -> bytes:
    """The same as PDF. Raises NoBrowser where none can print it, and ValueError as `html` does."""
    return pdf_of(gathered(scenarios, today, simulations), text)


def html_of(materials: Sequence[Material], text: Sequence[Section] | None = None) -> str:
    """The report of results that were gathered before."""
    return _document(materials, text, still=False)


def pdf_of(materials: Sequence[Material], text: Sequence[Section] | None = None) -> bytes:
    """The same as PDF. Raises NoBrowser."""
    return printed(_document(materials, text, still=True), materials[0].today)


def proposal_of(material: Material) -> tuple[Section, ...]:
    """The proposal text that is written from the numbers; empty where there was no simulation."""
    if material.simulation is None or material.found is None:
        return ()
    return proposal(material.projection, material.simulation, material.found)


def _document(materials: Sequence[Material], text: Sequence[Section] | None, *, still: bool) -> str:
    first = materials[0]
    scenario, projection = first.scenario, first.projection
    told = answer(projection)
    sections = proposal_of(first) if text is None else tuple(text)
    several = len(materials) > 1
    values: dict[str, Any] = {
        "title": f"{shortened(scenario.name, _NAME)}{SEPARATOR}{scenario.hash}",
        "running": css_text(f"{shortened(scenario.name)}{SEPARATOR}{scenario.hash}{SEPARATOR}"
                            f"{scenario.format.day(first.today)}"),
        "still": still,
        "theme": LIGHT,
        "tint": shade(LIGHT.accent, LIGHT.background, _TINT),
        "alarm": shade(LIGHT.warning, LIGHT.background, _TINT),
        "scenario": scenario,
        "stamps": stamps(projection, first.today),
        "contents": _contents(bool(sections), several),
        "answer": told,
        "odds": odds_in_words(first.simulation) if first.simulation else "",
        "warnings": tuple(filter(None, (*caveats(scenario), told.caveat))),
        "key_figures": _key_figures(first),
        "name": shortened(scenario.name, _NAME),
        "others": [shortened(one.scenario.name, _NAME) for one in materials[1:]],
        "sections": sections,
        "charts": [_chart(name, first) for name in first.charts],
        "simulated": first.simulation is not None,
        "metrics": shown.metrics(first),
        "changed": sum(shown.changed(scenario, name) for name in ASSUMPTIONS),
        "path": ", ".join(scenario.format.plain(share, SHARE) for share in scenario.social_share_path or ()),
        "correlations": [
            (ASSUMPTIONS[one].label, ASSUMPTIONS[other].label, scenario.format.number(strength, 2))
            for one, other, strength in scenario.correlations
        ],
        "assumptions": shown.assumptions(scenario),
        "grades": shown.grades(),
        "evidence": shown.evidence(),
        "checks": shown.checks(first),
        "sound": projection.sound,
        "made": _made(first),
    }  # fmt: skip
    values |= _compared(materials) if several else {"comparison": None}
    figures = [first.figure(name) for name in first.charts]
    configs = [toolbar(name, projection) | {"responsive": False} for name in first.charts]
    return page("document.html.j2", figures, configs, **values)


def _contents(has_text: bool, several: bool) -> list[tuple[str, str]]:
    return [
        ("answer", "The answer"),
        *([("proposal", "The proposal")] if has_text else []),
        *([("comparison", "Scenarios compared")] if several else []),
        ("charts", "Charts"),
        ("metrics", "Metrics"),
        ("assumptions", "Assumptions"),
        ("evidence", "Evidence"),
        ("checks", "Checks"),
    ]


def _chart(name: str, material: Material) -> dict[str, Any]:
    chart = chart_named(name)
    return {
        "name": name,
        "title": chart.title,
        "alt": material.alt(name),
        "source": chart.source,
        "tables": shown.behind(name, material),
    }


def _key_figures(material: Material) -> tuple[KeyFigure, ...]:
    """The four figures of the first screen, each with what it is measured against."""
    scenario, simulation = material.scenario, material.simulation
    against = f"against holding at {value_text(scenario, 'social_share_start')}"
    npv_note = f"{odds_in_100(simulation.odds_of_gain)} of a gain, {against}" if simulation else against
    horizon = f"of {material.projection.months} months"
    if simulation and material.projection.metrics["payback_month"] is not None:
        within = simulation.odds_of_payback(material.projection.months)
        horizon += f"; {odds_in_100(within).lower()} of payback within them"
    notes = {
        "npv": npv_note,
        "payback_month": horizon,
        "roi": f"of the present value of costs, over {years(scenario.horizon_years)}",
        "break_even_causal_share": f"assumed {value_text(scenario, 'causal_share')}",
    }
    return tuple(_key_figure(material, name, note) for name, note in notes.items())


def _key_figure(material: Material, name: str, note: str) -> KeyFigure:
    value, item, text = material.projection.metrics[name], METRICS[name], material.scenario.format
    if value is None:
        return KeyFigure(item.label, shown.NOTHING, f"no value: {material.projection.undefined[name]}")
    if name == "payback_month":
        return KeyFigure(item.label, f"month {value:.0f}", note)
    write = text.signed if name in ("npv", "roi") else text.rounded
    return KeyFigure(item.label, write(value, item.unit), note)


def _compared(materials: Sequence[Material]) -> dict[str, Any]:
    """What stands in the section that compares."""
    reasons = [
        (
            METRICS[name].label,
            "; ".join(
                f"{shortened(one.scenario.name)}: {one.projection.undefined[name]}"
                for one in materials
                if name in one.projection.undefined
            ),
        )
        for name in METRICS
        if any(name in one.projection.undefined for one in materials)
    ]
    return {
        "comparison": shown.comparison(materials),
        "differences": shown.differences(materials),
        "undefined": reasons,
        "answers": [
            {
                "name": shortened(one.scenario.name, _NAME),
                "hash": one.scenario.hash,
                "sentence": answer(one.projection).sentence,
                "warnings": caveats(one.scenario),
            }
            for one in materials
        ],
    }


def _made(material: Material) -> tuple[str, ...]:
    """How to make these numbers again."""
    scenario, simulation = material.scenario, material.simulation
    drawn = "not simulated"
    if simulation:
        drawn = f"{scenario.format.number(simulation.draws, 0)} draws, seed {simulation.seed}"
    stamp = (shortened(scenario.name, _NAME), f"content hash {scenario.hash}",
             f"made on {scenario.format.day(material.today)}", drawn)  # fmt: skip
    again = (
        "The same scenario, draws and seed give the same numbers. Values are rounded for reading; the workbook, CSV "
        "and JSON files hold them in full."
    )
    return SEPARATOR.join(stamp), again
