"""Links: what is read is what was written, only differences are written, and every fault is told."""

import json
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.assumptions import ASSUMPTIONS
from model.presets import DEFAULT_PRESET, PRESETS
from model.projection import project
from model.reading.faults import ScenarioError
from model.reading.links import MAX_LINK, is_whole, preset_of, read_link, without_trackers, write_link
from model.scenario import Scenario
from tests.scenarios import legal_data

PLAN = PRESETS["social-plan"]
HOSTILE = (
    "=HYPERLINK(1)",
    "a&b=c#d?e",
    "100 % + 5 %20",
    "<script>",
    "שלום",
    "\U0001f600",
    "é\u0301\n\t",
    "\ufffd",
    '"}]',
)


def through_an_address(link):
    """The parameters after the way through a browser's address."""
    return parse_qsl(urlencode(link), keep_blank_values=True)


def faults_of(query):
    """The faults of a link, by parameter."""
    with pytest.raises(ScenarioError) as caught:
        read_link(parse_qsl(query, keep_blank_values=True))
    return {fault.key: fault.message for fault in caught.value.faults}


@given(legal_data(), st.sampled_from(list(PRESETS.values())))
def test_a_scenario_comes_back_the_same_from_any_base(data, base):
    scenario = Scenario.from_data(data)
    again, _ = read_link(through_an_address(write_link(scenario, base)))
    assert again == scenario
    assert again.hash == scenario.hash


@pytest.mark.parametrize("text", ["", *HOSTILE])
@pytest.mark.parametrize("base", [PLAN, PRESETS["hold"], PLAN.changed(name="Own")], ids=lambda base: base.name)
def test_any_text_comes_back_the_same(base, text):
    for name in (base.name, base.name + " (edited)", text or "-"):
        for changes in ({}, {"notes": {"tax_rate": text}}, {"description": text}):
            scenario = base.changed(name=name, **changes)
            assert read_link(through_an_address(write_link(scenario, base)))[0] == scenario


def test_a_link_gives_the_same_numbers():
    scenario = PRESETS["sceptical-cfo"].with_values(revenue_growth=0.1 + 0.2, employees=1 / 3 * 1e6)
    again, _ = read_link(through_an_address(write_link(scenario, PRESETS["sceptical-cfo"])))
    assert project(again).metrics == project(scenario).metrics


@pytest.mark.parametrize("id_", PRESETS)
def test_a_preset_is_its_id(id_):
    assert write_link(PRESETS[id_], PRESETS[id_]) == (("preset", id_),)
    assert read_link([("preset", id_)]) == (PRESETS[id_], PRESETS[id_])
    assert preset_of(PRESETS[id_]) == id_


def test_a_simple_change_reads_plainly():
    changed = PLAN.with_values(causal_share=0.03, training_hours=80, strategic_partner=True)
    changed = changed.changed(name="Social plan (edited)", description="")
    written = urlencode(write_link(changed, PLAN))
    assert written == "preset=social-plan&training_hours=80&causal_share=0.03&strategic_partner=on"
    assert read_link(parse_qsl(written)) == (changed, PLAN)


def test_values_can_be_typed_into_a_link():
    scenario, base = read_link(parse_qsl("preset=hold&causal_share=3%25&training_programme=yes&locale=da"))
    assert (scenario.values["causal_share"], scenario.values["training_programme"]) == (0.03, True)
    assert (scenario.locale, scenario.name, base) == ("da", "Hold (edited)", PRESETS["hold"])


def test_nothing_at_all_is_the_default_preset():
    assert read_link([]) == (PRESETS[DEFAULT_PRESET], PRESETS[DEFAULT_PRESET])


def test_a_field_without_a_value_takes_the_default():
    assert read_link(parse_qsl("currency=&start_month=&ranges=", keep_blank_values=True))[0] == PLAN


def test_a_scenario_with_a_name_of_its_own_is_its_own_start():
    own = PLAN.changed(name="Our plan", description="")
    assert read_link(through_an_address(write_link(own, own))) == (own, own)


@pytest.mark.parametrize(
    ("query", "key", "parts"),
    [
        ("preset=social-pln", "preset", ("is 'social-pln'", "did you mean 'social-plan'", "hold")),
        ("preset=zz", "preset", ("must be one of social-plan",)),
        ("causal_shar=0.03", "causal_shar", ("is not a parameter", "did you mean 'causal_share'")),
        ("causal_share=banana", "causal_share", ("not a number", "0 … 1")),
        ("causal_share=", "causal_share", ("not a number", "0 … 1")),
        ("causal_share=nan", "causal_share", ("not a number", "0 … 1")),
        ("causal_share=1e999", "causal_share", ("finite",)),
        ("causal_share=7", "causal_share", ("out of bounds", "0 … 1")),
        ("training_programme=maybe", "training_programme", ("neither on nor off",)),
        ("ramp_shape=linar", "ramp_shape", ("did you mean 'linear'",)),
        ("horizon_years=2.5", "horizon_years", ("whole number", "1 … 10")),
        ("currency=dollar", "currency", ("ISO 4217",)),
        ("fiscal_year_start=13", "fiscal_year_start", ("1 … 12",)),
        ("ranges={\"causal_share\":{\"low\":0", "ranges", ("not valid JSON", "column")),
        ("notes=[1]", "notes", ("must be an object",)),
        ("ranges=1", "ranges", ("must be an object",)),
        ("ramp_shape=custom&social_share_path=[0.2", "social_share_path", ("not valid JSON",)),
        ("causal_share=0.1&causal_share=0.2", "causal_share", ("twice",)),
        ("schema_version=9", "schema_version", ("reads versions 1 and 2",)),
        ("file=3669dfdf7de9", "file", ("3669dfdf7de9", "too long", "open")),
        ("description=" + "x" * MAX_LINK, "link", ("characters", str(MAX_LINK), "file")),
    ],
)  # fmt: skip
def test_a_faulty_link_says_what_is_wrong(query, key, parts):
    message = faults_of(query)[key]
    for part in parts:
        assert part in message


def test_what_is_nested_without_end_is_refused():
    message = faults_of("notes=" + "[" * 1900)["notes"]
    try:
        json.loads("[" * 1900)
    except RecursionError:
        assert "nested too deeply" in message
    except ValueError:
        # A Python that reads as deep as that, such as 3.13, finds the end missing.
        assert "not valid JSON" in message


def test_all_faults_are_told_at_once():
    assert set(faults_of("preset=x&causal_share=x&tax_rate=5&colour=red&notes={&currency=XX")) == {
        "preset", "causal_share", "tax_rate", "colour", "notes", "currency",
    }  # fmt: skip


KEYS = st.sampled_from(["preset", "name", "ranges", *ASSUMPTIONS]) | st.text(max_size=9)
TEXTS = st.sampled_from(["social-plan", "{}", "[]", "1", "1e999"]) | st.text(max_size=9)


@given(st.lists(st.tuples(KEYS, TEXTS)))
def test_anything_is_a_scenario_or_refused(link):
    refused = None
    try:
        scenario, _ = read_link(link)
        assert Scenario.from_data(scenario.to_data()) == scenario
    except ScenarioError as error:
        refused = error
    assert refused is None or refused.faults


def test_what_is_too_long_for_a_link_is_never_cut():
    long = PLAN.changed(notes={"tax_rate": "x" * 10_000})
    written = write_link(long, PLAN)
    assert not is_whole(written)
    assert long.hash in faults_of(urlencode(written))["file"]
    almost = PLAN.changed(description="x" * (MAX_LINK - 100))
    assert is_whole(write_link(almost, PLAN))
    assert not is_whole(write_link(PLAN.changed(description="x" * MAX_LINK), PLAN))


@pytest.mark.parametrize(
    "tracker",
    ["fbclid", "gclid", "msclkid", "utm_source", "utm_campaign", "mc_cid", "mc_eid", "igshid", "igsh", "_hsenc",
     "_ga", "gbraid", "ttclid", "mkt_tok", "li_fat_id", "UTM_Medium", "wbraid", "dclid", "twclid", "yclid", "ysclid",
     "_hsmi", "ref_src", "ref_url", "si", "__hsfp", "__hssc", "__hstc", "hsCtaTracking", "__s", "_bhlid", "_kx",
     "_gl", "_branch_match_id", "_branch_referrer", "_openstat", "at_recipient_id", "bbeml", "bsft_clkid",
     "bsft_uid", "et_rid",
     "fb_action_ids", "fb_comment_id", "guce_referrer", "guce_referrer_sig", "irclickid", "ml_subscriber",
     "ml_subscriber_hash", "mtm_cid", "oft_ck", "oly_anon_id", "oly_enc_id", "pk_cid", "rb_clickid", "s_cid",
     "sc_customer", "srsltid", "ss_email_id", "unicorn_click_id", "vero_conv", "vero_id", "vgo_ee", "wickedid",
     "ymclid", "ck_subscriber_id", "h_sid", "h_slt", "gad_source", "gad_campaignid", "gclsrc"],
)  # fmt: skip
def test_what_mail_and_networks_add_is_passed_over(tracker):
    link = write_link(PLAN.with_values(causal_share=0.03), PLAN)
    assert read_link((*link, (tracker, "IwAR0x"))) == read_link(link)


def test_no_parameter_of_a_link_is_taken_for_a_tracker():
    names = [*ASSUMPTIONS, *PLAN.to_data(), "preset", "file", "saved", "schema_version"]
    assert [name for name, _ in without_trackers([(name, "") for name in names])] == names


def test_everything_else_is_still_told():
    for name in ("campaign", "source", "id", "trackid", "hs", "reference", "click"):
        with pytest.raises(ScenarioError, match=name):
            read_link([(name, "x")])
