"""From files, a frame or a text to the four tables."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from zhibiao import _core
from zhibiao.errors import ArgumentError, SourceNotFoundError
from zhibiao.frame import ArrowStream, Handed
from zhibiao.reading import Reading, reading

if TYPE_CHECKING:
    from zhibiao.index import Row
    from zhibiao.write import TableName

PathLike: TypeAlias = "str | os.PathLike[str]"

#: Called with sources read, all sources, bytes read, all bytes.
Progress: TypeAlias = Callable[[int, int, int, int], object]

__all__ = ["PathLike", "Progress", "extract", "read", "scan"]


def extract(
    source: PathLike | Iterable[PathLike] | ArrowStream,
    *,
    text: str | None = None,
    region: str | None = None,
    year: str | None = None,
    id: str | None = None,
    keep: str | Iterable[str] | None = None,
    max_bytes: int | None = None,
    max_ratio: int | None = None,
    max_total: int | None = None,
    threads: int | None = None,
    progress: bool | Progress | None = None,
    lexicon: PathLike | None = None,
    index: PathLike | None = None,
    corrections: PathLike | None = None,
) -> _core.Extraction:
    """Read every report of a file, a folder (with its subfolders), a list of both, or a frame.

    A file may be a report, a table with a report in each row (.csv, .tsv, .xlsx, .parquet, .arrow,
    .jsonl, .dta), or a .gz, .zst or .zip of any of these; its content says what it is. In the
    tables a row is called ``reports.csv#ID`` and a member ``reports.zip/a.txt``; such a name may
    be given as a single source too.

    Args:
        source: Where the reports are, or any object with ``__arrow_c_stream__``: a pandas or polars
            frame, a pyarrow table or reader, a DuckDB result. Its rows are called ``<frame>#ID``.
        text: The column of a table that holds the texts; found by a usual name (full_text, text,
            content, 正文 …) if not given, as are the next three.
        region: The column with names or six-digit codes of regions. Where it is not given,
            province, city and county are put together. What the table says wins over the text,
            and a difference is a warning in ``reports``.
        year: The column of report years; it wins like the region.
        id: The column that names the rows; they are numbered from 1 where there is none.
        keep: Further columns, such as ``["url", "publish_date"]``, which are carried to ``reports``
            as texts, behind its own columns and in this order; null for reports of other sources.
            They may stand in ``index`` too, whose cells go before those of a table. A table that
            lacks one is a problem.
        max_bytes: The most bytes of one document; 64 MB if not given.
        max_ratio: How many times its size a packed file may unpack to; 200 if not given. What
            unpacks to less than 16 MB is never refused.
        max_total: The most bytes that one packed file may unpack to; 8 GB if not given.
        threads: How many threads to use; one a core if not given. The tables do not depend on it.
        progress: True for a bar with rate and time left (silent where there is no terminal or
            notebook), or a function that is called with sources read, all sources, bytes read and
            all bytes.
        lexicon: A TSV file of metrics that adds to the built-in ones or overrides them.
        index: A CSV or TSV file with the columns file, region (a name or a six-digit code) and
            year, which override what a text says of itself. ``file`` is a path, or the end of one.
        corrections: A CSV file of corrections to observations, applied once all is read; see
            `docs/corrections.md`. Those that hold nowhere are rows of ``problems``.

    Returns:
        The tables ``reports``, ``observations``, ``sentences`` and ``problems``. A file or a row
        that cannot be read, or is no report, is a row of ``problems``; so is a table without the
        column that was asked for. Rows follow the names of the files, and the order of a table.

    Raises:
        SourceNotFoundError: ``source`` is a single path that does not exist.
        ArgumentError: A limit, ``threads``, ``lexicon`` or ``index`` cannot be used, or ``keep``
            names a column that ``reports`` has already.
        TableError: A frame cannot be handed over.
        TypeError: ``source`` is none of these.
        ImportError: A pandas frame is given without pyarrow, by which pandas hands it over.
        LexiconError: A line of ``lexicon`` cannot be read.
        KeyboardInterrupt: Ctrl-C; the run ends within a second.

    Examples:
        >>> import zhibiao
        >>> found = zhibiao.extract(zhibiao.sample, threads=2)
        >>> found.observations.column_names[:3]
        ['observation_id', 'report_id', 'source']

        A frame needs a column of texts:

        >>> import pyarrow
        >>> words = (zhibiao.sample / "shiqiao_2023.txt").read_text(encoding="utf-8")
        >>> frame = pyarrow.table({"县": ["石桥县"], "年份": [2023], "正文": [words]})
        >>> found = zhibiao.extract(frame)
        >>> found.reports.column("source"), found.reports.column("region")
        (['<frame>#1'], ['石桥县'])

        What else it knows of a report can come along:

        >>> frame = frame.append_column("url", pyarrow.array(["https://example.org/1"]))
        >>> zhibiao.extract(frame, keep=["url"]).reports.column("url")
        ['https://example.org/1']

    """
    from zhibiao.progress import reporter

    wanted = reading(
        text=text,
        region=region,
        year=year,
        id=id,
        max_bytes=max_bytes,
        max_ratio=max_ratio,
        max_total=max_total,
        keep=names_of(keep),
    )
    run = _run(source, wanted, threads=threads, lexicon=lexicon, index=index)
    with reporter(progress) as report:
        if run.frame is not None:
            found = _core.extract_table(run.frame, progress=report, **run.options)
        else:
            found = _core.extract(run.paths, progress=report, **run.options)
    if run.only is not None and not (found.reports.num_rows or found.problems.num_rows):
        from zhibiao.lookup import unknown

        raise unknown(run.paths[0], run.only, wanted)
    if corrections is None:
        return found
    from zhibiao.corrections import correct

    return correct(found, corrections, lexicon=run.options["lexicon"])


def scan(
    source: PathLike | Iterable[PathLike] | ArrowStream,
    *,
    table: TableName = "observations",
    batch_bytes: int | None = None,
    text: str | None = None,
    region: str | None = None,
    year: str | None = None,
    id: str | None = None,
    keep: str | Iterable[str] | None = None,
    max_bytes: int | None = None,
    max_ratio: int | None = None,
    max_total: int | None = None,
    threads: int | None = None,
    lexicon: PathLike | None = None,
    index: PathLike | None = None,
) -> _core.Scan:
    """Read as `extract` does, and hand one of the tables on while it is read.

    For sources whose tables do not fit into memory. Reading waits until a batch is taken, so that
    memory is bounded by a few batches.

    Args:
        source: As for `extract`.
        table: The table that is handed on.
        batch_bytes: Bytes of sources that a batch is read from, 16 MB if not given: fewer take less
            memory. A larger document is a batch of its own.
        text: The column of a table that holds the texts; as for `extract`, as are all that follow.
        region: The column with names or codes of regions.
        year: The column of report years.
        id: The column that names the rows.
        keep: Further columns that are carried to ``reports``.
        max_bytes: The most bytes of one document.
        max_ratio: How many times its size a packed file may unpack to.
        max_total: The most bytes that one packed file may unpack to.
        threads: How many threads to use.
        lexicon: A TSV file of metrics.
        index: A CSV or TSV file with regions and years of files.

    Returns:
        An iterator of tables, one for each batch, and an Arrow stream of the same
        (``__arrow_c_stream__``) for polars, DuckDB, pyarrow and others, which can be taken once.
        All batches together are the table of `extract`, in its order, but for ``duplicate_of``:
        copies are found by `zhibiao.mark_copies` over all ``reports``. Dropping it ends the run.

    Raises:
        SourceNotFoundError: ``source`` is a single path that does not exist, or the name of a
            document that its file does not hold.
        ArgumentError: As for `extract`, or there is no such table.

    Examples:
        >>> import zhibiao
        >>> for batch in zhibiao.scan(zhibiao.sample, table="reports"):
        ...     print(batch)
        <zhibiao.Table reports: 9 rows × 23 columns>

        Straight into a file, in bounded memory:

        >>> import pyarrow
        >>> reader = pyarrow.RecordBatchReader.from_stream(zhibiao.scan(zhibiao.sample))
        >>> sum(batch.num_rows for batch in reader)
        811

    """
    if batch_bytes is not None and batch_bytes < 1:
        raise ArgumentError(f"batch_bytes is {batch_bytes}; expected a number from 1, or None")
    wanted = reading(
        text=text,
        region=region,
        year=year,
        id=id,
        max_bytes=max_bytes,
        max_ratio=max_ratio,
        max_total=max_total,
        keep=names_of(keep),
    )
    run = _run(source, wanted, threads=threads, lexicon=lexicon, index=index)
    if run.only is not None:
        from zhibiao.lookup import held, unknown

        if not held(run.paths[0], run.only, wanted):
            raise unknown(run.paths[0], run.only, wanted)
    if run.frame is not None:
        return _core.scan_table(run.frame, table, batch_bytes=batch_bytes, **run.options)
    return _core.scan(run.paths, table, batch_bytes=batch_bytes, **run.options)


class _Options(TypedDict):
    """What the core takes beside its sources."""

    threads: int
    lexicon: tuple[str, str] | None
    index: list[Row]
    reading: Reading


@dataclass(frozen=True)
class _Run:
    """Sources and options, checked."""

    paths: list[Path]
    #: The name of the one document in them that is wanted, if one is.
    only: str | None
    frame: Handed | None
    options: _Options


def _run(
    source: PathLike | Iterable[PathLike] | ArrowStream,
    wanted: Reading,
    *,
    threads: int | None,
    lexicon: PathLike | None,
    index: PathLike | None,
) -> _Run:
    if threads is not None and threads < 1:
        raise ArgumentError(f"threads is {threads}; expected a number from 1, or None")
    options: _Options = {
        "threads": threads or 0,
        "lexicon": lexicon_text(lexicon),
        "index": _index(index, wanted["keep"] or []),
        "reading": wanted,
    }
    if isinstance(source, ArrowStream):
        return _Run([], None, Handed(source), options)
    paths, only = _paths(source)
    options["reading"] = {**wanted, "only": only}
    return _Run(paths, only, None, options)


def read(
    text: str,
    region: str | None = None,
    year: int | None = None,
    *,
    lexicon: PathLike | None = None,
) -> _core.Extraction:
    """Read one text, for trying things out.

    Args:
        text: A report, or a piece of one.
        region: The reporting region, by name or six-digit code, if the text does not tell it.
        year: The report year, if the text does not tell it.
        lexicon: As for `extract`.

    Returns:
        The same four tables as `extract`; in a notebook they show each value in its sentence.

    Examples:
        >>> import zhibiao
        >>> found = zhibiao.read("2024年，地区生产总值增长5.2%。", region="湖北省", year=2025)
        >>> found.observations.column("text")
        ['5.2%']

    """
    if year is not None and not 1949 <= year <= 2100:
        raise ArgumentError(f"year is {year}; expected one such as 2024")
    try:
        return _core.read(text, region=region, year=year, lexicon=lexicon_text(lexicon))
    except UnicodeEncodeError as error:
        raise ArgumentError(
            f"the text holds half of a surrogate pair at {error.start}; decode it with "
            "errors='replace'"
        ) from error


def _paths(source: PathLike | Iterable[PathLike]) -> tuple[list[Path], str | None]:
    """Give the paths, and the name of the one document in them that is wanted, if one is."""
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        if path.exists():
            return [path], None
        from zhibiao.lookup import split

        file, only = split(os.fspath(source))
        if only is None:
            raise SourceNotFoundError(
                f"{path}: there is no such file or folder; check the spelling and the working "
                f"directory ({Path.cwd()})"
            )
        return [file], only
    return _listed(source), None


def _listed(source: Iterable[PathLike]) -> list[Path]:
    kind = type(source)
    # Frames that cannot be handed over give the names of their columns one by one.
    is_frame = hasattr(kind, "columns") or isinstance(source, (bytes, dict))
    if is_frame or not hasattr(kind, "__iter__"):
        raise TypeError(
            f"{kind.__module__}.{kind.__qualname__} is no source; expected a path, a list of paths "
            "or a table with __arrow_c_stream__ (pandas 2.2 or later, polars, pyarrow, DuckDB; "
            "collect a lazy frame first)"
        )
    listed = list(source)
    for path in listed:
        if not isinstance(path, (str, os.PathLike)):
            raise TypeError(f"a list of sources holds paths, found {type(path).__name__}")
    return [Path(path) for path in listed]


def names_of(keep: str | Iterable[str] | None) -> list[str]:
    """Give the names in ``keep``; a text is one name, and not its letters.

    Raises:
        TypeError: It holds something that is no name.

    """
    names = [keep] if isinstance(keep, str) else list(keep or ())
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"keep holds names of columns, found {type(name).__name__}")
    return names


def lexicon_text(path: PathLike | None) -> tuple[str, str] | None:
    """Give name and text of a user's lexicon, as the core takes it.

    Raises:
        ArgumentError: The file cannot be read, or is not UTF-8.

    """
    if path is None:
        return None
    try:
        return str(path), Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ArgumentError(f"lexicon {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ArgumentError(f"lexicon {path} is not UTF-8; save it as UTF-8") from error


def _index(path: PathLike | None, keep: Sequence[str]) -> list[Row]:
    if path is None:
        return []
    from zhibiao.index import read_index

    return read_index(Path(path), keep)
