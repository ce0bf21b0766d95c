"""Which numbers may be typed in a place, and reading one of them: a refusal names the bounds and an example."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite

from model.assumptions import Assumption
from model.reading.numerals import NotANumber
from model.units import NO_BREAK, Format, Style, Unit

# A share is plausible down to its default divided by this, and without evidence up to that many times of it.
_REACH = 10.0
# Digits kept of a hundredth, so that 28.7 % is 0.287.
_DIGITS = 12


@dataclass(frozen=True)
class NumberRule:
    """The numbers that may be typed: those of a unit within `low` … `high`; `example` is one of them.

    `plausible` is where the evidence has the number: one that lies outside, while a hundred times or a hundredth of
    it lies inside, may be a fraction typed for a per cent or the reverse. All are in model units. An infinite bound
    is none.
    """

    unit: Unit
    low: float = -inf
    high: float = inf
    example: float = 0.0
    plausible: tuple[float, float] | None = None

    def read(self, typed: str, text: Format) -> float:
        """The number that was typed as the locale writes it, in model units.

        Raises ValueError, which goes on after what was typed: "is out of bounds; type a number within 1 … 10,
        like 5". What may be meant as a fraction or a per cent is taken only with its sign.
        """
        try:
            value = float(text.read(typed, self.unit))
        except NotANumber as error:
            spelt = [mend for mend in error.suggestions if self.takes(float(text.read(mend, self.unit)))]
            raise ValueError(f"is not a number; type {self.in_words(text, spelt)}") from None
        other = self.other_reading(value)
        if self.takes(value) and (other is None or text.numeral(typed, self.unit).with_unit):
            return value
        meant = "" if other is None else with_sign(other, self.unit, text)
        if self.takes(value):
            said = with_sign(value, self.unit, text)
            raise ValueError(f"may mean {said} or {meant}; type the one that is meant, with its sign")
        fault = "is not a whole number" if self._bounds_hold(value) else "is out of bounds"
        raise ValueError(f"{fault}; {f'did you mean {meant}? Type' if meant else 'type'} {self.in_words(text)}")

    def in_words(self, text: Format, spelt: list[str] | None = None) -> str:
        """What may be typed: "a whole number within 1 … 10, like 5"; `spelt` takes the example's place."""
        kind = f"a {'whole number' if self._whole else 'number'}"
        like = " or ".join(spelt or [text.bare(self.example, self.unit)])
        return f"{kind}{self._bounds_in_words(text)}, like {like}"

    def takes(self, value: float) -> bool:
        """Whether a number in model units may be typed."""
        return self._bounds_hold(value) and not (self._whole and value % 1)

    def other_reading(self, value: float) -> float | None:
        """What is likelier meant by an implausible number: as a fraction or as a per cent. None where nothing is."""
        of_units = self.unit.style is Style.MONEY or (self.unit.style is Style.NUMBER and self.unit.per)
        if of_units or self.plausible is None or self._is_plausible(value):
            return None
        others = (round(value * scale, _DIGITS) for scale in (100, 0.01))
        return next((other for other in others if self._is_plausible(other) and self.takes(other)), None)

    @property
    def _whole(self) -> bool:
        return self.unit.whole or self.unit.counted

    def _bounds_in_words(self, text: Format) -> str:
        low, high = (text.plain(bound, self.unit) if isfinite(bound) else "" for bound in (self.low, self.high))
        if low and high:
            return f" within {low} … {high}"
        return f" of at least {low}" if low else f" of at most {high}" if high else ""

    def _is_plausible(self, value: float) -> bool:
        return self.plausible is not None and self.plausible[0] <= value <= self.plausible[1]

    def _bounds_hold(self, value: float) -> bool:
        return isfinite(value) and self.low <= value <= self.high


def rule_of(assumption: Assumption) -> NumberRule:
    """The numbers that an assumption takes, its default as the example. Raises TypeError where it takes none."""
    if assumption.bounds is None:
        raise TypeError(f"{assumption.name} takes no numbers")
    default, known = float(assumption.default), assumption.range
    plausible = (known.low, known.high) if known else None
    if assumption.unit.style is Style.PERCENT:
        # Evidence that reaches down to nothing does not speak for a hundredth of what is likely.
        low = default / _REACH if known is None or 0 <= known.low < default / _REACH else known.low
        plausible = low, known.high if known else default * _REACH
    return NumberRule(assumption.unit, *assumption.bounds, default, plausible)


def with_sign(value: float, unit: Unit, text: Format) -> str:
    """A share or a ratio with its sign: "35 %", "1.2 ×"."""
    return text.plain(value, unit) + (f"{NO_BREAK}×" if unit.style is Style.NUMBER else "")
