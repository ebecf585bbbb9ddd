"""Batches in and out, as engines hand them over: the rows are those of one run over all."""

from __future__ import annotations

from typing import Any

import pyarrow
import pytest

import zhibiao
from zhibiao import stats
from zhibiao.errors import ArgumentError
from zhibiao.write import TABLES


@pytest.fixture(scope="module")
def texts() -> pyarrow.Table:
    """Reports of an invented country, one of them twice, and a text that is none."""
    frame = pyarrow.table(stats.Country(cities=6, years=2).reports(3))
    assert len(frame) == 38 * 3
    rows = frame.slice(0, 40).to_pylist()
    rows += [{**rows[7], "id": "copy"}, {"id": "novel", "text": "从前有座山，山里有座庙。"}]
    return pyarrow.Table.from_pylist(rows)


def by_batches(texts: pyarrow.Table, size: int, **wanted: Any) -> pyarrow.Table:
    told = [
        pyarrow.table(zhibiao.extract_batch(batch, id="id", **wanted))
        for batch in texts.to_batches(max_chunksize=size)
    ]
    return pyarrow.concat_tables(told)


def rows(table: Any) -> list[dict[str, Any]]:
    return pyarrow.table(table).to_pylist()


@pytest.mark.parametrize("size", [1, 7, 100])
@pytest.mark.parametrize("table", TABLES)
def test_batches_give_the_rows_of_one_run(texts: pyarrow.Table, table: str, size: int) -> None:
    whole = rows(getattr(zhibiao.extract(texts, id="id"), table))
    parts = by_batches(texts, size, table=table)
    if table == "reports":
        assert rows(zhibiao.mark_copies(parts)) == whole
        assert [row["source"] for row in whole if row["duplicate_of"]] == ["<frame>#r00007"]
    else:
        assert parts.to_pylist() == whole
    assert whole


def test_a_batch_comes_back_as_one_without_dictionaries(texts: pyarrow.Table) -> None:
    for table in TABLES:
        told = zhibiao.extract_batch(texts.to_batches()[0], id="id", table=table)
        (batch,) = pyarrow.RecordBatchReader.from_stream(told)
        assert not any(pyarrow.types.is_dictionary(field.type) for field in batch.schema)
        assert told.metadata["zhibiao.table"] == table


def test_a_batch_without_rows_or_without_a_report_keeps_its_columns(texts: pyarrow.Table) -> None:
    full = zhibiao.extract_batch(texts, id="id")
    for batch in (texts.slice(0, 0), texts.slice(len(texts) - 1)):
        told = zhibiao.extract_batch(batch, id="id")
        assert told.num_rows == 0
        assert pyarrow.schema(told) == pyarrow.schema(full)


def test_a_table_that_is_none_is_refused(texts: pyarrow.Table) -> None:
    with pytest.raises(ArgumentError, match="expected one of observations, reports"):
        zhibiao.extract_batch(texts, table="panel")  # type: ignore[arg-type]
