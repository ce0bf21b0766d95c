"""Scrambled Sobol points: the same, bit for bit, as SciPy's `qmc.Sobol`, whose import takes longer than most runs.

A point is the exclusive or of the direction numbers that its number's Gray code names (Antonov and Saleev 1979),
scrambled by a random triangular matrix and a random shift for each coordinate (Matoušek 1998).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.formula import Array

Whole = NDArray[np.uint32]

_BITS = 30
# From the second coordinate on: a primitive polynomial, and the first direction numbers (Joe and Kuo 2008).
_TABLE = """
    3: 1; 7: 1 3; 11: 1 3 1; 13: 1 1 1; 19: 1 1 3 3; 25: 1 3 5 13; 37: 1 1 5 5 17; 41: 1 1 5 5 5; 47: 1 1 7 11 19;
    55: 1 1 5 1 1; 59: 1 1 1 3 11; 61: 1 3 5 5 31; 67: 1 3 3 9 7 49; 91: 1 1 1 15 21 21; 97: 1 3 1 13 27 49;
    103: 1 1 1 15 7 5; 109: 1 3 1 15 13 25; 115: 1 1 5 5 19 61; 131: 1 3 7 11 23 15 103; 137: 1 3 7 13 13 15 69;
    143: 1 1 3 13 7 35 63; 145: 1 3 5 9 1 25 53; 157: 1 3 1 13 9 35 107; 167: 1 3 1 5 27 61 31;
    171: 1 1 5 11 19 41 61; 185: 1 3 5 3 3 13 69; 191: 1 1 7 13 1 19 1; 193: 1 3 7 5 13 19 59;
    203: 1 1 3 9 25 29 41; 211: 1 3 5 13 23 1 55; 213: 1 3 7 3 13 59 17; 229: 1 3 1 3 5 53 69;
    239: 1 1 5 5 23 33 13; 241: 1 1 7 7 1 61 123; 247: 1 1 7 9 13 61 49; 253: 1 3 3 5 3 55 33;
    285: 1 3 1 15 31 13 49 245; 299: 1 3 5 15 31 59 63 97; 301: 1 3 1 11 11 11 77 249; 333: 1 3 1 11 27 43 71 9;
    351: 1 1 7 15 21 11 81 45; 355: 1 3 7 3 25 31 65 79; 357: 1 3 1 1 19 11 3 205; 361: 1 1 5 9 19 21 29 157;
    369: 1 3 7 11 1 33 89 185; 391: 1 3 3 3 15 9 79 71; 397: 1 3 7 11 15 39 119 27; 425: 1 1 3 1 11 31 97 225;
    451: 1 1 1 3 23 43 57 177; 463: 1 3 7 7 17 17 37 71; 487: 1 3 1 5 27 63 123 213; 501: 1 1 3 5 11 43 53 133;
    529: 1 3 5 5 29 17 47 173 479; 539: 1 3 3 11 3 1 109 9 69; 545: 1 1 1 5 17 39 23 5 343;
    557: 1 3 1 5 25 15 31 103 499; 563: 1 1 1 11 11 17 63 105 183; 601: 1 1 5 11 9 29 97 231 363;
    607: 1 1 5 15 19 45 41 7 383; 617: 1 3 7 7 31 19 83 137 221; 623: 1 1 1 3 23 15 111 223 83;
    631: 1 1 5 13 31 15 55 25 161; 637: 1 1 3 13 25 47 39 87 257; 647: 1 1 1 11 21 53 125 249 293;
    661: 1 1 7 11 11 7 57 79 323; 675: 1 1 5 5 17 13 81 3 131; 677: 1 1 7 13 23 7 65 251 475;
    687: 1 3 5 1 9 43 3 149 11; 695: 1 1 3 13 31 13 13 255 487; 701: 1 3 3 1 5 63 89 91 127;
    719: 1 1 3 3 1 19 123 127 237; 721: 1 1 5 7 23 31 37 243 289; 731: 1 1 5 11 17 53 117 183 491;
    757: 1 1 1 5 1 13 13 209 345; 761: 1 1 3 15 1 57 115 7 33; 787: 1 3 1 11 7 43 81 207 175;
    789: 1 3 1 1 15 27 63 255 49; 799: 1 3 5 3 27 61 105 171 305; 803: 1 1 5 3 1 3 57 249 149
"""
MOST_COORDINATES = 1 + _TABLE.count(":")


class Sobol:
    """The points of a number of coordinates and a seed. Raises ValueError for more coordinates than there can be."""

    def __init__(self, coordinates: int, seed: int) -> None:
        if coordinates > MOST_COORDINATES:
            raise ValueError(f"Sobol points have at most {MOST_COORDINATES} coordinates, not {coordinates}")
        [random] = np.random.default_rng(seed).spawn(1)
        size = (coordinates, _BITS)
        self._shift = _number(random.integers(0, 2, size, dtype=np.uint32)[:, ::-1])
        mixing = np.tril(random.integers(0, 2, (*size, _BITS), dtype=np.uint32))
        mixing[:, range(_BITS), range(_BITS)] = 1
        mixed = mixing @ _directions(coordinates) % 2
        self._directions: Whole = np.array([_number(mixed[:, :, place]) for place in range(_BITS)])

    def block(self, start: int, count: int) -> Array:
        """The `count` points, a power of two, from number `start`, a multiple of it: shape (count, coordinates)."""
        points = self._shift[np.newaxis]
        for place, direction in enumerate(self._directions):
            if (start ^ start >> 1) >> place & 1:
                points = points ^ direction
        for direction in self._directions[: count.bit_length() - 1]:
            points = np.concatenate((points, points[::-1] ^ direction))
        return np.asarray(points * 2.0**-_BITS, dtype=float)


def _number(bits: Whole) -> Whole:
    """Numbers from their bits along the last axis, the highest first."""
    return bits @ (1 << np.arange(_BITS, dtype=np.uint32)[::-1])


def _directions(coordinates: int) -> Whole:
    """The direction numbers before they are scrambled, by bits: shape (coordinates, bits, numbers)."""
    numbers = [[1] * _BITS]
    for row in _TABLE.split(";")[: coordinates - 1]:
        polynomial, _, first = row.partition(":")
        numbers.append(_extended(int(polynomial), [int(number) for number in first.split()]))
    high = [[number << _BITS - 1 - place for place, number in enumerate(own)] for own in numbers]
    places = np.arange(_BITS, dtype=np.uint32)[::-1, np.newaxis]
    return np.array(high, dtype=np.uint32)[:, np.newaxis] >> places & np.uint32(1)


def _extended(polynomial: int, numbers: list[int]) -> list[int]:
    """All direction numbers of a coordinate from its first ones, by its polynomial's recurrence."""
    degree = len(numbers)
    for _ in range(_BITS - degree):
        new = numbers[-degree]
        for back in range(1, degree + 1):
            if polynomial >> degree - back & 1:
                new ^= numbers[-back] << back
        numbers.append(new)
    return numbers
