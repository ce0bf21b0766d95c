"""The page's address: it holds the scenario, and the version of the library that it goes on from."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from library.store import Library
from library.version import Version
from model.presets import PRESETS
from model.reading.links import write_link
from tests.dashboard.app import ROOT, address, app, errors, press, scenario, shown

PLAN = PRESETS["social-plan"]


def at_version(version: Version) -> AppTest:
    """The whole app at the address of a version of the library."""
    return app(**dict(write_link(version.scenario, PLAN)), saved=f"{version.entry}.{version.number}")


def test_the_address_holds_the_scenario_from_the_start_and_after_each_change() -> None:
    test = app()
    assert address(test) == {"preset": "social-plan"}
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    assert address(test) == {"preset": "social-plan", "training_hours": "80"}
    test.selectbox(key="preset").select("hold").run()
    assert address(test) == {"preset": "hold"}


def test_a_link_opens_its_scenario_on_its_preset() -> None:
    changed = (
        PRESETS["sceptical-cfo"]
        .with_values(training_hours=80)
        .changed(name="Sceptical CFO (edited)", description="")
    )
    test = app(**dict(write_link(changed, PRESETS["sceptical-cfo"])))
    assert scenario(test) == changed
    assert test.session_state["base"] == PRESETS["sceptical-cfo"]
    assert not test.error
    assert test.button(key="undo").disabled


def test_a_damaged_link_is_told_until_the_next_change_and_the_default_opens() -> None:
    test = app(preset="hold", causal_shar="0.03", ranges='{"causal_share":{"low"')
    assert scenario(test) == PLAN
    assert "Social plan is shown instead" in errors(test)
    assert "causal_shar: is not a parameter of a link; did you mean 'causal_share'" in errors(test)
    assert "ranges: is not valid JSON" in errors(test)
    assert address(test) == {"preset": "social-plan"}
    assert errors(test.run())
    test.toggle(key="lever:strategic_partner").set_value(True).run()
    assert not errors(test)


def test_hostile_text_in_a_link_is_text() -> None:
    test = app(preset="<img src=x> **bold** [a](http://x)", colour="red")
    assert "<img" not in test.error[0].value.replace("\\<", "")
    assert "**bold**" not in test.error[0].value


def test_what_is_too_long_for_a_link_says_so() -> None:
    test = AppTest.from_file(str(ROOT / "roi_app.py"), default_timeout=60)
    test.session_state["scenario"] = long = PLAN.changed(notes={"tax_rate": "x" * 10_000})
    test.run()
    assert address(test) == {"file": long.hash}
    assert not test.code
    assert "Share the scenario file" in test.info[0].value
    assert "reloading the page loses it" in shown(test)
    assert f"content hash {long.hash}" in errors(app(file=long.hash))
    assert "reloading" not in shown(app())


def test_a_reloaded_page_goes_on_from_the_same_version(library: Library) -> None:
    kept = library.save_new(PLAN.changed(name="Ours"), author="Ada")
    test = at_version(kept)
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    test = app(**address(test))
    assert test.session_state["scenario"].name == "Ours (edited)"
    assert test.session_state["base"] == kept.scenario
    press(test, "Save to library")
    assert [version.scenario.values["training_hours"] for version in library.history(kept.entry)] == [40, 80]
    assert address(test)["saved"] == f"{kept.entry}.2"
    # Someone saved meanwhile: the page still goes on from what it saw.
    library.save(kept.entry, 2, PLAN.changed(name="Theirs"), author="Bo")
    test = app(**address(test))
    test.select_slider(key="lever:training_hours").set_value(60.0).run()
    press(test, "Save to library")
    assert test.session_state["conflict"].latest.author == "Bo"
    assert library.latest(kept.entry).number == 3


@pytest.mark.parametrize(
    "tie", ["nobody.1", "x", "", "{entry}.9", "{entry}.²", "{entry}.-1", "{entry}." + "9" * 5000]
)
def test_a_link_to_a_version_that_is_not_here_opens_without_it(library: Library, tie: str) -> None:
    kept = library.save_new(PLAN.changed(name="Ours"), author="Ada")
    test = app(preset="hold", saved=tie.format(entry=kept.entry))
    assert not test.exception
    assert not test.error
    assert test.session_state["scenario"] == PRESETS["hold"]
    assert address(test) == {"preset": "hold"}


def test_what_is_too_long_for_a_link_is_found_in_the_library_again(library: Library) -> None:
    kept = library.save_new(PLAN.changed(name="Long", notes={"tax_rate": "x" * 10_000}), author="Ada")
    test = at_version(kept)
    assert address(test)["file"] == kept.hash
    assert test.session_state["scenario"] == kept.scenario
    assert "reloading the page loses it" not in shown(test)
    # What was changed since is nowhere but in that session.
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    assert "reloading the page loses it" in shown(test)
    again = app(**address(test))
    assert again.session_state["scenario"] == kept.scenario
    assert "Changes made since version 1 are not shown" in errors(again)
    assert address(again)["saved"] == f"{kept.entry}.1"
