"""python -m report: the kind of file follows from the suffix; what does not go together is refused plainly."""

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from model.command_line.arguments import REFUSED
from model.presets import PRESETS
from model.projection import project
from report.__main__ import main
from report.charts.catalogue import CHARTS
from report.files.browser import BROWSER_PATH
from report.files.file_kinds import KINDS
from report.words.narrative import answer
from report.words.proposal import STAMP

ROOT = Path(__file__).parents[2]
FEW = ["--draws", "128", "--seed", "7", "--date", "2026-11-22"]
TWO = ["social-plan", "hold"]


@pytest.fixture
def run(tmp_path, capsys):
    """Makes a file; returns its path, or the message where it was refused."""

    def make(name, *arguments):
        out = tmp_path / name
        code = main([*arguments, *FEW, "--out", str(out)])
        told = capsys.readouterr()
        if code:
            assert code == REFUSED
            assert not out.exists()
            assert "Traceback" not in told.err
            return told.err
        assert told.err == ""
        return out

    return make


@pytest.fixture
def no_browser(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv(BROWSER_PATH, raising=False)


def test_every_kind_that_is_promised_can_be_asked_for():
    suffixes = {kind.suffix for kind in KINDS.values()}
    assert suffixes == {".xlsx", ".pptx", ".html", ".pdf", ".png", ".svg", ".csv", ".json", ".zip", ".txt", ".docx"}


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize(("kind", "start"), [("xlsx", b"PK"), ("pptx", b"PK"), ("html", b"<!DOCTYPE html>"),
                                              ("csv", b'"month","date",'), ("json", b"{"),
                                              ("txt", b"# The question")])  # fmt: skip
def test_made_without_a_browser(run, kind, start):
    assert run(f"x.{kind}").read_bytes().startswith(start)


@pytest.mark.usefixtures("no_browser")
def test_settings_are_followed_and_the_same_options_give_the_same_bytes(run):
    first = run("one.json", "--set", "causal_share=3%").read_bytes()
    assert run("two.json", "--set", "causal_share=3%").read_bytes() == first
    (result,) = json.loads(first)["scenarios"]
    assert result["metrics"] == dict(project(PRESETS["social-plan"].with_values(causal_share=0.03)).metrics)


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("arguments", [("x.pdf",), ("x.pdf", "--chart", "tornado"), ("x.png", "--chart", "tornado"),
                                       ("x.svg", "--chart", "cash_fan")])  # fmt: skip
def test_images_and_pdf_without_a_browser_say_what_to_install(run, arguments):
    told = run(*arguments)
    assert "cannot be made here" in told
    assert "apt-get install chromium" in told
    assert BROWSER_PATH in told


@pytest.mark.parametrize(("name", "start"), [("x.png", b"\x89PNG"), ("x.svg", b"<svg"), ("x.pdf", b"%PDF-")])
def test_a_chart_as_an_image(run, program, name, start):
    program("chromium", package="chromium")
    assert run(name, "--chart", "value_bridge", "--width", "640").read_bytes().startswith(start)


def test_the_text_of_several_scenarios_tells_of_them_all(run):
    files = (run(f"{len(of)}.txt", *of).read_text(encoding="utf-8") for of in (TWO[:1], TWO))
    alone, together = (told.partition("\n" + STAMP)[0] for told in files)
    assert together.startswith(alone)
    told, hold = together.removeprefix(alone), PRESETS["hold"]
    assert told.startswith(f"\n# Compared with\n\nProposed is “Social plan” [{PRESETS['social-plan'].hash}]")
    assert f"“Hold” [{hold.hash}]: {answer(project(hold)).sentence}" in told
    assert "“Social plan” is worth most: +102,000" in told


@pytest.mark.parametrize("kind", ["html", "json", "csv"])
def test_several_scenarios_in_one_file(run, kind):
    extra = [] if kind == "html" else ["--compare"]
    text = run(f"x.{kind}", *TWO, *extra).read_text(encoding="utf-8")
    assert all(PRESETS[name].hash in text for name in TWO)


@pytest.mark.usefixtures("no_browser")
def test_csv_for_spreadsheets_follows_the_scenario_s_locale(run, tmp_path):
    german = tmp_path / "deutsch.json"
    german.write_text(PRESETS["social-plan"].changed(locale="de").to_json(), encoding="utf-8")
    header, first = run("x.csv", str(german), "--csv", "spreadsheet").read_text(encoding="utf-8").splitlines()[:2]
    assert header.startswith('"month";"date";"growth_factor (factor)";')
    assert first.startswith("1;2027-01-01;1,00")
    assert "--csv is for files with tables as CSV (.csv, .zip)" in run("x.html", "--csv", "spreadsheet")


@pytest.mark.usefixtures("no_browser")
def test_several_scenarios_in_a_zip_and_what_it_lacks_is_told(tmp_path, capsys):
    out = tmp_path / "x.zip"
    assert main([*TWO, *FEW, "--out", str(out)]) == 0
    with ZipFile(out) as archive:
        assert len([name for name in archive.namelist() if name.startswith("scenarios/")]) == 2
        assert capsys.readouterr().err == archive.read("LEFT OUT.txt").decode()


def test_edited_text_is_taken(run, tmp_path):
    edited = tmp_path / "text.md"
    edited.write_text("\ufeff# Our ask\n\nA <b>bold</b> claim.\n", encoding="utf-8")
    page = run("x.html", "--text", str(edited)).read_text(encoding="utf-8")
    assert "<h3 dir=\"auto\">Our ask</h3>" in page  # fmt: skip
    assert "A &lt;b&gt;bold&lt;/b&gt; claim." in page


def test_names_stand_over_the_lines_to_sign(run):
    page = run("x.html", "--prepared-by", "Anna <b>", "--approved-by", "The board").read_text(encoding="utf-8")
    assert "Anna &lt;b&gt;" in page
    assert "The board" in page
    assert run("y.html").read_text(encoding="utf-8") == page.replace("Anna &lt;b&gt;", "\u00a0").replace(
        "The board", "\u00a0"
    )


@pytest.mark.usefixtures("no_browser")
def test_a_kind_is_named_where_several_share_a_suffix(run):
    assert "cannot be made here" in run("x.pdf", "--kind", "summary")
    assert run("x.docx", "--kind", "word").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("told", "arguments"),
    [
        (
            "names are for files with lines to sign on (.pptx, .docx, .html, .pdf, .zip)",
            ["x.csv", "--prepared-by", "Anna"],
        ),
        ("--kind summary makes a .pdf file", ["x.pptx", "--kind", "summary"]),
        ("“Prepared by” has 121 letters; a name has at most 120", ["x.html", "--prepared-by", "x" * 121]),
        ("'cash_fn' is no chart; did you mean 'cash_fan'?", ["x.png", "--chart", "cash_fn"]),
        (", ".join(CHARTS), ["x.png", "--chart", "zzz"]),
        ("which chart? Charts are share_and_spend", ["x.png"]),
        ("which chart? Charts are share_and_spend", ["x.svg"]),
        ("--chart makes an image (.png, .svg, .pdf)", ["x.html", "--chart", "tornado"]),
        ("--width is for images", ["x.xlsx", "--width", "900"]),
        ("--width is for images", ["x.pdf", "--width", "900"]),
        ("320 to 4000 pixels wide, not 10", ["x.png", "--chart", "tornado", "--width", "10"]),
        ("a chart shows one scenario", ["x.png", *TWO, "--chart", "tornado"]),
        ("a chart shows one scenario", ["x.svg", *TWO, "--chart", "tornado", "--compare"]),
        ("a .csv file holds one scenario; with --compare it holds several", ["x.csv", *TWO]),
        ("a .json file holds one scenario", ["x.json", *TWO]),
        ("--compare needs two scenarios", ["x.html", "hold", "--compare"]),
        ("--text is for files with the proposal", ["x.xlsx", "--text", "y.md"]),
        ("--text is for files with the proposal", ["x.pdf", "--chart", "tornado", "--text", "y.md"]),
        ("y.md cannot be read: No such file", ["x.html", "--text", "y.md"]),
        ("with --draws 0 there is no text", ["x.txt", "--draws", "0"]),
        ("128 or more, or give a text of your own with --text", ["x.txt", "--draws", "0"]),
        ("'cash_fan' needs a simulation", ["x.png", "--chart", "cash_fan", "--draws", "0"]),
        ("did you mean 'hold'?", ["x.html", "hodl"]),
        ("1 to 6 scenarios, not 7", ["x.html", *["hold"] * 7]),
    ],
)
def test_refused_with_the_reason(tmp_path, capsys, told, arguments):
    name, *rest = arguments
    out = tmp_path / name
    assert main(["--date", "2026-11-22", "--seed", "7", "--draws", "128", *rest, "--out", str(out)]) == REFUSED
    assert told in capsys.readouterr().err
    assert not out.exists()


def test_text_that_is_none_or_too_long_is_refused(run, tmp_path):
    edited = tmp_path / "text.md"
    edited.write_bytes(b"\xff\xfe\x00")
    assert "is not text in UTF-8" in run("x.html", "--text", str(edited))
    edited.write_bytes(b"x" * 1_000_001)
    assert "at most 1000000" in run("x.html", "--text", str(edited))
    edited.write_text(" \n\n", encoding="utf-8")
    assert f"{edited} is empty: write a text there" in run("x.txt", "--text", str(edited))


def test_unknown_suffix_and_place_that_cannot_be_written(run, capsys):
    with pytest.raises(SystemExit) as refused:
        run("x.rtf")
    assert refused.value.code == REFUSED
    assert ".zip" in capsys.readouterr().err
    assert "cannot be written" in run("no/such/folder/x.csv")


def test_runs_as_a_program_without_chromium_on_the_path(tmp_path):
    out = tmp_path / "x.html"
    environment = {**os.environ, "PATH": "/nowhere"} | {BROWSER_PATH: ""}
    command = [sys.executable, "-m", "report", "hold", *FEW, "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert out.stat().st_size > 1_000_000
