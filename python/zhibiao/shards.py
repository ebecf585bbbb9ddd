"""Many shards, each with outputs of its own: a run that is over memory, and goes on where it was.

A shard is a source: a file of texts or a folder of reports. Its four tables go into a folder of its
name, and last a mark that says from what and by what they were made. What has a fitting mark is not
read again.
"""

from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhibiao import _core
from zhibiao.errors import ArgumentError, SourceNotFoundError
from zhibiao.extraction import extract
from zhibiao.resume import Source, digest_of, manifest
from zhibiao.write import told_of, write_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zhibiao.extraction import PathLike

__all__ = ["STATS", "extract_shards"]

#: The name of the mark in a shard's folder, and of the file that sums all marks up.
MARK, STATS = "done.json", "stats.csv"
#: What both tell of a shard.
FIGURES = ("shard", "reports", "observations", "problems", "seconds")


def extract_shards(
    shards: Iterable[PathLike],
    out: PathLike,
    *,
    tell: Callable[[str, dict[str, Any]], object] | None = None,
    **options: Any,
) -> list[dict[str, Any]]:
    """Read each shard into a folder of its own, and leave out what was read before.

    Args:
        shards: Files or folders; their names without endings have to differ.
        out: The folder for all outputs: ``out/NAME/observations.parquet`` and so on, and
            ``out/stats.csv`` with a line for each shard.
        tell: Called with each shard's name and figures, as soon as they are known.
        options: As for `zhibiao.extract`.

    Returns:
        For each shard its name, the numbers of its ``reports``, ``observations`` and ``problems``,
        and the ``seconds`` that reading took. Copies are found within a shard; over all of them
        `zhibiao.mark_copies` finds them.

    Raises:
        ArgumentError: Two shards have one name, or there are none.
        SourceNotFoundError: A shard does not exist.
        OutputError: An output cannot be written.

    """
    folder = Path(out)
    named = _named(shards)
    figures = []
    for name, shard in named.items():
        figures.append(_shard(name, shard, folder / name, options))
        if tell is not None:
            tell(name, figures[-1])
    stats = _csv(figures).encode()
    write_files([(folder / STATS, lambda part: part.write_bytes(stats))], overwrite=True)
    return figures


def _named(shards: Iterable[PathLike]) -> dict[str, Path]:
    named: dict[str, Path] = {}
    for shard in map(Path, shards):
        if not shard.exists():
            raise SourceNotFoundError(f"{shard}: there is no such file or folder")
        name = shard.resolve().name if shard.is_dir() else shard.name.partition(".")[0]
        if not name:
            raise ArgumentError(f"{shard} gives its outputs no name; rename it")
        if named.setdefault(name, shard) != shard:
            raise ArgumentError(
                f"{named[name]} and {shard} would both be written to {name}; rename one of them"
            )
    if not named:
        raise ArgumentError("there are no shards; name files or folders")
    return named


def _shard(name: str, shard: Path, folder: Path, options: dict[str, Any]) -> dict[str, Any]:
    made_by = _made_by(shard, options)
    known = _known(folder / MARK)
    if known is not None and known["made_by"] == made_by:
        return {figure: known[figure] for figure in FIGURES}
    began = time.perf_counter()
    found = extract(shard, **options)
    seconds = round(time.perf_counter() - began, 3)
    with told_of(folder, folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).unlink(missing_ok=True)  # the tables are to be replaced
    found.write(f"{folder}/", overwrite=True)
    rows = {table: getattr(found, table).num_rows for table in FIGURES[1:4]}
    figures = {"shard": name, **rows, "seconds": seconds}
    mark = json.dumps({**figures, "made_by": made_by}, ensure_ascii=False, indent=1).encode()
    write_files([(folder / MARK, lambda part: part.write_bytes(mark))], overwrite=True)
    return figures


def _made_by(shard: Path, options: dict[str, Any]) -> dict[str, Any]:
    """Tell what the tables hang on: the files, what reads them, and how."""
    reads = {name: value for name, value in options.items() if name not in ("threads", "progress")}
    told = manifest([shard], reads)
    sources = digest_of(Source(*each) for each in _core.find([shard])[0])
    return {"options": told.pop("option"), "sources": sources, **told}


def _known(mark: Path) -> dict[str, Any] | None:
    try:
        known: dict[str, Any] = json.loads(mark.read_bytes())
    except (OSError, ValueError):
        return None
    return known if {*FIGURES, "made_by"} <= known.keys() else None


def _csv(figures: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, FIGURES)
    writer.writeheader()
    writer.writerows(figures)
    return text.getvalue()
