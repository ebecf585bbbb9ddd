"""A batch of texts → a batch of rows: the one function that engines need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibiao.errors import ArgumentError
from zhibiao.extraction import extract
from zhibiao.messages import listed
from zhibiao.write import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhibiao import _core
    from zhibiao.extraction import PathLike
    from zhibiao.frame import ArrowStream
    from zhibiao.write import TableName

__all__ = ["extract_batch"]


def extract_batch(
    batch: ArrowStream,
    *,
    id: str | None = None,
    text: str | None = None,
    region: str | None = None,
    year: str | None = None,
    keep: str | Iterable[str] | None = None,
    table: TableName = "observations",
    threads: int = 1,
    lexicon: PathLike | None = None,
) -> _core.Table:
    """Map a batch with a column of texts to one of the tables of `zhibiao.extract`.

    For engines that hand batches over and want batches back, such as Spark's ``mapInArrow`` and
    Ray's ``map_batches``. Rows are those that `zhibiao.extract` gives for all batches together, as
    long as ``id`` names a column whose values differ: without one, rows are numbered anew in each
    batch.

    Args:
        batch: A ``pyarrow.RecordBatch``, or any other object with ``__arrow_c_stream__``.
        id: The column that names the rows.
        text: The column that holds the texts; as for `zhibiao.extract`, as are the next three.
        region: The column with names or six-digit codes of regions.
        year: The column of report years.
        keep: Further columns that are carried to ``reports``.
        table: Which table to give.
        threads: Threads for this batch; engines have workers of their own, so it is 1.
        lexicon: A TSV file of metrics; as for `zhibiao.extract`.

    Returns:
        A table of one batch without dictionaries, which some engines do not take. Copies are not
        found across batches: run `zhibiao.mark_copies` over all ``reports`` at the end.

    Raises:
        ArgumentError: There is no such table, or as for `zhibiao.extract`.

    Examples:
        >>> import pyarrow
        >>> import zhibiao
        >>> words = (zhibiao.sample / "shiqiao_2023.txt").read_text(encoding="utf-8")
        >>> batch = pyarrow.record_batch({"doc": ["a"], "text": [words]})
        >>> told = zhibiao.extract_batch(batch, id="doc", table="reports")
        >>> told.column("source"), told.column("report_year")
        (['<frame>#a'], [2023])

    """
    if table not in TABLES:
        raise ArgumentError(f"table is {table!r}; expected one of {listed(TABLES)}")
    found = extract(
        batch,
        id=id,
        text=text,
        region=region,
        year=year,
        keep=keep,
        threads=threads,
        lexicon=lexicon,
    )
    rows: _core.Table = getattr(found, table)
    return rows.plain()
