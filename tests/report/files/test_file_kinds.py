"""Kinds of files and orders: each declared in full, made of what was ordered, one failure keeping back no other."""

import json
import re
import sys
from collections import Counter
from dataclasses import fields, replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from model.choice.must_be_true import what_must_be_true
from model.presets import PRESETS
from model.projection import project
from model.skills.areas import SkillArea
from model.skills.training_plan import proposed
from model.uncertainty.conservative_case import remains
from model.uncertainty.sensitivity import evppi, tornado
from model.uncertainty.simulation import simulate
from report.asked import ODDS
from report.charts.catalogue import drawable
from report.files import file_kinds
from report.files.browser import BROWSER_PATH
from report.files.file_kinds import KINDS
from report.files.order import Order, build, not_made
from report.files.zip_file import zip_file
from report.signatories import Signatories
from report.words.proposal import Section
from tests.report.workbook.test_workbook import NAMES

# Those that a simulation draws; the others need an answer.
CHARTS = {chart.name: chart for chart in drawable({ODDS})}

PLAN, HOLD, CFO = (PRESETS[name] for name in ("social-plan", "hold", "sceptical-cfo"))
TAUGHT = PLAN.changed(skills=(SkillArea("Content", 5, 0.2, 0.8),))
QUICK = ("months", "data", "proposal")
TEXT = (Section("Ask", ("We ask.",)),)
ORDER = Order((PLAN, HOLD), date(2026, 11, 22), draws=0, seed=7, text=TEXT, chart="value_bridge", width=640)


def built(order, *names, told=lambda *_: None):
    return build(order, [KINDS[name] for name in names], told)


def test_every_kind_is_declared_in_full():
    labels = [kind.label for kind in KINDS.values()]
    assert len(set(labels)) == len(labels)
    for kind in KINDS.values():
        assert re.fullmatch(r"[a-z]+\.[a-z]+", kind.file)
        assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", kind.mime)
        assert kind.holds.endswith(".")
        # What the browser draws are images and what is printed, nothing else.
        assert kind.needs_browser == (kind.is_image or kind.suffix == ".pdf")


@pytest.mark.parametrize("name", [*NAMES, "../../etc/passwd"])
def test_file_names_are_plain_and_tell_files_apart(name):
    order = replace(ORDER, scenarios=(PLAN.changed(name=name),))
    names = [kind.file_name(order) for kind in KINDS.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[\w-]+\.[a-z]{3,4}", name) and len(name.encode()) < 200 for name in names)
    assert all("_" not in name and name == name.lower() for name in names)
    assert all(order.scenarios[0].hash in name for name in names)


def test_files_are_made_in_turn_and_progress_is_told():
    told = []
    made = built(ORDER, "months", "data", told=lambda *step: told.append(step))
    assert [item.kind for item in made.files] == [KINDS["months"], KINDS["data"]]
    assert told == [(0.0, "CSV by month"), (0.5, "JSON")]
    assert json.loads(made.files[1].content)["scenarios"][1]["hash"] == HOLD.hash
    assert made.order == ORDER
    assert vars(made.order).keys() == {item.name for item in fields(Order)}, "it holds on to results"


def counted(monkeypatch, *functions):
    """How often each function is called from now on, whoever imported it."""
    calls = Counter()

    def counting(function):
        def call(*arguments, **named):
            calls[function.__name__] += 1
            return function(*arguments, **named)

        return call

    for function in functions:
        for name, module in list(sys.modules.items()):
            if name.split(".")[0] in ("model", "report") and vars(module).get(function.__name__) is function:
                monkeypatch.setattr(module, function.__name__, counting(function))
    return calls


def test_what_one_file_found_out_is_there_for_all_others(monkeypatch):
    calls = counted(monkeypatch, project, simulate, what_must_be_true, tornado, remains, evppi, proposed)
    order = replace(ORDER, scenarios=(TAUGHT, CFO), draws=128, text=None)
    assert not built(order, "workbook", "deck", "report-html", "data", "proposal", "months").failures
    # Each scenario is projected as it is, and once more as its conservative case; only one has skill areas.
    assert calls == {"project": 4, "proposed": 1} | dict.fromkeys(
        ("simulate", "what_must_be_true", "tornado", "remains", "evppi"), 2
    )


def test_the_zip_holds_the_very_files_that_were_made_beside_it(monkeypatch):
    monkeypatch.setenv(BROWSER_PATH, "/nowhere/chrome")
    order = replace(ORDER)
    files = [order.file(KINDS[name]) for name in QUICK]
    with ZipFile(BytesIO(order.file(KINDS["everything"]))) as archive:
        assert [archive.read(KINDS[name].file) for name in QUICK] == files
    assert {name for name, kind in KINDS.items() if kind in vars(order)["_files"]} >= {*QUICK, "workbook"}


def test_no_file_is_written_and_no_chart_drawn_twice_for_one_order(monkeypatch):
    monkeypatch.setenv(BROWSER_PATH, "/nowhere/chrome")
    made = Counter()

    def counting(name, function):
        def call(*arguments, **named):
            made[name] += 1
            return function(*arguments, **named)

        return call

    writers = ("workbook", "deck", "proposal", "html", "json", "monthly_csv", "as_file")
    for name in writers:
        monkeypatch.setattr(file_kinds, name, counting(name, vars(file_kinds)[name]))
    for chart in CHARTS.values():
        monkeypatch.setitem(vars(chart), "figure", counting(chart.name, chart.figure))
    names = ("workbook", "deck", "word", "report-html", "data", "months", "proposal", "everything")
    built(replace(ORDER, scenarios=(PLAN,), draws=128, text=None), *names)
    assert made.keys() >= {*writers, "value_bridge"}
    assert set(made.values()) == {1}, made


def test_one_that_cannot_be_made_keeps_back_no_other(monkeypatch):
    monkeypatch.setenv(BROWSER_PATH, "/nowhere/chrome")
    made = built(replace(ORDER, text=None), "deck", "image-png", "report-pdf", "proposal", "months")
    assert [item.kind.suffix for item in made.files] == [".csv"]
    reasons = [reason for _, reason in made.failures]
    assert "needs a simulation" in reasons[0]
    assert "apt-get install chromium" in reasons[1]
    assert reasons[1] == reasons[2]
    assert "written without a simulation" in reasons[3]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (KeyError("/srv/secret"), "An error that was not foreseen (KeyError)"),
        (OSError(28, "No space left on device"), "The system refused it: No space left on device"),
        (MemoryError(), "An error that was not foreseen (MemoryError)"),
    ],
)
def test_what_nobody_foresaw_keeps_back_no_other_and_shows_nothing_of_the_server(monkeypatch, error, told):
    def fails(*_):
        raise error

    monkeypatch.setattr(file_kinds, "deck", fails)
    order = replace(ORDER)
    made = built(order, "deck", "months")
    assert [item.kind for item in made.files] == [KINDS["months"]]
    (reason,) = not_made(made.failures)
    assert reason.startswith(f"Not made: PowerPoint deck. {told}")
    with ZipFile(BytesIO(zip_file(order, [KINDS["deck"], KINDS["months"]]))) as archive:
        assert reason in archive.read("LEFT OUT.txt").decode()
        assert KINDS["months"].file in archive.namelist()
    assert "secret" not in reason


def test_contradicting_correlations_keep_back_only_what_is_simulated():
    three = ("causal_share", "revenue_growth", "team_turnover")
    pairs = tuple((one, other, -0.9) for one, other in zip(three, (*three[1:], three[0]), strict=True))
    made = built(replace(ORDER, draws=128, scenarios=(PLAN.changed(correlations=pairs),)), "data", "months")
    assert [item.kind for item in made.files] == [KINDS["months"]]
    ((kind, reason),) = made.failures
    assert kind is KINDS["data"]
    assert "contradict" in reason


@pytest.mark.parametrize(
    ("change", "others"),
    [
        ({}, set()),
        ({"scenarios": (HOLD, PLAN)}, {"months", "data", "proposal"}),
        ({"today": date(2026, 11, 23)}, {"months", "data", "proposal"}),
        ({"text": (Section("Ask", ("We ask again.",)),)}, {"proposal"}),
        ({"chart": "tornado", "width": 900}, set()),
    ],
)
def test_only_files_that_would_be_others_are_outdated(change, others):
    made = built(ORDER, *QUICK)
    outdated = made.outdated(replace(ORDER, **change))
    assert {item.kind for item in outdated} == {KINDS[name] for name in others}
    # What is not outdated is made alike again, to the byte.
    again = built(replace(ORDER, **change), *QUICK)
    pairs = zip(made.files, again.files, strict=True)
    assert all(one.content == other.content for one, other in pairs if one not in outdated)


def test_an_image_is_outdated_by_its_chart_and_width():
    kind = KINDS["image-svg"]
    assert kind.part_of(ORDER) != kind.part_of(replace(ORDER, chart="tornado"))
    assert kind.part_of(ORDER) != kind.part_of(replace(ORDER, width=900))
    assert kind.part_of(ORDER) == kind.part_of(replace(ORDER, text=()))


def test_names_change_the_files_that_are_signed_and_no_other():
    named = replace(ORDER, signatories=Signatories("Anna"))
    changed = {name for name, kind in KINDS.items() if kind.part_of(ORDER) != kind.part_of(named)}
    assert changed == {"deck", "word", "report-html", "report-pdf", "summary", "everything"}
    assert named.scenarios[0].hash == ORDER.scenarios[0].hash


def test_the_text_is_the_person_s_where_there_is_one():
    (file,) = built(ORDER, "proposal").files
    text, stamp = file.content.decode().split("\n\nStamp of this file: ", 1)
    assert text == "# Ask\n\nWe ask."
    assert PLAN.hash in stamp
