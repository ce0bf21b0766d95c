"""How far a run has come, in two files of plain data, so that another can go on with it."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from model.formula import Array
from model.portfolio.block import Failed, UnitOutcome, Worked, nothing
from model.portfolio.running.draws_on_disk import DrawsOnDisk
from model.portfolio.running.journal import check_journal, is_journal
from model.portfolio.shared_beliefs import Drawing
from model.reading.faults import Fault, ScenarioError
from model.uncertainty.simulation import Spread

# How a file is written whole: see `model.command_line.whole_file`.
Write = Callable[[Path, bytes], None]


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
class Resumed:
    """Where a run is kept on the way: in `path` and files beside it; `write` writes a file whole or not at all."""

    path: Path
    write: Write

    @property
    def draws(self) -> Path:
        """The file of each unit's draws."""
        return self.path.with_name(f"{self.path.name}.draws")

    @property
    def split(self) -> Path:
        """The file of what an allocation has so far."""
        return self.path.with_name(f"{self.path.name}.split")

    @property
    def all(self) -> tuple[Path, ...]:
        """The files of a run."""
        return self.path, self.draws, self.split

    def done(self) -> None:
        """Remove the files: the run came to its end, and each was known to be its own when it began.

        Raises OSError.
        """
        for path in self.all:
            path.unlink(missing_ok=True)


@dataclass(frozen=True)
class Checkpoint:
    """The state of a run that is kept, and what the run is: `key`."""

    files: Resumed
    key: str

    @property
    def _mend(self) -> str:
        """What is to be removed; a file beside it that may be something else is not named."""
        beside = [path.name for path in (self.files.draws,) if path.exists()]
        beside += [path.name for path in (self.files.split,) if is_journal(path)]
        return f"remove {' and '.join(['it', *beside])} to begin anew"

    def load(self, how: Drawing, months: int) -> Progressed:
        """How far the run has come.

        Raises ScenarioError where one of the files, that of an allocation too, is of another run, damaged or of no
        run; they stay as they are.
        """
        try:
            if not self.files.path.exists():
                return self._begun(how, months)
            digest, _, body = self.files.path.read_bytes().partition(b"\n")
            if not re.fullmatch(b"[0-9a-f]{64}", digest):
                raise self._refused("is something else than the state of a run; name another file for the run")
            if hashlib.sha256(body).hexdigest().encode() != digest:
                raise ValueError
            told, npv, cash = self._read(body)
            return self._from(told, npv, cash, how)
        except OSError as error:
            raise self._refused(f"cannot be used: {error.strerror}") from None
        except (ValueError, KeyError, TypeError, EOFError) as error:
            if isinstance(error, ScenarioError):
                raise
            raise self._refused(f"is damaged; {self._mend}, or name another") from None

    def _begun(self, how: Drawing, months: int) -> Progressed:
        """Nothing done yet, kept at once: draws without a state are then none of a run."""
        check_journal(self.files.split, self.key)
        try:
            draws = DrawsOnDisk(how.count, self.files.draws)
        except FileExistsError:
            beside = self.files.draws.name
            told = f"is not there, but {beside} is, which may be something else; name another, or move it"
            raise self._refused(told) from None
        state = begin(how, months, draws)
        try:
            self.save(state)
        except ScenarioError:
            draws.close()
            self.files.draws.unlink()
            raise
        return state

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
                f"is of another run: other units, rates, draws or versions; {self._mend}, or name another"
            )
        check_journal(self.files.split, self.key)
        outcomes = [_outcome(item) for item in _items(told["outcomes"])]
        bars = {str(name): (float(low), float(high)) for name, low, high in _items(told["bars"])}
        failed = [Failed(str(item["name"]), str(item["reason"])) for item in _items(told["failed"])]
        blocks, values = int(str(told["blocks"])), float(str(told["values"]))
        draws = self._fitting(how.count, len(outcomes), told["checksum"])
        return Progressed(blocks, npv.copy(), cash.copy(), values, bars, outcomes, failed, draws)

    def _fitting(self, width: int, rows: int, checksum: object) -> DrawsOnDisk:
        """The draws beside the state; nothing of them is dropped before they are known to be those."""
        try:
            draws = DrawsOnDisk(width, self.files.draws, rows)
        except FileNotFoundError:
            raise self._refused(f"has no {self.files.draws.name} beside it; {self._mend}") from None
        if draws.checksum != checksum:
            draws.close()
            raise self._refused(f"does not fit {self.files.draws.name} beside it; {self._mend}")
        draws.drop_rest()
        return draws

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
            self.files.write(self.files.path, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        except OSError as error:
            raise self._refused(f"cannot be written: {error.strerror}") from None

    def _refused(self, message: str) -> ScenarioError:
        return ScenarioError([Fault(str(self.files.path), message)])


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
