"""A run in parts: what was read before an interruption is not read again, and cannot be told."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mutations import mutated

import zhibiao
from zhibiao import resume
from zhibiao.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = ("observations", "reports", "sentences", "problems")
SOURCES = 600


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of invented texts, whole and damaged, and files that are none."""
    folder = tmp_path_factory.mktemp("pile") / "pile"
    texts = [path.read_bytes() for path in sorted(zhibiao.sample.glob("*.txt"))]
    for number in range(SOURCES):
        text = texts[number % len(texts)]
        data = text if number % 3 else mutated(text[: 1 << 13], seed=number)
        place = folder / f"{number % 7}" / f"{number:03}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder


@pytest.fixture(scope="module")
def whole(pile: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the files of a run without parts."""
    place = tmp_path_factory.mktemp("whole")
    assert main(["extract", str(pile), str(pile / "none.txt"), "-o", f"{place / 'out.arrow'}"]) == 3
    return files(place)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resume, "_MOST_SOURCES", 50)


def files(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(place.iterdir())}


def run(pile: Path, out: Path, *more: str) -> int:
    sources = [str(pile), str(pile / "none.txt")]
    return main(["extract", *more, *sources, "-o", str(out), "--resume"])


def parts(out: Path) -> list[Path]:
    return sorted(resume.parts_folder(out).glob("part-*"))


def sources_of(parts: list[Path]) -> set[str]:
    """Give the names of what was read into these parts; where parts end is for names to decide."""
    return {
        Path(row["source"]).name
        for part in parts
        for table in ("reports", "problems")
        for row in zhibiao.read_table(part / f"{table}.arrow").to_dicts()
    }


def begun(pile: Path, out: Path, wanted: int) -> subprocess.Popen[bytes]:
    """Begin a run as a process of its own, and wait until it has so many parts."""
    code = (
        "import sys; from zhibiao import cli, resume; resume._MOST_SOURCES = 50; "
        "sys.exit(cli.main(sys.argv[1:]))"
    )
    arguments = ["extract", pile, pile / "none.txt", "-o", out, "--resume", "--threads", "1"]
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], stderr=subprocess.PIPE)
    end = time.monotonic() + 60
    while len(parts(out)) < wanted:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.005)
    return process


@pytest.fixture
def read_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Give the names of the sources that are read from now on."""
    names: list[str] = []
    extract = zhibiao.extract

    def noted(source: list[Path], **options: object) -> zhibiao.Extraction:
        names.extend(path.name for path in source)
        return extract(source, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(zhibiao, "extract", noted)
    return names


@pytest.mark.parametrize("ending", ["arrow", "parquet", "csv", "jsonl"])
def test_parts_leave_no_trace(pile: Path, tmp_path: Path, ending: str) -> None:
    apart, once = tmp_path / "parts", tmp_path / "once"
    assert run(pile, apart / f"out.{ending}") == 3
    sources = [str(pile), str(pile / "none.txt")]
    assert main(["extract", *sources, "-o", str(once / f"out.{ending}")]) == 3
    assert files(apart) == files(once)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_run_goes_on(
    pile: Path, whole: dict[str, bytes], tmp_path: Path, read_again: list[str]
) -> None:
    out = tmp_path / "out.arrow"
    process = begun(pile, out, wanted=4)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert list(tmp_path.glob("out*.arrow")) == [], "no table is there before all has been read"
    kept = parts(out)
    assert 4 <= len(kept) < 12
    for part in kept:
        for name in TABLES:
            assert zhibiao.read_table(part / f"{name}.arrow").metadata["zhibiao.table"] == name
    had = sources_of(kept)
    assert len(had) > 4
    assert run(pile, out) == 3
    assert not had & set(read_again), "what was kept is not read again"
    assert len(had) + len(read_again) == SOURCES + 1, "all the rest is read, once"
    assert files(tmp_path) == whole


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupted_run_says_how_to_go_on(
    pile: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out.arrow"
    process = begun(pile, out, wanted=2)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 130, told
    assert b"out.arrow.parts keeps what was read; the same command goes on" in told
    assert b"Traceback" not in told
    assert [path.name for path in tmp_path.iterdir()] == ["out.arrow.parts"]
    assert not list(resume.parts_folder(out).glob(".*")), "no part is left half-written"
    assert run(pile, out) == 3
    assert files(tmp_path) == whole


def test_what_has_changed_is_read_again(
    pile: Path, tmp_path: Path, read_again: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "pile"
    shutil.copytree(pile, folder)
    out = tmp_path / "out.arrow"
    finish(monkeypatch, folder, out)
    read_again.clear()
    (folder / "3" / "010.txt").write_bytes(b"")
    (folder / "6" / "013.txt").unlink()
    monkeypatch.undo()
    monkeypatch.setattr(resume, "_MOST_SOURCES", 50)
    assert run(folder, out) == 3
    once = tmp_path / "once"
    main(["extract", str(folder), str(folder / "none.txt"), "-o", str(once / "out.arrow")])
    shutil.rmtree(folder)
    assert files(tmp_path / "once") == {
        path.name: path.read_bytes() for path in tmp_path.glob("out*.arrow")
    }


def finish(monkeypatch: pytest.MonkeyPatch, folder: Path, out: Path) -> None:
    """Read all parts, and fail before the tables are written."""

    def fail(*_: object, **__: object) -> None:
        raise OSError("full")

    with monkeypatch.context() as patch:
        patch.setattr("zhibiao._core.merge", fail)
        assert run(folder, out) == 2
    assert parts(out)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (["--index", "index.tsv"], "another index"),
        (["--lexicon", "mine.tsv"], "another lexicon of your own"),
        (["more.txt"], "another source"),
    ],
)
def test_a_run_that_is_another_is_refused(
    reports: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    changed: list[str],
    said: str,
) -> None:
    out = tmp_path / "out.parquet"
    finish(monkeypatch, reports, out)
    monkeypatch.chdir(tmp_path)
    Path("index.tsv").write_text("file\tyear\na.txt\t2024\n", encoding="utf-8")
    Path("mine.tsv").write_text("id\tforms\n", encoding="utf-8")
    before = files_below(tmp_path)
    capsys.readouterr()
    assert run(reports, out, *changed) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "remove that folder to begin anew" in told
    assert files_below(tmp_path) == before


def files_below(place: Path) -> list[tuple[str, int]]:
    return sorted((str(path), path.stat().st_mtime_ns) for path in place.rglob("*"))


@pytest.mark.parametrize("what", ["version", "lexicon"])
def test_a_run_of_another_version_is_refused(
    reports: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    what: str,
) -> None:
    out = tmp_path / "out.parquet"
    finish(monkeypatch, reports, out)
    manifest = resume.parts_folder(out) / "run.json"
    told = json.loads(manifest.read_bytes())
    manifest.write_text(json.dumps({**told, what: "other"}))
    assert run(reports, out) == 2
    assert f"another {what}" in capsys.readouterr().err


def test_a_folder_of_somebody_else_is_left_alone(
    reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.parquet"
    folder = resume.parts_folder(out)
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    assert run(reports, out) == 2
    assert "is no folder of a run in parts" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


def test_an_output_that_exists_is_refused_before_the_work(
    reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out.parquet").write_text("mine")
    assert run(reports, tmp_path / "out.parquet") == 2
    assert "out.parquet exists" in capsys.readouterr().err
    assert not resume.parts_folder(tmp_path / "out.parquet").exists()


def test_progress_counts_over_all_parts(pile: Path, tmp_path: Path) -> None:
    calls: list[tuple[int, ...]] = []
    for _ in range(2):  # read, and found there
        resume.extract_in_parts(
            [pile], tmp_path, progress=lambda *counts: calls.append(counts), options={}
        )
        size = sum(path.stat().st_size for path in pile.rglob("*") if path.is_file())
        assert calls[-1] == (SOURCES + 1, SOURCES + 1, size, size)
        assert [call[0] for call in calls] == sorted(call[0] for call in calls)
        calls.clear()


def test_names_decide_where_parts_end() -> None:
    def sources(names: range) -> list[resume.Source]:
        return [resume.Source(Path(f"{n:05}"), f"{n:05}", 1) for n in names]

    some = [tuple(part) for part in resume._parts(sources(range(1, 5000)))]
    more = [tuple(part) for part in resume._parts(sources(range(5000)))]
    assert sum(map(len, more)) == 5000
    assert len(set(more) - set(some)) <= 3, "a new source changes its own part, and few more"
