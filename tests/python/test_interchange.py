"""Every table keeps its rows and values through every library that users have."""

import datetime
import math
from typing import Any

import duckdb
import pandas
import polars
import pyarrow
import pytest

import zhibiao
from zhibiao import errors

TABLES = ("reports", "observations", "sentences", "problems", "panel")


@pytest.fixture(params=TABLES)
def table(
    request: pytest.FixtureRequest, found: zhibiao.Extraction, panel: zhibiao.Table
) -> zhibiao.Table:
    return panel if request.param == "panel" else getattr(found, request.param)


def plain(value: Any) -> Any:
    """Bring a library's scalars to Python's."""
    if value is None or value is pandas.NaT or value is pandas.NA:
        return None
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    return value


def rows(dicts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: plain(value) for name, value in row.items()} for row in dicts]


def test_pyarrow(table: zhibiao.Table) -> None:
    arrow = table.to_arrow()
    arrow.validate(full=True)
    assert arrow.to_pylist() == table.to_dicts()
    assert pyarrow.schema(table) == arrow.schema
    reader = pyarrow.RecordBatchReader.from_stream(table)
    assert reader.read_all() == arrow


def test_polars(table: zhibiao.Table) -> None:
    frame = table.to_polars()
    assert frame.to_dicts() == table.to_dicts()
    assert polars.DataFrame(table).equals(frame)


def test_pandas(table: zhibiao.Table) -> None:
    frame = table.to_pandas()
    assert list(frame.columns) == table.column_names
    assert rows(frame.to_dict("records")) == table.to_dicts()


def test_duckdb(table: zhibiao.Table) -> None:
    given = table  # noqa: F841 (DuckDB finds it by its name)
    relation = duckdb.sql("select * from given")
    names = relation.columns
    dicts = [dict(zip(names, row, strict=True)) for row in relation.fetchall()]
    assert rows(dicts) == table.to_dicts()


def test_a_stream_can_be_taken_twice(table: zhibiao.Table) -> None:
    assert pyarrow.table(table) == pyarrow.table(table)


def test_metadata_travels(table: zhibiao.Table) -> None:
    schema = pyarrow.schema(table)
    assert schema.metadata[b"zhibiao.version"] == zhibiao.__version__.encode()
    assert schema.metadata[b"zhibiao.lexicon"] == zhibiao.lexicon_digest().encode()
    assert all(field.metadata[b"description"] for field in schema)


def test_the_panel_of_any_frame_is_the_same(
    found: zhibiao.Extraction, panel: zhibiao.Table
) -> None:
    observations = found.observations
    frames: list[Any] = [
        observations.to_polars(),
        observations.to_arrow(),
        pyarrow.Table.from_pandas(observations.to_pandas()),
        duckdb.sql("select * from observations"),
    ]
    for frame in frames:
        assert zhibiao.panel(frame).to_dicts() == panel.to_dicts()


def test_a_column_of_nulls_alone_is_told(found: zhibiao.Extraction) -> None:
    frame = found.observations.to_polars().with_columns(reference=polars.lit(None))
    with pytest.raises(errors.TableError, match="only nulls"):
        zhibiao.panel(frame)


def test_the_panel_of_a_pandas_frame_is_the_same(
    found: zhibiao.Extraction, panel: zhibiao.Table
) -> None:
    frame = found.observations.to_pandas()
    if not hasattr(frame, "__arrow_c_stream__"):
        pytest.skip("pandas before 2.2 has no Arrow stream")
    assert zhibiao.panel(frame).to_dicts() == panel.to_dicts()


def test_the_panel_of_a_part(found: zhibiao.Extraction, panel: zhibiao.Table) -> None:
    part = found.observations.to_polars().filter(polars.col("metric") == "gdp")
    expected = [row for row in panel.to_dicts() if row["metric"] == "gdp"]
    assert zhibiao.panel(part).to_dicts() == expected
