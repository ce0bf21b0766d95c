"""Types edits into one open workbook in LibreOffice, one after the other: `typist.py PIPE < job.json > values.json`.

Run by the Python that LibreOffice's bridge is made for, beside a LibreOffice that listens at the pipe. The job names
the `file`, and by the name of each edit its `cells`, each a sheet, a place and what is typed there, and its `names`,
each with the sheet and the place it is to point to. The answer holds for each edit each sheet's values, row by row,
as they are after all was calculated anew; the edit is then taken back.
"""

import json
import sys
import time

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]

PATIENCE = 60
IN_ERROR = "#ERROR"
# LibreOffice's numbers for formulas as Excel's files have them, and for formulas in error.
XL_OOX, ERRORS = 3, 4


def connected(pipe):
    """The desktop of the LibreOffice at the other end of the pipe."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


class Typist:
    """An open workbook that is typed into."""

    def __init__(self, desktop, url):
        hidden = PropertyValue(Name="Hidden", Value=True)
        self.document = desktop.loadComponentFromURL(url, "_blank", 0, (hidden,))
        self.sheets = {sheet.Name: sheet for sheet in self.document.Sheets}
        for sheet in self.sheets.values():
            sheet.unprotect("")
        self.parser = self.document.createInstance("com.sun.star.sheet.FormulaParser")
        self.parser.CompileEnglish = True
        self.parser.FormulaConvention = XL_OOX

    def after(self, edit):
        """The values after an edit, which is taken back."""
        undo = [self.type(*cell) for cell in edit["cells"]] + [self.point(*name) for name in edit["names"]]
        self.document.calculateAll()
        values = {name: self.values(sheet) for name, sheet in self.sheets.items()}
        for back in reversed(undo):
            back()
        return values

    def type(self, sheet, place, value):
        """Type a value into a cell; gives back what takes it back."""
        cell = self.sheets[sheet].getCellRangeByName(place)
        tokens, before = (cell.getTokens(), None) if cell.Type.value == "FORMULA" else (None, cell.getDataArray())
        if not isinstance(value, str):
            cell.setValue(value)
        elif value.startswith("="):
            cell.setTokens(self.parser.parseFormula(value[1:], cell.CellAddress))
        else:
            cell.setString(value)
        return (lambda: cell.setTokens(tokens)) if before is None else (lambda: cell.setDataArray(before))

    def point(self, name, sheet, place):
        """Let a defined name point to another cell; gives back what takes it back."""
        found = self.document.NamedRanges.getByName(name)
        before = found.getContent()
        found.setContent(f"$'{sheet}'.{place}")
        return lambda: found.setContent(before)

    def values(self, sheet):
        """All values of a sheet up to its last used cell, row by row; a formula in error has one sign for all."""
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        everything = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
        rows = [list(row) for row in everything.getDataArray()]
        for area in everything.queryFormulaCells(ERRORS).RangeAddresses:
            for row in rows[area.StartRow : area.EndRow + 1]:
                row[area.StartColumn : area.EndColumn + 1] = [IN_ERROR] * (area.EndColumn + 1 - area.StartColumn)
        return rows


def main():
    """Answer the job."""
    job = json.load(sys.stdin)
    desktop = connected(sys.argv[1])
    typist = Typist(desktop, uno.systemPathToFileUrl(job["file"]))
    json.dump({name: typist.after(edit) for name, edit in job["edits"].items()}, sys.stdout)
    typist.document.close(True)
    desktop.terminate()


if __name__ == "__main__":
    main()
