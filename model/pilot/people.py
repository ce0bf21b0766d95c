"""Tests in the team: training by lot, a test of everyone's skill, a quarter with a partner."""

from __future__ import annotations

import numpy as np

from model.learning.quantity import Changes, Quantity, belief
from model.pilot.design import HELD, Design, Setting, changed_from, ladder
from model.units import SHARE

_COMPETENT = "competent_share_start"


def _halves(setting: Setting) -> tuple[int, ...]:
    """Even numbers of people, up to the whole team."""
    return ladder(setting.team, least=2, step=2)


def _two_means(noise: float, size: int) -> float:
    """The standard error of the difference of the means of two halves."""
    return float(noise * np.sqrt(2 / (size / 2)))


def _programme(setting: Setting, months: str, partner: float) -> Changes:
    active = setting.while_tested(setting.months(months), 1.0)
    on = {"training_programme": 1.0, "strategic_partner": partner}
    return changed_from({**HELD, **on, "programme_active": active, "support_active": active})


# Training by lot


def _training_changes(setting: Setting) -> Changes:
    return _programme(setting, "training_months", 0.0)


def _training_measures(setting: Setting) -> Quantity:
    last = setting.months("training_months")
    return Quantity("productivity_gain", (last, last), _training_changes(setting))


def _training_power(setting: Setting, size: int) -> float:
    return _two_means(setting.assumed["output_noise"], size)


def _training_words(setting: Setting, size: int) -> str:
    text = setting.scenario.format
    error = text.rounded(_training_power(setting, size), SHARE)
    return (
        f"{size // 2} of {size} people trained by lot, {setting.months('training_months')} months: where people's "
        f"output differs by {text.rounded(setting.assumed['output_noise'], SHARE)} of its mean, that of the trained "
        f"is known to within {error} of the others' (one standard error)"
    )


TRAINING = Design(
    "training", "Randomised training of half of the team",
    "what training causes: the causal share, as far as a team of this size can show it",
    "the output of the trained, beside that of the others,",
    ("person", "people"), "training_months", ("output_noise", "trial_hours"),
    "a team of one cannot be halved", _halves, _training_measures, _training_power, _training_words,
    _training_changes, lambda setting, size: size / 2 / setting.team,
    lambda setting, _: setting.assumed["trial_hours"], "the people trained",
)  # fmt: skip

# A test of skill


def _skills_power(setting: Setting, size: int) -> float:
    """Of the competent part: who of the team was tested, and how far each test is off."""
    part, team = setting.scenario.number(_COMPETENT), setting.team
    untested = part * (1 - part) / size * (team - size) / max(team - 1, 1)
    return float(np.sqrt(untested + setting.assumed["skills_test_noise"] ** 2 / size))


def _skills_words(setting: Setting, size: int) -> str:
    text = setting.scenario.format
    return (
        f"{size} of {setting.team} people tested: where a test of one person is off by "
        f"{text.rounded(setting.assumed['skills_test_noise'], SHARE)}, the competent part of the team is known to "
        f"within {text.rounded(_skills_power(setting, size), SHARE)} (one standard error)"
    )


SKILLS = Design(
    "skills-test", "Skills test",
    "how much of the team is already competent, and so how much training has left to add",
    "the competent part of the people tested",
    ("person", "people"), "skills_test_months", ("skills_test_noise", "skills_test_hours"),
    "there is no whole person in the team", lambda setting: ladder(setting.team), lambda _: belief(_COMPETENT),
    _skills_power, _skills_words, lambda _: changed_from(HELD), lambda *_: 0.0,
    lambda setting, size: size * setting.assumed["skills_test_hours"], "the people tested",
)  # fmt: skip

# A quarter with a partner


def _partner_changes(setting: Setting) -> Changes:
    return _programme(setting, "partner_months", 1.0)


def _partner_measures(setting: Setting) -> Quantity:
    last = setting.months("partner_months")
    alone = _programme(setting, "partner_months", 0.0)
    return Quantity("competence_gain", (last, last), _partner_changes(setting), alone)


def _partner_power(setting: Setting, size: int) -> float:
    """Each person is tested before and after."""
    return _two_means(float(np.sqrt(2)) * setting.assumed["skills_test_noise"], size)


def _partner_words(setting: Setting, size: int) -> str:
    text = setting.scenario.format
    return (
        f"{size // 2} of {size} people trained with the partner, {setting.months('partner_months')} months, all "
        f"tested before and after: where a test is off by "
        f"{text.rounded(setting.assumed['skills_test_noise'], SHARE)}, what the partner adds is known to within "
        f"{text.rounded(_partner_power(setting, size), SHARE)} of competence (one standard error)"
    )


PARTNER = Design(
    "partner", "A quarter with a partner",
    "how much faster people learn with a partner",
    "the competence that the partner adds",
    ("person", "people"), "partner_months", ("skills_test_noise", "skills_test_hours"),
    "a team of one cannot be halved", _halves, _partner_measures, _partner_power, _partner_words, _partner_changes,
    lambda *_: 1.0, lambda setting, size: 2 * size * setting.assumed["skills_test_hours"],
    "the people trained",
)  # fmt: skip
