"""Histories as finance and ad platforms write them: read alike, or refused with the fault and its mend."""

import codecs
import time
from datetime import date, timedelta

import numpy as np
import pytest

from model.history.importing.columns import Named, channel_kind
from model.history.importing.data_file import MAX_BYTES, DataFile, data_file
from model.history.importing.dates import read_dates
from model.history.importing.grid import MAX_ROWS, SetAside
from model.history.importing.history import read_history
from model.reading.faults import ScenarioError

WEEKS = [date(2022, 1, 3) + timedelta(days=7 * week) for week in range(90)]
REVENUE = [1_000_000.5 + 1000 * week for week in range(90)]
SOCIAL = [10_000.25 + 100 * (week % 7) for week in range(90)]
HEADING = ["Week", "Revenue", "Facebook spend", "TV spend", "Promotion"]


def text_of(number, comma=False, grouped=False):
    """A number as a spreadsheet shows it."""
    text = f"{number:,.2f}" if grouped else f"{number:.2f}"
    return text.translate(str.maketrans(",.", ".,")) if comma else text


def rows(comma=False, grouped=False, form="%Y-%m-%d", days=WEEKS):
    """The cells of a usual file below its heading."""
    return [
        [day.strftime(form), text_of(revenue, comma, grouped), text_of(social, comma, grouped), "70000", "no"]
        for day, revenue, social in zip(days, REVENUE, SOCIAL, strict=False)
    ]


def lines(cells, separator=","):
    """Cells as the lines of a file, quoted where they must be."""
    return "\r\n".join(
        separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in [HEADING, *cells]
    )


def read(tmp_path, content, named=None):
    """The history of a file's content."""
    path = tmp_path / "history.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_history(data_file(path), named or Named())


def is_as_written(history):
    """Whether all that was written was read."""
    assert history.weekly
    assert history.dates == tuple(WEEKS)
    assert history.revenue == pytest.approx(REVENUE)
    assert history.social == pytest.approx(SOCIAL)
    assert history.other.tolist() == [70_000] * 90
    assert history.set_aside == ()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("comma", [False, True])
@pytest.mark.parametrize("grouped", [False, True])
def test_separators_and_marks(tmp_path, separator, comma, grouped):
    history = read(tmp_path, lines(rows(comma, grouped), separator))
    is_as_written(history)
    assert (history.separator, history.marks.comma) == (separator, comma)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE), ("utf-16-le", b""), ("utf-16-be", b""), ("cp1252", b""),
    ],
)  # fmt: skip
def test_encodings(tmp_path, encoding, mark):
    text = lines(rows()).replace("Week,Revenue", "Uge,Omsætning")
    history = read(tmp_path, mark + text.encode(encoding))
    is_as_written(history)
    assert history.columns.revenue == "Omsætning"


@pytest.mark.parametrize(
    "form",
    ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%y", "%Y/%m/%d", "%Y%m%d", "%d %b %Y", "%b %d, %Y",
     "%A %d %B %Y", "%a, %d %b %Y", "%Y-%m-%dT00:00:00Z", "%Y-%m-%d 00:00",
     "%G-W%V", "Week %V %G", "%Y-%m-%d - 2029-01-01"],
)  # fmt: skip
def test_dates_of_weeks(tmp_path, form):
    is_as_written(read(tmp_path, lines(rows(form=form))))


@pytest.mark.parametrize("form", ["%Y-%m", "%m/%Y", "%b %Y", "%B %Y", "%Y-%m-01", "01.%m.%Y", "%m/01/%Y", "%Y%m"])
def test_dates_of_months(tmp_path, form):
    months = [date(2019 + month // 12, month % 12 + 1, 1) for month in range(48)]
    history = read(tmp_path, lines(rows(form=form, days=months)))
    assert not history.weekly
    assert history.dates == tuple(months)
    assert history.period_words == "2019-01-01 to 2022-12-01, 48 months"


def test_months_that_are_named_by_their_last_day(tmp_path):
    ends = [date(2019 + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1) for month in range(36)]
    assert read(tmp_path, lines(rows(days=ends))).dates[1] == date(2019, 2, 1)


def test_names_of_months_in_other_languages():
    cells = ["3. maj 2021", "10. okt. 2021", "1 décembre 2021", "5. März 2022", "x"]
    assert read_dates(cells) == [date(2021, 5, 3), date(2021, 10, 10), date(2021, 12, 1), date(2022, 3, 5), None]


def test_what_is_no_row_of_the_table_is_set_aside_with_its_reason(tmp_path):
    cells = rows()
    cells[5][1], cells[6][2], cells[7][3] = "", "much", "-5"
    text = "\n\nReport of 2024\n" + lines([*cells, ["Total", "9", "9", "9", ""], ["", "9", "9", "9", ""], cells[4]])
    history = read(tmp_path, text.replace("\r", "") + "\n")
    assert history.set_aside == (
        SetAside(1, "is empty"),
        SetAside(2, "is empty"),
        SetAside(3, "stands above the heading"),
        SetAside(10, "has no revenue in Revenue"),
        SetAside(11, "has “much” in Facebook spend, which is no amount with a decimal point"),
        SetAside(12, "has “-5” in TV spend, below zero"),
        SetAside(95, "is a total (“Total”)"),
        SetAside(96, "has no date in Week"),
        SetAside(97, "is the same as row 9"),
    )
    assert history.periods == 87
    assert history.observed.sum() == 87
    assert history.dates == tuple(WEEKS)
    assert any("3 weeks are missing" in told for told in history.told)


def test_rows_in_another_order_are_sorted_and_that_is_told(tmp_path):
    history = read(tmp_path, lines(rows()[::-1]))
    is_as_written(history)
    assert history.told == ("Rows are not in the order of their dates: they were sorted",)


def test_blank_spend_is_zero_and_that_is_told(tmp_path):
    cells = rows()
    cells[3][3] = ""
    history = read(tmp_path, lines(cells))
    assert history.other[3] == 0
    assert history.told == ("TV spend is blank in 1 row: taken as 0",)


def test_words_of_events_become_columns(tmp_path):
    cells = rows()
    cells[3][4] = cells[9][4] = "Easter"
    history = read(tmp_path, lines(cells))
    assert list(history.controls) == ["Promotion: Easter"]
    assert np.flatnonzero(history.control_columns[:, 0]).tolist() == [3, 9]


def test_columns_that_are_named_count_and_the_others_are_guessed(tmp_path):
    named = Named(social=["tv spend", "Facebook spend"], other=[], control=[])
    history = read(tmp_path, lines(rows()), named)
    assert history.social == pytest.approx(np.array(SOCIAL) + 70_000)
    assert (history.columns.date, history.columns.revenue) == ("Week", "Revenue")
    assert history.columns.unused == ("Promotion",)
    assert history.other.tolist() == [0] * 90


@pytest.mark.parametrize(
    ("named", "message"),
    [
        (
            Named(revenue="Revenu"),
            "--revenue: names 'Revenu', which is no column of the file; did you mean 'Revenue'?",
        ),
        (
            Named(social=["Revenue"], revenue="Revenue"),
            "--social: names 'Revenue', which is named by --revenue already",
        ),
        (Named(social=[]), "--social: is needed: no column was found that holds what was spent on social media"),
    ],
)
def test_columns_that_cannot_be_are_refused(tmp_path, named, message):
    with pytest.raises(ScenarioError) as refused:
        read(tmp_path, lines(rows()), named)
    assert message in str(refused.value)


def days(count, step=1):
    """The lines of a file with a row every so many days."""
    return lines(rows(days=[date(2022, 1, 1) + timedelta(days=step * day) for day in range(count)]))


def twice():
    """The lines of a file in which two rows of a date differ."""
    cells = rows()
    return lines([*cells, [*cells[0][:4], "yes"]])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"PK\x03\x04anything", "is cut off or damaged"),
        (b"\xd0\xcf\x11\xe0anything", "save the sheet as .xlsx or CSV"),
        (b"a,b\n1,\x00", "holds zero bytes"),
        (b"x" * (MAX_BYTES + 1), "is too large"),
        (b"1,2\n3,4\n", "has no heading"),
        (b"Week,Revenue,Facebook\n", "has no rows below the heading in row 1"),
        (b"Week,Revenue,Facebook\n" + b"2022-01-03,1,1\n" * (MAX_ROWS + 1), f"has more than {MAX_ROWS} rows"),
        (("c," * 300 + "\n" + "1," * 300).encode(), "has 301 columns; at most 200 are read"),
        (b'Week,Revenue,Facebook\n"' + b"x" * 200_000, "cannot be read as a table"),
        (days(90), "do not follow each other by weeks or months; sum revenue and spend"),
        (days(90, 91), "do not follow each other by weeks or months"),
        (lines(rows()[:60]), "has 60 weeks that can be used; at least 78 are needed"),
        (lines(rows()[:1]), "has 1 row that can be used; at least 78 weeks or 30 months are needed"),
        (
            lines([*rows()[:40], *rows(days=[day + timedelta(days=140) for day in WEEKS])[40:]]),
            "lacks 20 of 110 weeks",
        ),
        (twice(), "has two rows for 2022-01-03 that differ, 2 and 92; keep one row"),
        (lines([["soon", *row[1:]] for row in rows()]), "--date: is needed"),
    ],
)
def test_files_that_cannot_be_used_are_refused(tmp_path, content, message):
    with pytest.raises(ScenarioError) as refused:
        read(tmp_path, content)
    assert message in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ScenarioError, match="cannot be read: No such file"):
        data_file(tmp_path / "none.csv")


def filled(cells, count):
    """A file with so many equal rows below a heading of as many columns."""
    columns = cells.count(",") + 1
    heading = ",".join(["Week", "Revenue", "Facebook", *[f"x{place}" for place in range(columns)]][:columns])
    return (heading + "\n" + (cells + "\n") * count).encode()


# Each is as large as a file may be, or as slow as one was.
HOSTILE = {
    "ten million cells": (b"1," * 4_990_000, "cannot be read as a table"),
    "too many columns": (filled(",".join(["1"] * 1_600), 3_000), "has more than 600000 cells"),
    "as many columns as may be": (filled(",".join(["1/2/22 12 EUR"] * 190), 2_999), "--date: is needed"),
    "as many numbers as may be": (filled("2022-01-03," + ",".join(["123456"] * 190), 2_999), "has 1 row that can"),
    "nothing but lines": (b"Week,Revenue,Facebook\n" + b"\n" * 9_900_000, f"has more than {MAX_ROWS} rows"),
    "nothing but separators": (lines(rows()[:1]).encode() + b",,,\n" * 90_000, "has 1 row that can be used"),
    "nothing but quotes": (b'"' * 9_900_000, "cannot be read as a table"),
    "endless digits": (filled("2022-01-03," + "1" * 3_000 + "a,1", 2_900), "has 0 rows that can be used"),
    "one endless number": (b"1" * 130_000 + b"a,b\n" + filled("2022-01-03,2,1", 2), "has 1 row that can be used"),
    "endless words": (filled("2022-01-03," + "x " * 30_000 + ",1", 100), "has 0 rows that can be used"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_work_is_bounded_before_it_is_done(tmp_path, name):
    content, message = HOSTILE[name]
    begun = time.process_time()
    with pytest.raises(ScenarioError) as refused:
        read(tmp_path, content)
    # Of the processor, which a busy machine gives late. It takes far less.
    assert time.process_time() - begun < 2
    assert message in str(refused.value)
    assert len(str(refused.value)) < 2_500


def test_empty_rows_are_told_one_by_one_up_to_a_number(tmp_path):
    history = read(tmp_path, lines(rows()) + "\n" * 1_501)
    assert len(history.set_aside) == 1_000
    assert history.told == ("500 more rows are empty",)


def test_a_first_week_that_is_cut_short_is_set_aside_and_no_other(tmp_path):
    cells = rows(days=[date(2022, 1, 1), *WEEKS])
    history = read(tmp_path, lines(cells))
    assert history.dates[0] == WEEKS[0]
    assert history.set_aside == (SetAside(2, "2022-01-01 is no whole number of weeks after 2022-01-03"),)


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
def test_an_error_is_no_blank_and_no_number(tmp_path, error):
    cells = rows()
    cells[4][3] = error
    history = read(tmp_path, lines(cells))
    assert history.set_aside == (SetAside(6, f"has the error {error} in TV spend"),)


def export(text, **named):
    """The history in an export of a platform."""
    return read_history(DataFile("export.csv", text if isinstance(text, bytes) else text.encode()), Named(**named))


def test_an_export_of_google_ads():
    cells = [
        f'"{day:%b %d, %Y}",EUR,"{1000 + place:,.2f}",1000,"{3000 + place:,.2f}"' for place, day in enumerate(WEEKS)
    ]
    text = "\n".join(
        ["Campaign report", "All time", "Week,Currency code,Cost,Impr.,Conv. value", *cells, "Total: Account,,9,9,9"]
    )
    with pytest.raises(ScenarioError, match="--revenue: is needed"):
        export(text.encode("utf-16"))
    history = export(text.encode("utf-16"), revenue="Conv. value", social=["Cost"])
    assert history.social.tolist() == [1000.0 + place for place in range(90)]
    assert history.columns.other == ()
    assert [item.reason for item in history.set_aside][-1] == "is a total (“Total: Account”)"


def test_an_export_of_meta_ads_and_one_of_google_analytics():
    meta = [f"{day},{day + timedelta(days=6)},{100 + place}.25,9,{3000 + place}" for place, day in enumerate(WEEKS)]
    text = "Reporting starts,Reporting ends,Amount spent (EUR),Impressions,Purchases conversion value\n" + "\n".join(
        meta
    )
    found = export(text, revenue="Purchases conversion value", social=["Amount spent (EUR)"])
    assert (found.columns.date, found.social[0]) == ("Reporting starts", 100.25)
    assert found.columns.unused == ("Reporting ends", "Impressions")
    analytics = [f"{day:%Y%m%d},{3000 + place}.5,100,{place}" for place, day in enumerate(WEEKS)]
    text = "# ----\n# Account: X\n\nWeek,Total revenue,Sessions,TikTok\n" + "\n".join(analytics)
    found = export(text)
    assert (found.columns.revenue, found.columns.social, found.columns.unused) == (
        "Total revenue",
        ("TikTok",),
        ("Sessions",),
    )


def test_an_evaluation_of_german_bookkeeping():
    months = [
        f'"{1 + place % 12:02}/{2019 + place // 12}";"1.{200 + place},50";"30.000,00";"5.0{10 + place},25";"52"'
        for place in range(48)
    ]
    heading = '"Monat";"Umsatzerlöse (T€)";"Werbekosten";"Social Media";"Mitarbeiter"'
    text = "\n".join(['"Auswertung";"BWA"', '"Mandant";"4711"', "", heading, *months, '"Summe";"1";"1";"1";"1"'])
    found = export(text.encode("cp1252"))
    assert (found.columns.other, found.columns.people) == (("Werbekosten",), ("Mitarbeiter",))
    assert found.revenue[:2].tolist() == [1_200_500, 1_201_500]
    assert found.social[0] == 5010.25
    assert found.people.tolist() == [52] * 48


@pytest.mark.parametrize("name", ["TikTok", "TikTokSpend", "tiktok_S", "Spend TikTok Ads", "TIKTOK", "LinkedInAds"])
def test_a_platform_whose_name_is_two_words_is_social(name):
    cells = [f"{day},{100 + week},{week % 5},{week % 7}" for week, day in enumerate(WEEKS)]
    found = export("\n".join([f"Date,Revenue,{name},TV", *cells]))
    assert (found.columns.social, found.columns.other) == ((name,), ("TV",))
    assert channel_kind(name) == "social"
