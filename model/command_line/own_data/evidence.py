"""What a command line gives to learn from: a history, experiments, or both, beside a scenario."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from model.history.experiments.experiment import Experiment
from model.history.experiments.spec import is_spec, read_spec
from model.history.experiments.table import read_experiments
from model.history.importing.columns import Named
from model.history.importing.data_file import data_file
from model.history.importing.history import OwnHistory, read_history
from model.presets import DEFAULT_PRESET, PRESETS
from model.reading.faults import Fault, ScenarioError


@dataclass(frozen=True)
class GivenEvidence:
    """The history and the experiments of a command line, and the name of its scenario."""

    history: OwnHistory | None
    experiments: tuple[Experiment, ...]
    scenario: str


def read_evidence(options: argparse.Namespace, named: Named) -> GivenEvidence:
    """What a command line gives. Raises ScenarioError where a file or an experiment cannot be used."""
    file, scenario = options.file, options.scenario
    # With experiments alone the first name is that of a scenario.
    if options.experiment and scenario == DEFAULT_PRESET and file is not None and is_scenario(file):
        file, scenario = None, file
    history = None if file is None else read_history(data_file(Path(file)), named, options.sheet)
    return GivenEvidence(history, tuple(one for text in options.experiment for one in _read(text)), scenario)


def scenario_beside_results(options: argparse.Namespace) -> str:
    """The name of the scenario that results are put into. Raises ScenarioError where there is more to fit."""
    if options.experiment or (options.file is not None and not is_scenario(options.file)):
        message = "are taken over instead of a fit: give no history and no --experiment beside them"
        raise ScenarioError([Fault("--results", message)])
    return str(options.file or options.scenario)


def is_scenario(name: str) -> bool:
    """Whether a name is that of a scenario, not of a table."""
    return name in PRESETS or name.endswith(".json")


def _read(text: str) -> tuple[Experiment, ...]:
    if is_spec(text) and not Path(text).exists():
        return (read_spec(text),)
    return read_experiments(data_file(Path(text))).experiments
