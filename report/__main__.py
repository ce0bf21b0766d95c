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
        from report.files.subjects.command_line import SUBJECTS, make_of

        given = list(sys.argv[1:] if arguments is None else arguments)
        return make_of(given[0], given[1:]) if given and given[0] in SUBJECTS else make(given)

    return unless_interrupted(command)


if __name__ == "__main__":
    sys.exit(main())
