"""Budgets, teams and pay, and what finance asks of a project."""

from __future__ import annotations

from model.evidence.series import GARTNER
from model.evidence.sources.source import UNKNOWN, Source, dollars, percent

_CHIEFS = "Marketing chiefs, mostly of large companies"

MONEY = (
    Source(
        "gartner-2025",
        "Gartner CMO Spend Survey",
        f"Marketing budgets were {percent(GARTNER.values[2025])} of company revenue in 2024 and 2025 and "
        f"{percent(GARTNER.values[2026])} in 2026, after {percent(GARTNER.values[2023])} in 2023.",
        _CHIEFS, "2014–2026", "B",
        "A mean over industries that differ widely: type in your own.",
        "gartner.com/en/articles/cmo-spend",
    ),
    Source(
        "gartner-media",
        "Gartner CMO Spend Survey, paid media",
        "Paid media took 30.6 % of marketing budgets.",
        _CHIEFS, "2025", "B",
        "Of all marketing; a social budget may be split quite otherwise between media and people.",
        "mediapost.com/publications/article/405796/gartner-marketing-budgets-flatline-but-medias.html",
    ),
    Source(
        "gartner-labour",
        "Gartner CMO Spend Survey, labour",
        "Labour took 24.6 % of marketing budgets.",
        _CHIEFS, "2023", "B",
        "Of all marketing, and of another year than the share of paid media: the two do not add up.",
        "marketingcharts.com/advertising-trends/spending-and-spenders-229821",
    ),
    Source(
        "cmo-team",
        "CMO Survey, people who work on social media in-house",
        "A mean of 3 people in 2014 and 3.1 in 2020; 4.1 in an edition that is not confirmed.",
        "US marketing executives", "2014–2020", "B",
        "A mean over firms of every size; people from outside are not counted.",
        "channelmix.com/blog/survey-social-media-analytics",
    ),
    Source(
        "tei-method",
        "Forrester, method of the Total Economic Impact studies",
        "Costs and benefits are discounted at 10 % a year.",
        "Nobody: the convention of a consultancy", UNKNOWN, "C",
        "A convention, not a measurement; hurdle rates that firms report are higher.",
    ),
    Source(
        "hurdle-rates",
        "Hurdle rates reported by firms",
        "Mean hurdle rates: 12 % in the UK, about 15 % in Australia.",
        "Firms surveyed by the Bank of England (2017) and the Reserve Bank of Australia (2015)", "2015–2017", "B",
        "Hurdle rates lie above the cost of capital; ask finance for the rate it uses.",
    ),
    Source(
        "afp-2026",
        "Association for Financial Professionals, survey on the cost of capital",
        "62 % of firms take their cost of capital as the hurdle, 38 % a higher rate.",
        "Finance professionals", "2026", "B",
        "Says how firms set the rate, not how high it is.",
        "financialprofessionals.org/training-resources/resources/articles/Details/"
        "calibrate-your-hurdle-rate-with-the-latest-research-on-cost-of-capital",
        part_of="hurdle-rates",
    ),
    Source(
        "linkedin-turnover",
        "LinkedIn, turnover of marketing roles",
        "17 % a year (2017), 12.9 % (2021–22).",
        "LinkedIn members", "2017–2022", "B",
        "Directional, and possibly low.",
    ),
    Source(
        "turnover-cost",
        "What it costs to replace someone",
        "A median of 21 % of a year's pay.",
        "27 cases", UNKNOWN, "C",
        "A collection of cases; the model counts what a leaver has learnt, not what replacing one costs.",
        "paperzz.com/doc/8637574",
    ),
    Source(
        "bls-pr",
        "US Bureau of Labor Statistics, public-relations specialists",
        f"Median pay {dollars(62_810)}.",
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
