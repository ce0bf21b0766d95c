"""The drill of a chart: a file that draws and declares it, and a line of the catalogue, are the whole change.

On a copy of the program a chart of the plan and one of the odds, with a table of its own, must then stand by
themselves on their screens, in the report, among the images that can be asked for and in the ZIP.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from library.place import file_engine
from library.store import Library

ROOT = Path(__file__).parents[1]

OF_THE_PLAN = '''"""The chart of net cash by month."""

from __future__ import annotations

from datetime import date

from model.units import MONEY
from report.charts.drawing.chart import MODEL, PLAN, Chart
from report.charts.drawing.figure import blank, fit, month_axis, value_axis
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import LIGHT, Theme
from report.material import Material
from report.tables.line_tables import by_year


def net_cash(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """Net cash of each month."""
    projection = material.projection
    cash = projection.lines["net_cash"].tolist()
    figure = blank(projection, theme, "Net cash by month", projection.scenario.currency, today)
    figure.add_bar(name="net cash", x=list(range(1, projection.months + 1)), y=cash)
    axis = value_axis(MONEY, projection.scenario.format, (0.0, *cash))
    figure.update_layout(xaxis=month_axis(projection.months), yaxis=axis)
    return fit(figure)


def net_cash_alt(material: Material) -> str:
    """The chart in words, for those who do not see it."""
    text, cash = material.scenario.format, material.projection.lines["net_cash"]
    return f"Net cash by month, from {text.signed(cash.min(), MONEY)} to {text.signed(cash.max(), MONEY)}."


CHART = Chart("net_cash", "Net cash by month", PLAN, MODEL, net_cash, net_cash_alt, by_year("net_cash"),
              explains="net_cash")
'''
OF_THE_ODDS = '''"""The chart of the odds of payback by month, and its table."""

from __future__ import annotations

from datetime import date

import pandas as pd
from model.units import SHARE
from report.charts.drawing.chart import DRAWS, RISK, Chart
from report.charts.drawing.figure import fit, month_axis, value_axis
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import framed
from report.charts.drawing.theme import LIGHT, Theme
from report.material import Material
from report.tables.chart_table import ChartTable, Column


def odds(material: Material) -> list[float]:
    """The odds of being paid back by each month."""
    simulation, _ = material.simulated
    return [simulation.odds_of_payback(month) for month in range(1, material.projection.months + 1)]


def payback_odds(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """The odds of being paid back, by month."""
    values, plan = odds(material), material.projection
    figure = framed(plan, theme, "Odds of payback by month", "In 100 cases", today)
    figure.add_scatter(name="odds", x=list(range(1, plan.months + 1)), y=values, mode="lines")
    axis = value_axis(SHARE, plan.scenario.format, (0.0, *values))
    figure.update_layout(xaxis=month_axis(plan.months), yaxis=axis)
    return fit(figure)


def payback_odds_alt(material: Material) -> str:
    """The chart in words, for those who do not see it."""
    return f"In the end {material.scenario.format.rounded(odds(material)[-1], SHARE)} of the cases are paid back."


def payback_odds_table(material: Material) -> ChartTable:
    """One row a month: the odds of being paid back by then."""
    values = odds(material)
    rows = pd.DataFrame({"month": range(1, len(values) + 1), "paid_back": values})
    return ChartTable(rows, {"month": Column("Month", words=True), "paid_back": Column("Paid back", SHARE)})


CHART = Chart("payback_odds", "When it pays back", RISK, DRAWS, payback_odds, payback_odds_alt, payback_odds_table)
'''
# In the catalogue, in place of which text, stands what.
LISTED = [
    (
        "import budget, budget_make_up, decisions, phasing, returns",
        "import budget, budget_make_up, decisions, net_cash, payback_odds, phasing, returns",
    ),
    ("            revenue.CHART,\n", "            revenue.CHART,\n            net_cash.CHART,\n"),
    ("            decisions.WORTH,\n", "            decisions.WORTH,\n            payback_odds.CHART,\n"),
]
# What a person finds: run in the changed program, it prints what is seen.
SEEN = """
import json, sys
from datetime import date
from io import BytesIO
from zipfile import ZipFile
from streamlit.testing.v1 import AppTest
from report.charts.catalogue import drawable
from report.files.file_kinds import KINDS, Order
from report.files.command_line import _parser
from model.presets import PRESETS

def screen(name, table):
    text = f"from dashboard.shell import sidebar\\nfrom dashboard.screens.{name} import screen\\n"
    test = AppTest.from_string(text + "sidebar.draw()\\nscreen.draw()", default_timeout=120).run()
    charts = [chart.key for chart in test.get("plotly_chart")]
    test.button(key=f"table:{table}").click().run()
    return charts, [error.value for error in test.exception], [list(rows.value.columns) for rows in test.dataframe]

scenarios = (PRESETS["social-plan"],)
order = Order(scenarios=scenarios, today=date(2026, 11, 22), draws=256, seed=7)
with ZipFile(BytesIO(KINDS["everything"].make(order, None))) as archive:
    files = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".csv", ".html"))}
print(json.dumps({
    "plan": screen("plan", "net_cash"),
    "risk": screen("risk", "payback_odds"),
    "images": [chart.name for chart in drawable({"odds"})],
    "asked for": next(action.help for action in _parser()._actions if action.dest == "chart"),
    "report": files["report.html"].split("<script")[0],
    "files": {name: text for name, text in files.items() if name.endswith(("net-cash.csv", "payback-odds.csv"))},
}))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What is seen of the two charts in a copy of the program that has them."""
    home = tmp_path_factory.mktemp("chart")
    for storey in ("model", "library", "report", "dashboard"):
        shutil.copytree(ROOT / storey, home / storey, ignore=shutil.ignore_patterns("__pycache__"))
    charts = home / "report" / "charts"
    (charts / "net_cash.py").write_text(OF_THE_PLAN, encoding="utf-8")
    (charts / "payback_odds.py").write_text(OF_THE_ODDS, encoding="utf-8")
    catalogue = (charts / "catalogue.py").read_text(encoding="utf-8")
    for old, new in LISTED:
        assert catalogue.count(old) == 1, f"{old!r} stands {catalogue.count(old)} times in the catalogue"
        catalogue = catalogue.replace(old, new)
    (charts / "catalogue.py").write_text(catalogue, encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    # Without a browser, which would take its time to draw every chart.
    environment |= {"BROWSER_PATH": "/nowhere/chrome", "SOCIAL_ROI_LIBRARY": str(home / "library.sqlite3")}
    Library(file_engine(home / "library.sqlite3")).begin()
    done = subprocess.run(
        [sys.executable, "-c", SEEN], cwd=home, capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(("screen", "chart", "heading"), [
    ("plan", "net_cash", "Net cash (USD)"),
    ("risk", "payback_odds", "Paid back (%)"),
])  # fmt: skip
def test_each_stands_on_its_screen_with_its_table(seen, screen, chart, heading):
    charts, errors, tables = seen[screen]
    assert not errors
    assert f"chart:{chart}" in charts
    assert heading in tables[-1]


@pytest.mark.parametrize(("title", "words"), [
    ("Net cash by month", "Net cash by month, from"),
    ("When it pays back", "of the cases are paid back."),
])  # fmt: skip
def test_each_stands_in_the_report_with_words_and_table(seen, title, words):
    (card,) = [part for part in seen["report"].split("<figure>")[1:] if f">{title}</h3>" in part]
    assert words in card
    assert "<td" in card


@pytest.mark.parametrize("chart", ["net_cash", "payback_odds"])
def test_each_can_be_asked_for_as_an_image(seen, chart):
    assert chart in seen["images"]
    assert chart in seen["asked for"]


def test_the_rows_of_each_stand_in_the_zip(seen):
    tables = {name.rsplit("/", 1)[1]: text.splitlines() for name, text in seen["files"].items()}
    common = '"scenario","hash","made_on","currency"'
    assert tables["net-cash.csv"][0] == f'"year","months","net_cash (USD)",{common}'
    assert tables["payback-odds.csv"][0] == f'"month","paid_back (fraction)",{common}'
    assert len(tables["payback-odds.csv"]) == 61
