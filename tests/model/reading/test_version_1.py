"""Scenario files and links of version 1 open in version 2, for ever; its fixtures stay as they were written."""

import json
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from model.presets import PRESETS
from model.projection import project
from model.reading.faults import ScenarioError
from model.reading.links import read_link, write_link
from model.scenario import Scenario

WRITTEN = Path(__file__).parents[2] / "fixtures" / "version_1"
FILES = sorted(path for path in WRITTEN.glob("*.json") if path.name != "library.json")
LINKS = (WRITTEN / "links.txt").read_text(encoding="utf-8").splitlines()


def opened(name: str) -> Scenario:
    return Scenario.from_file(WRITTEN / f"{name}.json")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_opens_and_is_written_in_version_2(path):
    assert json.loads(path.read_text(encoding="utf-8"))["schema_version"] == 1
    scenario = Scenario.from_file(path)
    assert "model itself has changed" in scenario.translation[0]
    written = scenario.to_data()
    assert written["schema_version"] == 2
    again = Scenario.from_data(written)
    assert again == scenario
    assert again.hash == scenario.hash
    assert again.translation == ()  # said once
    assert project(scenario).sound


def test_fees_a_year_become_fees_an_hour():
    scenario = opened("own-company")
    assert scenario.values["training_fee_per_hour"] == 2400 / 60
    known = scenario.ranges["training_fee_per_hour"]
    assert (known.low, known.likely, known.high) == (1800 / 60, 2400 / 60, 3600 / 60)
    assert scenario.notes["training_fee_per_hour"] == "Quote of the academy"
    ((*pair, strength),) = scenario.correlations
    assert (set(pair), strength) == ({"training_fee_per_hour", "causal_share"}, 0.3)
    assert any("2400 a year for each person became 40 an hour" in sentence for sentence in scenario.translation)


def test_where_no_hours_are_trained_the_fee_is_the_default():
    assert opened("no-hours").values["training_fee_per_hour"] == 30
    data = json.loads((WRITTEN / "no-hours.json").read_text(encoding="utf-8"))
    fee = {"low": 500, "likely": 900, "high": 1000, "distribution": "pert"}
    with_range = Scenario.from_data(data | {"ranges": {"training_fee": fee}})
    assert "training_fee_per_hour" not in with_range.effective_ranges


@pytest.mark.parametrize("name", ["measured-return", "own-return-range"])
def test_what_platforms_report_is_what_the_return_rests_on(name):
    scenario = opened(name)
    assert scenario.values["social_return_basis"] == "platform"
    assert any("platform basis" in sentence for sentence in scenario.translation)


@pytest.mark.parametrize("name", ["defaults", "own-company", "custom-path"])
def test_where_they_were_left_alone_the_basis_is_the_default(name):
    assert opened(name).values["social_return_basis"] == "relative"


def test_all_else_is_kept_under_its_name():
    scenario = opened("own-company")
    assert scenario.currency == "DKK"
    assert scenario.values["employees"] == 320
    assert scenario.values["team_target"] == 8
    assert scenario.ranges["media_waste"] is None
    assert [area.name for area in scenario.skills] == ["Analytics", "Content"]
    assert opened("custom-path").social_share_path == (0.15, 0.18, 0.2)


@pytest.mark.parametrize("link", LINKS)
def test_every_link_opens_and_is_written_anew(link):
    scenario, base = read_link(parse_qsl(link))
    again, _ = read_link(write_link(scenario, base))
    assert again == scenario
    assert again.translation == ()


def test_a_link_with_a_fee_a_year_is_translated():
    scenario, _ = read_link(parse_qsl(next(link for link in LINKS if "training_fee=2000" in link)))
    assert scenario.values["training_fee_per_hour"] == 2000 / 50
    assert any("by the hour" in sentence for sentence in scenario.translation)


@pytest.mark.parametrize("basis", ["relative", "platform"])
def test_a_link_of_today_keeps_its_basis_whatever_it_says_of_platforms(basis):
    scenario = PRESETS["social-plan"].with_values(social_reported_roas=3.0, social_return_basis=basis)
    assert read_link(write_link(scenario, PRESETS["social-plan"]))[0].values == scenario.values
    ranges = {"social_incremental_share": {"low": 0.2, "likely": 0.6, "high": 0.9, "distribution": "pert"}}
    data = PRESETS["social-plan"].to_data() | {"ranges": ranges, "assumptions": {"social_return_basis": basis}}
    scenario = Scenario.from_data(data)
    assert read_link(write_link(scenario, PRESETS["social-plan"]))[0].values == scenario.values


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"assumptions": {"training_fee": "much"}}, "training_fee_per_hour"),
        ({"assumptions": ["training_fee"]}, "assumptions"),
        ({"ranges": {"training_fee": {"low": 3, "likely": 2, "high": 1}}}, "training_fee_per_hour"),
        ({"correlations": [["training_fee"]]}, "correlations"),
    ],
)
def test_what_is_not_legal_is_still_refused(data, told):
    with pytest.raises(ScenarioError, match=told):
        Scenario.from_data({"schema_version": 1, "name": "old"} | data)


@pytest.mark.parametrize("version", [0, 3, True, "1", 1.5, None])
def test_other_versions_are_refused(version):
    with pytest.raises(ScenarioError, match="reads versions 1 and 2"):
        Scenario.from_data({"schema_version": version, "name": "from elsewhere"})
