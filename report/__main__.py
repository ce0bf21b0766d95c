"""Command line: scenarios in, a file out; the kind of file follows from its suffix."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType

from model.__main__ import read_scenario
from model.presets import DEFAULT_PRESET, PRESETS
from model.sampling import DEFAULT_DRAWS, DEFAULT_SEED, MAX_DRAWS, MIN_DRAWS
from model.scenario import Scenario
from model.uncertainty import Simulation, simulate
from report.browser import NoBrowser
from report.charts import CHARTS
from report.material import BANDS, EVERY_CHART, Material, chart_named, gathered
from report.proposal import Section, from_text

REFUSED = 2
_MOST_TEXT = 1_000_000


@dataclass(frozen=True)
class Order:
    """What a file is to be made of.

    `draws` 0 asks for no simulation; `text` is the edited proposal, None for the one written from the numbers;
    `chart` asks for an image of it, `width` pixels wide.
    """

    scenarios: tuple[Scenario, ...]
    today: date
    draws: int
    seed: int
    text: tuple[Section, ...] | None = None
    chart: str | None = None
    width: int | None = None

    @cached_property
    def simulations(self) -> tuple[Simulation, ...]:
        """The scenarios' simulations, with the bands by month that documents draw. Raises ScenarioError."""
        if not self.draws:
            return ()
        return tuple(simulate(scenario, self.draws, self.seed, lines=BANDS) for scenario in self.scenarios)

    @property
    def materials(self) -> tuple[Material, ...]:
        """The scenarios' results. Raises ValueError as `report.material.gathered` does."""
        return gathered(self.scenarios, self.today, self.simulations)


def _workbook(order: Order) -> bytes:
    from report.workbook import build

    return build(order.scenarios, today=order.today, simulations=order.simulations)


def _deck(order: Order) -> bytes:
    from report.deck import build

    return build(order.scenarios, today=order.today, simulations=order.simulations, text=order.text)


def _html(order: Order) -> bytes:
    from report.document import html

    made = html(order.scenarios, today=order.today, simulations=order.simulations, text=order.text)
    return made.encode()


def _pdf(order: Order) -> bytes:
    from report.document import pdf

    if order.chart is not None:
        return _image(order, "pdf")
    return pdf(order.scenarios, today=order.today, simulations=order.simulations, text=order.text)


def _image(order: Order, kind: str) -> bytes:
    from report.images import image

    if order.chart is None:
        raise ValueError(f"which chart? name it by --chart: {', '.join(EVERY_CHART)}")
    simulations = () if order.chart in CHARTS else order.simulations
    (material,) = gathered(order.scenarios, order.today, simulations)
    return image(order.chart, material, kind, order.width)


def _csv(order: Order) -> bytes:
    from report.data import monthly_csv

    return monthly_csv(gathered(order.scenarios, order.today))


def _json(order: Order) -> bytes:
    from report.data import json

    return json(order.materials)


def _zip(order: Order) -> bytes:
    from report.bundle import zip_all

    return zip_all(order.scenarios, today=order.today, simulations=order.simulations, text=order.text)


# A kind of file and what makes it; a new kind is a line here.
WRITERS: Mapping[str, Callable[[Order], bytes]] = MappingProxyType(
    {
        ".xlsx": _workbook,
        ".pptx": _deck,
        ".html": _html,
        ".pdf": _pdf,
        ".png": partial(_image, kind="png"),
        ".svg": partial(_image, kind="svg"),
        ".csv": _csv,
        ".json": _json,
        ".zip": _zip,
    }
)
_IMAGES = frozenset({".png", ".svg", ".pdf"})
# Kinds that hold the proposal text, and kinds that put several scenarios beside each other only if asked to.
_WITH_TEXT = frozenset({".pptx", ".html", ".pdf", ".zip"})
_BY_REQUEST = frozenset({".csv", ".json"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Make one file; returns the exit code: 0, or 2 where the input is refused."""
    options = _parser().parse_args(arguments)
    try:
        _refuse(options)
        order = Order(
            scenarios=tuple(read_scenario(name, options.set) for name in options.scenario or [DEFAULT_PRESET]),
            today=options.date,
            draws=options.draws,
            seed=options.seed,
            text=_text(options.text) if options.text else None,
            chart=options.chart,
            width=options.width,
        )
        made = WRITERS[options.out.suffix.lower()](order)
    except ValueError as error:
        print(f"The input cannot be used:\n{error}", file=sys.stderr)
        return REFUSED
    except NoBrowser as error:
        print(f"{options.out} cannot be made here.\n{error}", file=sys.stderr)
        return REFUSED
    try:
        options.out.write_bytes(made)
    except OSError as error:
        print(f"{options.out} cannot be written: {error.strerror}", file=sys.stderr)
        return REFUSED
    return 0


def _refuse(options: argparse.Namespace) -> None:
    """Raise ValueError where the options do not go together."""
    kind, count = options.out.suffix.lower(), len(options.scenario)
    is_image = kind in _IMAGES and (options.chart is not None or kind != ".pdf")
    if options.chart is not None:
        chart_named(options.chart)
        if kind not in _IMAGES:
            raise ValueError(f"--chart makes an image (png, svg, pdf), and {options.out} is none")
    if options.width is not None and not is_image:
        raise ValueError(f"--width is for images, made by --chart, and {options.out} is none")
    if options.text and (is_image or kind not in _WITH_TEXT):
        raise ValueError(f"--text is for files with the proposal ({', '.join(sorted(_WITH_TEXT))})")
    if options.compare and count < 2:
        raise ValueError("--compare needs two scenarios or more")
    if is_image and count > 1:
        raise ValueError("a chart shows one scenario: make an image of each, or a .zip of all")
    if kind in _BY_REQUEST and count > 1 and not options.compare:
        raise ValueError(f"a {kind} file holds one scenario; with --compare it holds several")


def _text(path: Path) -> tuple[Section, ...]:
    """The edited proposal text of a file. Raises ValueError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from None
    if len(content) > _MOST_TEXT:
        raise ValueError(f"{path} has {len(content)} bytes; a proposal text has at most {_MOST_TEXT}")
    try:
        return from_text(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not text in UTF-8") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m report", description=__doc__)
    parser.add_argument(
        "scenario",
        metavar="SCENARIO",
        nargs="*",
        help=f"presets ({', '.join(PRESETS)}) or scenario files; default {DEFAULT_PRESET}",
    )
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="set an assumption in every scenario, for example causal_share=3%% or strategic_partner=on",
    )
    kinds = ", ".join(suffix.removeprefix(".") for suffix in WRITERS)
    parser.add_argument("--out", metavar="FILE", type=_file, required=True, help=f"kinds by suffix: {kinds}")
    parser.add_argument(
        "--compare", action="store_true",
        help="put several scenarios into one csv or json; xlsx, pptx, html, pdf and zip always compare them",
    )  # fmt: skip
    parser.add_argument("--chart", metavar="NAME", help=f"for png, svg and pdf: {', '.join(EVERY_CHART)}")
    parser.add_argument(
        "--width", metavar="PIXELS", type=int, help="of an image, 320 to 4000; its height is 9/16 of it"
    )
    parser.add_argument("--text", metavar="FILE", type=Path, help="the edited proposal text, headings marked by #")
    parser.add_argument("--date", type=_date, default=date.today(), help="YYYY-MM-DD; default today")
    draws = f"{MIN_DRAWS} to {MAX_DRAWS}, or 0 for no simulation; default {DEFAULT_DRAWS}"
    parser.add_argument("--draws", type=int, default=DEFAULT_DRAWS, help=draws)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help=f"default {DEFAULT_SEED}")
    return parser


def _file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in WRITERS:
        known = ", ".join(WRITERS)
        raise argparse.ArgumentTypeError(f"'{text}' has no suffix of a kind of file that can be made: {known}")
    return path


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date like 2026-11-30") from None


if __name__ == "__main__":
    sys.exit(main())
