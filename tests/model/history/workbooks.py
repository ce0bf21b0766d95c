"""Workbooks for the tests: as openpyxl writes them, and made part by part where no program would write them."""

from __future__ import annotations

import io
import zipfile

import openpyxl

from model.history.importing.columns import Named
from model.history.importing.data_file import DataFile
from model.history.importing.history import read_history

_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
RELATION = f'<Relationship Id="{{}}" Type="{_TYPES}/{{}}" Target="{{}}"/>'


def saved(book):
    """The bytes of a workbook of openpyxl."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def book_of(*rows, name="Data"):
    """A workbook with a sheet of these rows."""
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    return book


def parts(sheet, **others):
    """The parts of a workbook by name: one sheet of this XML, and others in place of the usual."""
    return {
        "_rels/.rels": RELATIONS.format(RELATION.format("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="Data" r:id="s1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": RELATIONS.format(
            RELATION.format("s1", "worksheet", "worksheets/sheet1.xml")
            + RELATION.format("t", "sharedStrings", "sharedStrings.xml")
            + RELATION.format("f", "styles", "/xl/styles.xml")
        ),
        "xl/worksheets/sheet1.xml": f"<worksheet>{sheet}</worksheet>",
        **others,
    }


def zipped(contents, packed=zipfile.ZIP_DEFLATED):
    """An archive of parts by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packed, compresslevel=1) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()


def read(content, named=None, sheet=None, name="history.xlsx"):
    """The history in a file of these bytes."""
    return read_history(DataFile(name, content), named or Named(), sheet)
