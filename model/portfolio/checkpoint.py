"""How far a run has come, in two files of plain data, so that another can go on with it."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from model.formula import Array
from model.portfolio.block import Failed, UnitOutcome, Worked, nothing
from model.portfolio.running.draws_on_disk import DrawsOnDisk
from model.portfolio.shared_beliefs import Drawing
from model.reading.faults import Fault, ScenarioError
from model.uncertainty.simulation import Spread

# How a file is written whole: see `model.command_line.whole_file`.
Write = Callable[[Path, bytes], None]
_DRAWS = ".draws"
_MEND = "remove it to begin anew"


@dataclass
class Progressed:
    """What is known after so many blocks of a run: the sums so far, what is told of each unit, their draws."""

    blocks: int
    npv: Array
    cash: Array
    values: float
    bars: dict[str, tuple[float, float]]
    outcomes: list[UnitOutcome]
    failed: list[Failed]
    draws: DrawsOnDisk

    def add(self, block: Worked) -> None:
        """One more block; the order of blocks is that of the units, which makes sums equal to the last digit."""
        self.blocks += 1
        self.npv += block.npv
        self.cash += block.cash
        self.values += block.values
        for name, (low, high) in block.bars.items():
            before = self.bars.get(name, (0.0, 0.0))
            self.bars[name] = (before[0] + low, before[1] + high)
        self.outcomes += block.outcomes
        self.failed += block.failed
        self.draws.append(block.draws)


def begin(how: Drawing, months: int, draws: DrawsOnDisk | None = None) -> Progressed:
    """Nothing done yet."""
    empty = nothing(how, months)
    return Progressed(0, empty.npv, empty.cash, 0.0, {}, [], [], draws or DrawsOnDisk(how.count))


@dataclass(frozen=True)
class Checkpoint:
    """Where the state of a run is kept: `path`, with each unit's draws beside it, and what the run is: `key`.

    `write` writes a file whole or not at all.
    """

    path: Path
    key: str
    write: Write

    @property
    def beside(self) -> Path:
        """The file of the draws."""
        return self.path.with_name(self.path.name + _DRAWS)

    @classmethod
    def of(cls, path: str, write: Write, key: str) -> Checkpoint:
        """The checkpoint of a run in a file."""
        return cls(Path(path), key, write)

    def load(self, how: Drawing, months: int) -> Progressed:
        """How far the run has come. Raises ScenarioError where the files are those of another run, or damaged."""
        try:
            if not self.path.exists():
                return begin(how, months, DrawsOnDisk(how.count, self.beside))
            digest, _, body = self.path.read_bytes().partition(b"\n")
            if hashlib.sha256(body).hexdigest().encode() != digest:
                raise ValueError
            told, npv, cash = self._read(body)
            return self._from(told, npv, cash, how)
        except OSError as error:
            raise self._refused(f"cannot be used: {error.strerror}") from None
        except (ValueError, KeyError, TypeError, EOFError) as error:
            if isinstance(error, ScenarioError):
                raise
            raise self._refused(f"is damaged or no checkpoint; {_MEND}") from None

    @staticmethod
    def _read(body: bytes) -> tuple[dict[str, object], Array, Array]:
        """What `save` wrote: plain data as JSON, and two arrays."""
        told, _, arrays = body.partition(b"\n")
        file = io.BytesIO(arrays)
        npv, cash = (np.load(file, allow_pickle=False) for _ in range(2))
        return json.loads(told), npv, cash

    def _from(self, told: dict[str, object], npv: Array, cash: Array, how: Drawing) -> Progressed:
        if told["key"] != self.key:
            raise self._refused(
                f"is of another run: other units, rates, draws or versions; {_MEND}, or name another"
            )
        outcomes = [_outcome(item) for item in _items(told["outcomes"])]
        draws = DrawsOnDisk(how.count, self.beside, len(outcomes))
        if draws.checksum != told["checksum"]:
            draws.close()
            raise self._refused(f"does not fit {self.beside.name} beside it; remove both to begin anew")
        bars = {str(name): (float(low), float(high)) for name, low, high in _items(told["bars"])}
        failed = [Failed(str(item["name"]), str(item["reason"])) for item in _items(told["failed"])]
        blocks, values = int(str(told["blocks"])), float(str(told["values"]))
        return Progressed(blocks, npv.copy(), cash.copy(), values, bars, outcomes, failed, draws)

    def save(self, state: Progressed) -> None:
        """Keep how far the run has come, the draws aside. Raises ScenarioError where it cannot be written."""
        told = {
            "key": self.key,
            "blocks": state.blocks,
            "values": repr(state.values),
            "checksum": state.draws.checksum,
            "bars": [(name, *ends) for name, ends in state.bars.items()],
            "outcomes": [asdict(item) for item in state.outcomes],
            "failed": [asdict(item) for item in state.failed],
        }
        file = io.BytesIO()
        file.write(json.dumps(told).encode() + b"\n")
        for array in (state.npv, state.cash):
            np.save(file, array, allow_pickle=False)
        body = file.getvalue()
        try:
            self.write(self.path, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        except OSError as error:
            raise self._refused(f"cannot be written: {error.strerror}") from None

    def done(self) -> None:
        """Remove the files: the run came to its end."""
        for path in (self.path, self.beside):
            path.unlink(missing_ok=True)

    def _refused(self, message: str) -> ScenarioError:
        return ScenarioError([Fault(str(self.path), message)])


def _items(told: object) -> Iterable[dict[str, object]]:
    """The entries of a list as it was kept. Raises TypeError."""
    if not isinstance(told, list):
        raise TypeError("a list was kept")
    return told


def _outcome(told: dict[str, object]) -> UnitOutcome:
    """What came of a unit, as it was kept. Raises TypeError where it is something else."""
    fields = {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
    spread = fields.pop("npv")
    if not isinstance(spread, dict):
        raise TypeError("an outcome was kept")
    sides = {key: tuple(value) if isinstance(value, list) else value for key, value in spread.items()}
    return UnitOutcome(npv=Spread(**sides), **fields)  # type: ignore[arg-type]
