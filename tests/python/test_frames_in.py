"""Frames with a column of texts: whatever library made them, and whatever type its strings have."""

from __future__ import annotations

import builtins
from typing import Any

import duckdb
import pandas
import polars
import pyarrow
import pytest
from in_tables import YEARS, facts, frame, sample

import zhibiao
from zhibiao import errors

TYPES = {
    "utf8": pyarrow.string(),
    "large_utf8": pyarrow.large_string(),
    "utf8_view": pyarrow.string_view(),
    "dictionary": pyarrow.dictionary(pyarrow.int32(), pyarrow.string()),
}


def arrow(kind: pyarrow.DataType | None = None) -> pyarrow.Table:
    table = pyarrow.table(frame().to_dict(as_series=False))
    if kind is None:
        return table
    columns = {name: table[name] for name in table.column_names}
    plain = ["text", "region", "doc"]
    return pyarrow.table({**columns, **{name: _as(columns[name], kind) for name in plain}})


def _as(column: Any, kind: pyarrow.DataType) -> Any:
    return pyarrow.chunked_array([pyarrow.array(column.to_pylist(), pyarrow.string()).cast(kind)])


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> list[list[tuple[Any, ...]]]:
    from in_tables import own_files

    return own_files(tmp_path_factory.mktemp("frames") / "files")


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_of_strings(alone: list[Any], kind: str) -> None:
    table = arrow(TYPES[kind])
    assert table.schema.field("text").type == TYPES[kind]
    found = zhibiao.extract(table)
    assert facts(found) == alone
    assert found.reports.column("source") == [f"<frame>#r{year}" for year in YEARS]


def test_every_library(alone: list[Any]) -> None:
    given = arrow()
    plain = pandas.DataFrame(frame().to_dict(as_series=False))
    frames: dict[str, Any] = {
        "polars": frame(),
        "polars, categories": frame().with_columns(polars.col("region").cast(polars.Categorical)),
        "pandas": plain,
        "pandas, objects": plain.astype({"text": object, "region": object}),
        "pandas, pyarrow": plain.convert_dtypes(dtype_backend="pyarrow"),
        "pandas, categories": plain.astype({"region": "category"}),
        "pandas, an index": plain.set_index("doc"),
        "pandas, floats": plain.astype({"year": float}),
        "pyarrow": given,
        "a reader": pyarrow.RecordBatchReader.from_batches(given.schema, given.to_batches(1)),
        "a batch": given.combine_chunks().to_batches()[0],
        "duckdb": duckdb.sql("select * from given"),
    }
    for name, table in frames.items():
        assert facts(zhibiao.extract(table)) == alone, name


def test_columns_are_named(alone: list[Any]) -> None:
    table = frame(doc="A", region="B", year="C", text="D")
    found = zhibiao.extract(table, text="D", region="B", year="C", id="A")
    assert facts(found) == alone
    assert found.reports.column("source")[0] == "<frame>#r2022"


def test_an_index_table_tells_rows_apart(tmp_path: Any) -> None:
    index = tmp_path / "index.tsv"
    index.write_text("file\tyear\n<frame>#r2022\t2020\n", encoding="utf-8")
    found = zhibiao.extract(frame(), index=index)
    assert found.reports.column("report_year") == [2020, 2023, 2024]


def test_a_wrong_column_is_told() -> None:
    (problem,) = zhibiao.extract(frame(), text="tetx").problems.to_dicts()
    assert (problem["source"], problem["reason"]) == ("<frame>", "no_column")
    assert 'did you mean "text"?' in problem["message"]


def test_a_column_of_numbers_is_no_text() -> None:
    (problem,) = zhibiao.extract(frame(), text="year").problems.to_dicts()
    assert problem["reason"] == "no_text"
    assert "Int64" in problem["message"]


def test_empty_and_missing_cells() -> None:
    table = polars.DataFrame({"id": ["a", "b", "c"], "text": [None, " \n", sample(2023)]})
    found = zhibiao.extract(table)
    told = {row["source"]: row["reason"] for row in found.problems.to_dicts()}
    assert told == {"<frame>#a": "empty", "<frame>#b": "empty"}
    assert found.reports.column("source") == ["<frame>#c"]


def test_a_frame_without_rows() -> None:
    (problem,) = zhibiao.extract(frame()[:0]).problems.to_dicts()
    assert problem["reason"] == "empty"


def test_rows_keep_their_order_over_batches() -> None:
    table = pyarrow.concat_tables([arrow()] * 200)
    found = zhibiao.extract(table.drop(["doc"]), threads=3)
    assert found.reports.column("source") == [f"<frame>#{number}" for number in range(1, 601)]


def test_progress_of_a_frame_ends() -> None:
    calls: list[tuple[int, ...]] = []
    zhibiao.extract(frame(), progress=lambda *counts: calls.append(counts))
    assert calls[-1][:2] == (1, 1)


def test_a_pandas_frame_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: Any, **__: Any) -> Any:
        raise builtins.ImportError("`Import pyarrow` failed.")

    monkeypatch.setattr(pandas.DataFrame, "__arrow_c_stream__", absent)
    with pytest.raises(ImportError, match=r"pyarrow.*pip install 'zhibiao\[pandas\]'"):
        zhibiao.extract(pandas.DataFrame({"text": ["x"]}))


def test_a_frame_with_a_column_of_many_types() -> None:
    given = pandas.DataFrame({"text": [sample(2023), "x"], "year": [2023, "二〇二四"]})
    with pytest.raises(errors.TableError, match=r"DataFrame cannot be handed over.*year"):
        zhibiao.extract(given)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(polars.DataFrame({"text": ["x"]}).lazy(), id="a lazy frame"),
        pytest.param({"text": ["x"]}, id="a dictionary"),
        pytest.param(b"text", id="bytes"),
        pytest.param(7, id="a number"),
        pytest.param(None, id="nothing"),
    ],
)
def test_what_is_no_source(given: Any) -> None:
    with pytest.raises(TypeError, match=r"is no source; expected a path.*__arrow_c_stream__"):
        zhibiao.extract(given)


def test_a_list_of_frames_is_none_of_paths() -> None:
    with pytest.raises(TypeError, match="a list of sources holds paths, found DataFrame"):
        zhibiao.extract([frame()])  # type: ignore[list-item]


def test_a_series_is_no_table() -> None:
    with pytest.raises(errors.TableError, match="the whole frame and not one column"):
        zhibiao.extract(polars.Series("text", ["x"]))


def test_a_stream_that_breaks_is_a_problem() -> None:
    def batches() -> Any:
        yield table.to_batches()[0]
        raise ValueError("the line went dead")

    table = arrow()
    reader = pyarrow.RecordBatchReader.from_batches(table.schema, batches())
    found = zhibiao.extract(reader)
    assert found.reports.num_rows == len(YEARS)
    (problem,) = found.problems.to_dicts()
    assert (problem["source"], problem["reason"]) == ("<frame>", "unreadable")
    assert "the line went dead" in problem["message"]
