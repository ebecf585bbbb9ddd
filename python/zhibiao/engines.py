"""Reading on many machines: `zhibiao.extract_batch` in the shape that each engine wants.

Spark and Ray cut the texts into batches, hand each to a worker, and start it anew where a worker
dies. Name the column that tells texts apart (``id=``), so that rows do not hang on the cut. Copies
are found at the end, by `zhibiao.mark_copies` over all ``reports``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibiao.batch import extract_batch
from zhibiao.frame import library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["map_batches", "map_in_arrow", "spark_schema"]

#: Types of Spark SQL by those of Arrow.
_SPARK = {
    "string": "string",
    "int32": "int",
    "int16": "smallint",
    "int8": "tinyint",
    "double": "double",
    "bool": "boolean",
    "date32[day]": "date",
    "list<item: string not null>": "array<string>",
}


def map_in_arrow(**options: Any) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """Give the function for ``DataFrame.mapInArrow`` of Spark.

    Args:
        options: As for `zhibiao.extract_batch`: ``id``, ``text``, ``region``, ``year``, ``table`` …

    Examples:
        ``reports.mapInArrow(map_in_arrow(id="id"), spark_schema())``, where ``reports`` is a frame
        of Spark with the columns ``id`` and ``text``, is the frame of observations.

    """

    def read(batches: Iterator[Any]) -> Iterator[Any]:
        arrow = library("pyarrow", "arrow")
        for batch in batches:
            yield from arrow.RecordBatchReader.from_stream(extract_batch(batch, **options))

    return read


def spark_schema(**options: Any) -> str:
    """Give the columns of what `map_in_arrow` gives with these options, as Spark SQL names them.

    Examples:
        >>> from zhibiao import engines
        >>> engines.spark_schema(table="problems")
        '`source` string, `reason` string, `message` string, `score` double'

    """
    schema = _nothing(options).schema
    return ", ".join(f"`{field.name}` {_SPARK[str(field.type)]}" for field in schema)


def map_batches(**options: Any) -> Callable[[Any], Any]:
    """Give the function for ``Dataset.map_batches(…, batch_format="pyarrow")`` of Ray.

    Args:
        options: As for `zhibiao.extract_batch`.

    Examples:
        ``texts.map_batches(map_batches(id="id"), batch_format="pyarrow")``, where ``texts`` is a
        dataset of Ray with the columns ``id`` and ``text``, is the dataset of observations.

    """

    def read(batch: Any) -> Any:
        return library("pyarrow", "arrow").table(extract_batch(batch, **options))

    return read


def _nothing(options: dict[str, Any]) -> Any:
    """Give the table of no texts, which has all its columns."""
    arrow = library("pyarrow", "arrow")
    names = ("id", "region", "year")
    told = [options.get("text") or "text", *(options[n] for n in names if options.get(n))]
    empty = arrow.table({name: arrow.array([], arrow.string()) for name in told})
    return arrow.table(extract_batch(empty, **options))
