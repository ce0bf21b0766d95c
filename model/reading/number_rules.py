"""Which numbers may be typed in a place, and reading one of them: a refusal names the bounds and an example."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite

from model.assumptions import Assumption
from model.reading.numerals import NotANumber
from model.units import Format, Unit


@dataclass(frozen=True)
class NumberRule:
    """The numbers that may be typed: those of a unit within `low` … `high`; `example` is one of them.

    All three are in model units. An infinite bound is none.
    """

    unit: Unit
    low: float = -inf
    high: float = inf
    example: float = 0.0

    def read(self, typed: str, text: Format) -> float:
        """The number that was typed as the locale writes it, in model units.

        Raises ValueError, which goes on after what was typed: "is out of bounds; type a number within 1 … 10,
        like 5".
        """
        try:
            value = float(text.read(typed, self.unit))
        except NotANumber as error:
            spelt = [mend for mend in error.suggestions if self._takes(float(text.read(mend, self.unit)))]
            raise ValueError(f"is not a number; type {self.in_words(text, spelt)}") from None
        if self._takes(value):
            return value
        fault = "is not a whole number" if self._bounds_hold(value) else "is out of bounds"
        raise ValueError(f"{fault}; type {self.in_words(text)}")

    def in_words(self, text: Format, spelt: list[str] | None = None) -> str:
        """What may be typed: "a whole number within 1 … 10, like 5"; `spelt` takes the example's place."""
        kind = f"a {'whole number' if self.unit.whole else 'number'}"
        like = " or ".join(spelt or [text.bare(self.example, self.unit)])
        return f"{kind}{self._bounds_in_words(text)}, like {like}"

    def _bounds_in_words(self, text: Format) -> str:
        low, high = (text.plain(bound, self.unit) if isfinite(bound) else "" for bound in (self.low, self.high))
        if low and high:
            return f" within {low} … {high}"
        return f" of at least {low}" if low else f" of at most {high}" if high else ""

    def _takes(self, value: float) -> bool:
        return self._bounds_hold(value) and not (self.unit.whole and value % 1)

    def _bounds_hold(self, value: float) -> bool:
        return isfinite(value) and self.low <= value <= self.high


def rule_of(assumption: Assumption) -> NumberRule:
    """The numbers that an assumption takes, its default as the example. Raises TypeError where it takes none."""
    if assumption.bounds is None:
        raise TypeError(f"{assumption.name} takes no numbers")
    return NumberRule(assumption.unit, *assumption.bounds, float(assumption.default))
