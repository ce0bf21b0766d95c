"""An app that requires sign-in, tried by who has not signed in, is not listed, or may only read."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.session import account, compute
from library.store import Library, Member, Right
from model.presets import PRESETS
from tests.dashboard import app
from tests.dashboard.accounts import APPROVER, EDITOR, READER, closed_app, closed_screen, user
from tests.dashboard.app import press

PLAN = PRESETS["social-plan"]
SECRET = "Take-over of Acme"  # noqa: S105 - the name of a plan that only members may see


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the packages for sign-in were there."""
    monkeypatch.setattr(account, "find_spec", lambda _: True)


CLOSED = (
    "# Sign in to see the plans Social media budget and ROI: what plans return, how sure that is, and where each "
    "number comes from."
)


@pytest.fixture
def entry(library: Library) -> str:
    return library.save_new(PLAN.changed(name=SECRET), author="Typed").entry


def shown(test: AppTest) -> str:
    """What is shown, without what keeps an address from becoming a link."""
    return app.shown(test).replace("\u2060", "")


def link(entry: str) -> dict[str, str]:
    """The parameters of a link that shows what the library holds of an entry."""
    return {"saved": f"{entry}.1", "file": PLAN.changed(name=SECRET).hash}


def labels(test: AppTest) -> list[str]:
    return [button.label for button in [*test.button, *test.get("download_button"), *test.get("menu_button")]]


def everything(test: AppTest) -> str:
    return f"{test.main}{test.sidebar}"


@pytest.mark.parametrize("session_state", [{}, {"is_logged_in": True, "email": EDITOR, "account": EDITOR}])
def test_without_signing_in_nothing_is_shown(entry: str, session_state: dict[str, Any]) -> None:
    for parameters in ({}, link(entry), {"is_logged_in": "true", "user": EDITOR}, {"embed": "true"}):
        test = closed_app(**parameters)
        for key, value in session_state.items():
            test.session_state[key] = value
        test.run()
        assert not test.exception
        assert shown(test) == CLOSED
        assert labels(test) == ["Sign in"]
        assert SECRET not in everything(test)
        assert "scenario" not in test.session_state


def test_who_is_not_listed_is_told_politely_and_shown_nothing(entry: str) -> None:
    test = closed_app("eve@evil.org", **link(entry))
    assert "Ask whoever runs this app to let eve@evil.org in" in shown(test)
    assert labels(test) == ["Sign out"]
    assert SECRET not in everything(test)
    unverified = closed_app()
    unverified.user = {**user(EDITOR), "email_verified": False}
    assert "no e-mail address of yours that it has verified" in shown(unverified.run())
    assert labels(unverified) == ["Sign out"]


@pytest.mark.usefixtures("entry")
def test_a_screen_reached_past_the_page_still_shows_nothing_of_the_library() -> None:
    for email in ("", "eve@evil.org"):
        test = closed_screen(email, "export")
        assert SECRET not in everything(test)


def test_who_one_is_stands_in_the_sidebar_with_the_way_out(entry: str) -> None:
    test = closed_app(READER, **link(entry))
    assert f"{READER} may open what is saved" in shown(test)
    assert test.session_state["scenario"].name == SECRET
    press(test, "Sign out")
    assert shown(test) == CLOSED
    assert SECRET not in everything(test)


@pytest.mark.usefixtures("entry")
def test_where_nobody_signs_in_there_is_nothing_of_it() -> None:
    test = closed_app(secrets={})
    assert not {"Sign in", "Sign out"} & {*labels(test)}
    assert "Save to library" in labels(test)


@pytest.mark.usefixtures("entry")
def test_a_reader_is_offered_no_change() -> None:
    test = closed_screen(READER)
    assert SECRET in shown(test)
    assert not {"Save to library", "Save current scenario", "More", "Save as a new entry"} & {*labels(test)}
    assert [uploader.label for uploader in test.file_uploader] == ["Scenario file (JSON)"]
    assert "Rename" in labels(test)


def test_the_typed_name_is_gone_and_the_identity_stands(library: Library, entry: str) -> None:
    test = closed_screen(EDITOR)
    assert not [field for field in test.text_input if field.key == "author"]
    test.session_state["kept"] = {"author": "Forged"}
    press(test, "Save to library")
    assert [version.author for version in library.everything() if version.entry != entry] == [EDITOR]


# The page of one who may, with the identity of one who may not any more: what a forged message would do.
@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize(
    ("email", "change"),
    [
        *((READER, change) for change in ("Save to library", "Duplicate", "Archive", "Approve", "import")),
        ("eve@evil.org", "Save to library"),
        ("", "Archive"),
        ("", "import"),
    ],
)
def test_widgets_that_were_never_drawn_for_this_visitor_change_nothing(
    library: Library, email: str, change: str
) -> None:
    before = library.everything()
    test = closed_screen(APPROVER)
    test.user = user(email)
    if change == "import":
        uploader = next(item for item in test.file_uploader if "library" in item.label)
        uploader.set_value(("plans.json", b'{"schema_version": 2, "versions": []}', "application/json")).run()
    elif change == "Save to library":
        next(button for button in test.button if button.label == change).click().run()
    else:
        test.menu_button[0].click(change).run()
    assert library.everything() == before
    told = test.session_state["refused"][1][0]
    assert ("has no right to" if email else "Nobody is signed in") in told


def test_who_may_approves_and_the_card_says_so_until_the_next_change(library: Library, entry: str) -> None:
    assert "Approve" not in closed_screen(EDITOR).menu_button[0].options
    test = closed_screen(APPROVER)
    test.menu_button[0].click("Approve").run()
    assert "Approved]" in shown(test)
    assert "Version 2 approved" in shown(test)
    assert f"by {APPROVER}" in shown(test)
    assert library.latest(entry).author == APPROVER
    library.save(entry, 2, PLAN, author="")
    assert "Approved]" not in shown(closed_screen(READER))


def test_what_was_looked_up_for_one_is_not_told_another(entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compute.forget_saved()
    for right, seen in ((Right.READ, {entry}), (Right.NONE, set()), (Right.EDIT, {entry})):
        monkeypatch.setattr(account, "member", lambda right=right: Member(READER, right))
        assert {*compute.saved().scenarios} == seen


def test_secrets_that_are_emptied_while_the_app_runs_open_nothing(entry: str) -> None:
    test = closed_app(**link(entry))
    assert shown(test) == CLOSED
    test.secrets.clear()
    test.run()
    (told,) = test.error
    assert "[auth] is no longer in .streamlit/secrets.toml" in told.value.replace("\\", "")
    assert labels(test) == []
    assert SECRET not in everything(test)
