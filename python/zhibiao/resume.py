"""A run in parts, which goes on where it was interrupted.

Sources are read some hundreds at a time. What each part gave is kept in a folder beside the output
until all have been read; then the parts are put together into the tables that one run over all
sources gives, to the byte, and the folder goes. A run that is killed loses the part in hand.

A part is written under another name and renamed: it is whole or absent. It is named after its
sources, their sizes and times, so that a source that has changed is read again, with its
neighbours. Parts fit together only if they were read alike: `run.json` says by what, and a run with
another version, lexicon, option or source is refused.

A table or an archive is one source, however many reports it holds: it is never cut into parts.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

import zhibiao
from zhibiao import _core
from zhibiao.errors import ArgumentError
from zhibiao.write import extraction_paths, told_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from zhibiao.extraction import PathLike, Progress

__all__ = ["Source", "digest_of", "extract_in_parts", "manifest", "parts_folder"]

#: A part ends after a source whose name says so, one in this many. Where a source is added or
#: removed, only its own part becomes another one.
_ENDS = 256
#: A part has no more sources and, unless it is a single one, not many more bytes.
_MOST_SOURCES = 512
_MOST_BYTES = 64 << 20

#: The tables of a part, in the order in which the core takes them.
_TABLES = ("reports", "observations", "sentences", "problems")


class Source(NamedTuple):
    """What a run reads, as `_core.find` tells it."""

    path: Path
    name: str
    bytes: int


def parts_folder(output: PathLike) -> Path:
    """Say where the parts of a run are kept: beside the output."""
    first = extraction_paths(output)["observations"]
    return first.with_name(f"{first.name}.parts")


def extract_in_parts(
    source: Iterable[PathLike],
    folder: Path,
    *,
    progress: bool | Progress | None = None,
    threads: int | None = None,
    options: Mapping[str, Any],
) -> _core.Extraction:
    """Read as `zhibiao.extract` does with these options, and keep every part that is read.

    The folder stays; who has written the tables removes it by `shutil.rmtree`.

    Raises:
        ArgumentError: The folder holds parts of a run with other sources or options.

    """
    from zhibiao.extraction import lexicon_text, names_of
    from zhibiao.progress import reporter

    paths = [Path(path) for path in source]
    lexicon, keep = lexicon_text(options.get("lexicon")), names_of(options.get("keep"))
    found, nowhere = _core.find(paths, lexicon=lexicon, keep=keep)
    _begin(folder, manifest(paths, options))  # what cannot be used was refused before
    sources = [Source(*each) for each in found]
    kept = [_keep(folder, "nowhere", nowhere)]
    with reporter(progress) as report:
        told = _Told(report, len(sources), sum(each.bytes for each in sources))
        for part in _parts(sources):
            place = folder / _name(part)
            if not place.is_dir():
                whole = zhibiao.extract(
                    [each.path for each in part], threads=threads, progress=told, **options
                )
                _keep(folder, place.name, whole)
            told.done(part)
            kept.append(place)
    tables = [tuple(place / f"{name}.arrow" for name in _TABLES) for place in kept]
    return _core.merge(tables, lexicon=lexicon, keep=keep)


class _Told:
    """Progress over all parts, from the progress of one."""

    def __init__(self, report: Progress | None, sources: int, bytes: int) -> None:
        self._report = report
        self._all = (sources, bytes)
        self._done = (0, 0)

    def __call__(self, sources: int, _: int, bytes: int, __: int) -> None:
        if self._report is not None:
            self._report(self._done[0] + sources, self._all[0], self._done[1] + bytes, self._all[1])

    def done(self, part: Sequence[Source]) -> None:
        self._done = (self._done[0] + len(part), self._done[1] + sum(one.bytes for one in part))
        self(0, 0, 0, 0)


def _parts(sources: Iterable[Source]) -> Iterator[list[Source]]:
    part: list[Source] = []
    size = 0
    for source in sources:
        part.append(source)
        size += source.bytes
        full = len(part) >= _MOST_SOURCES or size >= _MOST_BYTES
        if full or crc32(source.name.encode("utf-8", "surrogatepass")) % _ENDS == 0:
            yield part
            part, size = [], 0
    if part:
        yield part


def _name(part: Sequence[Source]) -> str:
    """Give a name that changes with any source of the part."""
    return f"part-{digest_of(part)}"


def digest_of(sources: Iterable[Source]) -> str:
    """Give a digest of paths, sizes and times: another one as soon as a source changes."""
    digest = hashlib.sha256()
    for source in sources:
        try:
            changed = source.path.stat().st_mtime_ns
        except OSError:  # it has gone meanwhile, and will be a problem
            changed = 0
        digest.update(repr((os.fsencode(source.path), source.bytes, changed)).encode())
    return digest.hexdigest()[:32]


def _keep(folder: Path, name: str, tables: _core.Extraction) -> Path:
    """Write a part beside its place, and rename it when all of it is there."""
    place, beside = folder / name, folder / f".{name}.{os.getpid()}.partial"
    beside.mkdir()
    try:
        for table in _TABLES:
            file = beside / f"{table}.arrow"
            with told_of(folder, file):
                _core.write_table(getattr(tables, table), file, "arrow")
        shutil.rmtree(place, ignore_errors=True)
        beside.rename(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return place


def _begin(folder: Path, manifest: dict[str, Any]) -> None:
    """Make the folder, or find that its parts are of the same run."""
    path = folder / "run.json"
    try:
        begun = json.loads(path.read_bytes())
    except FileNotFoundError:
        if folder.exists() and any(not _is_ours(inside) for inside in folder.iterdir()):
            raise ArgumentError(
                f"{folder} is no folder of a run in parts; remove it, or name another output"
            ) from None
        with told_of(folder, folder):
            folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f".run.{os.getpid()}.partial"
        beside.write_text(json.dumps(manifest, indent=1), encoding="ascii")
        beside.replace(path)
        return
    except ValueError:
        begun = {}
    for what, now in manifest.items():
        if begun.get(what) != now:
            raise ArgumentError(
                f"{folder} keeps a run with another {what} ({_short(begun.get(what))}, now "
                f"{_short(now)}); go on with the same, or remove that folder to begin anew"
            )
    for left in folder.glob(".*.partial"):  # of a run that was killed
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


def _is_ours(inside: Path) -> bool:
    return inside.name.startswith(".run.")


def _short(value: object, most: int = 120) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= most else f"{text[:most]}…"


def manifest(paths: Sequence[Path], options: Mapping[str, Any]) -> dict[str, Any]:
    """Say by what sources are read: all that makes the rows."""
    told: dict[str, Any] = {
        "version": zhibiao.__version__,
        "lexicon": zhibiao.lexicon_digest(),
        "source": [os.fspath(path) for path in paths],
    }
    files = ("lexicon", "index")
    given = {name: value for name, value in sorted(options.items()) if value is not None}
    told["option"] = {name: value for name, value in given.items() if name not in files}
    for name in files:
        told[f"{name} of your own"] = _content(name, given.get(name))
    return told


def _content(name: str, path: PathLike | None) -> str | None:
    """Give a digest of a file: another name for the same content is no other option."""
    if path is None:
        return None
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:16]
    except OSError as error:
        raise ArgumentError(f"{name} {path} cannot be read: {error.strerror}") from error
