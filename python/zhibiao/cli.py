"""The command ``zhibiao``.

Exit statuses: 0 everything was read, 1 nothing was read, 2 wrong usage, 3 some sources had
problems, 4 doubtful cells are left (with --fail-on-review), 130 interrupted, 141 whoever read the
output has gone.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

from zhibiao.arguments import parser
from zhibiao.commands import ALL_READ, NOTHING_READ, SOME_PROBLEMS, TO_REVIEW
from zhibiao.errors import ZhibiaoError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ALL_READ", "NOTHING_READ", "SOME_PROBLEMS", "TO_REVIEW", "main"]

WRONG_USAGE, INTERRUPTED, PIPE_CLOSED = 2, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a Windows console may not be UTF-8
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("zhibiao: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _empty_stdout()
        return PIPE_CLOSED
    except (ZhibiaoError, OSError) as error:
        from zhibiao.show import line

        print(f"zhibiao: {line(error)}", file=sys.stderr)
        _empty_stdout()
        return WRONG_USAGE
    return status


def _empty_stdout() -> None:
    """Print what waits, or drop it where nothing can be printed: Python tries again at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
