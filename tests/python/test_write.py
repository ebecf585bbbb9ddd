"""Tables as files: whole or absent, and never over another unasked."""

from pathlib import Path

import polars
import pyarrow.parquet
import pytest

import zhibiao
from zhibiao import errors

NAMES = {"observations", "reports", "sentences", "problems"}


def test_beside_one_another(tmp_path: Path, found: zhibiao.Extraction) -> None:
    paths = found.write(tmp_path / "out.parquet")
    assert {path.name for path in tmp_path.iterdir()} == {
        "out.parquet",
        "out.reports.parquet",
        "out.sentences.parquet",
        "out.problems.parquet",
    }
    assert set(paths) == NAMES


def test_into_a_folder(tmp_path: Path, found: zhibiao.Extraction) -> None:
    found.write(f"{tmp_path / 'new'}/")
    assert {path.name for path in (tmp_path / "new").iterdir()} == {f"{n}.parquet" for n in NAMES}


@pytest.mark.parametrize("ending", ["parquet", "arrow", "csv", "jsonl"])
def test_the_panel_of_a_file_is_the_same(
    tmp_path: Path, found: zhibiao.Extraction, panel: zhibiao.Table, ending: str
) -> None:
    path = tmp_path / f"out.{ending}"
    found.observations.write(path)
    read = zhibiao.read_table(path)
    assert read.num_rows == found.observations.num_rows
    assert zhibiao.panel(read).to_dicts() == panel.to_dicts()


def test_parquet_keeps_types_and_metadata(tmp_path: Path, found: zhibiao.Extraction) -> None:
    path = tmp_path / "out.parquet"
    found.observations.write(path)
    table = pyarrow.parquet.read_table(path)
    assert table.to_pylist() == found.observations.to_dicts()
    assert table.schema.metadata[b"zhibiao.table"] == b"observations"
    assert table.schema.field("start").metadata[b"unit"] == b"code points"
    assert polars.read_parquet_metadata(path)["zhibiao.table"] == "observations"


def test_csv_has_a_header_without_rows(tmp_path: Path) -> None:
    zhibiao.extract([]).problems.write(tmp_path / "problems.csv")
    written = (tmp_path / "problems.csv").read_text(encoding="utf-8")
    assert written == "source,reason,message,score\n"


def test_other_libraries_read_what_is_written(tmp_path: Path, found: zhibiao.Extraction) -> None:
    table = found.observations
    for ending, read in (
        ("csv", lambda path: polars.read_csv(path, infer_schema_length=None)),
        ("jsonl", lambda path: polars.read_ndjson(path, infer_schema_length=None)),
        ("arrow", polars.read_ipc),
    ):
        path = tmp_path / f"table.{ending}"
        table.write(path)
        frame = read(path)
        assert set(frame.columns) == set(table.column_names)
        assert frame["text"].to_list() == table.column("text")


def test_nothing_is_overwritten_unasked(tmp_path: Path, found: zhibiao.Extraction) -> None:
    (tmp_path / "out.reports.parquet").write_text("mine")
    with pytest.raises(FileExistsError, match=r"out\.reports\.parquet"):
        found.write(tmp_path / "out.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["out.reports.parquet"]
    found.write(tmp_path / "out.parquet", overwrite=True)
    assert len(list(tmp_path.iterdir())) == 4


def test_an_unknown_ending(tmp_path: Path, found: zhibiao.Extraction) -> None:
    with pytest.raises(errors.ArgumentError, match=r"\.parquet, \.arrow, \.csv or \.jsonl"):
        found.write(tmp_path / "out.xlsx")
    with pytest.raises(errors.ArgumentError):
        zhibiao.read_table(tmp_path / "out.xlsx")


def test_a_failed_write_leaves_nothing(tmp_path: Path, found: zhibiao.Extraction) -> None:
    (tmp_path / "out.sentences.parquet").mkdir()
    with pytest.raises(OSError, match=r"out\.sentences"):
        found.write(tmp_path / "out.parquet", overwrite=True)
    assert not list(tmp_path.glob("*partial*"))
    assert not list(tmp_path.glob(".*"))


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / "out.parquet").write_text("no parquet")
    with pytest.raises(errors.TableError, match=r"out\.parquet"):
        zhibiao.read_table(tmp_path / "out.parquet")
    with pytest.raises(FileNotFoundError):
        zhibiao.read_table(tmp_path / "none.parquet")
