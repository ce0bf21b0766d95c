"""Which column of a table is what: guessed by its name, unless a person says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

from model.history.importing.table import TextTable
from model.reading.faults import Fault, ScenarioError, nearest, shown
from model.reading.texts import alike


def _each(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# Words of columns in the languages of finance departments; what stands first is preferred.
DATE = _each(
    "date week month period day dato uge måned datum woche monat periode semaine mois fecha semana mes vecka"
)
REVENUE = _each(
    "revenue sales turnover omsætning nettoomsætning umsatz umsatzerlöse nettoumsatz erlös erlöse ca affaires "
    "ventas ingresos omsättning nettoomsättning omsetning driftsinntekter omzet fatturato ricavi receita"
)
SOCIAL = _each(
    "social facebook fb instagram ig meta tiktok linkedin snapchat snap pinterest reddit twitter threads some"
)
_OTHER = _each(
    "tv television radio print ooh outdoor search google bing sem display email affiliate cinema programmatic press "
    "youtube video influencer marketing media advertising adspend spend spent cost budget reklame "
    "reklameomkostninger werbung werbekosten werbeaufwand werbeausgaben marketingkosten mediakosten annoncer "
    "annonceudgifter markedsføring marknadsföring publicité pubblicità publicidad"
)
_CONTROL = _each(
    "price prices promo promotion promotions discount competitor competitors event events holiday holidays weather "
    "temperature distribution newsletter pris preis rabat rabatt konkurrent kampagne prix"
)
_PEOPLE = _each(
    "employees employee headcount fte ftes staff people medarbejdere ansatte mitarbeiter mitarbeitende beschäftigte "
    "effectif effectifs empleados anställda dipendenti werknemers funcionários"
)
# What platforms count beside money.
_COUNTED = _each(
    "i p impressions impression clicks click reach views followers likes sessions conversions conversion orders "
    "engagement engagements ctr cpm cpc roas frequency visninger klik klicks"
)


@dataclass(frozen=True)
class Columns:
    """The columns of a table by what they are, `people` one at most; `unused` are the others."""

    date: str
    revenue: str
    social: tuple[str, ...]
    other: tuple[str, ...]
    control: tuple[str, ...]
    people: tuple[str, ...]
    unused: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """What a person said of the columns; None is left to be guessed, what is empty is said to be none."""

    date: str | None = None
    revenue: str | None = None
    social: Sequence[str] | None = None
    other: Sequence[str] | None = None
    control: Sequence[str] | None = None
    people: str | None = None


def columns(table: TextTable, named: Named, is_date: Callable[[str], bool]) -> Columns:
    """The columns of a table; `is_date` tells of a column's name whether its cells are dates.

    Raises ScenarioError where a name is not in the heading, stands for two things, or what is needed is not found.
    """
    found = roles(table, named, is_date)
    _check(table, found)
    taken = {name for names in found.values() for name in names}
    return Columns(
        found["date"][0], found["revenue"][0], found["social"], found["other"], found["control"],
        found["people"], unused=tuple(name for name in table.heading if name not in taken),
    )  # fmt: skip


def roles(table: TextTable, named: Named, is_date: Callable[[str], bool]) -> dict[str, tuple[str, ...]]:
    """The columns of each role, named or guessed; none where none is found, also of what is needed.

    Raises ScenarioError where a name is not in the heading or stands for two things.
    """
    said = _said(table, named)
    taken = {name for names in said.values() for name in names}
    free = [name for name in table.heading if name not in taken]
    found = {role: tuple(names) for role, names in said.items()}
    for role, guess in _GUESSES.items():
        if getattr(named, role) is None:
            found[role] = tuple(guess(free, is_date))
            free = [name for name in free if name not in found[role]]
    return found


def _said(table: TextTable, named: Named) -> dict[str, list[str]]:
    """The columns that a person named, by role."""
    known = {alike(name): name for name in table.heading}
    faults, found = [], {}
    taken: dict[str, str] = {}
    for role in (field.name for field in fields(Named)):
        given = getattr(named, role)
        names = [] if not given else [given] if isinstance(given, str) else list(given)
        found[role] = list(dict.fromkeys(known[alike(name)] for name in names if alike(name) in known))
        for name in names:
            if alike(name) not in known:
                hint = nearest(name, table.heading) or f"; columns are {_listed(table.heading)}"
                faults.append(Fault(f"--{role}", f"names {shown(name)}, which is no column of the file{hint}"))
        for name in found[role]:
            if name in taken:
                faults.append(Fault(f"--{role}", f"names {shown(name)}, which is named by --{taken[name]} already"))
            taken[name] = role
    if faults:
        raise ScenarioError(faults)
    return found


def _check(table: TextTable, found: Mapping[str, Sequence[str]]) -> None:
    needed = {
        "date": "holds the first day of each week or month",
        "revenue": "holds revenue",
        "social": "holds what was spent on social media",
    }
    raise_for = [
        Fault(
            f"--{role}", f"is needed: no column was found that {what}; name it; columns are {_listed(table.heading)}"
        )
        for role, what in needed.items()
        if not found[role]
    ]
    if raise_for:
        raise ScenarioError(raise_for)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(shown(name) for name in names)


def words_of(name: str) -> list[str]:
    """The words of a column's name: "facebook_S" and "FacebookSpend" have "facebook", "TikTokSpend" has "tiktok"."""
    words: list[str] = []
    for text in re.split(r"[\W_\d]+", name):
        parts = re.split(r"(?<=[a-z])(?=[A-Z])", text)
        words += [*parts, *(one + other for one, other in pairwise(parts)), text]
    return [word for word in dict.fromkeys(word.casefold() for word in words) if word]


def channel_kind(name: str) -> str | None:
    """Whether a channel's name says that it is social or other marketing; None where it says neither."""
    words = {*words_of(name)}
    return "social" if words & {*SOCIAL} else "other" if words & {*_OTHER, "other"} else None


def _first_date(free: Sequence[str], is_date: Callable[[str], bool]) -> list[str]:
    named = sorted(free, key=lambda name: not set(words_of(name)) & set(DATE))
    return next(([name] for name in named if is_date(name)), [])


def _first_revenue(free: Sequence[str], _is_date: Callable[[str], bool]) -> list[str]:
    """Of columns with a word for revenue, the one with the best word that says least else."""
    ranked = [
        (min(place for place, known in enumerate(REVENUE) if known in words), len(words), name)
        for name in free
        if (words := words_of(name))
        and set(words) & set(REVENUE)
        and not set(words) & {*_CONTROL, *_COUNTED, *SOCIAL}
    ]
    return [min(ranked)[2]] if ranked else []


def _first_people(free: Sequence[str], _is_date: Callable[[str], bool]) -> list[str]:
    money = {*REVENUE, *SOCIAL, *_OTHER, *_COUNTED}
    return [name for name in free if {*words_of(name)} & {*_PEOPLE} and not {*words_of(name)} & money][:1]


def _with_words(known: Sequence[str], without: Sequence[str]) -> Callable[..., list[str]]:
    def guess(free: Sequence[str], _is_date: Callable[[str], bool]) -> list[str]:
        return [name for name in free if {*words_of(name)} & {*known} and not {*words_of(name)} & {*without}]

    return guess


# In this order, as each leaves its columns to none after it.
_GUESSES: Mapping[str, Callable[..., list[str]]] = {
    "date": _first_date,
    "revenue": _first_revenue,
    "people": _first_people,
    "social": _with_words(SOCIAL, _COUNTED + _CONTROL + REVENUE),
    "control": _with_words(_CONTROL, _COUNTED),
    "other": _with_words(_OTHER, _COUNTED + REVENUE + ("total",)),
}
