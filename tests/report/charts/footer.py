"""The footer of a chart as plain text."""

from datetime import date

from model.projection import Projection
from report.words.stamp import SEPARATOR, stamps


def footer_text(projection: Projection, today: date) -> str:
    """Its two lines: name, hash, date, horizon; discount rate, tax, check state."""
    return "\n".join(SEPARATOR.join(stamp.text for stamp in line) for line in stamps(projection, today))
