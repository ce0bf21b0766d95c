"""Has HyperFormula recalculate a workbook: a third engine, of another make than LibreOffice and the model.

What it cannot do: it prints the formula of one cell only (FORMULATEXT of several gives an error), and asked for
ROW, COLUMN, ROWS, COLUMNS or SHEET of a defined name it stops altogether. So the comparison of defined names is
left out, and the values of the sheet Fingerprints are not read.
"""

import json
import subprocess
from datetime import datetime
from pathlib import Path

from report.workbook.defence.fingerprints import DIFFER, OF_NAMES, OF_SHEET, SHEET
from tests.report.workbook.recalculation import Values

HOME = Path(__file__).parent / "hyperformula"
INSTALLED = HOME / "node_modules" / "hyperformula"
_EPOCH = datetime(1899, 12, 30)


def number(value):
    """A date as a cell holds it; everything else as it is."""
    return (value - _EPOCH).days if isinstance(value, datetime) else value


def content(cell):
    """What a cell holds, as the engine reads it."""
    value = number(cell.value)
    if isinstance(value, str):
        # Text is told from a formula by an apostrophe; a function of newer programs has a prefix in the file.
        return value.replace("_xlfn.", "") if cell.data_type == "f" else f"'{value}"
    return value


def recalculated(node, book, edits, folder):
    """The values of all sheets but Fingerprints after each edit.

    An edit is {(sheet, row, column): value}, rows and columns counted from 1.
    """
    sheets = {sheet.title: [[content(cell) for cell in row] for row in sheet.iter_rows()] for sheet in book}
    for row in sheets[SHEET]:
        if row[OF_SHEET] == f"'{OF_NAMES}":
            row[DIFFER] = 0
    typed = [
        [[sheet, row - 1, col - 1, f"'{value}" if isinstance(value, str) else value]
         for (sheet, row, col), value in edit.items()]
        for edit in edits
    ]  # fmt: skip
    names = {name: item.attr_text for name, item in book.defined_names.items()}
    source, target = folder / "workbook.json", folder / "values.json"
    source.write_text(json.dumps({"sheets": sheets, "names": names, "edits": typed, "unread": [SHEET]}))
    subprocess.run([node, HOME / "evaluate.mjs", source, target], check=True, capture_output=True, timeout=600)
    return [Values(_told(found), book.defined_names) for found in json.loads(target.read_text())]


def _told(sheets):
    """The values of all sheets; an error is its sign."""
    return {
        name: [[value["error"] if isinstance(value, dict) else value for value in row] for row in rows]
        for name, rows in sheets.items()
    }
