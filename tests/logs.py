"""The log of the program, begun for a test in a file of its own."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from model.operation import log

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """Reads the lines of the log, which is on."""
    logger, file = logging.getLogger("social_roi"), tmp_path / "log.jsonl"
    before = logger.handlers, logger.level, logger.propagate
    monkeypatch.setenv(log.VARIABLE, str(file))
    log.begin()
    yield lambda: [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    logger.handlers[0].close()
    logger.handlers, logger.level, logger.propagate = before
