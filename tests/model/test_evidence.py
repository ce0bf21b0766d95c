"""The evidence: its figures against their own arithmetic, and its completeness."""

from statistics import median

import pytest

from model.assumptions import ASSUMPTIONS
from model.evidence import CMO_SURVEY, GRADES, SOURCES

# Edition, now, expected in five years; per cent, as published. None is a gap that stays a gap.
PUBLISHED = [
    ("2009", 3.5, None),
    ("2011-08", 7.1, 17.5),
    ("2012-02", 7.4, 19.5),
    ("2013-02", 8.4, 21.6),
    ("2014-02", 7.4, 18.1),
    ("2015-02", 9.9, 22.4),
    ("2015-08", 10.7, None),
    ("2016-02", None, 20.9),
    ("2016-08", 11.7, 22.2),
    ("2017-08", 9.8, 18.5),
    ("2018-02", 12.0, 20.5),
    ("2018-08", 13.8, 22.9),
    ("2019-02", 11.4, None),
    ("2020-02", 13.3, None),
    ("2020-06", 23.2, None),
    ("2021", None, 24.5),
    ("2023-spring", 17, None),
    ("2024-spring", 11, None),
]


def per_cent(share):
    return None if share is None else pytest.approx(share * 100)


def test_survey_as_published():
    assert [(row[0], row[1], row[2]) for row in PUBLISHED] == [
        (e.edition, per_cent(e.now), per_cent(e.in_five_years)) for e in CMO_SURVEY
    ]


def test_editions_stand_in_order_of_time():
    years = [edition.year for edition in CMO_SURVEY]
    assert years == sorted(years)
    assert all(int(edition.edition[:4]) <= edition.year < int(edition.edition[:4]) + 1 for edition in CMO_SURVEY)


def test_back_test_follows_from_the_survey():
    survey = {edition.edition: edition for edition in CMO_SURVEY}
    five_years_on = {
        "2011-08": "2016-08", "2012-02": "2017-08", "2013-02": "2018-02",
        "2014-02": "2019-02", "2015-02": "2020-02", "2018-02": "2023-spring",
    }  # fmt: skip
    reached = [survey[came].now / survey[said].in_five_years for said, came in five_years_on.items()]
    finding = SOURCES["cmo-backtest"].finding
    assert f"{min(reached):.0%}–{max(reached):.0%}".replace("%", " %").replace(" %–", "–") in finding
    assert f"median {median(reached) * 100:.0f} %" in finding
    for said, came in (("2011-08", "2016-08"), ("2013-02", "2018-02")):
        start = survey[said].now
        rise = (survey[came].now - start) / (survey[said].in_five_years - start)
        assert f"{rise * 100:.0f} % ({said[:4]} to {came[:4]})" in finding


def test_defaults_that_quote_a_source_agree_with_it():
    survey = {edition.edition: edition for edition in CMO_SURVEY}
    assert ASSUMPTIONS["social_share_start"].default == survey["2020-02"].now
    assert ASSUMPTIONS["social_share_target"].default == survey["2021"].in_five_years
    # Benefits are 29.8 % of compensation.
    assert ASSUMPTIONS["on_cost"].default == pytest.approx(1 / (1 - 0.298), abs=0.005)
    # 10 % of uplift is 4.6 % of the 218 %.
    assert pytest.approx(0.10 / ASSUMPTIONS["headline_uplift"].default, abs=0.0005) == 0.046


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.id)
def test_every_source_is_complete(source):
    assert source.grade in GRADES
    for field in ("title", "finding", "of_whom", "when", "warning"):
        assert getattr(source, field).strip(), field


def test_every_source_of_an_assumption_exists():
    cited = {source for item in ASSUMPTIONS.values() for source in item.source}
    assert cited <= SOURCES.keys()
    # The survey series itself is shown as a chart, not cited by an assumption.
    assert SOURCES.keys() - cited == {"cmo-survey"}


def test_evidence_grades_are_known():
    assert list(GRADES) == ["A", "B", "C", "D", "U"]
    assert {letter for item in ASSUMPTIONS.values() for letter in item.grade} <= GRADES.keys()
