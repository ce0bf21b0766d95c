"""Edits a workbook as a user would, and has LibreOffice recalculate it: the model's second engine in use."""

import json
import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from openpyxl import Workbook, load_workbook

from model.lines import LINES

# Debian's packages of the program that recalculates, and of the bridge to it.
PACKAGE, BRIDGE = "libreoffice-calc-nogui", "python3-uno"
_TYPIST = Path(__file__).with_name("typist.py")
TOLERANCE = 1e-9

# Without the first LibreOffice keeps the values that stand in a file; without the others it greets its user.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse">
<value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Syntax"><prop oor:name="Grammar" oor:op="fuse">
<value>{grammar}</value></prop></item>
</oor:items>
"""
# How LibreOffice prints formulas: in its own manner, as Excel does, or by numbers of rows and columns.
OWN, AS_EXCEL, BY_NUMBERS = range(3)


def edit(book, values, path=None, column=1):
    """Type values, and the year-ends of a custom path, into the column of a scenario; switches as 1 or 0."""
    typed = {name: value if isinstance(value, str) else float(value) for name, value in values.items()}
    typed |= {f"social_share_path_{year}": share for year, share in enumerate(path or (), start=1)}
    for name, value in typed.items():
        book["Inputs"].cell(row_of(book["Inputs"], name), scenario_column(book["Inputs"], column)).value = value


def row_of(sheet, name):
    """The row whose public name in column A is `name`."""
    return next(cell.row for cell in sheet["A"] if cell.value == name)


def scenario_column(sheet, number):
    """The column of a scenario on Inputs."""
    return next(
        cell.column for row in sheet.iter_rows(max_row=10) for cell in row if cell.value == f"Scenario {number}"
    )


def named_cell(book, name):
    """The cell of a defined name."""
    sheet, place = _place(book.defined_names[name].attr_text)
    return book[sheet][place.replace("$", "")]


def recalculated(program, file, grammar=OWN):
    """The values of a workbook's file after LibreOffice has calculated it anew."""
    return _typed(program, file, {"": {"cells": [], "names": []}}, grammar)[""]


def recalculated_after(changes, delivered, program, folder, grammar=OWN):
    """The values of a delivered workbook after each edit, by the edit's name.

    All are typed into one open workbook, as a person does, and taken back: to open it anew takes twice as long.
    """
    file = folder / "delivered.xlsx"
    delivered.save(file, lambda _: None)
    edits = {name: _edit(*delivered.typed(change)) for name, change in changes.items()}
    return _typed(program, file, edits, grammar)


def _edit(cells, names):
    """What is typed, as the typist takes it."""
    return {
        "cells": [(cell.parent.title, cell.coordinate, value) for cell, value in cells.items()],
        "names": [(name, *_place(text)) for name, text in names.items()],
    }


def _place(text):
    """Sheet and cell that a defined name points to."""
    sheet, _, place = text.partition("!")
    return sheet.strip("'"), place


def _typed(program, file, edits, grammar):
    soffice = program("soffice", "libreoffice", package=PACKAGE)
    python = program("/usr/bin/python3", package=BRIDGE)
    profile = file.parent / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_PROFILE.format(grammar=grammar))
    pipe = f"typist-{uuid4().hex}"
    listening = [
        soffice, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--norestore",
        f"--accept=pipe,name={pipe};urp",
    ]  # fmt: skip
    job = json.dumps({"file": str(file), "edits": edits})
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(listening, start_new_session=True, **quiet) as office:
        try:
            answer = subprocess.run(
                [python, _TYPIST, pipe], input=job, capture_output=True, text=True, check=True, timeout=600
            )
            office.wait(60)
        finally:
            # The program that was started is a script that starts others.
            with suppress(ProcessLookupError):
                os.killpg(office.pid, signal.SIGKILL)
    names = load_workbook(file, read_only=True).defined_names
    return {name: Values(sheets, names) for name, sheets in json.loads(answer.stdout).items()}


def changed_by_sheet(values):
    """How many formulas of each sheet, and how many defined names, are not those delivered."""
    rows = iter(values.book["Checks"].iter_rows(min_col=2, max_col=3, values_only=True))
    next(row for row in rows if row[0] == "Formulas that are not those delivered, by sheet")
    return {label: value for label, value in rows if label}


class Values:
    """The values of a workbook, by the public names a program finds them by."""

    def __init__(self, sheets, names):
        self.book = Workbook()
        self.book.remove(self.book.active)
        self.book.defined_names = names
        for title, rows in sheets.items():
            sheet = self.book.create_sheet(title)
            for row, values in enumerate(rows, start=1):
                for column, value in enumerate(values, start=1):
                    if value not in ("", None):
                        # As it is: nothing here is a formula.
                        sheet.cell(row, column)._value = value

    def by_name(self, sheet):
        """The cells of each row by the public name in column A."""
        return {row[0].value: row for row in self.book[sheet].iter_rows() if row[0].value}

    def months(self):
        """Every row of Months: public name to {month: value}."""
        rows = self.by_name("Months")
        header = {cell.column: cell.value for cell in rows["t"] if isinstance(cell.value, int | float)}
        return {
            name: {header[cell.column]: cell.value for cell in row if cell.column in header}
            for name, row in rows.items()
        }

    def summary(self):
        """Every metric: public name to its value, None where the cell is empty or holds text."""
        values = {name: row[2].value for name, row in self.by_name("Summary").items()}
        return {name: value if isinstance(value, int | float) else None for name, value in values.items()}

    def named(self, name):
        """The value of a defined name."""
        return named_cell(self.book, name).value

    def texts(self):
        """Every text of the workbook with its place."""
        for sheet in self.book:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str):
                        yield f"{sheet.title}!{cell.coordinate}", cell.value


def same(left, right):
    """Whether two numbers agree within the tolerance, or neither is one."""
    if left is None or right is None:
        return left is right
    return abs(left - right) <= TOLERANCE * max(abs(left), abs(right))


def differences(values, projection):
    """Where a recalculated workbook is not what the app says."""
    months, summary = values.months(), values.summary()
    for name in LINES:
        for month, figure in enumerate(projection.lines[name].tolist(), start=1):
            if not same(months[name][month], figure):
                yield name, month, months[name][month], figure
    for name, figure in {**projection.metrics, **projection.counterfactuals}.items():
        if not same(summary[name], figure):
            yield name, summary[name], figure
