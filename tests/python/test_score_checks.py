"""The checks of an extraction against itself: what agrees passes, what does not is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import check_copies
import check_figures
import checks
import pytest
from check import Check, Quotes
from made_up import in_year, observation, target, write_rows, write_tsv
from printed import agree, growth_of, point, product

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def quotes(tmp_path: Path) -> Quotes:
    return Quotes(tmp_path / "none.jsonl")


def named(found: list[Check], name: str) -> Check:
    (check,) = [check for check in found if name in check.name]
    return check


def failed(rows: list[dict[str, Any]], name: str, quotes: Quotes) -> tuple[int, int]:
    check = named(check_figures.checks(rows, quotes), name)
    return check.checked, check.failed


def test_a_printed_figure_may_lie_half_a_digit_off() -> None:
    assert point(observation(8.4)) == pytest.approx((8.35, 8.45))
    assert point(observation(120, "亿元")) == pytest.approx((119.5e8, 120.5e8))
    assert point(observation(100, "亿元", comparator="approx")) == pytest.approx((99e8, 101e8))
    assert point(observation(5, comparator="range")) is None
    assert agree((1, 2), (2, 3), 0)
    assert not agree((1, 2), (2.2, 3), 0.1)
    assert product((100, 100), (10, 10)) == pytest.approx((110, 110))
    assert growth_of((100, 100), (110, 110)) == pytest.approx((10, 10))


def test_a_report_that_contradicts_itself(quotes: Quotes) -> None:
    rows = [observation(120, "亿元"), observation(120.3, "亿元")]  # rounded once
    assert failed(rows, "one level", quotes) == (1, 0)
    assert failed([*rows, observation(150, "亿元")], "one level", quotes) == (1, 1)
    old = observation(150, "亿元", baseline=True)
    usd = observation(20, "亿美元", base_unit="美元")
    assert failed([*rows, old, usd], "one level", quotes) == (2, 0)


def test_a_level_told_again_by_a_later_report(quotes: Quotes) -> None:
    before = in_year(2020, 100, "亿元")
    again = {"period_start": 2020, "period_end": 2020}
    assert failed([before, observation(101, "亿元", **again)], "again", quotes) == (1, 0)
    assert failed([before, observation(110, "亿元", **again)], "again", quotes) == (1, 1)
    elsewhere = observation(110, "亿元", entity_id="乙", **again)
    assert failed([before, elsewhere], "again", quotes) == (0, 0)
    old = observation(110, "亿元", baseline=True, **again)
    assert failed([before, old], "again", quotes) == (1, 1)


def test_the_level_aimed_at_is_last_years_with_growth(quotes: Quotes) -> None:
    told = {"metric": "budget_revenue"}
    rows = [observation(50, "亿元", **told), target(10, **told)]
    name = "level × (1 + growth"
    assert failed([*rows, target(55, "亿元", **told)], name, quotes) == (1, 0)
    at_least = target(55, "亿元", value_high=None, base_high=None, comparator="ge", **told)
    assert failed([*rows, at_least], name, quotes) == (1, 0)
    assert failed([*rows, target(58, "亿元", **told)], name, quotes) == (1, 1)
    real = [observation(50, "亿元"), target(10), target(58, "亿元")]
    assert failed(real, "constant prices", quotes) == (1, 0)
    assert failed([*real[:2], target(70, "亿元")], "constant prices", quotes) == (1, 1)


def test_growth_between_the_levels_of_two_years(quotes: Quotes) -> None:
    told = {"metric": "retail_sales"}
    levels = [in_year(2022, 100, "亿元", **told), in_year(2023, 110, "亿元", **told)]
    name = "growth and levels"
    assert failed([*levels, in_year(2023, 10, **told)], name, quotes) == (1, 0)
    assert failed([*levels, in_year(2023, 15, **told)], name, quotes) == (1, 0)
    assert failed([*levels, in_year(2023, 25, **told)], name, quotes) == (1, 1)
    same_scope = in_year(2023, 25, basis="comparable", **told)
    assert failed([*levels, same_scope], name, quotes) == (0, 0)
    half = in_year(2023, 25, subperiod="h1", **told)
    assert failed([*levels, half], name, quotes) == (0, 0)


@pytest.mark.parametrize(
    ("row", "possible"),
    [
        (target(213, metric="fixed_asset_investment"), False),
        (target(-45, metric="exports"), False),
        (target(59), True),
        (observation(213, metric="fixed_asset_investment"), True),  # reached, not aimed at
        (observation(16, metric="unemployment_registered", measure="level"), False),
        (observation(3.1, metric="unemployment_registered", measure="level"), True),
        (observation(31, metric="cpi"), False),
        (observation(103, metric="cpi", measure="level"), True),
        (observation(102.8, measure="share"), False),
        (observation(60.2, metric="urbanisation_rate", measure="level"), True),
    ],
)
def test_what_is_hardly_possible(row: dict[str, Any], possible: bool, quotes: Quotes) -> None:
    assert failed([row], "possible", quotes) == (1, 0 if possible else 1)


def test_copies_tell_the_same(quotes: Quotes) -> None:
    files = ["county/甲县_2024.txt", "raw/甲县_2024.docx", "county/甲县_2024__other.txt"]
    autumn = "county/甲县_2024__autumn.txt"  # another report of the same year
    index = [
        {"file": file, "level": "county", "region": "甲县", "year": "2024", "expect": "report"}
        for file in (*files, autumn)
    ]
    text, docx, other = (
        [observation(5.5, source=f"x/{file}"), observation(value, "亿元", source=f"x/{file}")]
        for file, value in zip(files, (120, 120, 12), strict=True)
    )
    third = [observation(9, source=f"x/{autumn}")]
    found = check_copies.checks(index, text + docx + other + third, quotes)
    same = named(found, ".docx")
    assert (same.checked, same.failed, same.is_exact) == (2, 0, True)
    others = named(found, "transcriptions")
    assert (others.checked, others.failed, others.is_exact) == (6, 4, False)
    assert "Jaccard 0.333  F1 0.500  county/甲县_2024.txt | county/甲县_2024__other.txt" in [
        note.strip() for note in others.notes
    ]
    broken = check_copies.checks(index, text + docx[:1], quotes)
    assert named(broken, ".docx").failed == 1
    lost = check_copies.without_chrome(text, docx[:1], quotes, quotes)
    assert lost.checked == 1  # the cut text is known by another name
    lost = check_copies.without_chrome(text, text[:1], quotes, quotes)
    assert (lost.checked, lost.failed) == (2, 1)


REPORT = """政府工作报告
——2024年1月5日在甲县人民代表大会上
县长 某某
各位代表：
全年生产总值增长5.5%。
各位代表！让我们为建设美好甲县而努力奋斗！
"""


@pytest.mark.parametrize(
    ("before", "after", "cut"),
    [
        ("首页 > 新闻\n打印 字体\n", "责任编辑：某某\n", True),
        ("", "名词解释\n1.“四上”企业：指四类企业。\n", True),
        ("首页\n", "附件：2024年十件民生实事\n", False),
        ("", "二、2024年主要预期目标\n生产总值增长6%。\n", False),
    ],
)
def test_chrome_is_cut_where_it_is_chrome(before: str, after: str, cut: bool) -> None:
    text = before + REPORT + after
    start, end = check_copies.body_of(text)
    assert text[start:].startswith("政府工作报告")
    assert text[start:end].rstrip() == (REPORT if cut else REPORT + after).rstrip()


def test_the_program_prints_a_table_and_both_quotes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [observation(120, "亿元", end=15), observation(150, "亿元", start=20, end=25)]
    out = write_rows(tmp_path / "rows.jsonl", rows)
    sentence = {
        "sentence_id": "s",
        "start": 0,
        "text": "全年生产总值共完成了120亿元，又说却是150亿元。",
    }
    write_rows(tmp_path / "rows.sentences.jsonl", [sentence])
    index = write_tsv(tmp_path / "INDEX.tsv", ["file", "level", "region", "year", "expect"], [])
    found = checks.run(index, out, out)
    checks.show(found, limit=5)
    checks.print_table(found)
    printed = capsys.readouterr().out
    assert "甲县_2024 @10: 全年生产总值共完成了»120亿元«，又说" in printed
    assert "甲县_2024 @20: 全年生产总值共完成了120亿元，又说却是»150亿元«。" in printed
    assert "     1      1  0.000  one report, one level of a metric and year" in printed
    assert "     2      0  1.000  copies: as it is and with its chrome cut off" in printed
