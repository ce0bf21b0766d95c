"""The finished file made repeatable: the same content gives the same bytes, whenever it is written."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"
_STAMPED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def settled(content: bytes, today: date) -> bytes:
    """An Office file, and the workbooks embedded in it, dated on a day instead of when it was written."""
    file = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == _PROPERTIES:
                part = _STAMPED.sub(rb"\g<1>" + f"{today.isoformat()}T00:00:00Z".encode() + rb"\g<3>", part)
            elif name.endswith(".xlsx"):
                part = settled(part, today)
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, part)
    return file.getvalue()
