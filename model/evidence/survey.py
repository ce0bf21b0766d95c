"""The CMO Survey: social spending as a share of US marketing budgets, and what became of its five-year forecasts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

FORECAST_YEARS = 5
# An edition this much later than the year that was forecast still stands for it; no earlier one does.
_LATER = 0.5


@dataclass(frozen=True)
class SurveyEdition:
    """One edition: its date as a decimal year, and shares of the marketing budget; None where unconfirmed.

    `now` is what respondents reported; `in_a_year` and `in_five_years` are what they expected.
    """

    edition: str
    year: float
    now: float | None
    in_five_years: float | None = None
    in_a_year: float | None = None

    @property
    def forecast_for(self) -> float:
        """The decimal year that the five-year forecast was for."""
        return self.year + FORECAST_YEARS


CMO_SURVEY: tuple[SurveyEdition, ...] = (
    SurveyEdition("2009", 2009.5, 0.035),
    SurveyEdition("2011-08", 2011 + 7.5 / 12, 0.071, 0.175, 0.101),
    SurveyEdition("2012-02", 2012 + 1.5 / 12, 0.074, 0.195, 0.108),
    SurveyEdition("2013-02", 2013 + 1.5 / 12, 0.084, 0.216, 0.115),
    SurveyEdition("2014-02", 2014 + 1.5 / 12, 0.074, 0.181),
    SurveyEdition("2014-08", 2014 + 7.5 / 12, 0.094, None, 0.132),
    SurveyEdition("2015-02", 2015 + 1.5 / 12, 0.099, 0.224, 0.135),
    SurveyEdition("2015-08", 2015 + 7.5 / 12, 0.107, 0.238, 0.140),
    SurveyEdition("2016-02", 2016 + 1.5 / 12, None, 0.209, 0.132),
    SurveyEdition("2016-08", 2016 + 7.5 / 12, 0.117, 0.222, 0.147),
    SurveyEdition("2017-08", 2017 + 7.5 / 12, 0.098, 0.185, 0.130),
    SurveyEdition("2018-02", 2018 + 1.5 / 12, 0.120, 0.205),
    SurveyEdition("2018-08", 2018 + 7.5 / 12, 0.138, 0.229, 0.163),
    SurveyEdition("2019-02", 2019 + 1.5 / 12, 0.114),
    SurveyEdition("2020-02", 2020 + 1.5 / 12, 0.133),
    SurveyEdition("2020-06", 2020 + 5.5 / 12, 0.232, None, 0.234),
    SurveyEdition("2021", 2021.5, None, 0.245),
    SurveyEdition("2023-spring", 2023.25, 0.17),
    SurveyEdition("2024-spring", 2024.25, 0.11),
)
BEFORE_THE_PANDEMIC, IN_THE_PANDEMIC, HEADLINE = "2020-02", "2020-06", "2021"
# Its forecast came, but in an edition that the rule of the back-test does not let in.
_NEARLY_CAME = "2015-08"


@dataclass(frozen=True)
class Outcome:
    """A five-year forecast beside the edition that shows what came: shares of the marketing budget."""

    said: SurveyEdition
    came: SurveyEdition
    forecast: float
    reported: float

    @property
    def level_reached(self) -> float:
        """What came, as a share of what was forecast."""
        return self.reported / self.forecast

    @property
    def rise_reached(self) -> float | None:
        """The rise that came, as a share of the rise forecast; None where the edition reports no start."""
        start = self.said.now
        return None if start is None else (self.reported - start) / (self.forecast - start)


def edition(name: str) -> SurveyEdition:
    """The edition of that name. Raises KeyError."""
    return {item.edition: item for item in CMO_SURVEY}[name]


def _outcomes() -> tuple[Outcome, ...]:
    """Each forecast with the first edition at the year it was for, or up to half a year later, that has a figure."""
    found = []
    for said in CMO_SURVEY:
        for came in CMO_SURVEY:
            if said.in_five_years and came.now and 0 <= came.year - said.forecast_for <= _LATER:
                found.append(Outcome(said, came, said.in_five_years, came.now))
                break
    return tuple(found)


OUTCOMES: tuple[Outcome, ...] = _outcomes()
LEVELS_REACHED: tuple[float, ...] = tuple(sorted(item.level_reached for item in OUTCOMES))
RISES_REACHED: tuple[float, ...] = tuple(
    sorted(item.rise_reached for item in OUTCOMES if item.rise_reached is not None)
)


def span(shares: Iterable[float]) -> str:
    """The lowest and the highest share in words: "50–83 %"."""
    known = sorted(shares)
    return f"{100 * known[0]:.0f}–{100 * known[-1]:.0f} %"


def back_test() -> str:
    """What became of the five-year forecasts, in one sentence."""
    rises = {item.said.edition: item for item in OUTCOMES}
    quoted = " and ".join(
        f"{100 * (rises[said].rise_reached or 0):.0f} % ({said[:4]} to {rises[said].came.edition[:4]})"
        for said in ("2011-08", "2013-02")
    )
    return (
        f"Of {len(OUTCOMES)} forecasts, {span(LEVELS_REACHED)} of the level was reached (median "
        f"{100 * median(LEVELS_REACHED):.0f} %); of the forecast rise, {quoted} came, and never more than "
        f"{100 * RISES_REACHED[-1]:.0f} %."
    )


def outside_the_rule() -> str:
    """The forecast that nearly came, in an edition that is not counted, in one sentence."""
    said, came = edition(_NEARLY_CAME), edition(IN_THE_PANDEMIC)
    return (
        f"The {100 * (said.in_five_years or 0):.1f} % that August {said.edition[:4]} expected for "
        f"{int(said.forecast_for)} met {100 * (came.now or 0):.1f} % in June {came.edition[:4]}: in the pandemic, "
        "two months before the time, and so not counted."
    )
