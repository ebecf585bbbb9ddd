"""Lists that a measure goes by, as TSV files: those of the package, and those of users."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from zhibiao.errors import ArgumentError
from zhibiao.messages import listed

__all__ = ["preset_path", "read_tsv"]

_DATA = Path(__file__).parent / "data"


def preset_path(name: str | os.PathLike[str], kind: str) -> tuple[str, Path]:
    """Give name and path of a list of the package, or of a user's file.

    Args:
        name: The name of a list in ``data/kind/``, without its ending, or a path.
        kind: What the list is for: ``hardness``, ``attention``.

    Raises:
        ArgumentError: There is no such list, and no such file.

    """
    built_in = _DATA / kind / f"{os.fspath(name)}.tsv"
    if isinstance(name, str) and Path(name).name == name and built_in.exists():
        return name, built_in
    path = Path(name)
    if path.is_file():
        return path.stem, path
    there = sorted(file.stem for file in (_DATA / kind).glob("*.tsv"))
    raise ArgumentError(
        f"the list {os.fspath(name)} is neither one of {listed(there)} nor a file; "
        "check the spelling"
    )


def read_tsv(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Give the lines of a TSV file with their numbers; those that begin with # are left out.

    Raises:
        ArgumentError: It cannot be read, or has other columns.

    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ArgumentError(f"{path} cannot be read: {error}; save it as UTF-8") from error
    numbered = [
        (number, line)
        for number, line in enumerate(text.splitlines(), start=1)
        if line and not line.startswith("#")
    ]
    rows = list(csv.reader((line for _, line in numbered), delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or tuple(rows[0]) != columns:
        raise ArgumentError(f"{path}: its first line is no {', '.join(columns)} between tabs")
    out: list[tuple[int, dict[str, str]]] = []
    for (number, _), cells in zip(numbered[1:], rows[1:], strict=True):
        if len(cells) != len(columns):
            raise ArgumentError(
                f"{path}, line {number}: {len(cells)} cells; expected {len(columns)}"
            )
        out.append((number, dict(zip(columns, (cell.strip() for cell in cells), strict=True))))
    return out
