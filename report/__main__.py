"""What `python -m report` starts: a file is made; it is ended in one line by Ctrl-C."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from model.command_line.interrupt import unless_interrupted


def main(arguments: Sequence[str] | None = None) -> int:
    """Make one file; returns the exit code: 0, 2 where it cannot be made, or 130 where it is interrupted."""

    def command() -> int:
        # Loading takes a while, in which it can be interrupted too.
        from report.files.command_line import make

        return make(arguments)

    return unless_interrupted(command)


if __name__ == "__main__":
    sys.exit(main())
