"""Damaged texts, thousands of them: no panic, no hang, no hunger, and none is lost silently."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import mutations
import pytest

import zhibiao

SHARED = Path(os.environ.get("ZHIBIAO_CORPUS", "../shared")) / "corpus" / "reports"


def read_damaged(count: int, place: Path, folder: Path) -> str:
    """Read in a process of its own: its memory is measured, and its end by a signal is seen."""
    command = [sys.executable, mutations.__file__, str(count), place, folder]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    *wrong, last = done.stdout.splitlines()
    assert not wrong, "\n".join(wrong)
    return last


def test_damaged_texts(tmp_path: Path) -> None:
    assert read_damaged(300, tmp_path, zhibiao.sample).startswith("read 300 of")


def test_damaged_reports(tmp_path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not here")
    assert read_damaged(200, tmp_path, SHARED).startswith("read 200 of")


@pytest.mark.slow
def test_ten_thousand_damaged_files(tmp_path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not here")
    assert read_damaged(10_000, tmp_path, SHARED).startswith("read 10000 of")


def test_every_source_stands_in_reports_or_in_problems(tmp_path: Path) -> None:
    folder = tmp_path / "pile"
    folder.mkdir()
    texts = [path.read_bytes() for path in sorted(zhibiao.sample.glob("*.txt"))]
    names = [f"{seed:03}.txt" for seed in range(600)]
    for seed, name in enumerate(names):
        text = texts[seed % len(texts)]
        short = text[:2000] if seed % 4 else text
        (folder / name).write_bytes(mutations.mutated(short, seed))
    found = zhibiao.extract(folder)
    read = Counter(_file(row["source"]) for row in found.reports.to_dicts())
    faulty = Counter(_file(row["source"]) for row in found.problems.to_dicts())
    assert sorted({*read, *faulty}) == names
    assert not read.keys() & faulty.keys(), "a source is read, or it is a problem"
    assert max(faulty.values()) == 1, "a source is a problem once"
    assert len(read) > 300, "most of them are reports still"
    assert len(faulty) > 20
    assert {row["reason"] for row in found.problems.to_dicts()} >= {"not_a_report"}
    ids = found.reports.column("report_id")
    assert len(set(ids)) == len(ids)
    assert set(found.observations.column("report_id")) <= set(ids)


def _file(source: str) -> str:
    return source.rsplit("/", 1)[-1]


def test_the_same_seed_gives_the_same_damage() -> None:
    data = bytes(range(256)) * 20
    assert [mutations.mutated(data, seed) for seed in range(50)] == [
        mutations.mutated(data, seed) for seed in range(50)
    ]
    assert len({mutations.mutated(data, seed) for seed in range(50)}) > 45


#: Words that hold on to others, and marks at which something is looked for far and wide.
HOLDING = (
    *("的", "和", "、", "第", "到", "由", "5%、", "增长5%", "增长5%，", "分别", "2024年", "完成"),
    *(
        "百分之",
        "新建学校2所、",
        "地区生产总值增长5%，",
        "城镇和农村居民人均可支配收入分别增长5%、6%",
        "到9",
        "9本届政府9%",
        "9五年9%",
        "进口8%、",
    ),
    *(
        "一、\n",
        "各位代表：\n",
        "政府工作报告\n",
        "石桥县",
        "<p>",
        "?",
        "\\n",
        "\u3000",
        "9",
        "一",
        "“",
    ),
)


@pytest.mark.parametrize("word", HOLDING)
def test_a_word_without_end_is_no_hang(word: str) -> None:
    text = (zhibiao.sample / "shiqiao_2023.txt").read_text(encoding="utf-8")
    middle = text.index("。", len(text) // 2)
    run = word * (200_000 // len(word.encode()))
    began = time.perf_counter()
    found = zhibiao.read(f"{text[:middle]}{run}{text[middle:]}")
    assert time.perf_counter() - began < mutations.SECONDS
    assert found.reports.num_rows + found.problems.num_rows
