"""A table that says which region and year a file is of."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, TypeAlias

from zhibiao.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Row", "read_index"]

#: File, region or code, year, and the cells to keep.
Row: TypeAlias = "tuple[str, str | None, int | None, list[str | None]]"

_FILE = ("file", "source", "path", "filename", "文件")
_REGION = ("region", "region_code", "code", "地区")
_YEAR = ("year", "report_year", "年份")


def read_index(path: Path, keep: Sequence[str] = ()) -> list[Row]:
    """Read rows of (file, region or code, year, cells to keep) from a CSV or TSV file.

    The cells are those of the columns ``keep``, None where there is no such column.

    Raises:
        ArgumentError: The file cannot be read, lacks a column, or a line holds no year; the message
            names file and line.

    """
    lines = _text(path).splitlines()
    delimiter = "\t" if lines and "\t" in lines[0] else ","
    reader = csv.DictReader(io.StringIO("\n".join(lines)), delimiter=delimiter)
    names = {name.strip().lower(): name for name in reader.fieldnames or ()}
    file, region, year = (_column(names, wanted) for wanted in (_FILE, _REGION, _YEAR))
    kept = [_column(names, (name.strip().lower(),)) for name in keep]
    if file is None or not any((region, year, *kept)):
        found = ", ".join(names) or "nothing"
        raise ArgumentError(
            f"{path}: expected the columns file, region and year in the first line, found {found}"
        )
    return [
        (
            row[file],
            _value(row, region),
            _year(path, reader.line_num, _value(row, year)),
            [_cell(row, name) for name in kept],
        )
        for row in reader
        if row[file]
    ]


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ArgumentError(f"index {path} cannot be read: {error.strerror}") from error
    for encoding in ("utf-8-sig", "gb18030"):  # what Excel writes, in the West and in China
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ArgumentError(f"index {path} is neither UTF-8 nor GB18030; save it as UTF-8")


def _column(names: dict[str, str], wanted: tuple[str, ...]) -> str | None:
    return next((names[name] for name in wanted if name in names), None)


def _value(row: dict[str, str], column: str | None) -> str | None:
    return ((row[column] or "").strip() or None) if column else None


def _cell(row: dict[str, str], column: str | None) -> str | None:
    """Give a cell as it is; an empty one is none."""
    cell = (row[column] or "") if column else ""
    return cell if cell.strip() else None


def _year(path: Path, line: int, value: str | None) -> int | None:
    if value is None:
        return None
    year = value.removesuffix(".0").removesuffix("年")
    if not (year.isdecimal() and 1949 <= int(year) <= 2100):
        raise ArgumentError(f"{path}, line {line}: expected a year such as 2024, found {value!r}")
    return int(year)
