"""The same input gives the same bytes, whatever the number of threads."""

from pathlib import Path

import pytest

import zhibiao


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("ending", ["parquet", "arrow", "csv", "jsonl"])
def test_threads_leave_no_trace(tmp_path: Path, ending: str) -> None:
    written = []
    for threads in (1, 2, 5):
        folder = tmp_path / str(threads)
        found = zhibiao.extract(zhibiao.sample, threads=threads, index=zhibiao.sample / "index.tsv")
        found.write(folder / f"out.{ending}")
        zhibiao.panel(found.observations).write(folder / f"panel.{ending}")
        written.append(files(folder))
    assert len(written[0]) == 5
    assert written[0] == written[1] == written[2]


def test_the_order_of_paths_does_not_matter() -> None:
    paths = sorted(zhibiao.sample.glob("*.txt"))
    forth, back = zhibiao.extract(paths), zhibiao.extract([*reversed(paths), *paths])
    assert forth.observations.to_dicts() == back.observations.to_dicts()
