"""Units to try: markets of a group that does not exist, as a table like one that a person gives."""

from __future__ import annotations

from model.history.importing.data_file import DataFile

_DAY = "2026-11-01"
_HEADING = (
    "name", "currency", "rate", "weight", "employees", "revenue_per_employee", "contribution_margin",
    "social_share_start", "social_share_target", "social_relative_return", "tags", "most_share", "notes",
)  # fmt: skip
# What one unit of a currency is in US dollars, invented like all else.
_RATES = {"USD": "", "EUR": f"1.08@{_DAY}", "GBP": f"1.27@{_DAY}", "SEK": f"0.095@{_DAY}"}
_MARKETS = (
    ("United States", "USD", "", 900, 260_000, "36 %", "14 %", "26 %", 1.3, "Americas", "", ""),
    ("Canada", "USD", "", 380, 230_000, "33 %", "11 %", "22 %", 1.1, "Americas", "", ""),
    ("Germany", "EUR", "60 %", 620, 210_000, "30 %", "12 %", "16 %", 1.4, "Europe | partly owned", "25 %",
     "60 % of it is owned"),
    ("France", "EUR", "", 640, 200_000, "31 %", "12 %", "24 %", 0.9, "Europe", "", ""),
    ("Netherlands", "EUR", "", 430, 250_000, "35 %", "13 %", "15 %", 1.35, "Europe", "30 %", ""),
    ("United Kingdom", "GBP", "", 410, 190_000, "34 %", "15 %", "22 %", 1.2, "Europe", "", ""),
    ("Nordics", "SEK", "", 260, 2_300_000, "33 %", "16 %", "26 %", 1.1, "Europe", "", ""),
    ("Online shop", "USD", "", 95, 620_000, "31 %", "20 %", "34 %", 1.1, "", "40 %", ""),
)  # fmt: skip


def example_units() -> DataFile:
    """The example as a file: eight markets in four currencies."""
    rows = [(name, currency, _RATES[currency], *map(str, others)) for name, currency, *others in _MARKETS]
    return DataFile("example-units.csv", ("\n".join(map(",".join, [_HEADING, *rows])) + "\n").encode())
