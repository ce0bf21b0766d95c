"""The article that the project starts from, and the sources of its figures."""

from __future__ import annotations

from model.evidence.sources.source import UNKNOWN, Source, percent
from model.evidence.survey import HEADLINE, edition

ARTICLE = (
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
        f"{percent(edition(HEADLINE).in_five_years)} of marketing budgets on social in five years, CMO Survey as "
        "quoted in the article",
        "The share that respondents expected five years ahead.",
        "US marketing executives", "2021, edition not confirmed", "C",
        "A forecast by respondents, not an outcome. Earlier five-year forecasts of the survey came only "
        "in part; see the back-test.",
    ),
    Source(
        "dmi-63",
        "Digital Marketing Institute, skills of social-media marketers",
        "The article says 63 % of US social marketers struggle with strategy and planning.",
        "Social marketers in the US, UK and Ireland", UNKNOWN, "C",
        "Not confirmed: the institute's own post says US 58 %, UK 55 %, Ireland 42 %.",
    ),
    Source(
        "dmi-test",
        "Digital Marketing Institute, test of digital skills",
        "The average score was 38 %; 8 % of those tested reached entry level.",
        "908 people tested", UNKNOWN, "B",
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
        "529 programmes", UNKNOWN, "C",
        "The likely origin of the article's four figures on schools, none of which was seen in it.",
    ),
)  # fmt: skip
