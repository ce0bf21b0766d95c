"""The app without a browser, as the tests of the dashboard open, read and press it."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from model.scenario import Scenario

ROOT = Path(__file__).resolve().parents[2]


def app(**parameters: str) -> AppTest:
    """The whole app, opened at an address with these parameters."""
    test = AppTest.from_file(str(ROOT / "roi_app.py"), default_timeout=60)
    for key, text in parameters.items():
        test.query_params[key] = text
    return test.run()


def opened(scenario: Scenario | None = None, screen: str = "plan") -> AppTest:
    """A screen beside the sidebar, as `roi_app.py` puts them together."""
    lines = (
        "from dashboard.shell import sidebar",
        f"from dashboard.screens.{screen} import screen",
        "sidebar.draw()",
    )
    test = AppTest.from_string("\n".join([*lines, "screen.draw()"]), default_timeout=60)
    if scenario is not None:
        test.session_state["scenario"] = scenario
    return test.run()


def library_screen() -> AppTest:
    test = opened(screen="library")
    assert not test.exception
    return test


def press(test: AppTest, label: str) -> AppTest:
    next(button for button in test.button if button.label == label).click().run()
    assert not test.exception
    return test


def save(test: AppTest, label: str, **fields: str) -> AppTest:
    """Save from the dialog on the Library screen."""
    press(test, "Save current scenario")
    for field, value in fields.items():
        next(item for item in test.text_input if item.key == f"save {field}").set_value(value)
    return press(test, label)


def address(test: AppTest) -> dict[str, str]:
    return {key: text[-1] if isinstance(text, list) else text for key, text in test.query_params.items()}


def scenario(test: AppTest) -> Scenario:
    return test.session_state["scenario"]


def shown(test: AppTest) -> str:
    return " ".join(item.value for item in [*test.markdown, *test.caption]).replace("\\", "")


def errors(test: AppTest) -> str:
    return " ".join(error.value for error in test.error).replace("\\", "")
