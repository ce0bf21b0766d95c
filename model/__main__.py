"""What `python -m model` starts: its commands, ended in one line by Ctrl-C."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from model.command_line.interrupt import unless_interrupted


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0, 2 where the input is refused, or 130 where it is interrupted."""

    def command() -> int:
        # Loading takes a while, in which it can be interrupted too.
        from model.command_line.program.commands import run

        return run(arguments)

    return unless_interrupted(command)


if __name__ == "__main__":
    sys.exit(main())
