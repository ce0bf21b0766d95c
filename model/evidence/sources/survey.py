"""The CMO Survey: its editions, and what became of its forecasts."""

from __future__ import annotations

from model.evidence.sources.source import Source, percent
from model.evidence.survey import (
    BEFORE_THE_PANDEMIC,
    CMO_SURVEY,
    HEADLINE,
    OUTCOMES,
    back_test,
    edition,
    outside_the_rule,
)

_MARKETERS = "US marketing executives"
_LATEST = CMO_SURVEY[-1]


def _told(name: str) -> str:
    """What an edition reported and expected, as far as confirmed: "10.7 % now, 14 % expected in a year"."""
    item = edition(name)
    parts = ((item.now, "now"), (item.in_a_year, "expected in a year"), (item.in_five_years, "in five years"))
    return ", ".join(f"{percent(share)} {when}" for share, when in parts if share is not None)


SURVEY = (
    Source(
        "cmo-2020-02",
        "CMO Survey, February 2020",
        f"Social media took {percent(edition(BEFORE_THE_PANDEMIC).now)} of marketing budgets.",
        _MARKETERS, BEFORE_THE_PANDEMIC, "B",
        f"Self-reported; the last reading before the pandemic. Spring 2024 reads {percent(_LATEST.now)}.",
    ),
    Source(
        "cmo-survey",
        "CMO Survey, social spending as a share of marketing budgets, 2009 to 2024",
        "Share now, expected in twelve months and in five years, as far as confirmed.",
        _MARKETERS, "2009–2024", "B",
        "Self-reported shares; editions differ in who answers. Editions without a confirmed figure are left out.",
        part_of="cmo-backtest",
    ),
    Source(
        "cmo-2015-08",
        "CMO Survey, August 2014 and August 2015",
        f"2014: {_told('2014-08')}. 2015: {_told('2015-08')}.",
        _MARKETERS, "2014-08, 2015-08", "B",
        "Self-reported. " + outside_the_rule(),
        "komarketing.com/industry-news/cmo-survey-marketers-set-increase-social-mobile-budgets-2529",
        part_of="cmo-backtest",
    ),
    Source(
        "cmo-2016-02",
        "CMO Survey, February 2016",
        f"Social media's share of marketing budgets: {_told('2016-02')}.",
        _MARKETERS, "2016-02", "B",
        "What respondents expected, not what came; the share of the day is not confirmed.",
        "ama.org/publications/eNewsletters/Marketing-News-Weekly/Pages/Social-Media-Spending-Worth-It.aspx",
        part_of="cmo-backtest",
    ),
    Source(
        "cmo-2024-spring",
        "CMO Survey, spring 2024",
        f"Social media's share fell from {percent(edition('2023-spring').now)} to {percent(_LATEST.now)}, the "
        "lowest in seven years.",
        "292 US marketing leaders", "2024-spring", "B",
        "Self-reported; it comes two years before the date that "
        f"{percent(edition(HEADLINE).in_five_years)} was forecast for.",
        "news.northeastern.edu/2024/11/18",
        part_of="cmo-backtest",
    ),
    Source(
        "cmo-backtest",
        "CMO Survey back-test: five-year forecasts against what came",
        back_test(),
        _MARKETERS, f"forecasts {OUTCOMES[0].said.edition[:4]}–{OUTCOMES[-1].said.edition[:4]}", "C",
        "Computed from the survey's own rows; an edition up to half a year later stands in where one is missing. "
        + outside_the_rule() + " The survey itself wrote that social spending falls short of what was expected.",
    ),
)  # fmt: skip
