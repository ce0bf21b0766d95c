"""The figures of the article that the project starts from, each beside what checking it found."""

from __future__ import annotations

from dataclasses import dataclass, replace

from model.evidence.studies import HEADLINE_UPLIFT
from model.evidence.survey import BEFORE_THE_PANDEMIC, HEADLINE, edition
from model.units import Format


@dataclass(frozen=True)
class ArticleFigure:
    """What the article says, the verdict in a few words, why, and the ids of the sources that were compared."""

    says: str
    verdict: str
    because: str
    sources: tuple[str, ...]

    def told(self, text: Format) -> ArticleFigure:
        """The same with the numbers in its words as a reader's locale writes them."""
        says, verdict, because = map(text.localised, (self.says, self.verdict, self.because))
        return replace(self, says=says, verdict=verdict, because=because)


_HEADLINE, _BEFORE = edition(HEADLINE), edition(BEFORE_THE_PANDEMIC)

ARTICLE_FIGURES: tuple[ArticleFigure, ...] = (
    ArticleFigure(
        f"{100 * (_HEADLINE.in_five_years or 0):.1f} % of marketing budgets go to social in "
        f"{_HEADLINE.forecast_for:.0f}, against {100 * (_BEFORE.now or 0):.1f} % before the pandemic",
        "A forecast, not an outcome",
        "The first is what survey respondents expected five years ahead; the second is the survey's reading of "
        "February 2020.",
        ("article-2026-forecast", "cmo-2020-02", "cmo-backtest"),
    ),
    ArticleFigure(
        f"Firms that invest in training earn {100 * HEADLINE_UPLIFT:.0f} % more per employee",
        "A difference between groups, not an effect",
        "Top against bottom quarter of training spenders; a sister study found far less, and causal studies a "
        "fraction.",
        ("astd-2000", "astd-sister", "training-causal"),
    ),
    ArticleFigure(
        "63 % of US social marketers struggle with strategy and planning skills",
        "Not confirmed",
        "The institute's own post gives a lower figure for the US, and others for the UK and Ireland.",
        ("dmi-63",),
    ),
    ArticleFigure(
        "38 % have beginner-level digital skills",
        "Misread",
        "It is the average score of a test, not a share of people; few of those tested reached entry level.",
        ("dmi-test",),
    ),
    ArticleFigure(
        "18 % of US organisations offer essential social training",
        "Misread",
        "The institute wrote of US marketers, of digital training, and “fewer than one in five”.",
        ("dmi-training-2016",),
    ),
    ArticleFigure(
        "2 % of schools require a social course; 73 % offer digital marketing, 36 % one course only, and 15 % "
        "require one",
        "Not seen",
        "A study of accredited US programmes is the likely origin; none of the four figures was seen in it.",
        ("us-curricula",),
    ),
)
