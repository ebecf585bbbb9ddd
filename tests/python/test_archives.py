"""Archives and packed files: bombs, nests, locks; what can be read in them is read."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from in_tables import REGION, YEARS, facts, frame, own_files, sample, written, zipped

import zhibiao

if TYPE_CHECKING:
    from pathlib import Path

MB = 1 << 20


def save(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def problems(found: zhibiao.Extraction, path: Path) -> dict[str, str]:
    """The reasons by what stands behind the name of the archive."""
    rows = found.problems.to_dicts()
    assert all(row["message"].startswith(row["source"]) for row in rows)
    return {row["source"].removeprefix(path.as_posix()): row["reason"] for row in rows}


def test_members_are_read_as_files_are(tmp_path: Path) -> None:
    alone = own_files(tmp_path / "files")
    members = {f"县/{year}.txt": sample(year).encode() for year in reversed(YEARS)}
    path = save(tmp_path, "a.zip", zipped(members | {"__MACOSX/._x": b"x", "县/.DS_Store": b"x"}))
    index = tmp_path / "index.tsv"
    lines = [f"县/{year}.txt\t{REGION}\t{year}" for year in YEARS]
    index.write_text("\n".join(["file\tregion\tyear", *lines]), encoding="utf-8")
    found = zhibiao.extract(path, index=index)
    assert facts(found) == alone
    assert found.reports.column("source") == [f"{path.as_posix()}/县/{y}.txt" for y in YEARS]
    assert found.problems.num_rows == 0


def test_a_bad_member_costs_no_other(tmp_path: Path) -> None:
    good = written(frame(), ".csv")
    members = {"a.txt": b"", "b.csv": good, "c.bin": b"\x00\x01" * 99, "d.csv": b"year,gdp\n1,2\n"}
    path = save(tmp_path, "a.zip", zipped(members))
    found = zhibiao.extract(path)
    assert found.reports.num_rows == len(YEARS)
    assert problems(found, path) == {"/a.txt": "empty", "/c.bin": "binary", "/d.csv": "no_column"}


def test_an_archive_in_an_archive_is_read_and_no_deeper(tmp_path: Path) -> None:
    inner = zipped({"b.csv.gz": gzip.compress(written(frame(), ".csv"))})
    path = save(tmp_path, "a.zip", zipped({"inner.zip": inner}))
    found = zhibiao.extract(path)
    names = [f"{path.as_posix()}/inner.zip/b.csv.gz#r{year}" for year in YEARS]
    assert found.reports.column("source") == names
    deep = save(tmp_path, "deep.zip", zipped({"middle.zip": zipped({"inner.zip": inner})}))
    found = zhibiao.extract(deep)
    assert problems(found, deep) == {"/middle.zip/inner.zip": "unsupported"}
    assert "unpack it first" in found.problems.column("message")[0]
    nest = b"text"
    for _ in range(5):
        nest = gzip.compress(nest)
    path = save(tmp_path, "nest.gz", nest)
    assert problems(zhibiao.extract(path), path) == {"": "unsupported"}


def test_a_locked_member_is_told(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"secret", "b.csv": written(frame(), ".csv")}))
    for head, flags in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)]:
        data[data.index(head) + flags] |= 1  # what a program with a password writes
    path = save(tmp_path, "a.zip", bytes(data))
    found = zhibiao.extract(path)
    assert problems(found, path) == {"/a.txt": "encrypted"}
    assert "password" in found.problems.column("message")[0]
    assert found.reports.num_rows == len(YEARS)


def test_a_cut_archive_is_told(tmp_path: Path) -> None:
    whole = {"zip": zipped({"a.csv": written(frame(), ".csv")})}
    whole["gz"] = gzip.compress(written(frame(), ".csv"))
    for ending, data in whole.items():
        path = save(tmp_path, f"a.{ending}", data[: len(data) // 2])
        found = zhibiao.extract(path)
        assert "unreadable" in problems(found, path).values(), ending


def bomb(size: int) -> bytes:
    """One document of blanks, which packs a thousandfold."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b" " * size)
    return out.getvalue()


def test_a_bomb_ends_at_its_ratio(tmp_path: Path) -> None:
    path = save(tmp_path, "bomb.zip", bomb(40 * MB))
    found = zhibiao.extract(path)
    assert set(problems(found, path).values()) == {"too_large"}
    message = found.problems.column("message")[0]
    assert "200 times" in message
    assert "max_ratio" in message
    allowed = zhibiao.extract(path, max_ratio=2000)
    assert problems(allowed, path) == {"/a.txt": "empty"}


def test_a_bomb_of_many_members_ends_too(tmp_path: Path) -> None:
    members = {f"{at:03}.txt": b" " * MB for at in range(60)}
    path = save(tmp_path, "bomb.zip", zipped(members))
    found = zhibiao.extract(path)
    told = problems(found, path)
    assert "too_large" in told.values()
    assert sum(reason == "empty" for reason in told.values()) < 40


def test_what_unpacks_to_too_much_ends_at_the_total(tmp_path: Path) -> None:
    path = save(tmp_path, "a.csv.gz", gzip.compress(written(frame(), ".csv")))
    found = zhibiao.extract(path, max_total=1000)
    assert problems(found, path) == {"": "too_large"}
    message = found.problems.column("message")[0]
    assert "1000 bytes" in message
    assert "max_total" in message
    assert zhibiao.extract(path, max_total=MB).reports.num_rows == len(YEARS)


@pytest.mark.parametrize("data", [zipped({}), zipped({"folder/": b""})])
def test_an_archive_of_nothing_is_told(tmp_path: Path, data: bytes) -> None:
    path = save(tmp_path, "a.zip", data)
    assert problems(zhibiao.extract(path), path) == {"": "empty"}
