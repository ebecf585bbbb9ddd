"""The compiled core. Its public names are offered by `zhibiao` itself."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol, final

from zhibiao.index import Row
from zhibiao.reading import Reading

__all__ = [
    "Extraction",
    "Scan",
    "Table",
    "codebook",
    "conflicts",
    "correct",
    "count_words",
    "decode",
    "divisions",
    "extract",
    "extract_table",
    "find",
    "lexicon_digest",
    "locate",
    "mark_copies",
    "merge",
    "names",
    "panel",
    "read",
    "read_table",
    "scan",
    "scan_table",
    "version",
    "write_table",
]

class _ArrowStream(Protocol):
    """Any table of the Arrow PyCapsule interface: polars, pandas, pyarrow, DuckDB and others."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Table:
    """An Arrow table that any data frame library can take without copying.

    ``polars.DataFrame(table)``, ``pyarrow.table(table)``, ``duckdb.sql("from table")`` and
    ``pandas.DataFrame.from_arrow(table)`` work by themselves; the methods below are short ways.
    """

    @property
    def num_rows(self) -> int:
        """The number of rows; also ``len(table)``."""
    @property
    def column_names(self) -> list[str]:
        """The names of the columns, in the order of the codebook."""
    @property
    def metadata(self) -> dict[str, str]:
        """``zhibiao.version``, ``zhibiao.lexicon`` (its digest), ``zhibiao.table`` and more."""
    @property
    def column_metadata(self) -> dict[str, dict[str, str]]:
        """Of each column its ``description``, and its ``unit`` or ``levels`` where it has them."""
    def to_dicts(self, start: int = 0, stop: int | None = None) -> list[dict[str, Any]]:
        """Give rows ``start`` to ``stop`` (exclusive) as dictionaries."""
    def column(self, name: str) -> list[Any]:
        """Give one column as a list.

        Raises:
            KeyError: There is no such column.

        """
    def to_arrow(self) -> Any:
        """Give a ``pyarrow.Table``; see `zhibiao.frame`."""
    def to_pandas(self) -> Any:
        """Give a ``pandas.DataFrame``; see `zhibiao.frame`."""
    def to_polars(self) -> Any:
        """Give a ``polars.DataFrame``; see `zhibiao.frame`."""
    def plain(self) -> Table:
        """Give the same rows in one batch, with plain texts in the place of dictionaries.

        For programs that know no dictionaries.

        Examples:
            >>> import pyarrow
            >>> import zhibiao
            >>> rows = pyarrow.table(zhibiao.divisions(2024).plain())
            >>> str(rows.schema.field("level").type)
            'string'

        """
    def write(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> None:
        """Write the table; .parquet, .arrow, .csv or .jsonl chooses the format.

        Raises:
            OutputExistsError: The file is there, and ``overwrite`` is false.
            ArgumentError: The ending is no known format.

        """
    def wide(
        self,
        metrics: Sequence[str] | None = None,
        *,
        measure: str = "growth",
        values: Sequence[str] | None = None,
    ) -> Table:
        """Give of a panel one row for each region and year.

        Args:
            metrics: Canonical metrics; all that there are if not given.
            measure: ``level``, ``growth``, ``change`` or ``share``.
            values: Columns of the panel, each of which becomes a column for each metric:
                ``gdp_target``, ``gdp_actual``. ``target`` and ``actual`` if not given.

        Raises:
            TableError: This is no panel, or it has no yearly cell of a metric.

        Examples:
            >>> import zhibiao
            >>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
            >>> zhibiao.panel(found).wide(["gdp", "exports"]).column_names[5:]
            ['gdp_target', 'gdp_actual', 'exports_target', 'exports_actual']

        """
    def coverage(self) -> Table:
        """Count of a panel the yearly cells by level, metric, measure, year, side and state.

        Raises:
            TableError: This is no panel.

        """
    def explain(
        self,
        region: str,
        year: int,
        metric: str,
        *,
        measure: str = "growth",
        horizon: str = "annual",
    ) -> Any:
        """Show both sentences of a cell, all competing statements and the rule that chose.

        Only of a panel that was made of an extraction; see `zhibiao.explain`.

        Raises:
            ArgumentError: There is no such cell, or the table does not know its sentences.

        """
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    def __len__(self) -> int: ...
    def _repr_html_(self) -> str: ...

@final
class Extraction:
    """What a run found: four tables, which `docs/codebook.md` describes column by column."""

    @property
    def reports(self) -> Table:
        """One row for each report: region, year, level, warnings, and the columns kept."""
    @property
    def observations(self) -> Table:
        """One row for each statement of a statistic."""
    @property
    def sentences(self) -> Table:
        """One row for each sentence that an observation points into."""
    @property
    def problems(self) -> Table:
        """One row for each source that could not be read or holds no report."""
    def panel(
        self,
        point: Literal["low", "mid", "high"] = "low",
        *,
        tolerance: float = 0.0,
        complete: bool = False,
    ) -> Table:
        """Pair targets with actuals; see `zhibiao.panel`."""
    def conflicts(self) -> Table:
        """List the statements that the panel does not use; see `zhibiao.conflicts`."""
    def write(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> dict[str, Any]:
        """Write all four tables and give the path of each.

        ``out.parquet`` takes the observations, with ``out.reports.parquet`` and so on beside it;
        a folder takes ``observations.parquet`` and so on.

        Raises:
            OutputExistsError: One of the files is there, and ``overwrite`` is false.
            ArgumentError: The ending is no known format.

        """
    def _repr_html_(self) -> str: ...

def extract(
    paths: Sequence[str | os.PathLike[str]],
    *,
    threads: int = 0,
    progress: Callable[[int, int, int, int], object] | None = None,
    lexicon: tuple[str, str] | None = None,
    index: Sequence[Row] = ...,
    reading: Reading | None = None,
) -> Extraction:
    """Read every source; `zhibiao.extract` is the form for people."""

@final
class Scan:
    """A run whose rows are handed on while it goes on; `zhibiao.scan` starts one."""

    def __iter__(self) -> Scan: ...
    def __next__(self) -> Table: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand what is left over as a stream; this can be done once.

        Raises:
            ArgumentError: The scan is over, or was taken before.

        """
    def __arrow_c_schema__(self) -> object: ...

def scan(
    paths: Sequence[str | os.PathLike[str]],
    table: str,
    *,
    threads: int = 0,
    batch_bytes: int | None = None,
    lexicon: tuple[str, str] | None = None,
    index: Sequence[Row] = ...,
    reading: Reading | None = None,
) -> Scan:
    """Start a run over files; `zhibiao.scan` is the form for people."""

def scan_table(
    frame: _ArrowStream,
    table: str,
    *,
    threads: int = 0,
    batch_bytes: int | None = None,
    lexicon: tuple[str, str] | None = None,
    index: Sequence[Row] = ...,
    reading: Reading | None = None,
) -> Scan:
    """Start a run over the rows of a table in memory; `zhibiao.scan` is the form for people."""

def extract_table(
    table: _ArrowStream,
    *,
    threads: int = 0,
    progress: Callable[[int, int, int, int], object] | None = None,
    lexicon: tuple[str, str] | None = None,
    index: Sequence[Row] = ...,
    reading: Reading | None = None,
) -> Extraction:
    """Read every row of a table in memory; `zhibiao.extract` is the form for people.

    Raises:
        TypeError: The object has no ``__arrow_c_stream__``.
        TableError: The stream cannot be read.

    """

def find(
    paths: Sequence[str | os.PathLike[str]],
    *,
    lexicon: tuple[str, str] | None = None,
    keep: Sequence[str] = ...,
) -> tuple[list[tuple[Path, str, int]], Extraction]:
    """Give the sources of a run in its order, with path, name and size, and what leads nowhere.

    Raises:
        ArgumentError: ``keep`` names a column that ``reports`` has already, or one twice.

    """

def merge(
    parts: Sequence[Sequence[str | os.PathLike[str]]],
    *,
    lexicon: tuple[str, str] | None = None,
    keep: Sequence[str] = ...,
) -> Extraction:
    """Put the parts of a run together; of each the paths of its four tables, as Arrow files.

    In the order ``reports``, ``observations``, ``sentences``, ``problems``; see `zhibiao.resume`.

    Raises:
        TableError: A file is no part of a run, or of another version, or keeps other columns.
        OSError: A file cannot be opened.

    """

def correct(
    found: Extraction, source: str, csv: str, *, lexicon: tuple[str, str] | None = None
) -> Extraction:
    """Put the corrections of a CSV file into the tables; see `zhibiao.corrections`.

    Raises:
        ArgumentError: A line cannot be read; the message names ``source``, line and column.

    """

def read(
    text: str,
    *,
    region: str | None = None,
    year: int | None = None,
    source: str = "text",
    lexicon: tuple[str, str] | None = None,
) -> Extraction:
    """Read one text; `zhibiao.read` is the form for people."""

def panel(
    observations: _ArrowStream | Extraction,
    point: Literal["low", "mid", "high"] = "low",
    *,
    tolerance: float = 0.0,
    complete: bool = False,
    reports: _ArrowStream | None = None,
) -> Table:
    """Pair the targets of a year's report with the actuals that later reports tell of that year.

    Args:
        observations: An extraction, or the observations table, whole or filtered, from zhibiao or
            any library with the Arrow PyCapsule interface.
        point: Which number stands for a range; a bound stands for itself (不超过3% is 3).
        tolerance: How many percentage points an actual may lie off a target told as 左右 and still
            count as ``met``; other targets ask for the figure itself.
        complete: Also give a row for each headline metric that no report tells, in every year from
            a region's first report to its last, so that a gap is a row with a reason.
        reports: The reports table that belongs to the observations, where they are no extraction.
            Without it copies (``duplicate_of``) and altered reports (``inconsistent``) are not left
            out, nobody knows which of two reports of a year came first, and ``target_state`` and
            ``actual_state`` are null where there is no statement.

    Returns:
        One row for each region, year, metric, measure, unit and horizon, in base units, with the
        ids of every statement on both sides; ``gap`` is actual - target. ``target_state`` and
        ``actual_state`` say why there is a number or none.

    Raises:
        TableError: A column is missing or cannot be read.
        ArgumentError: ``point`` is none of the three, ``tolerance`` is negative, or ``complete`` is
            asked for without reports.

    Examples:
        >>> import zhibiao
        >>> found = zhibiao.extract(zhibiao.sample, index=zhibiao.sample / "index.tsv")
        >>> zhibiao.panel(found).column_names[:5]
        ['entity_id', 'region_code', 'parent_code', 'region', 'level']

    """

def conflicts(
    observations: _ArrowStream | Extraction, *, reports: _ArrowStream | None = None
) -> Table:
    """List the statements that fill a cell of the panel and cannot be true beside the one it uses.

    Args:
        observations: As for `panel`.
        reports: As for `panel`.

    Returns:
        One row for each such statement, with the rule by which the panel chose the other one.

    Examples:
        >>> import zhibiao
        >>> text = "2024年，全市进出口总额30亿元，其中县域进出口总额20亿元。"
        >>> zhibiao.conflicts(zhibiao.read(text, region="湖北省荆州市", year=2025)).num_rows
        0

    """

def divisions(year: int | None = None) -> Table:
    """List the administrative units that regions are told from, county level and above.

    For bringing own data, such as a yearbook, under the keys of the panel.

    Args:
        year: Only units that stood at the end of this year; all from 1980 on if not given.

    Returns:
        One row for each unit under one code, name and parent; the columns are in
        docs/codebook.md. Townships have none.

    Examples:
        >>> import zhibiao
        >>> rows = zhibiao.divisions(2009).to_dicts()
        >>> [row["name"] for row in rows if row["region_code"] == "420600"]
        ['襄樊市']

    """

def mark_copies(reports: _ArrowStream) -> Table:
    """Find the copies of one report in a table of reports that was put together from parts.

    `zhibiao.extract` does this itself. Copies have the same region and year, and one holds most of
    what the other holds.

    Args:
        reports: The reports of several extractions or batches, from zhibiao or any library with
            the Arrow PyCapsule interface.

    Returns:
        The same rows with ``duplicate_of`` filled anew.

    Raises:
        TableError: A column is missing or of another type.

    """

def read_table(path: str | os.PathLike[str], format: str | None = None) -> Table:
    """Read a table from a .parquet, .arrow, .csv or .jsonl file.

    Raises:
        TableError: The file is none of these.
        OSError: The file cannot be opened.

    """

def write_table(
    table: _ArrowStream, path: str | os.PathLike[str], format: str | None = None
) -> None:
    """Write any Arrow table into a file, in place; `Table.write` is the form for people."""

def decode(path: str | os.PathLike[str], reading: Reading | None = None) -> list[str]:
    """Give the decoded texts of a file: what ``start`` and ``end`` count in.

    ``reading["only"]`` asks for the one document of that name, such as ``a.csv#12``.

    Raises:
        SourceNotFoundError: There is no such file.
        SourceError: The file cannot be read or decoded.

    """

def names(path: str | os.PathLike[str], reading: Reading | None = None) -> list[str]:
    """Give the names of the documents of a file, in its order.

    Raises:
        SourceNotFoundError: There is no such file.
        SourceError: The file cannot be read or decoded.

    """

def locate(name: str) -> tuple[Path, str]:
    """Give the file that a document's name leads to, and the rest: ``a.csv`` and ``#12``."""

def codebook() -> str:
    """Give the codebook, every column of every table, as Markdown."""

def lexicon_digest() -> str:
    """Give the digest of the built-in word lists: two runs with the same digest read alike."""

def version() -> str:
    """Give the version of the package."""

def count_words(texts: list[str], words: list[str]) -> tuple[list[int], list[int]]:
    """Count the words in each text, over all threads; see `zhibiao.stats.attention`.

    White space is left out. From the left, the longest word that fits counts, and counting goes on
    behind it.

    Returns:
        For each text how many words it holds, and how many characters without white space.

    Raises:
        ArgumentError: There are no words, or one is empty.

    """
