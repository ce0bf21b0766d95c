"""The sheet Skills: live weighted means over the areas, and no sheet where nobody judged any."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from model.presets import PRESETS
from model.skills.areas import SkillArea
from report.workbook import build
from tests.materials import materials
from tests.report.workbook.recalculation import recalculated

PLAN = PRESETS["social-plan"]
AREAS = (SkillArea("=1+1", 5, 0.2, 0.8), SkillArea("Ads & <b>", 2, 0.7, 0.6), SkillArea("Idle", 0, 0.1, 0.9))
JUDGED = PLAN.changed(skills=AREAS)


def test_without_skills_there_is_no_such_sheet():
    book = load_workbook(BytesIO(build(materials(PLAN))))
    assert "Skills" not in book.sheetnames
    assert "Skills" not in [cell.value for cell in book["Cover"]["B"]]


def test_the_means_follow_the_weights(program, tmp_path):
    book = load_workbook(BytesIO(build(materials(JUDGED))))
    sheet = book["Skills"]
    rows = {row[1].value: row for row in sheet.iter_rows() if row[1].value}
    assert rows["=1+1"][1].data_type == "s"
    assert not rows["=1+1"][2].protection.locked
    rows["Ads & <b>"][2].value = 10
    book.save(tmp_path / "edited.xlsx")
    values = recalculated(program, tmp_path / "edited.xlsx")
    found = {
        row[1].value: [cell.value for cell in row[2:]] for row in values.book["Skills"].iter_rows() if row[1].value
    }
    total = found["All, shares weighted"]
    assert total[0] == pytest.approx(15)
    assert total[1] == pytest.approx((5 * 0.2 + 10 * 0.7) / 15)
    assert total[3] == pytest.approx((5 * 0.8 + 10 * 0.6) / 15)
    # More than is wanted in one area makes up for nothing in another.
    assert found["Weighted gap: wanted and missing, area by area"][1] == pytest.approx(5 * 0.6 / 15)
    assert values.named("master_check") == 1
