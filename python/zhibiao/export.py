"""Panels → what other programs are fed with: Stata, R, and a folder that explains itself.

`Table.write` writes a table as it is, so that `zhibiao.read_table` gives it back. What stands here
changes its shape for others, which is why it has a name of its own.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhibiao import _core
from zhibiao.errors import ArgumentError
from zhibiao.write import is_folder, refuse_existing, write_files, write_tables

if TYPE_CHECKING:
    from zhibiao._core import Table
    from zhibiao.extraction import PathLike

__all__ = ["export", "panel_paths"]


def export(
    table: Any,
    path: PathLike,
    *,
    conflicts: Table | None = None,
    overwrite: bool = False,
) -> list[Path]:
    """Write a panel for Stata or R, or into a folder with its description beside it.

    Args:
        table: A panel or another table of zhibiao; for a file also a frame of any library.
        path: ``panel.dta`` is for Stata 14 and later, ``panel.csv`` for R; the other endings are
            those of `Table.write`. A folder (``out/``, or one that is there) takes
            ``panel.parquet``, ``conflicts.parquet``, ``datapackage.json`` and ``codebook.md``.
        conflicts: What `zhibiao.conflicts` gives; only into a folder.
        overwrite: Replace files that are there.

    Returns:
        The files that were written.

    Raises:
        OutputExistsError: A file is there, and ``overwrite`` is false.
        OutputError: A file cannot be written.
        ArgumentError: The ending is no known format, or the table cannot be described.
        TableError: A panel for Stata is not identified by its key.
        ImportError: pandas or pyarrow is not installed; the message says how to install them.

    Examples:
        >>> import tempfile
        >>> import zhibiao
        >>> panel = zhibiao.read("今年生产总值增长6%左右。", region="荆州市", year=2024).panel()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     [path.name for path in zhibiao.export(panel, folder)]
        ['panel.parquet', 'datapackage.json', 'codebook.md']

    """
    out = Path(path)
    if is_folder(path):
        return _folder(table, out, conflicts, overwrite)
    if conflicts is not None:
        raise ArgumentError(f"{path} is a file; give a folder (out/) to have the conflicts beside")
    if out.suffix.lower() == ".dta":
        from zhibiao.stata_out import prepared

        if not overwrite:
            refuse_existing([out])  # before the work, and again when writing
        write_files([(out, prepared(table))], overwrite)
    else:
        write_tables([(out, table)], overwrite)
    return [out]


def panel_paths(path: PathLike) -> list[Path]:
    """Say which files a panel and its conflicts go into."""
    if not is_folder(path):
        return [Path(path)]
    return [Path(path) / name for name in ("panel.parquet", "conflicts.parquet", *_BESIDE)]


_BESIDE = ("datapackage.json", "codebook.md")


def _folder(table: Table, out: Path, conflicts: Table | None, overwrite: bool) -> list[Path]:
    from zhibiao.datapackage import datapackage

    tables = {}
    for each in (table, conflicts):
        if each is not None:
            tables[f"{_kind(each)}.parquet"] = each
    texts = {
        out / name: text
        for name, text in zip(_BESIDE, (datapackage(tables), _core.codebook()), strict=True)
    }
    places = {out / name: each for name, each in tables.items()}
    if not overwrite:
        refuse_existing([*places, *texts])
    write_tables(list(places.items()), overwrite)
    write_files([(place, partial(_write, text)) for place, text in texts.items()], overwrite)
    return [*places, *texts]


def _kind(table: Any) -> str:
    told = getattr(table, "metadata", {})
    if "zhibiao.table" not in told:
        raise ArgumentError(
            f"a {type(table).__name__} does not describe its columns; export a table of zhibiao "
            "into a folder, and other frames into a file"
        )
    return str(told["zhibiao.table"])


def _write(text: str, place: Path) -> None:
    place.write_bytes(text.encode())
