"""A file of figures as it was given, from this machine or a browser."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from model.reading.faults import Fault, ScenarioError

# Half a century of weeks with two hundred columns takes less.
MAX_BYTES = 10_000_000
# The name of the simulated history to try things on, by which whatever comes of it is marked.
EXAMPLE = "example-history.csv"


@dataclass(frozen=True)
class DataFile:
    """A file as it was given: its name and what is in it."""

    name: str
    content: bytes

    def refused(self, message: str) -> ScenarioError:
        """What is raised where it cannot be used."""
        return ScenarioError([Fault(self.name, message)])


def data_file(path: Path) -> DataFile:
    """A file of this machine. Raises ScenarioError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return DataFile(str(path), file.read(MAX_BYTES + 1))
    except OSError as error:
        raise ScenarioError([Fault(str(path), f"cannot be read: {error.strerror}")]) from None
