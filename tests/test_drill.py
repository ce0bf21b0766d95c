"""The drill: a cost line with an uncertain assumption is a change of two files and a dozen lines.

It is done on a copy of the whole program, once with a cost of its own and once with a cost of the programme; each
copy must then show the new line everywhere by itself, and all that adds up must go on to do so.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from model.presets import PRESETS
from model.projection import project
from model.telling.comparison import worth_by_cause
from tests.report.workbook.recalculation import recalculated

ROOT = Path(__file__).parents[1]
PARTS = ("model", "library", "report", "dashboard", "tests", ".streamlit")
FILES = ("roi_app.py", "pyproject.toml")
MOST_LINES = 12
# Of two plans that differ in spend and in programme, the one that the files are about first.
PAIR = ("seat-at-the-table", "bigger-budget-same-skills")


@dataclass(frozen=True)
class Drill:
    """A cost line and its assumption, as they are typed in; `programme` says whose cost it is."""

    assumption: str
    line: str
    programme: bool
    declared: str
    formula: str
    words: str

    @property
    def label(self) -> str:
        """What the line is called."""
        return re.search(r'@line\("(.+?)"', self.formula)[1]

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """In which file, in place of which text, stands what."""
        before, benefits = '    belief("partner_learning_boost"', '@line("Benefits"'
        # What is laid out, and what of that is paid beside pay.
        outlay, paid = (
            "leadership_cost, staff_cost, other_costs",
            "training_fees, partner_fee, staff_cost, other_costs",
        )
        return [
            ("model/assumptions.py", before, self.declared + before),
            ("model/lines.py", benefits, self.formula + benefits),
            *(
                ("model/lines.py", old, f"{old}{sign}{self.line}")
                for names in (outlay, paid)
                for sign, old in ((", ", names), (" + ", names.replace(", ", " + ")))
            ),
        ]


DRILLS = {
    "a cost of its own": Drill(
        assumption="agency_fee",
        line="agency_cost",
        programme=False,
        declared="""    belief("agency_fee", "Agency fee on extra social spend", u.SHARE, 0.04, (0, 1), "D",
        "What an agency asks for placing the extra money.", likely_between=(0, 0.10)),
""",
        formula='''@line("Agency cost", u.MONEY_FLOW)
def agency_cost(agency_fee, extra_social_spend):
    """Fee of the agency that places the extra money."""
    return agency_fee * extra_social_spend


''',
        words="Agency fee on extra social spend × Extra social spend",
    ),
    "a cost of the programme": Drill(
        assumption="coaching_fee",
        line="coaching_cost",
        programme=True,
        declared="""    belief("coaching_fee", "Coaching per person", u.MONEY_YEAR, 800.0, (0, 1e6), "D",
        "What coaches cost for each member of the team.", likely_between=(500, 1200)),
""",
        formula='''@line("Coaching cost", u.MONEY_FLOW, cause=PROGRAMME)
def coaching_cost(programme_active, team, coaching_fee, cost_factor):
    """Fees of the coaches who help to apply what was learnt."""
    return programme_active * team * coaching_fee / 12 * cost_factor


''',
        words="Training programme active × Social team × Coaching per person ÷ 12 × Cost factor",
    ),
}


@pytest.fixture(scope="module", params=DRILLS)
def drill(request):
    """What is added."""
    return DRILLS[request.param]


@pytest.fixture(scope="module")
def changed(drill, tmp_path_factory):
    """A directory with the changed program."""
    home = tmp_path_factory.mktemp("drill")
    for part in PARTS:
        shutil.copytree(ROOT / part, home / part, ignore=shutil.ignore_patterns("__pycache__"))
    for file in FILES:
        shutil.copy(ROOT / file, home / file)
    for file, old, new in drill.changes:
        text = (home / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (home / file).write_text(text.replace(old, new), encoding="utf-8")
    return home


def in_it(home, *arguments):
    """What a command of the changed program prints."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=home, capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def looked_at(home, *arguments):
    """What `tests.drilled` finds in the changed program."""
    return json.loads(in_it(home, "-m", "tests.drilled", *arguments))


@pytest.fixture(scope="module")
def numbers(drill, changed):
    """The model's results in the changed program."""
    return looked_at(changed, "numbers", drill.line, *PAIR)


@pytest.fixture(scope="module")
def documents(changed, tmp_path_factory):
    """The folder with what the changed program makes of the two plans."""
    folder = tmp_path_factory.mktemp("made")
    assert set(looked_at(changed, "documents", str(folder), *PAIR).values()) == {0}
    return folder


BEFORE = project(PRESETS[PAIR[0]])


def test_the_change_is_small():
    for drill in DRILLS.values():
        typed = [line for _, old, new in drill.changes for line in set(new.splitlines()) - set(old.splitlines())]
        assert len([line for line in typed if line]) <= MOST_LINES
        assert len({file for file, _, _ in drill.changes}) == 2


def test_the_line_is_projected_and_counted_as_a_cost(drill, numbers):
    cost = numbers["lines"][drill.line]
    assert min(cost) > 0
    for now, was, added in zip(numbers["lines"]["costs"], BEFORE.lines["costs"], cost, strict=True):
        assert now - was == pytest.approx(added)
    assert numbers["metrics"]["npv"] < BEFORE.metrics["npv"]
    assert numbers["failed"] == []


def test_a_cost_of_the_programme_is_counted_as_such_and_no_other_is(drill, numbers):
    cost = sum(numbers["lines"][drill.line])
    more = numbers["metrics"]["total_programme_cost"] - BEFORE.metrics["total_programme_cost"]
    assert more == pytest.approx(cost if drill.programme else 0.0)
    assert (drill.line in numbers["programme"]) == drill.programme
    without = BEFORE.counterfactuals["npv_without_programme"]
    assert (numbers["without"] == pytest.approx(without)) == drill.programme
    lost = -numbers["bridge"][drill.line] if drill.programme else 0.0
    assert numbers["metrics"]["programme_npv"] == pytest.approx(BEFORE.metrics["programme_npv"] - lost)


def test_an_amount_of_the_programme_counts_only_with_it(drill, numbers):
    label = "Coaching per person"
    assert [label in told for told in numbers["not_converted"]] == [drill.programme, False]


def test_the_line_is_explained(drill, numbers):
    meaning, words, precedents = numbers["explained"]
    assert f'"""{meaning}"""' in drill.formula
    assert words == drill.words
    assert f"({', '.join(precedents)})" in drill.formula


def test_the_bridge_leads_to_the_value(drill, numbers):
    assert sum(numbers["bridge"].values()) == pytest.approx(numbers["metrics"]["npv"], abs=1e-6)
    assert numbers["bridge"][drill.line] < 0


def test_the_causes_add_up_to_the_cent_and_each_keeps_its_own(drill, numbers):
    npv = numbers["metrics"]["npv"]
    assert sum(numbers["worth"].values()) == pytest.approx(npv, abs=1e-6)
    assert sum(numbers["shown"].values()) == pytest.approx(round(npv, 2), abs=1e-6)
    assert sum(numbers["contributions"].values()) == pytest.approx(numbers["rise"], abs=1e-6)
    own = "costs" if drill.programme else drill.line
    for name, worth in worth_by_cause(BEFORE).items():
        added = numbers["bridge"][drill.line] if name == own else 0.0
        assert numbers["worth"][name] == pytest.approx(worth + added), name
    assert numbers["shown"] == {name: pytest.approx(part, abs=0.03) for name, part in numbers["worth"].items()}
    if not drill.programme:
        assert numbers["causes"][own] == [drill.label, "fee of the agency that places the extra money"]
        assert numbers["worth"][own] == pytest.approx(numbers["bridge"][drill.line])


def test_the_assumption_is_drawn_and_ranked(drill, numbers):
    assert drill.assumption in numbers["tornado"]


def test_the_command_line_takes_the_assumption_like_the_others(drill, changed):
    listed = json.loads(in_it(changed, "-m", "model", "assumptions", "--format", "json"))
    assert next(item for item in listed if item["name"] == drill.assumption)["range"]["low"] >= 0
    free = json.loads(in_it(changed, "-m", "model", "project", "--set", f"{drill.assumption}=0", "--format", "json"))
    assert not any(free["monthly"][drill.line])


def test_the_proposal_says_what_it_costs(drill, numbers, documents):
    text = (documents / "plan.txt").read_text(encoding="utf-8").replace("\u00a0", " ")
    costs = text.partition("# What it costs")[2].partition("\n# ")[0]
    amount = numbers["metrics"]["total_programme_cost"] if drill.programme else sum(numbers["lines"][drill.line])
    # Of the programme's cost it is said how much is working time.
    assert f"{float(f'{amount:.3g}'):,.0f} USD{', of it' if drill.programme else '.'}" in costs
    assert (drill.label in costs) != drill.programme


def test_the_report_shows_line_assumption_and_causes(drill, numbers, documents):
    page = (documents / "plan.html").read_text(encoding="utf-8")
    assert page.count(drill.label) >= 2
    assert re.search(r'belief\(".+?", "(.+?)"', drill.declared)[1] in page
    for label, meaning in numbers["causes"].values():
        assert f"{label}: {meaning}" in page


def test_the_deck_charts_the_line(drill, documents):
    with zipfile.ZipFile(documents / "plan.pptx") as deck:
        charts = [deck.read(name).decode() for name in deck.namelist() if name.startswith("ppt/charts/chart")]
    # The bridge's step, and the costs' series.
    assert sum(drill.label in chart for chart in charts) == 2


def test_the_workbook_recalculates_to_the_same(drill, numbers, documents, program, tmp_path):
    shutil.copy(documents / "plan.xlsx", tmp_path)
    values = recalculated(program, tmp_path / "plan.xlsx")
    months, summary = values.months(), values.summary()
    for name in (drill.line, "costs", "cumulative_present_value"):
        series = numbers["lines"][name]
        assert [months[name][month] for month in range(1, len(series) + 1)] == pytest.approx(series, rel=1e-9), name
    for name, metric in numbers["metrics"].items():
        assert summary[name] == (metric if metric is None else pytest.approx(metric, rel=1e-9)), name
    assert values.named("master_check") == 1
    assert drill.label in dict(values.texts()).values()


def test_the_screens_show_it(drill, changed):
    found = looked_at(changed, "screens", PAIR[0])
    assert {name: screen["exceptions"] for name, screen in found.items() if screen["exceptions"]} == {}
    assert f"{drill.line} = " in found["lines"]["text"]


def test_the_house_still_stands(changed):
    done = in_it(
        changed, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_house.py", "tests/model/test_lines.py"
    )
    assert " passed" in done
    assert "failed" not in done
