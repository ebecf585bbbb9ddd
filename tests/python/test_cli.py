"""The command: what it writes, and the exit statuses that scripts use."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import zhibiao
from zhibiao.cli import main

REPORT = sorted(zhibiao.sample.glob("*.txt"))[0]


def run(*arguments: str | Path, **options: object) -> int:
    return main([str(argument) for argument in arguments])


def usage(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as caught:
        run(*arguments)
    assert isinstance(caught.value.code, int)
    return caught.value.code


def test_all_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("extract", REPORT, "-o", tmp_path / "out.jsonl") == 0
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(json.loads(line)["source"].endswith(REPORT.name) for line in lines)
    assert capsys.readouterr().out == ""


def test_some_problems(tmp_path: Path, reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("extract", reports, "-o", f"{tmp_path / 'out'}/") == 3
    assert "picture.txt" in capsys.readouterr().err
    assert zhibiao.read_table(tmp_path / "out" / "problems.parquet").num_rows == 1


def test_nothing_read(tmp_path: Path) -> None:
    assert run("extract", tmp_path / "nowhere", "-o", tmp_path / "out.csv") == 1
    assert "nowhere" in (tmp_path / "out.problems.csv").read_text(encoding="utf-8")


def test_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert usage("extract", REPORT) == 2
    assert usage("extract", REPORT, "-o", "out.csv", "--threads", "0") == 2
    assert usage("fly") == 2
    assert usage() == 2
    capsys.readouterr()
    assert run("extract", REPORT, "-o", tmp_path / "out.xlsx") == 2
    assert ".parquet, .arrow, .csv or .jsonl" in capsys.readouterr().err
    assert run("extract", REPORT, "-o", tmp_path / "o.csv", "--lexicon", "nowhere.tsv") == 2
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_exists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out.problems.csv").write_text("mine")
    assert run("extract", REPORT, "-o", tmp_path / "out.csv") == 2
    assert "out.problems.csv exists" in capsys.readouterr().err
    assert (tmp_path / "out.problems.csv").read_text() == "mine"
    assert run("extract", REPORT, "-o", tmp_path / "out.csv", "--overwrite") == 0
    assert (tmp_path / "out.problems.csv").read_text() != "mine"


def test_panel_of_reports_and_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample = (zhibiao.sample, "--index", zhibiao.sample / "index.tsv")
    assert run("extract", *sample, "-o", tmp_path / "out.parquet") == 0
    capsys.readouterr()
    assert run("panel", *sample) == 0
    printed = capsys.readouterr().out
    assert run("panel", tmp_path / "out.parquet") == 0
    assert capsys.readouterr().out == printed
    assert run("panel", tmp_path / "out.parquet", "-o", tmp_path / "panel.csv") == 0
    assert run("panel", tmp_path / "out.parquet", "-o", tmp_path / "panel.csv") == 2
    assert (tmp_path / "panel.csv").read_text(encoding="utf-8").startswith("entity_id,")


def test_text_changes_nothing(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeff2024年，\r\n增长5.2%。\n".encode())
    assert (
        subprocess.run(
            [sys.executable, "-m", "zhibiao", "text", path], check=True, stdout=subprocess.PIPE
        ).stdout
        == "2024年，\r\n增长5.2%。\n".encode()
    )


def test_show(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", REPORT) == 0
    printed = capsys.readouterr().out
    assert "⟦" in printed
    assert "└" in printed
    assert run("show", REPORT, "--at", "99999999") == 2
    assert run("show", "nowhere.txt") == 2


def test_demo_prints_the_panel(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("demo") == 0
    assert "target" in capsys.readouterr().out


def test_output_is_utf8_whatever_the_locale() -> None:
    environment = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-m", "zhibiao", "demo"],
        check=True,
        stdout=subprocess.PIPE,
        env=environment | {"SYSTEMROOT": "C:\\Windows"},
    )
    assert "gdp" in done.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes that close")
def test_a_closed_pipe_is_no_traceback() -> None:
    command = f"{sys.executable} -m zhibiao codebook | head -1"
    done = subprocess.run(command, shell=True, check=True, capture_output=True)
    assert done.stdout.decode().startswith("# Codebook")
    assert done.stderr == b""
