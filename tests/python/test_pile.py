"""A pile as it comes: copies, fragments, several reports in a file, altered years, other papers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import zhibiao

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

NAMES = ("shiqiao_2022", "shiqiao_2023", "shiqiao_2024")


def sample(name: str) -> str:
    return (zhibiao.sample / f"{name}.txt").read_text(encoding="utf-8")


def extract(folder: Path) -> zhibiao.Extraction:
    """Read a folder of reports of 石桥县, which exists in no table of divisions."""
    index = folder.parent / f"{folder.name}.tsv"
    names = (file.name for file in sorted(folder.iterdir()))
    index.write_text(
        "file\tregion\n" + "".join(f"{name}\t石桥县\n" for name in names), encoding="utf-8"
    )
    return zhibiao.extract(folder, index=index)


def reports(folder: Path) -> dict[str, dict[str, Any]]:
    """The rows of the reports table by the name of the file."""
    found = extract(folder)
    return {row["source"].rsplit("/", 1)[-1]: row for row in found.reports.to_dicts()}


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    for name in NAMES:
        (tmp_path / f"{name}.txt").write_text(sample(name), encoding="utf-8")
    return tmp_path


def test_copies_name_the_most_complete_one(pile: Path) -> None:
    whole = sample("shiqiao_2023")
    chrome = "首页 > 政务公开 > 政府工作报告\n打印 关闭\n" * 3
    (pile / "crawled.txt").write_text(chrome + whole + "\n上一篇\n下一篇\n", encoding="utf-8")
    (pile / "gbk.txt").write_bytes(whole.encode("gb18030"))
    (pile / "cut.txt").write_text(whole[: len(whole) * 2 // 3], encoding="utf-8")
    rows = reports(pile)
    copies = {name for name, row in rows.items() if row["duplicate_of"]}
    assert copies == {"gbk.txt", "cut.txt", "shiqiao_2023.txt"}
    assert {rows[name]["duplicate_of"] for name in copies} == {rows["crawled.txt"]["report_id"]}
    assert all(rows[name]["n_observations"] for name in copies), "copies keep their observations"


def test_the_panel_counts_a_report_once(pile: Path) -> None:
    alone = zhibiao.panel(extract(pile))
    (pile / "again.txt").write_text(sample("shiqiao_2023"), encoding="utf-8")
    found = extract(pile)
    for panel in (
        zhibiao.panel(found),
        found.panel(),
        zhibiao.panel(found.observations, reports=found.reports),
    ):
        told = [len(row["target_observation_ids"]) for row in panel.to_dicts()]
        assert told == [len(row["target_observation_ids"]) for row in alone.to_dicts()]
    with_copies = zhibiao.panel(found.observations).to_dicts()
    assert max(len(row["target_observation_ids"]) for row in with_copies) > max(told)


def test_another_report_of_the_year_is_no_copy(pile: Path) -> None:
    autumn = sample("shiqiao_2024").replace("2023年", "2022年").replace("2024年", "2023年")
    (pile / "autumn.txt").write_text(autumn, encoding="utf-8")
    rows = reports(pile)
    assert rows["autumn.txt"]["report_year"] == 2023
    assert rows["autumn.txt"]["duplicate_of"] is None


def test_two_reports_in_a_file_are_two(tmp_path: Path) -> None:
    both = tmp_path / "both.txt"
    both.write_text(sample("shiqiao_2023") + "\n\n" + sample("shiqiao_2024"), encoding="utf-8")
    found = zhibiao.extract(both)
    rows = found.reports.to_dicts()
    assert [row["report_year"] for row in rows] == [2023, 2024]
    assert len({row["report_id"] for row in rows}) == 2
    text = both.read_text(encoding="utf-8")
    for row in found.observations.to_dicts():
        assert text[row["start"] : row["end"]] == row["text"]
    singles = [zhibiao.extract(zhibiao.sample / f"{name}.txt") for name in NAMES[1:]]
    assert [row["n_observations"] for row in rows] == [
        single.observations.num_rows for single in singles
    ]


@pytest.mark.parametrize("times", [2, 6])
def test_a_report_that_a_file_holds_often_is_read_once(tmp_path: Path, times: int) -> None:
    file = tmp_path / "often.txt"
    file.write_text("\n".join([sample("shiqiao_2023")] * times), encoding="utf-8")
    rows = zhibiao.extract(file).reports.to_dicts()
    alone = zhibiao.extract(zhibiao.sample / "shiqiao_2023.txt").reports.to_dicts()
    assert [row["n_observations"] for row in rows] == [row["n_observations"] for row in alone]


def test_altered_years_are_told_and_not_believed(pile: Path) -> None:
    altered = re.sub(r"20\d\d年", "2030年", sample("shiqiao_2023"))
    altered = altered.replace("2030年12月29日", "2030年1月9日")
    (pile / "mill.txt").write_text(altered, encoding="utf-8")
    found = extract(pile)
    rows = {row["source"].rsplit("/", 1)[-1]: row for row in found.reports.to_dicts()}
    assert rows["mill.txt"]["inconsistent"]
    assert any("inconsistent" in warning for warning in rows["mill.txt"]["warnings"])
    assert not any(row["inconsistent"] for name, row in rows.items() if name != "mill.txt")
    assert 2030 not in {row["year"] for row in found.panel().to_dicts()}


@pytest.mark.parametrize(
    "text",
    [
        "石桥县召开人民代表大会\n本报讯 记者甲乙 1月5日,县人民代表大会开幕,县长作政府工作报告。\n",
        "关于石桥县2023年国民经济和社会发展计划执行情况的报告\n各位代表:\n受县人民政府委托,现将2023年"
        "国民经济和社会发展计划执行情况提请大会审议。全县生产总值增长6%,投资增长8%。\n",
        "第七百章 县长\n他笑了笑,心想:这份政府工作报告,怕是写不成了。\n",
    ],
)
def test_other_papers_are_problems_with_a_score(tmp_path: Path, text: str) -> None:
    (tmp_path / "other.txt").write_text(text, encoding="utf-8")
    (problem,) = zhibiao.extract(tmp_path).problems.to_dicts()
    assert problem["reason"] == "not_a_report"
    assert problem["score"] < 3
    assert "other.txt" in problem["message"]
