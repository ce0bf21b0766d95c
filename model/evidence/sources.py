"""Where the numbers come from: every source with what it measures, of whom, when, its grade and its warning.

Grades: A causal study or experiment; B measured by a survey or an official statistic; C correlation, vendor
claim or press figure; D judgement; U the company's own figure. What could not be confirmed is left out or said so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from model.evidence.series import ATD_HOURS, ATD_SPEND, CURRENCY, GARTNER
from model.evidence.studies import CAUSAL_STUDIES, GROUP_DIFFERENCES, HEADLINE_UPLIFT, READING, part_of_headline
from model.evidence.survey import BEFORE_THE_PANDEMIC, CMO_SURVEY, HEADLINE, OUTCOMES, back_test, edition

GRADES: Mapping[str, str] = MappingProxyType(
    {
        "A": "causal study or experiment",
        "B": "measured by a survey or an official statistic",
        "C": "correlation, vendor claim or press figure",
        "D": "judgement",
        "U": "the company's own figure, to be typed in",
    }
)
GRADES_IN_WORDS = f"Grades: {'; '.join(f'{letter} {meaning}' for letter, meaning in GRADES.items())}."
WEAK_GRADES = frozenset({"C", "D"})


@dataclass(frozen=True)
class Source:
    """One piece of evidence: what it found, of whom, when, how good it is, and what to beware of.

    `part_of` is the id of the source that takes it in, where it stands behind the model through that one.
    """

    id: str
    title: str
    finding: str
    of_whom: str
    when: str
    grade: str
    warning: str
    part_of: str = ""


def _percent(share: float | None) -> str:
    """A share in the sources' own notation: "24.5 %"."""
    return f"{100 * (share or 0):.3g} %"


def _dollars(amount: float) -> str:
    return f"{amount:,.0f} {CURRENCY}"


_US_MARKETERS = "US marketing executives"
_UNKNOWN = "date not stated"
_DIFFERENCE = {group.measure: _percent(group.difference) for group in GROUP_DIFFERENCES}
_EFFECT = {study.source: f"{_percent(study.effect)} {study.outcome} per {study.per}" for study in CAUSAL_STUDIES}
_FORECAST = _percent(edition(HEADLINE).in_five_years)
_BEFORE = _percent(edition(BEFORE_THE_PANDEMIC).now)

_ARTICLE = (
    Source(
        "article",
        "Post on social-media marketing education (Danish translation of an English original)",
        "Quotes figures of others, and advises training in working hours, a strategic partner and a seat at the "
        "leadership table.",
        "Secondary reporting; no data of its own", "2021", "C",
        "Several of its figures could not be confirmed as quoted, and it presents forecasts and group "
        "differences as facts.",
    ),
    Source(
        "article-2026-forecast",
        f"{_FORECAST} of marketing budgets on social in five years, CMO Survey as quoted in the article",
        "The share that respondents expected five years ahead.",
        _US_MARKETERS, "2021, edition not confirmed", "C",
        "A forecast by respondents, not an outcome. Earlier five-year forecasts of the survey came only "
        "in part; see the back-test.",
    ),
    Source(
        "dmi-63",
        "Digital Marketing Institute, skills of social-media marketers",
        "The article says 63 % of US social marketers struggle with strategy and planning.",
        "Social marketers in the US, UK and Ireland", _UNKNOWN, "C",
        "Not confirmed: the institute's own post says US 58 %, UK 55 %, Ireland 42 %.",
    ),
    Source(
        "dmi-test",
        "Digital Marketing Institute, test of digital skills",
        "The average score was 38 %; 8 % of those tested reached entry level.",
        "908 people tested", _UNKNOWN, "B",
        "A score is not a share of people: the article turns it into “38 % have beginner-level skills”.",
    ),
    Source(
        "dmi-training-2016",
        "Digital Marketing Institute, training offered to marketers",
        "Fewer than one in five work where digital training is offered.",
        "US marketers", "2016", "C",
        "About people and digital training; the article makes it organisations and social training.",
    ),
    Source(
        "us-curricula",
        "Study of accredited US undergraduate programmes",
        "That the study exists could be confirmed; its figures could not.",
        "529 programmes", _UNKNOWN, "C",
        "The likely origin of the article's four figures on schools, none of which was seen in it.",
    ),
)  # fmt: skip

_SURVEY = (
    Source(
        "cmo-2020-02",
        "CMO Survey, February 2020",
        f"Social media took {_BEFORE} of marketing budgets.",
        _US_MARKETERS, BEFORE_THE_PANDEMIC, "B",
        f"Self-reported; the last reading before the pandemic. Spring 2024 reads {_percent(CMO_SURVEY[-1].now)}.",
    ),
    Source(
        "cmo-survey",
        "CMO Survey, social spending as a share of marketing budgets, 2009 to 2024",
        "Share now, expected in twelve months and in five years, as far as confirmed.",
        _US_MARKETERS, "2009–2024", "B",
        "Self-reported shares; editions differ in who answers. Editions without a confirmed figure are left out.",
        part_of="cmo-backtest",
    ),
    Source(
        "cmo-backtest",
        "CMO Survey back-test: five-year forecasts against what came",
        back_test(),
        _US_MARKETERS, f"forecasts {OUTCOMES[0].said.edition[:4]}–{OUTCOMES[-1].said.edition[:4]}", "C",
        "Computed from the survey's own rows; an edition up to half a year later stands in where one is missing.",
    ),
)  # fmt: skip

_TRAINING = (
    Source(
        "astd-2000",
        "ASTD study of training spending and company results",
        f"The top quarter of training spenders ({_dollars(1595)} a head) had {_percent(HEADLINE_UPLIFT)} higher "
        f"income per employee and a {_DIFFERENCE['Profit margin']} higher margin than the bottom quarter "
        f"({_dollars(128)} a head).",
        "575 US public firms", "1996–1998", "C",
        f"A difference between groups, not an effect of training; {_percent(HEADLINE_UPLIFT)} more is "
        f"{1 + HEADLINE_UPLIFT:.2f} times. A co-author wrote later that training may be a proxy for long-term "
        "management.",
    ),
    Source(
        "astd-sister",
        "Sister study to the ASTD study",
        f"{_DIFFERENCE['Sales per employee']} higher sales and {_DIFFERENCE['Gross profit per employee']} higher "
        "gross profit per employee.",
        "540 firms", _UNKNOWN, "C",
        "A difference between groups as well; far below that of the other study.",
        part_of="astd-2000",
    ),
    Source(
        "training-causal",
        "Causal studies of training and productivity, read together",
        "Training raises productivity. For about 40 hours we read them (grade D) as "
        f"{_percent(READING.low)} to {_percent(READING.high)} more, {_percent(READING.likely)} most likely.",
        "UK industries; Portuguese firms; one call centre; wage studies", "data from 1983 on", "A",
        "None of them is about social-media teams, and the range is our reading of them. "
        f"{_percent(READING.high)} at full competence is {100 * part_of_headline(READING.high):.1f} % of the "
        f"{_percent(HEADLINE_UPLIFT)}.",
    ),
    Source(
        "dearden-2006",
        "Dearden, Reed and Van Reenen: training and productivity",
        f"+{_EFFECT['dearden-2006']}, and +0.3 % wages.",
        "UK industries", "1983–1996", "A",
        "A panel of industries, not an experiment; the hours behind a point of workers are not given.",
        part_of="training-causal",
    ),
    Source(
        "almeida-2009",
        "Almeida and Carneiro: the return to training",
        f"+{_EFFECT['almeida-2009']}; a return of 8.6 % in firms that train.",
        "Portuguese firms", "published 2009", "C",
        "A review by the US labour department rates it as low causal evidence.",
        part_of="training-causal",
    ),
    Source(
        "lopes-teixeira",
        "Lopes and Teixeira: who gains from training",
        f"+{_EFFECT['lopes-teixeira']}; the firm keeps two thirds of the gain, an internal rate of return of 11 %.",
        "Portuguese firms", _UNKNOWN, "A",
        "One country; the range around two thirds is judgement.",
        part_of="training-causal",
    ),
    Source(
        "call-centre-trial",
        "De Grip and Sauermann: randomised trial of training",
        f"+{_EFFECT['call-centre-trial']}, decreasing after the first weeks.",
        "Agents of one call centre", "published 2012", "A",
        "An experiment, but in one firm, and the gain fades.",
        part_of="training-causal",
    ),
    Source(
        "wage-meta-analysis",
        "Haelermans and Borghans: meta-analysis of training and wages",
        f"+{_EFFECT['wage-meta-analysis']}, after correction for publication bias.",
        "Employees in many studies", "published 2012", "A",
        "What the trained earn, not what the firm gains; the hours of a course are not given.",
        part_of="training-causal",
    ),
    Source(
        "skill-half-life",
        "Half-life of a skill, 2.5 to 5 years",
        "Repeated in many places.",
        "No primary study found", _UNKNOWN, "C",
        "A popular figure without a source that could be traced.",
    ),
    Source(
        "skill-decay",
        "Tatel and Ackerman: decay of unused skills",
        "Half of the gain was lost after 6.5 to 13 months of non-use.",
        "People who stopped using a skill", _UNKNOWN, "B",
        "About skills that are not used at all, unlike those of a working team.",
        part_of="skill-half-life",
    ),
)  # fmt: skip

_TRAINING_SPEND = (
    Source(
        "atd-spend",
        "ATD State of the Industry, training spend per employee",
        f"{_dollars(ATD_SPEND.values[2013])} (2013) rising to {_dollars(ATD_SPEND.values[2019])} (2019); "
        f"{_dollars(ATD_SPEND.values[2024])} in 2024.",
        "Mostly large US employers", "2013–2024", "B",
        "All employees, not marketing. Per employee, where Training magazine counts per learner: never mix the two.",
    ),
    Source(
        "atd-hours",
        "ATD State of the Industry, training hours per employee",
        f"{ATD_HOURS.values[2021]:.0f}–{ATD_HOURS.values[2020]:.0f} hours a year from 2015 to 2021; "
        f"{ATD_HOURS.values[2023]} in 2023 and {ATD_HOURS.values[2024]} in 2024.",
        "Mostly large US employers", "2015–2024", "B",
        "All employees, not marketing. Training magazine contradicts it for 2024: never mix the two series.",
    ),
    Source(
        "training-magazine",
        "Training magazine, training spend and hours per learner",
        f"{_dollars(954)} per learner in 2023; {_dollars(774)} and 47 hours in 2024.",
        "US employers", "2023–2024", "B",
        "Contradicts the hours of ATD, which counts otherwise: never mix the two series.",
    ),
    Source(
        "cxl-2019",
        "CXL, training spend of marketing teams",
        f"A mean of {_dollars(994)} a head; 62 % spend {_dollars(500)} or less.",
        "Marketing teams", "2019", "B",
        "A mean well above what most spend: a few spend much.",
        part_of="atd-spend",
    ),
)  # fmt: skip

_MONEY = (
    Source(
        "gartner-2025",
        "Gartner CMO Spend Survey",
        f"Marketing budgets were {_percent(GARTNER.values[2025])} of company revenue in 2024 and 2025, after "
        f"{_percent(GARTNER.values[2023])} in 2023.",
        "Marketing chiefs, mostly of large companies", "2014–2025", "B",
        "A mean over industries that differ widely: type in your own.",
    ),
    Source(
        "hurdle-rates",
        "Hurdle rates reported by firms",
        "Mean hurdle rates: 12 % in the UK, about 15 % in Australia.",
        "Firms surveyed by the Bank of England (2017) and the Reserve Bank of Australia (2015)", "2015–2017", "B",
        "Hurdle rates lie above the cost of capital; ask finance for the rate it uses.",
    ),
    Source(
        "linkedin-turnover",
        "LinkedIn, turnover of marketing roles",
        "17 % a year (2017), 12.9 % (2021–22).",
        "LinkedIn members", "2017–2022", "B",
        "Directional, and possibly low.",
    ),
    Source(
        "bls-pr",
        "US Bureau of Labor Statistics, public-relations specialists",
        f"Median pay {_dollars(62_810)}.",
        "US employees", "2020-05", "B",
        "A neighbouring occupation, one country: type in your own pay.",
    ),
    Source(
        "bls-on-cost",
        "US Bureau of Labor Statistics, employer costs",
        f"Benefits are 29.8 % of compensation: {1 / (1 - 0.298):.2f} times pay.",
        "US employers", "2025-06", "B",
        "It differs much between countries.",
    ),
    Source(
        "denmark-on-cost",
        "Labour costs in Denmark",
        f"50.1 EUR an hour; the non-wage share of 13.1 % makes it {1 / (1 - 0.131):.2f} times pay.",
        "Employers in Denmark", "2024; non-wage share 2014", "B",
        "The non-wage share is ten years older than the hourly cost.",
        part_of="bls-on-cost",
    ),
)  # fmt: skip

_ADVERTISING = (
    Source(
        "facebook-rcts",
        "663 randomised advertising trials on Facebook",
        "Observational methods missed the measured lift by a median of 115 %, 107 % and 62 % for upper, mid and "
        "lower funnel.",
        "Advertisers on one platform", _UNKNOWN, "A",
        "Shows that reported returns overstate; the size for another company is judgement.",
    ),
    Source(
        "leone-1995",
        "Leone: duration of advertising effects",
        "Effects fade in six to nine months; read as the 90 % duration, a half-life of 1.8–2.7 months.",
        "Published estimates for consumer brands", "1995", "B",
        "Measured before social media; the conversion to a half-life is ours.",
    ),
    Source(
        "elasticity-2011",
        "Sethuraman, Tellis and Briesch: advertising elasticity",
        "1 % more advertising goes with 0.12 % more sales in the short run and 0.24 % in the long run.",
        "Published estimates", "published 2011", "C",
        "Of all sales, not of the revenue that advertising brings: not the model's exponent of returns.",
    ),
    Source(
        "elasticity-tv",
        "Shapiro, Hitsch and Tuchman: television advertising",
        "1 % more advertising goes with a mean of 0.023 % more sales, a median of 0.014 %.",
        "288 brands on television", "published 2021", "A",
        "Television, not social media; far below what earlier estimates gave.",
    ),
    Source(
        "incremental-roi-prior",
        "Incremental return assumed by a leading marketing-mix library",
        "A lognormal prior (0.2, 0.9): a median of 1.22 of gross revenue per unit of spend.",
        "Nobody: a starting value for estimates", _UNKNOWN, "D",
        "A prior, not a finding.",
    ),
)  # fmt: skip

SOURCES: Mapping[str, Source] = MappingProxyType(
    {source.id: source for source in (*_ARTICLE, *_SURVEY, *_TRAINING, *_TRAINING_SPEND, *_MONEY, *_ADVERTISING)}
)
