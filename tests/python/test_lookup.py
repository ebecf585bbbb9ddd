"""One document by its name, in a table or an archive; and the command's options and statuses."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from in_tables import YEARS, frame, sample, written, zipped

import zhibiao
from zhibiao import errors
from zhibiao.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    table = written(frame(), ".csv")
    files = {
        "a.csv": table,
        "a.parquet": written(frame(), ".parquet"),
        "a.csv.gz": gzip.compress(table),
        "a.zip": zipped({"b.csv": table, "c/d.txt": sample(2023).encode()}),
        "one.zip": zipped({"b.txt": sample(2024).encode("gb18030")}),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return {name: tmp_path / name for name in files}


def run(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments])


def printed(name: str | Path) -> str:
    command = [sys.executable, "-m", "zhibiao", "text", str(name)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode()


def test_offsets_count_in_what_text_prints(places: dict[str, Path]) -> None:
    for path in places.values():
        found = zhibiao.extract(path)
        rows = found.observations.to_dicts()
        assert rows, path
        for source in set(found.reports.column("source")):
            text = printed(source)
            own = [row for row in rows if row["source"] == source]
            assert own, source
            assert all(text[row["start"] : row["end"]] == row["text"] for row in own), source
        sentences = found.sentences.to_dicts()
        reports = {row["report_id"]: row["source"] for row in found.reports.to_dicts()}
        text = printed(found.reports.column("source")[0])
        for row in sentences:
            if reports[row["report_id"]] == found.reports.column("source")[0]:
                assert text[row["start"] : row["end"]] == row["text"]


def test_a_document_is_a_source(places: dict[str, Path]) -> None:
    for path in places.values():
        whole = zhibiao.extract(path).reports.to_dicts()
        for row in whole:
            (alone,) = zhibiao.extract(row["source"]).reports.to_dicts()
            assert alone["report_id"] == row["report_id"]
            assert alone["n_observations"] == row["n_observations"]


def test_show_finds_rows_and_members(
    places: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    names = [f"{places['a.csv']}#r2023", f"{places['a.zip']}/c/d.txt"]
    names += [f"{places['a.zip']}/b.csv#r2023", str(places["one.zip"])]
    for name in names:
        assert run("show", name) == 0
        lines = capsys.readouterr().out.splitlines()
        shown = "".join(line for line in lines if not line.startswith("    └"))
        assert re.sub(r"[⟦⟧\s]", "", shown).endswith(re.sub(r"\s", "", printed(name))), name
        start = zhibiao.extract(name).observations.column("start")[0]
        assert run("show", name, "--at", str(start)) == 0
        assert "└" in capsys.readouterr().out


def test_show_finds_an_id_anywhere(
    places: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    row = zhibiao.extract(places["a.csv"]).observations.to_dicts()[-1]
    assert run("show", places["a.csv"], "--at", row["observation_id"]) == 0
    assert f"⟦{row['text']}⟧" in capsys.readouterr().out
    assert run("show", places["a.csv"], "--at", "0" * 32) == 2


def test_a_file_of_many_documents_names_them(
    places: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("text", "show"):
        assert run(command, places["a.csv"]) == 2
        told = capsys.readouterr().err
        assert "holds 3 documents" in told
        assert f"{places['a.csv'].as_posix()}#r2022" in told
    assert run("text", f"{places['a.zip']}/b.csv") == 2
    assert "b.csv#r2024" in capsys.readouterr().err


def test_a_document_that_is_not_there_is_told(
    places: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (f"{places['a.csv']}#r1999", f"{places['a.zip']}/e.txt"):
        for command in ("text", "show"):
            assert run(command, name) == 2
            told = capsys.readouterr().err
            assert "holds no such document; it holds" in told
            assert "#r2022" in told
        with pytest.raises(errors.SourceNotFoundError, match="no such document"):
            zhibiao.extract(name)
    assert run("text", "nowhere.csv#1") == 2
    assert "nowhere.csv#1: there is no such file" in capsys.readouterr().err


def test_an_empty_row_says_why_it_has_no_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text("id,text\n甲,\n乙,x\n", encoding="utf-8")
    assert run("text", f"{tmp_path / 'a.csv'}#甲") == 2
    assert "nothing in the column of texts" in capsys.readouterr().err


def test_a_file_with_a_hash_in_its_name_is_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.csv#1"
    path.write_text("正文", encoding="utf-8")
    (tmp_path / "a.csv").write_text("id,text\n1,行\n", encoding="utf-8")
    assert printed(path) == "正文"


def test_columns_are_named_for_every_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(written(frame(doc="A", region="B", year="C", text="D"), ".parquet"))
    names = ("--text", "D", "--region", "B", "--year", "C", "--id", "A")
    assert run("extract", path, "-o", tmp_path / "out.jsonl", *names) == 0
    reports = zhibiao.read_table(tmp_path / "out.reports.jsonl")
    assert reports.column("source") == [f"{path.as_posix()}#r{year}" for year in YEARS]
    assert run("show", f"{path}#r2023", *names) == 0
    assert run("text", f"{path}#r2023", *names) == 0
    capsys.readouterr()
    assert run("panel", path, *names) == 0
    from_table = capsys.readouterr().out
    assert run("panel", tmp_path / "out.jsonl") == 0
    assert capsys.readouterr().out == from_table
    assert "gdp" in from_table


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".arrow", ".jsonl"])
def test_panel_tells_reports_from_observations(
    tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"reports{ending}"
    path.write_bytes(written(frame(), ending))
    assert run("panel", path) == 0
    expected = capsys.readouterr().out
    assert "gdp" in expected
    assert run("extract", path, "-o", tmp_path / f"out{ending}") == 0
    capsys.readouterr()
    assert run("panel", tmp_path / f"out{ending}") == 0
    assert capsys.readouterr().out == expected


def test_exit_statuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    out = f"{tmp_path / 'out'}/"

    def status(*options: str) -> int:
        code = run("extract", path, "-o", out, "--overwrite", *options)
        capsys.readouterr()
        return code

    path.write_bytes(written(frame(), ".csv"))
    assert status() == 0
    assert status("--text", "tetx") == 1
    assert status("--max-bytes", "1K") == 1
    assert status("--max-bytes", "1m") == 0
    path.write_text(path.read_text(encoding="utf-8") + "x,石桥县,2024,,\n", encoding="utf-8")
    assert status() == 3


@pytest.mark.parametrize(
    "wrong",
    [("--max-bytes", "much"), ("--max-ratio", "0"), ("--max-total", "1X"), ("--max-total", "K")],
)
def test_wrong_limits_are_wrong_usage(
    tmp_path: Path, wrong: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        run("extract", tmp_path, "-o", tmp_path / "out.csv", *wrong)
    assert caught.value.code == 2
    assert wrong[1] in capsys.readouterr().err
    assert run("extract", tmp_path, "-o", tmp_path / "out.csv", "--max-bytes", "9999G") == 2


def test_limits_are_options(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(zipped({"a.txt": b" " * (40 << 20)}))
    out = ("-o", f"{tmp_path / 'out'}/", "--overwrite")
    assert run("extract", path, *out) == 1
    assert "max_ratio" in capsys.readouterr().err
    assert run("extract", path, *out, "--max-ratio", "5000") == 1
    assert "holds no text" in capsys.readouterr().err
    assert run("extract", path, *out, "--max-ratio", "5000", "--max-total", "20M") == 1
    assert "max_total" in capsys.readouterr().err
