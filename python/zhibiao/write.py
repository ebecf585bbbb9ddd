"""Tables → files. A file is written beside its place and then renamed: it is whole or absent."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from zhibiao import _core
from zhibiao.errors import ArgumentError, OutputError, OutputExistsError, TableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from zhibiao.extraction import PathLike

__all__ = [
    "FORMATS",
    "TABLES",
    "TableName",
    "extraction_paths",
    "is_folder",
    "told_of",
    "write_extraction",
    "write_files",
    "write_tables",
]

#: Endings of files, and the formats that they choose.
FORMATS = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "arrow",
    ".ipc": "arrow",
    ".feather": "arrow",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}

#: The tables of an extraction.
TableName: TypeAlias = Literal["observations", "reports", "sentences", "problems"]
TABLES: tuple[TableName, ...] = get_args(TableName)


def extraction_paths(path: PathLike) -> dict[str, Path]:
    """Say where the four tables go.

    ``out.parquet`` is the observations, with ``out.reports.parquet`` and so on beside it; ``out/``,
    or a folder that is there, takes ``observations.parquet`` and so on.

    Raises:
        ArgumentError: The ending is no known format.

    """
    out = Path(path)
    if is_folder(path):
        return {name: out / f"{name}.parquet" for name in TABLES}
    format_of(out)
    beside: dict[str, Path] = {
        name: out.with_name(f"{out.stem}.{name}{out.suffix}") for name in TABLES[1:]
    }
    return {"observations": out, **beside}


def is_folder(path: PathLike) -> bool:
    """Tell whether a path means a folder: one that is there, or a name with a closing slash."""
    return Path(path).is_dir() or os.fspath(path).endswith(("/", os.sep))


def format_of(path: Path) -> str:
    """Give the format that a file's ending chooses.

    Raises:
        ArgumentError: The ending is no known format.

    """
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        raise ArgumentError(
            f"{path}: the ending chooses the format; use .parquet, .arrow, .csv or .jsonl"
        ) from None


def refuse_existing(paths: Iterable[Path]) -> None:
    """Raise OutputExistsError if one of the files is there."""
    for path in paths:
        if path.exists():
            raise OutputExistsError(f"{path} exists; choose another name, or overwrite")


def write_extraction(
    extraction: _core.Extraction, path: PathLike, overwrite: bool = False
) -> dict[str, Path]:
    """Write the four tables and say where they are; see `extraction_paths`.

    Raises:
        OutputExistsError: One of the files is there, and ``overwrite`` is false.
        ArgumentError: The ending is no known format.

    """
    paths = extraction_paths(path)
    write_tables([(paths[name], getattr(extraction, name)) for name in TABLES], overwrite)
    return paths


def write_tables(tables: Sequence[tuple[PathLike, Any]], overwrite: bool = False) -> None:
    """Write Arrow tables, each into its file; all of them are whole, or none is there.

    Raises:
        OutputExistsError: One of the files is there, and ``overwrite`` is false.
        OutputError: A file cannot be written; none is left then.
        ArgumentError: An ending is no known format.

    """
    write_files([(Path(path), _writer(table, Path(path))) for path, table in tables], overwrite)


def _writer(table: Any, place: Path) -> Callable[[Path], object]:
    format = format_of(place)
    return lambda part: _core.write_table(table, part, format)


def write_files(
    files: Sequence[tuple[Path, Callable[[Path], object]]], overwrite: bool = False
) -> None:
    """Write files beside their places, and rename them when all are there.

    Args:
        files: Each place with what writes the file at the path that it is handed.
        overwrite: Replace files that are there.

    Raises:
        OutputExistsError: One of the files is there, and ``overwrite`` is false.
        OutputError: A file cannot be written; none is left then.

    """
    places = [place for place, _ in files]
    if not overwrite:
        refuse_existing(places)
    for place in places:
        if place.is_dir():
            raise OutputError(f"{place} is a folder; remove it, or choose another name")
    beside = [place.with_name(f".{place.name}.{os.getpid()}.partial") for place in places]
    try:
        for part, (place, write) in zip(beside, files, strict=True):
            with told_of(place, part):
                part.parent.mkdir(parents=True, exist_ok=True)
                write(part)
        for part, place in zip(beside, places, strict=True):
            with told_of(place, part):
                os.replace(part, place)
    finally:
        for part in beside:
            with suppress(OSError):  # what stopped the writing is told already
                part.unlink(missing_ok=True)


@contextmanager
def told_of(place: Path, part: Path) -> Iterator[None]:
    """Name the file that was asked for, not the one beside it."""
    try:
        yield
    except (OSError, TableError) as error:
        why = getattr(error, "strerror", None) or str(error).removeprefix(f"{part}: ")
        raise OutputError(
            f"{place} cannot be written ({why}); free some room, or choose another place"
        ) from error
