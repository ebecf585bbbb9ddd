"""Shards are read one by one, each once, and a run goes on where it was."""

from __future__ import annotations

import csv
import json
import os
from typing import TYPE_CHECKING, Any

import polars
import pytest

import zhibiao
from zhibiao import shards, stats
from zhibiao.cli import main
from zhibiao.errors import ArgumentError, SourceNotFoundError
from zhibiao.write import TABLES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    """Three shards of an invented country, one of them a folder with a text that is no report."""
    reports = polars.DataFrame(stats.Country(cities=4, years=1).reports(4)).head(30)
    made = []
    for at in range(2):
        made.append(tmp_path / f"part-{at}.parquet")
        reports[at * 10 : at * 10 + 10].write_parquet(made[-1])
    folder = tmp_path / "rest"
    folder.mkdir()
    for name, text in reports[20:].rows():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "novel.txt").write_text("从前有座山，山里有座庙。", encoding="utf-8")
    return [*made, folder]


def test_each_shard_has_the_tables_of_its_own(parts: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    told: list[str] = []
    figures = shards.extract_shards(parts, out, tell=lambda name, _: told.append(name))
    assert told == ["part-0", "part-1", "rest"]
    for part, name, row in zip(parts, told, figures, strict=True):
        found = zhibiao.extract(part)
        for table in TABLES:
            written = zhibiao.read_table(out / name / f"{table}.parquet")
            assert written.to_dicts() == getattr(found, table).to_dicts()
        assert [row[table] for table in ("reports", "observations", "problems")] == [
            *(found.reports.num_rows, found.observations.num_rows, found.problems.num_rows)
        ]
    with (out / "stats.csv").open(encoding="utf-8", newline="") as file:
        assert [row["shard"] for row in csv.DictReader(file)] == told
    assert [figures[2]["reports"], figures[2]["problems"]] == [10, 1]


def times(out: Path) -> dict[str, int]:
    return {mark.parent.name: mark.stat().st_mtime_ns for mark in out.glob("*/done.json")}


def test_what_is_done_is_not_read_again(parts: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = shards.extract_shards(parts, out)
    before = times(out)
    assert shards.extract_shards(parts, out, threads=1) == first
    assert times(out) == before
    # A changed file, a mark that was cut, a mark that is missing: these three, and no more.
    os.utime(parts[0], ns=(1, 1))
    (out / "part-1" / "done.json").write_bytes(b"{")
    (out / "rest" / "done.json").unlink()
    again = shards.extract_shards(parts, out)
    assert all(times(out)[name] > before[name] for name in before)
    assert [{**row, "seconds": 0} for row in again] == [{**row, "seconds": 0} for row in first]


def test_other_options_are_another_run(parts: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    shards.extract_shards(parts[:1], out)
    before = times(out)
    shards.extract_shards(parts[:1], out, id="id")
    assert times(out) != before
    assert json.loads((out / "part-0" / "done.json").read_bytes())["made_by"]["options"] == {
        "id": "id"
    }


def test_what_a_file_of_options_holds_counts_and_not_its_name(
    parts: list[Path], tmp_path: Path
) -> None:
    out, index = tmp_path / "out", tmp_path / "index.csv"
    index.write_text("file,region,year\n", encoding="utf-8")
    shards.extract_shards(parts[:1], out, index=index)
    before = times(out)
    other = tmp_path / "renamed.csv"
    index.rename(other)
    shards.extract_shards(parts[:1], out, index=other)
    assert times(out) == before
    other.write_text("file,region,year\nx,洪湖市,2020\n", encoding="utf-8")
    shards.extract_shards(parts[:1], out, index=other)
    assert times(out) != before


@pytest.mark.parametrize(
    ("names", "error", "message"),
    [
        ([], ArgumentError, "no shards"),
        (["a.csv", "a.jsonl"], ArgumentError, "would both be written to a"),
        (["absent.csv"], SourceNotFoundError, "no such file"),
    ],
)
def test_shards_that_cannot_be(names: list[str], error: Any, message: str, tmp_path: Path) -> None:
    for name in ("a.csv", "a.jsonl"):
        (tmp_path / name).write_text("text\n", encoding="utf-8")
    with pytest.raises(error, match=message):
        shards.extract_shards([tmp_path / name for name in names], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_command_goes_on_and_tells_what_was_read(
    parts: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["extract", *map(str, parts), "--out-dir", str(tmp_path / "out")]
    assert main(command) == 3, "a text is no report"
    first = capsys.readouterr().err.splitlines()
    assert first[-1] == f"3 shards → {tmp_path / 'out' / 'stats.csv'}"
    assert first[0].startswith("part-0: 10 reports, ")
    before = times(tmp_path / "out")
    assert main(command) == 3
    assert capsys.readouterr().err.splitlines() == first
    assert times(tmp_path / "out") == before
    assert main(command[:2] + command[-2:]) == 0
    assert main([*command, "--corrections", "c.csv"]) == 2
    with pytest.raises(SystemExit, match="2"):
        main([*command, "-o", "out.parquet"])
