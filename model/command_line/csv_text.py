"""The one place that writes CSV: texts quoted and never computed, numbers at full precision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from model.reading.texts import as_cell

if TYPE_CHECKING:
    import pandas as pd


def csv_text(table: pd.DataFrame, *, decimal_comma: bool = False) -> str:
    """A table as CSV: columns apart by commas, or with decimal commas by semicolons; lines end in a line feed.

    Every text, headings too, is quoted and begins with no sign that a spreadsheet takes for a formula's start.
    """
    apart = ";" if decimal_comma else ","
    rows = [tuple(table.columns), *table.itertuples(index=False, name=None)]
    return "".join(apart.join(_cell(value, decimal_comma) for value in row) + "\n" for row in rows)


def _cell(value: Any, decimal_comma: bool) -> str:
    import pandas as pd

    if isinstance(value, str):
        return '"' + as_cell(value).replace('"', '""') + '"'
    if pd.isna(value):
        return ""
    return str(value).replace(".", ",") if decimal_comma and isinstance(value, float) else str(value)
