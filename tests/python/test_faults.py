"""Whatever is wrong with a source or a disk: a clear message, a status, never half a file."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

import zhibiao
from zhibiao import cli
from zhibiao.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = zhibiao.sample / "shiqiao_2023.txt"
TABLES = {"observations.jsonl", "reports.jsonl", "sentences.jsonl", "problems.jsonl"}
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="files and limits of POSIX")


class Fault(NamedTuple):
    """Something wrong with a source, and what is said of it."""

    make: Callable[[Path], object]
    reason: str
    #: What happened, and what to do.
    says: str
    name: str = "bad.txt"
    options: tuple[str, ...] = ()


def _table(columns: str) -> Callable[[Path], object]:
    row = ",".join(["x"] * len(columns.split(",")))
    return lambda path: path.write_text(f"{columns}\n{row}\n" * 1, encoding="utf-8")


def _loop(path: Path) -> None:
    path.mkdir()
    (path / "again").symlink_to(path)


#: 64 MB of one byte, which is 64 kB packed.
def _bomb(path: Path) -> None:
    path.write_bytes(gzip.compress(b"0" * (64 << 20), 9))


FAULTS = {
    "empty": Fault(lambda path: path.write_bytes(b""), "empty", "holds no text; download"),
    "blank": Fault(lambda path: path.write_bytes(b" \r\n\t"), "empty", "holds no text; download"),
    "binary": Fault(lambda path: path.write_bytes(bytes(range(256)) * 40), "binary", "save it as"),
    "picture": Fault(lambda path: path.write_bytes(b"\x89PNG\r\n"), "binary", "a picture"),
    "cut word file": Fault(
        lambda path: path.write_bytes(b"PK\x03\x04\x14\0\0\0\0\0word/document.xml"),
        "unreadable",
        "save it again",
        name="bad.docx",
    ),
    "cut archive": Fault(
        lambda path: path.write_bytes(gzip.compress(SAMPLE.read_bytes())[:-900]),
        "unreadable",
        "damaged archive.*again",
        name="bad.txt.gz",
    ),
    "too large": Fault(
        lambda path: path.write_bytes(SAMPLE.read_bytes() * 40),
        "too_large",
        "one document may hold 100000; split it, or allow more by max_bytes",
        options=("--max-bytes", "100000"),
    ),
    "zip bomb": Fault(_bomb, "too_large", "zip bomb.*max_ratio", name="bad.gz"),
    "no text column": Fault(
        _table("region,note"), "no_column", "name it by text .columns: region, note", name="bad.csv"
    ),
    "wrong column": Fault(
        _table("region,words"),
        "no_column",
        'without the column "wrods" that text names.*words',
        name="bad.csv",
        options=("--text", "wrods"),
    ),
    "novel": Fault(
        lambda path: path.write_text("从前有座山，山里有座庙。" * 50, encoding="utf-8"),
        "not_a_report",
        "",
    ),
}

FAULTS_OF_POSIX = {
    "loop of links": Fault(_loop, "unreadable", "permissions and links", name="bad"),
    "link to itself": Fault(lambda path: path.symlink_to(path), "unreadable", "links"),
    "link to nothing": Fault(
        lambda path: path.symlink_to(path.with_name("gone")), "missing", "check the spelling"
    ),
    "pipe": Fault(lambda path: os.mkfifo(path), "unreadable", "save its content as a file"),
    # Opens, and cannot be read, for whoever runs the tests.
    "unreadable": Fault(
        lambda path: path.symlink_to("/proc/self/mem"), "unreadable", "check that it still exists"
    ),
    "not permitted": Fault(
        lambda path: (path.write_bytes(SAMPLE.read_bytes()), path.chmod(0)),
        "unreadable",
        "check that it still exists and may be read",
    ),
}


def cases() -> list[object]:
    unreadable_by_root = getattr(os, "geteuid", int)() == 0
    marks = {
        "unreadable": [pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no /proc")],
        "not permitted": [pytest.mark.skipif(unreadable_by_root, reason="root may read anything")],
    }
    return [
        *(pytest.param(fault, id=name) for name, fault in FAULTS.items()),
        *(
            pytest.param(fault, id=name, marks=[POSIX, *marks.get(name, [])])
            for name, fault in FAULTS_OF_POSIX.items()
        ),
    ]


def problems(out: Path) -> list[dict[str, object]]:
    return zhibiao.read_table(out / "problems.jsonl").to_dicts()


@pytest.mark.parametrize("resume", [(), ("--resume",)], ids=["", "resume"])
@pytest.mark.parametrize("fault", cases())
def test_a_fault_costs_its_source_alone(
    tmp_path: Path, fault: Fault, capsys: pytest.CaptureFixture[str], resume: tuple[str, ...]
) -> None:
    folder, out = tmp_path / "pile", tmp_path / "out"
    folder.mkdir()
    fault.make(folder / fault.name)
    arguments = ["extract", *fault.options, *resume]

    (out / "alone").mkdir(parents=True)
    target = out / "alone" / "observations.jsonl"
    assert main([*arguments, str(folder), "-o", str(target)]) == 1, "nothing was read"
    told = capsys.readouterr().err
    assert re.search(rf"zhibiao: \S*/{re.escape(fault.name)}\S*: .*{fault.says}", told), told
    assert zhibiao.read_table(out / "alone" / "observations.problems.jsonl").num_rows == 1

    (folder / "good.txt").write_bytes(SAMPLE.read_bytes())
    target = out / "beside" / "observations.jsonl"
    assert main([*arguments, str(folder), "-o", str(target)]) == 3, "some were read"
    told = capsys.readouterr().err
    assert fault.name in told
    assert "1 reports" in told
    [row] = zhibiao.read_table(out / "beside" / "observations.problems.jsonl").to_dicts()
    assert row["reason"] == fault.reason
    assert str(row["source"]).startswith((folder / fault.name).as_posix())
    assert str(row["message"]).startswith(str(row["source"]))
    assert len(list((out / "beside").iterdir())) == 4, "the tables and nothing beside them"


def test_a_text_that_is_cut_in_a_character_is_read_and_says_so(tmp_path: Path) -> None:
    data = SAMPLE.read_bytes()
    whole = zhibiao.extract(SAMPLE)
    for encoding in ("utf-8", "gb18030", "utf-16"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(data.decode().partition("！")[0].encode(encoding)[:-1])
        cut = zhibiao.extract(path)
        assert cut.observations.column("text")[:30] == whole.observations.column("text")[:30]
        [row] = cut.reports.to_dicts()
        assert any(f"are no {encoding}" in warning for warning in row["warnings"]), row["warnings"]
        assert "\N{REPLACEMENT CHARACTER}" in zhibiao._core.decode(path)[0][-2:]


def test_more_is_allowed_by_an_option(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(SAMPLE.read_bytes() * 4)
    out = ("-o", str(tmp_path / "out.csv"), "--overwrite")
    assert main(["extract", str(path), *out, "--max-bytes", "9K"]) == 1
    assert main(["extract", str(path), *out, "--max-bytes", "20M"]) == 0


def test_wrong_usage_is_told_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "index.csv").write_text("a,b\n", encoding="utf-8")
    source, out = str(SAMPLE), str(tmp_path / "out.csv")
    for arguments, says in [
        (["-o", str(tmp_path / "out.xls")], "use .parquet, .arrow, .csv or .jsonl"),
        (["-o", out, "--lexicon", "none.tsv"], "lexicon none.tsv cannot be read"),
        (["-o", out, "--index", str(tmp_path / "index.csv")], "expected the columns file, region"),
    ]:
        assert main(["extract", source, *arguments]) == 2
        assert says in capsys.readouterr().err
        assert main(["extract", source, *arguments, "--resume"]) == 2
        assert says in capsys.readouterr().err
    assert not list(tmp_path.glob("out*csv"))


# ---- disks ----


def limited(*arguments: str | Path, bytes: int) -> subprocess.CompletedProcess[str]:
    """Run the command where no file may grow above so many bytes, as on a disk that is full."""
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes, bytes))

    return subprocess.run(
        [sys.executable, "-m", "zhibiao", *arguments],
        preexec_fn=limit,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@POSIX
@pytest.mark.parametrize("ending", ["parquet", "arrow", "csv", "jsonl"])
@pytest.mark.parametrize("before", [None, "mine"])
def test_a_full_disk(tmp_path: Path, ending: str, before: str | None) -> None:
    out = tmp_path / f"out.{ending}"
    if before is not None:
        out.write_text(before)
    done = limited("extract", zhibiao.sample, "-o", out, "--overwrite", bytes=9000)
    assert done.returncode == 2, done.stderr
    last = done.stderr.splitlines()[-1]
    assert re.fullmatch(
        rf"zhibiao: \S*out\S*\.{ending} cannot be written \(.+\); "
        r"free some room, or choose another place",
        last,
    ), last
    assert "partial" not in last
    assert [path.name for path in tmp_path.iterdir()] == ([out.name] if before else [])
    assert before is None or out.read_text() == before


@POSIX
def test_a_disk_that_is_full_while_parts_are_kept(tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    arguments = ("extract", zhibiao.sample, "-o", out, "--resume")
    done = limited(*arguments, bytes=20000)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "free some room" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet.parts"]
    assert not list((tmp_path / "out.parquet.parts").glob(".*partial"))
    assert limited(*arguments, bytes=1 << 30).returncode == 0
    assert zhibiao.read_table(out).num_rows


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize(
    "command", [("codebook",), ("text", SAMPLE), ("show", SAMPLE), ("panel", zhibiao.sample)]
)
def test_a_terminal_that_takes_nothing(command: tuple[str | Path, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "zhibiao", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("zhibiao: ")
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_a_place_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "out.reports.csv").mkdir()
    for out, says in [
        (tmp_path / "file" / "out.csv", "cannot be written"),
        (tmp_path / "out.csv", "is a folder; remove it"),
    ]:
        assert main(["extract", str(SAMPLE), "-o", str(out), "--overwrite"]) == 2
        told = capsys.readouterr().err
        assert says in told
        assert out.name.partition(".")[0] in told
    assert {path.name for path in tmp_path.iterdir()} == {"file", "out.reports.csv"}


def test_an_output_is_whole_or_absent_for_whoever_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No table is there under its name before all of them have been written."""
    seen: list[list[str]] = []
    write = zhibiao._core.write_table

    def look(table: object, path: Path, format: str) -> None:
        seen.append([place.name for place in tmp_path.glob("*.csv")])
        write(table, path, format)  # type: ignore[arg-type]

    monkeypatch.setattr("zhibiao._core.write_table", look)
    assert main(["extract", str(SAMPLE), "-o", str(tmp_path / "out.csv")]) == 0
    assert seen == [[], [], [], []]
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize("more", [(), ("--resume",)])
def test_an_interruption_while_tables_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    write = zhibiao._core.write_table

    def interrupted(table: object, path: Path, format: str) -> None:
        write(table, path, format)  # type: ignore[arg-type]
        if path.name.startswith(".out.sentences"):
            raise KeyboardInterrupt

    monkeypatch.setattr("zhibiao._core.write_table", interrupted)
    arguments = ["extract", str(SAMPLE), "-o", str(tmp_path / "out.csv"), *more]
    assert main(arguments) == 130
    kept = ["out.csv.parts"] if more else []
    assert [path.name for path in tmp_path.iterdir()] == kept
    monkeypatch.undo()
    assert main(arguments) == 0
    assert len(list(tmp_path.iterdir())) == 4


# ---- names ----


@POSIX
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"two\nlines.txt", "two␊lines.txt"),
        (b"\x1b[31mred.txt", "␛[31mred.txt"),
        (b"latin-\xe9.txt", "latin-�.txt"),
        ("石桥\u202e.txt".encode(), "石桥\\u202e.txt"),
    ],
)
def test_names_of_any_kind(
    tmp_path: Path, name: bytes, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pile"
    folder.mkdir()
    path = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
    path.write_bytes(SAMPLE.read_bytes())
    assert main(["extract", str(path), "-o", str(tmp_path / "good.csv")]) == 0
    capsys.readouterr()
    path.write_bytes(b"")
    for more in ((), ("--resume",)):
        out = tmp_path / f"out{len(more)}.jsonl"
        assert main(["extract", str(folder), "-o", str(out), *more]) == 1
        first, *others = capsys.readouterr().err.splitlines()
        assert first.endswith(f"/pile/{shown}: holds no text; download or export it again")
        assert len(others) == 1, "one line for a problem, whatever its name"
    assert main(["text", str(path)]) == 2
    assert shown in capsys.readouterr().err


@POSIX
def test_a_name_that_is_given_wrong_is_shown_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "\x1b[31mnone\n.txt"]) == 2
    assert capsys.readouterr().err.startswith("zhibiao: ␛[31mnone␊.txt: there is no such file")


# ---- what is said of them ----


def test_the_words_of_problems_and_the_statuses_are_in_the_docs() -> None:
    """Scripts test them: one that is nowhere explained, or that is gone, is found here."""
    root = Path(__file__).resolve().parents[2]
    rows = [line.split("|")[1] for line in read(root / "docs" / "faults.md") if line[:1] == "|"]
    told = set(re.findall(r"`(\w+)`", " ".join(rows))) - {"reason"}
    sources = [path for path in (root / "src").rglob("*.rs") if path.name != "tests.rs"]
    code = "\n".join(line for path in sources for line in before_tests(read(path)))
    [match] = re.findall(r"fn reason\(&self\) -> &'static str \{\n(.*?)\n    \}\n", code, re.DOTALL)
    words = {
        *re.findall(r'=> "(\w+)"', match),
        *re.findall(r'\breason: "(\w+)"', code),
        *re.findall(r'\bother\(.+?, "(\w+)", "', code),
        *re.findall(r'const STALE: &str = "(\w+)"', code),
    }
    assert told == words
    statuses = {int(row) for row in rows if row.strip().isdigit()}
    assert statuses == {
        *(cli.ALL_READ, cli.NOTHING_READ, cli.WRONG_USAGE, cli.SOME_PROBLEMS, cli.TO_REVIEW),
        *(cli.INTERRUPTED, cli.PIPE_CLOSED),
    }


def read(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def before_tests(lines: list[str]) -> list[str]:
    return lines[: lines.index("#[cfg(test)]")] if "#[cfg(test)]" in lines else lines
