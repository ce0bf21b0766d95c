"""What is wrong with what a person gave: faults with their mend, and the checks that any value passes first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Any, Self

from model.reading.numerals import MINUS, brief
from model.reading.texts import as_lines, can_be_seen, is_writable, tellable

# No one reads on after so many faults, and looking for more takes as long as a hostile file wants.
MOST_FAULTS = 100
_MORE = f"has more than these {MOST_FAULTS} faults; mend these first"
_LONGEST_KEY, _LONGEST_MESSAGE, _LONGEST_NAME = 500, 2_000, 60


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: the key it stands under, what is wrong and the mend, all of it fit to be shown."""

    key: str
    message: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", tellable(self.key, _LONGEST_KEY))
        object.__setattr__(self, "message", tellable(self.message, _LONGEST_MESSAGE))

    def __str__(self) -> str:
        return f"{self.key}: {self.message}"


class ScenarioError(ValueError):
    """A scenario that cannot be used; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Faults(list[Fault]):
    """Faults as they are found; one too many raises ScenarioError, so that no more are looked for."""

    def append(self, fault: Fault) -> None:
        """Add a fault. Raises ScenarioError with those before it where they are as many as are told."""
        if len(self) == MOST_FAULTS:
            raise ScenarioError([*self, Fault("file", _MORE)])
        super().append(fault)

    def __iadd__(self, faults: Iterable[Fault]) -> Self:  # type: ignore[override,misc]
        for fault in faults:
            self.append(fault)
        return self


class Refused(ValueError):
    """A single value that is refused; the message says why and gives the mend."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a message on an unknown name: the nearest valid one, if any is near."""
    close = get_close_matches(name.lower(), list(known), n=1, cutoff=0.5) if len(name) <= _LONGEST_NAME else []
    return f"; did you mean '{close[0]}'?" if close else ""


def as_object(item: object) -> Mapping[str, Any]:
    """The item itself if it maps names to values. Raises Refused."""
    if not isinstance(item, Mapping):
        raise Refused(f"is {shown(item)}, but must be an object of names and values")
    return item


def keyed(label: str, item: object, keys: Sequence[str], faults: list[Fault]) -> Mapping[str, Any]:
    """An object that must have exactly these keys; adds to `faults`, under `label`, what it is or has instead."""
    try:
        given = as_object(item)
    except Refused as refusal:
        faults.append(Fault(label, str(refusal)))
        return {}
    unknown = islice((key for key in given if key not in keys), MOST_FAULTS)
    faults += [Fault(label, f"has the unknown key {shown(key)}{nearest(str(key), keys)}") for key in unknown]
    faults += [Fault(f"{label}.{key}", "is missing") for key in keys if key not in given]
    return given


def checked_text(item: object, limit: int, *, required: bool = False) -> str:
    """The text itself, its lines ended alike.

    Raises Refused where it is none, too long, holds control characters or is missing.
    """
    if not isinstance(item, str):
        raise Refused(f"is {shown(item)}, but must be text")
    if required and not can_be_seen(item):
        blank = "holds nothing that can be seen" if item.strip() else "is empty"
        raise Refused(f"{blank}; give it at least one character")
    if len(item) > limit:
        raise Refused(f"has {len(item)} characters; at most {limit} are kept")
    if not is_writable(item):
        raise Refused("holds control characters; remove them")
    return as_lines(item)


def finite(value: object, bounds: str = "") -> float:
    """The number as a float, never minus zero. Raises Refused where it is none or not finite.

    `bounds` are told then, in words: "0 … 100". That the number lies within them is not checked.
    """
    within = f" within {bounds}" if bounds else ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(f"is {shown(value)}, but must be a number{within}")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise Refused(f"is {shown(value)}, but must be a finite number{within}")
    return number + 0.0


def shown(value: object) -> str:
    """A value as a message quotes it: short, and unmistakably a quotation."""
    text = {True: "true", False: "false", None: "null"}.get(value) if isinstance(value, bool | None) else None
    if text is None:
        text = f"'{value}'" if isinstance(value, str) else type(value).__name__
        if isinstance(value, int | float):
            text = brief(value) if isinstance(value, float) else _whole(value)
    return text if len(text) <= 60 else text[:57] + "…'"


def _whole(value: int) -> str:
    return f"{value}".replace("-", MINUS) if abs(value) < 10**15 else "a huge number"
