"""Corrections of observations, kept in a CSV file and applied on every run."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from zhibiao import _core
from zhibiao.errors import ArgumentError

if TYPE_CHECKING:
    import os

__all__ = ["COLUMNS", "correct", "read_text", "settled"]

#: The columns of the file, in the order in which `zhibiao review` writes them.
COLUMNS = ("report", "start", "end", "field", "old", "new", "who", "why")


def correct(
    found: _core.Extraction,
    corrections: str | os.PathLike[str],
    *,
    lexicon: tuple[str, str] | None = None,
) -> _core.Extraction:
    """Give the tables with the corrections of a CSV file in them.

    Args:
        found: What `zhibiao.extract` has read.
        corrections: A CSV file with the columns report (a ``content_id``), start, end, field, old,
            new, who and why; others are passed over, and so are lines with an empty ``new``.
        lexicon: Name and text of the user's metrics, which ``metric`` may then be one of.

    Returns:
        New tables. A correction that holds nowhere is a row of ``problems`` with the reason
        ``stale_correction``; the digest of the file is the metadata ``zhibiao.corrections`` of the
        observations.

    Raises:
        ArgumentError: The file cannot be read; the message names line and column, and what is
            expected there.

    """
    path = Path(corrections)
    return _core.correct(found, path.as_posix(), read_text(path), lexicon=lexicon)


def read_text(path: Path) -> str:
    """Give the text of the file: UTF-8, or what Excel writes in China.

    Raises:
        ArgumentError: There is no such file, or it is neither.

    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ArgumentError(f"corrections {path} cannot be read: {error.strerror}") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ArgumentError(f"corrections {path} is neither UTF-8 nor GB18030; save it as UTF-8")


def settled(path: Path) -> set[tuple[str, int, int]]:
    """Give report, start and end of what somebody has corrected, or confirmed with a name.

    A line whose ``new`` is its ``old`` confirms, and counts only where ``who`` is filled in.

    Raises:
        ArgumentError: A column is missing, or a place is no number.

    """
    import csv

    rows = csv.DictReader(io.StringIO(read_text(path), newline=""))
    try:
        return {
            (row["report"].strip(), int(row["start"]), int(row["end"]))
            for row in rows
            if row["new"] and (row["new"] != row["old"] or row["who"])
        }
    except (KeyError, ValueError, AttributeError) as error:
        raise ArgumentError(
            f"{path}, line {rows.line_num}: expected the columns {', '.join(COLUMNS)}, with whole "
            f"numbers in start and end ({error})"
        ) from error
