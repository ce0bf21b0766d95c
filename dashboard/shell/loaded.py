"""What is loaded stays: the search for garbage at the end of each run need not look through it."""

from __future__ import annotations

import gc
import sys

_seen = 0


def spare_what_is_loaded() -> None:
    """Leave all that is in memory out of further searches for garbage, if modules were loaded since the last time.

    Streamlit has all of memory searched at the end of each run, most of which are the modules of this program and of
    its libraries.
    """
    global _seen
    if len(sys.modules) == _seen:
        return
    _seen = len(sys.modules)
    gc.collect()
    gc.freeze()
