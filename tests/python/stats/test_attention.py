"""Words counted by hand, and against a plain loop."""

from __future__ import annotations

import zipfile
from pathlib import Path

import polars
import pytest
from in_panels import column, everywhere, frame, kind, rows

import zhibiao
from zhibiao._core import count_words
from zhibiao.errors import ArgumentError, TableError
from zhibiao.stats import attention

TEXTS = [("a", "创新驱动发展，\n科技创新。"), ("b", "生态 环\n境和环境保护"), ("c", " \n")]


def test_counts_and_rates() -> None:
    found = rows(attention(TEXTS, ["创新", "创新驱动", "生态环境"]))
    assert [row["id"] for row in found] == ["a", "b", "c"]
    assert [row["count"] for row in found] == [2, 1, 0]
    assert [row["characters"] for row in found] == [12, 9, 0]
    assert [row["per_10000"] for row in found] == [pytest.approx(20_000 / 12), 10_000 / 9, None]


def _plain(text: str, words: list[str]) -> int:
    at = count = 0
    while at < len(text):
        fitting = [word for word in words if text.startswith(word, at)]
        at += max(map(len, fitting)) if fitting else 1
        count += bool(fitting)
    return count


@pytest.mark.parametrize("words", [["a", "ab", "aba", "bb"], ["aa"], ["ab", "ba", "."], ["b.a"]])
def test_longest_first_and_no_overlap(words: list[str]) -> None:
    texts = ["abaabba", "aaaaa", "", "b.ab.a", "babab"]
    assert count_words(texts, words)[0] == [_plain(text, words) for text in texts]


@everywhere
def test_frames_keep_their_other_columns(library: str) -> None:
    made = [{"县": "x", "正文": TEXTS[0][1]}, {"县": "y", "正文": None}]
    found = attention(frame(made, library), {"创": ["创新"], "科": ["科技"]}, text="正文")
    assert kind(found) == library
    assert [(row["县"], row["words"], row["count"]) for row in rows(found)] == [
        ("x", "创", 2),
        ("y", "创", 0),
        ("x", "科", 1),
        ("y", "科", 0),
    ]
    assert "正文" not in rows(found)[0]


def test_an_extraction_is_read_again(found: zhibiao.Extraction) -> None:
    told = attention(found, "environment")
    sources = column(told, "source")
    assert len(sources) == found.reports.num_rows
    text = Path(sources[0]).read_text(encoding="utf-8")
    assert column(told, "characters")[0] == len("".join(text.split()))
    assert set(column(told, "words")) == {"environment"}
    assert column(told, "count")[0] > 0


def test_members_of_archives_and_rows_of_tables(tmp_path: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(zhibiao.sample.glob("*.txt"))[:2]]
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for number, text in enumerate(texts):
            archive.writestr(f"{number}.txt", text)
    polars.DataFrame({"正文": texts, "id": ["x", "y"]}).write_csv(tmp_path / "all.csv")
    counts = {}
    for name in ("all.zip", "all.csv"):
        told = attention(zhibiao.extract(tmp_path / name), ["发展"])
        counts[name] = sorted(column(told, "count"))
    assert counts["all.zip"] == counts["all.csv"] == sorted(text.count("发展") for text in texts)


def test_a_list_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("word\n创新\n", encoding="utf-8")
    found = rows(attention(TEXTS, path))
    assert (found[0]["words"], found[0]["count"]) == ("mine", 2)
    path.write_text("wort\n创新\n", encoding="utf-8")
    with pytest.raises(ArgumentError, match="no word between tabs"):
        attention(TEXTS, path)


def test_what_cannot_be_used_is_refused() -> None:
    with pytest.raises(ArgumentError, match="has no words"):
        attention(TEXTS, [])
    with pytest.raises(ArgumentError, match=r"neither one of .*innovation"):
        attention(TEXTS, "nothing")
    with pytest.raises(ArgumentError, match="expected an extraction"):
        attention(5, ["a"])
    with pytest.raises(TableError, match="no column text"):
        attention(polars.DataFrame({"a": ["x"]}), ["a"])
    given = polars.DataFrame({"text": [TEXTS[0][1] * 3], "region": ["湖北省"], "year": [2024]})
    texts = (zhibiao.sample / "yuntai_2023.txt").read_text(encoding="utf-8")
    given = given.with_columns(text=polars.lit(texts))
    with pytest.raises(ArgumentError, match="give the frame itself"):
        attention(zhibiao.extract(given), ["a"])


@pytest.mark.parametrize("name", ["environment", "innovation", "employment", "growth"])
def test_lists_of_the_package_have_no_word_twice(name: str) -> None:
    folder = Path(zhibiao.__file__).parent / "stats" / "data" / "attention"
    lines = (folder / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("#")
    words = lines[2:]
    assert len(words) == len(set(words)) > 5
