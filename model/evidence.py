"""Where the numbers come from: every source with what it measures, of whom, when, its grade and its warning.

Grades: A causal study or experiment; B measured by a survey or an official statistic; C correlation, vendor
claim or press figure; D judgement; U the company's own figure. Gaps in a series stay gaps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

GRADES: Mapping[str, str] = MappingProxyType(
    {
        "A": "causal study or experiment",
        "B": "measured by a survey or an official statistic",
        "C": "correlation, vendor claim or press figure",
        "D": "judgement",
        "U": "the company's own figure, to be typed in",
    }
)
WEAK_GRADES = frozenset({"C", "D"})


@dataclass(frozen=True)
class Source:
    """One piece of evidence: what it found, of whom, when, how good it is, and what to beware of."""

    id: str
    title: str
    finding: str
    of_whom: str
    when: str
    grade: str
    warning: str


_SOURCES = (
    Source(
        "article",
        "Post on social-media marketing education (Danish translation of an English original)",
        "Quotes 24.5 % of budgets on social by 2026 against 13.3 %, and 218 % more income per employee "
        "in firms that train; advises training in working hours, a strategic partner and a seat at the table.",
        "Secondary reporting; no data of its own",
        "2021",
        "C",
        "Several of its figures could not be confirmed as quoted, and it presents forecasts and group "
        "differences as facts.",
    ),
    Source(
        "article-2026-forecast",
        "24.5 % of marketing budgets on social in five years, CMO Survey as quoted in the article",
        "The share that respondents expected five years ahead.",
        "US marketing executives",
        "2021, edition not confirmed",
        "C",
        "A forecast by respondents, not an outcome. Earlier five-year forecasts of the survey came only "
        "in part; see the back-test.",
    ),
    Source(
        "cmo-2020-02",
        "CMO Survey, February 2020",
        "Social media took 13.3 % of marketing budgets.",
        "US marketing executives",
        "2020-02",
        "B",
        "Self-reported; the last reading before the pandemic. Spring 2024 reads 11 %.",
    ),
    Source(
        "cmo-survey",
        "CMO Survey, social spending as a share of marketing budgets, 2009 to 2024",
        "Share now, expected in twelve months and in five years, as far as confirmed.",
        "US marketing executives",
        "2009–2024",
        "B",
        "Self-reported shares; editions differ in who answers. Editions without a confirmed figure are left out.",
    ),
    Source(
        "cmo-backtest",
        "CMO Survey back-test: five-year forecasts against what came",
        "Of six forecasts, 50–83 % of the level was reached (median 61 %); of the forecast rise, "
        "44 % (2011 to 2016) and 27 % (2013 to 2018) came.",
        "US marketing executives",
        "forecasts 2011–2018",
        "C",
        "Computed from the survey's own rows; neighbouring editions stand in where one is missing.",
    ),
    Source(
        "astd-2000",
        "ASTD study of training spending and company results",
        "The top quarter of training spenders (1,595 USD a head) had 218 % higher income per employee and a "
        "24 % higher margin than the bottom quarter (128 USD a head).",
        "575 US public firms",
        "1996–1998",
        "C",
        "A difference between groups, not an effect of training; 218 % more means 3.18 times. A sister study of "
        "540 firms found 57 % higher sales per employee, and a co-author wrote later that training may stand "
        "for long-term management.",
    ),
    Source(
        "dmi-63",
        "Digital Marketing Institute, skills of social-media marketers",
        "The article says 63 % of US social marketers struggle with strategy and planning.",
        "908 marketers tested",
        "2016",
        "C",
        "Not confirmed: the institute's own post says US 58 %, UK 55 %, Ireland 42 %.",
    ),
    Source(
        "training-causal",
        "Causal studies of training and productivity",
        "UK industries: +1 point of workers trained, +0.6 % value added an hour. Portugal: 10 hours, +0.6 %. "
        "Call-centre trial: one week, +10 %, fading after some weeks. For about 40 hours 0–10 % is defensible.",
        "UK industries 1983–96; Portuguese firms; one call centre; wage studies",
        "2006–2012",
        "A",
        "None of them is about social-media teams. 10 % at full competence is 4.6 % of the 218 %.",
    ),
    Source(
        "lopes-teixeira",
        "Lopes and Teixeira: who gains from training",
        "An hour of training raises productivity by 0.09 %; the firm keeps two thirds of the gain.",
        "Portuguese firms",
        "published in the 2010s",
        "A",
        "One country; the range around two thirds is judgement.",
    ),
    Source(
        "gartner-2025",
        "Gartner CMO Spend Survey",
        "Marketing budgets were 7.7 % of company revenue in 2024 and 2025, after 9.1 % in 2023.",
        "Marketing chiefs, mostly of large companies",
        "2014–2025",
        "B",
        "A mean over industries that differ widely: type in your own.",
    ),
    Source(
        "hurdle-rates",
        "Hurdle rates reported by firms",
        "Mean hurdle rates: about 12 % in the UK, about 15 % in Australia.",
        "Firms surveyed by the Bank of England and the Reserve Bank of Australia",
        "2015–2017",
        "B",
        "Hurdle rates lie above the cost of capital; ask finance for the rate it uses.",
    ),
    Source(
        "facebook-rcts",
        "663 randomised advertising trials on Facebook",
        "Observational methods missed the measured lift by a median of 115 %, 107 % and 62 % for upper, mid and "
        "lower funnel.",
        "Advertisers on one platform",
        "published 2023",
        "A",
        "Shows that reported returns overstate; the size for another company is judgement.",
    ),
    Source(
        "leone-1995",
        "Leone: duration of advertising effects",
        "Effects fade in six to nine months; read as the 90 % duration, a half-life of 1.8–2.7 months.",
        "Published estimates for consumer brands",
        "1995",
        "B",
        "Measured before social media; the conversion to a half-life is ours.",
    ),
    Source(
        "atd-hours",
        "ATD State of the Industry, training hours per employee",
        "33–35 hours a year from 2015 to 2021; 17.4 in 2023 and 13.7 in 2024.",
        "Mostly large US employers",
        "2015–2024",
        "B",
        "All employees, not marketing. Training magazine counts 47 hours for 2024: never mix the two series.",
    ),
    Source(
        "atd-spend",
        "ATD State of the Industry, training spend per employee",
        "1,208 USD (2013) rising to 1,308 (2019); 1,054 USD in 2024.",
        "Mostly large US employers",
        "2013–2024",
        "B",
        "All employees; a survey of marketing teams found 994 USD a head, 62 % spending 500 USD or less.",
    ),
    Source(
        "skill-half-life",
        "Half-life of a skill, 2.5 to 5 years",
        "Repeated in many places; trials of unused skills lost half the gain within 6.5 to 13 months.",
        "No primary study found",
        "–",
        "C",
        "A popular figure without a source that could be traced.",
    ),
    Source(
        "linkedin-turnover",
        "LinkedIn, turnover of marketing roles",
        "17 % a year (2017), 12.9 % (2021–22).",
        "LinkedIn members",
        "2017–2022",
        "B",
        "Directional, and possibly low.",
    ),
    Source(
        "bls-pr",
        "US Bureau of Labor Statistics, public-relations specialists",
        "Median pay 62,810 USD.",
        "US employees",
        "2020-05",
        "B",
        "A neighbouring occupation, one country: type in your own pay.",
    ),
    Source(
        "bls-on-cost",
        "US Bureau of Labor Statistics, employer costs",
        "Benefits are 29.8 % of compensation: 1.42 times pay.",
        "US employers",
        "2025-06",
        "B",
        "Denmark's non-wage share of 13.1 % (2014) makes it 1.15: it differs much between countries.",
    ),
)
SOURCES: Mapping[str, Source] = MappingProxyType({source.id: source for source in _SOURCES})


@dataclass(frozen=True)
class SurveyEdition:
    """One edition of the CMO Survey: date as a decimal year and shares as fractions; None where unconfirmed."""

    edition: str
    year: float
    now: float | None
    in_five_years: float | None = None


CMO_SURVEY: tuple[SurveyEdition, ...] = (
    SurveyEdition("2009", 2009.5, 0.035),
    SurveyEdition("2011-08", 2011 + 7.5 / 12, 0.071, 0.175),
    SurveyEdition("2012-02", 2012 + 1.5 / 12, 0.074, 0.195),
    SurveyEdition("2013-02", 2013 + 1.5 / 12, 0.084, 0.216),
    SurveyEdition("2014-02", 2014 + 1.5 / 12, 0.074, 0.181),
    SurveyEdition("2015-02", 2015 + 1.5 / 12, 0.099, 0.224),
    SurveyEdition("2015-08", 2015 + 7.5 / 12, 0.107),
    SurveyEdition("2016-02", 2016 + 1.5 / 12, None, 0.209),
    SurveyEdition("2016-08", 2016 + 7.5 / 12, 0.117, 0.222),
    SurveyEdition("2017-08", 2017 + 7.5 / 12, 0.098, 0.185),
    SurveyEdition("2018-02", 2018 + 1.5 / 12, 0.120, 0.205),
    SurveyEdition("2018-08", 2018 + 7.5 / 12, 0.138, 0.229),
    SurveyEdition("2019-02", 2019 + 1.5 / 12, 0.114),
    SurveyEdition("2020-02", 2020 + 1.5 / 12, 0.133),
    SurveyEdition("2020-06", 2020 + 5.5 / 12, 0.232),
    SurveyEdition("2021", 2021.5, None, 0.245),
    SurveyEdition("2023-spring", 2023.25, 0.17),
    SurveyEdition("2024-spring", 2024.25, 0.11),
)
