"""What firms spend on training, in money and in hours."""

from __future__ import annotations

from model.evidence.series import ATD_HOURS, ATD_SPEND
from model.evidence.sources.source import Source, dollars

_EMPLOYERS = "Mostly large US employers"


def _an_hour(year: int) -> str:
    """ATD's spend per employee and year, divided by the hours."""
    return dollars(ATD_SPEND.values[year] / ATD_HOURS.values[year])


TRAINING_SPEND = (
    Source(
        "atd-spend",
        "ATD State of the Industry, training spend per employee",
        f"{dollars(ATD_SPEND.values[2013])} (2013) rising to {dollars(ATD_SPEND.values[2019])} (2019); "
        f"{dollars(ATD_SPEND.values[2024])} in 2024.",
        _EMPLOYERS, "2013–2024", "B",
        "All employees, not marketing. Per employee, where Training magazine counts per learner: never mix the two. "
        f"Divided by ATD's hours: {_an_hour(2020)} an hour in 2020, {_an_hour(2021)} in 2021, {_an_hour(2024)} in "
        "2024, firms' own staff included.",
    ),
    Source(
        "atd-split",
        "ATD State of the Industry, what the spend is made of",
        "66 % is firms' own staff and administration, 24 % goes to suppliers, 10 % refunds tuition.",
        _EMPLOYERS, "2019", "B",
        "Administration is in it already: never add it again.",
        "en.atdchina.com.cn",
        part_of="atd-spend",
    ),
    Source(
        "atd-hour-cost",
        "ATD State of the Industry, cost of an hour used",
        f"{dollars(123)} in 2023 and {dollars(165)} in 2024.",
        _EMPLOYERS, "2023–2024", "B",
        "Of hours used, and more than the spend per employee divided by the hours: another count.",
        "prweb.com/releases/atd-research-optimism-remains-strong-for-future-of-learning-in-organizations-"
        "302456683.html",
        part_of="atd-spend",
    ),
    Source(
        "atd-hours",
        "ATD State of the Industry, training hours per employee",
        f"{ATD_HOURS.values[2021]:.0f}–{ATD_HOURS.values[2020]:.0f} hours a year from 2015 to 2021; "
        f"{ATD_HOURS.values[2023]} in 2023 and {ATD_HOURS.values[2024]} in 2024.",
        _EMPLOYERS, "2015–2024", "B",
        "All employees, not marketing. Training magazine contradicts it for 2024: never mix the two series.",
    ),
    Source(
        "training-magazine",
        "Training magazine, training spend and hours per learner",
        f"{dollars(954)} per learner in 2023; {dollars(774)} and 47 hours in 2024.",
        "US employers", "2023–2024", "B",
        "Contradicts the hours of ATD, which counts otherwise: never mix the two series.",
    ),
    Source(
        "cxl-2019",
        "CXL, training spend of marketing teams",
        f"A mean of {dollars(994)} a head; 62 % spend {dollars(500)} or less.",
        "Marketing teams", "2019", "B",
        "A mean well above what most spend: a few spend much.",
        part_of="atd-spend",
    ),
)  # fmt: skip
