"""Results of other tools: read as these write them, turned into beliefs by sums that can be checked by hand."""

from math import exp, log

import numpy as np
import pytest

from model.history.importing.data_file import DataFile
from model.history.response.spend import Channel
from model.history.results.table import read_results
from model.history.results.taken_over import take_over
from model.lines import response
from model.presets import PRESETS
from model.reading.faults import ScenarioError
from model.scenario import Scenario
from model.uncertainty.sampling import draws, quantile

PLAN = PRESETS["social-plan"]
ROBYN = """solID,rn,coef,xDecompAgg,total_spend,mean_spend,roi_mean,roi_total,next_unit_response,ci_low,ci_up
1_2_3,(Intercept),1,9000000,NA,NA,NA,NA,NA,NA,NA
1_2_3,facebook_S,1,3000000,1000000,5000,3.2,3,1.6,2,4
1_2_3,tv_S,1,8000000,4000000,20000,2.0,2,1.4,1.5,2.5
1_2_3,search_S,1,2000000,500000,2500,4.0,4,2.4,3,5
"""
MERIDIAN = """channel,distribution,spend,% spend,incremental outcome,% contribution,roi,mroi
Facebook,prior,"$1,000,000",30%,"$1,000,000 ($500,000, $2,000,000)","2% (1%, 3%)","1.0 (0.5, 2.0)","0.5 (0.1, 1.0)"
Facebook,posterior,"$1,000,000",30%,"$2,300,000 ($1,500,000, $3,100,000)","2%","2.3 (1.5, 3.1)","1.6 (1.1, 2.2)"
TV,posterior,"$2,000,000",70%,"$4,200,000 ($3,200,000, $5,200,000)","2% (1%, 3%)","2.1 (1.6, 2.6)","1.0 (0.8, 1.2)"
All Paid Channels,posterior,"$3,000,000",100%,"$6,500,000 ($1, $2)","2% (1%, 3%)","2.1 (1.6, 2.7)","1.0 (0.8, 1.2)"
"""
BY_METRIC = """channel,metric,distribution,spend,roi
Facebook,mean,posterior,100,2.3
Facebook,median,posterior,100,2.2
Facebook,ci_lo,posterior,100,1.5
Facebook,ci_hi,posterior,100,3.1
TV,mean,posterior,200,2.1
TV,ci_lo,posterior,200,1.6
TV,ci_hi,posterior,200,2.6
"""
PYMC = """channel,mean,median,abs_error_94_lower,abs_error_94_upper,adstock_alpha
Social,3,3,2,4,0.5
TV,2,2,1.5,2.5,0.5
"""


def read(text, name="results.csv"):
    """The results of a text."""
    return read_results(DataFile(name, text.encode()))


def taken(text):
    """What a text makes of the plan, and its beliefs by name."""
    over = take_over(read(text), PLAN)
    return over, {belief.name: belief for belief in over.mapped.beliefs}


def test_robyn_is_weighed_by_spend():
    over, found = taken(ROBYN)
    other = (2 * 4e6 + 4 * 5e5) / 4.5e6
    assert found["other_incremental_roas"].range.likely == pytest.approx(other, rel=1e-3)
    assert found["social_relative_return"].range.likely == pytest.approx(3 / other, rel=1e-3)
    assert found["social_returns_exponent"].range.likely == pytest.approx(0.5)
    assert found["other_returns_exponent"].range.likely == pytest.approx((8 * 0.7 + 2 * 0.6) / 10)
    assert [item.row for item in over.results.set_aside] == [2]
    assert any("saturation keeps its range" in sentence for sentence in over.told)
    assert any(sentence.startswith("carryover_half_life keeps its range") for sentence in over.told)


def test_the_interval_becomes_the_width():
    _, found = taken(ROBYN)
    error = np.hypot(4e6 * 0.5, 5e5 * 1) / 4.5e6 / 1.959964
    wide = error / ((2 * 4e6 + 4 * 5e5) / 4.5e6)
    low, high = quantile(found["other_incremental_roas"].range)(np.array([0.05, 0.95]))
    assert log(high / low) == pytest.approx(2 * 1.644854 * wide, rel=2e-3)


def test_both_returns_keep_what_joins_them():
    """Social's own return must be as uncertain as the table says, though it is told beside that of others."""
    over, _ = taken(PYMC)
    logs = []
    for _, values in draws(over.scenario, 4096, 1):
        logs.append(np.log(values["social_relative_return"] * values["other_incremental_roas"])[:, 0])
    assert np.std(np.concatenate(logs)) == pytest.approx(1 / 1.880794 / 3, rel=0.05)


@pytest.mark.parametrize("text", [MERIDIAN, BY_METRIC])
def test_meridian_is_read_as_a_table_and_by_metric(text):
    over, found = taken(text)
    assert [(one.name, one.channel) for one in over.results.channels] == [
        ("Facebook", Channel.SOCIAL), ("TV", Channel.OTHER),
    ]  # fmt: skip
    assert {one.level for one in over.results.channels} == {0.9}
    assert found["other_incremental_roas"].range.likely == 2.1
    assert found["social_relative_return"].range.likely == pytest.approx(2.3 / 2.1, rel=1e-3)
    assert ("social_returns_exponent" in found) == (text is MERIDIAN)


def test_a_theta_is_a_half_life_of_weeks():
    _, found = taken(PYMC)
    months = found["carryover_half_life"].range
    assert months.likely == pytest.approx(12 * 7 / 365.2425, rel=1e-3)
    assert (months.likely / months.low, months.high / months.likely) == pytest.approx((2, 2), rel=1e-3)


@pytest.mark.parametrize(
    ("what", "values"), [("exponent", (0.9, 0.3, 0.5)), ("mroi", (5.4, 0.3, 1.0)), ("half_life_months", (0.5, 2, 1))]
)
def test_the_same_channels_weigh_the_same_by_return_and_by_contribution(what, values):
    rows = [("Facebook", 100, 6), ("TikTok", 900, 1), ("TV", 500, 2)]
    by_return, by_contribution = (
        taken(f"channel,spend,{name},{what}\n" + "".join(
            f"{channel},{spend},{roi * (1 if name == 'roi' else spend)},{value}\n"
            for (channel, spend, roi), value in zip(rows, values, strict=True)
        ))[1]
        for name in ("roi", "contribution")
    )  # fmt: skip
    assert {name: one.range for name, one in by_return.items()} == {
        name: one.range for name, one in by_contribution.items()
    }
    expected = {"exponent": 0.54, "mroi": 0.54, "half_life_months": (600 * 0.5 + 900 * 2 + 1000 * 1) / 2500}[what]
    told = "carryover_half_life" if what == "half_life_months" else "social_returns_exponent"
    assert by_contribution[told].range.likely == pytest.approx(expected, rel=1e-3)


def test_without_an_interval_the_width_is_said_to_be_assumed():
    over, found = taken("Channel;Spend;Contribution\nTikTok;1.000;2.000,5\nPrint;2.000;3.000\n")
    item = found["other_incremental_roas"]
    assert (item.range.low, item.range.likely, item.range.high) == (0.75, 1.5, 3)
    assert "90 % from half to twice is assumed" in item.how
    assert over.results.channels[0].channel is Channel.SOCIAL


def test_slope_and_half_saturation_are_the_slope_of_the_curve():
    text = "channel,spend,roi,slope,half_saturation,mean_spend\nSocial,10,2,1.2,50,40\nTV,10,2,0.8,30,60\n"
    _, found = taken(text)

    def hill(level, slope, half):
        return level**slope / (level**slope + half**slope)

    for name, slope, half, level in (("social", 1.2, 50, 40), ("other", 0.8, 30, 60)):
        step = 1e-6
        rise = log(hill(level * exp(step), slope, half) / hill(level, slope, half)) / step
        assert found[f"{name}_returns_exponent"].range.likely == pytest.approx(rise, rel=1e-3)
        # It is what the model calls its exponent: the slope of its response today.
        ours = log(response(0.5, exp(step), rise)) / step
        assert ours == pytest.approx(rise, rel=1e-4)


def test_the_scenario_says_where_it_comes_from_and_nothing_counts_twice():
    over, found = taken(ROBYN)
    assert over.scenario.ranges.keys() == found.keys()
    note = over.scenario.notes["other_incremental_roas"]
    assert note == "Own data, results of another tool in results.csv; grade C: correlation, not experiment"
    assert Scenario.from_json(over.scenario.to_json()) == over.scenario
    again = take_over(read(ROBYN), over.scenario)
    assert again.scenario == over.scenario
    assert again.told[-1] == "Ranges that come from own data were put back first"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("campaign,spend\nfacebook,4\n", "has no column that names channels"),
        ("channel,clicks\nfacebook,4\n", "neither a return"),
        ("channel,roi\nfacebook,much\n", "row 2: has “much”, which is no number"),
        ("channel,roi\nbrand,2\n", "add a column kind that says social or other"),
        ("channel,roi\nfacebook,2\ninstagram,3\n", "several channels of social without spend: add a column spend"),
        ("channel,spend,roi\nfacebook,1,-2\n", "has a return of −2 for social: none above zero"),
        ("solID,rn,roi_total\n1,facebook,1\n2,facebook,2\n", "holds 2 models (solID); keep the rows of the one"),
        ("channel,roi\ntotal,2\n", "has no row of a channel"),
        ("channel,spend,roi\ntv,1,20000\n", "other_incremental_roas"),
    ],
)
def test_what_cannot_be_is_refused(text, message):
    with pytest.raises(ScenarioError) as refused:
        taken(text)
    assert message in str(refused.value)


def test_a_block_that_is_missing_is_told():
    over, found = taken("channel,kind,roi\nbrand,other,2\n")
    assert [*found] == ["other_incremental_roas"]
    assert "No social channel: its return beside others cannot be told" in over.told
    over, found = taken("channel,roi\nsnapchat,2\n")
    assert not found
    assert over.scenario == PLAN
