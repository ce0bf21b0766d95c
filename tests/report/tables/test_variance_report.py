"""What the monthly variance report says: differences as a person says them, gaps told, the urgent first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from model.projection import project
from model.reading.faults import ScenarioError
from model.track.actuals import Actual
from model.track.tracked import track
from model.track.words import answer, headline, how_odds_moved, made_by
from report.tables.tracked.facts import facts
from report.tables.tracked.odds import odds_table
from report.tables.tracked.subjects import planned
from report.tables.tracked.variance_report import VarianceReport, footer, in_brief, lines_so_far, told
from tests.report.variances import DRAWS, GATED, PLAN, SEED, of_another_world, reported


def test_every_line_is_told_with_its_difference_from_what_was_planned() -> None:
    of = reported()
    came, meant, due = told(of)
    spend = of.projection.lines["social_spend"][:18].sum()
    part = sum(item.value for item in of.found.actuals if item.measure == "social_spend") / spend - 1
    assert f"planned 2.23 m USD (+{100 * part:.2f} %), most of it social share" in _plain(came.sentences[0])
    assert "50 %, planned 58.9 % (−8.9 points)" in _plain(came.sentences[4])
    assert meant.sentences[0] == answer(of.found)
    assert due.sentences[-1] == "Next: the actuals of month 19."
    assert [row[3] for row in lines_so_far(of)][4:] == ["−8.9\xa0points", "+1.13"]


def _plain(text: str) -> str:
    return text.replace("\xa0", " ")


def test_what_is_due_or_was_not_met_comes_first_where_there_is_little_room() -> None:
    came, meant, due = in_brief(reported())
    assert came.sentences[0].startswith("Company revenue, months 1–18")
    assert meant.sentences[0] == f"{how_odds_moved(reported().found)}."
    assert meant.sentences[1] == reported().found.record.words(reported().text)
    assert meant.sentences[2].startswith("Month 8, social spend")
    assert ["due" in due.sentences[0], "not met" in due.sentences[1], "open" in due.sentences[2]] == [True] * 3
    assert len(due.sentences) == 4


def test_where_a_check_failed_that_is_the_headline_and_the_odds_are_told_after_it() -> None:
    of = of_another_world()
    assert of.misspecified
    assert "cannot be relied on" in headline(of.found)
    meant = told(of)[1].sentences
    assert "Check this cell" in meant[0]
    assert "cannot be relied on" in meant[1]
    assert meant.index(answer(of.found)) > 0
    assert not reported().misspecified
    assert headline(reported().found).startswith("The gate of month 12 is not met: the share and the team stay")


def test_missing_months_are_told() -> None:
    actuals = [Actual(1, "revenue", 10e6), Actual(3, "revenue", 10.1e6), Actual(3, "social_spend", 0.0)]
    of = VarianceReport(track(PLAN, actuals, None, DRAWS, SEED), project(PLAN), DRAWS)
    spend, revenue = told(of)[0].sentences
    assert "Company revenue, 2 of 3 months: " in revenue
    assert "Social spend, 1 of 3 months: 0 USD" in _plain(spend)
    assert "not approved" in footer(of, date(2026, 11, 22))[0]
    assert told(of)[2].sentences[0] == "The plan has no gates: no threshold falls due."


def test_nothing_is_reported_before_anything_is_measured() -> None:
    with pytest.raises(ScenarioError, match="no variance to report"):
        VarianceReport(track(PLAN, [], None, DRAWS, SEED), project(PLAN), DRAWS)


def test_what_a_lift_test_measures_was_planned_as_a_return() -> None:
    lines = reported().projection.lines
    returned = (lines["social_base_revenue"] + lines["social_revenue_gain"]) / lines["social_spend"]
    assert np.array_equal(planned(reported().projection, "social_return_test"), returned)


def test_odds_differ_in_points_and_the_facts_name_the_version() -> None:
    found = reported().found
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in odds_table(reported()).rows}
    apart = f"{100 * (found.now.odds - found.before.odds):+.1f}\xa0points"
    assert rows["Odds of a gain"][2] == apart
    assert rows["± sampling error of the odds"][2] == ""
    known = dict(facts(reported(), date(2026, 11, 22)))
    assert (known["Version"], known["Content hash of the plan"]) == ("approved version 3", GATED.hash)
    assert "18 of 60" in known["Actuals"]


def test_no_cause_is_told_as_most_of_a_difference_that_others_offset() -> None:
    of = reported()
    item = of.main
    causes = list(item.parts)
    ones = np.zeros(len(item.plan))
    ones[item.months[0] - 1] = 1.0
    parts = {cause: worth * ones for cause, worth in zip(causes, (1000e3, -600e3, -370e3, 0, 0), strict=True)}
    offset = replace(item, actual=item.plan + 30e3 * ones, parts=parts)
    told_of = _plain(made_by(offset, of.text))
    assert told_of == f"{causes[0].value} +1 m USD and {causes[1].value} −600,000 USD, which offset each other"
    parts = {cause: worth * ones for cause, worth in zip(causes, (20e3, 10e3, 0, 0, 0), strict=True)}
    assert made_by(replace(offset, parts=parts), of.text) == f"most of it {causes[0].value}"
