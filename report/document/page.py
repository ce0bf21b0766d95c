"""A page of HTML that needs nothing but itself: plotly.js, charts and scripts inside, network forbidden."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from model.reading.texts import as_shown
from report.charts.drawing.plotly_figure import Figure

_HERE = Path(__file__).parent


def page(template: str, figures: Sequence[Figure], configs: Sequence[dict[str, Any]] = (), **values: Any) -> str:
    """A template of this folder, filled; its charts are `figures` in the order of their `data-figure`."""
    scripts = {"plotly": _plotly(), "drawing": (_HERE / "drawing.js").read_text(encoding="utf-8")}
    content = _figures(figures, configs)
    return (
        _templates()
        .get_template(template)
        .render(figures=content, policy=_policy(tuple(scripts.values())), **scripts, **values)
    )


def css_text(text: str) -> str:
    """Text as a CSS string in which no sign but letters, digits and spaces stands as itself."""
    return '"' + "".join(s if s == " " or (s.isascii() and s.isalnum()) else f"\\{ord(s):06x} " for s in text) + '"'


def _shown(value: Any) -> Any:
    """What a template writes: a text as it is shown, markup of ours as it is."""
    return as_shown(value) if type(value) is str else value


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined,
                       finalize=_shown, keep_trailing_newline=True, trim_blocks=True)  # fmt: skip


@cache
def _plotly() -> str:
    from plotly.offline import get_plotlyjs  # type: ignore[import-untyped]

    return str(get_plotlyjs())


@cache
def _policy(scripts: tuple[str, ...]) -> str:
    """Only these scripts run, and nothing is loaded from anywhere."""
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:"


def _figures(figures: Sequence[Figure], configs: Sequence[dict[str, Any]]) -> str:
    """The figures as JSON that no script element can be ended by."""
    from plotly.io.json import to_json_plotly  # type: ignore[import-untyped]

    known = [*configs, *({} for _ in figures[len(configs) :])]
    text = str(to_json_plotly([figure | {"config": config} for figure, config in zip(figures, known, strict=True)]))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
