"""Every number of what the files say of costs, worth and cash is the model's, on the basis that is said there."""

import re
from functools import cache
from html import unescape
from io import BytesIO

import numpy as np
import pytest
from pptx import Presentation

from model.lines import LINES
from model.metrics import FURTHER_COSTS, METRICS
from model.presets import PRESETS
from model.telling.budget import budget_of
from model.telling.budget.items import TIME
from model.telling.measurement import IN_CASH, SPENT, WORTH, basis_of, valued_at
from model.telling.tables import fiscal_start
from model.units import LEAST_MONEY, MONEY, RATIO, Style
from report.deck import build
from report.document import html
from report.words.decision import decision
from report.words.proposal import text_of
from report.words.stamp import in_a_heading
from report.words.values import dearest_year
from tests.materials import TODAY, materials
from tests.scenarios import random_scenarios, scenario_of

PLAN = PRESETS["social-plan"]
SUBJECTS = {
    **PRESETS,
    "tax": PRESETS["seat-at-the-table"].changed(start_month="2027-04").with_values(tax_rate=0.25),
    "Danish": PLAN.changed(currency="DKK", locale="da", start_month="2027-04", fiscal_year_start=7).with_values(
        revenue_per_employee=2_500_000.0, tax_rate=0.22, horizon_years=3
    ),
    "German, new money": PRESETS["plan-with-partner"].changed(currency="EUR", locale="de").with_values(
        reallocated_share=0.3, team_pay_in_budget=False
    ),
    "falling": PLAN.with_values(social_share_target=0.05, tax_rate=0.3),
    "falling, saved": PLAN.with_values(social_share_target=0.05, reallocated_share=0.0),
    "no programme": PRESETS["bigger-budget-same-skills"].with_values(tax_rate=0.22, reallocated_share=0.5),
    **{
        f"random {place}": scenario_of(values, path).changed(locale=locale, currency=currency)
        for place, ((values, path), locale, currency) in enumerate(
            zip(random_scenarios(3, seed=5), ("en", "de", "da"), ("USD", "EUR", "DKK"), strict=True)
        )
    },
}  # fmt: skip
IN_REPORT = ("tax", "Danish", "falling", "no programme")
COSTS, VALUE, CASH = "What it costs", "From benefits and costs to net present value", "Cash and payback"
# A number as the files write it: sign, digits, and what belongs to it up to an ordinary space.
NUMBER = re.compile(r"[+−±]?\d(?:[\d.,’\u202f\u00a0]*\d)?(?:\u00a0(?:%|[^\W\d]+\.?))*")


def numbers(text):
    """Every number of a text, with sign, unit and currency."""
    return [found.rstrip(".") for found in NUMBER.findall(text)]


def said(text, values, unit):
    """Every form in which the files may write some values."""
    return {
        number
        for value in values
        for form in (text.rounded(value, unit), text.rounded(abs(value), unit), text.signed(value, unit))
        for number in numbers(form)
    }


def on_basis(plan, basis):
    """Every amount and return of a plan on a basis, as files may write it: sums over the horizon, and metrics."""
    text, found = plan.scenario.format, set()
    for name, line in LINES.items():
        if line.unit.flow and basis_of(name) == basis:
            found |= said(text, [float(plan.lines[name].sum())], MONEY)
    for name, value in plan.metrics.items():
        if value is not None and basis_of(name) == basis and METRICS[name].unit.style is not Style.NUMBER:
            found |= said(text, [value], METRICS[name].unit)
    if basis == SPENT:
        found |= said(text, [budget_of(plan).headcount.statement.by_name["whole_payroll_extra"].total], MONEY)
        for names in (FURTHER_COSTS, TIME):
            found |= said(text, [float(sum(plan.lines[name].sum() for name in names))], MONEY)
    if basis == WORTH:
        for unit in (MONEY, RATIO):
            found |= said(text, [*plan.bridge.values(), plan.metrics["npv"]], unit)
    return found


def frame(scenario):
    """What is no result: the horizon's years, what is moved, the rate, the tax."""
    stated = ("horizon_years", "reallocated_share", "discount_rate", "tax_rate")
    return {number for name in stated for number in numbers(scenario.stated(name))}


def without_names(material, text):
    """A text without names, dates and fiscal years, whose digits are no amounts."""
    scenario = material.scenario
    days = valued_at(scenario, TODAY), dearest_year(material.dated)
    for words in (scenario.name, scenario.hash, *days, "part year"):
        text = text.replace(words, "")
    return re.sub(r"by fiscal year[^,]*,", "", text)


def strange(material, text, basis, *further):
    """The numbers of a text that are none of the model's on a basis."""
    allowed = on_basis(material.projection, basis) | frame(material.scenario) | set(further)
    return [number for number in numbers(without_names(material, text)) if number not in allowed]


@cache
def learnt(name):
    """The results of a subject."""
    (material,) = materials(SUBJECTS[name], draws=128)
    return material


@cache
def slides_of(name):
    """The slides of a subject's deck by what stands above their titles."""
    deck = Presentation(BytesIO(build((learnt(name),))))
    named = {}
    for slide in deck.slides:
        kicker = next((shape.text_frame.text for shape in slide.shapes if shape.name == "Kicker"), "")
        named.setdefault(kicker.partition(", continued")[0], []).append(slide)
    if any(learnt(name).projection.bridge.values()):
        assert {COSTS, VALUE, CASH} <= named.keys()
    return named


def words_of(slide):
    """All a slide says, its footer and number aside, in text, in tables and in the labels of its charts."""
    shown = [shape for shape in slide.shapes if shape.name not in ("Footer", "Number")]
    found = [shape.text_frame.text for shape in shown if shape.has_text_frame]
    found += [cell.text for shape in shown if shape.has_table for row in shape.table.rows for cell in row.cells]
    for shape in shown:
        if shape.has_chart:
            found += shape.chart._chartSpace.xpath(".//c:dLbl//a:t/text()")
            found += shape.chart._chartSpace.xpath(".//c:ser/c:tx//c:v/text()")
    return "\n".join(found)


def chart_of(slide):
    """The values of a slide's one chart by series."""
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    assert len(chart.plots[0].series) > 0
    return {series.name: [value or 0.0 for value in series.values] for series in chart.plots[0].series}


@pytest.mark.parametrize("name", SUBJECTS)
def test_what_is_asked_for_is_the_budget_s_difference_against_holding(name):
    material = learnt(name)
    plan, text = material.projection, material.scenario.format
    rows = budget_of(material.dated).against_holding.by_name
    more = rows["money"].total
    assert more == pytest.approx(plan.lines["commitment"].sum(), rel=1e-9, abs=1e-6)
    asked = decision(material).asked
    if not any(plan.bridge.values()):
        return
    whole = budget_of(material.dated).plan.by_name["money"].total
    assert f"In all {text.rounded(whole, MONEY)} is to be paid" in asked
    if more < LEAST_MONEY:
        assert "asked for" in asked or "less than holding is to be paid" in asked
        return
    assert f"takes {text.rounded(more, MONEY)} more than holding" in asked
    assert f"at most {text.rounded(plan.metrics['yearly_commitment'], MONEY)} more in one plan year" in asked


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_text_of_costs_and_worth(name):
    material = learnt(name)
    told = {section.title: " ".join(section.paragraphs) for section in text_of(material, None)}
    assert strange(material, told["What it costs"], SPENT) == []
    assert strange(material, told.get("What it is worth", ""), WORTH) == []
    assert ("What it is worth" in told) == any(material.projection.bridge.values())


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_deck_s_slides_of_costs_and_worth(name):
    material, slides = learnt(name), slides_of(name)
    plan = material.projection
    for slide in slides.get(COSTS, ()):
        assert strange(material, words_of(slide), SPENT) == []
    for slide in slides.get(VALUE, ()):
        assert strange(material, words_of(slide), WORTH) == []
        assert in_a_heading(WORTH, material.scenario) in words_of(slide)
    if not any(plan.bridge.values()):
        return
    (bridge,) = slides[VALUE]
    ends = np.cumsum([0.0, *(value for value in plan.bridge.values() if value)])
    sizes = [*np.abs(ends), *(abs(value) for value in plan.bridge.values()), abs(plan.metrics["npv"])]
    for series, values in chart_of(bridge).items():
        # That series only carries the labels, which are read above.
        if not series.startswith("Room"):
            assert [value for value in values if not _is_one_of(abs(value), [0.0, *sizes])] == []


def _is_one_of(value, amounts):
    return any(value == pytest.approx(amount, rel=1e-9, abs=1e-6) for amount in amounts)


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_deck_s_chart_of_costs(name):
    material = learnt(name)
    plan, scenario = material.projection, material.scenario
    for slide in slides_of(name).get(COSTS, ())[:1]:
        assert in_a_heading(SPENT, scenario) in words_of(slide)
        years = [fiscal_start(day, scenario.fiscal_year_start) for day in scenario.calendar(TODAY)]
        of_year = [np.array(years) == year for year in dict.fromkeys(years)]
        by_year = {name: [float(line[one].sum()) for one in of_year] for name, line in plan.lines.items()}
        spent = [values for name, values in by_year.items() if basis_of(name) == SPENT]
        drawn = chart_of(slide)
        for values in drawn.values():
            assert any(values == pytest.approx(line, rel=1e-9, abs=1e-6) for line in spent)
        # Together they are the commitment and the value of working time, year by year.
        whole = np.sum([by_year[name] for name in ("commitment", *TIME)], axis=0)
        assert np.sum([*drawn.values()], axis=0) == pytest.approx(whole, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_deck_s_slide_of_cash(name):
    material, plan = learnt(name), learnt(name).projection
    for slide in slides_of(name).get(CASH, ()):
        months = {str(month) for month in (plan.lines["cumulative_cash"].argmin() + 1, plan.metrics["payback_month"])
                  if month} | {f"{plan.metrics['payback_month'] or 0:.0f}"}  # fmt: skip
        back = scenario_month(plan, plan.metrics["payback_month"])
        words = words_of(slide).replace(back, "")
        assert strange(material, words, IN_CASH, *months) == []
        assert IN_CASH.words(material.scenario) in words
        drawn = chart_of(slide)
        for series, line in (("Net cash", "cumulative_cash"), ("Discounted", "cumulative_present_value")):
            assert drawn[series] == pytest.approx([0.0, *plan.lines[line]], rel=1e-9, abs=1e-6)


def scenario_month(plan, month):
    """The calendar month of a month of the plan, as the files write it; nothing to find where there is none."""
    return plan.scenario.format.month(plan.scenario.calendar(TODAY)[int(month) - 1]) if month else "no month"


@pytest.mark.parametrize("name", IN_REPORT)
def test_the_report_s_sections_and_metrics(name):
    material = learnt(name)
    page = html((material,))
    proposal = page.partition('<section id="proposal">')[2].partition("</section>")[0]
    told = dict(re.findall(r"<h3[^>]*>(.*?)</h3>\s*((?:<p[^>]*>.*?</p>\s*)*)", proposal, flags=re.DOTALL))
    for title, basis in (("What it costs", SPENT), ("What it is worth", WORTH)):
        words = unescape(re.sub(r"<[^>]+>", " ", told[title]))
        assert numbers(words)
        assert strange(material, words, basis) == []
    table = page.partition('<section id="metrics"')[2].partition("</section>")[0]
    values = [unescape(cell) for cell in re.findall(r'<td class="value"[^>]*>(.*?)</td>', table)]
    text = material.scenario.format
    expected = ["–" if value is None else text.number(value * METRICS[name].unit.scale, METRICS[name].unit.decimals)
                for name, value in material.projection.metrics.items()]  # fmt: skip
    assert values == expected


def test_a_number_that_is_not_the_model_s_is_found():
    material = learnt("tax")
    lost = material.projection.lines["lost_other_contribution"]
    text = material.scenario.format
    right, wrong = (text.rounded(float(amount), MONEY) for amount in (lost.sum(), 0.75 * lost.sum()))
    assert strange(material, f"They bring {right} less.", SPENT) == []
    assert strange(material, f"They bring {wrong} less.", SPENT) == numbers(wrong)
    assert strange(material, f"They bring {right} less.", WORTH) == numbers(right)
    assert strange(material, "It costs 12,345 USD.", SPENT) == ["12,345"]
