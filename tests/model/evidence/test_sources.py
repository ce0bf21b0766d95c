"""The evidence: its figures against their own arithmetic, and its completeness."""

import re
from statistics import median

import pytest

from model.assumptions import ASSUMPTIONS, resting_on
from model.evidence.advertising import ELASTICITIES, RELATIVE_RETURNS
from model.evidence.article import ARTICLE_FIGURES
from model.evidence.series import ATD_HOURS, ATD_SPEND, GARTNER
from model.evidence.sources import GRADES, SOURCES
from model.evidence.sources.advertising import ADVERTISING
from model.evidence.sources.article import ARTICLE
from model.evidence.sources.money import MONEY
from model.evidence.sources.survey import SURVEY
from model.evidence.sources.training import TRAINING
from model.evidence.sources.training_spend import TRAINING_SPEND
from model.evidence.studies import CAUSAL_STUDIES, GROUP_DIFFERENCES
from model.evidence.survey import CMO_SURVEY, LEVELS_REACHED, OUTCOMES, RISES_REACHED, edition

# Edition, now, expected in twelve months, in five years; per cent, as published. None is a gap that stays a gap.
PUBLISHED = [
    ("2009", 3.5, None, None),
    ("2011-08", 7.1, 10.1, 17.5),
    ("2012-02", 7.4, 10.8, 19.5),
    ("2013-02", 8.4, 11.5, 21.6),
    ("2014-02", 7.4, None, 18.1),
    ("2014-08", 9.4, 13.2, None),
    ("2015-02", 9.9, 13.5, 22.4),
    ("2015-08", 10.7, 14.0, 23.8),
    ("2016-02", None, 13.2, 20.9),
    ("2016-08", 11.7, 14.7, 22.2),
    ("2017-08", 9.8, 13.0, 18.5),
    ("2018-02", 12.0, None, 20.5),
    ("2018-08", 13.8, 16.3, 22.9),
    ("2019-02", 11.4, None, None),
    ("2020-02", 13.3, None, None),
    ("2020-06", 23.2, 23.4, None),
    ("2021", None, None, 24.5),
    ("2023-spring", 17, None, None),
    ("2024-spring", 11, None, None),
]
SPEND = {2013: 1208, 2014: 1229, 2015: 1252, 2016: 1273, 2017: 1296, 2018: 1299, 2019: 1308, 2020: 1267, 2021: 1280,
         2024: 1054}  # fmt: skip
HOURS = {2015: 33.5, 2016: 34.1, 2017: 34.1, 2018: 34, 2020: 35, 2021: 32.9, 2023: 17.4, 2024: 13.7}
BUDGETS = {2014: 10.2, 2015: 11.4, 2016: 12.1, 2017: 11.3, 2018: 11.2, 2019: 10.5, 2020: 11.0, 2021: 6.4, 2022: 9.5,
           2023: 9.1, 2024: 7.7, 2025: 7.7, 2026: 7.8}  # fmt: skip


def per_cent(share):
    return None if share is None else pytest.approx(share * 100)


def test_survey_as_published():
    assert [
        (e.edition, per_cent(e.now), per_cent(e.in_a_year), per_cent(e.in_five_years)) for e in CMO_SURVEY
    ] == PUBLISHED


def test_series_as_published():
    assert dict(ATD_SPEND.values) == SPEND
    assert dict(ATD_HOURS.values) == HOURS
    assert {year: pytest.approx(100 * share) for year, share in GARTNER.values.items()} == BUDGETS


def test_only_years_that_follow_each_other_are_joined():
    assert ATD_SPEND.stretches == (tuple(range(2013, 2022)), (2024,))
    assert ATD_HOURS.stretches == ((2015, 2016, 2017, 2018), (2020, 2021), (2023, 2024))
    for series in (ATD_SPEND, ATD_HOURS, GARTNER):
        assert sum(series.stretches, ()) == tuple(series.values)


def test_editions_stand_in_order_of_time():
    years = [item.year for item in CMO_SURVEY]
    assert years == sorted(years)
    assert all(int(item.edition[:4]) <= item.year < int(item.edition[:4]) + 1 for item in CMO_SURVEY)


def test_outcomes_are_those_of_the_published_back_test():
    # Forecast and what came, per cent, with the year it came in.
    assert [(100 * item.forecast, 100 * item.reported, item.came.edition[:4]) for item in OUTCOMES] == [
        (pytest.approx(said), pytest.approx(came), year)
        for said, came, year in (
            (17.5, 11.7, "2016"), (19.5, 9.8, "2017"), (21.6, 12.0, "2018"), (18.1, 11.4, "2019"),
            (22.4, 13.3, "2020"), (20.5, 17, "2023"),
        )
    ]  # fmt: skip


def test_back_test_is_50_to_83_per_cent_of_the_level_and_44_and_27_of_the_rise():
    assert [round(100 * share) for share in (LEVELS_REACHED[0], LEVELS_REACHED[-1], median(LEVELS_REACHED))] == [
        50, 83, 61,
    ]  # fmt: skip
    rises = {item.said.edition: round(100 * item.rise_reached) for item in OUTCOMES}
    assert (rises["2011-08"], rises["2013-02"]) == (44, 27)
    finding, warning = SOURCES["cmo-backtest"].finding, SOURCES["cmo-backtest"].warning
    for words in ("50–83 %", "median 61 %", "44 % (2011 to 2016)", "27 % (2013 to 2018)"):
        assert words in finding
    assert "The 23.8 % that August 2015 expected for 2020 met 23.2 % in June 2020" in warning
    assert "2015-08" not in rises
    assert f"{100 * RISES_REACHED[0]:.0f}–{100 * RISES_REACHED[-1]:.0f} %" in ASSUMPTIONS["plan_delivery"].help


def test_defaults_that_quote_a_source_agree_with_it():
    assert ASSUMPTIONS["social_share_start"].default == edition("2020-02").now
    assert ASSUMPTIONS["social_share_target"].default == edition("2021").in_five_years
    assert ASSUMPTIONS["marketing_share_of_revenue"].default == GARTNER.values[2025]
    assert ASSUMPTIONS["headline_uplift"].default == GROUP_DIFFERENCES[0].difference == 2.18
    # Benefits are 29.8 % of compensation.
    assert ASSUMPTIONS["on_cost"].default == pytest.approx(1 / (1 - 0.298), abs=0.005)


# Figures as published that stand in the findings and warnings, by source.
STATED = {
    "astd-2000": ("1,595 USD", "128 USD", "218 %", "24 %", "575 US", "3.18 times", "1996–1998"),
    "astd-sister": ("57 %", "37 %", "540 firms"),
    "training-causal": ("0 %", "3 %", "10 %", "40 hours", "27.6 %", "3.0 %", "5.2 %"),
    "dearden-2006": ("0.6 %", "0.3 %", "1983–1996"),
    "almeida-2009": ("0.6 %", "10 hours", "8.6 %"),
    "lopes-teixeira": ("0.09 %", "two thirds", "11 %"),
    "call-centre-trial": ("10 %", "week"),
    "trained-peers": ("0.51 %", "10 points"),
    "konings-2009": ("Belgian", "23 %", "12 %"),
    "martins-2021": ("at least", "5 %"),
    "adhvaryu-trial": ("13.5 %", "no effect on pay"),
    "garavan-2021": ("119 studies", "2021"),
    "skill-decay-1998": ("1.4 standard deviations", "more than a year", "1998"),
    "wage-meta-analysis": ("2.6 %",),
    "dmi-63": ("63 %", "58 %", "55 %", "42 %"),
    "dmi-test": ("38 %", "8 %", "908"),
    "us-curricula": ("529",),
    "atd-spend": ("1,208 USD (2013)", "1,308 USD (2019)", "1,054 USD in 2024"),
    "atd-split": ("66 %", "24 %", "10 %", "2019"),
    "atd-hour-cost": ("123 USD in 2023", "165 USD in 2024"),
    "atd-hours": ("33–35 hours", "17.4 in 2023", "13.7 in 2024"),
    "training-magazine": ("954 USD", "774 USD", "47 hours"),
    "cxl-2019": ("994 USD", "62 %", "500 USD"),
    "gartner-2025": ("7.7 %", "7.8 % in 2026", "9.1 % in 2023"),
    "gartner-media": ("30.6 %", "2025"),
    "gartner-labour": ("24.6 %", "2023"),
    "cmo-team": ("3 people in 2014", "4.1", "3.1 in 2020"),
    "tei-method": ("10 %",),
    "hurdle-rates": ("12 %", "15 %", "2017", "2015"),
    "afp-2026": ("62 %", "38 %"),
    "turnover-cost": ("21 %", "27 cases"),
    "linkedin-turnover": ("17 % a year (2017)", "12.9 %"),
    "bls-pr": ("62,810 USD",),
    "bls-on-cost": ("29.8 %", "1.42 times"),
    "denmark-on-cost": ("50.1 EUR", "13.1 %", "1.15 times"),
    "skill-decay": ("6.5 to 13 months",),
    "profit-ability-2": (
        "1.87 and 4.11",
        "1.62 and 3.20",
        "0.87 and 0.78",
        "2.0 times",
        "141 UK brands",
        "television",
    ),
    "nielsen-2022": ("1.7 times",),
    "varos-2025": ("2.24",),
    "facebook-rcts": ("663", "115, 107 and 62 percentage points", "28, 19 and 6 %", "not a relative error"),
    "meta-2025": ("31 %", "307 studies of 54 advertisers"),
    "meta-prices": ("10 %", "second quarter of 2024"),
    "meta-thousand-prices": ("3 to 22 %", "2024"),
    "leone-1995": ("six to nine months", "1.8–2.7 months"),
    "robyn-decay": ("0.3 to 0.8", "0 to 0.3"),
    "ad-elasticity": ("0.09 to 0.24 %",),
    "elasticity-2011": ("0.12 %", "0.24 %"),
    "elasticity-henningsen": ("0.09 %", "4(2), 193–239"),
    "elasticity-tv": ("0.023 %", "0.014 %", "288 brands"),
    "incremental-roi-prior": ("0.2; 0.9", "1.22"),
    "marginal-roi-prior": ("0; 0.5", "1.0"),
    "lewis-rao": ("ten times its mean", "more than 100 % wide", "25 randomised experiments", "2015"),
    "schmidt-hunter": ("20 %", "15 %", "1983"),
    "cmo-2020-02": ("13.3 %", "11 %"),
    "cmo-2015-08": (
        "9.4 % now, 13.2 % expected in a year",
        "10.7 % now, 14 % expected in a year, 23.8 % in five years",
    ),
    "cmo-2016-02": ("13.2 % expected in a year, 20.9 % in five years",),
    "cmo-2024-spring": ("17 % to 11 %", "292", "seven years"),
}
# Where the figures were seen; the others have no address.
SEEN_AT = {
    "astd-2000": "bizjournals.com/albany/stories/2002/02/25/focus7.html",
    "cmo-2015-08": "komarketing.com/",
    "cmo-2016-02": "ama.org/",
    "cmo-2024-spring": "news.northeastern.edu/2024/11/18",
    "cmo-team": "channelmix.com/blog/survey-social-media-analytics",
    "gartner-2025": "gartner.com/en/articles/cmo-spend",
    "gartner-media": "mediapost.com/publications/article/405796/",
    "gartner-labour": "marketingcharts.com/advertising-trends/spending-and-spenders-229821",
    "konings-2009": "ideas.repec.org/p/lic/licosd/24409.html",
    "atd-split": "en.atdchina.com.cn",
    "atd-hour-cost": "prweb.com/",
    "afp-2026": "financialprofessionals.org/",
    "turnover-cost": "paperzz.com/doc/8637574",
    "profit-ability-2": "abc.org.uk/news/abc-data/print-beats-other-media-channels-to-deliver-largest-roi",
    "nielsen-2022": "marketingdive.com/news/marketers-media-underinvest-roi-nielsen/626615",
    "facebook-rcts": "arxiv.org/abs/2201.07055",
    "elasticity-2011": "imresearchcenter.com/docs/"
    "how-well-does-advertising-work-generalizations-meta-analysis-brand-advertising-elasticities",
    "meta-2025": "ppc.land/metas-suite-of-truth-framework-rewrites-how-advertisers-measure-ad-impact",
    "varos-2025": "stackmatix.com/blog/facebook-ads-roi",
    "meta-prices": "jonloomer.com/qvt/meta-ad-costs-were-up",
    "meta-thousand-prices": "rightsideup.com/growth-marketing-blog/facebook-cpm-trends",
    "robyn-decay": "rdrr.io/cran/Robyn/man/adstocks.html",
    "lewis-rao": "johndawes.info/2018/10/02/the-near-impossibility-of-measuring-advertising-roi",
    "schmidt-hunter": "researchgate.net/publication/232567558_Individual_Differences_in_Productivity",
}
# What assumptions of the specification rest on.
CITED = {
    "gartner-2025", "tei-method", "hurdle-rates", "cmo-2020-02", "article", "article-2026-forecast", "cmo-backtest",
    "profit-ability-2", "nielsen-2022", "varos-2025", "facebook-rcts", "meta-2025", "ad-elasticity", "meta-prices",
    "leone-1995", "robyn-decay", "cmo-team", "dmi-63", "atd-hours", "skill-half-life", "linkedin-turnover",
    "atd-spend", "bls-pr", "bls-on-cost", "astd-2000", "training-causal", "lopes-teixeira",
}  # fmt: skip
CONTEXT = {
    "training-magazine", "gartner-media", "gartner-labour", "turnover-cost", "incremental-roi-prior",
    "marginal-roi-prior", "lewis-rao", "schmidt-hunter",
}  # fmt: skip


@pytest.mark.parametrize("id_", STATED)
def test_figures_of_a_source_are_the_published_ones(id_):
    source = SOURCES[id_]
    told = " ".join((source.title, source.finding, source.of_whom, source.when, source.warning))
    for figure in STATED[id_]:
        assert figure in told


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.id)
def test_every_source_is_complete(source):
    assert source.grade in GRADES
    for field in ("title", "finding", "of_whom", "when", "warning"):
        assert getattr(source, field).strip(), field
    assert source.part_of in {"", *SOURCES}
    assert source.part_of != source.id


def test_every_address_is_where_it_was_seen_and_well_formed():
    known = {id_: source.address for id_, source in SOURCES.items() if source.address}
    assert known.keys() == SEEN_AT.keys()
    for id_, address in known.items():
        assert address.startswith(SEEN_AT[id_])
        assert re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}(/[\w.-]+)*", address, re.ASCII), address
        assert SOURCES[id_].link == f"https://{address}"
    assert SOURCES["article"].link == ""


def test_no_id_is_given_twice():
    lists = (ARTICLE, SURVEY, TRAINING, TRAINING_SPEND, MONEY, ADVERTISING)
    assert len(SOURCES) == sum(map(len, lists))


def test_what_the_specification_cites_is_there():
    assert SOURCES.keys() >= CITED


def test_every_source_of_an_assumption_exists_and_supports_it():
    cited = {source for item in ASSUMPTIONS.values() for source in item.source}
    assert cited <= SOURCES.keys()
    for item in ASSUMPTIONS.values():
        assert all(item in resting_on(source) for source in item.source)


def test_a_source_that_is_part_of_another_supports_what_that_one_does():
    assert "causal_share" in {item.name for item in resting_on("dearden-2006")}
    assert {item.name for item in resting_on("lopes-teixeira")} == {"causal_share", "retained_share"}
    assert resting_on("training-magazine") == ()


def test_sources_without_an_assumption_are_figures_of_the_article_or_context():
    of_the_article = {id_ for figure in ARTICLE_FIGURES for id_ in figure.sources}
    without = {id_ for id_ in SOURCES if not resting_on(id_)}
    parts = {id_ for id_, source in SOURCES.items() if source.part_of in CITED}
    assert CONTEXT <= without <= CONTEXT | of_the_article | CITED | parts


def test_what_is_quoted_elsewhere_is_a_known_source():
    for figure in ARTICLE_FIGURES:
        assert set(figure.sources) <= SOURCES.keys()
        assert figure.verdict
        assert figure.because
    assert {study.source for study in CAUSAL_STUDIES} <= SOURCES.keys()
    assert {item.source for item in (*RELATIVE_RETURNS, *ELASTICITIES)} <= SOURCES.keys()
    assert {group.source for group in GROUP_DIFFERENCES} <= SOURCES.keys()
    assert {series.source for series in (ATD_SPEND, ATD_HOURS, GARTNER)} <= SOURCES.keys()


def test_the_article_s_figures_are_all_there():
    says = " ".join(figure.says for figure in ARTICLE_FIGURES)
    for figure in ("24.5 %", "13.3 %", "2026", "218 %", "63 %", "38 %", "18 %", "2 %", "73 %", "36 %", "15 %"):
        assert figure in says


def test_evidence_grades_are_known():
    assert list(GRADES) == ["A", "B", "C", "D", "U"]
    assert {letter for item in ASSUMPTIONS.values() for letter in item.grade} <= GRADES.keys()
