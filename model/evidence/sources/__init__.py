"""Where the numbers come from: every source with what it measures, of whom, when, its grade and its warning.

Grades: A causal study or experiment; B measured by a survey or an official statistic; C correlation, vendor
claim or press figure; D judgement; U the company's own figure. What could not be confirmed is left out or said so.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from model.evidence.sources.advertising import ADVERTISING
from model.evidence.sources.article import ARTICLE
from model.evidence.sources.money import MONEY
from model.evidence.sources.source import Source
from model.evidence.sources.survey import SURVEY
from model.evidence.sources.training import TRAINING
from model.evidence.sources.training_spend import TRAINING_SPEND

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
SEEN_AT = "An address is the page where a figure was seen: most often a report on the source, not the source."

SOURCES: Mapping[str, Source] = MappingProxyType(
    {source.id: source for source in (*ARTICLE, *SURVEY, *TRAINING, *TRAINING_SPEND, *MONEY, *ADVERTISING)}
)
