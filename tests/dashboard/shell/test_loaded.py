"""What is loaded is searched for garbage once."""

import gc
import sys
from types import ModuleType

import pytest

from dashboard.shell import loaded
from dashboard.shell.loaded import spare_what_is_loaded


@pytest.fixture(autouse=True)
def searched_as_before():
    yield
    gc.unfreeze()


def test_only_what_came_after_the_last_module_is_searched(monkeypatch):
    # As if nothing had been drawn by this process before.
    monkeypatch.setattr(loaded, "_seen", 0)
    spare_what_is_loaded()
    spared = gc.get_freeze_count()
    assert spared > 10_000
    assert len(gc.get_objects()) < spared / 10

    kept = [[] for _ in range(1_000)]
    spare_what_is_loaded()
    assert gc.get_freeze_count() <= spared

    monkeypatch.setitem(sys.modules, "a_screen_of_the_future", ModuleType("a_screen_of_the_future"))
    spare_what_is_loaded()
    assert gc.get_freeze_count() >= spared + len(kept)
