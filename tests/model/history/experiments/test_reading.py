"""Experiments as a person writes them, on a line or in a table: understood, or refused with the mend."""

import pytest

from model.history.experiments.experiment import Period
from model.history.experiments.spec import EXAMPLE, is_spec, read_spec
from model.history.experiments.table import read_experiments
from model.history.importing.data_file import DataFile
from model.history.response.spend import Channel
from model.reading.faults import ScenarioError


def table(*lines):
    """A file of these lines, read."""
    return read_experiments(DataFile("tests.csv", "\n".join(lines).encode()))


def test_the_example_is_read():
    one = read_spec(EXAMPLE)
    assert (one.channel, one.spend, one.extra, one.revenue, one.error) == (Channel.SOCIAL, 4e4, 2e4, 3e4, 9e3)
    assert one.period.words == "2024-03-04 to 2024-04-28"
    assert one.period.months == pytest.approx(Period.of_weeks(8).months)
    assert (one.share, one.weeks_after, one.told) == (None, 0, ())
    assert is_spec(EXAMPLE)
    assert not is_spec("tests.csv")


def test_an_interval_is_turned_into_an_error_and_its_level_told():
    text = "other, 2 months, spend=1.5m, extra=-50%, revenue=-3"
    with pytest.raises(ScenarioError, match="has extra: '-50%' is not a number"):
        read_spec(text)
    one = read_spec("other, 2 months, spend=1.5m, extra=-0.5m, revenue=-1m, low=-1.98m, high=-20k, share=20%")
    assert one.error == pytest.approx(500_000, rel=1e-3)
    assert (one.spend, one.share, one.period.months) == (1.5e6, 0.2, 2)
    assert one.told == (f"{one.label}: its interval is taken as one of 95\N{NO-BREAK SPACE}%",)
    narrower = read_spec("other,2 months,spend=4,extra=2,revenue=5,low=4,high=9,level=90%")
    assert narrower.error == pytest.approx(2.5 / 1.645, rel=1e-3)
    assert "not even about its revenue" in narrower.told[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("social,8 weeks,spend=4,extra=2,revenue=3", "neither a standard error (se) nor both ends"),
        ("sociale,8 weeks,spend=4,extra=2,revenue=3,se=1", "did you mean 'social'?"),
        ("spend=4,extra=2,revenue=3,se=1", "must begin with its channel and its period, like social,2024"),
        ("billboards?,8 weeks,spend=4,extra=2,revenue=3,se=1", "no channel of the model; write social or other"),
        ("social,March,spend=4,extra=2,revenue=3,se=1", "write its first and last day, 2024-03-04..2024-04-28"),
        ("social,2024-04-28..2024-03-04,spend=4,extra=2,revenue=3,se=1", "a test of 1 week to 24 months"),
        ("social,8 weeks,spend=40,000,extra=2,revenue=3,se=1", "without commas in numbers"),
        ("social,8 weeks,spent=4,extra=2,revenue=3,se=1", "did you mean 'spend'?"),
        ("social,8 weeks,spend=4,spend=5,extra=2,revenue=3,se=1", "has spend twice"),
        ("social,8 weeks,spend=4,extra=-5,revenue=3,se=1", "cuts 5 of a spend of 4"),
        ("social,8 weeks,spend=4,extra=0,revenue=3,se=1", "has extra 0"),
        ("social,8 weeks,spend=0,extra=1,revenue=3,se=1", "give how large a part of the business was tested"),
        ("social,8 weeks,spend=-1,extra=1,revenue=3,se=1", "has spend −1, below zero"),
        ("social,8 weeks,spend=4,extra=2,revenue=3,se=0", "a standard error is above zero"),
        ("social,8 weeks,spend=4,extra=2,revenue=3,low=4,high=9", "outside its interval; check the signs"),
        ("social,8 weeks,spend=4,extra=2,revenue=3,low=4,high=1", "low must lie below high"),
        ("social,8 weeks,spend=4,extra=2,revenue=3,se=1,share=20", "write 20% or 0.2"),
        ("social,8 weeks,spend=4,extra=2,revenue=3,low=1,high=5,level=1", "within 50% … 99.9%"),
        ("social,8 weeks,spend=4,extra=2,revenue=3,se=1,weeks_after=99", "within 0 … 52"),
        ("social,8 weeks,spend=1e300,extra=2,revenue=3,se=1", "which is too much"),
    ],
)
def test_what_cannot_be_is_refused(text, message):
    with pytest.raises(ScenarioError) as refused:
        read_spec(text)
    assert message in str(refused.value)


def test_a_table_of_finance_is_read():
    read = table(
        "Our lift tests;;;;;;;;",
        "Kanal;Start;Slut;Budget;Ekstra budget;Omsætning lift;CI low;CI high;Andel",
        "Facebook;04-03-2024;28-04-2024;40.000,50;20.000;30.000;10.000;50.000;20%",
        "TV;01-05-2024;31-05-2024;90.000;-90.000;-200.000;-300.000;-100.000;0,5",
    )
    first, second = read.experiments
    assert (first.channel, second.channel) == (Channel.SOCIAL, Channel.OTHER)
    assert (first.spend, first.extra, first.revenue, first.share) == (40_000.5, 20_000, 30_000, 0.2)
    assert first.error == pytest.approx(20_000 / 1.96, rel=1e-3)
    assert (second.extra, second.share, second.period.words) == (-90_000, 0.5, "2024-05-01 to 2024-05-31")
    assert read.columns["revenue"] == "Omsætning lift"
    assert read.told[0] == "tests.csv: row 3: its interval is taken as one of 95\N{NO-BREAK SPACE}%"


def test_weeks_levels_and_unused_columns():
    read = table(
        "Channel,Weeks,Spend before,Extra spend,Incremental revenue,Lower,Upper,Confidence level,Weeks after,Agency",
        "social,6,1000,500,900,100,1700,90,2,Ours",
    )
    [one] = read.experiments
    assert one.error == pytest.approx(800 / 1.645, rel=1e-3)
    assert (one.weeks_after, one.period.words) == (2, "6 weeks")
    assert read.told == ("Columns that are not used: Agency",)


def test_amounts_in_thousands_are_multiplied_and_that_is_told():
    read = table("Channel,Weeks,Spend (k€),Extra spend (k€),Incremental revenue,se", "social,6,10,5,9000,900")
    [one] = read.experiments
    assert (one.spend, one.extra, one.revenue) == (10_000, 5_000, 9_000)
    assert read.told[0] == "Spend (k€) is in thousands, as “Spend (k€)” says: it was multiplied by that"


def test_every_fault_of_a_table_is_told():
    with pytest.raises(ScenarioError) as refused:
        table(
            "channel,weeks,spend,extra,revenue,se",
            "social,6,1000,500,900,none of it",
            "radio waves,6,1000,500,900,9",
            "email adverts,,1000,500,900,9",
            "something,6,1000,500,900,9",
        )
    told = [str(fault) for fault in refused.value.faults]
    assert told == [
        "tests.csv: row 2: has “none of it” in se, which is no number",
        "tests.csv: row 4: has no period in weeks: give its first and last day (start, end) or its weeks",
        "tests.csv: row 5: changed 'something', which is no channel of the model; write social or other",
    ]


def test_a_table_without_its_columns_or_with_too_many_rows_is_refused():
    with pytest.raises(ScenarioError, match="has no column for extra and revenue; columns are “channel”, “weeks”"):
        table("channel,weeks,spend", "social,6,1000")
    rows = ["social,6,1000,500,900,9"] * 21
    with pytest.raises(ScenarioError, match="has 21 experiments; at most 20 are taken"):
        table("channel,weeks,spend,extra,revenue,se", *rows)
