"""Skill areas: in a scenario's file, as pasted text, and what is wrong with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.presets import PRESETS
from model.reading.faults import ScenarioError
from model.reading.links import is_whole, read_link, write_link
from model.reading.pasted_skills import MAX_PASTED, areas_of, areas_of_file, pasted_areas
from model.scenario import Scenario
from model.skills.areas import AREA_NAMES, MAX_AREAS, SkillArea, competent_share, starting_areas, weighted_gap
from tests.scenarios import anything

PLAN = PRESETS["social-plan"]
TEAM = (SkillArea("Content", 3, 0.375, 0.8), SkillArea("Crisis and PR", 1.5, 0, 1))
NAME = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)


def percent() -> st.SearchStrategy[float]:
    return st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)


@st.composite
def teams(draw: st.DrawFn) -> tuple[SkillArea, ...]:
    names = draw(st.lists(NAME, min_size=1, max_size=6, unique_by=str.casefold))
    weight = st.integers(1, 100).map(float)
    return tuple(SkillArea(name, draw(weight), draw(percent()), draw(percent())) for name in names)


def faults(data: object) -> dict[str, str]:
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_data({"skills": data})
    return {fault.key: fault.message for fault in refused.value.faults}


def paste_faults(text: str) -> dict[str, str]:
    with pytest.raises(ScenarioError) as refused:
        pasted_areas(text)
    return {fault.key: fault.message for fault in refused.value.faults}


def entry(**changes: object) -> dict[str, object]:
    return {"area": "Content", "importance": 3, "competent": 0.4, "wanted": 0.8} | changes


# In a scenario


def test_the_start_is_the_eight_areas_at_the_scenario_s_own_share():
    areas = starting_areas(0.37)
    assert [area.name for area in areas] == list(AREA_NAMES)
    assert len(areas) == 8
    assert competent_share(areas) == pytest.approx(0.37)
    assert weighted_gap(starting_areas(0.9)) == 0


def test_a_scenario_without_skills_is_what_it_was_before_there_were_any():
    assert "skills" not in PLAN.to_data()
    assert PLAN.changed(skills=()).hash == PLAN.hash
    assert PLAN.changed(skills=TEAM).hash != PLAN.hash


@given(teams())
def test_skills_survive_the_file(team):
    scenario = PLAN.changed(skills=team)
    again = Scenario.from_json(scenario.to_json())
    assert again == scenario
    assert again.skills == team
    assert again.hash == scenario.hash


@given(teams())
def test_skills_survive_the_link(team):
    scenario = PLAN.changed(skills=team)
    link = write_link(scenario, PLAN)
    assert is_whole(link)
    assert read_link(link)[0].hash == scenario.hash


def test_a_file_holds_areas_by_name():
    data = PLAN.changed(skills=TEAM[:1]).to_data()["skills"]
    assert data == [{"area": "Content", "importance": 3, "competent": 0.375, "wanted": 0.8}]


def test_spaces_around_a_name_are_no_part_of_it():
    assert Scenario.from_data({"skills": [entry(area="  Crisis \n and PR ")]}).skills[0].name == "Crisis and PR"


def test_every_fault_of_the_skills_is_told_with_its_mend():
    told = faults(
        [entry(competent=1.2, wanted="much"), entry(area=" "), entry(area="a", importance=101),
         entry(area="b", wantd=1), {"area": "c"}, 5, entry(area="d"), entry(area="D")]
    )  # fmt: skip
    assert "must lie within 0 … 1 (0\u00a0% … 100\u00a0%)" in told["skills[1].competent"]
    assert "must be a number within 0 … 1 (0\u00a0% … 100\u00a0%)" in told["skills[1].wanted"]
    assert "is empty" in told["skills[2].area"]
    assert "must lie within 0 … 100" in told["skills[3].importance"]
    assert "unknown key 'wantd'; did you mean 'wanted'?" in told["skills[4]"]
    assert {"skills[5].importance", "skills[5].competent", "skills[5].wanted"} <= set(told)
    assert "must be an object" in told["skills[6]"]
    assert "'D' a second time" in told["skills[8].area"]


def test_skills_must_be_a_list_of_at_most_thirty_of_which_one_matters():
    assert "must be a list" in faults("Content")["skills"]
    assert "at least one area more than 0" in faults([entry(importance=0)])["skills"]
    many = [entry(area=f"area {n}") for n in range(MAX_AREAS + 1)]
    assert "at most 30" in faults(many)["skills"]
    assert len(Scenario.from_data({"skills": many[:-1]}).skills) == MAX_AREAS


@given(st.lists(st.dictionaries(st.sampled_from(["area", "importance", "competent", "wanted"]), anything())))
def test_whatever_stands_there_is_taken_or_refused(data):
    try:
        scenario = Scenario.from_data({"skills": data})
    except ScenarioError as error:
        assert error.faults  # noqa: PT017
    else:
        assert Scenario.from_data(scenario.to_data()) == scenario


# Pasted


@pytest.mark.parametrize(
    "text",
    [
        "Content\t3\t37.5\t80\nCrisis and PR\t1.5\t0\t100",
        "Content;3;37,5;80 %\n\nCrisis and PR;1,5;0 %;100%\n",
        "Content,3,37.5 %,80\r\nCrisis and PR,1.5,0,100\r\n",
        "\ufeffArea;Importance;Competent today;Wanted\nContent;3;37,5;80\nCrisis and PR;1,5;0;100",
        "Wanted\tSkill\tNote\tWeight\tToday\n80 %\tContent\tx\t3\t37,5 %\n100 %\tCrisis and PR\ty\t1,5\t0 %",
        "Content;3;0,375;0,8\nCrisis and PR;1,5;0;1",
        '"Content"; 3; 37,5; 80;;\n"Crisis and PR"; 1,5; 0; 100;;',
    ],
)
def test_the_same_team_however_it_is_pasted(text):
    assert pasted_areas(text) == TEAM


def written(value: float, sign: str, comma: bool) -> str:
    text = f"{value:.10g}{sign}"
    return text.replace(".", ",") if comma else text


@given(teams(), st.sampled_from("\t;"), st.sampled_from(["%", " %", "\u00a0%"]), st.booleans(), st.booleans())
def test_any_team_pasted_is_the_team(team, separator, sign, comma, heading):
    rows = [["Area", "Importance", "Competent today", "Wanted"]] if heading else []
    for area in team:
        shares = (written(round(100 * share, 6), sign, comma) for share in (area.competent, area.wanted))
        quoted = '"' + area.name.replace('"', '""') + '"'
        rows.append([quoted, written(area.importance, "", comma), *shares])
    found = pasted_areas("\n".join(separator.join(row) for row in rows))
    # A mark that keeps a spreadsheet from computing a name is taken off.
    assert [area.name.lstrip("'") for area in found] == [area.name.lstrip("'") for area in team]
    assert [(a.importance, a.competent, a.wanted) for a in found] == [
        (a.importance, a.competent, a.wanted) for a in team
    ]


@given(st.text(st.sampled_from("ab1,.;\t\n\"'%-= "), max_size=60))
def test_whatever_is_pasted_is_read_or_refused(text):
    try:
        assert pasted_areas(text)
    except ScenarioError as error:
        assert error.faults  # noqa: PT017


def test_every_fault_of_a_paste_is_told_by_its_row():
    told = paste_faults("Content;3;120;80\n\nCrisis;high;5;x\nStrategy;1;2\nCrisis;1;2;3\ncrisis;0;2;3")
    assert told == {
        "Row 1, competent today": "'120' is out of bounds: 0\u00a0% … 100\u00a0%",
        "Row 3, weight": "'high' is not a number; write it like 3 or 2.5",
        "Row 3, wanted": "'x' is not a number; write it like 45 or 45 %",
        "Row 4": "has 3 columns, but must have 4: area, weight, competent today and wanted",
        "Row 6, area": "is 'crisis' a second time; give each area a name of its own",
    }
    assert "a second time" in paste_faults("Content;3;12;80\n\ncontent;1;2;3")["Row 3, area"]
    assert "at least one area" in paste_faults("Content;0;12;80")["The table"]


def test_a_paste_of_another_form_is_refused_with_the_mend():
    assert "has 5 columns" in paste_faults("Content,3,37,5,80")["Row 1"]
    assert "semicolons" in paste_faults("Content,3,37,5,80")["Row 1"]
    assert "has 3 columns" in paste_faults("Area;Importance;Today;Wanted\nContent;3;37")["Row 2"]
    assert "competent today" in paste_faults("Skill;Weight;Foo;Target\nA;1;2;3")["Row 1"]
    assert "no row below" in paste_faults("Area;Importance;Today;Wanted")["The text"]
    assert "holds no row" in paste_faults(" \n")["The text"]
    assert f"at most {MAX_PASTED}" in paste_faults("a" * (MAX_PASTED + 1))["The text"]


def test_what_is_out_of_bounds_is_quoted_as_it_was_typed():
    assert paste_faults("A;101;150 %;80\nB;1;−5;1") == {
        "Row 1, weight": "'101' is out of bounds: 0 … 100",
        "Row 1, competent today": "'150 %' is out of bounds: 0\u00a0% … 100\u00a0%",
        "Row 2, competent today": "'−5' is out of bounds: 0\u00a0% … 100\u00a0%",
    }


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_another_encoding_is_told_to_be_saved_again(encoding):
    with pytest.raises(ScenarioError, match="The file: is no text in UTF-8; save it from the spreadsheet as CSV"):
        areas_of_file("A;1;37;80".encode(encoding))
    assert areas_of_file("Küche;1;37;80".encode("cp1252")) == areas_of_file("Küche;1;37;80".encode())


def test_a_heading_that_means_two_things_is_refused():
    told = paste_faults("Area;Weight today;Competent share;Wanted\nA;3;37;80")
    assert told["Row 1"].startswith(
        "has the heading 'Weight today' for weight and competent today at once; name the"
    )


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("A;3;37 %;0,8", {"Row 1, wanted": ("0,8", "80")}),
        ("A;3;0,37 ;80", {"Row 1, competent today": ("0,37", "37")}),
        ("A;3;1 %;0.5\nB;3;1;0.085", {"Row 1, wanted": ("0.5", "50"), "Row 2, wanted": ("0.085", "8.5")}),
    ],
)  # fmt: skip
def test_fractions_beside_per_cents_are_refused_as_ambiguous(rows, told):
    assert paste_faults(rows) == {
        place: f"'{cell}' stands beside per cents and may mean {cell} % or {percent} %; write the one that is "
        "meant, with its sign"
        for place, (cell, percent) in told.items()
    }


def test_nought_one_and_signs_beside_per_cents_mean_what_they_say():
    assert pasted_areas("A;3;0;80\nB;3;1;0,5 %") == (SkillArea("A", 3, 0, 0.8), SkillArea("B", 3, 0.01, 0.005))
    assert list(paste_faults("A;3;0,4;x")) == ["Row 1, wanted"]
    assert pasted_areas("A;3;0;1\nB;3;0,5;0,8") == (SkillArea("A", 3, 0, 1), SkillArea("B", 3, 0.5, 0.8))


def test_a_first_row_without_numbers_is_no_heading_unless_it_names_a_column():
    assert "Row 1, weight" in paste_faults("Content;-;-;-\nCrisis;1;2;3")


def test_a_number_that_is_stored_is_taken_as_it_is():
    odd = 1 / 3
    assert areas_of([(1, ("Content", odd, odd, "66,5 %"))]) == (SkillArea("Content", odd, odd, 0.665),)
