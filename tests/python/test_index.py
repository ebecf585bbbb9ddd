"""A table of files, regions and years that overrides the texts."""

from pathlib import Path

import pytest

import zhibiao
from zhibiao import errors
from zhibiao.index import read_index


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("file,region,year\n甲.txt,湖北省,2024\n", [("甲.txt", "湖北省", 2024)]),
        ("\ufefffile\tregion\tyear\na/甲.txt\t420000\t\n", [("a/甲.txt", "420000", None)]),
        ("year,SOURCE\n2024.0,甲.txt\n", [("甲.txt", None, 2024)]),
        ('path,region_code\n"甲,乙.txt",420000\n,1\n', [("甲,乙.txt", "420000", None)]),
        ("文件,地区,年份\r\n甲.txt,武汉市,2019年\r\n", [("甲.txt", "武汉市", 2019)]),
    ],
)
def test_rows(
    tmp_path: Path, text: str, expected: list[tuple[str, str | None, int | None]]
) -> None:
    path = tmp_path / "index.csv"
    path.write_bytes(text.encode())
    expected_rows = [(*row, []) for row in expected]
    assert read_index(path) == expected_rows
    if not text.startswith("\ufeff"):
        path.write_bytes(text.encode("gb18030"))
        assert read_index(path) == expected_rows


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,region,year\n", r"index\.csv: expected the columns file, region and year"),
        ("", "found nothing"),
        ("file,year\na,2024\nb,MMXX\n", r"index\.csv, line 3: expected a year.*'MMXX'"),
    ],
)
def test_faults(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "index.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(errors.ArgumentError, match=message):
        read_index(path)


def test_the_index_overrides_the_text(tmp_path: Path) -> None:
    source = sorted(zhibiao.sample.glob("*.txt"))[0]
    index = tmp_path / "index.csv"
    index.write_text(f"file,region,year\n{source.name},420000,2011\n", encoding="utf-8")
    [report] = zhibiao.extract(source, index=index).reports.to_dicts()
    assert (report["region_code"], report["region"]) == ("420000", "湖北省")
    assert report["report_year"] == 2011
