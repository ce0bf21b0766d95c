"""Units as they were given: a table or scenarios, and what was read of them or why not. Pure, no Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.history.importing.data_file import DataFile
from model.history.importing.read import read_rows
from model.portfolio.business_unit import MOST_UNITS, BusinessUnit, of_scenarios, portfolio
from model.portfolio.table import units_of
from model.reading.faults import Fault, ScenarioError
from model.scenario import Scenario

# What a browser's table shows well, and minutes of work: larger groups are for the command line.
MOST_HERE = 1_000


@dataclass(frozen=True)
class GivenUnits:
    """Where units come from, the scenario that fills what rows do not say, and the units or what is wrong.

    `sheet` is the sheet of a workbook that is read, `sheets` all that it has; scenarios have no file.
    """

    name: str
    base: Scenario
    units: tuple[BusinessUnit, ...] = ()
    faults: tuple[Fault, ...] = ()
    file: DataFile | None = None
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    def on(self, base: Scenario) -> GivenUnits:
        """The same, with another scenario for what its rows do not say."""
        return of_table(self.file, base, self.sheet or None) if self.file else replace(self, base=base)


def of_table(file: DataFile, base: Scenario, sheet: str | None = None) -> GivenUnits:
    """The units of a table; every fault of it is kept beside it."""
    given = GivenUnits(file.name, base, file=file)
    try:
        grid = read_rows(file, sheet, MOST_UNITS + 1, tallest_heading=1).grid
        given = replace(given, sheet=grid.sheet, sheets=grid.sheets)
        return _bounded(replace(given, units=units_of(file, base, sheet)))
    except ScenarioError as error:
        return replace(given, faults=tuple(error.faults))


def of_library(scenarios: Sequence[Scenario], base: Scenario) -> GivenUnits:
    """Scenarios as units that count once each."""
    return _bounded(GivenUnits("Scenarios", base, of_scenarios(scenarios)))


def _bounded(given: GivenUnits) -> GivenUnits:
    """The units where they are not too many and no two have one name, else what is wrong with them."""
    count = len(given.units)
    faults = [*(_named_twice(given.units) if count else [Fault("units", "are missing; give one at least")])]
    if count > MOST_HERE:
        told = f"are {count}, of which the screen takes {MOST_HERE}; python -m model portfolio takes {MOST_UNITS}"
        faults.append(Fault("units", told))
    return replace(given, units=() if faults else given.units, faults=tuple(faults))


def _named_twice(units: Sequence[BusinessUnit]) -> Sequence[Fault]:
    try:
        # Currencies and rates are for the settings.
        alike = (replace(unit, scenario=unit.scenario.changed(currency="USD"), rate=None) for unit in units)
        portfolio([*alike], "USD")
    except ScenarioError as error:
        return error.faults
    return ()
