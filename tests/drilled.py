"""What the drill looks at in a copy of the program: run there, it prints what it finds as JSON."""

import json
import sys
from pathlib import Path
from typing import Any

from model.notation import plain_text
from model.presets import PRESETS
from model.projection import project
from model.telling.caveats import caveats
from model.telling.comparison import CAUSES, contributions, shown_by_cause, worth_by_cause
from model.telling.explain import explain
from model.uncertainty.sensitivity import tornado

KINDS = ("html", "pptx", "txt", "xlsx")


def numbers(line: str, *names: str) -> dict[str, Any]:
    """The model's own results for two presets, above all of the first."""
    one, other = (project(PRESETS[name]) for name in names)
    told = explain(one, line, 12)
    return {
        "lines": {name: series.tolist() for name, series in one.lines.items()},
        "metrics": dict(one.metrics),
        "without": one.counterfactuals["npv_without_programme"],
        "rise": other.metrics["npv"] - one.metrics["npv"],
        "bridge": dict(one.bridge),
        "explained": [told.meaning, plain_text(told.words), [item.name for item in told.precedents]],
        "programme": [item.name for item in explain(one, "total_programme_cost", 1).precedents],
        "tornado": [bar.name for bar in tornado(one.scenario)],
        "causes": {name: [cause.label, cause.meaning] for name, cause in CAUSES.items()},
        "worth": dict(worth_by_cause(one)),
        "shown": {name: float(part) for name, part in shown_by_cause(one).items()},
        "contributions": dict(contributions(one, other)),
        "not_converted": [" ".join(caveats(project(PRESETS[name].changed(currency="DKK")))) for name in names],
        "failed": [name for scenario in PRESETS.values() for name, ok in project(scenario).checks.items() if not ok],
    }


def documents(folder: str, *names: str) -> dict[str, Any]:
    """Every product, made by its command line: `KINDS` in the folder, comparing the presets."""
    from report.__main__ import main

    common = [*names, "--date", "2026-11-22", "--draws", "512"]
    return {kind: main([*common, "--out", str(Path(folder) / f"plan.{kind}")]) for kind in KINDS}


def screens(preset: str) -> dict[str, Any]:
    """What stands on the screens that show every line, every cause or every assumption."""
    return {
        "lines": _opened("model", preset, {"model part": "Lines"}),
        "picture": _opened("model", preset, {"model part": "Picture"}),
        "plan": _opened("plan", preset, {}),
        "compare": _opened("compare", preset, {}),
        "assumptions": _opened("assumptions", preset, {}),
    }


def _opened(screen: str, preset: str, kept: dict[str, Any]) -> dict[str, Any]:
    from streamlit.testing.v1 import AppTest

    test = AppTest.from_string(f"from dashboard.screens.{screen} import screen\nscreen.draw()", default_timeout=120)
    test.session_state["scenario"] = PRESETS[preset]
    test.session_state["kept"] = kept
    test.run()
    texts = [item.value for kind in (test.markdown, test.caption) for item in kind]
    return {"text": " ".join(texts).replace("\\", ""), "exceptions": [item.value for item in test.exception]}


if __name__ == "__main__":
    look, *given = sys.argv[1:]
    print(json.dumps({"numbers": numbers, "documents": documents, "screens": screens}[look](*given)))
