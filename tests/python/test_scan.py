"""Tables as they are read: the rows of one run, in bounded memory, to whoever pulls."""

from __future__ import annotations

import gc
import threading
import time
from typing import TYPE_CHECKING, Any

import duckdb
import polars
import pyarrow
import pytest

import zhibiao
from zhibiao import stats
from zhibiao.errors import ArgumentError, SourceNotFoundError
from zhibiao.write import TABLES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of an invented country as files, one of them twice, and a text that is none."""
    folder = tmp_path_factory.mktemp("scan")
    reports = polars.DataFrame(stats.Country(cities=10, years=2).reports(1))
    for name, text in reports.rows():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "r00003_again.txt").write_bytes((folder / "r00003.txt").read_bytes())
    (folder / "novel.txt").write_text("从前有座山，山里有座庙。", encoding="utf-8")
    return folder


def rows(table: Any) -> list[dict[str, Any]]:
    return pyarrow.table(table).to_pylist()


@pytest.mark.parametrize("batch_bytes", [1, 20_000, None])
@pytest.mark.parametrize("table", TABLES)
def test_batches_put_together_are_the_table(
    folder: Path, table: Any, batch_bytes: int | None
) -> None:
    whole = rows(getattr(zhibiao.extract(folder), table))
    batches = list(zhibiao.scan(folder, table=table, batch_bytes=batch_bytes))
    assert (len(batches) > 1) == (batch_bytes is not None and table != "problems")
    parts = pyarrow.concat_tables([pyarrow.table(batch) for batch in batches])
    told = rows(zhibiao.mark_copies(parts)) if table == "reports" else parts.to_pylist()
    assert told == whole


@pytest.mark.parametrize("threads", [1, 3])
def test_a_frame_is_scanned_like_files(folder: Path, threads: int) -> None:
    files = sorted(folder.glob("r*.txt"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    frame = polars.DataFrame({"id": [file.stem for file in files], "text": texts})
    scan = zhibiao.scan(frame, batch_bytes=30_000, threads=threads)
    assert rows(scan) == rows(zhibiao.extract(frame).observations)


def test_engines_pull_the_stream(folder: Path) -> None:
    whole = zhibiao.extract(folder).observations
    assert polars.DataFrame(zhibiao.scan(folder, batch_bytes=9_000)).equals(whole.to_polars())
    scan = zhibiao.scan(folder, batch_bytes=9_000)
    reader = pyarrow.RecordBatchReader.from_stream(scan)
    assert reader.schema == pyarrow.schema(whole)
    ((counted,),) = duckdb.sql("select count(*) from reader").fetchall()
    assert counted == whole.num_rows


def test_a_stream_of_python_is_pulled_by_another_library(folder: Path) -> None:
    """The run needs the interpreter, which the consumer may hold while it waits."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("r*.txt"))]

    def batches() -> Any:
        for text in texts:
            time.sleep(0.001)
            yield pyarrow.record_batch({"text": [text]})

    schema = pyarrow.schema({"text": pyarrow.string()})
    reader = pyarrow.RecordBatchReader.from_batches(schema, batches())
    told: list[int] = []
    pulls = threading.Thread(
        target=lambda: told.append(len(polars.DataFrame(zhibiao.scan(reader, batch_bytes=1)))),
        daemon=True,
    )
    pulls.start()
    pulls.join(60)
    assert told, "the two wait for each other"
    assert told[0] > len(texts)


def test_a_scan_is_taken_once(folder: Path) -> None:
    scan = zhibiao.scan(folder, batch_bytes=9_000)
    first = next(scan)
    rest = rows(scan)  # what is left
    assert first.num_rows + len(rest) == zhibiao.extract(folder).observations.num_rows
    with pytest.raises(ArgumentError, match="scan anew"):
        rows(scan)
    assert list(scan) == []


def test_a_scan_that_is_dropped_ends(folder: Path) -> None:
    before = threading.active_count()
    scan = zhibiao.scan([folder] * 200, batch_bytes=1, threads=1)
    next(scan)
    del scan
    gc.collect()
    assert threading.active_count() == before
    found = zhibiao.extract(folder)  # and nothing is in the way of the next run
    assert found.reports.num_rows


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"table": "panel"}, "no table panel"),
        ({"batch_bytes": 0}, "batch_bytes is 0"),
        ({"threads": 0}, "threads is 0"),
    ],
)
def test_what_cannot_be_is_refused(folder: Path, wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        zhibiao.scan(folder, **wrong)


def test_a_document_of_a_file_is_scanned_by_its_name(folder: Path, tmp_path: Path) -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("r*.txt"))[:2]]
    path = tmp_path / "two.parquet"
    polars.DataFrame({"id": ["a", "b"], "text": texts}).write_parquet(path)
    (told,) = rows(zhibiao.scan(f"{path}#b", table="reports"))
    assert told["source"] == f"{path}#b"
    with pytest.raises(SourceNotFoundError, match=r"two\.parquet holds no such document"):
        zhibiao.scan(f"{path}#c")
